"""What attempts, receipts and canaries show of a channel: the operators hear of a change.

When a channel goes down, what was only sent on it since its last good canary is said again by the next rung.
"""

from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta

from channels.types import Outcome
from config.types import Ladder
from daemon.core import health as breaker
from daemon.core.delivery import AttemptStatus
from daemon.core.facts import Fact, HealthChanged
from daemon.core.flapping import came_back, went_down
from daemon.core.health import Health
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import CanaryBack, CanaryLost, Observed

LONGEST_DOUBT = timedelta(hours=1)
"""Older notices are not said again: whoever needed them has asked, or has heard more."""

ANSWERED = frozenset({Kind.STATUS, Kind.HELP, Kind.NOT_UNDERSTOOD, Kind.DID_YOU_MEAN, Kind.WHICH_INCIDENT})
"""Whoever waits for one of these asks again."""


def observed(
    state: State, health: MutableMapping[str, Health], channel: str, outcome: Outcome, now: datetime
) -> Iterator[Fact]:
    """What one outcome says of its channel; `health` is kept up to date."""
    before = health.get(channel)
    after = breaker.observe(before, outcome, now)
    if after is not before:
        health[channel] = after
        yield from _changed(state, channel, before, after, now)


def shown(state: State, what: CanaryBack | CanaryLost | Observed, now: datetime) -> Iterator[Fact]:
    """What became of a message to ourselves."""
    before = state.health.get(what.channel)
    match what:
        case CanaryBack(channel, sent, took):
            yield from _changed(state, channel, before, breaker.came_back(before, sent, took, now), now)
        case CanaryLost(channel, sent, reason):
            yield from _changed(state, channel, before, breaker.lost(before, sent, reason, now), now)
        case Observed(channel, outcome):
            yield from observed(state, dict(state.health), channel, outcome, now)


def _changed(state: State, channel: str, before: Health | None, after: Health, now: datetime) -> Iterator[Fact]:
    """The new health; what was in doubt goes before what the operators are told."""
    yield HealthChanged(channel, after)
    if after.down == (before.down if before else False):
        return
    if after.down:
        yield from _again(state, channel, after, now)
        kind = Kind.CANARY_LOST if after.lost else Kind.CHANNEL_DOWN
        yield from went_down(state, kind, channel, after.reason, now)
    else:
        yield from came_back(state, Kind.CHANNEL_UP, channel, now)


def _again(state: State, channel: str, health: Health, now: datetime) -> Iterator[Notice]:
    """Of each open incident the newest word to each person, where it was only sent on this channel since then.

    Without a canary, a channel that says that it is down has lost nothing that it took before, as far as anybody knows.
    """
    if health.good is None and health.lost is None:
        return
    since = max(health.good or now - LONGEST_DOUBT, now - LONGEST_DOUBT)
    open_ = {incident.id for incident in state.open_incidents()}
    newer: dict[tuple[str, str], set[str]] = {}
    for notice in reversed(state.notices.values()):
        if notice.at < since:
            break
        if notice.incident not in open_:
            continue
        heard = newer.setdefault((notice.incident, "audience" if notice.audience else notice.kind), set())
        via = _after(notice.via, channel)
        if via and notice.kind not in ANSWERED and (notice.id not in state.stopped or notice.audience):
            doubtful = tuple(who for who in _only_sent(state, notice, channel) if who not in heard)
            if doubtful:
                content = replace(notice.content, again=True)
                yield replace(notice, id=0, at=now, recipients=doubtful, via=via, content=content)
        heard.update(notice.recipients)


def _after(via: Ladder, channel: str) -> Ladder:
    """The rungs after the one with this channel, without it."""
    place = next((number for number, rung in enumerate(via) if channel in rung), len(via))
    rungs = (tuple(c for c in rung if c != channel) for rung in via[place + 1 :])
    return tuple(rung for rung in rungs if rung)


def _only_sent(state: State, notice: Notice, channel: str) -> Iterator[str]:
    """Whose delivery ended as sent on this channel, or waits for a receipt from it."""
    yield from state.tallies[notice.id].sent_by(channel)
    for who, delivery in state.deliveries.get(notice.id, {}).items():
        out = [a for a in delivery.attempts if a.status in (AttemptStatus.SENT, AttemptStatus.DELIVERED)]
        if out and all(a.channel == channel and a.status is AttemptStatus.SENT for a in out):
            yield who
