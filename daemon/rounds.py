"""Every task that goes on for as long as the daemon runs: how long it may be at one piece of its work.

A hang of one that is vital keeps the watchdog quiet, so that systemd restarts us. Any other that hangs is ended and
starts again, and the operators hear of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from daemon.consumer import Consumer
from daemon.outbox import Outbox
from daemon.pulse import Pulse, Work
from daemon.supervisor import Round


@dataclass(frozen=True, slots=True)
class Life:
    """`limit` is in seconds, for one piece of work; each step of it has a deadline of its own."""

    limit: float
    vital: bool = False


LIVES: Mapping[str, Life] = {
    "consumer": Life(60.0, vital=True),  # three commits that fail
    "outbox": Life(300.0, vital=True),  # three attempts that hang to the last
    "way in": Life(900.0, vital=True),  # once round: its longest wait is 4 minutes
    "archiver": Life(300.0),
    "bridges": Life(120.0),
    "listening": Life(120.0),
    "console": Life(120.0),
    "duty": Life(600.0),  # all calendars, 20 seconds each
    "receipts": Life(600.0),
    "canaries": Life(1800.0),  # 5 minutes to come back, also by a second relay
    "status page": Life(120.0),
    "sweep": Life(300.0),
    "heart": Life(120.0),
    "daily check": Life(900.0),
    "written procedure": Life(600.0),
    "watchdog": Life(120.0),  # one that hangs feeds nobody
}
"""By the first word of a task's name."""


class Working(Protocol):
    """What has its work in pieces, and waits between them."""

    work: Work

    async def run(self) -> None: ...


def working(name: str, what: Working) -> Round:
    """Raises KeyError for a task that is not in the table."""
    return lived(name, what.run, lambda: what.work.busy, lambda: what.work.done)


def consuming(consumer: Consumer) -> Round:
    return lived("consumer", consumer.run, lambda: not consumer.idle, lambda: consumer.concluded)


def sending(outbox: Outbox) -> Round:
    return lived("outbox", outbox.run, lambda: not outbox.idle, lambda: outbox.moved)


def watching(name: str, run: Callable[[], Awaitable[None]], beats: Callable[[], float]) -> Round:
    """A way in goes round and round, also while nothing comes."""
    return lived(name, run, lambda: True, beats)


def lived(name: str, run: Callable[[], Awaitable[None]], busy: Callable[[], bool], done: Callable[[], float]) -> Round:
    life = LIVES[name.partition(":")[0]]
    return Round(run, Pulse(busy, done, life.limit), life.vital)
