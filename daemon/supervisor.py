"""Every task is supervised: one that dies starts again, later and later; one that keeps dying is told to the operators.

So is one that hangs: it is ended and starts again. Where that would not do, or it does not end, the watchdog is told.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Self

import structlog

from daemon.pulse import Pulse

log = structlog.get_logger()

Tell = Callable[[str, bool, str], Awaitable[object]]
"""Hears that a part of Murphy keeps failing, and why, or that it works again."""

END_WITHIN = 5.0
"""Seconds that tasks get to end with the daemon."""

HUNG = "it hung, and was started again"


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


@dataclass(frozen=True, slots=True)
class Round:
    """What goes on for as long as the daemon runs. `vital`: nothing is well where this hangs, not even if it is ended.

    Where there is no `pulse` it does nothing that could hang.
    """

    run: Callable[[], Awaitable[None]]
    pulse: Pulse | None
    vital: bool = False


class Tasks:
    """Tasks that end with the block, and no later."""

    def __init__(self, tell: Tell | None = None, pace: Pace | None = None) -> None:
        self._tell = tell
        self._pace = pace or Pace()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.rounds: dict[str, Supervised] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=END_WITHIN)

    def supervise(self, name: str, what: Round) -> None:
        """Runs it for ever."""
        self.rounds[name] = one = Supervised(name, what, self._told, self._pace)
        self.start(one.keep())

    def start(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Runs it once."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def stuck(self, now: float) -> tuple[str, ...]:
        """The vital ones that hang, and others that do not end; all others that hang are ended, to start again.

        `now` is a monotonic time in seconds.
        """
        hang = [name for name, one in self.rounds.items() if one.what.pulse and one.what.pulse.stuck(now)]
        return tuple(name for name in hang if self.rounds[name].what.vital or not self.rounds[name].end())

    def _told(self, name: str, up: bool, reason: str) -> None:
        """Beside the task itself: what hears of it may be what has died."""
        if self._tell is not None:
            self.start(_tell(self._tell, name, up, reason))

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("failed, and is not done again", exc_info=fault)


async def _tell(tell: Tell, name: str, up: bool, reason: str) -> None:
    await tell(name, up, reason)


class Supervised:
    """One task. `tell` hears of it after `often` deaths, and at once when it hung; and once it works.

    What was told before a restart of the daemon is taken back once it is steady.
    """

    def __init__(self, name: str, what: Round, tell: Callable[[str, bool, str], None], pace: Pace) -> None:
        self.what = what
        self._name = name
        self._tell = tell
        self._pace = pace
        self._told = False
        self._hung = False
        self._run: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    def end(self) -> bool:
        """It hangs: it is to start again. False where it was to end before, and has not."""
        if self._run is None or self._run is self._ending:
            return False
        log.error("task hangs, and is ended", task=self._name)
        self._hung, self._ending = True, self._run
        self._run.cancel()
        return True

    async def keep(self) -> None:
        """Runs it for ever; returns only when cancelled."""
        loop = asyncio.get_running_loop()
        pause = self._pace.first
        deaths = deque[float](maxlen=self._pace.often)
        while True:
            began = loop.time()
            reason = await self._death()
            now = loop.time()
            deaths.append(now)
            pause = self._pace.first if now - began > self._pace.steady else min(pause * 2, self._pace.longest)
            often = len(deaths) == self._pace.often and now - deaths[0] < self._pace.within
            if not self._told and (often or self._hung):
                self._told = True
                self._tell(self._name, False, reason)
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (spread, not secrecy)

    async def _death(self) -> str:
        """Runs it until it dies; why it did."""
        self._run = run = asyncio.create_task(_coroutine(self.what.run))
        done = self.what.pulse.done() if self.what.pulse else 0
        steady = asyncio.create_task(self._steady(run, done, hung=self._hung))
        self._hung = False
        try:
            await asyncio.wait([run])
        finally:
            steady.cancel()
            if not run.done():
                run.cancel()
                await asyncio.wait([run])
            fault = None if run.cancelled() else run.exception()
        if self._hung:
            return HUNG
        if run.cancelled():
            log.error("task died", task=self._name, reason="cancelled")
            return "something that it waits for was cancelled"
        if fault:
            log.error("task died", task=self._name, exc_info=fault)
            return f"it fails with {type(fault).__name__}"
        log.error("task ended, which it never should", task=self._name)
        return "it ended, which it never should"

    async def _steady(self, run: asyncio.Task[None], done: float, *, hung: bool) -> None:
        """It works once it has run for long enough; after it hung, not before it has no work or has finished some."""
        pulse = self.what.pulse
        await asyncio.sleep(self._pace.steady)
        while hung and pulse and pulse.busy() and pulse.done() == done:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(self._pace.steady)
        if run.done():  # it died in this very moment
            return
        self._told = False
        self._tell(self._name, True, "")


async def _coroutine(run: Callable[[], Awaitable[None]]) -> None:
    await run()
