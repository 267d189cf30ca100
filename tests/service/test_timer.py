"""The timer, with APScheduler as it is."""

import asyncio
from datetime import UTC, datetime, timedelta

from daemon.clock import SystemTimer

PAST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def test_what_stays_due_after_it_woke_for_it_does_not_wake_on_and_on() -> None:
    woken: asyncio.Queue[None] = asyncio.Queue()
    due = PAST

    def wake() -> None:
        woken.put_nowait(None)
        timer.wake_at(due)

    async with asyncio.timeout(45), SystemTimer(wake) as timer:
        for _ in range(5):
            due += timedelta(seconds=1)
            timer.wake_at(due)
            await woken.get()
            for _ in range(100):
                await asyncio.sleep(0)
        assert woken.empty()


async def test_a_later_moment_that_an_earlier_one_took_the_place_of_is_woken_for_all_the_same() -> None:
    dues = [PAST, PAST + timedelta(seconds=1)]
    woken: asyncio.Queue[None] = asyncio.Queue()

    def wake() -> None:
        woken.put_nowait(None)
        if dues.pop(0) and dues:
            timer.wake_at(dues[0])

    async with asyncio.timeout(45), SystemTimer(wake) as timer:
        timer.wake_at(dues[1])
        timer.wake_at(dues[0])
        await woken.get()
        await woken.get()
        assert not dues
