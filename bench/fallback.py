"""How long it takes until people are told by text when the mail relay is dead.

The real daemon over the real protocols; a simulated Twilio that refuses what is above its rate. Run from the project's
folder: python -m bench.fallback [recipients]
"""

import asyncio
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from rich.console import Console
from rich.table import Table

from daemon.clock import MovedClock
from daemon.sandbox import organization
from daemon.sandbox.faults import Fault, Hang, Refuse, Step
from daemon.sandbox.organization import START, Organization

OLIVER = "Oliver Grant,,+447912555116,all-staff,en,Europe/London"
RATE = 30
"""Texts a second that the simulated provider takes."""

LONGEST = 180.0
"""Seconds after which whoever was not told counts as missing."""


class RunningClock(MovedClock):
    """Procedure time that passes as real time does."""

    def __init__(self) -> None:
        super().__init__(START)
        self._began = time.monotonic()

    def now(self) -> datetime:
        return START + timedelta(seconds=time.monotonic() - self._began)


@dataclass(frozen=True, slots=True)
class Case:
    """`known`: an update before has shown that the relay is dead. `paced`: our own limit is the provider's."""

    name: str
    step: Step
    fault: Fault
    known: bool = False
    paced: bool = False
    rate: int = 0


CASES = (
    Case("refuses connections, known", Step.CONNECT, Refuse(), known=True),
    Case("refuses connections", Step.CONNECT, Refuse()),
    Case("hangs before its banner", Step.BANNER, Hang()),
    Case("hangs at RCPT", Step.RCPT, Hang()),
    Case("hangs after the message", Step.CONTENT, Hang()),
    Case(f"refuses, {RATE} texts a second, else 429", Step.CONNECT, Refuse(), rate=RATE),
    Case(f"refuses, {RATE} texts a second, as configured", Step.CONNECT, Refuse(), rate=RATE, paced=True),
)


def people(count: int) -> str:
    rows = (f"Person {n:04},person{n:04}@acme.example,+3247{n:07},all-staff,en,Europe/Brussels" for n in range(count))
    return "\n".join((OLIVER, *rows))


async def told(office: Organization, words: str, count: int) -> tuple[float, float, int]:
    """Seconds until the first and the last of them got a text with these words, and how many did."""
    seen = len(office.seen)
    began = time.monotonic()
    numbers: set[str] = set()
    first = last = 0.0
    await office.texts("An", f"UPDATE MI-1 {words}")
    while len(numbers) < count and time.monotonic() - began < LONGEST:
        await asyncio.sleep(0.01)
        for message in office.seen[seen:]:
            if message.channel == "sms" and message.address.startswith("+3247000") and words in message.text:
                if message.address not in numbers:
                    last = time.monotonic() - began
                    first = first or last
                numbers.add(message.address)
        seen = len(office.seen)
    return first, last, len(numbers)


async def run(case: Case, count: int) -> tuple[float, float, int]:
    edits = {OLIVER: people(count)}
    if case.paced:
        edits['poll_every = "10s"'] = f'poll_every = "10s"\nper_second = {RATE}'
    office = Organization(edits=edits)
    office.clock = RunningClock()
    office.mail._now = office.twilio._now = office.clock.now
    async with office:
        waking = asyncio.create_task(woken(office))
        await office.mails("Lotte", "Web shop is down", "Service: web shop")
        await office.settle()
        await office.texts("An", "ACCEPT")
        await office.settle()
        await office.mail.relay.fault(case.step, case.fault)
        for session in tuple(office.mail.relay.sessions):
            session.cut()
        if case.known:
            await told(office, "Half is back.", count)
        office.twilio.rate = case.rate or None
        result = await told(office, "All is back.", count)
        waking.cancel()
        with suppress(asyncio.CancelledError):
            await waking
        return result


async def woken(office: Organization) -> None:
    while True:
        await asyncio.sleep(0.1)
        office.daemon.wake()


def main() -> None:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), processors=[])
    organization.SETTLE_WITHIN = LONGEST
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    table = Table(title=f"an update to {count:,} recipients while the relay …")
    for head in ("", "first text", "last text", "texted"):
        table.add_column(head, justify="right" if head else "left")
    for case in CASES:
        first, last, reached = asyncio.run(run(case, count))
        table.add_row(case.name, f"{first:.2f} s", f"{last:.1f} s", f"{reached:,}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
