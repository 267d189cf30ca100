"""Refresh tokens that a provider replaced: the old ones may have ended, so the newest is kept beside the state, 0600.

A file is named by the token that the configuration gives: with a new one there, what was kept is not used any more.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from daemon.state.disk import Disk
from daemon.state.files import listed, write_lines

FOLDER = "oauth"
_LOCK = ".lock"
_LONGEST = 16 * 1024


class KeptToken:
    """Of one grant; `configured` is the refresh token that the configuration gives."""

    def __init__(self, directory: Path, configured: str, disk: Disk | None = None) -> None:
        self._directory = directory
        self._path = directory / FOLDER / hashlib.sha256(configured.encode()).hexdigest()
        self._disk = disk or Disk()

    def newest(self) -> str:
        """Nothing where none was kept. Raises OSError."""
        try:
            with self._path.open("rb") as file:
                return file.read(_LONGEST).decode(errors="replace").strip()
        except FileNotFoundError:
            return ""

    def keep(self, token: str) -> None:
        """Durable when it returns. Raises OSError. What a check by root keeps belongs to the state folder's owner."""
        self._disk.folder(self._path.parent)
        write_lines(self._disk, self._path, iter([token.encode()]))
        self._give(self._path)

    def hold(self) -> Callable[[], None] | None:
        """Nobody else has it, of all processes, until what is returned is called; None while another has it.

        Raises OSError.
        """
        self._disk.folder(self._path.parent)
        path = self._path.with_name(self._path.name + _LOCK)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._give(path)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        except OSError:
            os.close(file)
            raise
        return partial(os.close, file)

    def _give(self, path: Path) -> None:
        owner = self._directory.stat()
        if os.geteuid() == 0 and owner.st_uid != 0:
            for one in (self._path.parent, path):
                os.chown(one, owner.st_uid, owner.st_gid)


def copy_tokens(directory: Path, target: Path) -> None:
    """Into a backup. Raises OSError."""
    disk = Disk()
    for name in (name for name in listed(directory / FOLDER) if not name.endswith(_LOCK)):
        disk.folder(target / FOLDER)
        write_lines(disk, target / FOLDER / name, iter([(directory / FOLDER / name).read_bytes()]))
