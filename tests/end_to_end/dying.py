"""`murphyd run` that ends, as by SIGKILL, in the middle of the Nth write, sync or rename of its store; never with 0."""

import asyncio
import os
import threading
from pathlib import Path

from daemon.commands.run import run
from daemon.logs import configure_logs
from daemon.state.disk import Disk


class DyingDisk(Disk):
    def __init__(self, at: int) -> None:
        self._left = at
        self._lock = threading.Lock()

    def _step(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os._exit(137)

    def write(self, file: int, data: bytes) -> None:
        super().write(file, data[: len(data) // 2])
        self._step()
        super().write(file, data[len(data) // 2 :])

    def sync(self, file: int) -> None:
        self._step()
        super().sync(file)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)

    def link(self, old: Path, new: Path) -> None:
        self._step()
        super().link(old, new)

    def sync_folder(self, path: Path) -> None:
        self._step()
        super().sync_folder(path)


def main(operation: int, folder: Path) -> None:
    configure_logs()
    asyncio.run(run(folder, Path("/nonexistent"), DyingDisk(operation)))
