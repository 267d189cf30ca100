"""An incident's stretches: from its proposal to its end, and from each time it was brought back to the next end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from daemon import restoring
from daemon.core import events as e
from daemon.core.fold import fold, opened
from daemon.core.model import OPEN, Incident


@dataclass(frozen=True, slots=True)
class Stretch:
    """One time that it was open: from `start`, the event that opened it, to `end`, the one that ended it.

    `end` is None while it is open. `events` are those of the timeline from the first to the one before the next
    stretch's: what came after its end is in them.
    """

    start: e.Event
    end: e.Event | None
    events: tuple[e.Event, ...]

    @property
    def again(self) -> bool:
        """Whether it was brought back, by REOPEN or by ACCEPT after REJECT."""
        return isinstance(self.start, e.Reopened | e.Accepted)


def walk(events: Sequence[e.Event]) -> Sequence[tuple[e.Event, Incident]]:
    """Each event with the incident after it; what damage has made impossible is passed over."""
    return _walked(tuple(events))


@lru_cache(maxsize=1)
def _walked(events: tuple[e.Event, ...]) -> Sequence[tuple[e.Event, Incident]]:
    """Kept for the next part of the review, which asks for the same."""
    return tuple(_folded(events))


def _folded(events: tuple[e.Event, ...]) -> Iterator[tuple[e.Event, Incident]]:
    incident: Incident | None = None
    for event in events:
        if isinstance(event, e.Proposed):
            incident = opened(event)
        elif incident is None:
            continue
        else:
            try:
                incident = fold(incident, event)
            except restoring.UNUSABLE:
                continue
        yield event, incident


def stretches(events: Sequence[e.Event]) -> tuple[Stretch, ...]:
    """In order; none where damage took the proposal."""
    found: list[tuple[e.Event, e.Event | None, list[e.Event]]] = []
    was_open = False
    for event, incident in walk(events):
        is_open = incident.status in OPEN
        if is_open and not was_open:
            found.append((event, None, []))
        start, _, inside = found[-1]
        inside.append(event)
        if was_open and not is_open:
            found[-1] = (start, event, inside)
        was_open = is_open
    return tuple(Stretch(start, end, tuple(inside)) for start, end, inside in found)
