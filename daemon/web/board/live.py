"""What has changed, for pages that are open: server-sent events (WHATWG HTML, section 9.2) that say only that much.

A page then asks for itself again. So nothing waits in a queue, however slow its reader is, and nothing is told that
the page would not show: the id of an event counts the changes of what this viewer sees, and of nothing else.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from socket import SO_SNDBUF, SOL_SOCKET

from aiohttp import web

from daemon.core.facts import (
    Ailing,
    DiskChanged,
    Fact,
    Finished,
    HealthChanged,
    Opened,
    Stopped,
    Watched,
)
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.records import EVENTS

LASTS = 50.0
"""Seconds after which a stream ends and the browser asks again: below the life of a connection."""

BUFFER = 16 * 1024
"""Bytes that wait for a reader at most, here and in the kernel."""

MOST = 60
MOST_OF_ONE = 8
"""Streams at once, in all and of one viewer."""

CHANNELS = "channels"
"""What every page shows beside the incidents."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: at least between two events, at most between signs of life, and till a reader that takes nothing is
    dropped."""

    apart: float = 1.0
    beat: float = 15.0
    slow: float = 10.0


class TooMany(Exception):
    """No further stream is begun now."""


def narrow(transport: asyncio.Transport) -> None:
    """Little is held for a reader that takes nothing."""
    transport.set_write_buffer_limits(high=BUFFER)
    if (sock := transport.get_extra_info("socket")) is not None:
        sock.setsockopt(SOL_SOCKET, SO_SNDBUF, BUFFER)


class Changes:
    """`release` is told of all facts; each stream waits for the next ones."""

    def __init__(self, state: State, pace: Pace | None = None) -> None:
        self._state = state
        self._pace = pace or Pace()
        self._start = secrets.token_hex(4)
        self._counts: Counter[str] = Counter()
        self._streams: dict[asyncio.Event, str] = {}
        self._closed = False

    @property
    def streams(self) -> int:
        """How many are open."""
        return len(self._streams)

    def release(self, facts: Sequence[Fact]) -> None:
        about = {name for fact in facts for name in self._about(fact)}
        known = self._state.incidents
        self._counts.update(name for name in about if name == CHANNELS or name in known)
        if len(self._counts) > len(known) + 1:  # some have been archived since
            self._counts = Counter({name: self._counts[name] for name in (CHANNELS, *known)})
        if about:
            self._wake()

    def close(self) -> None:
        """All streams end."""
        self._closed = True
        self._wake()

    def version(self, incidents: Iterable[str]) -> str:
        """How often these, and the channels, have changed since the start of this process."""
        return f"{self._start}-{self._counts[CHANNELS] + sum(self._counts[number] for number in incidents)}"

    @contextmanager
    def stream(self, who: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever anything has changed. Raises TooMany."""
        if len(self._streams) >= MOST or (who and list(self._streams.values()).count(who) >= MOST_OF_ONE):
            raise TooMany
        changed = asyncio.Event()
        self._streams[changed] = who
        try:
            yield changed
        finally:
            del self._streams[changed]

    async def send(
        self, response: web.StreamResponse, changed: asyncio.Event, version: Callable[[], str | None], seen: str
    ) -> None:
        """Until it is over: its time is up, `version` is None as nothing may be seen any more, or its reader is slow.

        `seen` is the version that the reader has.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + LASTS
        await self._write(response, b"retry: 2000\n\n")
        while not self._closed and loop.time() < end and (current := version()) is not None:
            changed.clear()
            if current != seen:
                seen = current
                await self._write(response, f"id: {current}\nevent: changed\ndata: {current}\n\n".encode())
            await asyncio.sleep(self._pace.apart)
            try:
                async with asyncio.timeout(min(self._pace.beat, max(end - loop.time(), 0.0))):
                    await changed.wait()
            except TimeoutError:
                await self._write(response, b": here\n\n")

    async def _write(self, response: web.StreamResponse, words: bytes) -> None:
        """Raises TimeoutError, ConnectionError."""
        async with asyncio.timeout(self._pace.slow):
            await response.write(words)

    def _wake(self) -> None:
        for changed in self._streams:
            changed.set()

    def _about(self, fact: Fact) -> Iterable[str]:
        match fact:
            case Notice():
                return fact.about
            case Opened(delivery):
                return self._of_notice(delivery.notice)
            case Finished() | Stopped():
                return self._of_notice(fact.notice)
            case HealthChanged() | Watched() | Ailing() | DiskChanged():
                return (CHANNELS,)
            case _ if type(fact).__name__ in EVENTS:
                return (str(getattr(fact, "incident", "")),)
        return ()

    def _of_notice(self, number: int) -> tuple[str, ...]:
        notice = self._state.notices.get(number)
        return notice.about if notice else ()
