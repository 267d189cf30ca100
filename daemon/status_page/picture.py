"""What the public may see now, taken from the state: frozen values that another thread can write down.

Only what audiences of public depth were told, and what `public` gives. Never exercises, proposals that nobody
accepted, and confidential incidents.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from config.types import Detail
from daemon.core.kinds import Kind
from daemon.core.knowing import public, public_title
from daemon.core.model import OPEN, Incident, Status
from daemon.core.notices import Notice, Priority
from daemon.core.state import State

SAID = frozenset({Kind.INITIAL, Kind.UPDATE, Kind.HOLDING, Kind.ALL_CLEAR, Kind.CANCELED, Kind.REOPENED})

_KIND_OF = {
    Status.ACCEPTED: Kind.INITIAL,
    Status.RESOLVED: Kind.ALL_CLEAR,
    Status.REVIEWED: Kind.ALL_CLEAR,
    Status.CANCELED: Kind.CANCELED,
}
_SHOWN_AS = {Status.REVIEWED: Status.RESOLVED}
"""The review is nothing of the public's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One incident. `said` are the notices to the public, the oldest first: one at least. `over` once it has ended."""

    incident: str
    status: Status
    title: str
    begun: datetime
    over: datetime | None
    said: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`hidden` are incidents that must not be seen any more. At `expires` one that has ended leaves."""

    open: tuple[Shown, ...]
    over: tuple[Shown, ...]
    hidden: frozenset[str]
    expires: datetime | None

    @property
    def shown(self) -> tuple[Shown, ...]:
        return (*self.open, *self.over)


def look(state: State, keep: timedelta, now: datetime) -> Picture:
    """The latest first. What has ended stays for `keep`."""
    known = [i for i in state.incidents.values() if not i.drill and i.accepted is not None]
    seen = {i.id: i for i in known if not i.confidential and (i.status in OPEN or _end(i) + keep > now)}
    said = _said(state, seen)
    shown = [_shown(state, incident, said[incident.id]) for incident in seen.values()]
    shown.sort(key=lambda one: one.over or one.begun, reverse=True)
    return Picture(
        open=tuple(one for one in shown if one.over is None),
        over=tuple(one for one in shown if one.over is not None),
        hidden=frozenset(incident.id for incident in known if incident.confidential),
        expires=min((one.over + keep for one in shown if one.over), default=None),
    )


def _end(incident: Incident) -> datetime:
    return incident.ended or incident.since


def _said(state: State, incidents: Iterable[str]) -> dict[str, list[Notice]]:
    """What the public was told of each: once, where several audiences were told the same at the same time."""
    said: dict[str, dict[tuple[Kind, datetime], Notice]] = {incident: {} for incident in incidents}
    for notice in state.notices.values():
        told = said.get(notice.incident)
        public_word = notice.kind in SAID and notice.detail is Detail.PUBLIC and notice.audience
        if told is not None and public_word and not notice.confidential:
            told.setdefault((notice.kind, notice.at), notice)
    return {incident: list(told.values()) for incident, told in said.items()}


def _shown(state: State, incident: Incident, said: list[Notice]) -> Shown:
    return Shown(
        incident=incident.id,
        status=_SHOWN_AS.get(incident.status, incident.status),
        title=public_title(state, incident),
        begun=incident.accepted or incident.since,
        over=None if incident.status in OPEN else _end(incident),
        said=tuple(said) or (_last_word(state, incident),),
    )


def _last_word(state: State, incident: Incident) -> Notice:
    """Where no audience of public depth was told: how it stands, in the words that such a one would get."""
    at = _end(incident) if incident.status not in OPEN else incident.last_word or incident.since
    return Notice(
        id=0,
        incident=incident.id,
        kind=_KIND_OF.get(incident.status, Kind.INITIAL),
        at=at,
        audience="",
        recipients=(),
        detail=Detail.PUBLIC,
        via=(),
        priority=Priority.STAKEHOLDERS,
        content=replace(public(state, incident), at=at),
        confidential=False,
        answers="",
        subject="",
    )
