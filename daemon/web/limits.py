"""Whoever keeps sending what is refused is not listened to for a while; what is signed and in order is never counted.

By address: the other side's, or behind a proxy on this machine the one that the proxy saw.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from ipaddress import ip_address

REFUSALS = 30
"""So many at once are borne with."""

AGAIN_EVERY = 2.0
"""Seconds after which one more is."""

MOST_ADDRESSES = 10_000


class Refusals:
    """`now` is a monotonic time in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._until: OrderedDict[str, float] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Whether this address is not listened to now."""
        return self._until.get(address, 0.0) - self._now() > REFUSALS * AGAIN_EVERY

    def count(self, address: str) -> None:
        """One more request of it was refused."""
        now = self._now()
        self._until[address] = min(max(self._until.get(address, 0.0), now), now + REFUSALS * AGAIN_EVERY) + AGAIN_EVERY
        self._until.move_to_end(address)
        while len(self._until) > MOST_ADDRESSES:
            self._until.popitem(last=False)


def address_of(peer: str, headers: Mapping[str, str]) -> str:
    """IPv6 by its network of 64 bits; "" for this machine itself, which is not limited."""
    try:
        there = ip_address(peer)
        if there.is_loopback:
            forwarded = headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            if not forwarded:
                return ""
            there = ip_address(forwarded)
    except ValueError:
        return "unreadable"
    return str(there) if there.version == 4 else there.exploded[:19]
