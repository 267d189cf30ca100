"""Names to connected sockets, also while DNS is down: the last good addresses of a server are kept.

A lookup runs in a thread of its own: a resolver that hangs holds up neither the loop, nor the disk, nor the exit.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Mapping
from ipaddress import ip_address

from aiohappyeyeballs import start_connection
from aiohappyeyeballs.types import AddrInfoType

PATIENCE = 1.0
"""Seconds a lookup may take before the last good addresses are used instead."""

MOST = 200
"""Names whose addresses are kept: more than a configuration has, for a server may send us on to ever other ones."""


class Resolver:
    """`known` are last good addresses by name, from an earlier run; `addresses` gives them back, to be kept.

    `on_change` is told the name and the addresses when they are other ones than before; none, when a name is forgotten.
    """

    def __init__(self, known: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.on_change: Callable[[str, tuple[str, ...]], None] = lambda _host, _found: None
        self._known = dict(known or {})
        self._lookups: dict[str, asyncio.Future[tuple[str, ...]]] = {}

    @property
    def addresses(self) -> Mapping[str, tuple[str, ...]]:
        return self._known

    async def connect(self, host: str, port: int) -> socket.socket:
        """A connected non-blocking socket, IPv4 and IPv6 tried side by side (RFC 8305). Raises OSError."""
        found = [_info(address, port) for address in await self.resolve(host)]
        return await start_connection(found, happy_eyeballs_delay=0.25, interleave=1)

    async def resolve(self, host: str) -> tuple[str, ...]:
        """The addresses of a name, in the order to be tried; the last good ones where DNS is down. Raises OSError."""
        if _is_address(host):
            return (host,)
        lookup = self._lookups.get(host)
        if lookup is None:
            lookup = self._lookups[host] = self._start(host)
        known = self._known.get(host)
        try:
            async with asyncio.timeout(PATIENCE if known else None):
                return await asyncio.shield(lookup)
        except (OSError, TimeoutError):
            if known is None:
                raise
            return known

    def _start(self, host: str) -> asyncio.Future[tuple[str, ...]]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[tuple[str, ...]] = loop.create_future()

        def settle(found: tuple[str, ...] | OSError) -> None:
            self._lookups.pop(host, None)
            if isinstance(found, OSError):
                done.set_exception(found)
                done.exception()
            else:
                changed = set(found) != set(self._known.pop(host, ()))
                self._known[host] = found
                done.set_result(found)
                if changed:
                    self.on_change(host, found)
                while len(self._known) > MOST:
                    oldest = next(iter(self._known))
                    del self._known[oldest]
                    self.on_change(oldest, ())

        def look_up() -> None:
            found: tuple[str, ...] | OSError
            try:
                rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
                found = tuple(dict.fromkeys(str(row[4][0]) for row in rows))
            except (OSError, UnicodeError) as error:
                found = error if isinstance(error, OSError) else OSError(str(error))
            try:
                loop.call_soon_threadsafe(settle, found)
            except RuntimeError:
                return

        threading.Thread(target=look_up, name=f"lookup of {host}", daemon=True).start()
        return done


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _info(address: str, port: int) -> AddrInfoType:
    if ip_address(address).version == 6:
        return (socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))
