"""`murphyd review MI-7`: the report of one incident in its forms, read beside a running daemon."""

import os
from datetime import UTC, datetime
from pathlib import Path

from config.faults import ConfigurationFaults
from config.types import Configuration
from daemon.commands.folder import load_folder
from daemon.commands.place import LAST_GOOD, Place
from daemon.commands.show import NoSuchIncident, number_of
from daemon.console.requests import Refusal
from daemon.document.markdown import markdown
from daemon.document.model import Document, Picture
from daemon.document.page import page
from daemon.document.pdf import pdf
from daemon.review.document import document
from daemon.review.pictures import NoPictures, pictures
from daemon.review.reading import record
from daemon.review.report import report
from daemon.state.store import Reading

PAGES = frozenset({".html", ".htm"})
TEXTS = frozenset({".md", ".markdown", ".txt", ""})


class Written:
    """The report of one incident, and its pictures; `missing` says why there are none, or ""."""

    def __init__(self, reading: Reading, place: Place, folder: Path, number: str, now: datetime | None = None) -> None:
        """Raises NoSuchIncident, ConfigurationFaults."""
        asked = number_of(number)
        found = record(reading, configuration(folder, place), asked, now or datetime.now(UTC))
        if found is None:
            raise NoSuchIncident(f"there is no {asked}; `murphyd incidents` lists those there are")
        told = report(found)
        drawn: tuple[Picture, ...] | None = None
        self.missing = ""
        try:
            drawn = pictures(told)
        except NoPictures as none:
            self.missing = str(none)
        self.pictures = drawn or ()
        self.document: Document = document(told, drawn)

    def text(self, *, html: bool) -> str:
        return page(self.document) if html else markdown(self.document)

    def write(self, file: Path) -> None:
        """By its name a page, a PDF or Markdown with the pictures beside it. Only its owner may read it.

        Raises Refusal for a name of another form, NoPdf, OSError.
        """
        match file.suffix.lower():
            case ".pdf":
                _write(file, pdf(page(self.document)))
            case kind if kind in PAGES:
                _write(file, page(self.document).encode())
            case kind if kind not in TEXTS:
                raise Refusal(f"{file}: there is no report in that form; name a file that ends in .html, .pdf or .md")
            case _:
                _write(file, markdown(self.document, f"{file.stem}-" if self.pictures else None).encode())
                for picture in self.pictures:
                    _write(file.with_name(f"{file.stem}-{picture.name}.svg"), picture.svg.encode())


def _write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)


def configuration(folder: Path, place: Place) -> Configuration:
    """The folder's; where that is faulty the last good copy's, if there is one. Raises ConfigurationFaults."""
    try:
        return load_folder(folder, os.environ)
    except ConfigurationFaults:
        kept = place.state / LAST_GOOD
        if not kept.is_dir():
            raise
        return load_folder(kept, os.environ)
