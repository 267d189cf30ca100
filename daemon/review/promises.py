"""Updates against their promise: for each audience when the next word was due, when it came, and whose it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from daemon.core import events as e
from daemon.core.kinds import Kind
from daemon.core.model import OPEN, Incident
from daemon.review.stretches import stretches, walk

ON_TIME = timedelta(minutes=1)
"""So much later still counts as on time."""


class Met(StrEnum):
    """What became of a promise."""

    WORD = "word"
    """Somebody's words, or the all-clear, went out by then."""
    LATE = "late"
    """They went out after it."""
    HOLDING = "holding"
    """Missed: nobody wrote, and a holding update stood in."""
    NOTHING = "nothing"
    """Missed: nobody wrote, and nothing was sent in its place."""
    LAPSED = "lapsed"
    """Nobody hears at this audience's interval any more."""
    ENDED = "ended"
    """It ended before, without a notice to this audience."""
    OPEN = "open"
    """It is not due yet."""


MISSED = frozenset({Met.HOLDING, Met.NOTHING})


@dataclass(frozen=True, slots=True)
class Due:
    """One promise: made at `made`, for `due` (as last changed by EVERY); `came` is when what met it was handed over."""

    audience: str
    made: datetime
    due: datetime
    came: datetime | None
    met: Met


@dataclass(frozen=True, slots=True)
class Pace:
    """How an audience heard, over all stretches.

    `promised` is the shortest interval ever promised. `median` and `longest` are between two notices to it in the same
    stretch, whoever wrote them; None where it had fewer than two. `missed` counts the promises met by a holding update
    or by nothing, `late` those met late.
    """

    audience: str
    promised: timedelta | None
    told: int
    median: timedelta | None
    longest: timedelta | None
    kept: int
    late: int
    missed: int


def dues(events: Sequence[e.Event]) -> tuple[Due, ...]:
    """In the order in which they were made; what an incident promises is read from its fold."""
    found: list[Due] = []
    waiting: dict[str, int] = {}
    incident: Incident | None = None
    for event, incident in walk(events):
        for audience in tuple(waiting):
            promise, place = incident.promises.get(audience), waiting[audience]
            if promise is None or promise.last != found[place].made:
                found[place] = replace(found[place], came=event.at, met=_met(found[place], event))
                del waiting[audience]
            elif promise.due != found[place].due:
                found[place] = replace(found[place], due=promise.due)
        for audience, promise in incident.promises.items():
            if audience not in waiting:
                waiting[audience] = len(found)
                found.append(Due(audience, promise.last, promise.due, None, Met.OPEN))
    if incident is not None and incident.status not in OPEN:
        for place in waiting.values():
            found[place] = replace(found[place], came=incident.ended, met=Met.ENDED)
    return tuple(found)


def _met(due: Due, event: e.Event) -> Met:
    match event:
        case e.Told(kind=Kind.HOLDING):
            return Met.HOLDING
        case e.Told(at=at):
            return Met.WORD if at <= due.due + ON_TIME else Met.LATE
        case e.Missed():
            return Met.NOTHING
        case e.Lapsed():
            return Met.LAPSED
        case _:
            return Met.ENDED


def paces(events: Sequence[e.Event]) -> tuple[Pace, ...]:
    """Of each audience that was told, in the order in which they first were."""
    owed = dues(events)
    told: dict[str, list[datetime]] = {}
    gaps: dict[str, list[float]] = {}
    for stretch in stretches(events):
        inside: dict[str, list[datetime]] = {}
        for event in stretch.events:
            if isinstance(event, e.Told) and event.at not in inside.setdefault(event.audience, []):
                inside[event.audience].append(event.at)
        for audience, moments in inside.items():
            told.setdefault(audience, []).extend(moments)
            gaps.setdefault(audience, []).extend((b - a).total_seconds() for a, b in pairwise(moments) if b > a)
    return tuple(
        _pace(name, len(moments), gaps[name], [o for o in owed if o.audience == name]) for name, moments in told.items()
    )


def _pace(audience: str, told: int, gaps: Sequence[float], owed: Sequence[Due]) -> Pace:
    return Pace(
        audience,
        min((due.due - due.made for due in owed), default=None),
        told,
        timedelta(seconds=median(gaps)) if gaps else None,
        timedelta(seconds=max(gaps)) if gaps else None,
        kept=sum(due.met is Met.WORD for due in owed),
        late=sum(due.met is Met.LATE for due in owed),
        missed=sum(due.met in MISSED for due in owed),
    )
