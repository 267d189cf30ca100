"""A task that dies starts again; the operators hear of one that keeps dying, once, and of its working again."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from daemon.pulse import Work
from daemon.supervisor import HUNG, Pace, Round, Tasks

QUICK = Pace(first=0.001, longest=0.002, steady=0.05)
NEVER_STEADY = replace(QUICK, steady=math.inf)


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
        tasks.supervise("outbox", Round(task, None))
        await told.until(lambda: any(up for _, up, _ in told.said))
    assert told.said == [("outbox", False, "it fails with ValueError"), ("outbox", True, "")]


async def test_one_that_ends_counts_as_dead() -> None:
    told = Told()

    async def task() -> None:
        return

    async with Tasks(told, NEVER_STEADY) as tasks:
        tasks.supervise("archiver", Round(task, None))
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
        tasks.supervise("bridges", Round(task, None))
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

    async with Tasks(tell, NEVER_STEADY) as tasks:
        tasks.supervise("consumer", Round(task, None))
        async with asyncio.timeout(45):
            await enough.wait()


async def test_one_that_works_for_a_while_each_time_and_dies_again_is_told() -> None:
    told = Told()

    async def task() -> None:
        await asyncio.sleep(0.02)
        raise ValueError

    async with Tasks(told, Pace(first=0.001, longest=0.002, steady=0.01)) as tasks:
        tasks.supervise("way in: gsm", Round(task, None))
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

    async with Tasks(told, NEVER_STEADY) as tasks:
        tasks.supervise("receipts", Round(task, None))
        await told.until(lambda: bool(told.said))
    assert told.said == [("receipts", False, "something that it waits for was cancelled")]
    assert runs >= 3


async def test_one_that_hangs_is_ended_and_starts_again_and_works_only_once_it_has_finished_something() -> None:
    told, work, begun, gate = Told(), Work(), asyncio.Queue[int](9), asyncio.Event()
    runs = 0

    async def task() -> None:
        nonlocal runs
        runs += 1
        with work:
            begun.put_nowait(runs)
            await (asyncio.Event() if runs == 1 else gate).wait()
        told.said.append(("archiver", True, "finished"))
        await asyncio.Event().wait()

    async with Tasks(told, Pace(first=0.001, longest=0.002, steady=0.02)) as tasks:
        tasks.supervise("archiver", Round(task, work.pulse(60.0)))
        async with asyncio.timeout(45):
            assert await begun.get() == 1
            assert [tasks.stuck(now) for now in (0.0, 61.0)] == [(), ()]
            assert await begun.get() == 2
        await told.until(lambda: ("archiver", False, HUNG) in told.said)
        await asyncio.sleep(0.1)
        gate.set()
        await told.until(lambda: told.said[-1] == ("archiver", True, ""))
    since = told.said[told.said.index(("archiver", False, HUNG)) :]
    assert since == [("archiver", False, HUNG), ("archiver", True, "finished"), ("archiver", True, "")]


async def test_one_that_does_not_end_is_the_watchdog_s() -> None:
    work, begun, enough = Work(), asyncio.Event(), asyncio.Event()

    async def task() -> None:
        begun.set()
        with work:
            while not enough.is_set():
                try:
                    await enough.wait()
                except asyncio.CancelledError:
                    continue

    async with Tasks(None, NEVER_STEADY) as tasks:
        tasks.supervise("bridges", Round(task, work.pulse(60.0)))
        await begun.wait()
        assert [tasks.stuck(now) for now in (0.0, 61.0)] == [(), ()]
        await asyncio.sleep(0)
        assert tasks.stuck(62.0) == ("bridges",)
        enough.set()
