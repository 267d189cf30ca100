"""The few operations that change the disk, each of which can fail: the whole state folder is written through them.

Files are 0600, folders 0700. All raise OSError.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path

ROOM = b"\t"
"""What fills the room ahead: a byte that no JSON of ours holds."""

RESERVE = 1 << 18
"""Bytes of room that are made ahead."""

_BLOCK = 4096


class Disk:
    """The real operations. A test derives from it to fail or stop at any one of them."""

    def create(self, path: Path) -> int:
        """An empty file, open for writing."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)

    def write(self, file: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]

    def reserve(self, file: int, offset: int, size: int) -> None:
        """Room from `offset` on: to overwrite it syncs faster than to grow the file. As much as the disk has."""
        with suppress(OSError):
            os.pwrite(file, ROOM * size, offset)

    def trim(self, file: int, size: int) -> None:
        os.ftruncate(file, size)

    def sync(self, file: int) -> None:
        os.fdatasync(file)

    def close(self, file: int) -> None:
        os.close(file)

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def link(self, old: Path, new: Path) -> None:
        """A second name for a file; one that is there already is left as it is."""
        if not new.exists():
            os.link(old, new)

    def unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def folder(self, path: Path) -> None:
        """Makes a folder durably, unless it is there."""
        if not path.is_dir():
            path.mkdir(mode=0o700, exist_ok=True)
            self.sync_folder(path.parent)

    def sync_folder(self, path: Path) -> None:
        """Makes creations and renames in a folder durable."""
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self, path: Path) -> bytes:
        return path.read_bytes()

    def read_block(self, file: int, offset: int) -> bytes:
        return os.pread(file, _BLOCK, offset)


def read_all(disk: Disk, path: Path) -> tuple[bytes, bool]:
    """All bytes that can be read, and whether that is all of them; a block that cannot be read is zeros."""
    try:
        return disk.read(path), True
    except OSError as fault:
        if fault.errno != errno.EIO:
            raise
    blocks = []
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        for offset in range(0, os.fstat(file).st_size, _BLOCK):
            try:
                blocks.append(disk.read_block(file, offset))
            except OSError:
                blocks.append(bytes(_BLOCK))
    finally:
        os.close(file)
    return b"".join(blocks), False
