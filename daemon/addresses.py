"""The last good addresses of our servers, kept over a restart: they are found also when DNS is down at the start.

They are a table of their own beside the facts: nothing is decided by them.
"""

from typing import Any

import structlog

from channels.resolver import Resolver
from daemon.state.store import Drop, Put, Store, StoreDown

log = structlog.get_logger()

TABLE = "addresses"


def kept_resolver(store: Store) -> Resolver:
    """A resolver that knows what was written down, and writes down what changes."""
    rows = store.table(TABLE).items()
    resolver = Resolver({host: tuple(row["addresses"]) for host, row in rows if _readable(row.get("addresses"))})

    def keep(host: str, found: tuple[str, ...]) -> None:
        try:
            change = Put(TABLE, host, {"addresses": list(found)}) if found else Drop(TABLE, host)
            store.commit([change]).add_done_callback(_looked_at)
        except StoreDown as down:
            log.warning("addresses are not written down", host=host, reason=str(down))

    resolver.on_change = keep
    return resolver


def _readable(addresses: object) -> bool:
    return isinstance(addresses, list) and bool(addresses) and all(isinstance(one, str) for one in addresses)


def _looked_at(durable: Any) -> None:
    """A disk that fails is told of by the store itself."""
    if not durable.cancelled():
        durable.exception()
