"""What falls due in an incident, and when. The deadlines are in the state: a restart loses none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from daemon.core import review_times
from daemon.core.climbing import PROPOSER_TOLD_AFTER, decided_by_clock, rung_due
from daemon.core.drill_times import wakes
from daemon.core.drilling import ends_at
from daemon.core.exercise import scoped
from daemon.core.model import Incident, SeatStatus, Status
from daemon.core.state import State


class Due(StrEnum):
    """In the order in which they are done when several are due at once."""

    EXERCISE = "exercise"
    UNDECIDED = "undecided"
    RUNG = "rung"
    TELL_PROPOSER = "tell-proposer"
    ANSWER = "answer"
    HANDOVER = "handover"
    TAKE = "take"
    PREVIEW = "preview"
    UPDATE = "update"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`audience` is set for a reminder and an update."""

    when: datetime
    due: Due
    audience: str = ""


def deadlines(state: State, incident: Incident) -> Iterator[Deadline]:
    """Everything that will fall due if nothing else happens."""
    state = scoped(state, incident)
    if (when := ends_at(state, incident)) is not None:
        yield Deadline(when, Due.EXERCISE)
    if incident.exercise is not None and incident.exercise.roll_call:
        return
    if incident.status is Status.PROPOSED:
        if (when := decided_by_clock(state, incident)) is not None:
            yield Deadline(when, Due.UNDECIDED)
        if (when := rung_due(state, incident)) is not None:
            yield Deadline(when, Due.RUNG)
        if not incident.proposer_told and incident.asks:
            yield Deadline(incident.proposed + PROPOSER_TOLD_AFTER, Due.TELL_PROPOSER)
    if incident.status is Status.ACCEPTED:
        for seat in incident.team:
            if seat.status is SeatStatus.ASKED:
                yield Deadline(seat.until, Due.ANSWER)
        if incident.handover is not None:
            yield Deadline(incident.handover.until, Due.HANDOVER)
        if incident.taken_at is not None:
            yield Deadline(incident.taken_at, Due.TAKE)
        if incident.preview:
            yield Deadline(incident.preview.when, Due.PREVIEW)
        else:
            yield from _promised(state, incident)


def _promised(state: State, incident: Incident) -> Iterator[Deadline]:
    """Of the updates; while words wait to go out there is nobody to be reminded."""
    before = state.procedure.update.remind_before
    for audience, promise in incident.promises.items():
        yield Deadline(promise.due, Due.UPDATE, audience)
        if not promise.reminded and promise.due - before > promise.last:
            yield Deadline(promise.due - before, Due.REMINDER, audience)


def next_deadline(state: State) -> datetime | None:
    """When the clock must wake the core next."""
    due = (when for incident in state.open_incidents() for when in _moments(state, incident))
    return min(chain(due, wakes(state), review_times.wakes(state)), default=None)


def _moments(state: State, incident: Incident) -> Iterable[datetime]:
    """None where they cannot be reckoned."""
    try:
        return [deadline.when for deadline in deadlines(state, incident)]
    except Exception:  # it must not stop the clock of the others; its tick fails too, and that is told
        return ()
