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
    """`now` is a monotonic time in seconds. `most` at once are borne with, and one more after `again_every` seconds."""

    def __init__(self, now: Callable[[], float], *, most: int = REFUSALS, again_every: float = AGAIN_EVERY) -> None:
        self._now = now
        self._most = most
        self._again_every = again_every
        self._until: OrderedDict[str, float] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Whether this address is not listened to now."""
        return self._until.get(address, 0.0) - self._now() > self._most * self._again_every

    def count(self, address: str) -> None:
        """One more request of it was refused."""
        now = self._now()
        until = min(max(self._until.get(address, 0.0), now), now + self._most * self._again_every)
        self._until[address] = until + self._again_every
        self._until.move_to_end(address)
        while len(self._until) > MOST_ADDRESSES:
            self._until.popitem(last=False)


def address_of(peer: str, headers: Mapping[str, str]) -> str:
    """IPv6 by its network of 64 bits; "" for this machine itself, which is not limited.

    A proxy's word stands last: some put it into a header of its own behind the one that the caller wrote.
    """
    try:
        there = ip_address(peer)
        if there.is_loopback:
            said = [value for name, value in headers.items() if name.lower() == "x-forwarded-for"]
            if not any(said):
                return ""
            there = ip_address(said[-1].rpartition(",")[2].strip())
    except ValueError:
        return "unreadable"
    there = getattr(there, "ipv4_mapped", None) or there
    return str(there) if there.version == 4 else there.exploded[:19]
