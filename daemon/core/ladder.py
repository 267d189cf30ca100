"""Which rung is next: given a delivery, its contact, the channels' health and the time, what to do now, and why.

The rungs are walked in order. A rung that cannot be used is passed over at once; a temporary failure gets a short
patience; the last rung that could still work is kept trying. An urgent notice does not rest on a text without a
receipt, on a call that nobody answered by key or verb, or on a mail beside a text that failed: it goes on to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.types import Contact, Ladder, Rung
from daemon.core.delivery import Attempt, AttemptStatus, Delivery, Ending
from daemon.core.notices import Notice
from daemon.core.tried import OUT, RECEIPTED, UNREACHABLE, URGENT, Out, Tried, View, code_of
from daemon.core.usable import PHONES, Later, Never, Spare, Try, Ways, quiet_until, untried

__all__ = ["Done", "Send", "Step", "Wait", "Ways", "bypass", "next_step"]

GIVE_UP = timedelta(hours=4)
"""After which a notice that could not be sent is no longer worth sending; quiet hours do not count."""


MOST_RETRIES = 3
"""Of a text to an unreachable handset, once something else is out."""


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


def next_step(notice: Notice, delivery: Delivery, contact: Contact, ways: Ways, now: datetime) -> Step:
    """What to do now for this delivery, and why."""
    if _plain(notice, delivery.attempts):
        return _done(Ending.SENT, delivery.attempts[0])
    step = _Walk(notice, delivery.attempts, contact, ways, now).step()
    if now - notice.at < GIVE_UP or isinstance(step, Done):
        return step
    out = [a for a in delivery.attempts if a.status in OUT]
    if out:
        return step if isinstance(step, Wait) else _done(Ending.SENT, out[0])
    over = quiet_until(ways.quiet, contact.timezone, notice.at) if ways.quiet and notice.audience else None
    if over and now - over < GIVE_UP:
        return step
    return Done(Ending.UNREACHED, "", now, _why(delivery.attempts) or "too old to be of use")


def _plain(notice: Notice, attempts: Sequence[Attempt]) -> bool:
    """What nearly every delivery of a broadcast comes to: out at the first try, and no more is waited for.

    A walk comes to the same; it takes ten times as long.
    """
    if len(attempts) != 1 or notice.priority in URGENT:
        return False
    only = attempts[0]
    alone = notice.via[only.rung] == (only.channel,)
    return only.status is AttemptStatus.SENT and only.channel not in RECEIPTED and alone


class _Walk:
    """One walk over the rungs. `reached` is the last rung of which something is out, -1 for none."""

    __slots__ = (
        "attempts",
        "contact",
        "notice",
        "now",
        "passed",
        "pending",
        "reached",
        "spares",
        "urgent",
        "ways",
    )

    def __init__(
        self, notice: Notice, attempts: Sequence[Attempt], contact: Contact, ways: Ways, now: datetime
    ) -> None:
        self.notice, self.attempts, self.contact, self.ways, self.now = notice, attempts, contact, ways, now
        self.urgent = notice.priority in URGENT
        self.reached = _reached(attempts)
        self.pending: list[tuple[datetime, str]] = []
        self.spares: list[tuple[int, str, str, str]] = []
        self.passed: list[str] = []

    @property
    def tried(self) -> Tried:
        return Tried(self.notice, self.contact, self.ways, self.now, self.reached)

    def step(self) -> Step:
        for number, rung in enumerate(self.notice.via):
            if number < self.reached:
                found = self._behind(number)
            else:
                views = self._views(number, rung)
                found = self._rung(number, views)
            if found is not None:
                return found
        return self._end()

    def _end(self) -> Step:
        """No rung is left to be started."""
        if self.reached < 0 and self.spares:
            number, channel, address, why = self.spares[0]
            return Send(number, ((channel, address),), f"no other way, though {why}")
        if self.pending:
            until, why = min(self.pending)
            return Wait(until, why)
        if self.reached >= 0:
            return _done(Ending.SENT, next(a for a in self.attempts if a.status in OUT))
        return Done(Ending.UNREACHED, "", self.now, _why(self.attempts) or "no address on any channel of the ladder")

    def _rung(self, number: int, views: Sequence[tuple[str, View]]) -> Step | None:
        """What is to be done by this rung; None to go on to the next."""
        outs = [view for _, view in views if isinstance(view, Out)]
        if send := tuple((c, v.address) for c, v in views if isinstance(v, Try) and (not outs or self._beside(v))):
            return Send(number, send, self._reason(number, outs))
        if not outs:
            held = [v.hold for _, v in views if isinstance(v, Later) and v.hold and v.hold > self.now]
            laters = [(v.until, v.why) for _, v in views if isinstance(v, Later)]
            if held:
                hold = max(held)
                return Wait(*min((hold, "a temporary failure"), *laters))
            self.pending += laters
            for channel, view in views:
                if isinstance(view, Spare):
                    self.spares.append((number, channel, view.address, view.why))
                if isinstance(view, Later | Spare | Never):
                    self.passed.append(view.why)
            return None
        waits = [v for _, v in views if isinstance(v, Later) and v.hold and v.hold > self.now]
        rest = [(min(v.until, v.hold or v.until), v.why) for v in waits]
        if delivered := [out.attempt for out in outs if out.attempt.status is AttemptStatus.DELIVERED]:
            return Wait(*min(rest)) if rest else _done(Ending.DELIVERED, delivered[0])
        awaited = [(out.awaited, "a receipt") for out in outs if out.awaited]
        if not self.urgent or self._enough(views, outs):
            if rest:
                return Wait(*min(rest))
            return Wait(*max(awaited)) if awaited else _done(Ending.SENT, outs[0].attempt)
        if holds := [(out.hold, "a receipt") for out in outs if out.hold] + rest:
            return Wait(*min(holds + awaited))
        self.pending += awaited + [(v.until, v.why) for _, v in views if isinstance(v, Later) and v.beside]
        self.passed.append("no receipt")
        return None

    def _enough(self, views: Sequence[tuple[str, View]], outs: Sequence[Out]) -> bool:
        """Where the rung has phones in it, a mail alone does not wake anybody."""
        phones = [out for channel, out in views if isinstance(out, Out) and channel in PHONES]
        if any(channel in PHONES for channel, _ in views):
            return any(out.enough for out in phones)
        return any(out.enough for out in outs)

    def _beside(self, view: Try) -> bool:
        """What failed is tried again beside what is out only for a moment, and only where it is urgent."""
        return view.until is None or (self.urgent and self.now < view.until)

    def _behind(self, number: int) -> Step | None:
        """A rung after which another has been started: a second call, an unreachable handset, or a late receipt."""
        if not self.urgent:
            return None
        for channel in dict.fromkeys(a.channel for a in self.attempts if a.rung == number):
            mine = [a for a in self.attempts if a.rung == number and a.channel == channel]
            again = code_of(mine[-1]) == UNREACHABLE and len(mine) <= MOST_RETRIES
            if not again and channel != "voice" and mine[-1].status is not AttemptStatus.SENT:
                continue
            match self.tried.view(channel, mine):
                case Try(address):
                    return Send(number, ((channel, address),), "once more beside the next rung")
                case Later(until, why):
                    self.pending.append((until, why))
                case Out(_, _, awaited) if awaited:
                    self.pending.append((awaited, "a receipt"))
                case _:
                    pass
        return None

    def _reason(self, number: int, outs: Sequence[Out]) -> str:
        if outs:
            return "beside what is out"
        return "; ".join(dict.fromkeys(self.passed)) if self.passed else f"rung {number + 1}"

    def _views(self, number: int, rung: Rung) -> list[tuple[str, View]]:
        if not self.attempts:
            return [(c, untried(c, self.contact, self.ways, self.now, urgent=self.urgent)) for c in rung]
        views: list[tuple[str, View]] = []
        for channel in (*rung, *self._called_beside(number)):
            mine = [a for a in self.attempts if a.rung == number and a.channel == channel]
            views.append(
                (channel, self.tried.view(channel, mine))
                if mine
                else (channel, untried(channel, self.contact, self.ways, self.now, urgent=self.urgent))
            )
        return views

    def _called_beside(self, number: int) -> Rung:
        """A handset that cannot be reached by text is called at once, where no rung does so anyway."""
        if not self.urgent or any("voice" in each for each in self.notice.via):
            return ()
        unreachable = any(a.rung == number and code_of(a) == UNREACHABLE for a in self.attempts)
        return ("voice",) if unreachable else ()


def _reached(attempts: Sequence[Attempt]) -> int:
    if not attempts:
        return -1
    delivered = [a.rung for a in attempts if a.status is AttemptStatus.DELIVERED and a.channel != "voice"]
    if delivered:
        return min(delivered)
    return max((a.rung for a in attempts if a.status in OUT), default=-1)


def _done(ending: Ending, attempt: Attempt) -> Done:
    return Done(ending, attempt.channel, attempt.ended or attempt.at, "")


def _why(attempts: Sequence[Attempt]) -> str:
    """Why nobody was reached, in the words of the last failure."""
    failures = [a.failure.reason for a in attempts if a.failure]
    return failures[-1] if failures else ""
