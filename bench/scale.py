"""What much costs: one incident with 50,000 recipients and 9 updates, and 100 short ones with 1,000 recipients each.

The real configuration, core, records and store, with outcomes settled in batches of 500 and nothing sent. Each figure
comes from a process of its own that has loaded what `murphyd run` loads. `python -m bench.scale [directory]`, from the
project's folder, writes to the disk that the directory is on.
"""

import asyncio
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import twilio.rest  # noqa: F401 (a daemon has loaded it too)
from rich.console import Console
from rich.table import Table

import daemon.app  # noqa: F401 (a daemon has loaded it too)
from channels.types import Failure, Outcome, Receipt, Result, Retry
from config.load import load
from daemon import restoring
from daemon.clock import MovedClock
from daemon.consumer import Consumer
from daemon.core.facts import Fact
from daemon.core.identity import Evidence, Identity
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import Exhausted, Receipted, Said, Settled, Settlements
from daemon.sandbox.organization import EXAMPLE
from daemon.state.store import open_store
from parsers.types import Command, Proposal, Verb

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PROPOSER, MANAGER = "lotte.claes@acme.example", "an.peeters@acme.example"
BATCH = 500
UPDATES = 9
SHORT = 100

REFUSED = Outcome(Result.FAILED, failure=Failure("550 5.1.1", "no such mailbox here", Retry.NEXT))


def folder_of(home: Path, people: int) -> Path:
    """The example organization with this many stakeholders."""
    folder = home / f"etc-{people}"
    folder.mkdir()
    settings = (EXAMPLE / "murphyd.toml.in").read_text()
    for name in ("imap_port", "smtp_port", "twilio_port", "web_port"):
        settings = settings.replace(f"{{{name}}}", "2525")
    (folder / "murphyd.toml").write_text(settings.replace("{state_dir}", str(home / "state")))
    shutil.copy(EXAMPLE / "procedure.toml", folder)
    with (folder / "contacts.csv").open("w") as contacts:
        contacts.write((EXAMPLE / "contacts.csv").read_text().replace(";all-staff", ""))
        for number in range(people):
            email = f"person{number:05}@stores.acme.example"
            contacts.write(f"Person {number:05},{email},+3247{number:07},all-staff,en,Europe/Brussels\n")
    return folder


def said(key: str, who: str, verb: Verb, incident: str, words: str, now: datetime) -> Said:
    """A mail of a person who can show it."""
    return Said(
        key=key,
        medium="email",
        identity=Identity(who, who, who, Evidence.TOKEN),
        command=Command(verb, incident=incident, words=words),
        proposal=Proposal(words, "Nothing works.", "", "", False),
        text=words,
        subject=words,
        message_id=f"<{key.replace(' ', '.')}@acme.example>",
        thread=None,
        fresh_mail=verb is Verb.PROPOSE,
        late=False,
        written=now,
        received=now,
        raw="0" * 64,
        source="incidents",
    )


class Life:
    """A daemon without its wires: what would have been sent has an outcome at once."""

    def __init__(self, state: State, consumer: Consumer, clock: MovedClock) -> None:
        self.state, self.consumer, self.clock = state, consumer, clock
        self.notices: list[Notice] = []
        consumer.releases.append(self._released)
        self._said = len(state.handled)

    def _released(self, facts: Sequence[Fact]) -> None:
        self.notices += [fact for fact in facts if isinstance(fact, Notice)]

    async def says(self, who: str, verb: Verb, incident: str, words: str) -> None:
        """A mail of a person who can show it, and all that is sent for it."""
        self._said += 1
        await self.consumer.put(said(f"mail {self._said:032x}", who, verb, incident, words, self.clock.now()))
        await self._send()

    async def _send(self) -> None:
        """Of a hundred mails one is refused; its text goes out, and half of the texts get their receipt."""
        while self.notices:
            sent, self.notices = self.notices, []
            for notice in sent:
                for batch in batches(notice):
                    self.clock.move_to(self.clock.now() + timedelta(milliseconds=100))
                    await self.consumer.put(Settlements(batch))
                await self._texts(notice)
        self.clock.move_to(self.clock.now() + timedelta(minutes=11))
        for number, waiting in list(self.state.deliveries.items()):
            await self.consumer.put(Exhausted(tuple((number, who) for who in waiting)))

    async def _texts(self, notice: Notice) -> None:
        refused = [who for place, who in enumerate(notice.recipients) if place % 100 == 99]
        if not refused or refused[0] not in self.state.deliveries.get(notice.id, {}):
            return
        now = self.clock.now()
        refs = {who: f"SM{notice.id:08x}{place:024x}" for place, who in enumerate(refused)}
        tries = (
            Settled(notice.id, who, 1, "sms", self.state.person(who).phones[0], now, Outcome(Result.SENT, ref))
            for who, ref in refs.items()
        )
        await self.consumer.put(Settlements(tuple(tries)))
        for ref in list(refs.values())[::2]:
            await self.consumer.put(Receipted(Receipt("twilio", ref, Result.DELIVERED, None, now)))


