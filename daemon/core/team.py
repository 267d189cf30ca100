"""The team: engineers of each discipline needed are called in order, until enough have joined.

Each function yields what happens and returns the incident as it then is.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from config.types import Ladder
from daemon.core import events as e
from daemon.core.bridge import follow
from daemon.core.case import stop
from daemon.core.content import Content
from daemon.core.crew import (
    REACHABLE,
    candidates,
    crews,
    discipline_named,
    missing,
    need,
    seat_of,
    seats,
    uncalled,
)
from daemon.core.exercise import scoped
from daemon.core.facts import Fact
from daemon.core.fold import fold
from daemon.core.kinds import Kind
from daemon.core.knowing import managed, services
from daemon.core.model import Incident, Seat, SeatStatus, Status
from daemon.core.saying import ANSWER, to_managers, to_person, to_team
from daemon.core.state import State
from parsers.types import Verb

ANSWER_WITHIN = timedelta(minutes=5)
"""For somebody called by name, who is in no discipline."""

TEAM_KINDS = frozenset({Kind.PAGE, Kind.BRIDGE, Kind.BRIDGE_CALL, Kind.ROSTER})

ROSTER_VIA = ANSWER["sms"]
"""One line for whoever coordinates on a telephone."""

T = TypeVar("T", e.TeamCalled, e.DisciplineReleased)

Story = Generator[Fact, None, Incident]


def happens(incident: Incident, event: e.Event) -> Story:
    yield event
    return fold(incident, event)


def call(state: State, incident: Incident, now: datetime, *, anew: bool = False) -> Story:
    """What the affected services need: the bridge, and the disciplines that have not been called yet.

    Those that no affected service needs any more are released, unless somebody is on it or the manager called them.
    What the manager released is not called for another service, but `anew` it is.
    """
    incident = yield from follow(state, incident, now)
    wanted = tuple(dict.fromkeys(name for s in services(state, incident) for name in s.disciplines))
    asked_for = {n for t in _timeline(state, incident, e.TeamCalled) if t.by for n in t.disciplines}
    on_it = (SeatStatus.JOINED, SeatStatus.ASKED) if anew else (SeatStatus.JOINED,)
    idle = [n for n in incident.needed if n not in wanted and n not in asked_for and not seats(incident, n, *on_it)]
    freed = [seat for name in idle for seat in seats(incident, name, *REACHABLE)]
    for name in idle:
        incident = yield from happens(incident, e.DisciplineReleased(incident.id, now, "", name))
    for seat in freed:
        incident = yield from happens(incident, e.Released(incident.id, now, "", seat.contact))
    released = {t.discipline for t in _timeline(state, incident, e.DisciplineReleased) if t.by and not anew}
    if new := tuple(name for name in wanted if name not in incident.needed and name not in released):
        incident = yield from happens(incident, e.TeamCalled(incident.id, now, "", new))
    incident = yield from fill(state, incident, now)
    again = [seat.contact for seat in incident.team if seat.status is SeatStatus.ASKED]
    yield from dismiss(state, incident, freed, now, "released", but=again)
    return incident


def _timeline(state: State, incident: Incident, kind: type[T]) -> Iterator[T]:
    return (event for event in state.timelines.get(incident.id, ()) if isinstance(event, kind))


def recall(state: State, incident: Incident, now: datetime) -> Story:
    """It is back: those who were on it are paged again, then whoever else is needed."""
    incident = yield from follow(state, incident, now)
    for seat in incident.team:
        if seat.contact != incident.manager:
            incident = yield from page(state, incident, seat.contact, seat.discipline, "", now)
    return (yield from call(state, incident, now, anew=True))


def fill(state: State, incident: Incident, now: datetime) -> Story:
    """Calls the next ones of each discipline; those with nobody left are escalated once, together."""
    left: dict[str, int] = {}
    for name in incident.needed:
        order = candidates(state, incident, name, now)
        while uncalled(state, incident, name) and (who := next(order, None)):
            incident = yield from page(state, incident, who, name, "", now)
        more = uncalled(state, incident, name)
        if more and name not in incident.exhausted:
            incident = yield from happens(incident, e.DisciplineExhausted(incident.id, now, name, more))
            left[name] = more
    if left:
        yield from _escalate(state, incident, left, now)
    return incident


def page(state: State, incident: Incident, who: str, discipline: str, by: str, now: datetime) -> Story:
    found = discipline_named(state, discipline)
    until = now + (found.answer_within if found else ANSWER_WITHIN)
    incident = yield from happens(incident, e.Paged(incident.id, now, by, who, discipline, until))
    content = replace(managed(state, incident), discipline=discipline, due=until, at=now, crews=())
    content = replace(content, actor=state.name(by), forms=(Verb.JOIN, Verb.DECLINE))
    yield to_team(state, incident, Kind.PAGE, now, (who,), via_of(state, discipline), content)
    return incident


def via_of(state: State, discipline: str) -> Ladder:
    found = discipline_named(state, discipline)
    return found.via if found else state.procedure.decide[0].via


def _escalate(state: State, incident: Incident, left: Mapping[str, int], now: datetime) -> Iterator[Fact]:
    tried = tuple(state.name(seat.contact) for seat in incident.team if seat.discipline in left)
    content = replace(managed(state, incident), discipline=", ".join(left), count=sum(left.values()), at=now)
    content = replace(content, people=tried)
    yield from to_managers(state, incident, Kind.TEAM_EXHAUSTED, now, content, but=(incident.manager,))
    if incident.manager:
        working = replace(content, forms=(Verb.TEAM, Verb.STATUS))
        yield to_person(state, incident, Kind.TEAM_EXHAUSTED, now, incident.manager, working)


def pass_over(state: State, incident: Incident, people: Collection[str], now: datetime) -> Story:
    """Those asked who are silent, or whom nothing reached: the next ones are called."""
    for who in people:
        seat = seat_of(incident, who)
        if seat and seat.status is SeatStatus.ASKED:
            silent = e.EngineerSilent(incident.id, now, who, seat.discipline)
            incident = yield from happens(incident, silent)
    names = tuple(state.name(who) for who in people)
    return (yield from changed(state, incident, now, replace(managed(state, incident), people=names)))


def unreached(state: State, number: str, people: Collection[str], now: datetime) -> Iterator[Fact]:
    """No channel reaches these engineers: nobody waits for their answer."""
    incident = state.incidents.get(number)
    asked = [who for who in people if incident and (s := seat_of(incident, who)) and s.status is SeatStatus.ASKED]
    if incident and incident.status is Status.ACCEPTED and asked:
        yield from pass_over(scoped(state, incident), incident, asked, now)


def silent(incident: Incident, now: datetime) -> tuple[str, ...]:
    """Who was asked and has not answered in time."""
    return tuple(s.contact for s in incident.team if s.status is SeatStatus.ASKED and s.until <= now)


def changed(state: State, incident: Incident, now: datetime, content: Content | None = None, *, but: str = "") -> Story:
    """The next ones are called, those not needed any more are told, and the manager sees the roster.

    Who was told that a discipline is exhausted has seen it there.
    """
    exhausted = incident.exhausted
    incident = yield from fill(state, incident, now)
    incident = yield from spare(state, incident, now)
    if not incident.exhausted - exhausted and (not incident.manager or incident.manager != but):
        yield from roster(state, incident, now, content)
    return incident


def roster(state: State, incident: Incident, now: datetime, content: Content | None = None) -> Iterator[Fact]:
    """In the place of an older one that is still unsent. `people` of the content are those who did not answer."""
    yield from _stop(state, incident, now, "replaced by a newer notice", kinds={Kind.ROSTER})
    shown = content or replace(managed(state, incident), people=())
    shown = replace(shown, crews=crews(state, incident), at=now)
    shown = replace(shown, forms=(Verb.TEAM, Verb.STATUS) if incident.manager else (Verb.TAKE,))
    if incident.manager:
        yield to_person(state, incident, Kind.ROSTER, now, incident.manager, shown, via=ROSTER_VIA)
    else:
        yield from to_managers(state, incident, Kind.ROSTER, now, shown, via=ROSTER_VIA)


def spare(state: State, incident: Incident, now: datetime) -> Story:
    """Whoever was asked for a discipline that is filled need not come."""
    spared: list[Seat] = []
    for name in incident.needed:
        if need(state, name) and not missing(state, incident, name):
            spared += seats(incident, name, SeatStatus.ASKED, SeatStatus.SILENT)
    for seat in spared:
        incident = yield from happens(incident, e.Released(incident.id, now, "", seat.contact))
    yield from dismiss(state, incident, spared, now, "enough have joined")
    return incident


def release(state: State, incident: Incident, people: Iterable[str], by: str, now: datetime) -> Story:
    taken = [seat for who in people if (seat := seat_of(incident, who)) and seat.status in REACHABLE]
    for seat in taken:
        incident = yield from happens(incident, e.Released(incident.id, now, by, seat.contact))
    yield from dismiss(state, incident, taken, now, "released")
    return incident


def release_discipline(state: State, incident: Incident, name: str, by: str, now: datetime) -> Story:
    taken = [seat.contact for seat in seats(incident, name, *REACHABLE)]
    incident = yield from happens(incident, e.DisciplineReleased(incident.id, now, by, name))
    return (yield from release(state, incident, taken, by, now))


def dismiss(
    state: State, incident: Incident, taken: Iterable[Seat], now: datetime, reason: str, *, but: Collection[str] = ()
) -> Iterator[Fact]:
    """Pages that are still open stop, and these people, `but` who is asked anew, hear that they are not needed."""
    groups: dict[Ladder, list[Seat]] = {}
    for seat in taken:
        groups.setdefault(via_of(state, seat.discipline), []).append(seat)
    for via, group in groups.items():
        yield from _stop(state, incident, now, reason, [seat.contact for seat in group])
        people = tuple(seat.contact for seat in group if seat.contact not in but)
        one = group[0].discipline if len({seat.discipline for seat in group}) == 1 else ""
        content = replace(managed(state, incident), discipline=one, at=now, reason=reason, meeting=None, crews=())
        yield to_team(state, incident, Kind.PAGE_OVER, now, people, via, content)


def over(state: State, incident: Incident, now: datetime, *, but: str = "") -> Iterator[Fact]:
    """The incident has ended: nobody is called any more, and the team is told."""
    yield from _stop(state, incident, now, "it is over")
    taken = [seat for seat in incident.team if seat.status in REACHABLE and seat.contact != but]
    yield from dismiss(state, incident, taken, now, "it is over")


def stop_page(state: State, incident: Incident, who: str, now: datetime) -> Iterator[Fact]:
    """They have answered."""
    yield from _stop(state, incident, now, "answered", (who,), kinds={Kind.PAGE})


def _stop(
    state: State,
    incident: Incident,
    now: datetime,
    reason: str,
    people: Collection[str] = (),
    kinds: Collection[Kind] = TEAM_KINDS,
) -> Iterator[Fact]:
    """What is still on its way to these people, or to anybody, and to nobody else."""
    for notice in tuple(state.unfinished()):
        mine = not people or set(notice.recipients) <= set(people)
        if notice.incident == incident.id and notice.kind in kinds and mine and notice.id not in state.stopped:
            yield from stop(state, notice, now, reason)


def summed(incident: Incident, facts: Iterable[Fact]) -> Incident:
    """The incident after these facts."""
    for fact in facts:
        if isinstance(fact, e.Event) and fact.incident == incident.id:
            incident = fold(incident, fact)
    return incident
