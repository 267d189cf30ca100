"""Duty calendars: the last good copy is kept, and the operators are told once when it cannot be renewed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core.content import Content
from daemon.core.facts import Fact, Rostered
from daemon.core.flapping import CALM
from daemon.core.kinds import Kind
from daemon.core.saying import to_operators
from daemon.core.state import State
from daemon.core.stimuli import DutyRead


def read_duty(state: State, found: DutyRead, now: datetime) -> Iterator[Fact]:
    """What a calendar says is kept; when it cannot be read the last copy counts, and the operators hear of it once.

    They are not told that it can be read again, so that they know of one that comes and goes.
    """
    known = state.rosters.get(found.list)
    if found.shifts is not None:
        if known is None or known.stale or known.shifts != found.shifts:
            before = known.back if known else None
            yield Rostered(found.list, now, found.shifts, back=now if known and known.stale else before)
        return
    if known is None or not known.stale:
        yield replace(known, stale=True) if known else Rostered(found.list, None, (), stale=True)
        if known and known.back and now - known.back < CALM:
            return
        content = Content(name=found.list, reason=found.reason, at=known.read if known else None)
        yield from to_operators(state, Kind.DUTY_STALE, now, content)
