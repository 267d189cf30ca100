"""What to say to whom: the notices of each occasion, with what their readers may know and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from config.types import MANAGERS, OPERATORS, Audience, Detail, Ladder
from daemon.core.audiences import Group, interval, late_hearers, pace_of, partition
from daemon.core.authority import deciders
from daemon.core.content import Content
from daemon.core.forms import forms
from daemon.core.kinds import Kind
from daemon.core.knowing import disabled, full, public
from daemon.core.ladder import bypass
from daemon.core.meeting import meeting
from daemon.core.model import Hold, Incident
from daemon.core.notices import Notice, Priority
from daemon.core.state import State
from daemon.core.stimuli import Said
from parsers.types import Verb

LAST_WORDS = frozenset({Kind.ALL_CLEAR, Kind.CANCELED})
"""Notices to audiences that promise no further one."""

FOLLOWED = frozenset({Kind.UPDATE, Kind.HOLDING})
"""Notices to audiences that proposers get as well; of the first and the last word they are told apart."""

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


def _notice(
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
    return _notice(
        state,
        incident,
        kind,
        now,
        (who,),
        via or ANSWER.get(said.medium, EVERY_WAY),
        Priority.DECISION,
        replace(content, forms=content.forms or forms(state, incident, who)) if offer else content,
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
    return _notice(state, None, kind, now, recipients, via, Priority.DECISION, content)


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
    return _notice(state, incident, kind, now, recipients, via, priority, content, detail=detail)


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
    return _notice(state, incident, kind, now, recipients, via, Priority.PAGE, content)


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
    return _notice(state, incident, kind, now, (who,), ladder, Priority.DECISION, content)


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
            yield to_person(state, incident, kind, now, who, content, via=_by_mail(who))


def _by_mail(who: str) -> Ladder:
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
        yield _notice(state, incident, kind, now, group, ladder, Priority.DECISION, replace(content, forms=working))


def to_operators(
    state: State, kind: Kind, now: datetime, content: Content, *, managers: bool = False, via: Ladder = EVERY_WAY
) -> Iterator[Notice]:
    """With `managers` to the incident managers as well."""
    people = state.configuration.people
    told = tuple(dict.fromkeys((*people.on(OPERATORS), *(people.on(MANAGERS) if managers else ()))))
    if told:
        yield _notice(state, None, kind, now, told, via, Priority.PAGE, content)


def to_asker(state: State, kind: Kind, now: datetime, who: str, medium: str, content: Content) -> Notice:
    """To one person who waits for it, the way it was asked for, else by the other."""
    return _notice(state, None, kind, now, (who,), ANSWER[medium], Priority.DECISION, content)


def to_readers(state: State, kind: Kind, now: datetime, content: Content) -> Iterator[Notice]:
    """To the incident managers by mail only, after all else: something to read when there is time."""
    people = state.configuration.people
    told = tuple(who for who in people.on(MANAGERS) if people.contacts[who].emails)
    if told:
        yield _notice(state, None, kind, now, told, (("email",),), Priority.STAKEHOLDERS, content)


def to_audiences(
    state: State,
    incident: Incident,
    kind: Kind,
    now: datetime,
    *,
    due: Collection[str] | None = None,
    depth: Detail | None = None,
) -> Iterator[Notice]:
    """One copy to everybody concerned; the last word goes to whoever heard any before.

    Of a confidential incident only the audiences named for it hear, and without its content.
    """
    last = kind in LAST_WORDS
    for group in late_hearers(state, incident) if last else partition(state, incident, due):
        if depth is None or group.depth.detail is depth:
            yield _to_group(state, incident, kind, now, group, last)
    if kind in FOLLOWED and not incident.confidential and depth is not Detail.MANAGEMENT:
        yield from _to_followers(state, incident, kind, now, due)


def _to_followers(
    state: State, incident: Incident, kind: Kind, now: datetime, due: Collection[str] | None
) -> Iterator[Notice]:
    """To proposers who are in no audience: what everybody hears, at the pace of the first audience."""
    listed = {who for group in partition(state, incident) for who in group.recipients}
    pace = next((a for a in state.procedure.audiences if a.detail is Detail.PUBLIC), None)
    if pace is None or (due is not None and pace.name not in due):
        return
    every = interval(incident, pace)
    content = replace(public(state, incident), due=now + every, every=every, at=now)
    if kind is Kind.HOLDING:
        content = replace(content, words="")
    for who in proposers(state, incident):
        if who not in listed:
            yield _notice(
                state, incident, kind, now, (who,), _by_mail(who), Priority.STAKEHOLDERS, content, detail=Detail.PUBLIC
            )


def to_reader(state: State, incident: Incident, kind: Kind, now: datetime, who: str) -> Notice:
    """What anybody may read, to one person who is in no audience; it promises nothing."""
    content = replace(public(state, incident), at=now)
    via = _by_mail(who)
    return _notice(state, incident, kind, now, (who,), via, Priority.STAKEHOLDERS, content, detail=Detail.PUBLIC)


def _to_group(state: State, incident: Incident, kind: Kind, now: datetime, group: Group, last: bool) -> Notice:
    every = interval(incident, group.pace)
    detail = group.depth.detail
    content = full(state, incident) if detail is Detail.MANAGEMENT else public(state, incident)
    content = replace(content, due=None if last else now + every, every=None if last else every, at=now)
    if incident.confidential:
        content = replace(content, meeting=meeting(state, incident))
    if kind is Kind.HOLDING:
        content = replace(content, words="", management="")
    return _notice(
        state,
        incident,
        kind,
        now,
        group.recipients,
        group.depth.via,
        Priority.MANAGEMENT if detail is Detail.MANAGEMENT else Priority.STAKEHOLDERS,
        content,
        audience=group.pace.name,
        detail=detail,
    )


def reach(notices: Iterable[Notice]) -> int:
    """How many people these notices go to."""
    return sum(len(notice.recipients) for notice in notices)


def first_due(notices: Iterable[Notice]) -> datetime | None:
    """When the first of the promised next updates is due."""
    return min((notice.content.due for notice in notices if notice.content.due), default=None)


def next_word(state: State, incident: Incident, who: str) -> datetime | None:
    """By when this person has been promised more; managers answer for the first promise of all."""
    if who == incident.manager or who in state.configuration.people.on(MANAGERS):
        return min((promise.due for promise in incident.promises.values()), default=None)
    promise = incident.promises.get(pace_of(state, incident, who))
    return promise.due if promise else None


def audience_named(state: State, name: str) -> Audience | None:
    return next((a for a in state.procedure.audiences if a.name.casefold() == name.casefold()), None)
