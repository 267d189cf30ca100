"""A ZIP file of which two are equal where the same went into them, with the checksums of all that is in it.

Written beside its place, readable by its owner only, and there at once when it is whole. One entry is in memory at a
time, and of each before it only its line in the directory at the end (some 350 bytes).
"""

import errno
import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from daemon.folders import sync_folder

SUMS = "SHA256SUMS"

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PIECE = 1 << 20
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
"""The format knows none before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its path within the folder, when it is from, and its bytes, in pieces."""

    path: str
    at: datetime
    pieces: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """The file, what `sha256sum` says of it, and how many files are in it."""

    path: Path
    sha256: str
    files: int


def check_place(target: Path) -> None:
    """Raises OSError where no file can be made there, or something else has that name."""
    around = target.absolute().parent
    if not around.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(around))
    if not os.access(around, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(around))
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, "is there, and is no file", str(target))


def write_zip(
    target: Path, folder: str, entries: Iterable[Entry], at: datetime, done: Callable[[int], None]
) -> Written:
    """All entries in one `folder`, and SHA256SUMS, of the time `at`, after them; `done` hears of each file.

    Raises ValueError where a path could leave the folder or is there twice, OSError.
    """
    check_place(target)
    count = 0
    with _beside(target) as draft, tempfile.TemporaryFile() as sums:
        with draft.open("wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for entry in entries:
                digest = _add(packed, folder, entry)
                sums.write(f"{digest}  {entry.path}\n".encode())
                count += 1
                done(1)
            sums.seek(0)
            _add(packed, folder, Entry(SUMS, at, iter(lambda: sums.read(_PIECE), b"")))
            packed.close()
            file.flush()
            os.fsync(file.fileno())
        total = _sha256(draft)
        draft.replace(target)
    sync_folder(target.absolute().parent)
    return Written(target, total, count + 1)


def _add(packed: zipfile.ZipFile, folder: str, entry: Entry) -> str:
    path = f"{folder}/{entry.path}"
    if not all(_PART.fullmatch(part) for part in path.split("/")):
        raise ValueError(f"{path!r} is no path within an archive")
    if path in packed.NameToInfo:
        raise ValueError(f"{path!r} is there twice")
    info = zipfile.ZipInfo(path, _stamp(entry.at))
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o100600 << 16, 3
    digest = hashlib.sha256()
    with packed.open(info, "w", force_zip64=False) as file:
        for piece in entry.pieces:
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _stamp(at: datetime) -> tuple[int, int, int, int, int, int]:
    """One and the same for all entries of a time, as each stays in memory."""
    when = max(at.astimezone(UTC), _FIRST)
    return when.year, when.month, when.day, when.hour, when.minute, when.second


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """An empty file (0600) that is gone in the end, unless it has taken the target's place."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.absolute().parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
