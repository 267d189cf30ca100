"""How long people wait: a proposal by mail until the managers' texts are out, ACCEPT by text until the first notice is.

`murphyd run` as a process of its own, with nothing else to do, and while it broadcasts to 50,000 by mail into Postfix's
smtp-sink. The mailbox pushes at once (Dovecot waits half a second); texts go out and come in by a simulated Twilio.
`python -m bench.latency [people] [rounds]`, from the project's folder.
"""

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.table import Table

from bench.broadcast import sink
from config.load import load
from daemon.app import running
from daemon.logs import configure_logs
from daemon.sandbox.mail_client import new_mail
from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.phones import Phones, PhoneText
from daemon.sandbox.twilio_server import TwilioServer
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.surroundings import example_settings

OURS = "incidents@acme.example"
WITHIN = 120.0
SPEED = 60
APART = 1.3
"""Seconds between rounds: more than a minute of procedure time."""
NAMES = {
    "mail": "mail arrives, to the last manager's text",
    "accept": "ACCEPT arrives, to the first notice",
    "health": "GET /healthz",
    "loop": "the event loop is late by",
}

LAGS = "lags.txt"
EVERY = 0.01
"""Seconds between two looks at the event loop."""

FEW = 100
PROPOSERS = 40
"""People who take turns, so that nobody proposes too often."""

AUDIENCE = """
[[audience]]
name = "stakeholders"
lists = ["all-staff"]
detail = "public"
every = "24h"
via = ["email"]

[[audience]]
name = "management"
lists = ["management"]
detail = "management"
every = "24h"
via = ["sms"]
"""


class QuickClock:
    """Procedure time, the same in both processes: a minute between two messages to the managers takes a second."""

    def __init__(self, began: float) -> None:
        self.began = began

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.began + (time.time() - self.began) * SPEED, UTC)


class AnyTime:
    """No timer: time is looked at often enough."""

    def wake_at(self, when: datetime | None) -> None:
        pass


async def murphy(folder: Path, began: float) -> None:
    """The daemon's process, until it is ended; it writes down by how much its loop is late for a timer."""
    async with running(
        load(folder, {}), QuickClock(began), timer=AnyTime(), tell_procedure=False, inspect=False
    ) as daemon:
        loop, ticks = asyncio.get_running_loop(), 0
        with (folder / LAGS).open("w", buffering=1) as lags:
            while True:
                due = loop.time() + EVERY
                await asyncio.sleep(EVERY)
                lags.write(f"{loop.time() - due:.6f}\n")
                ticks += 1
                if ticks % 10 == 0:
                    daemon.wake()


class Watch:
    """Texts as they arrive on phones, each with the moment of it."""

    def __init__(self) -> None:
        self.arrived: list[tuple[float, PhoneText]] = []
        self.news = asyncio.Event()

    def __call__(self, text: PhoneText) -> None:
        self.arrived.append((time.perf_counter(), text))
        self.news.set()

    async def first(self, since: float, words: str, count: int) -> float:
        """Seconds from `since` until so many texts with these words have arrived."""
        async with asyncio.timeout(WITHIN):
            while True:
                found = [at for at, text in self.arrived if at >= since and words in text.body]
                if len(found) >= count:
                    return found[count - 1] - since
                self.news.clear()
                await self.news.wait()


class Town:
    """The daemon, its mailbox, its phones."""

    def __init__(
        self, murphyd: DaemonProcess, mail: MailServer, twilio: TwilioServer, watch: Watch, clock: QuickClock
    ) -> None:
        self.murphyd, self.mail, self.twilio, self.watch, self.clock = murphyd, mail, twilio, watch, clock
        self.people = load(murphyd.config, {}).people
        self.proposals = 0

    async def proposal(self) -> float:
        """Seconds from the mail's arrival until the last manager's text is out."""
        self.proposals += 1
        sender = self.people.contacts[f"person{self.proposals % PROPOSERS:05}@acme.example"]
        raw = new_mail(
            sender, OURS, f"Outage number {self.proposals}", "Nothing works.", datetime.now(UTC), self.proposals
        )
        began = time.perf_counter()
        await self.mail.deliver(raw, OURS)
        return await self.watch.first(began, f"MI-{self.proposals}: ", len(self.managers))

    @property
    def managers(self) -> tuple[str, ...]:
        return tuple(phone for who in self.people.on("incident-managers") for phone in self.people.contacts[who].phones)

    async def says(self, words: str) -> float:
        began = time.perf_counter()
        await self.twilio.text(self.managers[0], words)
        return began

    async def accepted(self) -> float:
        """Seconds from the text's arrival until the first notice of management is out."""
        number = f"MI-{self.proposals}"
        began = await self.says(f"ACCEPT {number} We are looking into it.")
        return await self.watch.first(began, "We are looking into it.", 1)


