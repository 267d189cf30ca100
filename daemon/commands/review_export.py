"""`murphyd review MI-7 --export FILE.zip`, and `--timeline`: an incident's record for elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import typer

from daemon.commands.place import Place
from daemon.commands.progress import progress
from daemon.commands.review import configuration
from daemon.commands.show import NoSuchIncident, number_of
from daemon.document.markdown import markdown
from daemon.document.page import page
from daemon.document.words import counted
from daemon.history import messages
from daemon.review.archive_zip import check_place
from daemon.review.document import document
from daemon.review.export import Export, export, files
from daemon.review.pictures import NoPictures, pictures
from daemon.review.reading import record
from daemon.review.record import Record
from daemon.review.rendering import render_of
from daemon.review.report import report
from daemon.review.timeline_files import timeline_csv, timeline_json
from daemon.state.store import Reading


class Form(StrEnum):
    JSON = "json"
    CSV = "csv"


def read_record(reading: Reading, place: Place, folder: Path, number: str) -> Record:
    """Raises NoSuchIncident, ConfigurationFaults."""
    asked = number_of(number)
    found = record(reading, configuration(folder, place), asked, datetime.now(UTC))
    if found is None:
        raise NoSuchIncident(f"there is no {asked}; `murphyd incidents` lists those there are")
    return found


def print_timeline(about: Record, form: Form) -> None:
    """On standard output."""
    given = (about.history, about.name, about.zone)
    if form is Form.JSON:
        typer.echo(timeline_json(*given), nl=False)
    else:
        for line in timeline_csv(*given):
            typer.echo(line.encode(), nl=False)


def write_export(about: Record, reading: Reading, state: Path, target: Path) -> None:
    """Says its checksum and where it is. The report in it is as of the incident's last event. Raises OSError."""
    check_place(target)
    last = max(event.at for event in about.events)
    render = render_of(about.configuration, state)
    why = render if isinstance(render, str) else ""
    what = Export(
        found=about.history,
        messages=messages(reading, about.history.incident.id),
        raw=reading.raw,
        configuration=about.configuration,
        name=about.name,
        zone=about.zone,
        render=None if isinstance(render, str) else render,
        reports=dict(_reports(replace(about, now=last))),
        unrendered=why,
    )
    with progress("writing the export", files(what)) as done:
        written = export(what, target, done)
    typer.echo(f"{written.sha256}  {target}")
    marks = ", confidential" if about.history.incident.confidential else ""
    said = f"{counted(written.files, 'file')} of {about.history.incident.id}{marks}"
    typer.echo(f"{said}; note this sum elsewhere", err=True)
    if why:
        typer.echo(f"murphyd: what was sent is not in it: {why}", err=True)


def _reports(about: Record) -> Iterator[tuple[str, str]]:
    """Its forms, by name; without matplotlib there are no pictures."""
    told = report(about)
    try:
        drawn = pictures(told)
    except NoPictures:
        drawn = None
    written = document(told, drawn)
    yield "report.md", markdown(written, "report-" if drawn else None)
    yield "report.html", page(written)
    for picture in drawn or ():
        yield f"report-{picture.name}.svg", picture.svg
