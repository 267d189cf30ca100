"""Notices to people: who wrote, managers, proposers, team, operators; with what they may know and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from config.types import MANAGERS, OPERATORS, Detail, Ladder
from daemon.core.authority import deciders
from daemon.core.content import Content
from daemon.core.forms import forms
from daemon.core.kinds import Kind
from daemon.core.knowing import disabled
from daemon.core.ladder import bypass
from daemon.core.model import Hold, Incident
from daemon.core.notices import Notice, Priority
from daemon.core.state import State
from daemon.core.stimuli import Said
from parsers.types import Verb

CONSOLE = "console"
"""The operator's terminal, as a channel for answers alone."""

ANSWER: dict[str, Ladder] = {
    CONSOLE: ((CONSOLE,), ("email", "sms")),
    "email": (("email",), ("sms",)),
    "sms": (("sms",), ("email",)),
    "gsm": (("gsm", "sms"), ("email",)),
}
"""An answer goes the way the question came, else by the other."""

EVERY_WAY: Ladder = (("email", "sms"),)


def new_notice(
    state: State,
    incident: Incident | None,
    kind: Kind,
    now: datetime,
    recipients: Iterable[str],
    via: Ladder,
    priority: Priority,
    content: Content,
    *,
    audience: str = "",
    detail: Detail = Detail.MANAGEMENT,
    answers: str = "",
    subject: str = "",
) -> Notice:
    return Notice(
        id=0,
        incident=incident.id if incident else "",
        kind=kind,
        at=now,
        audience=audience,
        recipients=tuple(dict.fromkeys(recipients)),
        detail=detail,
        via=bypass(_with_modem(state, via, detail), disabled(state, incident)),
        priority=priority,
        content=content,
        confidential=incident.confidential if incident else False,
        answers=answers,
        subject=subject,
    )


def _with_modem(state: State, via: Ladder, detail: Detail) -> Ladder:
    """For managers and management, a text goes by the modem where Twilio is down or absent."""
    if state.configuration.settings.gsm is None or detail is not Detail.MANAGEMENT:
        return via
    named = any("gsm" in rung for rung in via)
    return tuple(r for rung in via for r in ((rung, ("gsm",)) if "sms" in rung and not named else (rung,)))


def answer(
    state: State,
    said: Said,
    kind: Kind,
    now: datetime,
    incident: Incident | None,
    content: Content,
    *,
    via: Ladder | None = None,
    offer: bool = True,
) -> Notice:
    """An answer to the sender, the way the question came; unless told not to, it offers the verbs that work."""
    who = said.identity.contact or said.identity.address
    if offer and not content.forms and (works := forms(state, incident, who)):
        content = replace(content, forms=works)
    return new_notice(
        state,
        incident,
        kind,
        now,
        (who,),
        via or ANSWER.get(said.medium, EVERY_WAY),
        Priority.DECISION,
        content,
        answers=said.message_id,
        subject=said.subject if incident is None else "",
    )


def about_several(
    state: State,
    incidents: Collection[Incident],
    kind: Kind,
    now: datetime,
    recipients: Iterable[str],
    via: Ladder,
    content: Content,
) -> Notice:
    """One urgent notice about several incidents, past the channels that any of them disables."""
    via = bypass(via, frozenset().union(*(disabled(state, incident) for incident in incidents)))
    return new_notice(state, None, kind, now, recipients, via, Priority.DECISION, content)


def to_people(
    state: State,
    incident: Incident,
    kind: Kind,
    now: datetime,
    recipients: Iterable[str],
    via: Ladder,
    content: Content,
    *,
    priority: Priority = Priority.DECISION,
    detail: Detail = Detail.MANAGEMENT,
) -> Notice:
    """One notice, an urgent one unless told otherwise, to several people who have the same part in the incident."""
    return new_notice(state, incident, kind, now, recipients, via, priority, content, detail=detail)


def to_team(
    state: State,
    incident: Incident,
    kind: Kind,
    now: datetime,
    recipients: Iterable[str],
    via: Ladder,
    content: Content,
) -> Notice:
    """To people who are on it, or who shall be."""
    return new_notice(state, incident, kind, now, recipients, via, Priority.PAGE, content)


def to_person(
    state: State,
    incident: Incident,
    kind: Kind,
    now: datetime,
    who: str,
    content: Content,
    *,
    via: Ladder | None = None,
) -> Notice:
    """A notice to one person who has a part in the incident."""
    content = replace(content, forms=content.forms or forms(state, incident, who))
    ladder = via or state.procedure.decide[0].via
    return new_notice(state, incident, kind, now, (who,), ladder, Priority.DECISION, content)


def proposers(state: State, incident: Incident) -> tuple[str, ...]:
    """Who proposed it, or what is a part of it; not a stranger whose proposal was only held. Nobody, in an exercise."""
    held = incident.hold in (Hold.UNKNOWN, Hold.MANY) and incident.proposer not in state.configuration.people.contacts
    return tuple(dict.fromkeys((*(() if held or not incident.proposer else (incident.proposer,)), *incident.also)))


def to_proposers(
    state: State, incident: Incident, kind: Kind, now: datetime, content: Content, *, but: Collection[str] = ()
) -> Iterator[Notice]:
    """To each by email, else by text; but not to those who have been answered already."""
    for who in proposers(state, incident):
        if who not in but:
            yield to_person(state, incident, kind, now, who, content, via=by_mail(who))


def by_mail(who: str) -> Ladder:
    return ANSWER["sms" if who.startswith("+") else "email"]


def to_managers(
    state: State,
    incident: Incident,
    kind: Kind,
    now: datetime,
    content: Content,
    *,
    but: Collection[str] = (),
    via: Ladder | None = None,
) -> Iterator[Notice]:
    """To all incident managers and whom a rung has asked, but those who have been answered already."""
    ladder = via or state.procedure.decide[0].via
    groups: dict[tuple[Verb, ...], list[str]] = {}
    for who in sorted(deciders(state, incident), key=lambda who: who != incident.manager):
        if who not in but:
            groups.setdefault(content.forms or forms(state, incident, who), []).append(who)
    for working, group in groups.items():
        yield new_notice(state, incident, kind, now, group, ladder, Priority.DECISION, replace(content, forms=working))


def to_operators(
    state: State, kind: Kind, now: datetime, content: Content, *, managers: bool = False, via: Ladder = EVERY_WAY
) -> Iterator[Notice]:
    """With `managers` to the incident managers as well."""
    people = state.configuration.people
    told = tuple(dict.fromkeys((*people.on(OPERATORS), *(people.on(MANAGERS) if managers else ()))))
    if told:
        yield new_notice(state, None, kind, now, told, via, Priority.PAGE, content)


def to_asker(state: State, kind: Kind, now: datetime, who: str, medium: str, content: Content) -> Notice:
    """To one person who waits for it, the way it was asked for, else by the other."""
    return new_notice(state, None, kind, now, (who,), ANSWER[medium], Priority.DECISION, content)


def to_readers(state: State, kind: Kind, now: datetime, content: Content) -> Iterator[Notice]:
    """To the incident managers by mail only, after all else: something to read when there is time."""
    people = state.configuration.people
    told = tuple(who for who in people.on(MANAGERS) if people.contacts[who].emails)
    if told:
        yield new_notice(state, None, kind, now, told, (("email",),), Priority.STAKEHOLDERS, content)
