"""What fails beside the commits is told to the operators, and taken back when it works, after a restart too."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from daemon.core.stimuli import PartChanged, StateChanged, Stimulus
from daemon.disk_watch import UPKEEP, DiskWatch
from daemon.state.store import Limits, Put, Store, StoreDown, open_store
from tests.state.disks import FailingDisk

FAILS = PartChanged(UPKEEP, False, "raw messages cannot be kept: File exists")
WORKS = PartChanged(UPKEEP, True)


class Heard:
    """What the consumer would get."""

    def __init__(self) -> None:
        self.stimuli: asyncio.Queue[Stimulus] = asyncio.Queue(20)
        self._tasks = set[asyncio.Task[Any]]()

    def watch(self, store: Store) -> None:
        DiskWatch(store, self._put, self._start)

    async def _put(self, stimulus: Stimulus) -> bool:
        self.stimuli.put_nowait(stimulus)
        return True

    def _start(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._tasks.add(asyncio.create_task(coroutine))


async def test_messages_that_cannot_be_kept_are_told_once(tmp_path: Path) -> None:
    heard = Heard()
    (tmp_path / "raw").write_bytes(b"in the way")
    store = await open_store(tmp_path)
    heard.watch(store)
    for _ in range(3):
        with pytest.raises(StoreDown):
            await store.keep(b"raw")
    (tmp_path / "raw").unlink()
    await store.keep(b"raw")
    assert [await heard.stimuli.get() for _ in range(3)] == [WORKS, FAILS, WORKS]
    assert heard.stimuli.empty()
    await store.close()


async def test_while_commits_fail_nothing_else_is_told(tmp_path: Path) -> None:
    heard, disk = Heard(), FailingDisk()
    store = await open_store(tmp_path, disk=disk, limits=Limits(retries=(0.01,)))
    heard.watch(store)
    disk.error = 28
    with pytest.raises(StoreDown):
        await store.commit([Put("incidents", "1", {})])
    with pytest.raises(StoreDown):
        await store.keep(b"raw")
    disk.error = 0
    down = StateChanged(False, "No space left on device")
    assert [await heard.stimuli.get() for _ in range(3)] == [WORKS, down, StateChanged(True, "")]
    await store.keep(b"raw")
    assert heard.stimuli.empty()
    await store.close()
