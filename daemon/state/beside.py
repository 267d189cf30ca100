"""Disk work beside the journal: a few threads, each piece with a deadline; one that hangs holds up only itself."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from queue import Queue
from typing import TypeVar

T = TypeVar("T")

_Work = Callable[[], bool]
"""Gives whether the thread is to go on."""


class Beside:
    """Runs at most `at_once` pieces of work; a hung one keeps its place until the disk lets it go.

    `deadline` is in seconds, for who waits for one piece.

    A thread is started when none is free, and stays: to start one takes longer than most of the work.
    """

    def __init__(self, at_once: int, deadline: float) -> None:
        self._deadline = deadline
        self._places = asyncio.Semaphore(at_once)
        self._works: Queue[_Work] = Queue(at_once)
        self._free = 0
        self._closed = False

    async def run(self, work: Callable[[], T]) -> T:
        """Raises what `work` raises, and TimeoutError after the deadline (seconds), waiting for a place included."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def worked() -> bool:
            try:
                answer = work()
            except Exception as fault:  # it is raised where it is waited for
                report = partial(future.set_exception, fault)
            else:
                report = partial(future.set_result, answer)
            try:
                loop.call_soon_threadsafe(ended, report)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return False
            return True

        def ended(report: Callable[[], None]) -> None:
            self._places.release()
            self._free += 1
            if self._closed:
                self._end_free()
            if not future.done():
                report()

        async with asyncio.timeout(self._deadline):
            await self._places.acquire()
            if self._free:
                self._free -= 1
            else:
                threading.Thread(target=self._thread, name="state", daemon=True).start()
            self._works.put_nowait(worked)
            return await future

    def close(self) -> None:
        """The threads end, those at work when that is done. What comes later has a thread for itself."""
        self._closed = True
        self._end_free()

    def _end_free(self) -> None:
        while self._free:
            self._free -= 1
            self._works.put_nowait(lambda: False)

    def _thread(self) -> None:
        while self._works.get()():
            pass
