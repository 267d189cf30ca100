"""The last good copy of a configuration folder, and the digest that tells whether a folder has changed.

A copy holds what `load` reads: the three files, templates/, and files named by a relative `…_file`. Secrets given in
the environment or as credentials are not in it. Folders are 0700, files 0600.
"""

import hashlib
import os
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.faults import Wrong
from config.files import CONTACTS, LARGEST_CONTACTS, PROCEDURE, SETTINGS, TEMPLATES, Missing, read_regular

_FILES = (SETTINGS, PROCEDURE, CONTACTS)


def digest(folder: Path) -> str:
    """SHA-256 (hex) over names and contents of all that `load` reads; the same as long as nothing changed."""
    return _digest(_contents(folder))


def keep_copy(folder: Path, to: Path, expected: str = "") -> bool:
    """Copy `folder` to `to`, durably and at once: after a crash `to` is the old copy or the new one.

    `to` becomes a link to a folder beside it. With `expected`, a digest taken before the folder was loaded, a folder
    that changed since is not kept; nor is one that cannot be read whole. Returns whether it was kept. Raises OSError.
    """
    contents = list(_contents(folder))
    readable = [(name, content) for name, content in contents if content is not None]
    if len(readable) < len(contents) or (expected and _digest(contents) != expected):
        return False
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = _free(to)
    copy.mkdir(mode=0o700)
    for name, content in readable:
        if not name.startswith("/"):
            _write(copy, Path(name), content)
    for inside in (copy, *(p for p in copy.rglob("*") if p.is_dir())):
        _sync(inside)
    link = to.with_name(f"{to.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(copy.name)
    link.replace(to)
    _sync(to.parent)
    for other in to.parent.glob(f"{to.name}.[0-9]*"):
        if other != copy:
            shutil.rmtree(other, ignore_errors=True)
    return True


def _digest(contents: Iterable[tuple[str, bytes | None]]) -> str:
    total = hashlib.sha256()
    for name, content in contents:
        total.update(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())
        total.update(b"" if content is None else hashlib.sha256(content).digest())
    return total.hexdigest()


def _contents(folder: Path) -> Iterator[tuple[str, bytes | None]]:
    named = (str(folder / path) if path.is_absolute() else str(path) for path in _named_files(folder))
    templates = folder / TEMPLATES
    below = (str(p.relative_to(folder)) for p in templates.rglob("*") if p.is_file()) if templates.is_dir() else ()
    for name in sorted({*_FILES, *named, *below}):
        try:
            yield name, read_regular(folder / name, LARGEST_CONTACTS)
        except Missing:
            continue
        except Wrong:
            yield name, None


def _named_files(folder: Path) -> Iterator[Path]:
    with suppress(OSError, ValueError, RecursionError):
        raw = tomllib.loads((folder / SETTINGS).read_text("utf-8-sig"))
        yield from (Path(value) for value in _file_values(raw) if ".." not in Path(value).parts and "\0" not in value)


def _file_values(table: Any) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, str) and key.endswith("_file") and value:
            yield value
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _file_values(inner)


def _free(to: Path) -> Path:
    taken = [int(p.suffix[1:]) for p in to.parent.glob(f"{to.name}.*") if p.suffix[1:].isdecimal()]
    return to.with_name(f"{to.name}.{max(taken, default=0) + 1}")


def _write(copy: Path, name: Path, content: bytes) -> None:
    path = copy
    for part in name.parts[:-1]:
        path /= part
        path.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path / name.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
