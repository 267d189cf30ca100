"""Every task is supervised: one that dies starts again, later and later; one that keeps dying is told to the operators.

A task that hangs is the watchdog's matter.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Self

import structlog

log = structlog.get_logger()

Tell = Callable[[str, bool, str], Awaitable[object]]
"""Hears that a part of Murphy keeps failing, and why, or that it works again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: the first and the longest pause; after `steady` a task counts as working.

    `often` deaths `within` some time are told, however long it worked between them.
    """

    first: float = 1.0
    longest: float = 60.0
    steady: float = 60.0
    often: int = 3
    within: float = 3600.0


class Tasks:
    """Tasks that end with the block, and no later."""

    def __init__(self, tell: Tell | None = None, pace: Pace | None = None) -> None:
        self._tell = tell
        self._pace = pace or Pace()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def supervise(self, name: str, task: Callable[[], Awaitable[None]]) -> None:
        """Runs it for ever."""
        self.start(supervise(name, task, self._told, self._pace))

    def start(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Runs it once."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _told(self, name: str, up: bool, reason: str) -> None:
        """Beside the task itself: what hears of it may be what has died."""
        if self._tell is not None:
            self.start(_tell(self._tell, name, up, reason))


async def _tell(tell: Tell, name: str, up: bool, reason: str) -> None:
    await tell(name, up, reason)


async def supervise(
    name: str, task: Callable[[], Awaitable[None]], tell: Callable[[str, bool, str], None], pace: Pace
) -> None:
    """Runs the task for ever; returns only when cancelled. `tell` hears of it after `often` deaths, and once it works.

    What was told before a restart of the daemon is taken back once it is steady.
    """
    loop = asyncio.get_running_loop()
    pause = pace.first
    deaths = deque[float](maxlen=pace.often)
    told = False

    def works() -> None:
        nonlocal told
        told = False
        tell(name, True, "")

    while True:
        began = loop.time()
        steady = loop.call_later(pace.steady, works)
        try:
            reason = await _death(name, task)
        finally:
            steady.cancel()
        now = loop.time()
        deaths.append(now)
        pause = pace.first if now - began > pace.steady else min(pause * 2, pace.longest)
        if not told and len(deaths) == pace.often and now - deaths[0] < pace.within:
            told = True
            tell(name, False, reason)
        await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (spread, not secrecy)


async def _death(name: str, task: Callable[[], Awaitable[None]]) -> str:
    """Runs it until it dies; why it did."""
    try:
        await task()
    except asyncio.CancelledError:
        if (ours := asyncio.current_task()) is None or ours.cancelling():
            raise
        log.exception("task died", task=name)
        return "something that it waits for was cancelled"
    except Exception as fault:
        log.exception("task died", task=name)
        return f"it fails with {type(fault).__name__}"
    log.error("task ended, which it never should", task=name)
    return "it ended, which it never should"
