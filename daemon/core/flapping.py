"""The operators hear that something is down, and that it works again. What comes and goes is not told each time.

From its third time within a day on they hear that it works only once it has for an hour, and nothing until then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from daemon.core.content import Content
from daemon.core.heard import OFTEN, UPS, Heard, What
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.saying import to_operators
from daemon.core.state import State

WITHIN = timedelta(days=1)
CALM = timedelta(hours=1)
COMES_AND_GOES = "it comes and goes, and you hear of it again once it has worked for an hour"


def went_down(state: State, kind: Kind, name: str, reason: str, now: datetime) -> Iterator[Notice]:
    """Nothing where they think that it is down."""
    heard = state.heard.get((UPS[kind], name), Heard())
    if heard.down:
        return
    if _flaps(Heard(True, (*heard.times, now)[-OFTEN:]), now):
        reason = "; ".join(filter(None, (reason, COMES_AND_GOES)))
    yield from to_operators(state, kind, now, Content(source=name, reason=reason, at=now))


def came_back(state: State, kind: Kind, name: str, now: datetime) -> Iterator[Notice]:
    if not _flaps(state.heard.get((kind, name), Heard()), now):
        yield from to_operators(state, kind, now, Content(source=name, at=now))


def calmed_down(state: State, now: datetime) -> Iterator[Notice]:
    """What was kept from them, once it has worked for long enough."""
    for what, heard in tuple(state.heard.items()):
        since = _works_since(state, what) if heard.down else None
        if since is not None and now - since >= CALM:
            yield from to_operators(state, what[0], now, Content(source=what[1], at=since))


def _flaps(heard: Heard, now: datetime) -> bool:
    return len(heard.times) == OFTEN and now - heard.times[0] < WITHIN


def _works_since(state: State, what: What) -> datetime | None:
    """None while it does not."""
    kind, name = what
    if kind is Kind.CHANNEL_UP:
        health = state.health.get(name)
        return health.since if health and not health.down else None
    if kind is Kind.STATE_UP:
        down = state.disk_down
    else:
        down = name in (state.unwatched if kind is Kind.SOURCE_UP else state.ailing)
    return None if down else state.back.get(what, state.heard[what].times[-1])
