"""What falls due outside of an exercise itself: its report, and the next one by itself, announced the day before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from daemon.core.exercise import real_one
from daemon.core.facts import NextDrill
from daemon.core.model import OPEN, Incident
from daemon.core.state import State
from daemon.core.stimuli import DrillAsked

SETTLED_AFTER = timedelta(minutes=5)
"""Mail that comes back has come back by then."""

REPORT_WITHIN = timedelta(minutes=30)
"""After the end; deliveries that have not ended by then are none of the report's."""

ANNOUNCED_BEFORE = timedelta(days=1)

LATE = timedelta(hours=1)
"""Murphy was away: an exercise begins on time or on another day."""

FIRST, LAST = time(10), time(15)
FRIDAY = 4
"""Exercises begin by themselves on Monday to Thursday, in the organization's office hours."""


def report_due(state: State, incident: Incident) -> datetime | None:
    """When the report of an exercise that is over is due: not while something real is going on."""
    if incident.exercise is None or incident.exercise.reported or incident.status in OPEN or incident.ended is None:
        return None
    if real_one(state) is not None:
        return None
    under_way = any(notice.incident == incident.id for notice in state.unfinished())
    return incident.ended + (REPORT_WITHIN if under_way else SETTLED_AFTER)


def intervals(state: State) -> dict[bool, timedelta]:
    """How often an exercise, and a roll call (True), begins by itself."""
    rules = state.procedure.drill
    every = {False: rules.every, True: rules.roll_call_every}
    return {roll_call: often for roll_call, often in every.items() if often is not None}


def wakes(state: State) -> Iterator[datetime]:
    """When the clock must wake the core for any of this."""
    for incident in state.incidents.values():
        if (when := report_due(state, incident)) is not None:
            yield when
    for roll_call in intervals(state):
        if (following := state.next_drills.get(roll_call)) is not None:
            yield following.when if following.announced else following.when - ANNOUNCED_BEFORE


def next_drill(state: State, begun: DrillAsked, now: datetime) -> Iterator[NextDrill]:
    """One begins now: where all take part who should, the next comes an interval later."""
    every = intervals(state).get(begun.roll_call)
    lists = state.procedure.drill.lists
    if every and (not begun.lists or (lists and set(lists) <= set(begun.lists))):
        yield NextDrill(begun.roll_call, office_hours(state, now + every), every)


def reckoned(state: State, roll_call: bool, every: timedelta, now: datetime) -> NextDrill | None:
    """The next one, where the interval is new or has changed: counted from the last one, or from now."""
    known = state.next_drills.get(roll_call)
    if known is not None and known.every == every:
        return None
    since = known.when - known.every if known else now
    return NextDrill(roll_call, office_hours(state, max(since + every, now + ANNOUNCED_BEFORE)), every)


def postponed(state: State, following: NextDrill, now: datetime) -> NextDrill:
    """Another day, announced again."""
    return replace(following, when=office_hours(state, now + ANNOUNCED_BEFORE), announced=False)


def office_hours(state: State, when: datetime) -> datetime:
    """This moment, or the next at which an exercise may begin by itself."""
    local = when.astimezone(_zone(state))
    while not (local.weekday() < FRIDAY and FIRST <= local.time() < LAST):
        tomorrow = local + timedelta(days=local.time() >= FIRST)
        local = tomorrow.replace(hour=FIRST.hour, minute=0, second=0, microsecond=0)
    return local.astimezone(UTC)


def _zone(state: State) -> tzinfo:
    try:
        return ZoneInfo(state.configuration.settings.organization.timezone)
    except (ValueError, LookupError, OSError):
        return UTC
