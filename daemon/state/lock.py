"""One process on one state folder: an flock on the folder itself, so that it works on a full or read-only disk too.

The file `lock` in it says who holds it.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from daemon.state.values import StateLocked


class Lock:
    """Held from creation to `release`, or to the end of the process. Raises StateLocked."""

    def __init__(self, directory: Path) -> None:
        self._folder = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        note = directory / "lock"
        try:
            fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as refusal:
            os.close(self._folder)
            raise StateLocked(directory, _pid(note)) from refusal
        with suppress(OSError):
            note.touch(mode=0o600)
            note.write_text(f"{os.getpid()}\n")

    def release(self) -> None:
        if self._folder >= 0:
            os.close(self._folder)
        self._folder = -1


def _pid(note: Path) -> int | None:
    try:
        return int(note.read_text())
    except (OSError, ValueError):
        return None
