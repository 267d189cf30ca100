"""The files in their folder: each replaced at once, so that no web server ever shows half of one.

Only files of these names are ours; whatever else is in the folder is left alone.
"""

import os
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from daemon.folders import sync_folder

OURS = re.compile(r"MI-[0-9]+\.html|\.(MI-[0-9]+\.html|index\.html|feed\.atom|murphy\.css)\.new")
"""What is removed once nothing is to be said there; a writer that was killed leaves its half-written file."""

READABLE = 0o644


def publish(folder: Path, files: Mapping[str, bytes], hidden: Collection[str]) -> None:
    """Writes what has changed, pages before what links to them, and removes the pages that are gone.

    `hidden` are incidents that nobody may see: their pages go first, and a file that still speaks of one, and cannot
    be replaced, goes too. Raises OSError, after having done what could be done.
    """
    faults: list[OSError] = []

    def attempt(work: Callable[[], None]) -> bool:
        try:
            work()
        except OSError as fault:
            faults.append(fault)
            return False
        return True

    for incident in sorted(hidden):
        for path in (folder / f"{incident}.html", _beside(folder / f"{incident}.html")):
            attempt(lambda path=path: _remove(path))  # type: ignore[misc]
    for name, content in files.items():
        if not attempt(lambda name=name, content=content: _replace(folder / name, content)):  # type: ignore[misc]
            attempt(lambda name=name: _remove_if_it_tells(folder / name, hidden))  # type: ignore[misc]
    if not faults:
        for path in _gone(folder, files):
            attempt(lambda path=path: _remove(path))  # type: ignore[misc]
        attempt(lambda: sync_folder(folder))
    if faults:
        raise faults[0]


def _replace(path: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return
    beside = _beside(path)
    _remove(beside)  # what a writer that was killed has left, or somebody laid there
    try:
        _write(beside, content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            _remove(beside)  # on a full disk the next file needs the room
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _write(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, READABLE), "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), READABLE)
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _remove_if_it_tells(path: Path, hidden: Collection[str]) -> None:
    """A page that is out of date is better than none, but not where it tells what must not be known."""
    with suppress(FileNotFoundError):
        told = set(re.findall(r"MI-[0-9]+", path.read_text(errors="replace")))
        if told & set(hidden):
            path.unlink()


def _gone(folder: Path, files: Collection[str]) -> list[Path]:
    return [path for path in folder.iterdir() if OURS.fullmatch(path.name) and path.name not in files]
