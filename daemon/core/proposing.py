"""A proposal comes in, and the managers are asked: the decide ladder's rungs, and its repeats."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase

from config.types import DecideRung, Undecided, Unknown
from daemon.core import events as e
from daemon.core.case import stop_asking
from daemon.core.facts import Fact
from daemon.core.flood import crowded
from daemon.core.fold import fold, opened
from daemon.core.identity import Identity
from daemon.core.model import Hold, Incident
from daemon.core.notices import Content, Kind, Notice
from daemon.core.saying import (
    ANSWER,
    answer,
    managed,
    reach,
    to_audiences,
    to_managers,
    to_people,
    to_proposers,
)
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.core.suggestion import suggested
from daemon.core.team import call, summed
from parsers.types import Proposal, Verb

PROPOSER_TOLD_AFTER = timedelta(minutes=10)
"""Without a decision by then, the proposer is told who has been asked."""

ASKING = (Verb.ACCEPT, Verb.REJECT, Verb.STATUS)


def may_propose(state: State, said: Said) -> bool:
    """By email whoever matches a pattern; by text every contact."""
    if said.medium != "email":
        return said.identity.contact is not None
    # Only A to Z have a lower case here: to Unicode a Kelvin sign is a "k".
    address = said.identity.address
    address = address.lower() if address.isascii() else address
    return any(fnmatchcase(address, pattern.lower()) for pattern in state.procedure.propose.senders)


def propose(state: State, said: Said, now: datetime) -> Iterator[Fact]:
    """A new incident, or the reason why not. A stranger hears nothing."""
    who = said.identity.contact or said.identity.address
    known = said.identity.contact is not None
    allowed = may_propose(state, said)
    if not said.proposal.summary:
        if known or allowed:
            yield answer(state, said, Kind.PROPOSAL_EMPTY, now, None, Content(forms=(Verb.PROPOSE,)))
        return
    if not allowed and state.procedure.propose.unknown is Unknown.REFUSE:
        if known:
            yield answer(state, said, Kind.PROPOSAL_REFUSED, now, None, Content(summary=said.proposal.summary))
        return
    hold = Hold.UNKNOWN if not allowed or said.identity.doubtful else Hold.LATE if said.late else None
    if crowded(state, who, hold, now):
        hold = Hold.MANY
    services = _services(state, said.proposal.service)
    event = e.Proposed(
        incident=f"MI-{state.last_incident + 1}",
        at=now,
        by=who,
        name=state.name(who) if known else _unknown_name(said.identity),
        summary=said.proposal.summary,
        details=_details(said.proposal, services),
        impact=said.proposal.impact,
        services=services,
        confidential=said.proposal.confidential or _confidential(state, services),
        hold=hold,
        medium=said.medium,
        raw=said.raw,
        attachments=said.attachments,
        written=said.written if hold is Hold.LATE else None,
    )
    yield event
    incident = opened(event)
    first = state.procedure.decide[0]
    if known or (allowed and not said.identity.doubtful):
        asked = state.configuration.people.on(first.who)
        content = replace(managed(state, incident), count=len(asked), people=tuple(state.name(w) for w in asked))
        content = replace(content, forms=(Verb.WITHDRAW,))
        via = ANSWER["email"] if hold is Hold.MANY else None
        yield answer(state, said, Kind.PROPOSAL_RECEIVED, now, incident, content, via=via)
    if first.after <= timedelta(0):
        yield from ask(state, incident, now)


def _unknown_name(identity: Identity) -> str:
    """The address first: anybody can write any name before it."""
    return f"{identity.address} ({identity.name})" if identity.name else identity.address


def _details(proposal: Proposal, services: tuple[str, ...]) -> str:
    """What was written; a service that is none of ours stands in it as words."""
    if services or not proposal.service:
        return proposal.details
    return f"Service: {proposal.service}\n\n{proposal.details}".strip()


def _services(state: State, named: str) -> tuple[str, ...]:
    """The configured services named, by name, public name or alias."""
    wanted = {part.strip().casefold() for part in named.replace(";", ",").split(",") if part.strip()}
    return tuple(
        service.name
        for service in state.procedure.services
        if service.name != "*"
        and wanted & {name.casefold() for name in (service.name, service.public_name, *service.aliases)}
    )


def _confidential(state: State, names: tuple[str, ...]) -> bool:
    return any(service.confidential for service in state.procedure.services if service.name in names)


def rung_due(state: State, incident: Incident) -> datetime | None:
    """When the next rung of the decide ladder is climbed; the last one repeats where it says so."""
    rungs = state.procedure.decide
    if incident.ask_from is None or (incident.hold and incident.asks):
        return None
    if incident.asks < len(rungs):
        return incident.ask_from + rungs[incident.asks].after
    repeat = rungs[-1].repeat
    return incident.asked + repeat if repeat and incident.asked else None


def ask(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Climbs one rung: its list is asked to decide."""
    rungs = state.procedure.decide
    number = min(incident.asks, len(rungs) - 1)
    rung = rungs[number]
    event = e.Asked(incident.id, now, incident.asks)
    yield event
    incident = fold(incident, event)
    yield _request(state, incident, rung, now)


def _request(state: State, incident: Incident, rung: DecideRung, now: datetime) -> Notice:
    asked = state.configuration.people.on(rung.who)
    names = tuple(state.name(who) for who in asked)
    content = replace(managed(state, incident), at=now, people=names, again=incident.asks > 1, forms=ASKING)
    content = replace(content, name=", ".join(service.name for service in suggested(state, incident)))
    via = ANSWER["email"] if incident.hold is Hold.MANY else rung.via
    return to_people(state, incident, Kind.DECISION_REQUEST, now, asked, via, content)


def tell_proposer(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Ten minutes and no decision: the proposer hears who has been asked."""
    yield e.ProposerTold(incident.id, now)
    rungs = state.procedure.decide[: incident.asks]
    people = state.configuration.people
    asked = tuple(dict.fromkeys(state.name(who) for rung in rungs for who in people.on(rung.who)))
    again = rung_due(state, incident)
    content = replace(managed(state, incident), people=asked, at=now, due=again, forms=(Verb.WITHDRAW,))
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
