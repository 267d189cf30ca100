"""What an incident affects and who may know of it: SERVICE and CONFIDENTIAL."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from config.types import Detail, Service
from daemon.core import events as e
from daemon.core.audiences import partition
from daemon.core.case import Case, stop
from daemon.core.climbing import again
from daemon.core.discretion import hush
from daemon.core.facts import Fact
from daemon.core.kinds import Kind
from daemon.core.knowing import disabled
from daemon.core.model import OPEN, Incident, Status
from daemon.core.naming import nearly, plain, without_number
from daemon.core.notices import Notice
from daemon.core.sameness import folded
from daemon.core.saying import to_managers
from daemon.core.state import State
from daemon.core.team import call, summed

MOST_SHOWN = 8
MOST_WORDS = 20
"""Of one part of what was written; more name nothing."""

_BETWEEN = re.compile(r"[,;+&/\n]|\s(?:and|en|et|und|y)\s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that are no service, and those that could be meant."""

    words: str
    services: tuple[Service, ...]


def service(case: Case) -> Iterator[Fact]:
    """SERVICE name…: ladder, team and bridge follow at once."""
    if case.incident.status not in OPEN:
        yield case.answer(Kind.WRONG_STATUS)
        return
    found = services_named(case.state, without_number(case.words, case.incident.id))
    if isinstance(found, Unknown):
        near = tuple(service.public_name or service.name for service in found.services)
        yield case.answer(Kind.NO_SUCH_NAME, replace(case.content(), name=found.words, people=near))
        return
    before = case.incident
    event = e.ServicesSet(before.id, case.now, case.who, tuple(service.name for service in found))
    yield event
    case = case.after(event)
    if any(service.confidential for service in found) and not before.confidential:
        case = yield from silence(case)
    followed = tuple(_follow(case, disabled(case.state, case.incident) - disabled(case.state, before)))
    yield from followed
    case = replace(case, incident=summed(case.incident, followed))
    content = replace(case.content(), name=", ".join(service.public_name for service in found))
    yield case.answer(Kind.DONE_SERVICE, content)
    told = replace(content, forms=())
    yield from to_managers(case.state, case.incident, Kind.DECISION_SERVICE, case.now, told, but=(case.who,))


def _follow(case: Case, lost: frozenset[str]) -> Iterator[Fact]:
    """The team and the bridge; whoever was asked only by a channel that is lost is asked by another one."""
    if case.incident.status is Status.ACCEPTED:
        yield from call(case.state, case.incident, case.now)
    elif lost and any(lost.issuperset(rung) for rung in _asked_by(case.state, case.incident)):
        yield from again(case.state, case.incident, case.now)


def _asked_by(state: State, incident: Incident) -> Iterator[tuple[str, ...]]:
    """The rung by which the last decision request went out first."""
    for notice in reversed(state.notices.values()):
        if notice.incident == incident.id and notice.kind is Kind.DECISION_REQUEST:
            yield notice.via[0]
            return


def confidential(case: Case) -> Iterator[Fact]:
    """From now on only those with a part in it hear of it, in messages without content."""
    if case.incident.confidential:
        yield case.answer(Kind.DONE_CONFIDENTIAL)
        return
    case = yield from silence(case)
    yield case.answer(Kind.DONE_CONFIDENTIAL)
    content = replace(case.content(), forms=())
    yield from to_managers(case.state, case.incident, Kind.DECISION_CONFIDENTIAL, case.now, content, but=(case.who,))


def silence(case: Case) -> Generator[Fact, None, Case]:
    """What is still on its way to people outside stops; what has not left yet to others leaves without its content."""
    yield (event := e.MadeConfidential(case.incident.id, case.now, case.who))
    case = case.after(event)
    yield from hush(case.state, case.incident, case.now)
    for notice in tuple(case.state.unfinished()):
        inner = not notice.audience and notice.detail is Detail.MANAGEMENT and not notice.confidential
        waiting = _untried(case.state, notice) if inner and case.incident.id in notice.about else ()
        if waiting and notice.id not in case.state.stopped:
            yield from stop(case.state, notice, case.now, "it is confidential now")
            yield _discreet(notice, case.incident.id, waiting)
    hearing = {group.pace.name for group in partition(case.state, case.incident)}
    if lapsed := tuple(name for name in case.incident.promises if name not in hearing):
        yield (gone := e.Lapsed(case.incident.id, case.now, lapsed))
        case = case.after(gone)
    return case


def _untried(state: State, notice: Notice) -> tuple[str, ...]:
    """To whom nothing of it is out."""
    tally, begun = state.tallies[notice.id], state.deliveries.get(notice.id, {})
    tried = {who for who, delivery in begun.items() if delivery.attempts}
    return tuple(who for who in notice.recipients if not tally.ended(who) and who not in tried)


def _discreet(notice: Notice, incident: str, recipients: tuple[str, ...]) -> Notice:
    lines = tuple(replace(line, title="") if line.incident == incident else line for line in notice.content.lines)
    content = replace(notice.content, lines=lines)
    return replace(notice, confidential=bool(notice.incident), recipients=recipients, content=content)


def services_named(state: State, words: str) -> tuple[Service, ...] | Unknown:
    """The configured services by name, public name or alias, one or several."""
    every = tuple(service for service in state.procedure.services if service.name != "*")
    known = {plain(name): s for s in every for name in (s.name, s.public_name, *s.aliases) if name}
    found: dict[Service, None] = {}
    parts = [part for part in _BETWEEN.split(words) if plain(part)]
    for part in (words,) if plain(words) in known else parts:
        services = _read(_WORD.findall(folded(part)), known)
        if not services:
            return Unknown(part.strip(), _near(part, every))
        found.update(dict.fromkeys(services))
    return tuple(found) or Unknown("", every[:MOST_SHOWN])


def _read(words: Sequence[str], known: Mapping[str, Service]) -> tuple[Service, ...]:
    """The services whose names these words are, one after the other; none where any word is left over."""
    if not words or len(words) > MOST_WORDS:
        return ()
    for length in range(len(words), 0, -1):
        service = known.get("".join(words[:length]))
        rest = _read(words[length:], known) if service else ()
        if service and (rest or length == len(words)):
            return (service, *rest)
    return ()


def _near(part: str, services: Sequence[Service]) -> tuple[Service, ...]:
    near = [s for s in services if any(nearly(part, name) for name in (s.name, s.public_name, *s.aliases))]
    return tuple(near or services)[:MOST_SHOWN]
