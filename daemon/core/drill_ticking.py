"""Time has passed: reports of exercises that are over, and exercises that begin by themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.content import Content, Reachability
from daemon.core.drill_times import ANNOUNCED_BEFORE, LATE, intervals, office_hours, postponed, reckoned, report_due
from daemon.core.drilling import PLAIN, begin, refusal
from daemon.core.exercise import last_drill
from daemon.core.facts import Fact
from daemon.core.kinds import Kind
from daemon.core.model import Incident
from daemon.core.reachability import Reach, fates, figures, reach
from daemon.core.saying import to_operators
from daemon.core.state import State
from daemon.core.stimuli import DrillAsked


def drills(state: State, now: datetime) -> Iterator[Fact]:
    for incident in tuple(state.incidents.values()):
        if (when := report_due(state, incident)) is not None and when <= now:
            yield from _report(state, incident, now)
    for roll_call, every in intervals(state).items():
        if (following := reckoned(state, roll_call, every, now)) is not None:
            yield following
        elif state.next_drills[roll_call].when <= now:
            yield from _by_itself(state, roll_call, now)
            return  # two at once would get the same number
        else:
            yield from _announced(state, roll_call, now)


def _by_itself(state: State, roll_call: bool, now: datetime) -> Iterator[Fact]:
    """An exercise never begins unannounced, while anything is going on, or long after its time."""
    following = state.next_drills[roll_call]
    asked = DrillAsked("", state.procedure.drill.lists, roll_call=roll_call)
    if _busy(state) or not following.announced or now - following.when > LATE:
        yield postponed(state, following, now)
    elif refusal(state, asked):
        yield replace(following, when=office_hours(state, now + following.every), announced=False)
    else:
        yield from begin(state, asked, now)


def _busy(state: State) -> bool:
    return any(True for _ in state.open_incidents())


def _announced(state: State, roll_call: bool, now: datetime) -> Iterator[Fact]:
    following = state.next_drills[roll_call]
    if following.announced or following.when - ANNOUNCED_BEFORE > now:
        return
    if _busy(state):
        yield postponed(state, following, now + ANNOUNCED_BEFORE)
        return
    yield replace(following, announced=True)
    content = Content(due=following.when, count=int(roll_call), people=state.procedure.drill.lists, at=now)
    yield from to_operators(state, Kind.DRILL_SOON, now, content, managers=True, via=PLAIN)


def _report(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    found = reported(state, incident)
    yield e.DrillReported(incident.id, now, found.people, found.reached, found.answered)
    ended = incident.exercise.over if incident.exercise else None
    content = Content(
        title=incident.summary,
        at=now,
        proposed=incident.proposed,
        ended=incident.ended,
        other=incident.id,
        reason=ended or "",
        reach=found,
    )
    yield from to_operators(state, Kind.DRILL_REPORT, now, content, managers=True, via=PLAIN)


def reported(state: State, incident: Incident) -> Reachability:
    """The figures of an exercise in memory, beside those of the last one like it."""
    roll_call = incident.exercise is not None and incident.exercise.roll_call
    before = last_drill(state, roll_call)
    last = _reach(state, before.id) if before else ()
    return figures(_reach(state, incident.id), state.name, before.id if before else "", last)


def _reach(state: State, drill: str) -> tuple[Reach, ...]:
    return reach(fates(state, drill), state.timelines[drill])
