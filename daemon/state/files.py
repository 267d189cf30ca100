"""The files of a state folder: one snapshot, the journals that follow it, and how they are read into memory.

`snapshot-K` holds all that was committed before `journal-K`; what a crash left of older numbers is not needed.
"""

import gc
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from daemon.state.disk import RESERVE, Disk, read_all
from daemon.state.lines import LINE, Scan, dump, parsed, scan, sealed
from daemon.state.memory import Memory, Operation, Tables
from daemon.state.values import StateDamaged

FORMAT = 1
RAW = "raw"
BUNDLES = "bundles"
ARCHIVE = "archive"
_TEMPORARY = ".tmp"
_NAME = re.compile(r"(snapshot|journal)-(\d{6,})\.jsonl")
_LINES_AT_ONCE = 2000
_TRIES = 5


def make_folder(disk: Disk, directory: Path) -> None:
    """The state folder, and those above it. Raises OSError."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    disk.folder(directory)


def listed(folder: Path) -> list[str]:
    """The names in it, sorted; none where there is no such folder. Raises OSError where it may not be looked into."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 (Path.glob passes over what it may not read)
    except FileNotFoundError:
        return []


def snapshot_path(directory: Path, number: int) -> Path:
    return directory / f"snapshot-{number:06}.jsonl"


def journal_path(directory: Path, number: int) -> Path:
    return directory / f"journal-{number:06}.jsonl"


def journal_head(number: int, after: int) -> bytes:
    """The first line of a journal; `after` is the number of the last commit before it."""
    return sealed(dump({"murphyd": "journal", "format": FORMAT, "number": number, "after": after}))


@dataclass(slots=True)
class Loaded:
    """What a folder holds. `number` is its newest file's, 0 in a new folder; `commits` the last journal's lines.

    `damaged` are the files to set aside. `size` is all the files' together, in bytes.
    """

    memory: Memory = field(default_factory=Memory)
    number: int = 0
    after: int = 0
    commits: list[bytes] = field(default_factory=list)
    size: int = 0
    damage: list[str] = field(default_factory=list)
    damaged: list[Path] = field(default_factory=list)


def load(directory: Path, disk: Disk) -> Loaded:
    """Everything in the folder that is intact. Raises OSError, and StateDamaged where a newer version wrote it."""
    if not directory.is_dir():
        raise FileNotFoundError(f"{directory} is not a folder")
    with _no_collection():
        for _ in range(_TRIES):
            with suppress(FileNotFoundError):
                return _load(directory, disk)
    raise OSError(f"{directory}: its files change too fast to be read")


def load_beside(directory: Path) -> Loaded:
    """The same, of a folder that a daemon may be writing to. What looks damaged is read again: a page of a line may
    have come in before the page before it."""
    disk = Disk()
    for _ in range(_TRIES):
        loaded = load(directory, disk)
        if not loaded.damage:
            break
    return loaded


def _load(directory: Path, disk: Disk) -> Loaded:
    snapshots, journals = numbered(directory)
    newest = max(snapshots, default=0)
    loaded = Loaded()
    if newest:
        replay(snapshot_path(directory, newest), disk, loaded)
    following = sorted(number for number in journals if number >= newest)
    for number in following:
        loaded.after = loaded.memory.commits
        path = journal_path(directory, number)
        loaded.commits = replay(path, disk, loaded, journal=True, last=number == following[-1])
    loaded.number = max([newest, *following])
    if not following:
        loaded.after = loaded.memory.commits
    return loaded


def numbered(directory: Path) -> tuple[set[int], set[int]]:
    """The numbers of all snapshots and of all journals."""
    found: dict[str, set[int]] = {"snapshot": set(), "journal": set()}
    for path in directory.iterdir():
        if match := _NAME.fullmatch(path.name):
            found[match[1]].add(int(match[2]))
    return found["snapshot"], found["journal"]


def replay(path: Path, disk: Disk, loaded: Loaded, *, journal: bool = False, last: bool = False) -> list[bytes]:
    """Applies the intact lines of a journal (the last one may be torn) or snapshot; gives a journal's commits."""
    data, readable = read_all(disk, path)
    found = scan(data, last=last)
    loaded.size += len(data)
    wrong = [] if readable else [f"{path.name}: a part of it cannot be read"]
    wrong += [f"{path.name}: line {number} is damaged" for number in found.bad]
    if found.torn and not last:
        wrong.append(f"{path.name}: its end is missing")
    wrong += _apply(path, found, loaded.memory, whole=journal)
    if wrong:
        loaded.damage += wrong
        loaded.damaged.append(path)
    return [body for body in found.bodies if body.startswith(b'{"n":')]


def _apply(path: Path, found: Scan, memory: Memory, *, whole: bool) -> list[str]:
    wrong: list[str] = []
    for value, size in parsed(found.bodies):
        try:
            if type(value) is list:
                memory.apply(value, size + LINE)
            elif type(value) is dict and "n" in value:
                wrong += _commit(path, value["n"], value["changes"], size, memory)
            elif type(value) is dict and "end" in value:
                whole = True
            else:
                wrong += _head(path, value, memory)
        except (ValueError, KeyError, TypeError):
            wrong.append(f"{path.name}: a line in it cannot be understood")
    if not whole:
        wrong.append(f"{path.name}: its end is missing")
    return wrong


