"""What one channel of a rung has come to once it was tried, and what it can still do: again, later, or no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.types import Failure, Retry
from config.types import Contact
from daemon.core.delivery import UNKNOWN, Attempt, AttemptStatus
from daemon.core.health import TOO_MANY
from daemon.core.kinds import Kind
from daemon.core.notices import Notice, Priority
from daemon.core.usable import Later, Never, Spare, Try, Ways, untried

OUT = frozenset({AttemptStatus.SENT, AttemptStatus.DELIVERED})

URGENT = frozenset({Priority.DECISION, Priority.PAGE})

PATIENCE: Mapping[Priority, timedelta] = {
    Priority.DECISION: timedelta(seconds=15),
    Priority.PAGE: timedelta(seconds=15),
    Priority.MANAGEMENT: timedelta(minutes=1),
    Priority.STAKEHOLDERS: timedelta(minutes=1),
}
"""How long one rung is tried again after a temporary failure while another rung is left."""

PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=10),
    timedelta(seconds=20),
    timedelta(minutes=1),
    timedelta(minutes=5),
)
"""Between tries on one rung; the last one repeats."""

RECEIPT_WITHIN = timedelta(minutes=10)
"""How long a text's receipt is waited for before `sent` is its last word."""

SENDING_WITHIN = timedelta(minutes=2)
"""After which an attempt without an outcome is looked at again."""

CALL_AGAIN = timedelta(seconds=90)
"""From the first call to the second: phones that do not disturb let the same caller through within three minutes."""

RECEIPTED = frozenset({"sms", "voice"})

UNREACHABLE = "30003"
"""Twilio: the handset is off or out of range. It is tried again, and called or mailed at once beside that."""

FILTERED = "30007"
"""Twilio: the carrier takes it for spam. Once more, in fewer words and without a link."""

UNANSWERED = frozenset({"busy", "no-answer"})


@dataclass(frozen=True, slots=True)
class Out:
    """It is out. Its receipt may come until `awaited`; the next rung of an urgent notice is held back till `hold`.

    `enough` is whether an urgent notice may rest on it.
    """

    attempt: Attempt
    enough: bool
    awaited: datetime | None = None
    hold: datetime | None = None


View = Try | Later | Spare | Never | Out
"""What one channel of one rung has come to, and can still do."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One delivery as it stands. `reached` is the last rung of which something is out, -1 for none."""

    notice: Notice
    contact: Contact
    ways: Ways
    now: datetime
    reached: int

    @property
    def urgent(self) -> bool:
        return self.notice.priority in URGENT

    def view(self, channel: str, mine: Sequence[Attempt]) -> View:
        """What a channel that has been tried in its rung has come to."""
        last = mine[-1]
        if self.urgent and channel == "voice" and (view := self._called(mine)):
            return view
        match last.status:
            case AttemptStatus.DELIVERED:
                return Out(last, enough=channel != "voice")
            case AttemptStatus.SENT:
                return self._sent(channel, mine)
            case AttemptStatus.SENDING if last.at + SENDING_WITHIN > self.now:
                over = last.at + SENDING_WITHIN
                hold = over if self.reached >= 0 else last.at + PATIENCE[self.notice.priority]
                return Later(over, "it is being sent", hold)
        return self._again(channel, mine)

    def _sent(self, channel: str, mine: Sequence[Attempt]) -> Out:
        last = mine[-1]
        if channel not in RECEIPTED:
            return Out(last, enough=True)
        awaited = last.at + RECEIPT_WITHIN
        hold = (mine[0] if channel == "voice" else last).at + self.ways.receipt_within
        return Out(last, False, awaited if awaited > self.now else None, hold if hold > self.now else None)

    def _called(self, mine: Sequence[Attempt]) -> View | None:
        """An urgent call comes twice, whether the first was picked up or not; neither is an answer.

        Who picked up one into the conference has been in it.
        """
        last = mine[-1]
        if last.status is AttemptStatus.SENT and self.notice.kind is Kind.BRIDGE_CALL:
            return None
        unanswered = code_of(last) in UNANSWERED
        if last.status is not AttemptStatus.SENT and not unanswered:
            return None
        first, *more = (a for a in mine if a.status is AttemptStatus.SENT or code_of(a) in UNANSWERED)
        if more:
            return Never("called twice") if unanswered else None
        again = first.at + CALL_AGAIN
        address = self.ways.address("voice", self.contact, self.now)
        if again <= self.now:
            usable = untried("voice", self.contact, self.ways, self.now, urgent=True)
            return usable if isinstance(usable, Try) else None if last.status is AttemptStatus.SENT else usable
        if unanswered:
            return Later(again, "a second call") if address else Never("not answered")
        return Out(last, False, again, max(again, first.at + self.ways.receipt_within))

    def _again(self, channel: str, mine: Sequence[Attempt]) -> View:
        """One that failed, or of which nobody knows, is tried again where that can help.

        The next rung waits for that only where it comes soon. Too many at once: it has waited for its turn before.
        """
        last = mine[-1]
        failure = last.failure
        address = self.ways.address(channel, self.contact, self.now)
        if last.status is AttemptStatus.FAILED and failure and failure.retry in (Retry.NEXT, Retry.NEVER):
            if failure.retry is Retry.NEVER and address and address != last.address:
                return Try(address)
            if failure.code == FILTERED and address and sum(code_of(a) == FILTERED for a in mine) < 2:
                return Try(address)
            return Never(failure.reason)
        if not address:
            return Never(failure.reason if failure else "no address any more")
        again = (last.ended or last.at) + _pause(failure, len(mine))
        health = self.ways.health.get(channel)
        down = health is not None and health.down
        if health and down:
            again = max(again, health.until)
        patience = mine[0].at + PATIENCE[self.notice.priority]
        unknown = last.status in UNKNOWN
        if again <= self.now:
            usable = untried(channel, self.contact, self.ways, self.now, urgent=self.urgent)
            return Try(usable.address, None if unknown else patience) if isinstance(usable, Try) else usable
        why = failure.reason if failure else "nobody knows whether it went"
        if self.reached >= 0 and unknown and not self.urgent:
            return Later(again, why, max(again, patience))
        no_use = failure is not None and (failure.retry is Retry.DOWN or failure.code in (*TOO_MANY, UNREACHABLE))
        held = again <= patience and not (down or no_use)
        hold = patience if held and (self.reached < 0 or self.urgent) else None
        return Later(again, why, hold, beside=self.urgent and again < patience)


def code_of(attempt: Attempt) -> str:
    return attempt.failure.code if attempt.failure and attempt.status is AttemptStatus.FAILED else ""


def _pause(failure: Failure | None, tries: int) -> timedelta:
    pause = PAUSES[min(tries, len(PAUSES)) - 1]
    asked = failure.retry_after if failure else None
    return max(pause, asked) if asked else pause
