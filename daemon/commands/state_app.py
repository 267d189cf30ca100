"""`murphyd state …`: the folder in which everything is written down."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from daemon.commands.helping import PlainGroup, example
from daemon.commands.options import CONFIG, AsJson, ConfigFolder, place_of, warn

state = typer.Typer(
    cls=PlainGroup,
    help="Verify, back up, export or compact the state folder.",
    no_args_is_help=True,
    **example("murphyd state verify"),
)


@state.command(**example("murphyd state verify"))
def verify(config: ConfigFolder = CONFIG, json: AsJson = False) -> None:
    """Read every byte that is stored, and say what is damaged."""
    from daemon.commands import state as commands

    warn(commands.verify(place_of(config).state, as_json=json), exits=True)


@state.command(**example("murphyd state backup --keep 14 /var/backups/murphyd"))
def backup(
    target: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.", metavar="FOLDER")],
    keep: Annotated[
        int,
        typer.Option(help="Make one named by the time within the folder, and keep this many.", min=0, metavar="COUNT"),
    ] = 0,
    config: ConfigFolder = CONFIG,
) -> None:
    """Copy the state folder, as it is now."""
    from daemon.commands import state as commands

    place = place_of(config)
    if keep:
        warn(commands.backup_in_turn(place.state, target, keep, datetime.now(UTC)), exits=True)
    else:
        warn(commands.backup(place.state, target), exits=True)


@state.command(**example("murphyd state export all.json"))
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it.", metavar="FILE")],
    config: ConfigFolder = CONFIG,
) -> None:
    """Write one JSON file that TinyDB opens."""
    from daemon.commands import state as commands

    warn(commands.export(place_of(config).state, file), exits=True)


@state.command(**example("murphyd state compact"))
def compact(config: ConfigFolder = CONFIG) -> None:
    """Rewrite all tables into one file; a running daemon does so by itself."""
    from daemon.commands import state as commands

    warn(commands.compact(place_of(config).state), exits=True)
