"""What an operator does to a state folder: verify, backup, export and compact it.

All but `compact` take no lock and work beside a running daemon: a message that its daily sweep removes meanwhile is
no fault.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from daemon.state import archive, raws
from daemon.state.disk import Disk
from daemon.state.files import (
    load,
    load_beside,
    make_folder,
    set_aside,
    snapshot_path,
    sweep,
    write_lines,
    write_snapshot,
)
from daemon.state.lock import Lock
from daemon.state.memory import Tables
from daemon.state.tiny import document_id
from daemon.state.values import StateDamaged

KEYS = "_keys"
"""The table of an export that tells the key of each document whose key was not a number."""


Steps = Callable[[int, int], None]
"""Told how many files, or documents, of how many are done."""


def _quietly(_done: int, _all: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a folder holds, and what in it is damaged; `documents` by table, `size` of the tables' files in bytes."""

    commits: int
    documents: Mapping[str, int]
    size: int
    raw: int
    archives: int
    damage: Sequence[str]


def verify(directory: Path, told: Steps = _quietly) -> Report:
    """Reads every byte that is stored. Raises OSError."""
    disk = Disk()
    loaded = load_beside(directory)
    damage = [*loaded.damage, *raws.damaged_bundles(directory)]
    names, messages = archive.archives(directory), raws.raw_names(directory)
    files = len(names) + len(messages)
    for done, name in enumerate(names, 1):
        damage += archive.read_archive(disk, archive.archive_path(directory, name)).damage
        told(done, files)
    gone = 0
    for done, name in enumerate(messages, len(names) + 1):
        try:
            raws.read_raw(directory, name)
        except StateDamaged as fault:
            damage += fault.damage
        except FileNotFoundError:
            gone += 1
        told(done, files)
    documents = {name: len(rows) for name, rows in loaded.memory.tables.items()}
    return Report(loaded.memory.commits, documents, loaded.size, len(messages) - gone, len(names), tuple(damage))


def backup(directory: Path, target: Path, *, without: Collection[str] = (), told: Steps = _quietly) -> Sequence[str]:
    """A state folder of its own, as of now; gives what was damaged in the original, and so is not in it.

    The tables `without` are left out. Raises FileExistsError where the target is there and not empty, OSError.
    """
    disk = Disk()
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty; name an empty folder, or one that is not there yet")
    loaded = load_beside(directory)
    make_folder(disk, target)
    damage = [*loaded.damage, *raws.damaged_bundles(directory)]
    names, messages = archive.archives(directory), raws.raw_names(directory)
    files = len(names) + len(messages)
    for done, name in enumerate(messages, 1):
        try:
            raws.keep_raws(disk, target, [raws.read_raw(directory, name)])
        except StateDamaged as fault:
            damage += fault.damage
        except FileNotFoundError:  # its time has come: see the first lines
            pass
        told(done, files)
    for done, name in enumerate(names, len(messages) + 1):
        held = archive.read_archive(disk, archive.archive_path(directory, name))
        archive.write_archive(disk, target, name, held.memory.tables)
        damage += held.damage
        told(done, files)
    # Last, so that a backup that was broken off does not look like a whole one.
    tables = {name: rows for name, rows in loaded.memory.tables.items() if name not in without}
    write_snapshot(disk, snapshot_path(target, 1), tables, loaded.memory.commits)
    return tuple(damage)


def export(directory: Path, target: Path) -> Sequence[str]:
    """One JSON file that stock TinyDB opens; gives what was damaged, and so is not in it. Raises OSError.

    TinyDB's ids are numbers: documents under other keys are numbered, and the table `_keys` tells their keys.
    """
    loaded = load_beside(directory)
    write_lines(Disk(), target, _stock(loaded.memory.tables))
    return tuple(loaded.damage)


def compact(directory: Path) -> Sequence[str]:
    """Rewrites all tables into one snapshot; gives what was damaged and has been set aside.

    Raises StateLocked beside a running daemon, OSError.
    """
    disk = Disk()
    lock = Lock(directory)
    try:
        loaded = load(directory, disk)
        set_aside(disk, loaded.damaged)
        number, commits = loaded.number + 1, loaded.memory.commits
        write_snapshot(disk, snapshot_path(directory, number), loaded.memory.tables, commits)
        sweep(disk, directory, number)
    finally:
        lock.release()
    return tuple(loaded.damage)


def _stock(tables: Tables) -> Iterator[bytes]:
    """Stock TinyDB's file, in pieces."""
    keys: dict[str, object] = {}
    comma = "{"
    for table, rows in tables.items():
        yield f"{comma}{json.dumps(table)}: {{".encode()
        numbered = all(isinstance(document_id(key), int) for key in rows)
        for number, (key, document) in enumerate(rows.items(), 1):
            one = key if numbered else str(number)
            if not numbered:
                keys[str(len(keys) + 1)] = {"table": table, "doc_id": number, "key": key}
            yield f"{',' if number > 1 else ''}\n{json.dumps(one)}: {json.dumps(document)}".encode()
        yield b"}"
        comma = ",\n"
    if keys:
        yield f"{comma}{json.dumps(KEYS)}: {json.dumps(keys)}".encode()
    yield b"}\n" if tables else b"{}\n"
