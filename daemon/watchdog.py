"""Tells systemd that Murphy lives (sd_notify(3), WatchdogSec=): only while everything that must move on does.

A part is stuck when it has had work for longer than its limit without finishing any. Then nothing is told, and systemd
kills and restarts the process: what was committed is found again.
"""

import asyncio
import os
from collections.abc import Callable

import structlog

from daemon.pulse import Work

log = structlog.get_logger()

Stuck = Callable[[float], tuple[str, ...]]
"""The names of what is stuck and must not be, at a monotonic time in seconds."""

LOOKS = 4
"""So many looks left out, and whoever asks hears that nobody looks any more."""


class Watchdog:
    """`feed` is called every `every` seconds while nothing is stuck; what is stuck is logged."""

    def __init__(self, find: Stuck, feed: Callable[[], None], every: float) -> None:
        self._find = find
        self._feed = feed
        self._every = every
        self._stuck: tuple[str, ...] = ()
        self._looked: float | None = None
        self.work = Work()

    def well(self, now: float) -> bool:
        """Whether nothing was stuck at the last look, and that was not long ago. `now` is as in `look`."""
        return not self._stuck and (self._looked is None or now - self._looked <= self._every * LOOKS)

    def look(self, now: float) -> tuple[str, ...]:
        """Feeds, unless something is stuck; the names of what is. `now` is a monotonic time in seconds."""
        self._looked = now
        self._stuck = stuck = self._find(now)
        if stuck:
            log.error("stuck: whoever watches over us hears nothing, and should restart us", parts=stuck)
        else:
            self._feed()
        return stuck

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            with self.work:
                self.look(loop.time())
            await asyncio.sleep(self._every)


def feed_every() -> float:
    """Seconds between signs of life that systemd asks for, with a margin; 0 where it asks for none."""
    wanted = os.environ.get("WATCHDOG_USEC", "")
    ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(wanted) / 1e6 / 3 if wanted.isdigit() and ours else 0.0
