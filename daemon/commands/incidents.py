"""`murphyd incidents`: every incident there is, open, past and archived."""

import json
import sys
from dataclasses import asdict
from datetime import datetime

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from daemon.commands.place import Place
from daemon.history import Entry, entries
from daemon.render.plain import line
from daemon.state.store import Reading

HEADS = ("number", "status", "title", "since", "manager")
LONGEST_TITLE = 60


def incidents(reading: Reading, place: Place, *, as_json: bool) -> None:
    """Prints a table on a terminal, aligned lines into a pipe, or one JSON document with times in UTC."""
    found = entries(reading)
    if as_json:
        rows = [{**asdict(entry), "manager_name": place.name(entry.manager), "open": entry.open} for entry in found]
        typer.echo(json.dumps({"incidents": rows}, ensure_ascii=False, indent=2))
    elif not found:
        typer.echo("no incidents")
    else:
        _show([_cells(entry, place) for entry in found], place)


def _cells(entry: Entry, place: Place) -> tuple[str, ...]:
    status = f"{entry.status}, archived" if entry.archived else str(entry.status)
    since = datetime.fromisoformat(entry.since).astimezone(place.zone)
    title, manager = line(entry.title, LONGEST_TITLE), line(place.name(entry.manager))
    return entry.incident, status, title, f"{since:%Y-%m-%d %H:%M}", manager


def _show(rows: list[tuple[str, ...]], place: Place) -> None:
    heads = tuple(f"since ({place.zone.key})" if head == "since" else head for head in HEADS)
    if sys.stdout.isatty():
        table = Table(*heads)
        for row in rows:
            table.add_row(*map(Text, row))
        Console().print(table)
        return
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
