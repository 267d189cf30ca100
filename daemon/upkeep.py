"""What Murphy does about itself: signs of life for systemd and whoever watches from outside; old messages go."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog

from config.types import Configuration
from daemon import systemd
from daemon.consumer import Consumer
from daemon.core.state import State
from daemon.heartbeat import Heart
from daemon.outbox import Outbox
from daemon.state.store import Store, StoreDown
from daemon.supervisor import Tell
from daemon.watchdog import Pulse, Watchdog, feed_every
from daemon.ways import Ways

log = structlog.get_logger()

LOOK_EVERY = 15.0
"""Seconds between two looks at everything that must move on, where systemd asks for no sign."""

SWEEP_EVERY = 24 * 3600.0
MOST_SHOWN = 5

DECIDES_WITHIN = 60.0
"""Seconds for the consumer to finish something: three commits that fail."""

SENDS_WITHIN = 300.0
"""Seconds for the outbox to begin or settle something while there is work: three attempts that hang to the last."""

TICKS_WITHIN = 90.0
"""Seconds between two wake-ups of the clock; one is due every 15."""

READS_WITHIN = 900.0
"""Seconds for a watcher to go round once: its longest wait is 4 minutes, and each of its steps has a deadline."""


def pulses(
    consumer: Consumer, outbox: Outbox, ticks: Callable[[], float], watchers: Mapping[str, Callable[[], float]]
) -> dict[str, Pulse]:
    """Of everything that must move on."""
    return {
        "consumer": Pulse(lambda: not consumer.idle, lambda: consumer.concluded, DECIDES_WITHIN),
        "outbox": Pulse(lambda: not outbox.idle, lambda: outbox.moved, SENDS_WITHIN),
        "clock": Pulse(lambda: True, ticks, TICKS_WITHIN),
        **{name: Pulse(lambda: True, beats, READS_WITHIN) for name, beats in watchers.items()},
    }


class Upkeep:
    """`parts` are its tasks by name, to be supervised. `ticks` are the clock's signs of life."""

    def __init__(
        self,
        configuration: Configuration,
        state: State,
        store: Store,
        consumer: Consumer,
        outbox: Outbox,
        ways: Ways,
        ticks: Callable[[], float],
        tell: Tell,
    ) -> None:
        self._state = state
        self._store = store
        self._channels = ways.out
        self._keep_raw = configuration.settings.state.keep_raw
        self._said = ""
        self._dog = Watchdog(pulses(consumer, outbox, ticks, ways.beats), self._alive, feed_every() or LOOK_EVERY)
        self.parts: dict[str, Callable[[], Awaitable[None]]] = {"watchdog": self._dog.run, "sweep": self._sweep}
        if configuration.settings.heartbeat:
            self.parts["heart"] = Heart(configuration.settings.heartbeat, self.well, tell).run

    def well(self) -> bool:
        """Whether everything moves on, what is decided is written down, and somebody can be reached.

        Whoever watches from outside must hear of what the operators could not be told.
        """
        tried = [health for name in self._channels if (health := self._state.health.get(name))]
        reaches = not tried or any(not health.down for health in tried)
        return self._dog.well() and self._store.health.ok and reaches

    def _alive(self) -> None:
        systemd.alive()
        if (words := status(self._state)) != self._said:
            self._said = words
            systemd.status(words)

    async def _sweep(self) -> None:
        """Messages as they came in are kept for a time; what was understood of them stays."""
        while True:
            try:
                if gone := await self._store.drop_raws(time.time() - self._keep_raw.total_seconds()):
                    log.info("old raw messages removed", count=gone)
            except StoreDown as down:
                log.warning("old raw messages stay", reason=down.reason)
            await asyncio.sleep(SWEEP_EVERY)


def status(state: State) -> str:
    """How it stands, in a line for `systemctl status`; confidential incidents and exercises do not show."""
    shown = [i.id for i in state.open_incidents() if not (i.confidential or i.drill)]
    broken = [name for name, health in state.health.items() if health.down]
    broken += sorted(state.unwatched | state.ailing) + (["the disk"] if state.disk_down else [])
    words = f"Open: {', '.join(shown[:MOST_SHOWN])}{' …' if len(shown) > MOST_SHOWN else ''}" if shown else "Waiting"
    return f"{words}; not working: {', '.join(broken)}" if broken else words
