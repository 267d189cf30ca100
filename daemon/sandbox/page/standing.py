"""How things stand, in what the page shows of it: incidents, what falls due next, switches, the scenario."""

from collections.abc import Mapping
from typing import Any

from daemon.core.deadlines import Deadline, Due, deadlines
from daemon.core.exercise import scoped
from daemon.core.model import Incident, SeatStatus, Status
from daemon.core.state import State
from daemon.sandbox.playground import Playground
from daemon.sandbox.switchboard import SWITCHES

TRIED = "what has not arrived is tried by the next channel"

INCIDENTS = 3
"""The newest that are shown."""

WHAT: Mapping[Due, str] = {
    Due.EXERCISE: "the exercise ends by itself",
    Due.UNDECIDED: "nobody has decided in time",
    Due.RUNG: "the managers are asked again, by the next rung of the ladder",
    Due.TELL_PROPOSER: "the proposer hears that nobody has decided yet",
    Due.ANSWER: "a paged engineer has been silent for too long: the next one is paged",
    Due.HANDOVER: "the offered handover lapses",
    Due.TAKE: "somebody takes charge",
    Due.PREVIEW: "the update goes out",
    Due.UPDATE: "the promised update to {audience}: without one, a holding update",
    Due.REMINDER: "{manager} is reminded of the update to {audience}",
}
"""By what falls due; anything else by its own name."""


def standing(playground: Playground) -> dict[str, Any]:
    organization = playground.organization
    state = organization.daemon.state
    lamps = playground.switches.lamps()
    return {
        "alive": organization.alive,
        "speed": playground.speed,
        "held": playground.held,
        "due": _due(playground),
        "incidents": [_incident(state, incident) for incident in list(state.incidents.values())[: -INCIDENTS - 1 : -1]],
        "lamps": {
            switch.name: {"cut": lamp.cut, "found": str(lamp.found), "why": lamp.why}
            for switch in SWITCHES
            if (lamp := lamps[switch.name])
        },
        "scenario": _scenario(playground),
    }


def _due(playground: Playground) -> dict[str, str] | None:
    organization = playground.organization
    if not organization.alive:
        return None
    when = organization.daemon.next_wake()
    if when is None:
        return None
    state = organization.daemon.state
    found = [(d, i) for i in state.open_incidents() for d in deadlines(state, i) if d.when <= when]
    words = dict.fromkeys(_what(state, deadline, incident) for deadline, incident in found)
    return {"at": when.isoformat(), "what": "; ".join(words) or TRIED}


def _what(state: State, deadline: Deadline, incident: Incident) -> str:
    words = WHAT.get(deadline.due, deadline.due.value.replace("-", " "))
    manager = state.name(incident.manager) or "the manager"
    return f"{incident.id}: {words.format(audience=deadline.audience, manager=manager)}"


def _incident(state: State, incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "status": incident.status.value,
        "title": _title(state, incident),
        "about": "; ".join(filter(None, (_charge(state, incident), _team(state, incident), _promise(incident)))),
        "next": _next_promise(incident),
    }


def _title(state: State, incident: Incident) -> str:
    named = {service.name: service.public_name for service in state.procedure.services}
    return ", ".join(named[name] for name in incident.services if name in named) or incident.summary


def _charge(state: State, incident: Incident) -> str:
    match incident.status:
        case Status.PROPOSED:
            managers = scoped(state, incident).configuration.people.on("incident-managers")
            return f"{incident.proposer_name} proposed it, {len(managers)} managers are asked"
        case Status.ACCEPTED:
            return f"{state.name(incident.manager)} is in charge" if incident.manager else "nobody is in charge"
        case Status.REJECTED:
            return f"{state.name(incident.decided_by)} rejected it"
    return ""


def _team(state: State, incident: Incident) -> str:
    if incident.status is not Status.ACCEPTED:
        return ""
    by = {
        words: [state.name(seat.contact).partition(" ")[0] for seat in incident.team if seat.status is status]
        for status, words in ((SeatStatus.JOINED, "joined"), (SeatStatus.ASKED, "paged"))
    }
    return ", ".join(f"{_and(names)} {words}" for words, names in by.items() if names)


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _promise(incident: Incident) -> str:
    return "the next update is promised by" if _next_promise(incident) else ""


def _next_promise(incident: Incident) -> str:
    if incident.status is not Status.ACCEPTED or not incident.promises:
        return ""
    return min(promise.due for promise in incident.promises.values()).isoformat()


def _scenario(playground: Playground) -> dict[str, Any] | None:
    playing = playground.playing
    if playing is None:
        return None
    return {
        "name": playing.scenario.name,
        "about": playing.scenario.about,
        "steps": len(playing.scenario.steps),
        "done": playing.done,
        "busy": playing.under_way,
        "last": {"happens": playing.last.happens, "seen": playing.last.seen} if playing.last else None,
        "next": playing.next.happens if playing.next else "",
        "missing": list(playing.missing),
    }
