"""Disk work beside the event loop: a few threads of its own, each piece of work with a deadline.

One that hangs holds up only itself, and not the end of the process: it is for disks and folders that may not answer.
"""

import asyncio
import errno
import threading
from collections.abc import Callable
from functools import partial
from queue import Queue
from typing import TypeVar

T = TypeVar("T")

_Work = Callable[[], bool]
"""Gives whether the thread is to go on."""

_SILENT = (errno.ETIMEDOUT, "the disk does not answer")


class NotBegun(TimeoutError):
    """All places are held by work that hangs, or no thread can be had; this piece was not begun, and will not be."""


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

    async def run(self, work: Callable[[], T], late: Callable[[T], object] = lambda _: None) -> T:
        """Raises what `work` raises, and TimeoutError after the deadline, NotBegun where it got no place in time.

        `late` gets the answer for which nobody waits any more.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def worked() -> bool:
            unheard: Callable[[], object] = _nothing
            try:
                answer = work()
            except Exception as fault:  # it is raised where it is waited for
                report = partial(future.set_exception, fault)
            else:
                report, unheard = partial(future.set_result, answer), partial(late, answer)
            try:
                loop.call_soon_threadsafe(ended, report, unheard)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return False
            return True

        def ended(report: Callable[[], None], unheard: Callable[[], object]) -> None:
            self._places.release()
            self._free += 1
            if self._closed:
                self._end_free()
            if future.done():
                unheard()
            else:
                report()

        until = loop.time() + self._deadline
        await self._place(until)
        self._begin(worked)
        try:
            async with asyncio.timeout_at(until):
                return await _heard(future, late)
        except TimeoutError as fault:
            raise fault if fault.errno else TimeoutError(*_SILENT) from None

    async def _place(self, until: float) -> None:
        try:
            async with asyncio.timeout_at(until):
                await self._places.acquire()
        except TimeoutError:
            raise NotBegun(*_SILENT) from None

    def _begin(self, worked: _Work) -> None:
        if self._free:
            self._free -= 1
        else:
            self._one_more()
        self._works.put_nowait(worked)

    def _one_more(self) -> None:
        try:
            threading.Thread(target=self._thread, name="disk", daemon=True).start()
        except RuntimeError:  # the machine, or the unit's TasksMax, has no room for it
            self._places.release()
            raise NotBegun(errno.EAGAIN, "no thread can be started") from None

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


async def _heard(future: asyncio.Future[T], late: Callable[[T], object]) -> T:
    try:
        return await future
    except asyncio.CancelledError:
        if not future.cancelled() and future.exception() is None:  # it came in the moment of giving up
            late(future.result())
        raise


def _nothing() -> None:
    pass
