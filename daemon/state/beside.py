"""Disk work beside the journal: a few threads, each piece with a deadline; one that hangs holds up only itself."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")


class Beside:
    """Runs at most `at_once` pieces of work; a hung one keeps its place until the disk lets it go."""

    def __init__(self, at_once: int, deadline: float) -> None:
        self._deadline = deadline
        self._places = asyncio.Semaphore(at_once)

    async def run(self, work: Callable[[], T]) -> T:
        """Raises what `work` raises, and TimeoutError after the deadline (seconds), waiting for a place included."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def thread() -> None:
            try:
                answer = work()
            except Exception as fault:
                report = partial(future.set_exception, fault)
            else:
                report = partial(future.set_result, answer)
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(ended, report)

        def ended(report: Callable[[], None]) -> None:
            self._places.release()
            if not future.done():
                report()

        async with asyncio.timeout(self._deadline):
            await self._places.acquire()
            threading.Thread(target=thread, name="state", daemon=True).start()
            return await future
