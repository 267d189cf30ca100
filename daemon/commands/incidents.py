"""`murphyd incidents`: every incident there is, open, past and archived."""

from dataclasses import asdict
from datetime import datetime

import typer

from daemon.commands.columns import show
from daemon.commands.console import say_json
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
        say_json({"incidents": rows})
    elif not found:
        typer.echo("no incidents")
    else:
        heads = tuple(f"since ({place.zone.key})" if head == "since" else head for head in HEADS)
        show(heads, [_cells(entry, place) for entry in found])


def _cells(entry: Entry, place: Place) -> tuple[str, ...]:
    status = f"{entry.status}, archived" if entry.archived else str(entry.status)
    since = datetime.fromisoformat(entry.since).astimezone(place.zone)
    title, manager = line(entry.title, LONGEST_TITLE), line(place.name(entry.manager))
    return entry.incident, status, title, f"{since:%Y-%m-%d %H:%M}", manager
