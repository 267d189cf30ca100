"""A task that dies starts again; the operators hear of one that keeps dying, once, and of its working again."""

import asyncio
from collections.abc import Callable

import pytest

from daemon.supervisor import Pace, Tasks

QUICK = Pace(first=0.001, longest=0.002, steady=0.05)


class Told:
    def __init__(self) -> None:
        self.said: list[tuple[str, bool, str]] = []
        self.news = asyncio.Event()

    async def __call__(self, part: str, up: bool, reason: str) -> None:
        self.said.append((part, up, reason))
        self.news.set()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(45):
            while not true():
                await self.news.wait()
                self.news.clear()


async def test_one_that_keeps_dying_is_told_once_and_when_it_works_again() -> None:
    told, runs, healed = Told(), 0, asyncio.Event()

    async def task() -> None:
        nonlocal runs
        runs += 1
        if healed.is_set():
            await asyncio.Event().wait()
        if runs > 20:
            healed.set()
        raise ValueError("nobody's secret is told: only the kind of fault")

    async with Tasks(told, QUICK) as tasks:
        tasks.supervise("outbox", task)
        await told.until(lambda: any(up for _, up, _ in told.said))
    assert told.said == [("outbox", False, "it fails with ValueError"), ("outbox", True, "")]


async def test_one_that_ends_counts_as_dead() -> None:
    told = Told()

    async def task() -> None:
        return

    async with Tasks(told, QUICK) as tasks:
        tasks.supervise("archiver", task)
        await told.until(lambda: bool(told.said))
    assert told.said == [("archiver", False, "it ended, which it never should")]


@pytest.mark.parametrize("deaths", [1, 2])
async def test_one_that_dies_now_and_then_is_the_log_s_matter(deaths: int) -> None:
    told, runs = Told(), 0

    async def task() -> None:
        nonlocal runs
        runs += 1
        if runs <= deaths:
            raise ValueError
        await asyncio.Event().wait()

    async with Tasks(told, QUICK) as tasks:
        tasks.supervise("bridges", task)
        await told.until(lambda: bool(told.said))
    assert told.said == [("bridges", True, "")]


async def test_one_that_cannot_tell_does_not_stop_what_it_tells_of() -> None:
    runs, enough = 0, asyncio.Event()

    async def tell(*_: object) -> None:
        await asyncio.Event().wait()

    async def task() -> None:
        nonlocal runs
        runs += 1
        if runs > 6:
            enough.set()
        raise ValueError

    async with Tasks(tell, QUICK) as tasks:
        tasks.supervise("consumer", task)
        async with asyncio.timeout(45):
            await enough.wait()


async def test_one_that_works_for_a_while_each_time_and_dies_again_is_told() -> None:
    told = Told()

    async def task() -> None:
        await asyncio.sleep(0.02)
        raise ValueError

    async with Tasks(told, Pace(first=0.001, longest=0.002, steady=0.01)) as tasks:
        tasks.supervise("way in: gsm", task)
        await told.until(lambda: any(not up for _, up, _ in told.said))


async def test_one_whose_own_waiting_was_cancelled_starts_again() -> None:
    """Only what is cancelled from outside ends."""
    told, runs = Told(), 0

    async def task() -> None:
        nonlocal runs
        runs += 1
        answer = asyncio.get_running_loop().create_future()
        answer.cancel()
        await answer

    async with Tasks(told, QUICK) as tasks:
        tasks.supervise("receipts", task)
        await told.until(lambda: bool(told.said))
    assert told.said == [("receipts", False, "something that it waits for was cancelled")]
    assert runs >= 3
