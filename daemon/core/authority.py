"""Who may do what, and what evidence it takes: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.types import MANAGERS, DecideRung
from daemon.core.identity import Evidence
from daemon.core.model import Incident, Review
from daemon.core.state import State
from parsers.types import Verb


class Role(StrEnum):
    MANAGER = "manager"
    """Any contact on the incident managers' list, or whom a rung has asked."""
    IN_CHARGE = "in-charge"
    """The incident manager."""
    DEPUTY = "deputy"
    PROPOSER = "proposer"
    """Of this proposal, or of one that is a part of it."""
    PAGED = "paged"
    """An engineer who has been called, or the manager who is to take over."""
    TEAM = "team"
    """An engineer who has joined."""
    ASKED = "asked"
    """Someone who is asked in the review, or owns one of its actions."""
    OWNER = "owner"
    """Of the review; any manager, where its owner is not on file any more, or was told to be silent."""
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Rule:
    """Any of `roles` may; the sender must be known by at least `evidence`."""

    roles: frozenset[Role]
    evidence: Evidence


def _rule(evidence: Evidence, *roles: Role) -> Rule:
    return Rule(frozenset(roles), evidence)


RULES: Mapping[Verb, Rule] = {
    Verb.ACCEPT: _rule(Evidence.NUMBER, Role.MANAGER),
    Verb.REJECT: _rule(Evidence.NUMBER, Role.MANAGER),
    Verb.WITHDRAW: _rule(Evidence.NUMBER, Role.PROPOSER),
    Verb.SAME: _rule(Evidence.NUMBER, Role.MANAGER, Role.PROPOSER),
    Verb.NEW: _rule(Evidence.NUMBER, Role.MANAGER, Role.PROPOSER),
    Verb.SERVICE: _rule(Evidence.NUMBER, Role.MANAGER),
    Verb.CONFIDENTIAL: _rule(Evidence.NUMBER, Role.MANAGER, Role.PROPOSER),
    Verb.UPDATE: _rule(Evidence.NUMBER, Role.IN_CHARGE, Role.DEPUTY),
    Verb.RESOLVE: _rule(Evidence.NUMBER, Role.IN_CHARGE, Role.DEPUTY),
    Verb.TEAM: _rule(Evidence.NUMBER, Role.IN_CHARGE),
    Verb.JOIN: _rule(Evidence.NUMBER, Role.PAGED, Role.TEAM),
    Verb.DECLINE: _rule(Evidence.NUMBER, Role.PAGED, Role.TEAM),
    Verb.BRIDGE: _rule(Evidence.NUMBER, Role.IN_CHARGE),
    Verb.DEPUTY: _rule(Evidence.NUMBER, Role.IN_CHARGE),
    Verb.HANDOVER: _rule(Evidence.NUMBER, Role.IN_CHARGE, Role.OWNER),
    Verb.DOWNGRADE: _rule(Evidence.NUMBER, Role.IN_CHARGE),
    Verb.EVERY: _rule(Evidence.NUMBER, Role.IN_CHARGE),
    Verb.REOPEN: _rule(Evidence.NUMBER, Role.MANAGER),
    Verb.TAKE: _rule(Evidence.NUMBER, Role.MANAGER),
    Verb.NOTE: _rule(Evidence.NUMBER, Role.MANAGER, Role.TEAM),
    Verb.ACTION: _rule(Evidence.NUMBER, Role.ASKED, Role.OWNER, Role.MANAGER),
    Verb.DONE: _rule(Evidence.NUMBER, Role.ASKED, Role.OWNER, Role.MANAGER),
    Verb.REVIEWED: _rule(Evidence.NUMBER, Role.OWNER),
    Verb.STATUS: _rule(Evidence.NUMBER, Role.CONTACT, Role.PROPOSER),
}


def roles(state: State, incident: Incident, who: str) -> frozenset[Role]:
    """What this person is to this incident."""
    people = state.configuration.people
    found = set()
    if who in people.contacts:
        found.add(Role.CONTACT)
    if who in people.on(MANAGERS) or any(who in people.on(rung.who) for rung in _begun(state, incident)):
        found.add(Role.MANAGER)
    if who == incident.manager:
        found.add(Role.IN_CHARGE)
    if who in incident.deputies:
        found.add(Role.DEPUTY)
    if who == incident.proposer or who in incident.also:
        found.add(Role.PROPOSER)
    if any(seat.contact == who for seat in incident.team) or (incident.handover and incident.handover.to == who):
        found.add(Role.PAGED)
    if who in incident.joined:
        found.add(Role.TEAM)
    if (incident.review and who in incident.review.people) or any(action.owner == who for action in incident.actions):
        found.add(Role.ASKED)
    if incident.review and _owns(state, incident.review, who, Role.MANAGER in found):
        found.add(Role.OWNER)
    return frozenset(found)


def _owns(state: State, review: Review, who: str, manager: bool) -> bool:
    absent = review.owner not in state.configuration.people.contacts or review.escalated is not None
    return who == review.owner or (manager and absent)


def deciders(state: State, incident: Incident) -> tuple[str, ...]:
    """The incident managers, and whom a rung has asked."""
    return tuple(dict.fromkeys((*state.configuration.people.on(MANAGERS), *asked(state, incident))))


def asked(state: State, incident: Incident) -> tuple[str, ...]:
    """Everybody whom a rung of the decide ladder has asked until now."""
    people = state.configuration.people
    return tuple(dict.fromkeys(who for rung in _begun(state, incident) for who in people.on(rung.who)))


def _begun(state: State, incident: Incident) -> tuple[DecideRung, ...]:
    return state.procedure.decide[: incident.asks]
