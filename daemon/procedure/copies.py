"""The written procedure as files for the managers' mail, and the daemon's word that it has changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property

import structlog

from config.types import Configuration
from daemon.core.notices import Kind, Notice
from daemon.core.stimuli import ProcedureWritten
from daemon.procedure.card import card
from daemon.procedure.document import procedure
from daemon.procedure.model import Document
from daemon.procedure.page import mark, page
from daemon.procedure.pdf import NoPdf, pdf
from daemon.render.mail import Attached

log = structlog.get_logger()


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

    async def tell(self, ready: asyncio.Event, put: Callable[[ProcedureWritten], Awaitable[bool]], told: str) -> None:
        """Once the daemon is ready: writes it, in a thread, and tells the core its version; `told` is the last one.

        A document that cannot be written is a fault of ours, and no reason to stop.
        """
        await ready.wait()
        try:
            version = await asyncio.to_thread(self._write, told)
        except Exception:
            log.exception("the procedure could not be written")
            return
        await put(ProcedureWritten(version))

    def _write(self, told: str) -> str:
        pages = self._pages
        if self._document.version != told:
            try:
                self._printed = (
                    Attached("procedure.pdf", "application/pdf", pdf(pages[0].content.decode(), mark(self._document))),
                    Attached("card.pdf", "application/pdf", pdf(pages[1].content.decode(), mark(self._card))),
                )
            except NoPdf as missing:
                log.info("no PDF of the procedure", reason=str(missing))
        return self._document.version
