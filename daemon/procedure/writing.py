"""The written procedure as the files that managers are mailed, made by a program of its own.

Writing takes seconds, and a rehearsal with tens of thousands of people much memory.
"""

from dataclasses import dataclass

from config.types import Configuration
from daemon.apart import NotDone, apart
from daemon.render.mail import Attached

WRITTEN_WITHIN = 180.0
"""Seconds, on a machine that is busy."""


class NotWritten(Exception):
    """It could not be written: a fault of ours, and no reason to stop."""


@dataclass(frozen=True, slots=True)
class Written:
    """`files` are () for a version that is known; `no_pdf` says why none could be made."""

    version: str
    files: tuple[Attached, ...] = ()
    no_pdf: str = ""


def pages(configuration: Configuration) -> tuple[Attached, ...]:
    """The whole document and the card, without PDFs."""
    from daemon.document.page import page  # noqa: PLC0415 (the daemon seldom needs what writes documents)
    from daemon.procedure.card import card  # noqa: PLC0415 (as above)
    from daemon.procedure.document import procedure  # noqa: PLC0415 (as above)

    whole, sheet = page(procedure(configuration)), page(card(configuration), card=True)
    return (
        Attached("procedure.html", "text/html", whole.encode()),
        Attached("card.html", "text/html", sheet.encode()),
    )


async def written(configuration: Configuration, known: str) -> Written:
    """Raises NotWritten."""
    try:
        result = await apart("daemon.procedure.program:write", (configuration, known), WRITTEN_WITHIN)
    except NotDone as fault:
        raise NotWritten(str(fault)) from None
    assert isinstance(result, Written)
    return result
