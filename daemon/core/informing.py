"""What the audiences are told, at whose pace, and who hears it with them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from config.types import MANAGERS, Audience, Detail
from daemon.core.audiences import Group, interval, late_hearers, pace_of, partition
from daemon.core.kinds import Kind
from daemon.core.knowing import full, public
from daemon.core.meeting import meeting
from daemon.core.model import Incident
from daemon.core.notices import Notice, Priority
from daemon.core.saying import by_mail, new_notice, proposers
from daemon.core.state import State

LAST_WORDS = frozenset({Kind.ALL_CLEAR, Kind.CANCELED})
"""Notices to audiences that promise no further one."""

FOLLOWED = frozenset({Kind.UPDATE, Kind.HOLDING})
"""Notices to audiences that proposers get as well; of the first and the last word they are told apart."""


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
            yield new_notice(
                state, incident, kind, now, (who,), by_mail(who), Priority.STAKEHOLDERS, content, detail=Detail.PUBLIC
            )


def to_reader(state: State, incident: Incident, kind: Kind, now: datetime, who: str) -> Notice:
    """What anybody may read, to one person who is in no audience; it promises nothing."""
    content = replace(public(state, incident), at=now)
    via = by_mail(who)
    return new_notice(state, incident, kind, now, (who,), via, Priority.STAKEHOLDERS, content, detail=Detail.PUBLIC)


def _to_group(state: State, incident: Incident, kind: Kind, now: datetime, group: Group, last: bool) -> Notice:
    every = interval(incident, group.pace)
    detail = group.depth.detail
    content = full(state, incident) if detail is Detail.MANAGEMENT else public(state, incident)
    content = replace(content, due=None if last else now + every, every=None if last else every, at=now)
    if incident.confidential:
        content = replace(content, meeting=meeting(state, incident))
    if kind is Kind.HOLDING:
        content = replace(content, words="", management="")
    return new_notice(
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
