"""Replies that are no command: kept, counted, answered once; never guessed at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.authority import Role, roles
from daemon.core.content import Content
from daemon.core.crew import seat_of
from daemon.core.drilling import reply_content
from daemon.core.facts import Fact
from daemon.core.forms import forms
from daemon.core.identity import Evidence
from daemon.core.informing import next_word
from daemon.core.kinds import Kind
from daemon.core.knowing import managed, public
from daemon.core.model import OPEN, Incident, SeatStatus, Status
from daemon.core.saying import answer, to_managers, to_person
from daemon.core.state import State
from daemon.core.stimuli import Said
from parsers.types import Problem, Verb

LONGEST_REPLY = 1000
"""Characters of a reply that are passed on to the manager."""


def reply(state: State, said: Said, who: str, incident: Incident | None, now: datetime) -> Iterator[Fact]:
    """Words of someone we know, without a verb that could be obeyed."""
    if incident is None:
        yield answer(state, said, Kind.HELP, now, None, Content(forms=forms(state, None, who)))
        return
    mine = roles(state, incident, who)
    problem = said.command.problem
    if Role.MANAGER in mine or Role.IN_CHARGE in mine:
        kind = Kind.DID_YOU_MEAN if problem is Problem.SLIP else Kind.NOT_UNDERSTOOD
        content = replace(managed(state, incident), words=_first_line(said), suggestion=said.command.suggestion)
        yield answer(state, said, kind, now, incident, content)
        return
    if mine & {Role.PROPOSER, Role.PAGED} and problem is Problem.SLIP:
        content = replace(managed(state, incident), words=_first_line(said), suggestion=said.command.suggestion)
        yield answer(state, said, Kind.DID_YOU_MEAN, now, incident, content)
        return
    yield e.Heard(incident.id, now, who, said.raw)
    shown = said.identity.evidence > Evidence.NONE
    passed_on = bool(mine & {Role.PROPOSER, Role.PAGED}) and shown and bool(said.text.strip())
    if passed_on and incident.status in OPEN:
        yield from _pass_on(state, said, who, incident, now)
    if _awaited(incident, who):
        content = replace(managed(state, incident), words=_first_line(said), forms=(Verb.JOIN, Verb.DECLINE))
        yield answer(state, said, Kind.NOT_UNDERSTOOD, now, incident, content)
        return
    first = who not in state.answered.get(incident.id, ())
    if incident.drill and (first or incident.status not in OPEN):
        yield answer(state, said, Kind.DRILL_REPLY, now, incident, reply_content(state, who))
    elif first and not incident.drill:
        due = next_word(state, incident, who)
        content = public(state, incident, due, forms(state, incident, who))
        yield answer(state, said, Kind.NEXT_WORD, now, incident, content)


def _awaited(incident: Incident, who: str) -> bool:
    """Whether a page of theirs waits for an answer: "on my way" is none, and nobody must think that it is."""
    seat = seat_of(incident, who) if incident.status is Status.ACCEPTED else None
    return seat is not None and seat.status in (SeatStatus.ASKED, SeatStatus.SILENT)


def _pass_on(state: State, said: Said, who: str, incident: Incident, now: datetime) -> Iterator[Fact]:
    """The proposer's and the team's words reach the manager, or all managers while nobody is in charge."""
    content = replace(managed(state, incident), actor=state.name(who), words=said.text.strip()[:LONGEST_REPLY])
    if incident.manager:
        yield to_person(state, incident, Kind.REPLY, now, incident.manager, content)
    else:
        yield from to_managers(state, incident, Kind.REPLY, now, content)


def _first_line(said: Said) -> str:
    return next((line.strip()[:80] for line in said.text.splitlines() if line.strip()), "")
