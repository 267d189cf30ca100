"""The decide ladder: who is asked to decide, when, and in how many messages.

A proposal that looks like another one starts no ladder of its own for a while: the managers are asked whether it is the
same. Of several proposals within a minute, all but the first wait until that minute is over and go in one message.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from config.types import DecideRung, Ladder, Undecided
from daemon.core import events as e
from daemon.core.authority import asked
from daemon.core.case import stop_asking
from daemon.core.content import Content, Line
from daemon.core.duty import calling_order
from daemon.core.facts import Fact
from daemon.core.fold import fold
from daemon.core.informing import reach, to_audiences
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import OPEN, Hold, Incident, Status
from daemon.core.notices import Notice
from daemon.core.sameness import alike
from daemon.core.saying import ANSWER, about_several, to_managers, to_people, to_proposers
from daemon.core.state import State
from daemon.core.suggestion import suggested
from daemon.core.team import call, summed
from parsers.types import Verb

PROPOSER_TOLD_AFTER = timedelta(minutes=10)
"""Without a decision by then, the proposer is told who has been asked."""

SAME_ANSWERED_WITHIN = timedelta(minutes=5)
"""Silence for so long gives a proposal that looks like another its own ladder."""

APART = timedelta(minutes=1)
"""Between two messages to the same people about proposals."""

ASKING = (Verb.ACCEPT, Verb.REJECT, Verb.STATUS)
SAME_OR_NOT = (Verb.SAME, Verb.NEW, Verb.ACCEPT)


def rung_due(state: State, incident: Incident) -> datetime | None:
    """When the next rung of the decide ladder is climbed; the last one repeats where it says so."""
    due = _by_the_clock(state, incident)
    return _free(state, incident, due) if due else None


def _by_the_clock(state: State, incident: Incident) -> datetime | None:
    rungs = state.procedure.decide
    if incident.ask_from is None or (incident.hold and incident.asks):
        return None
    if incident.asks < len(rungs):
        return _begins(state, incident, incident.ask_from) + rungs[incident.asks].after
    repeat = rungs[-1].repeat
    return incident.asked + repeat if repeat and incident.asked else None


def _begins(state: State, incident: Incident, planned: datetime) -> datetime:
    """When its ladder begins: what it looks like may have ended without an answer."""
    other = state.incidents.get(incident.looks_like)
    ended = bool(incident.looks_like) and (other is None or other.status not in OPEN)
    return min(planned, other.since) if ended and other else planned


def _free(state: State, incident: Incident, due: datetime) -> datetime:
    """`due`, or when the minute is over in which the same people were asked about another proposal."""
    people = frozenset(state.configuration.people.on(_rung(state, incident).who))
    for notice in (state.notices[number] for number in reversed(state.asked)):
        if notice.at + APART <= due:
            break
        if (
            notice.about != (incident.id,)
            and not people.isdisjoint(notice.recipients)
            and _crowds(state, notice, incident)
        ):
            return notice.at + APART
    return due


def _crowds(state: State, notice: Notice, incident: Incident) -> bool:
    """Whether those who have got this notice should not get a request about the incident right behind it."""
    others = (state.incidents.get(number) for number in notice.about)
    waiting = [other for other in others if other and other.status is Status.PROPOSED]
    return any(_aside(other) == _aside(incident) for other in waiting)


def _aside(incident: Incident) -> tuple[bool, Hold | None]:
    """What keeps its requests apart from others, so that no exercise, stranger or flood holds up what is real."""
    return incident.drill, incident.hold if incident.hold is not Hold.LATE else None


def _rung(state: State, incident: Incident) -> DecideRung:
    rungs = state.procedure.decide
    return rungs[min(incident.asks, len(rungs) - 1)]


def ask(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Climbs one rung: its list is asked to decide, or, at first, whether it is the same as another."""
    yield from climb(state, (incident,), now)


def climb(state: State, incidents: Iterable[Incident], now: datetime) -> Iterator[Fact]:
    """One rung for each of these; those who are asked about several get one message."""
    together: dict[tuple[str, tuple[bool, Hold | None]], list[Incident]] = {}
    for incident in incidents:
        together.setdefault((_rung(state, incident).who, _aside(incident)), []).append(incident)
    for group in together.values():
        requests = []
        for incident in group:
            event = _next(state, incident, now)
            yield event
            requests.append((_rung(state, incident), fold(incident, event)))
        if len(requests) == 1:
            yield request(state, requests[0][1], requests[0][0], now)
        else:
            yield _bundle(state, requests, now)


def _next(state: State, incident: Incident, now: datetime) -> e.Event:
    other = alike(state, incident, now) if not incident.asks else None
    if other is None:
        return e.Asked(incident.id, now, incident.asks)
    return e.LooksAlike(incident.id, now, other.id, now + SAME_ANSWERED_WITHIN)


