"""The verbs that ask: STATUS and HELP. The answer is in the asker's depth."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from config.types import MANAGERS, Detail
from daemon.core.authority import Role, roles
from daemon.core.content import Content, Line
from daemon.core.facts import Fact
from daemon.core.forms import all_forms, forms
from daemon.core.informing import next_word
from daemon.core.kinds import Kind
from daemon.core.knowing import managed, public, public_title
from daemon.core.model import OPEN, Incident
from daemon.core.saying import answer
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.core.which import Several, visible

TAKES_PART = frozenset({Role.MANAGER, Role.IN_CHARGE, Role.DEPUTY, Role.PROPOSER, Role.PAGED})
"""Who may know where the team meets."""


def shown(state: State, incident: Incident, who: str) -> Content:
    """Where it stands, in the depth of this person."""
    if not in_depth(state, incident, who):
        return public(state, incident)
    content = managed(state, incident)
    return content if roles(state, incident, who) & TAKES_PART else replace(content, meeting=None)


def in_depth(state: State, incident: Incident, who: str) -> bool:
    """Whether this person may read more than the public words."""
    if roles(state, incident, who) & TAKES_PART:
        return True
    if who in (incident.proposer, incident.manager) or who in state.configuration.people.on(MANAGERS):
        return True
    lists = {name for a in state.procedure.audiences if a.detail is Detail.MANAGEMENT for name in a.lists}
    return any(who in state.configuration.people.on(name) for name in lists)


def status(state: State, said: Said, who: str, about: Incident | None, now: datetime) -> Iterator[Fact]:
    """Where one incident stands, or a line for each open one."""
    if about is None:
        current = tuple(i for i in state.incidents.values() if i.status in OPEN and visible(state, i, who))
        if len(current) != 1:
            content = Content(lines=lines(state, current, who), forms=forms(state, None, who))
            yield answer(state, said, Kind.STATUS if current else Kind.NO_INCIDENT, now, None, content)
            return
        (about,) = current
    content = shown(state, about, who)
    due = next_word(state, about, who)
    yield answer(state, said, Kind.STATUS, now, about, replace(content, at=now, due=due))


def which_one(state: State, said: Said, who: str, several: Several, now: datetime) -> Iterator[Fact]:
    content = Content(lines=lines(state, several.incidents, who), verb=said.command.verb)
    exercise = several.incidents[0] if all(incident.drill for incident in several.incidents) else None
    yield answer(state, said, Kind.WHICH_INCIDENT, now, exercise, content, offer=False)


def lines(state: State, incidents: tuple[Incident, ...], who: str) -> tuple[Line, ...]:
    return tuple(
        Line(i.id, i.status, "" if i.confidential else i.summary if in_depth(state, i, who) else public_title(state, i))
        for i in incidents
    )


def help_(state: State, said: Said, who: str, about: Incident | None, now: datetime) -> Iterator[Fact]:
    """What works for this person now."""
    content = shown(state, about, who) if about else Content()
    yield answer(state, said, Kind.HELP, now, about, replace(content, forms=all_forms(state, about, who)))
