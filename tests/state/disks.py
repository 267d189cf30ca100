"""The real disk operations plus a fault at the Nth of them: an error, the end of the process, or a power cut."""

import asyncio
import errno
import os
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from daemon.state.disk import Disk


class Fault(StrEnum):
    ERROR = "error"
    """The operation fails, half done, with ENOSPC; the next ones work."""
    KILL = "kill"
    """The process ends in the middle of the operation; what was written so far stays."""
    CUT = "power-cut"
    """As KILL, and nothing that was not synced stays: no bytes, no file, no new name."""


class Killed(BaseException):
    """No code of ours may survive this."""


class FaultDisk(Disk):
    """Counts its operations from 1 and fails at number `at` (0: never).

    What would survive a power cut is kept in memory, so that a sync need not wait for the real disk.
    """

    def __init__(self, at: int = 0, fault: Fault = Fault.ERROR, error: int = errno.ENOSPC) -> None:
        self.count = 0
        self.killed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._at = at
        self._fault = fault
        self._error = error
        self._dead = False
        self._lock = threading.Lock()
        self._names: dict[Path, object] = {}
        self._durable_names: dict[Path, object] = {}
        self._open: dict[int, object] = {}
        self._synced: dict[object, bytes] = {}
        self._durable_folders: set[Path] = set()

    def after_cut(self, old: Path, new: Path) -> None:
        """Lays out in `new` what a power cut would leave of the folder `old`."""
        new.mkdir()
        self._durable_folders.add(old)
        for path, file in self._durable_names.items():
            if path.parent not in self._durable_folders:
                continue
            copy = new / path.relative_to(old)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(self._synced[file])

    def _step(self, half: Callable[[], object] = lambda: None) -> None:
        with self._lock:
            self.count += 1
            if self._dead:
                raise Killed
            if self.count != self._at:
                return
            half()
            if self._fault is Fault.ERROR:
                raise OSError(self._error, os.strerror(self._error))
            self._dead = True
            self._loop.call_soon_threadsafe(self.killed.set)
            raise Killed

    def create(self, path: Path) -> int:
        self._step()
        with self._lock:
            file = super().create(path)
            self._open[file] = self._names[path] = object()
            self._synced[self._names[path]] = b""
        return file

    def write(self, file: int, data: bytes) -> None:
        self._step(lambda: Disk.write(self, file, data[: len(data) // 2]))
        super().write(file, data)

    def reserve(self, file: int, offset: int, size: int) -> None:
        self._step()
        super().reserve(file, offset, size)

    def trim(self, file: int, size: int) -> None:
        self._step()
        super().trim(file, size)

    def sync(self, file: int) -> None:
        self._step()
        self._synced[self._open[file]] = Path(f"/proc/self/fd/{file}").read_bytes()

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        with self._lock:
            super().rename(old, new)
            self._names[new] = self._names.pop(old)

    def link(self, old: Path, new: Path) -> None:
        self._step()
        super().link(old, new)
        self._names[new] = self._names[old]

    def unlink(self, path: Path) -> None:
        self._step()
        with self._lock:
            super().unlink(path)
            self._names.pop(path, None)

    def sync_folder(self, path: Path) -> None:
        self._step()
        with self._lock:
            self._durable_folders |= {folder for folder in path.iterdir() if folder.is_dir()}
            here = {name: file for name, file in self._names.items() if name.parent == path}
            kept = {name: file for name, file in self._durable_names.items() if name.parent != path}
            self._durable_names = {**kept, **here}


class StoppableDisk(Disk):
    """Works until `stop`: then the process has ended, as far as its files can tell."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._files: set[int] = set()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for file in self._files:
                os.close(file)

    def create(self, path: Path) -> int:
        with self._lock:
            self._check()
            file = super().create(path)
            self._files.add(file)
            return file

    def write(self, file: int, data: bytes) -> None:
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            with self._lock:
                self._check()
                super().write(file, part)

    def reserve(self, file: int, offset: int, size: int) -> None:
        with self._lock:
            self._check()
            super().reserve(file, offset, size)

    def sync(self, file: int) -> None:
        with self._lock:
            self._check()

    def close(self, file: int) -> None:
        with self._lock:
            self._check()
            super().close(file)
            self._files.discard(file)

    def rename(self, old: Path, new: Path) -> None:
        with self._lock:
            self._check()
            super().rename(old, new)

    def unlink(self, path: Path) -> None:
        with self._lock:
            self._check()
            super().unlink(path)

    def sync_folder(self, path: Path) -> None:
        with self._lock:
            self._check()

    def _check(self) -> None:
        if self._stopped:
            raise Killed


class HungDisk(Disk):
    """Its syncs hang from `hang` to `let_go`; `hung` is set while one does. Its next write fails if `full` is set."""

    def __init__(self) -> None:
        self.hung = threading.Event()
        self.full = False
        self._free = threading.Event()
        self._free.set()

    def hang(self) -> None:
        self._free.clear()

    def let_go(self) -> None:
        self._free.set()

    def sync(self, file: int) -> None:
        if not self._free.is_set():
            self.hung.set()
        self._free.wait()
        self.hung.clear()
        super().sync(file)

    def write(self, file: int, data: bytes) -> None:
        if self.full:
            self.full = False
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(file, data)


class FailingDisk(Disk):
    """Every write and sync fails with `error` while there is one."""

    def __init__(self, error: int = 0) -> None:
        self.error = error

    def write(self, file: int, data: bytes) -> None:
        self._check()
        super().write(file, data)

    def sync(self, file: int) -> None:
        self._check()
        super().sync(file)

    def create(self, path: Path) -> int:
        self._check()
        return super().create(path)

    def _check(self) -> None:
        if self.error:
            raise OSError(self.error, os.strerror(self.error))