def batches(notice: Notice) -> Iterator[tuple[Settled, ...]]:
    fine = Outcome(Result.SENT, by="primary")
    for first in range(0, len(notice.recipients), BATCH):
        part = notice.recipients[first : first + BATCH]
        yield tuple(
            Settled(notice.id, who, 0, "email", who, notice.at, REFUSED if (first + place) % 100 == 99 else fine)
            for place, who in enumerate(part)
        )


async def lived(folder: Path, incidents: int, updates: int) -> dict[str, float]:
    """These incidents from the proposal to the all-clear, but for the last, which goes on."""
    configuration = load(folder, {})
    idle = rss()
    store = await open_store(configuration.settings.state.directory)
    clock = MovedClock(START)
    state = restoring.restore(configuration, store)
    consumer = Consumer(state, store, clock)
    life = Life(state, consumer, clock)
    running = asyncio.create_task(consumer.run())
    begun = time.perf_counter()
    for number in range(1, incidents + 1):
        await life.says(PROPOSER, Verb.PROPOSE, "", f"Outage {number}: the tills are down in all shops")
        await life.says(MANAGER, Verb.ACCEPT, str(number), "We are looking into it.")
        for update in range(updates):
            clock.move_to(clock.now() + timedelta(minutes=9))
            await life.says(MANAGER, Verb.UPDATE, str(number), f"{update + 1} of 9 databases are back.")
        if number < incidents:
            await life.says(MANAGER, Verb.RESOLVE, str(number), "Everything works again.")
    took = time.perf_counter() - begun
    told = sum(len(notice.recipients) for notice in state.notices.values())
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await store.close()
    return {"idle": idle, "rss": rss(), "peak": peak(), "seconds": took, "messages": told}


async def restarted(folder: Path) -> dict[str, float]:
    """A start on what is stored."""
    begun = time.perf_counter()
    configuration = load(folder, {})
    loaded = time.perf_counter()
    store = await open_store(configuration.settings.state.directory)
    opened = time.perf_counter()
    state = restoring.restore(configuration, store)
    restored = time.perf_counter()
    figures = {
        "load": loaded - begun,
        "open": opened - loaded,
        "restore": restored - opened,
        "rss": rss(),
        "peak": peak(),
        "messages": sum(len(notice.recipients) for notice in state.notices.values()),
    }
    await store.close()
    return figures


def rss() -> float:
    """Memory in use now, MB (10**6 bytes)."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    """The most that ever was in use. Not by getrusage: a child's begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


def in_a_process(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.scale", *arguments], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def size(folder: Path) -> float:
    """MB that the files take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def starting() -> float:
    """Seconds until everything that `murphyd run` needs is imported."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import daemon.cli, daemon.commands.run"], check=True)
    return time.perf_counter() - begun


def main() -> None:
    match sys.argv[1:]:
        case ["lived", folder, number, each]:
            print(json.dumps(asyncio.run(lived(Path(folder), int(number), int(each)))))
            return
        case ["restarted", folder]:
            print(json.dumps(asyncio.run(restarted(Path(folder)))))
            return
    parent = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    table = Table(title="memory and disk in MB (10**6 bytes)")
    heads = ("", "messages", "per second", "no incident", "peak", "disk", "start: load", "open", "restore", "memory")
    for head in heads:
        table.add_column(head, justify="right" if head else "left")
    for name, people, incidents, updates in (
        (f"1 incident, 50,000 recipients, {UPDATES} updates", 50_000, 1, UPDATES),
        (f"{SHORT} incidents, 1,000 recipients, 1 update", 1_000, SHORT, 1),
    ):
        with tempfile.TemporaryDirectory(dir=parent) as home:
            etc = str(folder_of(Path(home), people))
            run = in_a_process("lived", etc, str(incidents), str(updates))
            disk = size(Path(home) / "state")
            again = in_a_process("restarted", etc)
            assert again["messages"] == run["messages"]
        seconds = [f"{again[step]:.2f} s" for step in ("load", "open", "restore")]
        table.add_row(
            name,
            f"{run['messages']:,.0f}",
            f"{run['messages'] / run['seconds']:,.0f}",
            f"{run['idle']:.0f}",
            f"{run['peak']:.0f}",
            f"{disk:.0f}",
            *seconds,
            f"{again['peak']:.0f}",
        )
    Console(width=160).print(table)
    Console().print(f"imports of `murphyd run`: {starting():.2f} s")


if __name__ == "__main__":
    main()
