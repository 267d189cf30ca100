"""The verbs that change an incident's status or who is in charge."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from daemon.core import events as e
from daemon.core.case import CHARGE, DUE, Case, replacing, settled, stop_asking
from daemon.core.content import Content
from daemon.core.discretion import to_rest
from daemon.core.drafts import draft, in_doubt, shown_to
from daemon.core.facts import DraftGone, Fact
from daemon.core.fold import fold
from daemon.core.handing import take_over
from daemon.core.informing import first_due, reach, to_audiences
from daemon.core.joining import go_on
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Incident, Status
from daemon.core.notices import Notice
from daemon.core.previewing import inherited, preview, previews, says_stop, stop
from daemon.core.reviewing import call_off, open_review
from daemon.core.saying import proposers, to_managers, to_person, to_proposers
from daemon.core.state import State
from daemon.core.team import call, over, recall, summed
from parsers.types import Verb

OBJECT_WITHIN = timedelta(minutes=5)
"""How long the manager in charge has to object to a TAKE."""

MISSED_BEFORE_TAKE = 2
"""Holding updates in a row after which any manager may take charge at once."""


def accept(case: Case) -> Iterator[Fact]:
    match case.incident.status:
        case Status.PROPOSED:
            pass
        case Status.REJECTED if not case.stale():
            pass
        case Status.REJECTED:
            yield case.answer(Kind.STALE)
            return
        case Status.ACCEPTED:
            yield case.answer(Kind.ALREADY_DECIDED, _decided(case))
            return
        case _:
            yield case.answer(Kind.WRONG_STATUS)
            return
    command = case.said.command
    sure = not in_doubt(case)
    words, management = (command.words, command.management) if sure else ("", "")
    event = e.Accepted(case.incident.id, case.now, case.who, words, management)
    yield event
    case = case.after(event)
    yield from stop_asking(case.state, case.incident, case.now)
    told = tuple(to_audiences(case.state, case.incident, Kind.INITIAL, case.now))
    yield from told
    called = tuple(call(case.state, case.incident, case.now))
    yield from called
    case = replace(case, incident=summed(case.incident, called))
    yield case.answer(Kind.DONE_ACCEPT, replace(case.content(), count=reach(told), due=first_due(told)))
    if not sure:
        yield from draft(case, Verb.UPDATE)
    content = replace(case.content(), forms=())
    yield from to_managers(case.state, case.incident, Kind.DECISION_ACCEPTED, case.now, content, but=(case.who,))
    yield from to_proposers(case.state, case.incident, Kind.PROPOSER_ACCEPTED, case.now, content, but=(case.who,))


def reject(case: Case) -> Iterator[Fact]:
    match case.incident.status:
        case Status.PROPOSED:
            pass
        case Status.ACCEPTED:
            yield case.answer(Kind.REJECT_AFTER_ACCEPT, _decided(case))
            return
        case Status.REJECTED:
            yield case.answer(Kind.ALREADY_DECIDED, _decided(case))
            return
        case _:
            yield case.answer(Kind.WRONG_STATUS)
            return
    event = e.Rejected(case.incident.id, case.now, case.who, case.words)
    yield event
    yield from _over(case.after(event), Kind.DONE_REJECT, Kind.DECISION_REJECTED, Kind.PROPOSER_REJECTED)


def withdraw(case: Case) -> Iterator[Fact]:
    if case.incident.status is not Status.PROPOSED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.who != case.incident.proposer:  # one of several who proposed it
        yield case.answer(Kind.NOT_ALLOWED)
        return
    event = e.Withdrawn(case.incident.id, case.now, case.who, case.words)
    yield event
    case = case.after(event)
    yield from _over(case, Kind.DONE_WITHDRAW, Kind.DECISION_WITHDRAWN, None)
    yield from go_on(case)


def _over(case: Case, done: Kind, managers: Kind, proposer: Kind | None) -> Iterator[Fact]:
    """A proposal ended without a major incident: the ladder stops, everybody who was asked is told."""
    yield from stop_asking(case.state, case.incident, case.now)
    told = tuple(who for who in proposers(case.state, case.incident) if proposer and who != case.who)
    yield case.answer(done, replace(case.content(), people=tuple(case.state.name(who) for who in told)))
    yield from to_managers(case.state, case.incident, managers, case.now, case.content(), but=(case.who,))
    if proposer:
        yield from to_proposers(case.state, case.incident, proposer, case.now, case.content(), but=(case.who,))


def downgrade(case: Case) -> Iterator[Fact]:
    if case.incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    event = e.Downgraded(case.incident.id, case.now, case.who, case.words)
    yield event
    yield from _ended(case.after(event), Kind.CANCELED, Kind.DONE_DOWNGRADE, Kind.DECISION_DOWNGRADED)


def resolve(case: Case) -> Iterator[Fact]:
    """Ends it with the all-clear; words in doubt are shown to the sender and confirmed first."""
    shown = shown_to(case)
    if case.incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    command = case.said.command
    if says_stop(case):
        yield from stop(case)
        return
    if in_doubt(case):
        yield from draft(case, Verb.RESOLVE)
        return
    words, management, waiting = command.words, command.management, case.incident.preview
    if previews(case) and (words or management):
        yield from preview(case, Verb.RESOLVE)
        return
    if shown and shown.verb is Verb.RESOLVE and not words:
        words, management = shown.words, shown.management
    elif waiting and waiting.resolve and not words:
        words, management = waiting.words, waiting.management
    event = e.Resolved(case.incident.id, case.now, case.who, words, management)
    yield event
    if shown:
        yield DraftGone(shown.incident, shown.by)
    yield from _ended(case.after(event), Kind.ALL_CLEAR, Kind.DONE_RESOLVE, Kind.DECISION_RESOLVED)


def _ended(case: Case, audiences: Kind, done: Kind, managers: Kind) -> Iterator[Fact]:
    """A major incident is over: everybody who heard of it is told."""

    def answer(content: Content) -> Notice:
        return case.answer(done, replace(content, verb=case.said.command.verb))

    yield from ended(case.state, case.incident, case.now, case.who, audiences, managers, answer)


def ended(
    state: State,
    incident: Incident,
    now: datetime,
    by: str,
    audiences: Kind,
    managers: Kind,
    done: Callable[[Content], Notice],
) -> Iterator[Fact]:
    """`done` makes the answer to the one who ended it."""
    told = tuple(to_audiences(state, incident, audiences, now))
    yield from replacing(state, incident, now, told)
    yield from settled(state, incident, now, CHARGE if told else CHARGE | DUE)
    content = replace(managed(state, incident), actor=state.person(by).name, at=now)
    others = (
        *over(state, incident, now, but=by),
        done(replace(content, count=reach(told))),
        *to_managers(state, incident, managers, now, content, but=(by,)),
        *to_proposers(state, incident, Kind.PROPOSER_OVER, now, content, but=(by,)),
    )
    yield from others
    heard = {who for fact in (*told, *others) if isinstance(fact, Notice) for who in fact.recipients}
    yield from to_rest(state, incident, audiences, now, heard | {by})
    if audiences is Kind.ALL_CLEAR:
        yield from open_review(state, incident, now, by)


def reopen(case: Case) -> Iterator[Fact]:
    if case.incident.status in (Status.PROPOSED, Status.ACCEPTED):
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    heard = bool(case.incident.accepted)
    before = case.incident
    event = e.Reopened(case.incident.id, case.now, case.who, case.words)
    yield event
    case = case.after(event)
    kind = Kind.REOPENED if heard else Kind.INITIAL
    told = tuple(to_audiences(case.state, case.incident, kind, case.now))
    yield from replacing(case.state, case.incident, case.now, told)
    called = tuple(recall(case.state, case.incident, case.now))
    yield from called
    case = replace(case, incident=summed(case.incident, called))
    yield case.answer(Kind.DONE_REOPEN, replace(case.content(), count=reach(told), due=first_due(told)))
    content = case.content()
    yield from to_managers(case.state, case.incident, Kind.DECISION_REOPENED, case.now, content, but=(case.who,))
    accepted = replace(content, words="")
    yield from to_proposers(case.state, case.incident, Kind.PROPOSER_ACCEPTED, case.now, accepted, but=(case.who,))
    yield from call_off(case.state, before, case.incident, case.now, case.who)


def take(case: Case) -> Iterator[Fact]:
    """Takes charge at once where nobody is in charge or two updates were missed; else after five quiet minutes.

    Nobody is where the manager is not on file any more.
    """
    incident = case.incident
    if incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
    elif case.who == incident.manager and incident.taker:
        yield e.TakeObjected(incident.id, case.now, case.who)
        yield from settled(case.state, incident, case.now, {Kind.TAKE_ANNOUNCED})
        yield case.answer(Kind.ALREADY_DECIDED, _decided(case))
        yield to_person(
            case.state, incident, Kind.TAKE_OBJECTED, case.now, incident.taker, replace(case.content(), forms=())
        )
    elif case.who == incident.manager:
        yield case.answer(Kind.ALREADY_DECIDED, _decided(case))
    elif case.stale():
        yield case.answer(Kind.STALE)
    elif incident.handover and incident.handover.to == case.who:
        yield from take_over(case)
    elif incident.manager not in case.state.configuration.people.contacts or _neglected(incident):
        yield from take_charge(case.state, incident, case.who, case.now)
    elif incident.taker:
        other = case.state.name(incident.taker) if case.who != incident.taker else ""
        yield case.answer(Kind.TAKE_WAITS, replace(case.content(), name=other, due=incident.taken_at))
    else:
        when = case.now + OBJECT_WITHIN
        event = e.TakeAnnounced(incident.id, case.now, case.who, when)
        yield event
        case = case.after(event)
        yield case.answer(Kind.TAKE_WAITS, replace(case.content(), due=when))
        content = replace(case.content(), due=when, forms=(Verb.TAKE,))
        yield to_person(case.state, incident, Kind.TAKE_ANNOUNCED, case.now, incident.manager, content)


def take_charge(state: State, incident: Incident, by: str, now: datetime) -> Iterator[Fact]:
    event = e.Taken(incident.id, now, by)
    yield event
    incident = fold(incident, event)
    yield from settled(state, incident, now, CHARGE | DUE)
    content = replace(managed(state, incident), actor=state.name(by), at=now)
    yield to_person(state, incident, Kind.DONE_TAKE, now, by, content)
    yield from inherited(state, incident, now)
    yield from to_managers(state, incident, Kind.DECISION_TAKEN, now, content, but=(by,))


def _neglected(incident: Incident) -> bool:
    return any(promise.missed >= MISSED_BEFORE_TAKE for promise in incident.promises.values())


def _decided(case: Case) -> Content:
    """Who decided and when, also where somebody else has taken charge since."""
    incident = case.incident
    taken = incident.status is Status.ACCEPTED and incident.manager != incident.decided_by
    at = incident.accepted if taken else incident.since
    return replace(case.content(), actor=case.state.name(incident.decided_by), at=at)
