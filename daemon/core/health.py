"""The state of each channel: up, suspect, down. A circuit breaker, fed by its attempts and by canaries.

A channel that says that it is down, that has one fault of its own after the other, or that asks for a long pause is
passed over for a pause that doubles; then it is suspect, and one attempt at a time tries it. What works makes it up
again. A channel that takes what is sent to ourselves and loses it is down until something is known to have arrived.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from channels.types import Failure, Outcome, Result, Retry

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=5)

FAULTS = 3
"""So many faults of the channel's own in a row, and it is down."""

REFUSALS = 20
"""So many in a row that were too many for it, each after the pauses that it asked for, and it is down."""

LONG_PAUSE = timedelta(seconds=15)
"""A channel that asks to be left alone for so long is passed over meanwhile."""

ITS_OWN = frozenset({"timeout", "lost", "garbage", "busy", "408", "500", "502", "503", "504"})
"""Failures for which no single recipient can be the reason: by code, or by the class of what the channel raised."""

MAIL_SYSTEM = "4.3."
"""So is trouble of a relay's own (RFC 3463 section 3.4)."""

TOO_MANY = frozenset({"429", "20429", "rate"})
"""The channel did not take it, and asks to be slower."""


class Condition(StrEnum):
    UP = "up"
    SUSPECT = "suspect"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Health:
    """`since` is when it went down or came up; while down it is not tried before `until`.

    `faults` counts those in a row since it last worked. `lost` is when the canary was sent that did not come back,
    None where the last did. `good` is when the last one that came back was sent, and `took` how long that was.
    """

    down: bool
    since: datetime
    until: datetime
    pause: timedelta
    reason: str = ""
    faults: int = 0
    lost: datetime | None = None
    good: datetime | None = None
    took: timedelta | None = None
    by_receipt: bool = False
    """It is down by a receipt, after it had taken the message: that it takes another one shows nothing."""

    def condition(self, now: datetime) -> Condition:
        if not self.down:
            return Condition.UP
        return Condition.DOWN if self.lost or now < self.until else Condition.SUSPECT


def observe(health: Health | None, outcome: Outcome, now: datetime) -> Health:
    """The channel's health after one more outcome; the same one where it shows nothing new."""
    failure = outcome.failure
    if outcome.result is Result.DELIVERED or (failure is None and outcome.result is Result.SENT):
        return _worked(health, outcome.result is Result.DELIVERED, now)
    if failure is None:
        return health or _up(now)
    if failure.retry is Retry.DOWN:
        after = _failed(health, failure, now)
        return replace(after, by_receipt=True) if outcome.ref and not after.by_receipt else after
    if failure.code in TOO_MANY and (failure.retry_after or timedelta(0)) >= LONG_PAUSE:
        return _failed(health, failure, now)
    before = health or _up(now)
    if not _its_own(failure) and failure.code not in TOO_MANY and outcome.result is not Result.UNCERTAIN:
        return before
    if before.down:
        return before if now < before.until else _failed(before, failure, now)
    if before.faults + 1 < (REFUSALS if failure.code in TOO_MANY else FAULTS):
        return replace(before, faults=before.faults + 1)
    return _failed(before, failure, now)


def _its_own(failure: Failure) -> bool:
    return failure.code in ITS_OWN or failure.code.partition(" ")[2].startswith(MAIL_SYSTEM)


def came_back(health: Health | None, sent: datetime, took: timedelta, now: datetime) -> Health:
    """A canary arrived."""
    before = health or _up(now)
    if not before.down or (before.lost and sent < before.lost):
        return replace(before, good=sent, took=took)
    return replace(_up(now), good=sent, took=took)


def lost(health: Health | None, sent: datetime, reason: str, now: datetime) -> Health:
    """A canary sent at `sent` did not come back in time."""
    before = health or _up(now)
    since = before.since if before.down else now
    return replace(before, down=True, since=since, until=now, reason=reason, lost=sent)


def _up(now: datetime) -> Health:
    return Health(down=False, since=now, until=now, pause=FIRST_PAUSE)


def _worked(health: Health | None, delivered: bool, now: datetime) -> Health:
    """What was only taken over says nothing of a channel that loses what it takes."""
    if health is None:
        return _up(now)
    if health.down and (delivered or not (health.lost or health.by_receipt)):
        return replace(_up(now), good=health.good, took=health.took)
    return replace(health, faults=0) if health.faults and not health.down else health


def _failed(health: Health | None, failure: Failure, now: datetime) -> Health:
    """Down for as long as the channel asks, or for a pause that doubles from try to try."""
    before = health or _up(now)
    asked = min(failure.retry_after or timedelta(0), LONGEST_PAUSE) if failure.code in TOO_MANY else timedelta(0)
    if not before.down:
        until = now + max(FIRST_PAUSE, asked)
        return replace(before, down=True, since=now, until=until, pause=FIRST_PAUSE, reason=failure.reason, faults=0)
    if before.lost or now < before.until:
        return before
    pause = min(before.pause * 2, LONGEST_PAUSE)
    return replace(before, until=now + max(pause, asked), pause=pause, reason=failure.reason)
