"""`murphyd procedure`: the written procedure in its forms, and whether a kept copy still says the same."""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

from daemon.commands.folder import load_folder
from daemon.document.markdown import markdown
from daemon.document.model import Document
from daemon.document.page import mark, page
from daemon.document.pdf import marked, pdf
from daemon.procedure.card import card
from daemon.procedure.document import procedure

MOST_LINES = 20
"""Of a difference, shown."""

PAGES = frozenset({".html", ".htm"})


def written(folder: Path, *, as_card: bool) -> Document:
    """Raises ConfigurationFaults."""
    configuration = load_folder(folder, os.environ)
    return card(configuration) if as_card else procedure(configuration)


def form(document: Document, *, html: bool, as_card: bool) -> str:
    return page(document, card=as_card) if html else markdown(document)


def write_pdf(document: Document, file: Path, *, as_card: bool) -> None:
    """Raises NoPdf, OSError."""
    content = marked(pdf(page(document, card=as_card)), mark(document))
    file.write_bytes(content)


def differences(document: Document, kept: Path, *, as_card: bool) -> list[str]:
    """What is not the same in a copy: Markdown, or HTML or PDF by its name. Raises OSError."""
    raw = kept.read_bytes()
    if kept.suffix.lower() == ".pdf":
        return [] if mark(document).encode() in raw else [f"{kept} is not of version {document.version}"]
    now = form(document, html=kept.suffix.lower() in PAGES, as_card=as_card)
    then = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    return [] if then == now else list(_shortened(then, now, str(kept)))


def _shortened(then: str, now: str, name: str) -> Iterator[str]:
    lines = list(difflib.unified_diff(then.splitlines(), now.splitlines(), name, "now", n=0, lineterm=""))
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"… and {len(lines) - MOST_LINES} lines more"
