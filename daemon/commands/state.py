"""`murphyd state`: verify, back up, export and compact the state folder."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typer

from daemon.commands.console import say_json
from daemon.commands.progress import progress, steps
from daemon.console.requests import Refusal
from daemon.folders import as_owner
from daemon.identity.secret import copy_secret
from daemon.state import maintain
from daemon.state.tokens import copy_tokens

TURNS = "murphyd-????-??-??T??????Z"
"""What backups in turn are called: only these are ever removed."""


def verify(directory: Path, *, as_json: bool = False) -> Sequence[str]:
    """Prints what is stored; gives what is damaged. Raises OSError."""
    with steps("Reading every byte", as_json=as_json) as told:
        report = maintain.verify(directory, told)
    if as_json:
        say_json({"state": str(directory), "intact": not report.damage, **asdict(report)})
        return report.damage
    for table, count in sorted(report.documents.items()):
        typer.echo(f"{table:12} {count:>9,}")
    typer.echo(
        f"{report.commits:,} commits, {report.size:,} bytes, {report.raw:,} messages, {report.archives:,} archives: "
        f"{'damaged' if report.damage else 'intact'}"
    )
    return report.damage


def backup(directory: Path, target: Path) -> Sequence[str]:
    """Gives what was damaged, and so is not in the copy. Raises OSError.

    How far the ways in have been read is left out: to a daemon that is started on the copy later they are new, so
    that it does not act again on what was handled since.
    """
    with steps("Copying") as told:
        damage = maintain.backup(directory, target, without=("sources",), told=told)
    copy_secret(directory, target)
    copy_tokens(directory, target)
    typer.echo(f"{target}: a state folder as of now")
    return damage


def backup_in_turn(directory: Path, folder: Path, keep: int, now: datetime) -> Sequence[str]:
    """A backup named by its time in `folder`, where the newest `keep` stay. Gives what was damaged; raises OSError."""
    damage = backup(directory, folder / f"murphyd-{now:%Y-%m-%dT%H%M%SZ}")
    for old in sorted(folder.glob(TURNS))[:-keep]:
        shutil.rmtree(old)
    return damage


def export(directory: Path, target: Path) -> Sequence[str]:
    """Gives what was damaged, and so is not in the file. Raises Refusal, OSError."""
    if target.is_dir():
        raise Refusal(f"{target} is a folder; name a file in it")
    if not target.absolute().parent.is_dir():
        raise Refusal(f"there is no folder {target.absolute().parent}; make it, or correct the path")
    with progress("Writing"):
        damage = maintain.export(directory, target)
    typer.echo(f"{target}: all tables, as TinyDB opens them")
    return damage


def compact(directory: Path) -> Sequence[str]:
    """Gives what was damaged and has been set aside. Raises StateLocked, OSError."""
    with progress("Compacting"), as_owner(directory):
        damage = maintain.compact(directory)
    typer.echo(f"{directory}: compacted")
    return damage
