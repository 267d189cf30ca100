"""Which rung is next: given a delivery, its contact, the channels' health and the time, what to do now.

The rungs are walked in order. A rung that cannot be used (no address, barred, down, not configured) is passed
over at once; a temporary failure gets a short patience; the last rung that could still work is kept trying.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.types import Retry
from config.types import Contact, Ladder, Rung
from daemon.core.delivery import UNKNOWN, Attempt, AttemptStatus, Delivery, Ending
from daemon.core.health import Condition, Health
from daemon.core.notices import Notice, Priority

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

GIVE_UP = timedelta(hours=4)
"""After which a notice that could not be sent is no longer worth sending."""

RECEIPT_WITHIN = timedelta(minutes=10)
"""How long a text's receipt is waited for before `sent` is its last word."""

SENDING_WITHIN = timedelta(minutes=2)
"""After which an attempt without an outcome is looked at again."""

RECEIPTED = frozenset({"sms", "voice"})


@dataclass(frozen=True, slots=True)
class Send:
    """Try these (channel, address) now."""

    rung: int
    tries: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    ending: Ending
    channel: str
    at: datetime
    reason: str


Step = Send | Wait | Done


@dataclass(frozen=True, slots=True)
class Ways:
    """The channels as they are now: those configured, their health, and the addresses barred on them."""

    configured: frozenset[str]
    health: Mapping[str, Health]
    barred: Mapping[tuple[str, str], object]

    def address(self, channel: str, contact: Contact) -> str:
        """Where this channel reaches the contact; "" where it does not."""
        if channel not in self.configured:
            return ""
        if channel == "email":
            candidates: Sequence[str] = contact.emails
        elif channel in ("sms", "voice", "gsm"):
            candidates = contact.phones
        else:
            candidates = (contact.id,)
        return next((address for address in candidates if (channel, address) not in self.barred), "")

    def condition(self, channel: str, now: datetime) -> Condition:
        health = self.health.get(channel)
        return health.condition(now) if health else Condition.UP


def bypass(via: Ladder, disabled: frozenset[str]) -> Ladder:
    """The ladder for an incident that disables channels: their rungs go together with the next rung, not before it."""
    rungs: list[Rung] = []
    doubtful: Rung = ()
    for rung in via:
        if disabled.issuperset(rung):
            doubtful += rung
        else:
            rungs.append(rung + tuple(c for c in doubtful if c not in rung))
            doubtful = ()
    if doubtful:
        rungs.append(doubtful)
    return tuple(rungs)


@dataclass(frozen=True, slots=True)
class Try:
    address: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now, but it may work at `until`. A `patient` one holds the next rung back for a while."""

    until: datetime
    patient: bool


Verdict = Try | Later | None


def next_step(notice: Notice, delivery: Delivery, contact: Contact, ways: Ways, now: datetime) -> Step:
    """What to do now for this delivery, and why."""
    if out := [a for a in delivery.attempts if a.status in (AttemptStatus.SENT, AttemptStatus.DELIVERED)]:
        return _beside(notice, delivery, out, contact, ways, now)
    laters: list[Later] = []
    for number, rung in enumerate(notice.via):
        tries = [a for a in delivery.attempts if a.rung == number]
        verdicts = [(channel, _verdict(channel, tries, contact, ways, now)) for channel in rung]
        if send := tuple((channel, verdict.address) for channel, verdict in verdicts if isinstance(verdict, Try)):
            return Send(number, send, f"rung {number + 1}")
        waits = [verdict for _, verdict in verdicts if isinstance(verdict, Later)]
        patience = tries[0].at + PATIENCE[notice.priority] if tries else now
        if now < patience and any(wait.patient for wait in waits):
            return Wait(min(patience, *(wait.until for wait in waits)), "a temporary failure")
        laters += waits
    if laters and now - notice.at < GIVE_UP:
        return Wait(min(later.until for later in laters), "no channel works now")
    return Done(Ending.UNREACHED, "", now, _why(delivery))


def _verdict(channel: str, tries: Sequence[Attempt], contact: Contact, ways: Ways, now: datetime) -> Verdict:
    """What one channel of one rung can still do."""
    address = ways.address(channel, contact)
    mine = [a for a in tries if a.channel == channel]
    if not mine:
        if not address:
            return None
        if ways.condition(channel, now) is Condition.DOWN:
            return Later(ways.health[channel].until, patient=False)
        return Try(address)
    last = mine[-1]
    match last.status:
        case AttemptStatus.SENDING if last.at + SENDING_WITHIN > now:
            return Later(last.at + SENDING_WITHIN, patient=True)
        case AttemptStatus.FAILED if last.failure and last.failure.retry in (Retry.NEXT, Retry.NEVER):
            return Try(address) if address and last.failure.retry is Retry.NEVER and address != last.address else None
    if not address:
        return None
    down = last.failure is not None and last.failure.retry is Retry.DOWN
    again = (last.ended or last.at) + _pause(last, len(mine))
    if ways.condition(channel, now) is Condition.DOWN:
        again = max(again, ways.health[channel].until)
    return Try(address) if again <= now else Later(again, patient=not down)


def _pause(last: Attempt, tries: int) -> timedelta:
    pause = PAUSES[min(tries, len(PAUSES)) - 1]
    asked = last.failure.retry_after if last.failure else None
    return max(pause, asked) if asked else pause


def _beside(
    notice: Notice, delivery: Delivery, out: Sequence[Attempt], contact: Contact, ways: Ways, now: datetime
) -> Step:
    """Something is out. The channels beside it in its rung are still tried, once each; no other rung is."""
    number = out[0].rung
    tries = [a for a in delivery.attempts if a.rung == number]
    last = {a.channel: a.status for a in tries}
    unknown = [c for c in notice.via[number] if last.get(c, AttemptStatus.UNCERTAIN) in UNKNOWN]
    verdicts = [(channel, _verdict(channel, tries, contact, ways, now)) for channel in unknown]
    if send := tuple((channel, verdict.address) for channel, verdict in verdicts if isinstance(verdict, Try)):
        return Send(number, send, "beside what is out")
    waits = [v.until for channel, v in verdicts if isinstance(v, Later) and channel in last]
    if waits:
        return Wait(min(waits), "the other channel of this rung")
    if delivered := [a for a in out if a.status is AttemptStatus.DELIVERED]:
        return _done(Ending.DELIVERED, delivered[0])
    until = max((a.at + RECEIPT_WITHIN for a in out if a.channel in RECEIPTED), default=now)
    return Wait(until, "a receipt") if until > now else _done(Ending.SENT, out[0])


def _done(ending: Ending, attempt: Attempt) -> Done:
    return Done(ending, attempt.channel, attempt.ended or attempt.at, "")


def _why(delivery: Delivery) -> str:
    """Why nobody was reached, in the words of the last failure."""
    failures = [a.failure.reason for a in delivery.attempts if a.failure]
    return failures[-1] if failures else "no address on any channel of the ladder"
