"""An incident's timeline in words, for one viewer: what concerns an incident that they may not see is not in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from daemon.commands.timeline import said
from daemon.core import events as e
from daemon.core.model import Incident
from daemon.core.state import State

WEIGHTY: tuple[type, ...] = (
    e.Proposed, e.Accepted, e.Rejected, e.Withdrawn, e.Downgraded, e.Updated, e.Resolved, e.Reopened, e.Taken,
    e.HandedOver, e.DrillBegun, e.DrillEnded,
)  # fmt: skip
"""What changes how it stands, or what everybody is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`place` is its number in the timeline."""

    place: int
    at: datetime
    words: str
    weighty: bool


def entries(
    state: State, incident: Incident, sees: Callable[[Incident], bool], clock: Callable[[datetime], str]
) -> Iterator[Entry]:
    """The newest first."""
    timeline = state.timelines[incident.id]
    for place in range(len(timeline) - 1, -1, -1):
        event = timeline[place]
        number = getattr(event, "other", "")
        other = state.incidents.get(number)
        if not number or (other and sees(other)):
            yield Entry(place, event.at, said(event, state.name, clock), isinstance(event, WEIGHTY))
