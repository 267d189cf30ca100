"""A command that acts: by the running daemon, else committed for its next start."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from daemon.commands.place import Place
from daemon.console.client import NoDaemon, ask
from daemon.console.left import leave
from daemon.console.requests import Refusal, Values
from daemon.state.store import StateLocked, StoreDown

STARTS_WITHIN = 15.0
"""Seconds for a daemon that has the state and does not listen yet, as while it reads it."""


def act(place: Place, values: Values, *, within: float = STARTS_WITHIN) -> dict[str, Any] | None:
    """What the daemon answers; None where there is none, and the request waits for its next start.

    `within` are seconds for a daemon that starts.

    Raises Refusal, StateDamaged, OSError.
    """
    until = time.monotonic() + within
    while True:
        try:
            return ask(place.state, values)
        except NoDaemon:
            pass
        try:
            asyncio.run(leave(place.state, values, datetime.now(UTC)))
            return None
        except StateLocked as locked:
            if time.monotonic() > until:
                raise Refusal(f"{locked}, and does not listen at its console; its log may say why") from None
        except StoreDown as down:
            raise Refusal(f"no daemon runs, and it cannot be written down for one: {down}") from None
        time.sleep(0.2)
