"""What the commands have in common: their options, the place that they work on, and how they refuse."""

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from config.files import SETTINGS
from daemon.commands import serving
from daemon.state.store import Reading, read_store

if TYPE_CHECKING:
    from daemon.commands.place import Place

CONFIG, STATE = serving.CONFIG, serving.STATE


def _folder(given: Path) -> Path:
    """Who names the file means its folder."""
    return given.parent if given.name == SETTINGS and given.is_file() else given


ConfigFolder = Annotated[
    Path, typer.Option("--config", help="The configuration folder.", metavar="DIR", readable=False, callback=_folder)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def quiet_logs(level: int = logging.CRITICAL) -> None:
    """What is printed is for people; nothing of the log is between it."""
    from daemon.logs import configure_logs

    configure_logs(level=level)


def place_of(config: Path) -> "Place":
    """Exits where there is no state folder."""
    from daemon.commands.place import find

    place = find(config, STATE)
    if not place.state.is_dir():
        fault(f"there is no state folder {place.state}; `murphyd run` makes it, or correct [state] directory")
    return place


def read(config: Path) -> "tuple[Place, Reading]":
    """The state, whatever of it can be read; what cannot is said."""
    place = place_of(config)
    reading = read_store(place.state)
    warn(reading.damage, exits=False)
    return place, reading


def act(command: "Callable[[Place], bool]", config: Path) -> None:
    """Exit 1 where nothing came of it."""
    quiet_logs(logging.ERROR)
    if not command(place_of(config)):
        raise typer.Exit(1)


def warn(damage: Sequence[str], *, exits: bool) -> None:
    for line in damage:
        print(f"murphyd: {line}", file=sys.stderr)
    if damage and exits:
        raise typer.Exit(2)


def fault(line: str) -> NoReturn:
    print(f"murphyd: {line}", file=sys.stderr)
    raise typer.Exit(2)
