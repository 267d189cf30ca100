"""What Murphy does about itself: signs of life for systemd and whoever watches from outside; old messages go."""

import asyncio
import time
from collections.abc import Callable

import structlog

from config.types import Configuration, StateRules
from daemon import systemd
from daemon.core.state import State
from daemon.heartbeat import Heart
from daemon.pulse import Pulse, Work
from daemon.rounds import Working
from daemon.state.store import Store, StoreDown
from daemon.supervisor import Tasks, Tell
from daemon.watchdog import Watchdog, feed_every
from daemon.ways import Ways

log = structlog.get_logger()

LOOK_EVERY = 15.0
"""Seconds between two looks at everything that must move on, where systemd asks for no sign."""

SWEEP_EVERY = 24 * 3600.0
MOST_SHOWN = 5

TICKS_WITHIN = 90.0
"""Seconds between two wake-ups of the clock; one is due every 15."""


class Upkeep:
    """`parts` are its tasks by name, to be supervised. `ticks` are the clock's signs of life."""

    def __init__(
        self,
        configuration: Configuration,
        state: State,
        store: Store,
        tasks: Tasks,
        ways: Ways,
        ticks: Callable[[], float],
        tell: Tell,
    ) -> None:
        self._state = state
        self._store = store
        self._tasks = tasks
        self._channels = ways.out
        self._said = ""
        self._clock = Pulse(lambda: True, ticks, TICKS_WITHIN)
        self._dog = Watchdog(self.stuck, self._alive, feed_every() or LOOK_EVERY)
        self.parts: dict[str, Working] = {"watchdog": self._dog, "sweep": Sweep(store, configuration.settings.state)}
        if configuration.settings.heartbeat:
            self.parts["heart"] = Heart(configuration.settings.heartbeat, self.well, tell)

    def stuck(self, now: float) -> tuple[str, ...]:
        """What must not be. `now` is a monotonic time in seconds."""
        return (*self._tasks.stuck(now), *(("clock",) if self._clock.stuck(now) else ()))

    def well(self) -> bool:
        """Whether everything moves on, what is decided is written down, and somebody can be reached.

        Whoever watches from outside must hear of what the operators could not be told.
        """
        tried = [health for name in self._channels if (health := self._state.health.get(name))]
        reaches = not tried or any(not health.down for health in tried)
        return self._dog.well(time.monotonic()) and self._store.health.ok and reaches

    def _alive(self) -> None:
        systemd.alive()
        if (words := status(self._state)) != self._said:
            self._said = words
            systemd.status(words)


class Sweep:
    """Messages as they came in are kept for a time; what was understood of them stays."""

    def __init__(self, store: Store, rules: StateRules) -> None:
        self._store = store
        self._keep = rules.keep_raw.total_seconds()
        self.work = Work()

    async def run(self) -> None:
        while True:
            with self.work:
                await self._drop()
            await asyncio.sleep(SWEEP_EVERY)

    async def _drop(self) -> None:
        try:
            if gone := await self._store.drop_raws(time.time() - self._keep):
                log.info("old raw messages removed", count=gone)
        except StoreDown as down:
            log.warning("old raw messages stay", reason=down.reason)


def status(state: State) -> str:
    """How it stands, in a line for `systemctl status`; confidential incidents and exercises do not show."""
    shown = [i.id for i in state.open_incidents() if not (i.confidential or i.drill)]
    broken = [name for name, health in state.health.items() if health.down]
    broken += sorted(state.unwatched | state.ailing) + (["the disk"] if state.disk_down else [])
    words = f"Open: {', '.join(shown[:MOST_SHOWN])}{' …' if len(shown) > MOST_SHOWN else ''}" if shown else "Waiting"
    return f"{words}; not working: {', '.join(broken)}" if broken else words
