"""The team in an incident's fold: who is called, who is on it, where they meet."""

from dataclasses import replace
from datetime import datetime

from daemon.core import team_events as e
from daemon.core.model import Incident, Seat, SeatStatus


def fold_team(after: Incident, event: e.TeamEvent) -> Incident:
    match event:
        case e.TeamCalled():
            return _called(after, event.disciplines)
        case e.Paged():
            seat = Seat(event.contact, event.discipline, SeatStatus.ASKED, event.at, event.at, event.until)
            return _seated(after, seat)
        case e.EngineerJoined():
            return _answered(after, event.by, SeatStatus.JOINED, event.at)
        case e.EngineerDeclined():
            left = event.by in after.joined
            return _answered(after, event.by, SeatStatus.LEFT if left else SeatStatus.DECLINED, event.at)
        case e.EngineerSilent():
            return _answered(after, event.contact, SeatStatus.SILENT, event.at)
        case e.Released():
            return _answered(after, event.contact, SeatStatus.RELEASED if event.by else SeatStatus.SPARED, event.at)
        case e.DisciplineReleased():
            needed = tuple(name for name in after.needed if name != event.discipline)
            return replace(after, needed=needed, exhausted=after.exhausted - {event.discipline})
        case e.BridgeSet():
            used_again = frozenset({event.bridge} - {event.gone})
            given_up = (after.bridges_gone | frozenset({event.gone} - {""})) - used_again
            return replace(after, bridge=event.bridge, bridge_words=event.words, bridges_gone=given_up)
        case e.DisciplineExhausted():
            return replace(after, exhausted=after.exhausted | {event.discipline})


def _called(incident: Incident, disciplines: tuple[str, ...]) -> Incident:
    """Called once more, whoever was silent or released may be asked again."""
    gone = (SeatStatus.SILENT, SeatStatus.RELEASED)
    team = tuple(
        replace(seat, status=SeatStatus.SPARED) if seat.discipline in disciplines and seat.status in gone else seat
        for seat in incident.team
    )
    needed = tuple(dict.fromkeys((*incident.needed, *disciplines)))
    return replace(incident, needed=needed, team=team, exhausted=incident.exhausted - {*disciplines})


def _seated(incident: Incident, seat: Seat) -> Incident:
    """In the place of an earlier seat of the same engineer, or after the others."""
    if not any(other.contact == seat.contact for other in incident.team):
        return replace(incident, team=(*incident.team, seat))
    return replace(incident, team=tuple(seat if o.contact == seat.contact else o for o in incident.team))


def _answered(incident: Incident, who: str, status: SeatStatus, at: datetime) -> Incident:
    team = tuple(replace(seat, status=status, at=at) if seat.contact == who else seat for seat in incident.team)
    return replace(incident, team=team)
