"""Who of a list is called first: who is on duty, by a weekly rota or a calendar, then the others in their order.

Turns of a rota change at the same time by the clock on the wall all year, in the organization's zone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from config.types import Duty
from daemon.core.state import State

WEEK = timedelta(days=7)

A_MONDAY = datetime(1970, 1, 5)
"""When the first of a rota without a beginning was on duty."""


def calling_order(state: State, name: str, now: datetime) -> tuple[str, ...]:
    """The contacts of a list in the order in which they are called now."""
    people = state.configuration.people.on(name)
    first = (who for duty in state.procedure.duties if duty.list == name for who in on_duty(state, duty, now))
    return tuple(dict.fromkeys((*(who for who in first if who in people), *people)))


def on_duty(state: State, duty: Duty, now: datetime) -> Iterator[str]:
    """Those on duty now, by the calendar and by the rota."""
    if duty.calendar and (rostered := state.rosters.get(duty.list)):
        yield from (shift.contact for shift in rostered.shifts if shift.start <= now < shift.end)
    if duty.rota and (turn := turns_since(state, duty, now)) >= 0:
        who = state.configuration.people.by_email.get(duty.rota[turn % len(duty.rota)].lower())
        yield from (who,) if who else ()


def turns_since(state: State, duty: Duty, now: datetime) -> int:
    """How many turns of a week have ended since the rota began; negative before it begins."""
    zone = ZoneInfo(state.configuration.settings.organization.timezone)
    starts = duty.starts or A_MONDAY
    starts = starts.astimezone(zone).replace(tzinfo=None) if starts.tzinfo else starts
    turn = (now.astimezone(zone).replace(tzinfo=None) - starts) // WEEK
    # In the hour that clocks repeat or skip, the wall shows another time than the turn's.
    if (starts + (turn + 1) * WEEK).replace(tzinfo=zone).astimezone(UTC) <= now:
        return turn + 1
    return turn - 1 if (starts + turn * WEEK).replace(tzinfo=zone).astimezone(UTC) > now else turn
