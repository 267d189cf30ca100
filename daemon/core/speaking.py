"""The verbs by which the incident manager speaks: UPDATE, EVERY, NOTE."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from config.types import Detail
from daemon.core import events as e
from daemon.core.case import Case, replacing
from daemon.core.drafts import draft, in_doubt, shown_to
from daemon.core.facts import DraftGone, Fact
from daemon.core.informing import audience_named, first_due, reach, to_audiences
from daemon.core.kinds import Kind
from daemon.core.model import Incident, Status
from daemon.core.notices import Notice
from daemon.core.previewing import preview, previews, says_stop, stop
from daemon.core.state import State
from parsers.types import Verb

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)

UNITS: Mapping[str, str] = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuut", "minuten", "minuto", "minutos"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "u", "uur", "heure", "heures", "stunde", "stunden"), "hours"),
    **dict.fromkeys(("hora", "horas"), "hours"),
}

_EVERY = re.compile(r"\s*(\d{1,4})\s*([a-z]+)\b[\s:,.]*(.*)", re.IGNORECASE | re.DOTALL)


def update(case: Case) -> Iterator[Fact]:
    """To every audience now; words in doubt, or none but those shown before, are confirmed by UPDATE alone.

    Where the organization asks for it, they are shown to their sender first and go out a while later.
    """
    if case.incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    command = case.said.command
    words, management = command.words, command.management
    shown = shown_to(case)
    if says_stop(case):
        yield from stop(case)
        return
    if in_doubt(case):
        yield from draft(case, Verb.UPDATE)
        return
    if previews(case) and (words or management):
        yield from preview(case, Verb.UPDATE)
        return
    if not words and not management:
        waiting = case.incident.preview
        if shown and shown.verb is Verb.UPDATE:
            words, management = shown.words, shown.management
        elif waiting and not waiting.resolve:
            words, management = waiting.words, waiting.management
        else:
            yield case.answer(Kind.NO_WORDS)
            return
    event = e.Updated(case.incident.id, case.now, case.who, words, management)
    yield event
    if shown:
        yield DraftGone(shown.incident, shown.by)
    case = case.after(event)
    told = update_notices(case.state, case.incident, case.now, words)
    yield from replacing(case.state, case.incident, case.now, told)
    yield case.answer(Kind.DONE_UPDATE, replace(case.content(), count=reach(told), due=first_due(told)))


def update_notices(state: State, incident: Incident, now: datetime, words: str) -> tuple[Notice, ...]:
    """To every audience; without words for everybody, to management only."""
    depth = None if words else Detail.MANAGEMENT
    told = to_audiences(state, incident, Kind.UPDATE, now, depth=depth)
    return tuple(replace(notice, content=replace(notice.content, words=words)) for notice in told)


def every(case: Case) -> Iterator[Fact]:
    """EVERY 20m [audience]: another interval, for one audience or for all."""
    if case.incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    asked = _every(case.words)
    audiences = tuple(audience.name for audience in case.state.procedure.audiences)
    if asked is None or not SHORTEST <= asked[0] <= LONGEST:
        yield case.answer(Kind.BAD_INTERVAL, replace(case.content(), people=audiences))
        return
    interval, name = asked
    if name:
        named = audience_named(case.state, name)
        if named is None:
            yield case.answer(Kind.BAD_INTERVAL, replace(case.content(), people=audiences))
            return
        audiences = (named.name,)
    event = e.IntervalSet(case.incident.id, case.now, case.who, audiences, interval)
    yield event
    case = case.after(event)
    yield case.answer(Kind.DONE_EVERY, replace(case.content(), every=interval, people=audiences))


def _every(words: str) -> tuple[timedelta, str] | None:
    found = _EVERY.fullmatch(words)
    if found is None or found[2].lower() not in UNITS:
        return None
    return timedelta(**{UNITS[found[2].lower()]: int(found[1])}), found[3].strip(" .")


def note(case: Case) -> Iterator[Fact]:
    """Into the timeline, to nobody."""
    words = "\n".join(part for part in (case.said.command.words, case.said.command.management) if part)
    if not words:
        yield case.answer(Kind.NO_WORDS)
        return
    event = e.Noted(case.incident.id, case.now, case.who, words)
    yield event
    yield case.after(event).answer(Kind.DONE_NOTE, replace(case.content(), words=words))
