"""A fault at every operation on the disk: what was acknowledged is there, and every commit whole or not at all."""

import asyncio
import errno
import shutil
import threading
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from daemon.state.disk import Disk
from daemon.state.store import Drop, Health, Limits, Put, Store, StoreDown, open_store, read_store
from tests.state.disks import FailingDisk, Fault, FaultDisk, HungDisk

TABLES = ("incidents", "inbox", "notices")
QUICK = Limits(deadline=5, retries=(0.01,), garbage=200, journal=400)
"""Compacts and begins new journals all the time."""

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.jsonl")}


def everything(store: Any) -> dict[str, dict[str, Any]]:
    found = {name: deepcopy(dict(store.table(name))) for name in TABLES}
    return {name: rows for name, rows in found.items() if rows}


class Story:
    """A few commits over several tables, messages kept, documents archived; and what is known of it for sure.

    `states` holds the tables after each commit; `sure` is the index of the last one that was acknowledged.
    """

    def __init__(self) -> None:
        self.states: list[dict[str, Any]] = [{}]
        self.sure = 0
        self.kept: dict[str, bytes] = {}

    async def tell(self, store: Any) -> None:
        for number in range(5):
            put = Put("incidents", str(number % 3), {"number": number, "words": "é" * number})
            with suppress(StoreDown):
                await self._commit(store, [put, Put("inbox", f"m{number}", {"at": number})])
            with suppress(StoreDown):
                raw = b"Subject: %d\r\n" % number
                name = await store.keep(raw)
                self.kept[name] = raw
        with suppress(StoreDown):
            together = [b"Subject: together %d\r\n" % number for number in range(6)]
            names = await asyncio.gather(*map(store.keep, together))
            self.kept |= dict(zip(names, together, strict=True))
        with suppress(StoreDown):
            await self._commit(store, [Drop("inbox", "m0"), Put("inbox", "m1", {"at": "later"})])
        with suppress(StoreDown):
            await store.compact()
        self._expect([Drop("incidents", "1")])
        try:
            await store.archive("MI-1", [Drop("incidents", "1")])
            self.sure = len(self.states) - 1
        except StoreDown:
            if "1" in store.table("incidents"):  # the archive's own file failed: nothing was moved
                self.states.pop()
        for number in range(2):
            with suppress(StoreDown):
                await self._commit(store, [Put("notices", str(number), {})])

    async def _commit(self, store: Any, changes: list[Put | Drop]) -> None:
        self._expect(changes)
        state = len(self.states) - 1
        await store.commit(changes)
        self.sure = state

    def _expect(self, changes: list[Put | Drop]) -> None:
        state = deepcopy(self.states[-1])
        for change in changes:
            rows = state.setdefault(change.table, {})
            if isinstance(change, Put):
                rows[change.key] = dict(change.document)
            else:
                rows.pop(change.key, None)
        self.states.append({name: rows for name, rows in state.items() if rows})

    def check(self, store: Any) -> None:
        """The tables are those after some commit, the last acknowledged one or a later."""
        found = everything(store)
        assert found in self.states[self.sure :]
        for name, raw in self.kept.items():
            assert store.raw(name) == raw
        if found.get("notices") and "1" not in found["incidents"]:
            assert store.archived("MI-1") == {"incidents": {"1": {"number": 4, "words": "éééé"}}}


async def told(folder: Path, disk: FaultDisk) -> Story:
    """Runs the story until it ends, or the disk's process does."""
    story = Story()

    async def run() -> None:
        store = await open_store(folder, disk=disk, limits=QUICK)
        await story.tell(store)
        await settled(store)
        story.sure = len(story.states) - 1
        await store.close()
        store = await open_store(folder, disk=disk, limits=QUICK)
        story.check(store)
        await settled(store)
        await store.close()

    running = asyncio.create_task(run())
    killed = asyncio.create_task(disk.killed.wait())
    await asyncio.wait({running, killed}, return_when=asyncio.FIRST_COMPLETED)
    if disk.killed.is_set():
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    else:
        killed.cancel()
        await running
    return story


