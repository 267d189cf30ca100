"""How each way out and in stands, with its last canary."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.core.health import Condition
from daemon.core.state import State


@dataclass(frozen=True, slots=True)
class Way:
    """`state` is up, suspect, down or starting. `good` is when the last canary that came back was sent, `took` how long
    it was; `lost` is when one was sent that did not."""

    name: str
    state: str
    since: datetime | None = None
    why: str = ""
    good: datetime | None = None
    took: timedelta | None = None
    lost: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`channels` are the names of the ways out, `up` the ways in as they are watched, `why` what they say of it."""

    state: State
    channels: Iterable[str]
    sources: Iterable[str]
    up: Mapping[str, bool]
    why: Mapping[str, str]
    disk: Callable[[], bool]

    def out(self, now: datetime) -> Iterator[Way]:
        """Configured ones, and relays of which only a canary tells."""
        for name in dict.fromkeys((*self.channels, *self.state.health)):
            health = self.state.health.get(name)
            if health is None:
                yield Way(name, Condition.UP.value)
            else:
                why = health.reason if health.down else ""
                condition = health.condition(now).value
                yield Way(name, condition, health.since, why, health.good, health.took, health.lost)

    def into(self) -> Iterator[Way]:
        for name in self.sources:
            up = self.up.get(name)
            yield Way(name, "starting" if up is None else "up" if up else "down", why=self.why.get(name, ""))

    def troubles(self) -> Iterator[str]:
        """What of Murphy itself does not work, in words."""
        if not self.disk():
            yield "The disk fails: what is decided now is held in memory only."
        for part in sorted(self.state.ailing):
            yield f"A part of Murphy keeps failing: {part}."