@asynccontextmanager
async def town(people: int) -> AsyncIterator[Town]:
    watch, clock = Watch(), QuickClock(time.time())
    mail = MailServer(now=clock.now)
    await mail.start()
    try:
        with tempfile.TemporaryDirectory() as home, sink() as relay:
            async with TwilioServer(auth_token="sandbox", phones=Phones(watch), now=clock.now) as twilio:
                murphyd = DaemonProcess(Path(home), example_settings(mail.imap_port, relay, twilio.port))
                _written(murphyd.config, people)
                twilio.webhook = f"http://127.0.0.1:{murphyd.web_port}/twilio/sms"
                words = ("-m", "bench.latency", "daemon", str(murphyd.config), str(clock.began))
                await murphyd.spawn(sys.executable, *words)
                async with asyncio.timeout(WITHIN):
                    while b"ready" not in murphyd.log.read_bytes():  # noqa: ASYNC110 (it tells its log)
                        await asyncio.sleep(0.1)
                try:
                    yield Town(murphyd, mail, twilio, watch, clock)
                finally:
                    with suppress(TimeoutError):
                        await murphyd.stop()
    finally:
        await mail.stop()


def _written(config: Path, people: int) -> None:
    """Many stakeholders who hear by mail, management by text, proposals that are never the same."""
    procedure = (config / "procedure.toml").read_text()
    head, _, rest = procedure.partition("[[audience]]")
    rest = rest[rest.index("[update]") :]
    head = head.replace("[propose]\n", '[propose]\nsame_within = "0s"\n', 1)
    (config / "procedure.toml").write_text(f"{head}{AUDIENCE}\n{rest}")
    with (config / "contacts.csv").open("a") as contacts:
        for number in range(people):
            contacts.write(f"Person {number:05},person{number:05}@acme.example,,all-staff,en,Europe/Brussels\n")


async def lags(url: str, found: list[float]) -> None:
    """How long the daemon takes to answer whoever watches it."""
    async with aiohttp.ClientSession() as session:
        while True:
            began = time.perf_counter()
            async with session.get(url) as answer:
                await answer.read()
            found.append(time.perf_counter() - began)
            await asyncio.sleep(0.02)


async def broadcasts(here: Town) -> None:
    """Updates to everybody, one after another."""
    number = 0
    while True:
        number += 1
        began = await here.says(f"UPDATE MI-1 {number} databases are back.")
        await here.watch.first(began, f"{number} databases are back.", 1)
        await asyncio.sleep(3.0)


async def measured(people: int, rounds: int, *, busy: bool) -> dict[str, list[float]]:
    """Seconds of each round, by what they were waited for."""
    found: dict[str, list[float]] = {name: [] for name in NAMES}
    async with town(people) as here:
        url = f"http://127.0.0.1:{here.murphyd.web_port}/healthz"
        await here.proposal()
        await here.accepted()
        await asyncio.sleep(15.0)
        quiet = len(late(here.murphyd.config))
        beside = [asyncio.create_task(lags(url, found["health"]))]
        if busy:
            beside.append(asyncio.create_task(broadcasts(here)))
            await asyncio.sleep(1.0)
        for _ in range(rounds):
            found["mail"].append(await here.proposal())
            found["accept"].append(await here.accepted())
            await here.says(f"DOWNGRADE MI-{here.proposals}")
            await asyncio.sleep(APART)
        for task in beside:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        found["loop"] = late(here.murphyd.config)[quiet:]
    return found


def late(config: Path) -> list[float]:
    """Seconds, of every look at the daemon's loop; its last line may be half written."""
    return [float(line) for line in (config / LAGS).read_text().split("\n")[:-1]]


def percentiles(found: list[float]) -> Iterator[str]:
    ordered = sorted(found)
    for share in (0.5, 0.99, 1.0):
        yield f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.0f} ms" if ordered else ""


def main() -> None:
    if sys.argv[1:2] == ["daemon"]:
        configure_logs(level=logging.INFO)
        asyncio.run(murphy(Path(sys.argv[2]), float(sys.argv[3])))
        return
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    table = Table(title=f"{rounds} rounds; idle with {FEW} people, the broadcasts go to {people:,}")
    for head in ("", "", "p50", "p99", "worst"):
        table.add_column(head, justify="right" if head else "left")
    for busy, name in ((False, "idle"), (True, "during broadcasts")):
        found = asyncio.run(measured(people if busy else FEW, rounds, busy=busy))
        for what, words in NAMES.items():
            table.add_row(words, name, *percentiles(found[what]))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
