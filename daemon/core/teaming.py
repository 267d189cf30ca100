"""The verbs of the team: TEAM by the incident manager, JOIN and DECLINE by whoever was paged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from config.types import MANAGERS, OPERATORS
from daemon.core import events as e
from daemon.core import handing
from daemon.core.case import Case
from daemon.core.content import Content
from daemon.core.crew import OPEN_SEATS, REACHABLE, discipline_named, missing, seat_of, seats, uncalled
from daemon.core.exercise import takes_part
from daemon.core.facts import Fact
from daemon.core.kinds import Kind
from daemon.core.model import Incident, Seat, SeatStatus, Status
from daemon.core.naming import MOST_SHOWN, Unclear, bearing, named, without_number
from daemon.core.state import State
from daemon.core.team import Story, changed, fill, happens, page, release, release_discipline, spare, stop_page
from parsers.types import Verb

LONGEST_NAME = 40
MOST_NAMES = 20
"""Words in one TEAM; more name nobody."""

_SIGNED = re.compile(r"(?:^|\s)([+\-\u2212\u2013])\s*(?=\S)")
"""A sign begins a name; within one ("Jean-Luc") it is a part of it. Telephones write longer dashes."""

_BETWEEN = re.compile(r"[,;&/]|(?<!\S)(?:and|en|et|und|y)(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one name in TEAM stands for: a discipline, or a person."""

    leaves: bool
    discipline: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Words that name nobody, or more than one of these."""

    words: str
    people: tuple[str, ...]


def join(case: Case) -> Iterator[Fact]:
    """The first who are needed are on it; whoever comes later is thanked and stands by."""
    state, incident = case.state, case.incident
    if incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if incident.handover and incident.handover.to == case.who:
        yield from handing.take_over(case)
        return
    seat = seat_of(incident, case.who)
    if seat is None:
        yield case.answer(Kind.NOT_ALLOWED)
    elif seat.status is SeatStatus.JOINED:
        yield case.answer(Kind.DONE_JOIN)
    elif case.written < seat.asked.replace(microsecond=0):
        yield case.answer(Kind.STALE)
    elif _late(case, seat):
        reason = "released" if seat.status is SeatStatus.RELEASED else "enough have joined"
        content = replace(case.content(), discipline=seat.discipline, meeting=None, reason=reason)
        yield case.answer(Kind.PAGE_OVER, replace(content, forms=(Verb.STATUS,)))
    else:
        incident = yield from happens(incident, e.EngineerJoined(incident.id, case.now, case.who, seat.discipline))
        yield from stop_page(state, incident, case.who, case.now)
        case = replace(case, incident=incident)
        yield case.answer(Kind.DONE_JOIN, replace(case.content(), discipline=seat.discipline))
        yield from changed(state, incident, case.now, _by(case, seat), but=case.who)


def _late(case: Case, seat: Seat) -> bool:
    """Released, or passed over while others have joined."""
    if seat.status is SeatStatus.RELEASED:
        return True
    full = bool(seat.discipline) and not missing(case.state, case.incident, seat.discipline)
    return seat.status is not SeatStatus.ASKED and full


def decline(case: Case) -> Iterator[Fact]:
    """The next one is called; after JOIN it leaves."""
    state, incident = case.state, case.incident
    if incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if incident.handover and incident.handover.to == case.who:
        yield from handing.turn_down(case)
        return
    seat = seat_of(incident, case.who)
    if seat is None:
        yield case.answer(Kind.NOT_ALLOWED)
        return
    if case.written < seat.asked.replace(microsecond=0):
        yield case.answer(Kind.STALE)
        return
    if seat.status in (SeatStatus.DECLINED, SeatStatus.LEFT, SeatStatus.RELEASED):
        yield case.answer(Kind.DONE_DECLINE)
        return
    event = e.EngineerDeclined(incident.id, case.now, case.who, seat.discipline, case.words)
    incident = yield from happens(incident, event)
    yield from stop_page(state, incident, case.who, case.now)
    case = replace(case, incident=incident)
    yield case.answer(Kind.DONE_DECLINE, replace(case.content(), discipline=seat.discipline, meeting=None, crews=()))
    if seat.status in OPEN_SEATS:
        yield from changed(state, incident, case.now, _by(case, seat), but=case.who)


def _by(case: Case, seat: Seat) -> Content:
    """Who said what, for the manager's line."""
    words = "" if case.said.command.verb == "JOIN" else case.words
    return replace(case.content(), words=words, management="", discipline=seat.discipline, people=())


