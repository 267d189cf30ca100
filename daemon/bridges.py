"""Tries the addresses of the communication bridges while an incident is open; the core decides what follows.

An http(s) address must answer to a GET with anything but "not there" (404, 410) or "broken" (5xx, RFC 9110); of any
other with a host and a port a TCP connection is enough. A bridge that is a telephone number alone is not tried.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

import aiohttp
import structlog

from config.types import Bridge
from daemon.clock import Clock
from daemon.core.model import OPEN
from daemon.core.state import State
from daemon.core.stimuli import BridgeTried
from daemon.pulse import Work

log = structlog.get_logger()

EVERY = timedelta(minutes=1)
"""Between tries of a bridge that answers."""

AGAIN = timedelta(seconds=10)
"""After one that failed: two in a row count."""

TRY_WITHIN = 5.0
"""Seconds for one try in all."""

NOT_THERE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

Put = Callable[..., Awaitable[bool]]


class Bridges:
    """`on_wait` is called when `next` has changed."""

    def __init__(self, state: State, clock: Clock, put: Put) -> None:
        self._state = state
        self._clock = clock
        self._put = put
        self._due: dict[str, datetime] = {}
        self._woken = asyncio.Event()
        self.work = Work()
        self.on_wait: Callable[[], None] = lambda: None

    @property
    def idle(self) -> bool:
        return not (self.work.busy or self._woken.is_set())

    def next(self) -> datetime | None:
        """When one is tried again."""
        return min(self._due.values(), default=None)

    def wake(self) -> None:
        """Something was decided, or time has passed: those that are due are tried."""
        if self._ripe():
            self._woken.set()

    def _ripe(self) -> list[Bridge]:
        open_ = any(incident.status in OPEN for incident in self._state.incidents.values())
        bridges = [bridge for bridge in self._state.procedure.bridges if open_ and checkable(bridge)]
        now = self._clock.now()
        self._due = {bridge.name: self._due.get(bridge.name, now) for bridge in bridges}
        return [bridge for bridge in bridges if self._due[bridge.name] <= now]

    async def run(self) -> None:
        while True:
            await self._woken.wait()
            with self.work:
                self._woken.clear()
                await asyncio.gather(*(self._try(bridge) for bridge in self._ripe()))
            self.on_wait()

    async def _try(self, bridge: Bridge) -> None:
        self._due[bridge.name] = self._clock.now() + AGAIN  # until it is known, so that it is not tried twice
        reason = await why_down(bridge.url)
        if reason:
            log.warning("a bridge does not answer", bridge=bridge.name, reason=reason)
        self._due[bridge.name] = self._clock.now() + (AGAIN if reason else EVERY)
        await self._put(BridgeTried(bridge.name, not reason, reason))


def checkable(bridge: Bridge) -> bool:
    return bridge.check and _address(bridge.url) is not None


async def why_down(url: str, within: float = TRY_WITHIN) -> str:
    """Why this address cannot be used, for people; "" where it answers. Redirects are an answer. `within` seconds."""
    address = _address(url)
    if address is None:
        return ""
    try:
        async with asyncio.timeout(within):
            return await (_http(url) if address.scheme in ("http", "https") else _tcp(address))
    except aiohttp.ClientConnectorCertificateError:
        return ""  # a private authority that only the organization's browsers know must not close a bridge that works
    except TimeoutError:
        return "no answer in time"
    except (OSError, aiohttp.ClientError, ValueError) as fault:
        return _reason(fault)


async def _http(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as answer:
        down = answer.status in NOT_THERE or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return f"it answers {answer.status}" if down else ""


async def _tcp(address: SplitResult) -> str:
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return ""


def _address(url: str) -> SplitResult | None:
    """What can be tried of it: a host, and a port where it is no web address."""
    try:
        parts = urlsplit(url)
        there = parts.hostname and (parts.scheme in ("http", "https") or parts.port)
    except ValueError:
        return None
    return parts if there else None


def _reason(fault: Exception) -> str:
    """Never the address itself: it may let anybody in."""
    match fault:
        case aiohttp.ClientConnectorDNSError():
            return "its name cannot be resolved"
        case OSError():
            return "the connection is refused or lost"
        case _:
            return "it does not answer as it should"
