"""A sign of life to whoever watches from outside (a dead man's switch): its silence is the alarm.

Given only while everything that must move on does. What goes wrong names no address: there may be a secret in it.
"""

import asyncio
from collections.abc import Callable

import aiohttp
import structlog

from channels.http_resolver import HttpResolver
from channels.resolver import Resolver
from config.types import Heartbeat
from daemon.pulse import Work
from daemon.supervisor import Tell

log = structlog.get_logger()

PART = "heartbeat"
WITHIN = 10.0
"""Seconds for one sign."""

OFTEN = 3
"""Failures in a row after which the operators hear of it."""


class Heart:
    """`well` says whether everything moves on; `tell` hears when the sign cannot be given, and can again."""

    def __init__(
        self, settings: Heartbeat, well: Callable[[], bool], tell: Tell, *, resolver: Resolver | None = None
    ) -> None:
        self._settings = settings
        self._well = well
        self._tell = tell
        self._resolver = resolver or Resolver()
        self._failed = 0
        self.work = Work()

    async def run(self) -> None:
        while True:
            if self._well():
                with self.work:
                    await self.beat()
            else:
                log.error("no heartbeat, as something is stuck")
            await asyncio.sleep(self._settings.every.total_seconds())

    async def beat(self) -> None:
        """One sign; never raises but on cancellation."""
        why = await self._ask()
        if why:
            self._failed += 1
            log.warning("heartbeat failed", reason=why, times=self._failed)
            if self._failed == OFTEN:
                await self._tell(PART, False, why)
            return
        self._failed = 0
        await self._tell(PART, True, "")

    async def _ask(self) -> str:
        """Why nobody there took it; "" where it was taken."""
        try:
            async with (
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(resolver=HttpResolver(self._resolver)),
                    timeout=aiohttp.ClientTimeout(total=WITHIN),
                ) as session,
                session.get(self._settings.url.value, allow_redirects=False) as response,
            ):
                return "" if response.status < 300 else f"its server answers {response.status}"
        except aiohttp.ClientConnectorCertificateError:
            return "its server's certificate is not trusted"
        except TimeoutError:
            return "its server does not answer in time"
        except (aiohttp.ClientError, OSError, ValueError):
            return "its server cannot be reached"