def _commit(path: Path, number: int, changes: list[Operation], size: int, memory: Memory) -> list[str]:
    if number <= memory.commits:
        return [f"{path.name}: commit {number} is there twice"]
    wrong = _gap(memory.commits, number - 1) if number > memory.commits + 1 else []
    memory.commits = number
    share = size // len(changes) + LINE
    for change in changes:
        memory.apply(change, share)
    return wrong


def _head(path: Path, head: object, memory: Memory) -> list[str]:
    match head:
        case {"murphyd": _, "format": int(written)} if written > FORMAT:
            raise StateDamaged([f"{path.name} was written by a newer murphyd"])
        case {"murphyd": "snapshot", "commits": int(commits)}:
            memory.commits = commits
            return []
        case {"murphyd": "journal", "after": int(after)}:
            wrong = _gap(memory.commits, after)
            memory.commits = max(memory.commits, after)
            return wrong
        case _:
            raise ValueError("not ours")


def _gap(known: int, before: int) -> list[str]:
    if before <= known:
        return []
    return [f"commit {before} is lost" if before == known + 1 else f"commits {known + 1} to {before} are lost"]


def begin_journal(disk: Disk, directory: Path, number: int, after: int, lines: bytes) -> tuple[int, int]:
    """A new journal that begins with these lines: durable, open for more, and its size in bytes. Raises OSError."""
    path = journal_path(directory, number)
    data = journal_head(number, after) + lines
    with _new_file(disk, path) as file:
        disk.write(file, data)
        disk.reserve(file, len(data), RESERVE)
        disk.sync(file)
        disk.rename(_temporary(path), path)
        disk.sync_folder(directory)
    return file, len(data)


def write_snapshot(disk: Disk, path: Path, tables: Tables, commits: int) -> int:
    """A whole snapshot, durable under its name when it returns; its size in bytes. Raises OSError."""
    return write_lines(disk, path, _snapshot_lines(tables, commits))


def write_lines(disk: Disk, path: Path, lines: Iterator[bytes]) -> int:
    """A whole file, durable under its name or not there at all; its size in bytes. Raises OSError."""
    size = 0
    with _new_file(disk, path) as file:
        while chunk := b"".join(islice(lines, _LINES_AT_ONCE)):
            disk.write(file, chunk)
            size += len(chunk)
        disk.sync(file)
        disk.rename(_temporary(path), path)
        disk.sync_folder(path.parent)
    disk.close(file)
    return size


def write_together(disk: Disk, contents: Mapping[Path, bytes]) -> None:
    """Whole files of one folder: durable under their names when it returns. Raises OSError.

    All are written before the first is waited for, and the folder once: the disk does more of it at a time.
    """
    with ExitStack() as stack:
        files = {path: stack.enter_context(_new_file(disk, path)) for path in contents}
        for path, file in files.items():
            disk.write(file, contents[path])
        for file in files.values():
            disk.sync(file)
        for path in files:
            disk.rename(_temporary(path), path)
        for folder in {path.parent for path in files}:
            disk.sync_folder(folder)
    for file in files.values():
        disk.close(file)


@contextmanager
def _new_file(disk: Disk, path: Path) -> Iterator[int]:
    """A temporary file beside `path`; on a failure it is closed and removed, for the room it takes."""
    file = disk.create(_temporary(path))
    try:
        yield file
    except OSError:
        with suppress(OSError):
            disk.close(file)
        with suppress(OSError):
            disk.unlink(_temporary(path))
        raise


def _temporary(path: Path) -> Path:
    """Of this thread alone: two may keep the same message at once."""
    return path.with_name(f"{path.name}.{threading.get_native_id()}{_TEMPORARY}")


def clear_temporary(disk: Disk, directory: Path) -> None:
    """Removes what a crash has left half-written."""
    for folder in (directory, directory / RAW, directory / BUNDLES, directory / ARCHIVE):
        for path in folder.glob("*" + _TEMPORARY):
            disk.unlink(path)


def _snapshot_lines(tables: Tables, commits: int) -> Iterator[bytes]:
    yield sealed(dump({"murphyd": "snapshot", "format": FORMAT, "commits": commits}))
    for table, rows in tables.items():
        yield sealed(dump(["table", table]))
        for key, document in rows.items():
            yield sealed(dump(["put", table, key, document]))
    yield sealed(dump({"end": sum(map(len, tables.values()))}))


def set_aside(disk: Disk, damaged: list[Path]) -> None:
    """Keeps damaged files under a second name, so that tidying does not take them."""
    for path in damaged:
        aside = path.with_name(path.name + ".damaged")
        try:
            disk.link(path, aside)
            disk.sync_folder(path.parent)
        except OSError:  # a file system without hard links
            write_lines(disk, aside, iter([read_all(disk, path)[0]]))


def sweep(disk: Disk, directory: Path, below: int) -> None:
    """Removes the files that a snapshot has replaced; one that cannot be removed does no harm."""
    with suppress(OSError):
        snapshots, journals = numbered(directory)
        for number in sorted(snapshots):
            if number < below:
                disk.unlink(snapshot_path(directory, number))
        for number in sorted(journals):
            if number < below:
                disk.unlink(journal_path(directory, number))


@contextmanager
def _no_collection() -> Iterator[Any]:
    """Loading makes many objects and no garbage: collecting meanwhile doubles its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
