"""Reads each duty calendar as the daemon will, and looks whether anybody is on duty."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from channels.resolver import Resolver
from config.files import PROCEDURE
from config.types import Configuration, Duty
from daemon.checking.trying import Broken, Tried, Try
from daemon.clock import SystemClock
from daemon.core.stimuli import DutyRead
from daemon.duty import DutyCalendars

WEEK = timedelta(days=7)


def of(configuration: Configuration, resolver: Resolver, *, offline: bool) -> Iterator[Try]:
    """With `offline` only those that are files."""
    for duty in configuration.procedure.duties:
        if duty.calendar and not (offline and "://" in duty.calendar):
            run = partial(_calendar, configuration, duty, resolver)
            cure = "correct the path or address, or the calendar; meanwhile the list's order counts"
            yield Try(f"calendar of {duty.list}", f"duty.{duty.list}.calendar", run, cure, file=PROCEDURE)


async def _calendar(configuration: Configuration, duty: Duty, resolver: Resolver) -> Tried:
    read: list[DutyRead] = []

    async def put(found: DutyRead) -> bool:
        read.append(found)
        return True

    clock = SystemClock()
    alone = replace(configuration, procedure=replace(configuration.procedure, duties=(duty,)))
    await DutyCalendars(alone, clock, put, resolver=resolver).read()
    (found,) = read
    if found.shifts is None:
        raise Broken(found.reason)
    now = clock.now()
    coming = [shift for shift in found.shifts if shift.end > now and shift.start < now + WEEK]
    if not coming:
        problem = "has nobody on duty in the coming week"
        return Tried(problem, weak=(("expired-rota", problem, "write it on, or leave the calendar out"),))
    first = configuration.people.contacts[coming[0].contact].name
    since = "now" if coming[0].start <= now else f"from {coming[0].start:%Y-%m-%d %H:%M} UTC"
    return Tried(f"{first} is on duty {since}")
