"""Who gets an update, in which depth, by which ladder: one copy for each contact.

A contact in several audiences gets the most detailed depth and the shortest interval.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from config.types import Audience, Detail
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.state import State

DEPTH: Mapping[Detail, int] = {Detail.PUBLIC: 0, Detail.MANAGEMENT: 1}


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts who hear in one depth, by one ladder, at one audience's interval."""

    pace: Audience
    depth: Audience
    recipients: tuple[str, ...]


def interval(incident: Incident, audience: Audience) -> timedelta:
    return incident.intervals.get(audience.name, audience.every)


def partition(state: State, incident: Incident, due: Collection[str] | None = None) -> tuple[Group, ...]:
    """Everybody to be told, in groups; only those whose interval is that of an audience in `due`, when given.

    Of two audiences with the same interval, the more detailed one keeps its people.
    """
    heard = {a.name: a for a in state.procedure.audiences if a.confidential or not incident.confidential}
    pace = {name: (interval(incident, audience), -DEPTH[audience.detail]) for name, audience in heard.items()}
    best: dict[str, tuple[str, str]] = {}
    for name, audience in heard.items():
        for contact in chain.from_iterable(map(state.configuration.people.on, audience.lists)):
            if (so_far := best.get(contact)) is None:
                best[contact] = (name, name)
                continue
            often, deep = so_far
            deeper = DEPTH[audience.detail] > DEPTH[heard[deep].detail]
            best[contact] = (min(often, name, key=pace.__getitem__), name if deeper else deep)
    groups: dict[tuple[str, str], list[str]] = {}
    for contact, names in best.items():
        groups.setdefault(names, []).append(contact)
    return tuple(
        Group(heard[often], heard[deep], tuple(contacts))
        for (often, deep), contacts in groups.items()
        if due is None or often in due
    )


def pace_of(state: State, incident: Incident, who: str) -> str:
    """The audience at whose interval this one person hears; "" for who is in none. As `partition` has it."""
    if incident.exercise is not None:  # for those who take part
        return next((group.pace.name for group in partition(state, incident) if who in group.recipients), "")
    mine = frozenset(state.person(who).lists)
    heard = [
        audience
        for audience in state.procedure.audiences
        if (audience.confidential or not incident.confidential) and not mine.isdisjoint(audience.lists)
    ]
    pace = min(heard, key=lambda a: (interval(incident, a), -DEPTH[a.detail]), default=None)
    return pace.name if pace else ""


def merged(state: State, incident: Incident, due: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Those of the audiences `due` at whose interval nobody hears now, each with the audiences that took its people."""
    groups = partition(state, incident)
    alive = {group.pace.name for group in groups}
    lists = {audience.name: audience.lists for audience in state.procedure.audiences}
    gone = {}
    for name in set(due) - alive:
        people = {who for each in lists.get(name, ()) for who in state.configuration.people.on(each)}
        gone[name] = frozenset(group.pace.name for group in groups if not people.isdisjoint(group.recipients))
    return gone


def late_hearers(state: State, incident: Incident) -> tuple[Group, ...]:
    """Everybody who was told as part of an audience, whatever the lists and audiences are now; for the last word.

    Of a confidential incident those outside hear nothing more.
    """
    groups = partition(state, incident)
    if incident.confidential:
        return groups
    listed = {contact for group in groups for contact in group.recipients}
    audiences = {audience.name: audience for audience in state.procedure.audiences}
    heard: dict[str, tuple[Audience, list[str]]] = {}
    for notice in state.notices.values():
        if notice.incident == incident.id and notice.audience:
            was = audiences.get(notice.audience) or _as_it_was(notice)
            for contact in notice.recipients:
                if contact not in listed:
                    listed.add(contact)
                    heard.setdefault(was.name, (was, []))[1].append(contact)
    return groups + tuple(Group(was, was, tuple(contacts)) for was, contacts in heard.values())


def _as_it_was(notice: Notice) -> Audience:
    """An audience that is not configured any more, as it heard this notice."""
    return Audience(notice.audience, (), notice.detail, notice.content.every or timedelta(hours=1), notice.via)
