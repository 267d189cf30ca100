"""The door to the state: what it is made of, and how to open or read it. The rest of the daemon imports only this."""

import asyncio
import gc
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.types import OnDamage
from daemon.state import archive, raws
from daemon.state.disk import Disk
from daemon.state.durable import DurableStore
from daemon.state.files import load, load_beside, make_folder
from daemon.state.limits import Limits
from daemon.state.lock import Lock
from daemon.state.memory import View
from daemon.state.values import (
    Change,
    Document,
    Drop,
    Health,
    Put,
    Reading,
    Rows,
    StateDamaged,
    StateLocked,
    Store,
    StoreDown,
)

__all__ = [
    "Change",
    "Document",
    "Drop",
    "Health",
    "Limits",
    "Put",
    "Reading",
    "Rows",
    "StateDamaged",
    "StateLocked",
    "Store",
    "StoreDown",
    "open_store",
    "read_store",
]


_LARGE = 1 << 20
"""Bytes from which on the documents are exempted from garbage collection, which would stop the loop to walk them."""


async def open_store(
    directory: Path,
    *,
    on_damage: OnDamage = OnDamage.CARRY_ON,
    disk: Disk | None = None,
    limits: Limits | None = None,
) -> DurableStore:
    """Takes the lock and reads everything; makes the folder (0700) where there is none.

    A disk that can be read and not written gives a store that is down: see its `health`. Raises StateLocked, OSError,
    and StateDamaged under `on_damage = "stop"`, with nothing changed.
    """
    disk = disk or Disk()
    make_folder(disk, directory)
    lock = Lock(directory)
    try:
        exempted = gc.get_freeze_count() > 0
        if exempted:
            _collect_what_was_before()
        loaded = await asyncio.to_thread(load, directory, disk)
        if loaded.size > _LARGE:
            if not exempted:
                _collect_what_was_before()
            gc.freeze()
        if loaded.damage and on_damage == OnDamage.STOP:
            raise StateDamaged(loaded.damage)
        store = DurableStore(directory, disk, loaded, lock, limits or Limits())
    except BaseException:
        lock.release()
        raise
    await store.start()
    return store


def _collect_what_was_before() -> None:
    """A daemon before this one in the same process: before its documents are read a second time, at the latest before
    it is exempted with the rest."""
    gc.unfreeze()
    gc.collect()


class _Read:
    """The state as it was when it was read."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._loaded = load_beside(directory)

    @property
    def damage(self) -> Sequence[str]:
        return self._loaded.damage

    def table(self, name: str) -> Rows:
        return View(self._loaded.memory.tables, name)

    def raw(self, name: str) -> bytes:
        return raws.read_raw(self._directory, name)

    def archived(self, name: str) -> Mapping[str, Rows] | None:
        return archive.archived(self._directory, name)

    def archives(self) -> Sequence[str]:
        return archive.archives(self._directory)


def read_store(directory: Path) -> Reading:
    """Everything committed until now, beside a running daemon too: it takes no lock and writes nothing.

    Raises OSError, StateDamaged.
    """
    return _Read(directory)
