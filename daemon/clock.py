"""Procedure time, injected: the system's, or one that the sandbox and tests move.

Deadlines on wires use real time and never this. The Timer only wakes the core; what is due is in the state.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

TICK = timedelta(seconds=15)
"""A wake-up at least this often, which catches jumps of the clock."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The procedure's time, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class MovedClock:
    """Stands still until somebody moves it. For the sandbox and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, when: datetime) -> None:
        """Time never goes back."""
        self._now = max(self._now, when)


class Timer(Protocol):
    """Wakes whoever was given at its making: at the time last asked for, and now and then besides."""

    def wake_at(self, when: datetime | None) -> None: ...


class SystemTimer:
    """APScheduler behind one method. Jobs are only wake-ups, rebuilt from the state at the start."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._next: datetime | None = None
        self._woken_at: datetime | None = None

    async def __aenter__(self) -> "SystemTimer":
        # misfire_grace_time=None: a late job still runs; the default of one second would silently skip it.
        self._scheduler.add_job(
            self._woken,
            IntervalTrigger(seconds=TICK.total_seconds()),
            id="tick",
            misfire_grace_time=None,
            coalesce=True,
        )
        self._scheduler.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._scheduler.shutdown(wait=False)

    def wake_at(self, when: datetime | None) -> None:
        """What is still due after it woke for it waits for the next tick: it must not wake on and on."""
        if when is None or when in (self._next, self._woken_at):
            return
        self._next = when
        self._scheduler.add_job(
            self._due,
            DateTrigger(when),
            (when,),
            id="deadline",
            replace_existing=True,
            max_instances=2,  # it may be asked for again by what it wakes
            misfire_grace_time=None,
            coalesce=True,
        )

    async def _due(self, when: datetime) -> None:
        self._woken_at = when
        if self._next == when:
            self._next = None
        self._wake()

    async def _woken(self) -> None:
        self._wake()
