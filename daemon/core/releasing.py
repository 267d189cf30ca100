"""The time to correct it is over: what was shown to its sender goes out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.case import replacing
from daemon.core.content import Content
from daemon.core.deciding import ended
from daemon.core.facts import Fact
from daemon.core.fold import fold
from daemon.core.informing import first_due, reach
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.saying import to_person
from daemon.core.speaking import update_notices
from daemon.core.state import State


def release(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    waiting = incident.preview
    if waiting is None:
        return
    by, words, management = waiting.by, waiting.words, waiting.management
    if waiting.resolve:
        resolved = e.Resolved(incident.id, now, by, words, management)
        yield resolved
        after = fold(incident, resolved)

        def done(content: Content) -> Notice:
            return to_person(state, after, Kind.DONE_RESOLVE, now, by, content)

        yield from ended(state, after, now, by, Kind.ALL_CLEAR, Kind.DECISION_RESOLVED, done)
        return
    updated = e.Updated(incident.id, now, by, words, management)
    yield updated
    incident = fold(incident, updated)
    told = update_notices(state, incident, now, words)
    yield from replacing(state, incident, now, told)
    content = replace(managed(state, incident), actor=state.name(by), at=now, words=words, management=management)
    content = replace(content, count=reach(told), due=first_due(told))
    yield to_person(state, incident, Kind.DONE_UPDATE, now, by, content)
