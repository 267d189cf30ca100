"""The Store on the disk: the journal with TinyDB on it, raw messages, archives and the lock, as one."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from channels.beside import Beside
from daemon.state import archive, raws
from daemon.state.disk import Disk
from daemon.state.files import Loaded
from daemon.state.health import reason_of
from daemon.state.journal import Journal
from daemon.state.keeping import Keeping
from daemon.state.limits import Limits
from daemon.state.lock import Lock
from daemon.state.memory import Operation, Tables, View
from daemon.state.tiny import JournalDB
from daemon.state.values import Change, Drop, Health, Put, Rows, StoreDown

T = TypeVar("T")

_AT_ONCE = 8


class DurableStore:
    """The daemon's Store. `db` is TinyDB on the same tables."""

    def __init__(self, directory: Path, disk: Disk, loaded: Loaded, lock: Lock, limits: Limits) -> None:
        self._directory = directory
        self._disk = disk
        self._lock = lock
        self._journal = Journal(directory, disk, loaded, limits)
        self._memory = loaded.memory
        self._damage = tuple(loaded.damage)
        self._beside = Beside(_AT_ONCE, limits.deadline)
        self._keeping = Keeping(self._keep)
        self._archiving = asyncio.Lock()
        self.db = JournalDB(self._memory, self._journal.append)

    async def start(self) -> None:
        """Returns when commits are taken, be it in memory only."""
        await self._journal.start()

    @property
    def damage(self) -> Sequence[str]:
        return self._damage

    @property
    def size(self) -> int:
        """Bytes of the tables on disk."""
        return self._journal.size

    @property
    def health(self) -> Health:
        return self._journal.vitals.health

    def on_health(self, tell: Callable[[Health], None]) -> None:
        self._journal.vitals.listeners.append(tell)

    def table(self, name: str) -> Rows:
        return View(self._memory.tables, name)

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        return self._journal.append([_operation(change) for change in changes])

    async def keep(self, raw: bytes) -> str:
        return await self._keeping.keep(raw)

    async def _keep(self, kept: Sequence[bytes]) -> Sequence[str]:
        work = partial(raws.keep_raws, self._disk, self._directory, kept)
        return await self._do("raw messages cannot be kept", work)

    async def drop_raws(self, before: float) -> int:
        return await self._do("old raw messages cannot be removed", partial(self._drop_raws, before))

    def _drop_raws(self, before: float) -> int:
        return raws.drop_raws(self._disk, self._directory, before)

    def raw(self, name: str) -> bytes:
        return raws.read_raw(self._directory, name)

    async def archive(self, name: str, changes: Sequence[Drop]) -> None:
        archive.archive_path(self._directory, name)
        async with self._archiving:
            written = None
            while (tables := self._picked(changes)) != written:  # a commit meanwhile may change one of them
                write = partial(archive.write_archive, self._disk, self._directory, name, tables)
                await self._do("nothing can be archived", write)
                written = tables
            await self.commit(changes)

    def archived(self, name: str) -> Mapping[str, Rows] | None:
        return archive.archived(self._directory, name)

    def archives(self) -> Sequence[str]:
        return archive.archives(self._directory)

    def compact(self) -> Awaitable[None]:
        """Compacts now, instead of when it is worth it. Raises StoreDown."""
        return self._journal.compact()

    async def close(self) -> None:
        await self._journal.close()
        self._beside.close()
        self._lock.release()

    def _picked(self, changes: Sequence[Drop]) -> Tables:
        picked: Tables = {}
        for change in changes:
            document = self._memory.tables.get(change.table, {}).get(change.key)
            if document is not None:
                picked.setdefault(change.table, {})[change.key] = document
        return picked

    async def _do(self, failed: str, work: Callable[[], T]) -> T:
        try:
            answer = await self._beside.run(work)
        except OSError as fault:  # a TimeoutError is one
            reason = reason_of(fault)
            self._journal.vitals.warn(failed, reason)
            raise StoreDown(f"{failed}: {reason}") from fault
        self._journal.vitals.warn(failed, "")
        return answer


def _operation(change: Change) -> Operation:
    match change:
        case Put(table, key, document):
            return ["put", table, key, document]
        case Drop(table, key):
            return ["drop", table, key]
