"""Tells systemd that Murphy lives (sd_notify(3), WatchdogSec=): only while everything that must move on does.

A part is stuck when it has had work for longer than its limit without finishing any. Then nothing is told, and systemd
kills and restarts the process: what was committed is found again.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

log = structlog.get_logger()


@dataclass(slots=True)
class Pulse:
    """`busy` says whether there is work, `done` counts what was finished; `limit` is in seconds."""

    busy: Callable[[], bool]
    done: Callable[[], float]
    limit: float
    _seen: float = -1.0
    _since: float = 0.0
    _idle: bool = True

    def stuck(self, now: float) -> bool:
        """Whether nothing has been finished for too long. `now` is a monotonic time in seconds."""
        done = self.done()
        if done != self._seen or self._idle:
            self._seen, self._since = done, now
        self._idle = not self.busy()
        return now - self._since > self.limit


class Watchdog:
    """`feed` is called every `every` seconds while no pulse is stuck; what is stuck is logged."""

    def __init__(self, pulses: Mapping[str, Pulse], feed: Callable[[], None], every: float) -> None:
        self._pulses = pulses
        self._feed = feed
        self._every = every
        self._stuck: tuple[str, ...] = ()

    def well(self) -> bool:
        """Whether nothing was stuck at the last look."""
        return not self._stuck

    def look(self, now: float) -> tuple[str, ...]:
        """Feeds, unless something is stuck; the names of what is."""
        self._stuck = stuck = tuple(name for name, pulse in self._pulses.items() if pulse.stuck(now))
        if stuck:
            log.error("stuck; systemd is told nothing and will restart us", parts=stuck)
        else:
            self._feed()
        return stuck

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self.look(loop.time())
            await asyncio.sleep(self._every)


def feed_every() -> float:
    """Seconds between signs of life that systemd asks for, with a margin; 0 where it asks for none."""
    wanted = os.environ.get("WATCHDOG_USEC", "")
    ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(wanted) / 1e6 / 3 if wanted.isdigit() and ours else 0.0
