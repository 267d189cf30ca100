"""The process ends, or the disk fails, at each operation while an incident is archived: nothing of it is lost."""

import asyncio
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from daemon import records, restoring
from daemon.archiver import Archiver
from daemon.clock import MovedClock
from daemon.consumer import Consumer
from daemon.core.state import State
from daemon.core.stimuli import Tick
from daemon.history import History, history
from daemon.state.disk import Disk
from daemon.state.store import Limits, Put, Store, open_store, read_store
from tests.commands.test_archiving import left, over
from tests.core.vocabulary import Office
from tests.state.disks import Fault, FaultDisk

QUICK = Limits(deadline=5, retries=(0.01,))
MOST = 200
"""More operations than there are."""

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


async def written(folder: Path) -> tuple[Office, History]:
    """A state folder with an incident that has been over for long."""
    office = over(Office(), "RESOLVE")
    office.now += timedelta(days=91)
    store = await open_store(folder)
    tables = office.tables.rows.items()
    await store.commit([Put(table, key, document) for table, rows in tables for key, document in rows.items()])
    whole = history(store, "MI-1")
    await store.close()
    assert whole is not None
    assert whole.sent
    return office, whole


async def archived(folder: Path, office: Office, disk: Disk) -> State:
    """A daemon's start, ticks until the incident is archived, and its end."""
    store = await open_store(folder, disk=disk, limits=QUICK)
    state = restoring.restore(office.configuration, store)
    consumer, archiver = Consumer(state, store, MovedClock(office.now)), Archiver(store)
    consumer.releases.append(archiver.release)
    tasks = [asyncio.create_task(consumer.run()), asyncio.create_task(archiver.run())]
    try:
        async with asyncio.timeout(60):
            await consumer.put(Tick())
            while left(store, "MI-1") or not archiver.idle:
                await asyncio.sleep(0.005)
                await consumer.put(Tick())
    finally:
        await stopped(tasks)
        await ended(store, disk)
    return state


async def stopped(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def ended(store: Store, disk: Disk) -> None:
    if not (isinstance(disk, FaultDisk) and disk.killed.is_set()):
        await store.close()


async def until_killed(folder: Path, office: Office, disk: FaultDisk) -> None:
    """The same, unless the process ends on the way."""
    running = asyncio.create_task(archived(folder, office, disk))
    killed = asyncio.create_task(disk.killed.wait())
    await asyncio.wait({running, killed}, return_when=asyncio.FIRST_COMPLETED)
    if disk.killed.is_set():
        running.cancel()
    killed.cancel()
    with suppress(asyncio.CancelledError):
        await running


def stage(folder: Path) -> str:
    """How far it came."""
    found = read_store(folder)
    if "MI-1" not in found.table("archived"):
        return "not begun"
    if not left(found, "MI-1"):
        return "moved"
    return "in both" if found.archived("MI-1") else "left memory"


@pytest.mark.parametrize("fault", [Fault.KILL, Fault.ERROR])
async def test_at_each_operation(tmp_path: Path, fault: Fault) -> None:
    office, whole = await written(tmp_path / "before")
    stages = []
    for at in range(1, MOST):
        folder = tmp_path / str(at)
        shutil.copytree(tmp_path / "before", folder)
        disk = FaultDisk(at, fault)
        await until_killed(folder, office, disk)
        if disk.count < at:
            break
        folder = shutil.copytree(folder, tmp_path / f"{at}-after")  # the dead process's lock stays with its own
        stages.append(stage(folder))
        found = history(read_store(folder), "MI-1")
        assert found is not None, f"operation {at}, {stages[-1]}"
        assert (found.events, found.sent) == (whole.events, whole.sent), f"operation {at}, {stages[-1]}"

        state = await archived(folder, office, Disk())
        after = read_store(folder)
        assert not state.incidents
        assert (state.last_incident, state.last_notice) == (1, office.state.last_notice)
        assert state.last_chunk == office.state.last_chunk
        assert left(after, "MI-1") == []
        assert after.archived("MI-1") == {
            drop.table: {
                other.key: office.tables.table(other.table)[other.key]
                for other in records.of_archive(office.tables, "MI-1")
                if other.table == drop.table and other.key in office.tables.table(drop.table)
            }
            for drop in records.of_archive(office.tables, "MI-1")
            if drop.key in office.tables.table(drop.table)
        }
    expected = {"not begun", "left memory", "in both", "moved"} if fault is Fault.KILL else {"moved"}
    assert set(stages) == expected, stages
