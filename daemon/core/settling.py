"""Outcomes, receipts and bounces: how attempts ended, which deliveries that ends, and who was not reached."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from channels.types import Failure, Outcome, Receipt, Result, Retry
from daemon.core.barring import barred, bounced
from daemon.core.delivery import (
    UNKNOWN,
    Attempt,
    AttemptStatus,
    Delivery,
    Ended,
    Ending,
    Trial,
    in_vain_by,
    refs,
    trial,
    trials,
)
from daemon.core.facts import Attempted, Barred, Fact, Finished, Opened
from daemon.core.health import Health
from daemon.core.informing import LAST_WORDS
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.ladder import Done, Ways, next_step
from daemon.core.model import DRILL, Status
from daemon.core.notices import Notice
from daemon.core.saying import CONSOLE, to_person
from daemon.core.state import State
from daemon.core.stimuli import Begun, Exhausted, Returned, Settled, Settlements
from daemon.core.team import unreached
from daemon.core.unasked import unasked
from daemon.core.watching import observed
from parsers.types import BounceKind, Verb

STATUS_OF: dict[Result, AttemptStatus] = {
    Result.SENT: AttemptStatus.SENT,
    Result.DELIVERED: AttemptStatus.DELIVERED,
    Result.FAILED: AttemptStatus.FAILED,
    Result.UNCERTAIN: AttemptStatus.UNCERTAIN,
}


def ways(state: State) -> Ways:
    """The channels as they are now."""
    return _ways(state, state.health, state.barred)


def _ways(state: State, health: Mapping[str, Health], barred: Mapping[tuple[str, str], Barred]) -> Ways:
    rules = state.procedure
    within = rules.delivery.receipt_within
    return Ways(configured(state), health, barred, rules.quiet, within, calls=state.calls)


def configured(state: State) -> frozenset[str]:
    """The channels that there are."""
    settings = state.configuration.settings
    twilio = settings.twilio
    there = {
        CONSOLE: True,
        "email": bool(settings.relays),
        "sms": twilio is not None,
        "voice": twilio is not None,
        "gsm": settings.gsm is not None,
        **{other.name: True for other in settings.others},
    }
    return frozenset(name for name, is_there in there.items() if is_there)


def begin(state: State, begun: Begun, now: datetime) -> Iterator[Fact]:
    """Attempts that must not be repeated blindly are written down before they are made."""
    for number, contact, rung, channel, address in begun.tries:
        if number in state.stopped or state.tallies[number].ended(contact):
            continue
        delivery = delivery_of(state, number, contact)
        attempt = Attempt(rung, channel, address, AttemptStatus.SENDING, now)
        before = tuple(
            replace(a, status=AttemptStatus.UNCERTAIN)
            if a.status is AttemptStatus.SENDING and (a.rung, a.channel) == (rung, channel)
            else a
            for a in delivery.attempts
        )
        yield Opened(replace(delivery, attempts=(*before, attempt)))


def delivery_of(state: State, number: int, contact: str) -> Delivery:
    return state.deliveries.get(number, {}).get(contact) or Delivery(number, contact)


def settle(state: State, batch: Settlements, now: datetime) -> Iterator[Fact]:
    """Outcomes of many attempts: health, addresses not to use again, deliveries that ended."""
    health = dict(state.health)
    bars = dict(state.barred)
    changed: dict[tuple[int, str], Delivery] = {}
    for settled in batch.settled:
        yield from observed(state, health, settled.channel, settled.outcome, now)
        failure = settled.outcome.failure
        if failure:
            yield from barred(state, bars, settled.contact, settled.channel, settled.address, failure, now)
        key = (settled.notice, settled.contact)
        tally = state.tallies.get(key[0])
        if tally is None:
            continue
        if tally.ended(key[1]) and not _stopped(state, *key):
            late = trial(state.notices[key[0]], key[1], _attempt(settled, settled.began, now))
            yield Attempted(0, key[0], (late,))
            continue
        delivery = changed.get(key) or state.deliveries.get(key[0], {}).get(key[1])
        changed[key] = _attempted(delivery, settled, now)
    yield from conclude(state, changed.values(), _ways(state, health, bars), now)


def _attempt(settled: Settled, began: datetime, now: datetime) -> Attempt:
    outcome = settled.outcome
    return Attempt(
        rung=settled.rung,
        channel=settled.channel,
        address=settled.address,
        status=STATUS_OF[outcome.result],
        at=began,
        ended=now,
        ref=outcome.ref,
        by=outcome.by,
        failure=outcome.failure,
    )


def _attempted(delivery: Delivery | None, settled: Settled, now: datetime) -> Delivery:
    """The delivery with this outcome in the place of its last attempt without one, or after the others."""
    if delivery is None:
        return Delivery(settled.notice, settled.contact, (_attempt(settled, settled.began, now),))
    attempts = list(delivery.attempts)
    for place, old in reversed(tuple(enumerate(attempts))):
        if old.status in UNKNOWN and (old.rung, old.channel) == (settled.rung, settled.channel):
            attempts[place] = _attempt(settled, old.at, now)
            break
    else:
        attempts.append(_attempt(settled, settled.began, now))
    return replace(delivery, attempts=tuple(attempts))


def _stopped(state: State, number: int, contact: str) -> bool:
    """Whether this delivery is no longer needed; what was under way then still counts as sent."""
    return number in state.stopped or state.tallies[number].stopped(contact)


def conclude(state: State, deliveries: Iterable[Delivery], now_ways: Ways, now: datetime) -> Iterator[Fact]:
    """Each delivery stays open or ends; a notice whose last delivery ended reports those not reached."""
    ended: dict[int, list[Ended]] = {}
    tried: dict[int, list[Trial]] = {}
    for delivery in deliveries:
        notice = state.notices[delivery.notice]
        step = next_step(notice, delivery, state.person(delivery.contact), now_ways, now)
        stopped = _stopped(state, notice.id, delivery.contact)
        if isinstance(step, Done) and not (stopped and step.ending is Ending.UNREACHED):
            seconds = max(0, int((step.at - notice.at).total_seconds()))
            reason = in_vain_by(delivery) if notice.incident.startswith(DRILL) else ""
            ended.setdefault(notice.id, []).append(
                Ended(
                    delivery.contact,
                    step.ending,
                    step.channel,
                    seconds,
                    reason or step.reason,
                    refs(delivery, notice.audience),
                )
            )
        elif stopped:
            out = next((a for a in delivery.attempts if a.status is AttemptStatus.SENT), None)
            if out:
                seconds = max(0, int(((out.ended or out.at) - notice.at).total_seconds()))
                sent = Ended(delivery.contact, Ending.SENT, out.channel, seconds, refs=refs(delivery, notice.audience))
                ended.setdefault(notice.id, []).append(sent)
        else:
            yield Opened(delivery)
            continue
        tried.setdefault(notice.id, []).extend(trials(notice, delivery))
    yield from (Attempted(0, number, tuple(those)) for number, those in tried.items() if those)
    in_vain: dict[str, list[str]] = {}
    for number, those in ended.items():
        notice = state.notices[number]
        yield Finished(0, number, tuple(those))
        if state.tallies[number].left <= len(those):  # else others are still waited for
            yield from _unreached(state, notice, those, now)
            if _in_vain(state, notice, those):
                yield from unasked(state, notice, now)
        if notice.kind is Kind.PAGE:
            in_vain.setdefault(notice.incident, []).extend(e.contact for e in those if e.ending is Ending.UNREACHED)
    for incident, people in in_vain.items():
        yield from unreached(state, incident, people, now)


def _in_vain(state: State, notice: Notice, ended: list[Ended]) -> bool:
    """Whether by these its last delivery has ended, and nobody was reached."""
    tally = state.tallies[notice.id]
    newly = {e.contact: e.ending for e in ended if not tally.ended(e.contact)}
    missing = tally.count(Ending.UNREACHED) + sum(how is Ending.UNREACHED for how in newly.values())
    return bool(newly) and missing == len(notice.recipients)


def _unreached(state: State, notice: Notice, ended: list[Ended], now: datetime) -> Iterator[Fact]:
    """The manager gets the people not reached, in words, once the notice's last delivery has ended.

    Those of an audience, and those who do not know where to meet.
    """
    tally = state.tallies[notice.id]
    newly = {e.contact: e.ending for e in ended if not tally.ended(e.contact)}
    incident = state.incidents.get(notice.incident)
    meeting = notice.kind is Kind.BRIDGE
    if tally.left > len(newly) or not (notice.audience or meeting) or incident is None:
        return
    if incident.status is not Status.ACCEPTED and notice.kind not in LAST_WORDS:
        return
    missing = [*tally.having(Ending.UNREACHED), *(who for who, how in newly.items() if how is Ending.UNREACHED)]
    told = set(_reported(state, notice))
    people = tuple(name for who in dict.fromkeys(missing) if (name := state.name(who)) not in told)
    if people and newly and incident.manager:
        content = replace(managed(state, incident), people=people, count=len(people), at=now)
        content = replace(content, verb=Verb.BRIDGE if meeting else None)
        yield to_person(state, incident, Kind.UNREACHED, now, incident.manager, content)


def _reported(state: State, notice: Notice) -> Iterator[str]:
    """The names that the manager has been told of since this notice: a bounce that comes late adds only its own."""
    for later in reversed(state.notices.values()):
        if later.id < notice.id:
            return
        if later.kind is Kind.UNREACHED and later.incident == notice.incident:
            yield from later.content.people


def exhaust(state: State, exhausted: Exhausted, now: datetime) -> Iterator[Fact]:
    """Deliveries that end by time alone, or that no rung can reach."""
    still = (
        delivery_of(state, number, contact)
        for number, contact in exhausted.deliveries
        if number in state.tallies and not state.tallies[number].ended(contact)
    )
    yield from conclude(state, tuple(still), ways(state), now)


def receipt(state: State, received: Receipt, now: datetime) -> Iterator[Fact]:
    """Later word of a text: delivered, or failed after all and the next rung's turn."""
    place = state.refs.get(received.ref)
    if place is None:
        return
    delivery = delivery_of(state, *place)
    for attempt in delivery.attempts:
        if attempt.ref == received.ref and attempt.status in (AttemptStatus.SENT, AttemptStatus.UNCERTAIN):
            if received.result is Result.SENT:
                return
            settled = Settled(
                notice=place[0],
                contact=place[1],
                rung=attempt.rung,
                channel=attempt.channel,
                address=attempt.address,
                began=attempt.at,
                outcome=Outcome(received.result, received.ref, received.failure, attempt.by),
            )
            if received.failure:
                bars = dict(state.barred)
                yield from barred(state, bars, place[1], attempt.channel, attempt.address, received.failure, now)
            yield from observed(state, dict(state.health), attempt.channel, settled.outcome, now)
            yield from _late(state, delivery, attempt, settled, now)
            return


