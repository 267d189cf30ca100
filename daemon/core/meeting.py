"""Where the team meets: the bridge in use, and the one that would be next."""

from collections.abc import Iterator

from config.types import Bridge
from daemon.core.content import Meeting
from daemon.core.model import Incident, Status
from daemon.core.state import State

FAILED_AFTER = 2
"""Failed checks in a row after which a bridge is not used."""


def bridge_named(state: State, name: str) -> Bridge | None:
    return next((b for b in state.procedure.bridges if b.name.casefold() == name.strip().casefold()), None)


def meeting(state: State, incident: Incident) -> Meeting | None:
    """What people who take part are told, from the acceptance on; None where nothing is configured or said."""
    if incident.status is not Status.ACCEPTED:
        return None
    if incident.bridge_words:
        return Meeting(words=incident.bridge_words)
    bridge = bridge_named(state, incident.bridge) or next(iter(usable(state, incident)), None)
    return Meeting(bridge.name, bridge.url, bridge.phone, bridge.pin) if bridge else None


def usable(state: State, incident: Incident) -> Iterator[Bridge]:
    """The configured bridges that may work and were not given up, those after the one in use first.

    Those where the people of another incident meet come last: two teams in one conference hear each other.
    """
    bridges = state.procedure.bridges
    place = next((n for n, bridge in enumerate(bridges) if bridge.name == incident.bridge), -1) + 1
    taken = _elsewhere(state, incident)
    for bridge in sorted((*bridges[place:], *bridges[:place]), key=lambda bridge: bridge.name in taken):
        if bridge.name not in incident.bridges_gone and not why_not(state, incident, bridge):
            yield bridge


def _elsewhere(state: State, incident: Incident) -> frozenset[str]:
    others = (i for i in state.open_incidents() if i.id != incident.id and i.status is Status.ACCEPTED)
    return frozenset(other.bridge for other in others if not other.bridge_words)


def why_not(state: State, incident: Incident, bridge: Bridge) -> str:
    """Why this bridge should not be used now, in words; "" where it may."""
    named = (service for service in state.procedure.services if service.name in incident.services)
    affected = {word.casefold() for s in named for word in (s.name, s.public_name, *s.aliases)}
    if needed := [name for name in bridge.depends_on if name.casefold() in affected]:
        return f"it depends on {', '.join(needed)}"
    failures, reason = state.bridges.get(bridge.name, (0, ""))
    return reason if bridge.check and failures >= FAILED_AFTER else ""
