"""A proposal comes in: who may propose, what it says, and whether the managers are asked at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase

from config.types import Unknown
from daemon.core import events as e
from daemon.core.climbing import ask, rung_due
from daemon.core.content import Content
from daemon.core.facts import Fact
from daemon.core.flood import crowded
from daemon.core.fold import opened
from daemon.core.identity import Identity
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Hold
from daemon.core.saying import ANSWER, answer
from daemon.core.state import State
from daemon.core.stimuli import Said
from parsers.types import Proposal, Verb


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
    due = rung_due(state, incident)
    if due is not None and due <= now:
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
