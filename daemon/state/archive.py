"""Archives: documents that have left the working state, one file each, with a snapshot's lines."""

import re
from collections.abc import Sequence
from pathlib import Path

from daemon.state.disk import Disk
from daemon.state.files import ARCHIVE, Loaded, listed, replay, set_aside, write_snapshot
from daemon.state.memory import Tables

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_END = ".jsonl"


def archive_path(directory: Path, name: str) -> Path:
    """Raises ValueError where it cannot be a file's name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name an archive")
    return directory / ARCHIVE / (name + _END)


def write_archive(disk: Disk, directory: Path, name: str, tables: Tables) -> None:
    """Adds documents to an archive, durable when it returns. A damaged one is set aside first. Raises OSError."""
    path = archive_path(directory, name)
    disk.folder(path.parent)
    known = read_archive(disk, path)
    set_aside(disk, known.damaged)
    merged = known.memory.tables
    for table, rows in tables.items():
        merged[table] = {**merged.get(table, {}), **rows}
    write_snapshot(disk, path, merged, 0)


def read_archive(disk: Disk, path: Path) -> Loaded:
    """What is intact in it, and what is damaged; nothing where there is no such file."""
    loaded = Loaded()
    if path.exists():
        replay(path, disk, loaded)
    return loaded


def archives(directory: Path) -> Sequence[str]:
    """Raises OSError."""
    return [name.removesuffix(_END) for name in listed(directory / ARCHIVE) if name.endswith(_END)]


def archived(directory: Path, name: str) -> Tables | None:
    path = archive_path(directory, name)
    return read_archive(Disk(), path).memory.tables if path.exists() else None
