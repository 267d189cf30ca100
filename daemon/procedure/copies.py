"""The written procedure as files for the managers' mail, and the daemon's word that it has changed."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TypeVar, cast

import structlog

from config.types import Configuration
from daemon.core.notices import Kind, Notice
from daemon.core.stimuli import ProcedureWritten
from daemon.document.model import Document
from daemon.document.page import mark, page
from daemon.document.pdf import NoPdf, marked, printed
from daemon.procedure.card import card
from daemon.procedure.document import procedure
from daemon.render.mail import Attached

AGAIN = 300.0
"""Seconds until the core, which had a reason to tell nobody, hears of it again."""

log = structlog.get_logger()

T = TypeVar("T")


class Copies:
    """Of the procedure of one configuration; written when first asked for."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._printed: tuple[Attached, ...] = ()

    @cached_property
    def _document(self) -> Document:
        return procedure(self._configuration)

    @cached_property
    def _card(self) -> Document:
        return card(self._configuration)

    @cached_property
    def _pages(self) -> tuple[Attached, ...]:
        whole, sheet = page(self._document), page(self._card, card=True)
        return (
            Attached("procedure.html", "text/html", whole.encode()),
            Attached("card.html", "text/html", sheet.encode()),
        )

    def files(self, notice: Notice) -> Sequence[Attached]:
        """What goes with the mail of this notice. PDFs only where they have been made: they take seconds."""
        return (*self._pages, *self._printed) if notice.kind is Kind.PROCEDURE else ()

    async def tell(
        self,
        ready: asyncio.Event,
        put: Callable[[ProcedureWritten], Awaitable[bool]],
        told: Callable[[], str],
        again: float = AGAIN,
    ) -> None:
        """Once the daemon is ready: writes it, beside all else, and tells the core its version; `told` is the last one.

        In a confidential incident nobody is told, so the core hears of it again later.
        A document that cannot be written is a fault of ours, and no reason to stop.
        """
        await ready.wait()
        try:
            version = await _aside(self._write)
            if version != told():
                self._printed = await self._print()
        except Exception:
            log.exception("the procedure could not be written")
            return
        while version != told():
            await put(ProcedureWritten(version))
            await asyncio.sleep(again)

    def _write(self) -> str:
        return self._document.version if self._pages else ""

    async def _print(self) -> tuple[Attached, ...]:
        """The PDFs; none where none can be made here."""
        try:
            whole, sheet = [await printed(file.content) for file in self._pages]
        except NoPdf as missing:
            log.info("no PDF of the procedure", reason=str(missing))
            return ()
        return (
            Attached("procedure.pdf", "application/pdf", marked(whole, mark(self._document))),
            Attached("card.pdf", "application/pdf", marked(sheet, mark(self._card))),
        )


async def _aside(work: Callable[[], T]) -> T:
    """In a thread that nobody waits for when the daemon ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, fault: BaseException | None) -> None:
        if done.cancelled():
            return
        if fault is not None:
            done.set_exception(fault)
        else:
            done.set_result(cast(T, result))

    def run() -> None:
        try:
            result, fault = work(), None
        except Exception as raised:
            result, fault = None, raised
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=run, daemon=True, name="procedure").start()
    return await done