def team(case: Case) -> Iterator[Fact]:
    """Calls disciplines and people, and releases them; TEAM alone shows the roster. All of it is done, or nothing."""
    state, incident, now = case.state, case.incident, case.now
    if incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    found: list[Wanted] = []
    for one in _wanted(case):
        if isinstance(one, Unnamed):
            yield case.answer(Kind.NO_SUCH_NAME, replace(case.content(), name=one.words, people=one.people))
            return
        found.append(one)
    before = incident
    for one in sorted(found, key=lambda one: not one.leaves):
        if one.leaves and one.discipline:
            if one.discipline in incident.needed or seats(incident, one.discipline, *OPEN_SEATS):
                incident = yield from release_discipline(state, incident, one.discipline, case.who, now)
        elif one.leaves:
            incident = yield from release(state, incident, (one.person,), case.who, now)
        elif one.discipline:
            incident = yield from _call(replace(case, incident=incident), one.discipline)
        else:
            incident = yield from _call_person(replace(case, incident=incident), one.person)
    incident = yield from fill(state, incident, now)
    incident = yield from spare(state, incident, now)
    called = _new(before.team, incident.team, {SeatStatus.ASKED})
    let_go = _new(before.team, incident.team, {SeatStatus.RELEASED})
    after = replace(case, incident=incident)
    shown = replace(after.content(), people=_names(state, called), next_people=_names(state, let_go))
    yield after.answer(Kind.DONE_TEAM, shown)


def _wanted(case: Case) -> Iterator[Wanted | Unnamed]:
    words = without_number(case.words, case.incident.id)
    if len(words.split()) > MOST_NAMES:
        yield Unnamed(words[:LONGEST_NAME], tuple(d.name for d in case.state.procedure.disciplines))
        return
    for leaves, part in _parts(words):
        yield from _named(case.state, case.incident, part, leaves)


def _call(case: Case, name: str) -> Story:
    """Once more where it had been called before and people are missing: the silent ones are asked again."""
    incident = case.incident
    if name in incident.needed and not uncalled(case.state, incident, name):
        return incident
    return (yield from happens(incident, e.TeamCalled(incident.id, case.now, case.who, (name,))))


def _call_person(case: Case, who: str) -> Story:
    """For the discipline that they were released from, one of theirs that misses people, or for themselves."""
    state, incident = case.state, case.incident
    seat = seat_of(incident, who)
    if who == incident.manager or (seat and seat.status in OPEN_SEATS):
        return incident
    if seat and seat.status is SeatStatus.RELEASED and seat.discipline in incident.needed:
        return (yield from page(state, incident, who, seat.discipline, case.who, case.now))
    mine = (name for name in incident.needed if (d := discipline_named(state, name)) and _on(state, who, d.list))
    discipline = next((name for name in mine if uncalled(state, incident, name)), "")
    return (yield from page(state, incident, who, discipline, case.who, case.now))


def _on(state: State, who: str, name: str) -> bool:
    return who in state.configuration.people.on(name)


def _new(before: tuple[Seat, ...], after: tuple[Seat, ...], statuses: set[SeatStatus]) -> tuple[str, ...]:
    had = {seat.contact: seat for seat in before}
    return tuple(s.contact for s in after if s.status in statuses and had.get(s.contact) != s)


def _names(state: State, people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(state.name(who) for who in people)


def _parts(words: str) -> Iterator[tuple[bool, str]]:
    """(leaves, words) for each sign, and for what stands before the first."""
    pieces = _SIGNED.split(words)
    for sign, text in zip(["+", *pieces[1::2]], pieces[0::2], strict=True):
        for part in _BETWEEN.split(text):
            if part := part.strip(" .!\t\n"):
                yield sign != "+", part


def _named(state: State, incident: Incident, words: str, leaves: bool) -> Iterator[Wanted | Unnamed]:
    """One name, or several that stand side by side ("network database")."""
    whole = _one(state, incident, words, leaves)
    several = words.split() if isinstance(whole, Unnamed) else []
    parts: list[Wanted] = []
    for word in several if len(several) > 1 else ():
        part = _one(state, incident, word, leaves)
        if isinstance(part, Unnamed):
            break
        parts.append(part)
    yield from parts if parts and len(parts) == len(several) else (whole,)


def _one(state: State, incident: Incident, words: str, leaves: bool) -> Wanted | Unnamed:
    if found := discipline_named(state, words):
        return Wanted(leaves, discipline=found.name)
    seated = tuple(seat.contact for seat in incident.team if seat.status in REACHABLE)
    among = seated if leaves else _likely(state, incident)
    others: tuple[str, ...] = ()
    person = named(state, words, among)
    if isinstance(person, Unclear) and not leaves:
        others = tuple(who for who in bearing(state, words) if takes_part(state, incident, who))
    if others:
        among = others
        person = named(state, words, others)
    if isinstance(person, str):
        return Wanted(leaves, person=person)
    disciplines = tuple(d.name for d in state.procedure.disciplines)
    close = get_close_matches(words.casefold()[:LONGEST_NAME], disciplines)
    nobody = person.people == among[:MOST_SHOWN] and among is not others
    return Unnamed(words, tuple(close) or (disciplines if nobody else tuple(map(state.name, person.people))))


def _likely(state: State, incident: Incident) -> tuple[str, ...]:
    """Who is meant before anybody else of that name: engineers, managers, operators, and whoever is on it."""
    lists = (*(discipline.list for discipline in state.procedure.disciplines), MANAGERS, OPERATORS)
    listed = (who for name in lists for who in state.configuration.people.on(name))
    return tuple(dict.fromkeys((*(seat.contact for seat in incident.team), *listed)))
