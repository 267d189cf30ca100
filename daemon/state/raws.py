"""Raw messages: one file each, named by the SHA-256 of its bytes."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from daemon.state.disk import Disk
from daemon.state.files import RAW, write_together
from daemon.state.values import StateDamaged

_NAME = re.compile(r"[0-9a-f]{64}")


def raw_path(directory: Path, name: str) -> Path:
    """Raises FileNotFoundError where it cannot be a name of ours."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(f"no raw message is named {name!r}")
    return directory / RAW / name


def keep_raws(disk: Disk, directory: Path, raws: Sequence[bytes]) -> list[str]:
    """Their names, in order; durable when it returns. Raises OSError."""
    names = [hashlib.sha256(raw).hexdigest() for raw in raws]
    disk.folder(directory / RAW)
    write_together(disk, {raw_path(directory, name): raw for name, raw in zip(names, raws, strict=True)})
    return names


def read_raw(directory: Path, name: str) -> bytes:
    """Raises FileNotFoundError, StateDamaged."""
    raw = raw_path(directory, name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != name:
        raise StateDamaged([f"raw message {name} is damaged"])
    return raw


def drop_raws(disk: Disk, directory: Path, before: float) -> int:
    """Removes what was kept before this time (seconds since 1970); how many. Raises OSError."""
    old = [name for name in raw_names(directory) if raw_path(directory, name).stat().st_mtime < before]
    for name in old:
        disk.unlink(raw_path(directory, name))
    return len(old)


def raw_names(directory: Path) -> list[str]:
    """The names of all kept messages, sorted."""
    return sorted(path.name for path in (directory / RAW).glob("*") if _NAME.fullmatch(path.name))
