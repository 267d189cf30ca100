"""One outage, played once for all that is looked at afterwards."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from daemon.sandbox.organization import Organization
from tests.commands.murphyd import Murphyd
from tests.review.outage import Wire, happens, wire


@dataclass(frozen=True, slots=True)
class Left:
    """A configuration and a state folder that nobody uses any more, and what went over the wires."""

    murphyd: Murphyd
    wire: Wire


@pytest.fixture(scope="package")
def outage(tmp_path_factory: pytest.TempPathFactory) -> Left:
    return asyncio.run(_played(tmp_path_factory.mktemp("outage")))


async def _played(home: Path) -> Left:
    async with Organization() as acme:
        await happens(acme)
        went = wire(acme)
        etc = acme.configuration.templates.parent
        await acme.stop()
        shutil.copytree(etc, home / "etc")
        shutil.copytree(acme.configuration.settings.state.directory, home / "state")
    murphyd = Murphyd(home)
    murphyd.settings.write_text(murphyd.settings.read_text().replace(str(etc.parent), str(home)))
    return Left(murphyd, went)