async def settled(store: Store) -> None:
    """Waits until the disk has everything."""
    while True:
        try:
            await store.commit([])
        except StoreDown:
            recovered = asyncio.get_running_loop().create_future()

            def heard(health: Health, recovered: asyncio.Future[None] = recovered) -> None:
                if health.ok and not recovered.done():
                    recovered.set_result(None)

            store.on_health(heard)
            if not store.health.ok:
                await recovered
        else:
            return


@pytest.mark.parametrize("fault", Fault)
async def test_a_fault_at_every_operation(tmp_path: Path, fault: Fault) -> None:
    """Whatever fails or ends at whichever operation: no acknowledged commit or message is lost, none is torn."""
    at = 0
    while True:
        at += 1
        folder, copy = tmp_path / f"{at}", tmp_path / f"{at}-left"
        folder.mkdir()
        disk = FaultDisk(at, fault)
        story = await told(folder, disk)
        if fault is Fault.CUT:
            disk.after_cut(folder, copy)
        else:
            shutil.copytree(folder, copy)
        assert read_store(copy).damage == []
        story.check(read_store(copy))
        store = await open_store(copy, disk=FaultDisk())
        assert store.health.ok
        story.check(store)
        await store.commit([Put("notices", "after", {})])
        await store.close()
        assert read_store(copy).table("notices")["after"] == {}
        shutil.rmtree(copy)
        if disk.count < at:
            break
    assert at > 60


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO], ids=["full", "read-only", "i/o error"])
async def test_the_disk_fails_and_comes_back(tmp_path: Path, error: int) -> None:
    """Commits go on in memory and say so; when the disk is back everything is in a new file."""
    disk = FailingDisk()
    store = await open_store(tmp_path, disk=disk, limits=Limits(retries=(0.01,)))
    heard: list[Health] = []
    store.on_health(heard.append)
    await store.commit([Put("incidents", "1", {"status": "proposed"})])
    before = files(tmp_path)
    disk.error = error
    with pytest.raises(StoreDown):
        await store.commit([Put("incidents", "1", {"status": "accepted"})])
    assert store.table("incidents")["1"] == {"status": "accepted"}
    assert read_store(tmp_path).table("incidents")["1"] == {"status": "proposed"}
    assert [health.ok for health in heard] == [False]
    assert heard[0].reason == store.health.reason != ""
    disk.error = 0
    await settled(store)
    assert [health.ok for health in heard] == [False, True]
    assert read_store(tmp_path).table("incidents")["1"] == {"status": "accepted"}
    assert not before & files(tmp_path)
    await store.commit([Put("incidents", "2", {})])
    await store.close()
    assert set(read_store(tmp_path).table("incidents")) == {"1", "2"}


async def test_a_disk_that_hangs_counts_as_down(tmp_path: Path) -> None:
    """After the deadline whoever waits is told; the file in question is not used again."""
    disk = HungDisk()
    store = await open_store(tmp_path, disk=disk, limits=Limits(deadline=0.05, retries=(0.01,)))
    disk.hang()
    waiting = [store.commit([Put("incidents", str(number), {})]) for number in range(3)]
    for future in waiting:
        with pytest.raises(StoreDown):
            await future
    with pytest.raises(StoreDown):
        await store.commit([Put("incidents", "3", {})])
    with pytest.raises(StoreDown):
        await store.keep(b"raw")
    assert len(store.table("incidents")) == 4
    disk.let_go()
    await settled(store)
    await store.close()
    assert list(read_store(tmp_path).table("incidents")) == ["0", "1", "2", "3"]


async def test_what_is_committed_while_it_recovers_is_durable_after_it(tmp_path: Path) -> None:
    """The snapshot that is being written does not hold it: it goes into the journal that follows."""
    disk = HungDisk()
    store = await open_store(tmp_path, disk=disk, limits=Limits(retries=(0.01,)))
    disk.full = True
    disk.hang()
    with pytest.raises(StoreDown):
        await store.commit([Put("incidents", "1", {})])
    await asyncio.to_thread(disk.hung.wait)
    waiting = store.commit([Put("incidents", "2", {})])
    disk.let_go()
    await waiting
    found = read_store(tmp_path)
    assert (list(found.table("incidents")), found.damage) == (["1", "2"], [])
    await store.close()


