"""How long it took: to decide, to the first notice, to a whole team, to the all-clear; beside target and past.

All times are those in the timeline: when Murphy took the message in, or handed the notice to its channels. How long
a notice then took to arrive is the delivery's (daemon/review/delivery.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from config.types import Targets
from daemon.core import events as e
from daemon.core.model import Incident, SeatStatus
from daemon.review.stretches import Stretch, stretches, walk


class Measure(StrEnum):
    """What is measured, each within one stretch of the incident (daemon/review/stretches.py).

    A stretch starts with `Proposed`, with `MadeNew` (it was no part of another one after all), or, brought back, with
    `Reopened` or an `Accepted` after `Rejected`.
    """

    DECIDE = "decide"
    """From `Proposed` or `MadeNew` to the first `Accepted` or `Rejected`, also by the clock (`by` is "").

    A stretch that was brought back has none: bringing it back was the decision.
    """
    FIRST_NOTICE = "first-notice"
    """From the stretch's start to the first `Told`: when the first notice to an audience was handed to the channels."""
    TEAM = "team"
    """From the stretch's `Accepted` or `Reopened` to when nobody was missing any more.

    That is the first event after which at least one discipline is called, and each one called has as many engineers
    who joined (or whom the manager released) as it needs. People called by name do not count.
    """
    RESOLVE = "resolve"
    """From the stretch's start to `Resolved`."""


@dataclass(frozen=True, slots=True)
class Took:
    """One measure in one stretch: `span`, or None with the reason in `why`.

    `running` while the stretch is open and it has not come to that: `span` is what it has taken so far.
    """

    measure: Measure
    span: timedelta | None
    why: str = ""
    running: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure beside its target, None where there is none, and the median of the last incidents.

    `before` is over the first stretches of those of the last incidents that have it; `of` is how many these are.
    """

    took: Took
    target: timedelta | None
    before: timedelta | None
    of: int

    @property
    def over(self) -> bool:
        """Whether it took longer than its target."""
        return self.target is not None and self.took.span is not None and self.took.span > self.target


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one stretch."""

    stretch: Stretch
    figures: tuple[Figure, ...]

    def of(self, measure: Measure) -> Figure:
        return next(figure for figure in self.figures if figure.took.measure is measure)


def measured(
    events: Sequence[e.Event],
    past: Sequence[Sequence[e.Event]],
    needs: Mapping[str, int],
    targets: Targets,
    now: datetime,
) -> tuple[Measured, ...]:
    """Of each stretch, in order; `needs` is how many engineers each discipline needs (1 where it is not known)."""
    target = {
        Measure.DECIDE: targets.decide,
        Measure.FIRST_NOTICE: targets.first_notice,
        Measure.TEAM: targets.team,
        Measure.RESOLVE: targets.resolve,
    }
    before = _past(past, needs, now)
    return tuple(
        Measured(
            stretch,
            tuple(
                Figure(one, target[one.measure], _median(before[one.measure]), len(before[one.measure])) for one in took
            ),
        )
        for stretch, took in took_in(events, needs, now)
    )


def _past(past: Sequence[Sequence[e.Event]], needs: Mapping[str, int], now: datetime) -> dict[Measure, list[timedelta]]:
    found: dict[Measure, list[timedelta]] = {measure: [] for measure in Measure}
    for events in past:
        for _, took in took_in(events, needs, now)[:1]:
            for one in took:
                if one.span is not None and not one.running:
                    found[one.measure].append(one.span)
    return found


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None


def took_in(
    events: Sequence[e.Event], needs: Mapping[str, int], now: datetime
) -> tuple[tuple[Stretch, tuple[Took, ...]], ...]:
    """What each stretch of one incident took, in order."""
    whole = {id(event) for event, incident in walk(events) if _whole(incident, needs)}
    return tuple((stretch, tuple(_took(stretch, whole, now))) for stretch in stretches(events))


def _took(stretch: Stretch, whole: set[int], now: datetime) -> Iterator[Took]:
    start, inside = stretch.start, stretch.events
    decided = _first(inside, e.Accepted, e.Rejected)
    if stretch.again:
        yield Took(Measure.DECIDE, None, "it was brought back by a decision")
    else:
        yield _span(Measure.DECIDE, stretch, start, decided, "nobody decided", now)
    yield _span(Measure.FIRST_NOTICE, stretch, start, _first(inside, e.Told), "no audience was told", now)
    began = _first(inside, e.Accepted, e.Reopened)
    if began is None:
        yield Took(Measure.TEAM, None, "it was not accepted")
    elif not any(_called(event) or id(event) in whole for event in inside):
        yield Took(Measure.TEAM, None, "no discipline was called")
    else:
        after = inside[inside.index(began) :]
        there = next((event for event in after if id(event) in whole), None)
        yield _span(Measure.TEAM, stretch, began, there, "the team was never whole", now)
    resolved = stretch.end if isinstance(stretch.end, e.Resolved) else None
    yield _span(Measure.RESOLVE, stretch, start, resolved, "it ended without an all-clear", now)


def _span(measure: Measure, stretch: Stretch, start: e.Event, end: e.Event | None, why: str, now: datetime) -> Took:
    if end is None:
        return Took(measure, None, why) if stretch.end else Took(measure, max(now - start.at, timedelta()), why, True)
    if end.at < start.at:
        return Took(measure, None, "the clock was set back meanwhile")
    return Took(measure, end.at - start.at)


def _first(events: Sequence[e.Event], *kinds: type[e.Event]) -> e.Event | None:
    return next((event for event in events if isinstance(event, kinds)), None)


def _called(event: e.Event) -> bool:
    """Whether it asks for engineers of a discipline; brought back, those called before are paged again."""
    return isinstance(event, e.TeamCalled) or (isinstance(event, e.Paged) and bool(event.discipline))


def _whole(incident: Incident, needs: Mapping[str, int]) -> bool:
    there = (SeatStatus.JOINED, SeatStatus.RELEASED)
    filled = [seat.discipline for seat in incident.team if seat.status in there]
    return bool(incident.needed) and all(filled.count(name) >= needs.get(name, 1) for name in incident.needed)
