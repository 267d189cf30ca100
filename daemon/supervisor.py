"""Every task is supervised: one that dies is started again, later and later, and the log says why."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Self

import structlog

log = structlog.get_logger()

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY = 60.0
"""Seconds after which a task that dies counts as having worked."""


class Tasks:
    """Tasks that end with the block, and no later."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def supervise(self, name: str, task: Callable[[], Awaitable[None]]) -> None:
        """Runs it for ever."""
        self.start(supervise(name, task))

    def start(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Runs it once."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def supervise(name: str, task: Callable[[], Awaitable[None]]) -> None:
    """Runs the task for ever; returns only when cancelled."""
    loop = asyncio.get_running_loop()
    pause = FIRST_PAUSE
    while True:
        began = loop.time()
        try:
            await task()
            log.error("task ended, which it never should", task=name)
        except Exception:
            log.exception("task died", task=name)
        pause = FIRST_PAUSE if loop.time() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (spread, not secrecy)
