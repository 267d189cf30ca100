"""What the mail tests share: a message, an arrival desk, and waiting for something to become true."""

import asyncio
from collections.abc import Awaitable, Callable

from channels.smtp import Deadlines, Patience
from channels.types import Arrival, Mail, MailArrival, SourceState

WITHIN = 45.0
"""Seconds after which a test gives up; nothing is measured by it."""

SHORT = Deadlines(connect=1.5, command=0.8, message=0.8)
"""For a server that is silent; whatever must succeed beside it has so long on a busy machine."""
LONG = Deadlines(connect=WITHIN, command=WITHIN, message=WITHIN)
NO_PROBE = Patience(first=600.0, longest=600.0)
AT_ONCE = Patience(first=0.01, longest=0.02)

RAW = b"From: incidents@acme.example\r\nSubject: MI-7\r\n\r\nEmail is down.\r\n"


def mail(to: str = "ann@acme.example", raw: bytes = RAW, envid: str = "") -> Mail:
    return Mail("incidents@acme.example", to, raw, "<mi-7@acme.example>", envid)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not condition():  # noqa: ASYNC110 (what is waited for has no event)
            await asyncio.sleep(0.005)


class Desk:
    """Takes what a mailbox hands on, and keeps it. `durable` decides about each mail."""

    def __init__(self, durable: Callable[[MailArrival], bool] = lambda _arrival: True) -> None:
        self.arrivals: list[Arrival] = []
        self.durable = durable

    async def __call__(self, arrival: Arrival) -> bool:
        self.arrivals.append(arrival)
        return self.durable(arrival) if isinstance(arrival, MailArrival) else True

    @property
    def mails(self) -> list[MailArrival]:
        return [arrival for arrival in self.arrivals if isinstance(arrival, MailArrival)]

    @property
    def subjects(self) -> list[str]:
        return [subject(arrival.raw) for arrival in self.mails]

    @property
    def states(self) -> list[SourceState]:
        return [arrival for arrival in self.arrivals if isinstance(arrival, SourceState)]

    @property
    def is_up(self) -> bool:
        return bool(self.states) and self.states[-1].up


def subject(raw: bytes) -> str:
    return raw.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode()


def about(topic: str, size: int = 0) -> bytes:
    """A message of at least `size` bytes."""
    line = b"x" * 78 + b"\r\n"
    return b"Subject: %s\r\n\r\nWords.\r\n" % topic.encode() + line * (size // len(line))


async def stopped(task: asyncio.Task[None]) -> None:
    """Cancel a watch; what it raised otherwise is raised here."""
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return
    raise AssertionError("a watch never ends by itself")


Watch = Callable[..., Awaitable[None]]


class Given:
    """Access tokens, one after another, the last one for ever; a new one only where the one before was refused."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)

    async def __call__(self) -> str:
        return self.tokens[0]

    def refused(self, token: str) -> None:
        if token == self.tokens[0] and len(self.tokens) > 1:
            del self.tokens[0]
