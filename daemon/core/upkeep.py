"""What the operators must know of Murphy itself, once each: a part that keeps failing, what the daily check finds."""

from collections.abc import Iterator
from datetime import datetime

from config.types import Ladder
from daemon.core.content import Content
from daemon.core.facts import Ailing, Fact, FindingsTold
from daemon.core.flapping import came_back, went_down
from daemon.core.kinds import Kind
from daemon.core.saying import to_operators
from daemon.core.state import State
from daemon.core.stimuli import Inspected, PartChanged

MOST_FINDINGS = 10

AT_LEISURE: Ladder = (("email",), ("sms",))
"""A weakness wakes nobody whom mail reaches."""


def ailing(state: State, changed: PartChanged, now: datetime) -> Iterator[Fact]:
    """Nothing where the operators know."""
    if changed.up is (changed.part not in state.ailing):
        return
    yield Ailing(changed.part, changed.up, now)
    if changed.up:
        yield from came_back(state, Kind.PART_UP, changed.part, now)
    else:
        yield from went_down(state, Kind.PART_DOWN, changed.part, changed.reason, now)


def inspected(state: State, what: Inspected, now: datetime) -> Iterator[Fact]:
    """What was gone and is back is told again."""
    known = tuple(dict.fromkeys(key for key, _ in what.found))
    if frozenset(known) != state.findings:
        yield FindingsTold(known)
    fresh = tuple(words for key, words in what.found if key not in state.findings)
    if fresh:
        content = Content(people=fresh[:MOST_FINDINGS], count=len(fresh), at=now)
        yield from to_operators(state, Kind.CHECK_FINDINGS, now, content, via=AT_LEISURE)