def request(state: State, incident: Incident, rung: DecideRung, now: datetime) -> Notice:
    """The list of this rung is asked; each is told who has been asked, and who is next."""
    people = calling_order(state, rung.who, now)
    if incident.looks_like and not incident.asks:
        return to_people(
            state, incident, Kind.SAME_REQUEST, now, people, via_of(incident, rung), same(state, incident, now)
        )
    content = replace(managed(state, incident), at=now, again=incident.asks > 1, forms=ASKING)
    if not incident.confidential:
        content = replace(content, name=", ".join(service.name for service in suggested(state, incident)))
    content = _next_asked(state, incident, replace(content, people=_names(state, asked(state, incident))))
    return to_people(state, incident, Kind.DECISION_REQUEST, now, people, via_of(incident, rung), content)


def _next_asked(state: State, incident: Incident, content: Content) -> Content:
    """With who is asked next, and when, if nobody decides."""
    due = rung_due(state, incident)
    people = calling_order(state, _rung(state, incident).who, due) if due else ()
    return replace(content, next_people=_names(state, people), due=due)


def same(state: State, incident: Incident, now: datetime) -> Content:
    """Whether it is the same as the one it looks like."""
    other = state.incidents[incident.looks_like]
    line = Line(other.id, other.status, other.summary)
    content = replace(managed(state, incident), at=now, other=other.id, lines=(line,), forms=SAME_OR_NOT)
    return replace(content, due=incident.ask_from)


def via_of(incident: Incident, rung: DecideRung) -> Ladder:
    return ANSWER["email"] if incident.hold is Hold.MANY else rung.via


def _bundle(state: State, requests: Sequence[tuple[DecideRung, Incident]], now: datetime) -> Notice:
    """Several proposals in one message; each is decided by its number."""
    lines = tuple(
        Line(i.id, i.status, "" if i.confidential else i.summary, i.looks_like if not i.asks else "")
        for _, i in requests
    )
    content = Content(lines=lines, count=len(lines), at=now, again=all(i.asks > 1 for _, i in requests))
    via = _merged([via_of(incident, rung) for rung, incident in requests])
    people = calling_order(state, requests[0][0].who, now)
    about = tuple(incident for _, incident in requests)
    return about_several(state, about, Kind.DECISION_BUNDLE, now, people, via, content)


def _merged(ladders: Sequence[Ladder]) -> Ladder:
    """The first rungs of all together, then the second ones."""
    longest = max(len(ladder) for ladder in ladders)
    return tuple(
        tuple(dict.fromkeys(channel for ladder in ladders for rung in ladder[n : n + 1] for channel in rung))
        for n in range(longest)
    )


def _names(state: State, people: Iterable[str]) -> tuple[str, ...]:
    return tuple(state.name(who) for who in people)


def again(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Those asked last are asked once more, by another way: what was said before may not arrive."""
    if not incident.asks:
        return
    rungs = state.procedure.decide
    rung = rungs[min(incident.asks, len(rungs)) - 1]
    yield from stop_asking(state, incident, now)
    notice = request(state, incident, rung, now)
    yield replace(notice, content=replace(notice.content, again=True))


def tell_proposer(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Ten minutes and no decision: the proposer hears who has been asked."""
    yield e.ProposerTold(incident.id, now)
    people = _names(state, asked(state, incident))
    due = rung_due(state, incident)
    content = replace(managed(state, incident), people=people, at=now, due=due, forms=(Verb.WITHDRAW,))
    yield from to_proposers(state, incident, Kind.PROPOSAL_WAITING, now, content)


def undecided(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Nobody decided in time, and the procedure says to go on: accepted, with nobody in charge."""
    event = e.Accepted(incident.id, now, "", "", "")
    yield event
    incident = fold(incident, event)
    yield from stop_asking(state, incident, now)
    told = tuple(to_audiences(state, incident, Kind.INITIAL, now))
    yield from told
    called = tuple(call(state, incident, now))
    yield from called
    incident = summed(incident, called)
    content = replace(managed(state, incident), at=now, count=reach(told), forms=(Verb.TAKE,))
    yield from to_managers(state, incident, Kind.DECISION_UNMANAGED, now, content)
    yield from to_proposers(state, incident, Kind.PROPOSER_ACCEPTED, now, replace(content, forms=()))


def decided_by_clock(state: State, incident: Incident) -> datetime | None:
    """When an undecided proposal is accepted by itself; None where the procedure keeps asking."""
    rules = state.procedure.propose
    if rules.undecided is not Undecided.ACCEPT or incident.hold or incident.ask_from is None:
        return None
    return incident.ask_from + rules.decide_by
