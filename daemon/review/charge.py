"""Who was in charge from when until when, and how each became it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.model import OPEN
from daemon.review.stretches import walk

HOW = {
    e.Accepted: "accepted",
    e.Reopened: "reopened it",
    e.Taken: "took charge",
    e.HandedOver: "took over, by a handover",
}


@dataclass(frozen=True, slots=True)
class Charge:
    """`who` is a contact id; "" while it was open, accepted, and nobody was in charge. `until` is None for still."""

    who: str
    how: str
    since: datetime
    until: datetime | None


def charges(events: Sequence[e.Event]) -> tuple[Charge, ...]:
    found: list[Charge] = []
    for event, incident in walk(events):
        if type(event) in HOW:
            if found and found[-1].until is None:
                found[-1] = replace(found[-1], until=event.at)
            found.append(Charge(incident.manager, HOW[type(event)], event.at, None))
        if incident.status not in OPEN and found and found[-1].until is None:
            found[-1] = replace(found[-1], until=event.at)
    return tuple(found)
