"""When a review's people meet, and when they are reminded: of their answers, of closing it, of their actions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from config.types import Review as Rules
from daemon.core.authority import deciders
from daemon.core.model import Action, Incident, Review
from daemon.core.state import State
from daemon.core.transitions import AGREED

AHEAD = timedelta(hours=1)
"""Nobody is invited to a meeting that begins sooner."""

HALF_HOUR = 30

DAY = timedelta(days=1)

MORNING = time(8)
"""When the owner of an action is reminded, where they live."""

EVENING = time(20)

OFTEN = 7
"""So many reminders of what is overdue come one after another; then one in the time of as many."""

LONGEST = timedelta(days=365)

LONGEST_SEARCH = 14
"""Days that are looked at, either way."""


def meets(rules: Rules, zone: ZoneInfo, now: datetime, due: datetime) -> datetime:
    """The last half hour before `due` at which a working day has room for the meeting; else the first after it."""
    last = due.astimezone(zone).date()
    for back in range(min(LONGEST_SEARCH, (last - now.astimezone(zone).date()).days) + 1):
        start, end = _room(rules, zone, last - back * DAY)
        found = min(_half_hour(due.astimezone(zone)), end)
        if _works(last - back * DAY) and max(start, now + AHEAD) <= found:
            return found.astimezone(UTC)
    for on in range(LONGEST_SEARCH):
        start, end = _room(rules, zone, last + on * DAY)
        found = max(start, _half_hour((now + AHEAD).astimezone(zone)) + timedelta(minutes=HALF_HOUR))
        if _works(last + on * DAY) and found <= end:
            return found.astimezone(UTC)
    return due


def _works(day: date) -> bool:
    return day.weekday() < 5


def _room(rules: Rules, zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    """From when until when the meeting can begin."""
    first, last = (datetime.combine(day, each, zone) for each in rules.hours)
    return first, max(first, last - rules.lasts)


def _half_hour(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // HALF_HOUR * HALF_HOUR, second=0, microsecond=0)


def awaited(state: State, review: Review) -> tuple[str, ...]:
    """Those on file who have not answered."""
    contacts = state.configuration.people.contacts
    return tuple(who for who in review.people if who in contacts and who not in review.answered)


def review_wakes(state: State, review: Review) -> datetime | None:
    """When somebody is to be reminded next: until it is due those who have not answered, then its owner.

    Never at night: some have no mail, and get a text.
    """
    if review.closed is not None:
        return None
    last = review.reminded or review.opened
    every = state.procedure.review.remind_every
    following = _by_day(state, last + every * (OFTEN if last >= review.due + every * OFTEN else 1))
    if last >= review.due or (following < review.due and awaited(state, review)):
        return following
    return _by_day(state, review.due)


def _by_day(state: State, when: datetime) -> datetime:
    """At once by day, where the organization is, else in the morning."""
    local = when.astimezone(zone_of(state.configuration.settings.organization.timezone, "UTC"))
    if MORNING <= local.time() < EVENING:
        return when
    day = local.date() + (DAY if local.time() >= EVENING else timedelta(0))
    return datetime.combine(day, MORNING, local.tzinfo).astimezone(UTC)


def whose(state: State, incident: Incident, action: Action) -> tuple[str, ...]:
    """Who is reminded of it: its owner, else the review's, else the managers."""
    contacts = state.configuration.people.contacts
    review = (incident.review.owner,) if incident.review else ()
    return next(((who,) for who in (action.owner, *review) if who in contacts), deciders(state, incident))


def action_wakes(state: State, action: Action) -> datetime:
    """The next morning at which its owner is reminded: the day before, the day itself, then again and again."""
    name = state.person(action.owner).timezone or state.configuration.settings.organization.timezone
    zone = zone_of(name, state.configuration.settings.organization.timezone)
    last = action.reminded or action.agreed
    step = max(1, ceil(state.procedure.review.remind_every / DAY))
    day = action.due - DAY
    while (moment := datetime.combine(day, MORNING, zone).astimezone(UTC)) <= last:
        day += DAY if day < action.due else step * DAY * (OFTEN if day >= action.due + step * OFTEN * DAY else 1)
    return moment


def zone_of(name: str, otherwise: str) -> ZoneInfo:
    """The zone of this name, else the other, else UTC."""
    for each in (name, otherwise):
        try:
            return ZoneInfo(each)
        except (ValueError, OSError, LookupError):
            continue
    return ZoneInfo("UTC")


def in_review(state: State) -> Iterator[Incident]:
    """The incidents whose review is open, or of which an action is still to be done."""
    for incident in state.incidents.values():
        if (incident.review and not incident.review.closed) or (open_actions(incident) and incident.status in AGREED):
            yield incident


def open_actions(incident: Incident) -> tuple[Action, ...]:
    return tuple(action for action in incident.actions if action.done is None)


def wakes(state: State) -> Iterator[datetime]:
    """When the clock must wake the core for a review or an action."""
    for incident in in_review(state):
        review = review_wakes(state, incident.review) if incident.review else None
        moments = (review, *(action_wakes(state, action) for action in open_actions(incident)))
        yield from (when for when in moments if when and not given_up(incident, when))


def given_up(incident: Incident, now: datetime) -> bool:
    """Whether it ended so long ago that nobody is reminded any more, and it need not stay in memory."""
    return incident.ended is not None and now - incident.ended >= LONGEST
