"""A disk that can be cut: every operation that changes it fails, as on a full one, until it is mended."""

import errno
from pathlib import Path

from daemon.state.disk import Disk


class CutDisk(Disk):
    """`broken` may be switched at any moment."""

    broken = False

    def create(self, path: Path) -> int:
        self._fail(path)
        return super().create(path)

    def write(self, file: int, data: bytes) -> None:
        self._fail()
        super().write(file, data)

    def sync(self, file: int) -> None:
        self._fail()
        super().sync(file)

    def rename(self, old: Path, new: Path) -> None:
        self._fail(new)
        super().rename(old, new)

    def _fail(self, path: Path | None = None) -> None:
        if self.broken:
            raise OSError(errno.ENOSPC, "No space left on device", str(path) if path else None)
