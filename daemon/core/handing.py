"""Who is in charge, by agreement: DEPUTY, HANDOVER, and the answer to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from daemon.core import events as e
from daemon.core.authority import deciders
from daemon.core.case import CHARGE, DUE, Case, settled
from daemon.core.content import Content
from daemon.core.facts import Fact
from daemon.core.fold import fold
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Incident, Status
from daemon.core.naming import Unclear, named, without_number
from daemon.core.previewing import inherited
from daemon.core.reviewing import hand_over
from daemon.core.saying import to_managers, to_person
from daemon.core.state import State
from parsers.types import Verb

ANSWERED_WITHIN = timedelta(minutes=5)
"""How long the one who is to take over has to JOIN."""

BRIEFED = (Verb.JOIN, Verb.DECLINE, Verb.STATUS)


def deputy(case: Case) -> Iterator[Fact]:
    """DEPUTY name: a manager, or an engineer who is on it, may speak for the incident manager."""
    if _not_now(case):
        yield case.answer(Kind.WRONG_STATUS)
        return
    incident = case.incident
    who = _person(case, tuple(dict.fromkeys((*deciders(case.state, incident), *incident.joined))))
    if isinstance(who, Unclear):
        yield _unnamed(case, who)
        return
    content = replace(case.content(), name=case.state.name(who))
    if who not in incident.deputies:
        event = e.DeputyNamed(incident.id, case.now, case.who, who)
        yield event
        case = case.after(event)
        content = replace(case.content(), name=case.state.name(who))
        told = replace(content, forms=())
        yield to_person(case.state, case.incident, Kind.DEPUTY_NAMED, case.now, who, told)
        yield from to_managers(case.state, case.incident, Kind.DEPUTY_NAMED, case.now, told, but=(case.who, who))
    yield case.answer(Kind.DONE_DEPUTY, content)


def handover(case: Case) -> Iterator[Fact]:
    """HANDOVER name: that manager is briefed and asked to JOIN; until then nothing changes. In the review: at once."""
    if case.incident.review is not None:
        yield from hand_over(case)
        return
    if _not_now(case) or case.stale():
        yield case.answer(Kind.WRONG_STATUS if _not_now(case) else Kind.STALE)
        return
    incident = case.incident
    to = _person(case, tuple(who for who in deciders(case.state, incident) if who != incident.manager))
    if isinstance(to, Unclear):
        yield _unnamed(case, to)
        return
    until = case.now + ANSWERED_WITHIN
    event = e.HandoverOffered(incident.id, case.now, case.who, to, until)
    yield event
    case = case.after(event)
    yield from settled(case.state, case.incident, case.now, {Kind.HANDOVER_BRIEFING})
    content = replace(case.content(), name=case.state.name(to), due=until)
    yield case.answer(Kind.DONE_HANDOVER, content)
    yield to_person(case.state, case.incident, Kind.HANDOVER_BRIEFING, case.now, to, _briefing(case, until))
    yield from to_managers(case.state, case.incident, Kind.HANDOVER_OFFERED, case.now, content, but=(case.who, to))


def _briefing(case: Case, until: datetime) -> Content:
    """All there is to know: `managed` has the words, the team and the bridge; `people` are the deputies."""
    deputies = tuple(case.state.name(who) for who in case.incident.deputies)
    return replace(case.content(), people=deputies, due=until, forms=BRIEFED)


def take_over(case: Case) -> Iterator[Fact]:
    """The one asked has joined, and is the incident manager from now on."""
    incident = case.incident
    if incident.handover is None or incident.handover.to != case.who:
        yield case.answer(Kind.WRONG_STATUS)
        return
    event = e.HandedOver(incident.id, case.now, case.who, incident.manager)
    yield event
    case = case.after(event)
    yield from settled(case.state, case.incident, case.now, CHARGE | DUE)
    if incident.taker not in ("", case.who):
        told = replace(case.content(), forms=())
        yield to_person(case.state, case.incident, Kind.TAKE_OBJECTED, case.now, incident.taker, told)
    yield case.answer(Kind.DONE_TAKE)
    yield from inherited(case.state, case.incident, case.now)
    content = replace(case.content(), name=case.state.name(event.before))
    kind = Kind.DECISION_HANDED_OVER
    if event.before and event.before not in deciders(case.state, case.incident):
        yield to_person(case.state, case.incident, kind, case.now, event.before, content)
    yield from to_managers(case.state, case.incident, kind, case.now, content, but=(case.who,))


def turn_down(case: Case) -> Iterator[Fact]:
    """The one asked declined: nothing has changed."""
    incident = case.incident
    if incident.handover is None or incident.handover.to != case.who:
        yield case.answer(Kind.WRONG_STATUS)
        return
    event = e.HandoverLapsed(incident.id, case.now, case.who, declined=True)
    yield event
    case = case.after(event)
    yield case.answer(Kind.DONE_DECLINE)
    yield from _failed(case.state, case.incident, event, case.now)


def lapse(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """The one asked was silent: nothing has changed, and that is reported back."""
    if incident.handover:
        event = e.HandoverLapsed(incident.id, now, incident.handover.to, declined=False)
        yield event
        yield from _failed(state, fold(incident, event), event, now)


def _failed(state: State, incident: Incident, event: e.HandoverLapsed, now: datetime) -> Iterator[Fact]:
    """To everybody who was told that it was offered; `verb` is DECLINE where it was declined."""
    yield from settled(state, incident, now, {Kind.HANDOVER_BRIEFING})
    content = replace(managed(state, incident), name=state.name(event.to), at=now)
    content = replace(content, verb=Verb.DECLINE if event.declined else None)
    but = {event.to} if event.declined else set()
    if incident.manager not in deciders(state, incident):
        yield to_person(state, incident, Kind.HANDOVER_FAILED, now, incident.manager, content)
    yield from to_managers(state, incident, Kind.HANDOVER_FAILED, now, content, but=but)


def _not_now(case: Case) -> bool:
    return case.incident.status is not Status.ACCEPTED


def _person(case: Case, among: tuple[str, ...]) -> str | Unclear:
    others = tuple(who for who in among if who != case.who)
    return named(case.state, without_number(case.words, case.incident.id), others)


def _unnamed(case: Case, unclear: Unclear) -> Fact:
    people = tuple(case.state.name(who) for who in unclear.people)
    return case.answer(Kind.NO_SUCH_NAME, replace(case.content(), name=unclear.words, people=people))
