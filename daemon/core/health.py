"""The state of each channel, from the outcomes of its attempts: up, suspect, down.

A channel that says it is down is passed over for a pause that doubles; then it is suspect, and one attempt
that works makes it up again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from channels.types import Outcome, Result, Retry

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=5)


class Condition(StrEnum):
    UP = "up"
    SUSPECT = "suspect"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Health:
    """`since` is when it went down or came up; while down it is not tried before `until`."""

    down: bool
    since: datetime
    until: datetime
    pause: timedelta
    reason: str = ""

    def condition(self, now: datetime) -> Condition:
        if not self.down:
            return Condition.UP
        return Condition.DOWN if now < self.until else Condition.SUSPECT


def observe(health: Health | None, outcome: Outcome, now: datetime) -> Health:
    """The channel's health after one more outcome."""
    if outcome.failure is None or outcome.failure.retry is not Retry.DOWN:
        if health is not None and not health.down:
            return health
        worked = outcome.result in (Result.SENT, Result.DELIVERED)
        if health is not None and not worked:
            return health
        return Health(down=False, since=now, until=now, pause=FIRST_PAUSE)
    if health is None or not health.down:
        return Health(True, now, now + FIRST_PAUSE, FIRST_PAUSE, outcome.failure.reason)
    if now < health.until:
        return health
    pause = min(health.pause * 2, LONGEST_PAUSE)
    return Health(True, health.since, now + pause, pause, outcome.failure.reason)
