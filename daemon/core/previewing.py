"""Where the organization asks for it, words are shown to their sender first, and go out unless corrected in time."""

from collections.abc import Iterator
from dataclasses import replace

from config.types import Detail
from daemon.core import events as e
from daemon.core.case import Case
from daemon.core.drafts import shown_to
from daemon.core.facts import DraftGone, Fact
from daemon.core.notices import Kind
from daemon.core.saying import reach, to_audiences
from parsers.types import Verb

STOPS = frozenset("WAIT HOLD STOP NO STOPP HALT NEIN WARTEN NEE WACHT NON ATTENDEZ ALTO ESPERA".split())
"""Alone after UPDATE or RESOLVE they stop what waits; they are nobody's words for the public."""


def previews(case: Case) -> bool:
    """Whether words are shown to their sender before they go out. Of a confidential incident no words do."""
    return bool(case.state.procedure.update.preview) and not case.incident.confidential


def says_stop(case: Case) -> bool:
    return bool(case.state.procedure.update.preview) and case.words.strip(" .!-").upper() in STOPS and not case.said.command.management


def preview(case: Case, verb: Verb) -> Iterator[Fact]:
    """In the place of what waited before. The sender sees who will get what, and when."""
    command, when = case.said.command, case.now + case.state.procedure.update.preview
    if shown := shown_to(case):
        yield DraftGone(shown.incident, shown.by)
    yield e.Previewed(
        case.incident.id, case.now, case.who, command.words, command.management, when, verb is Verb.RESOLVE
    )
    kind = Kind.ALL_CLEAR if verb is Verb.RESOLVE else Kind.UPDATE
    depth = None if command.words or verb is Verb.RESOLVE else Detail.MANAGEMENT
    told = reach(to_audiences(case.state, case.incident, kind, case.now, depth=depth))
    content = replace(case.content(), words=command.words, management=command.management, due=when, count=told)
    yield case.answer(Kind.PREVIEW, replace(content, verb=verb, forms=(verb,)))


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
