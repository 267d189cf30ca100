"""How fast a channel may be used, by real time: so many a second, and none while its provider asks for a pause."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from config.types import Settings

Pace = Callable[[], float]
"""Messages a second, as of now; 0 is for no limit."""


def unlimited() -> float:
    return 0.0


@dataclass(slots=True)
class Rate:
    """At most one second's worth goes at once."""

    pace: Pace = unlimited
    _free_at: float = 0.0
    _paused_until: float = 0.0

    def wait(self) -> float:
        """Seconds until the next may go; 0 for now."""
        per_second = self.pace()
        if not per_second and not self._paused_until:
            return 0.0
        now = monotonic()
        each = 1 / per_second if per_second else 0.0
        busy = self._free_at - (max(1.0, each) - each) - now if per_second else 0.0
        return max(busy, self._paused_until - now, 0.0)

    def start(self) -> None:
        """One goes now."""
        if per_second := self.pace():
            self._free_at = max(self._free_at, monotonic()) + 1 / per_second

    def pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, monotonic() + seconds)


def rates(settings: Settings, relay: Callable[[], str]) -> Mapping[str, Pace]:
    """How fast each channel may send; email at the pace of `relay`, by which the next mail goes."""
    mails = {one.name: one.per_minute / 60 for one in settings.relays}
    texts = float(settings.twilio.per_second) if settings.twilio else 0.0
    modem = settings.gsm.per_minute / 60 if settings.gsm else 0.0
    email: Pace = (lambda: mails.get(relay(), 0.0)) if any(mails.values()) else unlimited
    return {"email": email, "sms": lambda: texts, "gsm": lambda: modem}
