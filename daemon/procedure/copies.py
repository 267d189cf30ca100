"""The written procedure as files for the managers' mail, and the daemon's word that it has changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

from config.types import Configuration
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.stimuli import ProcedureWritten
from daemon.procedure.writing import NotWritten, pages, written
from daemon.pulse import Work
from daemon.render.mail import Attached

AGAIN = 300.0
"""Seconds until the core, which had a reason to tell nobody, hears of it again."""

log = structlog.get_logger()


class Copies:
    """Of the procedure of one configuration."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._files: tuple[Attached, ...] = ()
        self.work = Work()

    def files(self, notice: Notice) -> Sequence[Attached]:
        """What goes with the mail of this notice. After a restart in its midst the pages alone: PDFs take seconds."""
        if notice.kind is not Kind.PROCEDURE:
            return ()
        self._files = self._files or pages(self._configuration)
        return self._files

    async def tell(
        self,
        ready: asyncio.Event,
        put: Callable[[ProcedureWritten], Awaitable[bool]],
        told: Callable[[], str],
        again: float = AGAIN,
    ) -> None:
        """Once the daemon is ready: has it written, and tells the core its version; `told` is the last one.

        In a confidential incident nobody is told, so the core hears of it again later.
        """
        await ready.wait()
        try:
            with self.work:
                found = await written(self._configuration, told())
        except NotWritten as fault:
            log.error("the procedure could not be written", reason=str(fault))
            return
        if found.no_pdf:
            log.info("no PDF of the procedure", reason=found.no_pdf)
        self._files = found.files
        while found.version != told():
            with self.work:
                await put(ProcedureWritten(found.version))
            await asyncio.sleep(again)


class Telling:
    """Tells it once, as a task that goes on."""

    def __init__(
        self,
        copies: Copies,
        ready: asyncio.Event,
        put: Callable[[ProcedureWritten], Awaitable[bool]],
        told: Callable[[], str],
    ) -> None:
        self.work = copies.work
        self._tell = partial(copies.tell, ready, put, told)

    async def run(self) -> None:
        await self._tell()
        await asyncio.Event().wait()
