"""Where the organization asks for it, words are shown to their sender first, and go out unless corrected in time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from config.types import Detail
from daemon.core import events as e
from daemon.core.case import Case
from daemon.core.content import Content
from daemon.core.drafts import shown_to
from daemon.core.facts import DraftGone, Fact
from daemon.core.informing import reach, to_audiences
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Incident, Preview
from daemon.core.saying import to_person
from daemon.core.state import State
from parsers.types import Verb

STOPS = frozenset(
    {"WAIT", "HOLD", "STOP", "NO"}
    | {"STOPP", "HALT", "NEIN", "WARTEN", "NEE", "WACHT", "NON", "ATTENDEZ", "ALTO", "ESPERA"}
)
"""Alone after UPDATE or RESOLVE they stop what waits; they are nobody's words for the public."""


def previews(case: Case) -> bool:
    """Whether words are shown to their sender before they go out. Of a confidential incident no words do."""
    return bool(case.state.procedure.update.preview) and not case.incident.confidential


def says_stop(case: Case) -> bool:
    alone = case.words.strip(" .!-").upper() in STOPS and not case.said.command.management
    return alone and bool(case.state.procedure.update.preview)


def preview(case: Case, verb: Verb) -> Iterator[Fact]:
    """In the place of what waited before. The sender sees who will get what, and when."""
    command, when = case.said.command, case.now + case.state.procedure.update.preview
    if shown := shown_to(case):
        yield DraftGone(shown.incident, shown.by)
    yield e.Previewed(
        case.incident.id, case.now, case.who, command.words, command.management, when, verb is Verb.RESOLVE
    )
    waiting = Preview(case.who, command.words, command.management, when, verb is Verb.RESOLVE)
    yield case.answer(Kind.PREVIEW, _shown(case.state, case.incident, waiting, case.now))


def inherited(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """Whoever takes charge sees what waits: from then on it is theirs to correct or to hold back."""
    if waiting := incident.preview:
        content = _shown(state, incident, waiting, now)
        yield to_person(state, incident, Kind.PREVIEW, now, incident.manager, content)


def _shown(state: State, incident: Incident, waiting: Preview, now: datetime) -> Content:
    verb = Verb.RESOLVE if waiting.resolve else Verb.UPDATE
    kind = Kind.ALL_CLEAR if waiting.resolve else Kind.UPDATE
    depth = None if waiting.words or waiting.resolve else Detail.MANAGEMENT
    told = reach(to_audiences(state, incident, kind, now, depth=depth))
    content = replace(managed(state, incident), actor=state.name(waiting.by), at=now)
    content = replace(content, words=waiting.words, management=waiting.management)
    return replace(content, due=waiting.when, count=told, verb=verb, forms=(verb,))


def stop(case: Case) -> Iterator[Fact]:
    """What waits does not go out; without anything that waits there is nothing to stop."""
    waiting = case.incident.preview
    if waiting is None:
        yield case.answer(Kind.NO_PREVIEW)
        return
    event = e.PreviewStopped(case.incident.id, case.now, case.who)
    yield event
    case = case.after(event)
    yield case.answer(Kind.PREVIEW_STOPPED, replace(case.content(), words=waiting.words, management=waiting.management))
