"""A confidential incident: who knows of it, and what becomes of words that were on their way when it became so."""

from collections.abc import Collection, Iterator
from datetime import datetime

from config.types import Detail
from daemon.core.authority import Role, roles
from daemon.core.case import stop
from daemon.core.facts import Fact
from daemon.core.informing import to_reader
from daemon.core.kinds import Kind
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.state import State


def inside(state: State, incident: Incident, who: str) -> bool:
    """Those with a part in it, and the lists that the organization named for confidential incidents."""
    if roles(state, incident, who) - {Role.CONTACT}:
        return True
    named = {name for audience in state.procedure.audiences if audience.confidential for name in audience.lists}
    return any(who in state.configuration.people.on(name) for name in named)


def to_rest(state: State, incident: Incident, kind: Kind, now: datetime, told: Collection[str]) -> Iterator[Notice]:
    """Whoever else heard anything of it hears its end: once asked, paged or listed, and nothing to it any more."""
    rest = [who for who in state.told.get(incident.id, {}) if who not in told]
    if incident.confidential:
        rest = [who for who in rest if inside(state, incident, who)]
    for who in rest:
        yield to_reader(state, incident, kind, now, who)


def hush(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """What was still on its way to people outside is not sent any more."""
    for notice in tuple(state.unfinished()):
        outside = notice.audience or notice.detail is Detail.PUBLIC
        if notice.incident == incident.id and outside and not notice.confidential:
            yield from stop(state, notice, now, "it is confidential now")
