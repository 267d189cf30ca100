"""How fast a channel may be used, by real time: so many a second, and none while its provider asks for a pause."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from config.types import Settings


@dataclass(slots=True)
class Rate:
    """`per_second` 0 is for no limit. At most one second's worth goes at once."""

    per_second: float = 0.0
    _free_at: float = 0.0
    _paused_until: float = 0.0

    def wait(self) -> float:
        """Seconds until the next may go; 0 for now."""
        now = asyncio.get_running_loop().time()
        busy = 0.0
        if self.per_second:
            each = 1 / self.per_second
            busy = self._free_at - (max(1.0, each) - each) - now
        return max(busy, self._paused_until - now, 0.0)

    def start(self) -> None:
        """One goes now."""
        if self.per_second:
            self._free_at = max(self._free_at, asyncio.get_running_loop().time()) + 1 / self.per_second

    def pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)


def rates(settings: Settings) -> Mapping[str, float]:
    """Messages a second that each channel may send; a channel that is not here has no limit.

    Email goes by the first relay as long as it works, so its limit is that relay's.
    """
    found = {
        "email": settings.relays[0].per_minute / 60 if settings.relays else 0.0,
        "sms": float(settings.twilio.per_second) if settings.twilio else 0.0,
        "gsm": settings.gsm.per_minute / 60 if settings.gsm else 0.0,
    }
    return {channel: rate for channel, rate in found.items() if rate}