def returned(state: State, report: Returned, now: datetime) -> Iterator[Fact]:
    """A bounce turns a sent mail into a failed one, and the next rung's turn comes."""
    if report.delivery is None or report.bounce.kind is not BounceKind.FAILED:
        return
    number, contact = report.delivery
    notice = state.notices.get(number)
    if notice is None or contact not in state.tallies[number].places:
        return
    worst = next(iter(report.bounce.recipients), None)
    permanent = worst.permanent if worst else False
    reason = worst.reason if worst else "returned"
    failure = Failure(worst.status if worst else "", reason, Retry.NEVER if permanent else Retry.NEXT)
    delivery = delivery_of(state, number, contact)
    rung = next((n for n, channels in enumerate(notice.via) if "email" in channels), 0)
    sent = [a for a in delivery.attempts if a.channel == "email"]
    address = worst.address if worst and worst.address else next(iter(state.person(contact).emails), "")
    attempt = sent[-1] if sent else Attempt(rung, "email", address, AttemptStatus.SENT, notice.at)
    settled = Settled(number, contact, attempt.rung, "email", address, attempt.at, Outcome(Result.FAILED, "", failure))
    if address in state.person(contact).emails:
        yield from bounced(state, address, failure, now)
    if contact in state.tallies[number].having(Ending.DELIVERED):
        return
    yield from _late(state, delivery, attempt, settled, now)


def _late(state: State, delivery: Delivery, attempt: Attempt, settled: Settled, now: datetime) -> Iterator[Fact]:
    """An attempt that counted as sent has another outcome after all."""
    came = _attempt(settled, attempt.at, now)
    attempts = tuple(came if a is attempt else a for a in delivery.attempts)
    after = replace(delivery, attempts=attempts if came in attempts else (*attempts, came))
    yield from conclude(state, (after,), ways(state), now)
