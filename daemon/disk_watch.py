"""What the operators hear of the disk: damage that was found, commits that fail, and that they are durable again."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog

from daemon.core.stimuli import PartChanged, StateChanged
from daemon.state.store import Health, Store

log = structlog.get_logger()

MOST_DAMAGE = 3
"""Damages that are told one by one."""

UPKEEP = "upkeep of the state"
"""What the store does beside its commits."""

Put = Callable[..., Coroutine[Any, Any, bool]]
Start = Callable[[Coroutine[Any, Any, Any]], None]


class DiskWatch:
    """`put` takes a stimulus; `start` runs it beside, as a store that tells of its health cannot wait."""

    def __init__(self, store: Store, put: Put, start: Start) -> None:
        self._put = put
        self._start = start
        self._told = True
        self._upkeep: bool | None = None
        store.on_health(self._tell)
        self._tell_upkeep(store.health)
        if not store.health.ok:
            self._tell(store.health)
        if store.damage:
            start(put(StateChanged(up=False, reason=_shortened(store.damage), damage=True)))

    def _tell(self, health: Health) -> None:
        log.warning("the disk", ok=health.ok, reason=health.reason)
        if health.ok is not self._told:
            self._told = health.ok
            self._start(self._put(StateChanged(health.ok, health.reason)))
        self._tell_upkeep(health)

    def _tell_upkeep(self, health: Health) -> None:
        """While commits fail it is no news that what is beside them does. At the start what was told is taken back."""
        works = not health.reason
        if health.ok and works is not self._upkeep:
            self._upkeep = works
            self._start(self._put(PartChanged(UPKEEP, works, health.reason)))


def _shortened(damage: Sequence[str]) -> str:
    """For a text; the log and `murphyd state verify` have all of it."""
    log.error("the state is damaged", damage=damage)
    more = f"; {len(damage) - MOST_DAMAGE} more" if len(damage) > MOST_DAMAGE else ""
    return "; ".join(damage[:MOST_DAMAGE]) + more
