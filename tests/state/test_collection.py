"""What a daemon has exempted from garbage collection is collected once the next one opens the same state."""

import gc
import weakref
from pathlib import Path

from daemon.state.store import Put, open_store, read_store


class Part:
    """Of a daemon that has ended: it refers to itself, so only the collector finds it."""

    def __init__(self) -> None:
        self.itself = self


async def large(directory: Path) -> None:
    store = await open_store(directory)
    await store.commit([Put("inbox", str(number), {"text": "x" * 1000}) for number in range(2000)])
    await store.close()


async def test_nothing_of_the_daemon_before_stays_after_a_reload(tmp_path: Path) -> None:
    try:
        await large(tmp_path)
        for _ in range(3):
            part = weakref.ref(Part())
            store = await open_store(tmp_path)
            assert gc.get_freeze_count() > 0, "a large state is exempted"
            await store.close()
            del store
            await (await open_store(tmp_path)).close()
            assert part() is None
    finally:
        gc.unfreeze()


async def test_to_read_it_exempts_nothing(tmp_path: Path) -> None:
    await large(tmp_path)
    gc.unfreeze()
    assert len(read_store(tmp_path).table("inbox")) == 2000
    assert gc.get_freeze_count() == 0
