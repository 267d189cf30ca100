"""Raw messages, each named by the SHA-256 of its bytes: in a file of its own, or one for several that came together.

A bundle is a line of JSON, `[["<sha-256>", bytes], …]`, and the messages one behind the other; its own name is the
SHA-256 of that line. One file is durable as fast as any, where fifty take fifty times as long.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from daemon.state.disk import Disk
from daemon.state.files import BUNDLES, RAW, listed, write_together
from daemon.state.values import StateDamaged

FEW = 4
"""So many that come together still have a file each, which anybody can read."""

_NAME = re.compile(r"[0-9a-f]{64}")


class _Place(NamedTuple):
    """Where in a bundle a message is, in bytes."""

    bundle: Path
    start: int
    size: int


def raw_path(directory: Path, name: str) -> Path:
    """Raises FileNotFoundError where it cannot be a name of ours."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(f"no raw message is named {name!r}")
    return directory / RAW / name


def keep_raws(disk: Disk, directory: Path, raws: Sequence[bytes]) -> list[str]:
    """Their names, in order; durable when it returns. Raises OSError."""
    names = [_sha256(raw) for raw in raws]
    messages = dict(zip(names, raws, strict=True))
    if len(messages) <= FEW:
        disk.folder(directory / RAW)
        write_together(disk, {raw_path(directory, name): raw for name, raw in messages.items()})
    else:
        head = json.dumps([(name, len(raw)) for name, raw in messages.items()]).encode() + b"\n"
        disk.folder(directory / BUNDLES)
        write_together(disk, {directory / BUNDLES / _sha256(head): b"".join((head, *messages.values()))})
    return names


def read_raw(directory: Path, name: str) -> bytes:
    """Raises FileNotFoundError, StateDamaged."""
    path = raw_path(directory, name)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raw = _from_bundle(directory, name)
    if _sha256(raw) != name:
        raise StateDamaged([f"raw message {name} is damaged"])
    return raw


def _from_bundle(directory: Path, name: str) -> bytes:
    place = _bundled(directory).get(name)
    if place is None:
        if damaged := damaged_bundles(directory):  # it may be in one of them
            raise StateDamaged(damaged)
        raise FileNotFoundError(f"no raw message is named {name}")
    with place.bundle.open("rb") as file:
        file.seek(place.start)
        return file.read(place.size)


def drop_raws(disk: Disk, directory: Path, before: float) -> int:
    """Removes what was kept before this time (seconds since 1970); how many. Raises OSError."""
    messages = [path for path in _files(directory / RAW) if path.stat().st_mtime < before]
    bundles = [path for path in _files(directory / BUNDLES) if path.stat().st_mtime < before]
    held = sum(len(list(_held(path))) for path in bundles)
    for path in (*messages, *bundles):
        disk.unlink(path)
    return len(messages) + held


def raw_names(directory: Path) -> list[str]:
    """The names of all kept messages, sorted. Raises OSError."""
    return sorted({*(path.name for path in _files(directory / RAW)), *_bundled(directory)})


def damaged_bundles(directory: Path) -> list[str]:
    """Those of which it cannot be told what is in them, in a line for people each. Raises OSError."""
    damaged = [path.name for path in _files(directory / BUNDLES) if not any(_held(path)) and path.exists()]
    return [f"bundle {name} of raw messages is damaged" for name in damaged]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _files(folder: Path) -> list[Path]:
    return [folder / name for name in listed(folder) if _NAME.fullmatch(name)]


def _bundled(directory: Path) -> Mapping[str, _Place]:
    """Where each message is that is in an intact bundle."""
    folder = directory / BUNDLES
    return _places(folder, tuple(listed(folder)))


@lru_cache(maxsize=1)
def _places(folder: Path, names: tuple[str, ...]) -> Mapping[str, _Place]:
    """What is in a bundle never changes."""
    return {message: place for name in names for message, place in _held(folder / name)}


def _held(bundle: Path) -> Iterator[tuple[str, _Place]]:
    """The messages in a bundle; none where its first line is damaged, or it is not finished."""
    try:
        with bundle.open("rb") as file:
            head = file.readline()
    except FileNotFoundError:
        return
    if _sha256(head) == bundle.name:
        start = len(head)
        for message, size in json.loads(head):
            yield message, _Place(bundle, start, size)
            start += size
