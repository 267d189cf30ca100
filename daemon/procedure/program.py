"""What writes the procedure, in a program of its own: `write` runs beside the daemon."""

from config.types import Configuration
from daemon.document.page import mark
from daemon.document.pdf import NoPdf, marked, pdf
from daemon.procedure.card import card
from daemon.procedure.document import procedure
from daemon.procedure.writing import Written, pages
from daemon.render.mail import Attached


def write(configuration: Configuration, known: str) -> Written:
    """`known` is the version that the managers have."""
    document = procedure(configuration)
    if document.version == known:
        return Written(known)
    files = pages(configuration)
    try:
        return Written(document.version, (*files, *_printed(configuration, files)))
    except NoPdf as missing:
        return Written(document.version, files, str(missing))


def _printed(configuration: Configuration, files: tuple[Attached, ...]) -> tuple[Attached, ...]:
    whole, sheet = (pdf(file.content.decode()) for file in files)
    return (
        Attached("procedure.pdf", "application/pdf", marked(whole, mark(procedure(configuration)))),
        Attached("card.pdf", "application/pdf", marked(sheet, mark(card(configuration)))),
    )
