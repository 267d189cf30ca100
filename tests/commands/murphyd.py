"""`murphyd` as its users run it, on a state folder that a day at the example organization has left."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from daemon.sandbox.organization import Organization
from tests.commands.typed import Done, typed


@dataclass(frozen=True, slots=True)
class Murphyd:
    """`home` holds etc/ and state/."""

    home: Path

    def run(self, *words: str, config: Path | None = None) -> Done:
        return typed(*words, "--config", str(config or self.home / "etc"))

    @property
    def settings(self) -> Path:
        return self.home / "etc" / "murphyd.toml"

    @property
    def state(self) -> Path:
        return self.home / "state"

    def copy(self, to: Path) -> "Murphyd":
        shutil.copytree(self.home, to)
        copied = Murphyd(to)
        copied.settings.write_text(self.settings.read_text().replace(str(self.home), str(to)))
        return copied


def a_day(home: Path) -> Murphyd:
    """MI-1 is archived, MI-2 open, MI-3 confidential and proposed."""
    asyncio.run(_happen(home))
    return Murphyd(home)


async def _happen(home: Path) -> None:
    async with Organization() as acme:
        await acme.mails("Lotte Claes", "The \x1b[31mshop\x1b[0m is down", "Nobody can order.\nService: webshop")
        await _then(acme, "An Peeters", "ACCEPT we look into it")
        await _then(acme, "An Peeters", "RESOLVE it works again")
        await acme.texts("An Peeters", "REVIEWED MI-1")
        await acme.settle()
        await acme.pass_time(timedelta(days=91))
        await acme.mails("Nadia Benali", "Cards are refused", "In all shops.\nService: payments")
        await _then(acme, "James Whitfield", "ACCEPT the bank is called")
        await _then(acme, "James Whitfield", "NOTE the bank does not answer")
        await acme.mails("Lotte Claes", "A theft", "In the vault.\nConfidential: yes")
        await acme.settle()
        etc = acme.configuration.templates.parent
        await acme.stop()
        shutil.copytree(etc, home / "etc")
        shutil.copytree(acme.configuration.settings.state.directory, home / "state")
        settings = home / "etc" / "murphyd.toml"
        settings.write_text(settings.read_text().replace(str(etc.parent), str(home)))


async def _then(acme: Organization, name: str, words: str) -> None:
    await acme.settle()
    await acme.pass_time(timedelta(minutes=2))
    await acme.texts(name, words)
    await acme.settle()
