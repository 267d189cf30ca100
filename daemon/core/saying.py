"""What to say to whom: the notices of each occasion, with what their readers may know and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from config.types import MANAGERS, OPERATORS, Audience, Detail, Ladder, Service
from daemon.core.audiences import Group, interval, late_hearers, partition
from daemon.core.authority import RULES, Role, deciders, roles
from daemon.core.crew import crews
from daemon.core.ladder import bypass
from daemon.core.meeting import meeting
from daemon.core.model import OPEN, Hold, Incident, Status
from daemon.core.notices import Content, Kind, Notice, Priority
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.core.suggestion import suggested
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
    Status.RESOLVED: {Role.MANAGER: (Verb.REOPEN, Verb.NOTE)},
    Status.CANCELED: {Role.MANAGER: (Verb.REOPEN,)},
    Status.REVIEWED: {Role.MANAGER: (Verb.REOPEN,)},
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
    Status.RESOLVED: (Verb.REOPEN, Verb.CONFIDENTIAL, Verb.NOTE),
    Status.CANCELED: (Verb.REOPEN, Verb.NEW, Verb.CONFIDENTIAL, Verb.NOTE),
    Status.REVIEWED: (Verb.REOPEN, Verb.CONFIDENTIAL, Verb.NOTE),
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
    if who != incident.proposer and Verb.WITHDRAW in found:
        found.remove(Verb.WITHDRAW)
    if Role.TEAM in mine and Verb.JOIN in found and not (incident.handover and incident.handover.to == who):
        found.remove(Verb.JOIN)
    return (*found, Verb.STATUS)


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
    if incident.exercise is not None and incident.exercise.roll_call:
        return incident.summary
    return ", ".join(service.public_name for service in services(state, incident) if service.public_name)


def public_impact(state: State, incident: Incident) -> str:
    return " ".join(service.impact for service in services(state, incident) if service.impact)


def disabled(state: State, incident: Incident | None, *, named: bool = False) -> frozenset[str]:
    """The channels not to trust while this incident lasts; only by services that somebody named, where told so."""
    if incident is None or incident.status not in (Status.PROPOSED, Status.ACCEPTED):
        return frozenset()
    affected = services(state, incident) if incident.services else () if named else suggested(state, incident)
    return frozenset(channel for service in affected for channel in service.disables)


def public(state: State, incident: Incident) -> Content:
    """What anybody may read about it: never the proposer's words."""
    return Content(
        status=incident.status,
        title=public_title(state, incident),
        impact=public_impact(state, incident),
        words=incident.words,
        accepted=incident.accepted,
        ended=incident.ended,
        last_word=incident.last_word,
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
    pace = next((group.pace.name for group in partition(state, incident) if who in group.recipients), "")
    promise = incident.promises.get(pace)
    return promise.due if promise else None


def audience_named(state: State, name: str) -> Audience | None:
    return next((a for a in state.procedure.audiences if a.name.casefold() == name.casefold()), None)
