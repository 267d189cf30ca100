"""SAME and NEW: a proposal becomes a part of an incident, or gets a decision of its own. Each undoes the other."""

from collections.abc import Generator, Iterator
from dataclasses import replace

from daemon.core import events as e
from daemon.core.affecting import silence
from daemon.core.authority import RULES, roles
from daemon.core.case import Case, stop_asking
from daemon.core.climbing import ask, rung_due
from daemon.core.content import Content, Line
from daemon.core.facts import Fact
from daemon.core.fold import fold
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import OPEN, Incident, Status
from daemon.core.notices import Notice
from daemon.core.pairing import pair
from daemon.core.sameness import root
from daemon.core.saying import proposers, to_managers, to_proposers
from parsers.types import Verb


def same(case: Case) -> Iterator[Fact]:
    """SAME 7: the proposal goes on as MI-7, and its proposer hears with the others of that."""
    found, target = pair(case.state, case.said, case.who)
    if target is None or not isinstance(found, tuple):
        yield case.answer(Kind.WRONG_STATUS)
        return
    found, target = _ordered(found, root(case.state, target))
    parts = tuple(part for part in found if _joinable(case, part, target))
    if not parts:
        yield _not_joined(case, found[0], target)
        return
    if replace(case, incident=parts[0]).stale():
        yield case.answer(Kind.STALE)
        return
    joined = []
    told = {who: case.state.name(who) for part in parts for who in proposers(case.state, part) if who != case.who}
    for part in parts:
        after, target = yield from _join(replace(case, incident=part), target)
        joined.append(after)
    case = replace(case, incident=joined[0])
    lines = tuple(Line(part.id, part.status, part.summary) for part in joined)
    content = replace(case.content(), other=target.id, lines=lines, count=len(lines), forms=(Verb.NEW, Verb.STATUS))
    yield case.answer(Kind.DONE_SAME, replace(content, people=tuple(told.values())))
    yield from to_managers(case.state, case.incident, Kind.DECISION_SAME, case.now, content, but=(case.who,))


def _ordered(found: tuple[Incident, ...], target: Incident) -> tuple[tuple[Incident, ...], Incident]:
    """One that is only held has no ladder: it becomes a part of one that has, and not the other way round."""
    real = next((part for part in found if part.status is Status.PROPOSED and part.hold is None), None)
    if real is None or target.hold is None or target.status is not Status.PROPOSED:
        return found, target
    return (*(part for part in found if part.id != real.id), target), real


def _joinable(case: Case, part: Incident, target: Incident) -> bool:
    """An open proposal may become a part of another incident that is open, by someone who may say so."""
    mine = RULES[Verb.SAME].roles & roles(case.state, part, case.who)
    there = part.status is Status.PROPOSED and target.status in OPEN
    return bool(mine) and there and part.id != target.id and part.drill == target.drill


def _join(case: Case, target: Incident) -> Generator[Fact, None, tuple[Incident, Incident]]:
    """The part and the whole as they then are."""
    if target.confidential and not case.incident.confidential:
        case = yield from silence(case)
    people = proposers(case.state, case.incident)
    yield (event := e.MadeSame(case.incident.id, case.now, case.who, target.id))
    case = case.after(event)
    yield from stop_asking(case.state, case.incident, case.now)
    for who in people:
        if who != target.proposer:
            yield (also := e.AlsoProposed(target.id, case.now, who, case.incident.id))
            target = fold(target, also)
    content = replace(_about(case, target), forms=(Verb.NEW, Verb.STATUS))
    yield from to_proposers(case.state, case.incident, Kind.PROPOSER_SAME, case.now, content, but=(case.who,))
    return case.incident, target


def _about(case: Case, target: Incident) -> Content:
    """The part, with where those who are on the whole meet."""
    return replace(case.content(), other=target.id, meeting=managed(case.state, target).meeting)


def _not_joined(case: Case, part: Incident, target: Incident) -> Notice:
    if part.same_as and root(case.state, part).id == target.id:
        return _already(replace(case, incident=part), target)
    wrong = target if target.status not in OPEN else part
    return replace(case, incident=wrong).answer(Kind.WRONG_STATUS)


def _already(case: Case, target: Incident) -> Notice:
    """Who joined it, and when."""
    events = case.state.timelines.get(case.incident.id, ())
    by = next((event.by for event in reversed(events) if isinstance(event, e.MadeSame)), "")
    content = replace(case.content(), actor=case.state.name(by), at=case.incident.since, other=target.id)
    return case.answer(Kind.ALREADY_DECIDED, content)


def new(case: Case) -> Iterator[Fact]:
    """It is not the same: it gets a decision of its own."""
    incident = case.incident
    apart = incident.status is Status.PROPOSED and incident.looks_like
    undone = incident.status is Status.CANCELED and incident.same_as
    if not apart and not undone:
        yield case.answer(Kind.WRONG_STATUS)
    elif case.stale():
        yield case.answer(Kind.STALE)
    elif apart:
        yield from stop_asking(case.state, incident, case.now)
        event = e.KeptApart(incident.id, case.now, case.who, incident.looks_like)
        yield event
        yield from _own(case.after(event), event.other)
    else:
        yield from _undo(case)


def _undo(case: Case) -> Iterator[Fact]:
    """No part of the other one any more; its proposers hear no more of that, unless another part of it is theirs."""
    whole = root(case.state, case.incident)
    yield (event := e.MadeNew(case.incident.id, case.now, case.who, case.incident.same_as))
    people = proposers(case.state, case.incident)
    parts = [i for i in case.state.incidents.values() if i.id not in (case.incident.id, whole.id)]
    others = {who for i in parts if root(case.state, i).id == whole.id for who in proposers(case.state, i)}
    for who in people:
        if who not in others and who != whole.proposer:
            yield e.NotProposed(whole.id, case.now, who, case.incident.id)
    case = case.after(event)
    content = replace(case.content(), other=event.other)
    yield from to_proposers(case.state, case.incident, Kind.PROPOSER_NEW, case.now, content, but=(case.who,))
    yield from _own(case, event.other)


def _own(case: Case, other: str) -> Iterator[Fact]:
    """The managers are asked to decide; those who are not asked at once hear of it."""
    content = replace(case.content(), other=other)
    yield case.answer(Kind.DONE_NEW, content)
    due = rung_due(case.state, case.incident)
    asked: tuple[str, ...] = ()
    if due is not None and due <= case.now and not case.incident.asks:
        requests = tuple(ask(case.state, case.incident, case.now))
        yield from requests
        asked = tuple(who for fact in requests if isinstance(fact, Notice) for who in fact.recipients)
    but = (case.who, *asked)
    yield from to_managers(case.state, case.incident, Kind.DECISION_NEW, case.now, content, but=but)


def go_on(case: Case) -> Iterator[Fact]:
    """Its proposer withdrew it, and others who proposed the same did not: theirs go on, the first one for all."""
    every = tuple(case.state.incidents.values())
    parts = [i for i in every if i.same_as and root(case.state, i).id == case.incident.id and i.proposer != case.who]
    if not parts:
        return
    whole = case.incident
    events = [e.MadeNew(part.id, case.now, "", part.same_as) for part in parts]
    yield from events
    first, *others = (fold(part, event) for part, event in zip(parts, events, strict=True))
    content = replace(managed(case.state, first), other=whole.id, at=case.now)
    yield from to_proposers(case.state, first, Kind.PROPOSER_NEW, case.now, content)
    for part in others:
        _, first = yield from _join(replace(case, incident=part, who=""), first)
    due = rung_due(case.state, first)
    if due is not None and due <= case.now:
        yield from ask(case.state, first, case.now)
