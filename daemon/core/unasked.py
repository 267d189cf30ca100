"""A question to those who may decide that reached none of them: the next rung at once, and the operators hear of it."""

from collections.abc import Iterator
from datetime import datetime

from daemon.core.climbing import climb, rung_due
from daemon.core.content import Content
from daemon.core.facts import Fact
from daemon.core.kinds import PAGES, Kind
from daemon.core.model import Incident, Status
from daemon.core.notices import Notice
from daemon.core.saying import to_operators
from daemon.core.state import State
from parsers.types import Verb


def unasked(state: State, notice: Notice, now: datetime) -> Iterator[Fact]:
    """To be called once no recipient of this notice was reached. An exercise shows it in its report."""
    if notice.kind not in PAGES:
        return
    open_ = [incident for number in notice.about if (incident := state.incidents.get(number)) and _waits(incident)]
    for incident in open_:
        if not _told(state, incident):
            people = tuple(state.name(who) for who in notice.recipients)
            content = Content(people=people, count=len(people), other=_shown(incident), verb=Verb.ACCEPT, at=now)
            yield from to_operators(state, Kind.UNREACHED, now, content)
    rungs = len(state.procedure.decide)
    yield from climb(state, [i for i in open_ if i.asks < rungs and rung_due(state, i) is not None], now)


def _waits(incident: Incident) -> bool:
    return incident.status is Status.PROPOSED and not incident.drill


def _shown(incident: Incident) -> str:
    return "" if incident.confidential else incident.id


def _told(state: State, incident: Incident) -> bool:
    """Whether the operators have heard it: not again at each repeat."""
    for notice in reversed(state.notices.values()):
        if notice.at < incident.proposed:
            break
        about = notice.kind is Kind.UNREACHED and notice.content.verb is Verb.ACCEPT
        if about and notice.content.other == _shown(incident):
            return True
    return False
