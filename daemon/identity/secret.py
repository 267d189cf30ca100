"""The secret that reply tokens are made with: made at first start, readable by its owner only, never printed."""

import os
import secrets
from pathlib import Path

from daemon.folders import sync_folder

NAME = "token.secret"
_BYTES = 32


def load_secret(directory: Path) -> bytes:
    """The secret in the state folder, made there if there is none (or a damaged one, whose tokens are lost).

    A file that others may read is narrowed to mode 0600. On return it is on the disk. Raises OSError.
    """
    path = directory / NAME
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                os.fchmod(file.fileno(), 0o600)
            secret = file.read(_BYTES + 1)
        if len(secret) == _BYTES:
            return secret
    except FileNotFoundError:
        pass
    return _make(directory, path, secrets.token_bytes(_BYTES))


def read_secret(directory: Path) -> bytes | None:
    """For whoever only reads: nothing is made or changed. None where there is none. Raises OSError."""
    try:
        secret = (directory / NAME).read_bytes()
    except FileNotFoundError:
        return None
    return secret if len(secret) == _BYTES else None


def copy_secret(directory: Path, target: Path) -> None:
    """Into a backup: with another one no reply to what has been sent would count. Raises OSError."""
    path = directory / NAME
    if path.exists():
        _make(target, target / NAME, path.read_bytes())


def _make(directory: Path, path: Path, secret: bytes) -> bytes:
    draft = directory / f".{NAME}.new"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(directory)
    return secret
