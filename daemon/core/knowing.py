"""What the readers of a notice may know about an incident: the public, or those with a part in it."""

from dataclasses import replace
from datetime import datetime

from config.types import Service
from daemon.core.content import Content
from daemon.core.crew import crews
from daemon.core.meeting import meeting
from daemon.core.model import Incident, Status
from daemon.core.state import State
from daemon.core.suggestion import suggested
from parsers.types import Verb


def services(state: State, incident: Incident) -> tuple[Service, ...]:
    """The affected services as configured; where none was named, or none is known any more, what holds for `*`.

    A roll call is about none.
    """
    if incident.exercise is not None and incident.exercise.roll_call:
        return ()
    every = state.procedure.services
    known = tuple(service for service in every if service.name in incident.services)
    return known or tuple(service for service in every if service.name == "*")


def public_title(state: State, incident: Incident) -> str:
    """The affected services by their public names, "" where none is known; a roll call's own words."""
    if incident.exercise is not None and incident.exercise.roll_call:
        return incident.summary
    return ", ".join(service.public_name for service in services(state, incident) if service.public_name)


def public_impact(state: State, incident: Incident) -> str:
    """The services' configured sentences, never the proposer's words; "" where there are none."""
    return " ".join(service.impact for service in services(state, incident) if service.impact)


def disabled(state: State, incident: Incident | None, *, named: bool = False) -> frozenset[str]:
    """The channels not to trust while this incident lasts; only by services that somebody named, where told so."""
    if incident is None or incident.status not in (Status.PROPOSED, Status.ACCEPTED):
        return frozenset()
    affected = services(state, incident) if incident.services else () if named else suggested(state, incident)
    return frozenset(channel for service in affected for channel in service.disables)


def public(state: State, incident: Incident, due: datetime | None = None, forms: tuple[Verb, ...] = ()) -> Content:
    """What anybody may read about it: never the proposer's words. `due` is when the next word comes."""
    return Content(
        status=incident.status,
        title=public_title(state, incident),
        impact=public_impact(state, incident),
        words=incident.words,
        accepted=incident.accepted,
        ended=incident.ended,
        last_word=incident.last_word,
        due=due,
        forms=forms,
    )


def full(state: State, incident: Incident) -> Content:
    """What managers, the proposer and management may read about it."""
    return replace(
        public(state, incident),
        words=incident.reason or incident.words,
        summary=incident.summary,
        details=incident.details,
        proposed_impact=incident.impact,
        proposer=incident.proposer_name,
        manager=state.name(incident.manager),
        management=incident.management,
        proposed=incident.written or incident.proposed,
        replies=incident.replies,
        due=min((promise.due for promise in incident.promises.values()), default=None),
        hold=incident.hold or "",
        people=tuple(state.name(who) for who in incident.joined),
        other=incident.same_as,
        crews=crews(state, incident),
    )


def managed(state: State, incident: Incident) -> Content:
    """`full`, under the title by which managers know it, with where the team meets and who is in it."""
    return replace(
        full(state, incident),
        title=incident.summary,
        meeting=meeting(state, incident),
    )
