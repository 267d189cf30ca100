"""One incident as the board shows it: how it stands, who is on it, what comes next, whom the last notice reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.core.authority import asked
from daemon.core.climbing import rung_due
from daemon.core.content import Content
from daemon.core.knowing import managed
from daemon.core.model import OPEN, Incident, Promise, Status
from daemon.core.state import State
from daemon.render.plain import line
from daemon.web.board.reached import Column, Tally, tally

_LONGEST_TITLE = 200
MOST_ENDED = 12


@dataclass(frozen=True, slots=True)
class Glance:
    """`due` is the first promise of all, to the audiences `due_to`. `latest` is what was said last to the audiences,
    else to anybody, and `tally` how many it reached.

    While it is undecided, `asked` are the people who are asked to decide, and at `ask_due` the next ones are.
    `same_as` is "" where the viewer may not see that incident.
    """

    incident: Incident
    title: str
    content: Content
    promises: tuple[tuple[str, Promise], ...]
    due: datetime | None
    due_to: tuple[str, ...]
    latest: Column | None
    tally: Tally | None
    asked: tuple[str, ...]
    ask_due: datetime | None
    deputies: tuple[str, ...]
    handover: str
    taker: str
    services: tuple[str, ...]
    same_as: str


def glance(state: State, incident: Incident, sees: Callable[[Incident], bool], said: Sequence[Column]) -> Glance:
    """`said` are the columns of what was said about it, the newest first."""
    content, undecided = managed(state, incident), incident.status is Status.PROPOSED
    promises = tuple(incident.promises.items()) if incident.status is Status.ACCEPTED else ()
    due = min((promise.due for _, promise in promises), default=None)
    latest = next((column for column in said if column.to_audiences), said[0] if said else None)
    other = state.incidents.get(incident.same_as)
    return Glance(
        incident=incident,
        title=title_of(incident),
        content=content,
        promises=promises,
        due=due,
        due_to=tuple(name for name, promise in promises if promise.due == due),
        latest=latest,
        tally=tally(state, tuple(latest.notices)) if latest else None,
        asked=tuple(state.name(who) for who in asked(state, incident)) if undecided else (),
        ask_due=rung_due(state, incident) if undecided else None,
        deputies=tuple(state.name(who) for who in incident.deputies),
        handover=state.name(incident.handover.to) if incident.handover else "",
        taker=state.name(incident.taker),
        services=_services(state, incident),
        same_as=incident.same_as if other and sees(other) else "",
    )


def title_of(incident: Incident) -> str:
    return line(incident.summary, _LONGEST_TITLE) or "No words"


def _services(state: State, incident: Incident) -> tuple[str, ...]:
    public = {service.name: service.public_name for service in state.procedure.services}
    return tuple(public.get(name) or name for name in incident.services)


def under_way(state: State, sees: Callable[[Incident], bool]) -> list[Incident]:
    """Real ones before exercises, those accepted before those proposed, and the newest first."""
    found = [incident for incident in state.incidents.values() if incident.status in OPEN and sees(incident)]
    return sorted(found, key=lambda incident: (incident.drill, incident.status is Status.PROPOSED, _newest(incident)))


def ended(state: State, sees: Callable[[Incident], bool]) -> Sequence[Incident]:
    """The last ones, the newest first."""
    found = [incident for incident in state.incidents.values() if incident.status not in OPEN and sees(incident)]
    return sorted(found, key=_newest)[:MOST_ENDED]


def _newest(incident: Incident) -> float:
    return -incident.since.timestamp()
