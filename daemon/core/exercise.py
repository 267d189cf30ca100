"""An exercise is the whole procedure for those who take part: the state as it sees them, and nobody else."""

from dataclasses import replace

from config.types import Configuration, People
from daemon.core.model import OPEN, Incident
from daemon.core.state import State


def scoped(state: State, incident: Incident) -> State:
    """The state with the lists, and the disciplines, of those who take part in the incident: in a real one, all."""
    if incident.exercise is None or not incident.exercise.lists:
        return state
    return replace(state, configuration=_limited(state, incident.exercise.lists))


def taking_part(people: People, lists: tuple[str, ...]) -> tuple[str, ...]:
    """The contacts on these lists, or everybody where there are none."""
    if not lists:
        return tuple(people.contacts)
    return tuple(dict.fromkeys(who for name in lists for who in people.on(name)))


def takes_part(state: State, incident: Incident, who: str) -> bool:
    """Whether the incident may reach this person at all: in a real one, everybody."""
    lists = incident.exercise.lists if incident.exercise else ()
    return not lists or who in taking_part(state.configuration.people, lists)


def open_drill(state: State) -> Incident | None:
    """The exercise that is on; there is one at a time."""
    return next((i for i in state.incidents.values() if i.drill and i.status in OPEN), None)


def real_one(state: State) -> Incident | None:
    """Something real that is open."""
    return next((incident for incident in state.open_incidents() if not incident.drill), None)


def is_over(state: State, incident: Incident) -> bool:
    """Whether this is an exercise that is over, or is about to be as something real is open."""
    return incident.drill and (incident.status not in OPEN or real_one(state) is not None)


def last_drill(state: State, roll_call: bool) -> Incident | None:
    """The last exercise, or roll call, whose report is out: the next one is compared with it."""
    reported = (i for i in state.incidents.values() if i.exercise and i.exercise.reported)
    return max((i for i in reported if i.exercise and i.exercise.roll_call is roll_call), key=_number, default=None)


def _number(incident: Incident) -> int:
    return int(incident.id.partition("-")[2])


def _limited(state: State, lists: tuple[str, ...]) -> Configuration:
    whole = state.configuration
    kept = state.limited.get(lists)
    if kept is None or kept[0] is not whole:
        state.limited.clear()
        kept = state.limited[lists] = (whole, _without_others(whole, lists))
    return kept[1]


def _without_others(whole: Configuration, lists: tuple[str, ...]) -> Configuration:
    """Nobody is called from a discipline of which nobody takes part: it would only seem exhausted."""
    who = frozenset(taking_part(whole.people, lists))
    people = replace(
        whole.people, lists={name: tuple(w for w in those if w in who) for name, those in whole.people.lists.items()}
    )
    procedure = whole.procedure
    disciplines = tuple(d for d in procedure.disciplines if people.on(d.list))
    left = {discipline.name for discipline in disciplines}
    services = tuple(
        replace(service, disciplines=tuple(name for name in service.disciplines if name in left))
        for service in procedure.services
    )
    return replace(whole, people=people, procedure=replace(procedure, disciplines=disciplines, services=services))
