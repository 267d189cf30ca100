"""Reads the duty calendars every few minutes, from a file or the web; the core keeps the last good copy."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import structlog

from channels.beside import Beside
from channels.http_resolver import HttpResolver
from channels.resolver import Resolver
from config.types import Configuration, Contact, Duty
from daemon.clock import Clock
from daemon.core.facts import Shift
from daemon.core.stimuli import DutyRead
from daemon.pulse import Work

log = structlog.get_logger()

EVERY = 300.0
"""Seconds between two readings."""

READ_WITHIN = 20.0
LARGEST = 2_000_000
"""Bytes of a calendar that are read; a larger one is none."""

MOST_REDIRECTS = 3

Put = Callable[..., Awaitable[bool]]


class Unreadable(Exception):
    """Why a calendar cannot be read; without its address, in which there may be a secret."""


class DutyCalendars:
    def __init__(
        self, configuration: Configuration, clock: Clock, put: Put, *, resolver: Resolver | None = None
    ) -> None:
        self._configuration = configuration
        self._clock = clock
        self._put = put
        self._resolver = resolver or Resolver()
        self._beside = Beside(1, READ_WITHIN)
        self.work = Work()

    @property
    def any(self) -> bool:
        return any(duty.calendar for duty in self._configuration.procedure.duties)

    async def run(self) -> None:
        try:
            while True:
                with self.work:
                    await self.read()
                await asyncio.sleep(EVERY)
        finally:
            self._beside.close()

    async def read(self) -> None:
        """Each calendar once; what it says, or why it cannot be read, goes to the core."""
        for duty in self._configuration.procedure.duties:
            if duty.calendar:
                try:
                    async with asyncio.timeout(READ_WITHIN):
                        found = DutyRead(duty.list, await self._shifts(duty))
                except Unreadable as unreadable:
                    found = DutyRead(duty.list, None, str(unreadable))
                except TimeoutError:
                    found = DutyRead(duty.list, None, "it took too long")
                if found.reason:
                    log.warning("a duty calendar cannot be read", list=duty.list, reason=found.reason)
                await self._put(found)

    async def _shifts(self, duty: Duty) -> tuple[Shift, ...]:
        content = await (self._fetch(duty.calendar) if "://" in duty.calendar else self._open(duty.calendar))
        people = self._configuration.people
        listed = [people.contacts[who] for who in people.on(duty.list)]
        zone = ZoneInfo(self._configuration.settings.organization.timezone)
        return await asyncio.to_thread(_understood, content, listed, zone, self._clock.now())

    async def _open(self, name: str) -> bytes:
        path = self._configuration.templates.parent / name
        return await self._beside.run(lambda: _read(path))

    async def _fetch(self, url: str) -> bytes:
        try:
            async with (
                aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=HttpResolver(self._resolver))) as session,
                session.get(url, max_redirects=MOST_REDIRECTS) as response,
            ):
                if response.status != 200:
                    raise Unreadable(f"its server answers {response.status}")
                if response.url.scheme != "https" and url.startswith("https:"):
                    raise Unreadable("its server leads to an address that is not https")
                content = b""
                async for chunk in response.content.iter_chunked(65536):
                    content += chunk
                    if len(content) > LARGEST:
                        raise Unreadable("it is too large")
                return content
        except (aiohttp.ClientError, OSError, ValueError):
            raise Unreadable("its server cannot be reached") from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise Unreadable(fault.strerror or "the file cannot be read") from None
    if len(content) > LARGEST:
        raise Unreadable("it is too large")
    return content


def _understood(content: bytes, people: list[Contact], zone: ZoneInfo, now: datetime) -> tuple[Shift, ...]:
    from daemon.calendars import BadCalendar, shifts  # noqa: PLC0415 (5 MB that most have no use for)

    try:
        return shifts(content.decode("utf-8-sig", errors="replace"), people, zone, now)
    except BadCalendar as bad:
        raise Unreadable(str(bad)) from None
