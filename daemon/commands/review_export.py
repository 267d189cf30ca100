"""`murphyd review MI-7 --export FILE.zip`, and `--timeline`: an incident's record for elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import typer

from daemon.commands.progress import progress
from daemon.document.words import counted
from daemon.history import messages
from daemon.review.export import Export, export, files
from daemon.review.record import Record
from daemon.review.rendering import render_of
from daemon.review.timeline_files import timeline_csv, timeline_json
from daemon.state.store import Reading


class Form(StrEnum):
    JSON = "json"
    CSV = "csv"


def print_timeline(record: Record, form: Form) -> None:
    """On standard output."""
    about = (record.history, record.name, record.zone)
    if form is Form.JSON:
        typer.echo(timeline_json(*about), nl=False)
    else:
        for line in timeline_csv(*about):
            typer.echo(line.encode(), nl=False)


def write_export(
    record: Record, reading: Reading, state: Path, target: Path, reports: Callable[[Record], Mapping[str, str]]
) -> None:
    """Says where it is, and its checksum. `reports` writes the report's forms by name, as report.html. Raises OSError.

    The report is as of the incident's last event: two exports of one record are equal.
    """
    last = max(event.at for event in record.events)
    render = render_of(record.configuration, state)
    why = render if isinstance(render, str) else ""
    what = Export(
        found=record.history,
        messages=messages(reading, record.history.incident.id),
        raw=reading.raw,
        configuration=record.configuration,
        name=record.name,
        zone=record.zone,
        render=None if isinstance(render, str) else render,
        reports=reports(replace(record, now=last)),
        unrendered=why,
    )
    with progress("writing the export", files(what)) as done:
        written = export(what, target, done)
    typer.echo(f"{written.sha256}  {target}")
    marks = ", confidential" if record.history.incident.confidential else ""
    about = f"{counted(written.files, 'file')} of {record.history.incident.id}{marks}"
    typer.echo(f"{about}; note this sum elsewhere", err=True)
    if why:
        typer.echo(f"murphyd: what was sent is not in it: {why}", err=True)
