"""The roster as it stands: who of each discipline is on it, who is asked, how many are missing, who is next."""

from collections.abc import Iterator
from datetime import datetime

from config.types import Discipline
from daemon.core.content import Crew
from daemon.core.duty import calling_order
from daemon.core.model import Incident, Seat, SeatStatus
from daemon.core.state import State

OPEN_SEATS = frozenset({SeatStatus.ASKED, SeatStatus.JOINED})
"""On the team, or about to be."""

REACHABLE = OPEN_SEATS | {SeatStatus.SILENT}
"""Whoever may still dial in."""


def discipline_named(state: State, name: str) -> Discipline | None:
    return next((d for d in state.procedure.disciplines if d.name.casefold() == name.casefold()), None)


def seat_of(incident: Incident, who: str) -> Seat | None:
    return next((seat for seat in incident.team if seat.contact == who), None)


def seats(incident: Incident, discipline: str, *statuses: SeatStatus) -> tuple[Seat, ...]:
    return tuple(seat for seat in incident.team if seat.discipline == discipline and seat.status in statuses)


def need(state: State, name: str) -> int:
    """How many of a discipline are called for; 0 where it is not configured any more."""
    discipline = discipline_named(state, name)
    return discipline.need if discipline else 0


def missing(state: State, incident: Incident, discipline: str) -> int:
    """How many more must join. Whom the manager released is not missed."""
    there = seats(incident, discipline, SeatStatus.JOINED, SeatStatus.RELEASED)
    return max(0, need(state, discipline) - len(there)) if discipline in incident.needed else 0


def uncalled(state: State, incident: Incident, discipline: str) -> int:
    """How many more must be called."""
    return max(0, missing(state, incident, discipline) - len(seats(incident, discipline, SeatStatus.ASKED)))


def candidates(state: State, incident: Incident, discipline: str, now: datetime) -> Iterator[str]:
    """Who can still be called: nobody twice, and never the incident manager.

    In calling order, but those who are busy with another incident, or asked for one, come last.
    """
    found = discipline_named(state, discipline)
    seated = {seat.contact for seat in incident.team if seat.status is not SeatStatus.SPARED}
    others = [other for other in state.open_incidents() if other.id != incident.id and not other.drill]
    busy = {who for other in others for who in (other.manager, *_busy(other, now))}
    for who in sorted(calling_order(state, found.list, now) if found else (), key=busy.__contains__):
        if who not in seated and who != incident.manager:
            yield who


def _busy(incident: Incident, now: datetime) -> Iterator[str]:
    """Who is on it, or has been asked and has time to answer."""
    for seat in incident.team:
        if seat.status is SeatStatus.JOINED or (seat.status is SeatStatus.ASKED and now < seat.until):
            yield seat.contact


def crews(state: State, incident: Incident) -> tuple[Crew, ...]:
    """A line for each discipline called, and one without a name for those called by theirs."""
    names = dict.fromkeys((*incident.needed, *(s.discipline for s in incident.team if s.status in OPEN_SEATS)))
    return tuple(
        Crew(
            discipline=name,
            joined=_names(state, seats(incident, name, SeatStatus.JOINED)),
            asked=_names(state, seats(incident, name, SeatStatus.ASKED)),
            missing=missing(state, incident, name),
            exhausted=name in incident.exhausted and uncalled(state, incident, name) > 0,
        )
        for name in names
    )


def _names(state: State, taken: tuple[Seat, ...]) -> tuple[str, ...]:
    return tuple(state.name(seat.contact) for seat in taken)
