"""decide(state, stimulus, now) -> facts. Pure: it reads the state and changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.acknowledging import acknowledged
from daemon.core.answering import calendar
from daemon.core.boarding import boarding
from daemon.core.bridge import tried
from daemon.core.content import Content
from daemon.core.drilling import asked as drill_asked
from daemon.core.facts import Attempted, Collected, DiskChanged, Fact, Finished, Handled, ProcedureTold, Source, Watched
from daemon.core.flapping import came_back, went_down
from daemon.core.flood import flooded
from daemon.core.hear import hear
from daemon.core.keeping import kept
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.rostering import read_duty
from daemon.core.saying import to_operators, to_readers
from daemon.core.settling import begin, exhaust, receipt, returned, settle
from daemon.core.state import State
from daemon.core.stimuli import (
    Begun,
    BoardAsked,
    BoardEntered,
    BoardLeft,
    BridgeTried,
    CalendarReplied,
    CanaryBack,
    CanaryLost,
    Collect,
    ConfigurationRefused,
    DrillAsked,
    DrillStopped,
    DutyRead,
    Exhausted,
    FirstSeen,
    Ignored,
    Inspected,
    Observed,
    PartChanged,
    ProcedureWritten,
    Read,
    Receipted,
    Returned,
    Said,
    Settlements,
    SourceChanged,
    SourceComplained,
    StateChanged,
    Stimulus,
    Tick,
)
from daemon.core.ticking import tick
from daemon.core.upkeep import ailing, inspected
from daemon.core.watching import shown


def decide(state: State, stimulus: Stimulus, now: datetime) -> tuple[Fact, ...]:
    """Everything that follows from one stimulus, numbered and in order."""
    return tuple(_numbered(state, _facts(state, stimulus, now)))


def _facts(state: State, stimulus: Stimulus, now: datetime) -> Iterator[Fact]:
    match stimulus:
        case Said() | CalendarReplied():
            if stimulus.key not in state.handled:
                yield from _came(state, stimulus, now)
        case DutyRead():
            yield from read_duty(state, stimulus, now)
        case ProcedureWritten(version):
            if version != state.procedure_version and not any(i.confidential for i in state.open_incidents()):
                yield ProcedureTold(version)
                yield from to_readers(state, Kind.PROCEDURE, now, Content(name=version, at=now))
        case Collect():
            yield Collected(stimulus.key)
        case DrillAsked() | DrillStopped():
            yield from drill_asked(state, stimulus, now)
        case Ignored():
            yield Handled(stimulus.key, now)
        case Returned():
            if stimulus.key not in state.handled:
                yield Handled(stimulus.key, now)
                yield from returned(state, stimulus, now)
        case Tick(part):
            yield from tick(state, now, part)
        case Begun():
            yield from begin(state, stimulus, now)
        case Settlements():
            yield from settle(state, stimulus, now)
        case Exhausted():
            yield from exhaust(state, stimulus, now)
        case Receipted():
            yield from receipt(state, stimulus.receipt, now)
        case CanaryBack() | CanaryLost() | Observed():
            yield from shown(state, stimulus, now)
        case Read(source, position, since):
            if (read := Source(source, position, since)) != state.sources.get(source):
                yield read
        case PartChanged():
            yield from ailing(state, stimulus, now)
        case Inspected():
            yield from inspected(state, stimulus, now)
        case BoardAsked() | BoardEntered() | BoardLeft():
            yield from boarding(state, stimulus, now)
        case BridgeTried():
            yield from tried(state, stimulus, now)
        case FirstSeen() | SourceChanged() | SourceComplained() | StateChanged() | ConfigurationRefused():
            yield from _ourselves(state, stimulus, now)


def _came(state: State, stimulus: Said | CalendarReplied, now: datetime) -> Iterator[Fact]:
    """A message of a person, or of a calendar program in a person's name, and what it comes to."""
    yield Handled(stimulus.key, now)
    if isinstance(stimulus, CalendarReplied):
        yield from (heard := tuple(calendar(state, stimulus, now)))
    else:
        yield from (heard := tuple(hear(state, stimulus, now)))
        yield from acknowledged(state, stimulus, heard, now)
    yield from kept(stimulus, heard, now)


def _ourselves(
    state: State,
    stimulus: FirstSeen | SourceChanged | SourceComplained | StateChanged | ConfigurationRefused,
    now: datetime,
) -> Iterator[Fact]:
    """What the operators must know of Murphy's own ways in, disk and configuration."""
    match stimulus:
        case FirstSeen():
            yield Source(stimulus.source, stimulus.position, stimulus.since)
            if stimulus.waiting:
                content = Content(source=stimulus.source, count=stimulus.waiting, at=now)
                yield from to_operators(state, Kind.FIRST_SIGHT, now, content)
        case SourceChanged():
            yield Watched(stimulus.source, stimulus.up, now)
            if stimulus.up:
                yield from came_back(state, Kind.SOURCE_UP, stimulus.source, now)
            else:
                yield from went_down(state, Kind.SOURCE_DOWN, stimulus.source, stimulus.reason, now)
        case SourceComplained(source, reason):
            yield from to_operators(state, Kind.SOURCE_COMPLAINT, now, Content(source=source, reason=reason, at=now))
        case StateChanged():
            yield from _disk(state, stimulus, now)
        case ConfigurationRefused(faults):
            content = Content(people=faults[:10], count=len(faults), at=now)
            yield from to_operators(state, Kind.CONFIGURATION_REFUSED, now, content)


def _disk(state: State, changed: StateChanged, now: datetime) -> Iterator[Fact]:
    """Damage is told each time, and to the managers as well."""
    if changed.damage:
        content = Content(reason=changed.reason, at=now)
        yield from to_operators(state, Kind.STATE_DAMAGED, now, content, managers=True)
        return
    yield DiskChanged(not changed.up, now)
    if changed.up:
        yield from came_back(state, Kind.STATE_UP, "", now)
    else:
        yield from went_down(state, Kind.STATE_DOWN, "", changed.reason, now)


def _numbered(state: State, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Gives notices and chunks their numbers; a notice to an audience is told in the timeline."""
    notice, chunk = state.last_notice, state.last_chunk
    for fact in facts:
        match fact:
            case Notice(recipients=()):
                continue
            case Notice(id=number) if number:
                yield fact  # it says something else from now on
            case Notice() if flooded(state, fact):
                continue
            case Notice():
                notice += 1
                content = fact.content
                if content.unsaved is not state.disk_down:
                    content = replace(content, unsaved=state.disk_down)
                yield replace(fact, id=notice, content=content)
                if fact.audience and not fact.content.again:
                    people = len(fact.recipients)
                    yield e.Told(fact.incident, fact.at, notice, fact.kind, fact.audience, people, content.due)
            case Finished() | Attempted():
                chunk += 1
                yield replace(fact, chunk=chunk)
            case _:
                yield fact
