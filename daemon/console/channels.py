"""CHANNELS at the console: how each way out and in stands now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from daemon.clock import Clock
from daemon.console.requests import Request, Values
from daemon.core.health import Condition, Health
from daemon.core.saying import CONSOLE
from daemon.core.state import State
from daemon.inbox import Inbox
from daemon.state.store import Store
from daemon.ways import Ways


class Channels:
    """The handler `channels`; it takes no values."""

    def __init__(self, state: State, ways: Ways, inbox: Inbox, store: Store, clock: Clock) -> None:
        self._state = state
        self._ways = ways
        self._inbox = inbox
        self._store = store
        self._clock = clock

    async def report(self, _: Request) -> Values:
        now = self._clock.now()
        health = self._state.health
        relays = self._ways.mail.relays if self._ways.mail else ()
        disk = self._store.health
        return {
            "running": True,
            "channels": [standing(name, health.get(name), now) for name in self._ways.channels if name != CONSOLE],
            "relays": [
                {
                    "name": relay.name,
                    "state": relay.state.value,
                    "why": relay.failure.reason if relay.failure else "",
                    "connections": relay.open_sessions,
                }
                for relay in relays
            ],
            "sources": [
                {"name": name, "state": _watched(self._inbox.up.get(name)), "why": self._inbox.why.get(name, "")}
                for name in self._ways.sources
            ],
            "disk": {"state": "up" if disk.ok else "down", "why": disk.reason},
        }


def standing(name: str, health: Health | None, now: datetime) -> Mapping[str, Any]:
    """One channel, with times in UTC; a channel of which nothing is known yet is up."""
    if health is None:
        return {"name": name, "state": Condition.UP.value, "since": "", "why": "", "next_try": "", "canary": None}
    condition = health.condition(now)
    waits = condition is Condition.DOWN and not health.lost
    return {
        "name": name,
        "state": condition.value,
        "since": health.since.isoformat(),
        "why": health.reason if health.down else "",
        "next_try": health.until.isoformat() if waits else "",
        "canary": canary(health),
    }


def canary(health: Health) -> Mapping[str, Any] | None:
    """The last one that came back: when it was sent, and its round trip in seconds; `lost` is when one was that did
    not."""
    if health.good is None and health.lost is None:
        return None
    took = (health.took or timedelta(0)).total_seconds() if health.good else None
    return {
        "sent": health.good.isoformat() if health.good else "",
        "seconds": took,
        "lost": health.lost.isoformat() if health.lost else "",
    }


def _watched(up: bool | None) -> str:
    return "starting" if up is None else "up" if up else "down"