async def test_what_is_committed_while_it_compacts_is_in_neither_twice(tmp_path: Path) -> None:
    """Commits go on in the next journal while the snapshot is written, and are acknowledged before it is done."""
    disk = HungSnapshot()
    store = await open_store(tmp_path, disk=disk)
    await store.commit([Put("incidents", "1", {})])
    compaction = asyncio.ensure_future(store.compact())
    await asyncio.to_thread(disk.reached.wait)
    await store.commit([Put("incidents", "2", {})])
    assert not compaction.done()
    for _ in range(2):
        found = read_store(tmp_path)
        assert (list(found.table("incidents")), found.damage) == (["1", "2"], [])
        disk.go_on.set()
        await compaction
    await store.close()


async def test_a_compaction_that_hangs_is_told_and_holds_up_nothing(tmp_path: Path) -> None:
    """Commits go on; whoever wants another hears at once; when the disk is back all is as if it had not been."""
    disk = HungSnapshot()
    store = await open_store(tmp_path, disk=disk, limits=Limits(compaction=0.1))
    await store.commit([Put("incidents", "1", {})])
    with pytest.raises(StoreDown, match="the disk does not answer"):
        await store.compact()
    assert (store.health.ok, store.health.reason) == (True, "the state cannot be compacted: the disk does not answer")
    await store.commit([Put("incidents", "2", {})])
    with pytest.raises(StoreDown, match="the disk does not answer"):
        await store.compact()
    told: asyncio.Queue[Health] = asyncio.Queue(9)
    store.on_health(told.put_nowait)
    disk.go_on.set()
    assert ((health := await told.get()).ok, health.reason) == (True, "")
    await store.compact()
    await store.close()
    assert set(read_store(tmp_path).table("incidents")) == {"1", "2"}


class HungSnapshot(Disk):
    """Holds the rename of a snapshot until told to go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def rename(self, old: Path, new: Path) -> None:
        if new.name.startswith("snapshot"):
            self.reached.set()
            self.go_on.wait()
        super().rename(old, new)


async def test_it_opens_on_a_disk_that_can_only_be_read(tmp_path: Path) -> None:
    """In the worst hour it starts with what it knows, and says that it is down."""
    store = await open_store(tmp_path)
    await store.commit([Put("incidents", "1", {"status": "proposed"})])
    await store.close()
    disk = FailingDisk(errno.EROFS)
    store = await open_store(tmp_path, disk=disk, limits=Limits(retries=(0.01,)))
    assert not store.health.ok
    assert store.table("incidents")["1"] == {"status": "proposed"}
    with pytest.raises(StoreDown):
        await store.commit([Put("incidents", "2", {})])
    disk.error = 0
    await settled(store)
    await store.close()
    assert set(read_store(tmp_path).table("incidents")) == {"1", "2"}


async def test_closing_while_down_tries_once_more(tmp_path: Path) -> None:
    """What was held in memory only is saved if the disk is back by the end."""
    disk = FailingDisk()
    store = await open_store(tmp_path, disk=disk, limits=Limits(retries=(3600,)))
    disk.error = errno.ENOSPC
    with pytest.raises(StoreDown):
        await store.commit([Put("incidents", "1", {})])
    disk.error = 0
    await store.close()
    assert set(read_store(tmp_path).table("incidents")) == {"1"}


async def test_a_message_that_cannot_be_kept_is_a_warning(tmp_path: Path) -> None:
    """The journal is fine, so the store is up; the reason says what is not."""
    (tmp_path / "raw").write_bytes(b"in the way")
    store = await open_store(tmp_path)
    with pytest.raises(StoreDown):
        await store.keep(b"raw")
    assert store.health.ok
    assert "raw messages cannot be kept" in store.health.reason
    (tmp_path / "raw").unlink()
    await store.keep(b"raw")
    assert store.health.reason == ""
    await store.close()
