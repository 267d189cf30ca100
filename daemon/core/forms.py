"""Which verbs work for a person now: the few to show with every answer, and all of them for HELP."""

from daemon.core.authority import RULES, Role, roles
from daemon.core.model import OPEN, Incident, Status
from daemon.core.review_times import open_actions
from daemon.core.state import State
from parsers.types import Verb

WORKING: dict[Status, dict[Role, tuple[Verb, ...]]] = {
    Status.PROPOSED: {Role.MANAGER: (Verb.ACCEPT, Verb.REJECT), Role.PROPOSER: (Verb.WITHDRAW,)},
    Status.REJECTED: {Role.MANAGER: (Verb.ACCEPT,)},
    Status.ACCEPTED: {
        Role.IN_CHARGE: (Verb.UPDATE, Verb.RESOLVE, Verb.EVERY, Verb.DOWNGRADE),
        Role.DEPUTY: (Verb.UPDATE, Verb.RESOLVE),
        Role.MANAGER: (Verb.TAKE, Verb.NOTE),
        Role.PAGED: (Verb.JOIN, Verb.DECLINE),
        Role.TEAM: (Verb.NOTE, Verb.DECLINE),
    },
    Status.RESOLVED: {
        Role.MANAGER: (Verb.REOPEN, Verb.NOTE),
        Role.OWNER: (Verb.REVIEWED, Verb.ACTION),
        Role.ASKED: (Verb.ACTION, Verb.DONE),
    },
    Status.CANCELED: {Role.MANAGER: (Verb.REOPEN,)},
    Status.REVIEWED: {Role.MANAGER: (Verb.REOPEN,), Role.ASKED: (Verb.ACTION, Verb.DONE)},
}
"""The verbs that work, by status and by what a person is to the incident."""


WORKS: dict[Status, tuple[Verb, ...]] = {
    Status.PROPOSED: (
        Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW, Verb.SAME, Verb.NEW, Verb.SERVICE, Verb.CONFIDENTIAL, Verb.NOTE,
    ),
    Status.REJECTED: (Verb.ACCEPT, Verb.REOPEN, Verb.CONFIDENTIAL, Verb.NOTE),
    Status.ACCEPTED: (
        Verb.UPDATE, Verb.RESOLVE, Verb.EVERY, Verb.DOWNGRADE, Verb.JOIN, Verb.DECLINE, Verb.TEAM, Verb.BRIDGE,
        Verb.DEPUTY, Verb.HANDOVER, Verb.TAKE, Verb.SERVICE, Verb.CONFIDENTIAL, Verb.NOTE,
    ),
    Status.RESOLVED: (
        Verb.ACTION, Verb.DONE, Verb.REVIEWED, Verb.HANDOVER, Verb.REOPEN, Verb.CONFIDENTIAL, Verb.NOTE,
    ),
    Status.CANCELED: (Verb.REOPEN, Verb.DONE, Verb.NEW, Verb.CONFIDENTIAL, Verb.NOTE),
    Status.REVIEWED: (Verb.ACTION, Verb.DONE, Verb.REOPEN, Verb.CONFIDENTIAL, Verb.NOTE),
}  # fmt: skip
"""Every verb that does something in a status, the most needed first; who may use it stands in RULES. For HELP."""


def all_forms(state: State, incident: Incident | None, who: str) -> tuple[Verb, ...]:
    """Every verb that works for this person now; other answers show only the few of WORKING."""
    if incident is None:
        return forms(state, None, who)
    mine = roles(state, incident, who)
    if few := _in_exercise(incident, mine):
        return few
    useless = {
        Verb.TAKE: Role.IN_CHARGE in mine,
        Verb.JOIN: Role.TEAM in mine and not (incident.handover and incident.handover.to == who),
        Verb.SAME: not incident.looks_like,
        Verb.NEW: not (incident.looks_like or incident.same_as),
        Verb.CONFIDENTIAL: incident.confidential,
        Verb.HANDOVER: incident.status is Status.RESOLVED and Role.OWNER not in mine,
        Verb.DONE: not open_actions(incident),
        Verb.WITHDRAW: who != incident.proposer,
    }
    found = (verb for verb in WORKS[incident.status] if RULES[verb].roles & mine and not useless.get(verb))
    return (*found, Verb.STATUS)


def _in_exercise(incident: Incident, mine: frozenset[Role]) -> tuple[Verb, ...]:
    """What works in a roll call, or in an exercise that is over, which stays over; () where the usual does."""
    if incident.drill and incident.status not in OPEN:
        return (Verb.NOTE, Verb.STATUS) if Role.MANAGER in mine else (Verb.STATUS,)
    if incident.exercise is not None and incident.exercise.roll_call:
        return (Verb.JOIN, Verb.STATUS)
    return ()


def forms(state: State, incident: Incident | None, who: str) -> tuple[Verb, ...]:
    """The few verbs that are most needed by this person now."""
    if incident is None:
        return (Verb.PROPOSE, Verb.STATUS) if who in state.configuration.people.contacts else ()
    mine = roles(state, incident, who)
    if few := _in_exercise(incident, mine):
        return few
    working = WORKING[incident.status]
    found = list(dict.fromkeys(verb for role, verbs in working.items() if role in mine for verb in verbs))
    if (Role.IN_CHARGE in mine or who == incident.taker) and Verb.TAKE in found:
        found.remove(Verb.TAKE)
    if Verb.DONE in found and not open_actions(incident):
        found.remove(Verb.DONE)
    if who != incident.proposer and Verb.WITHDRAW in found:
        found.remove(Verb.WITHDRAW)
    if Role.TEAM in mine and Verb.JOIN in found and not (incident.handover and incident.handover.to == who):
        found.remove(Verb.JOIN)
    return (*found, Verb.STATUS)
