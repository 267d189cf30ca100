"""What the operators hear of the disk: damage that was found, commits that fail, and that they are durable again."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog

from daemon.core.stimuli import StateChanged
from daemon.state.store import Health, Store

log = structlog.get_logger()

MOST_DAMAGE = 3
"""Damages that are told one by one."""

Put = Callable[..., Coroutine[Any, Any, bool]]
Start = Callable[[Coroutine[Any, Any, Any]], None]


class DiskWatch:
    """`put` takes a stimulus; `start` runs it beside, as a store that tells of its health cannot wait."""

    def __init__(self, store: Store, put: Put, start: Start) -> None:
        self._put = put
        self._start = start
        self._told = True
        store.on_health(self._tell)
        if not store.health.ok:
            self._tell(store.health)
        if store.damage:
            start(put(StateChanged(up=False, reason=_shortened(store.damage), damage=True)))

    def _tell(self, health: Health) -> None:
        """What is only a warning goes to the log."""
        log.warning("the disk", ok=health.ok, reason=health.reason)
        if health.ok is not self._told:
            self._told = health.ok
            self._start(self._put(StateChanged(health.ok, health.reason)))


def _shortened(damage: Sequence[str]) -> str:
    """For a text; the log and `murphyd state verify` have all of it."""
    log.error("the state is damaged", damage=damage)
    more = f"; {len(damage) - MOST_DAMAGE} more" if len(damage) > MOST_DAMAGE else ""
    return "; ".join(damage[:MOST_DAMAGE]) + more
