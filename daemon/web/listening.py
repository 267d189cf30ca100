"""The web server comes and goes without the rest: an address that cannot be had is asked for again and again."""

import asyncio
import os
from typing import Self

import structlog

from daemon.answering import EVERY
from daemon.pulse import Work
from daemon.supervisor import Tell
from daemon.web.server import WebServer

log = structlog.get_logger("web")

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 5.0
"""Seconds."""

OFTEN = 3
"""So often in a row it does not answer, and the operators hear of it."""


class Listening:
    """An async context manager: listens from its entry on where it can. `run`, supervised, goes on trying.

    `tell` hears that this `part` does not listen, or does not answer, and why, and that it does. It is asked every
    `every` seconds.
    """

    def __init__(self, part: str, server: WebServer, tell: Tell, *, every: float = EVERY) -> None:
        self.part = part
        self._server = server
        self._tell = tell
        self._why = "not yet tried"
        self._silent = 0
        self._every = every
        self.work = Work()

    async def __aenter__(self) -> Self:
        await self._try()
        return self

    async def __aexit__(self, *_: object) -> None:
        if not self._why:
            await self._server.__aexit__(None, None, None)

    async def run(self) -> None:
        pause = FIRST_PAUSE
        while self._why:
            log.warning("cannot listen", part=self.part, reason=self._why)
            await self._tell(self.part, False, self._why)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._try()
        await self._tell(self.part, True, "")
        while True:
            await asyncio.sleep(self._every)
            with self.work:
                await self._look()

    async def _look(self) -> None:
        """Whether it answers; it may be busy for a moment."""
        if await self._server.answers():
            self._silent = 0
            await self._tell(self.part, True, "")
            return
        self._silent += 1
        log.warning("does not answer", part=self.part, times=self._silent)
        if self._silent == OFTEN:
            await self._tell(self.part, False, "it does not answer")

    async def _try(self) -> None:
        try:
            await self._server.__aenter__()
        except OSError as fault:
            why = os.strerror(fault.errno) if fault.errno else "cannot be had"
            self._why = f"{self._server.host}:{self._server.port}: {why}"
        else:
            self._why = ""
