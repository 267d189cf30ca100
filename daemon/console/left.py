"""Commands typed while no daemon runs: committed to the state for its next start, which does each of them once."""

import asyncio
import uuid
from datetime import datetime
from pathlib import Path

import structlog

from config.types import OnDamage
from daemon.console.requests import Request, Values
from daemon.console.server import Console
from daemon.consumer import Consumer
from daemon.core.stimuli import Collect
from daemon.folders import as_owner
from daemon.state.store import Put, Store, open_store

log = structlog.get_logger()

TABLE = "console"


async def leave(directory: Path, values: Values, now: datetime) -> None:
    """Durable when it returns. Raises StateLocked where a daemon runs, StateDamaged, StoreDown, OSError.

    Damage is left for the daemon to find, which tells the operators of it.
    """
    await asyncio.to_thread(lambda: None)  # Python loads its threads here: the owner may not read where it lies
    with as_owner(directory):
        store = await open_store(directory, on_damage=OnDamage.STOP)
        try:
            await store.commit([Put(TABLE, uuid.uuid4().hex, {"at": now.isoformat(), "request": dict(values)})])
        finally:
            await store.close()


async def collect(store: Store, console: Console, consumer: Consumer) -> None:
    """Does what was left, in order. What is done leaves the state with the same commit; what cannot be done as well."""
    for key, row in sorted(store.table(TABLE).items(), key=lambda item: str(item[1].get("at", ""))):
        done = Collect(key)
        try:
            values = dict(row["request"])
            at = datetime.fromisoformat(row["at"])
        except (LookupError, TypeError, ValueError) as fault:
            log.error("a command left before cannot be read", fault=type(fault).__name__)
        else:
            do = str(values.pop("do", ""))
            came = await console.do(Request(do, values, f"console {key}", at, (done,)))
            log.info("a command left before", do=do, fault=came.get("fault", ""))
        await consumer.put(done)
