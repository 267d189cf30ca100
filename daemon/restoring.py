"""The state that the stored tables add up to, and an incident's records one by one.

What damage has made unusable is left out and logged, and the numbers in it are not given again: in the worst hour a
Murphy that knows nearly everything beats none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import structlog

from config.types import Configuration
from daemon.core.apply import apply, number_given
from daemon.core.delivery import AttemptStatus, Delivery
from daemon.core.events import Event
from daemon.core.facts import (
    Ailing,
    Archived,
    Attempted,
    Barred,
    Draft,
    Fact,
    FindingsTold,
    Finished,
    Handled,
    HealthChanged,
    Kept,
    NextDrill,
    Opened,
    ProcedureTold,
    Rostered,
    Source,
    Spent,
    Stopped,
    Watched,
)
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.transitions import IllegalEvent
from daemon.packing import unpacked_delivery, unpacked_outcomes, unpacked_trials
from daemon.records import EVENTS, Tables, load_fact
from daemon.removed import forget_removed
from daemon.state.store import Document, Rows

log = structlog.get_logger()

T = TypeVar("T")

UNUSABLE = (LookupError, ValueError, TypeError, IllegalEvent)
"""What a document that is odd, or that builds on a lost one, raises."""

PLAIN: tuple[tuple[str, type[Any]], ...] = (
    ("archived", Archived),
    ("drafts", Draft),
    ("barred", Barred),
    ("sources", Source),
    ("spent", Spent),
    ("unwatched", Watched),
    ("drills", NextDrill),
    ("rosters", Rostered),
    ("procedure", ProcedureTold),
    ("ailing", Ailing),
    ("checks", FindingsTold),
)
"""Tables whose documents are one fact each."""


def restore(configuration: Configuration, tables: Tables) -> State:
    """The whole state. An attempt that was under way has an outcome that nobody knows."""
    state = State(configuration)
    _apply(state, events(tables))
    _apply(state, notices(tables))
    _apply(state, outcomes(tables, state.notices))
    _apply(state, _read(tables.table("stopped"), lambda _, row: load_fact(Stopped, row)))
    _apply(state, _read(tables.table("deliveries"), _opened))
    _apply(state, _read(tables.table("health"), _at_once))
    _apply(state, _read(tables.table("inbox"), lambda key, row: load_fact(Handled, {**row, "key": key})))
    for table, kind in PLAIN:
        _apply(state, _read(tables.table(table), lambda _, row, kind=kind: load_fact(kind, row)))  # type: ignore[misc]
    _keep_numbers(state, tables)
    forget_removed(state)
    return state


def events(tables: Tables) -> Iterator[Event]:
    """All timelines, in the order in which things happened."""
    return _read(tables.table("timeline"), lambda _, row: load_fact(EVENTS[row["event"]], row))


def notices(tables: Tables) -> Iterator[Notice]:
    rosters = tables.table("recipients")
    contacts = {key: tuple(row["contacts"]) for key, row in rosters.items()}
    return _read(tables.table("notices"), lambda _, row: _notice(row, contacts))


def outcomes(tables: Tables, known: Mapping[int, Notice]) -> Iterator[Finished]:
    return _read(tables.table("outcomes"), lambda key, row: unpacked_outcomes(known[row["notice"]], int(key), row))


def attempts(tables: Tables) -> Iterator[Attempted]:
    """Of what is told by no ending; not in the state."""
    return _read(tables.table("attempts"), lambda key, row: unpacked_trials(int(key), row))


def messages(tables: Tables) -> Iterator[Kept]:
    """What came in about incidents; not in the state."""
    return _read(tables.table("messages"), lambda _, row: load_fact(Kept, row))


def deliveries(tables: Tables) -> Iterator[Delivery]:
    """Those that have not ended, as they were written down."""
    return _read(tables.table("deliveries"), unpacked_delivery)


def _read(rows: Rows, make: Callable[[str, Document], T]) -> Iterator[T]:
    for key, row in rows.items():
        try:
            value = make(key, row)
        except UNUSABLE as fault:
            log.error("a document cannot be used", fault=type(fault).__name__)
        else:
            yield value


def _apply(state: State, facts: Iterable[Fact]) -> None:
    for fact in facts:
        try:
            apply(state, (fact,))
        except UNUSABLE as fault:
            log.error("a fact has lost what it builds on", fact=type(fact).__name__, fault=type(fault).__name__)


def _keep_numbers(state: State, tables: Tables) -> None:
    """A number is never given twice, even where damage took what had it."""
    for key in tables.table("timeline"):
        incident, _, place = key.partition(" ")
        number_given(state, incident)
        missing = int(place) - len(state.timelines.get(incident, ()))
        if missing > 0:
            state.gaps[incident] = missing
    chunks = tables.table("outcomes")
    state.last_chunk = max(state.last_chunk, *map(int, chunks), *map(int, tables.table("attempts")), 0)
    for table in ("notices", "stopped", "deliveries"):
        given = (int(key.partition(" ")[0]) for key in tables.table(table))
        state.last_notice = max(state.last_notice, *given, 0)
    state.last_notice = max(state.last_notice, *(row["notice"] for row in chunks.values()), 0)


def _notice(row: Document, rosters: Mapping[str, Sequence[str]]) -> Notice:
    plain = {key: value for key, value in row.items() if key != "roster"}
    recipients = rosters[row["roster"]] if "roster" in row else plain["recipients"]
    notice = load_fact(Notice, {**plain, "recipients": ()})
    assert isinstance(notice, Notice)
    return replace(notice, recipients=tuple(recipients))


def _opened(key: str, row: Document) -> Opened:
    return Opened(_interrupted(unpacked_delivery(key, row)))


def _at_once(_: str, row: Document) -> HealthChanged:
    """What was wrong may have been put right for this start: a channel that was down is not left alone for a while."""
    changed = load_fact(HealthChanged, row)
    assert isinstance(changed, HealthChanged)
    return replace(changed, health=replace(changed.health, until=changed.health.since))


def _interrupted(delivery: Delivery) -> Delivery:
    attempts = tuple(
        replace(attempt, status=AttemptStatus.UNCERTAIN) if attempt.status is AttemptStatus.SENDING else attempt
        for attempt in delivery.attempts
    )
    return replace(delivery, attempts=attempts)
