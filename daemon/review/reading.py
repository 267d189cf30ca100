"""The record of one incident, read from the state: the only part of the review that reads anything."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.types import Configuration
from daemon import restoring
from daemon.core.events import Event
from daemon.core.model import DRILL, Status
from daemon.core.notices import Notice, archive_of
from daemon.history import Documents, entries, history, timeline
from daemon.review.health import DOWN, UP
from daemon.review.record import Record
from daemon.state.store import Reading, Rows

LAST = 10
"""Incidents before it that its figures are beside."""

BEFORE = timedelta(days=35)
"""A channel that has been down for longer, when the incident begins, is not known to be so."""

MAJOR = frozenset({Status.RESOLVED, Status.REVIEWED})
"""What was a major incident until its all-clear."""


def record(reading: Reading, configuration: Configuration, number: str, now: datetime) -> Record | None:
    """None where there is no incident of this number."""
    found = history(reading, number)
    if found is None:
        return None
    incident = found.incident
    health = tuple(_health(reading, incident.proposed - BEFORE, incident.ended or now))
    return Record(configuration, found, health, tuple(_past(reading, number, incident.proposed)), now)


def _past(reading: Reading, number: str, proposed: datetime) -> Iterator[tuple[Event, ...]]:
    """Of the same sort: exercises stand beside exercises. The newest first."""
    drill = number.startswith(DRILL)
    rows = [
        (datetime.fromisoformat(entry.proposed), entry.incident)
        for entry in entries(reading)
        if entry.status in MAJOR and entry.incident.startswith(DRILL) is drill and entry.incident != number
    ]
    for _, other in sorted((row for row in rows if row[0] < proposed), reverse=True)[:LAST]:
        yield timeline(reading, other)


def _health(reading: Reading, start: datetime, end: datetime) -> Iterator[Notice]:
    """What the operators were told of channels, from the working tables and the months' archives, in order."""
    found: dict[str, Rows] = {"notices": dict(_rows(reading.table("notices")))}
    there = set(reading.archives())
    for month in dict.fromkeys(archive_of("", start + timedelta(days=n)) for n in range((end - start).days + 2)):
        if month in there:
            archived = (reading.archived(month) or {}).get("notices", {})
            found["notices"] = {**found["notices"], **dict(_rows(archived))}
    notices = restoring.notices(Documents(found))
    yield from sorted((one for one in notices if start <= one.at <= end), key=lambda one: one.id)


def _rows(rows: Rows) -> Iterator[tuple[str, dict[str, object]]]:
    kinds = DOWN | UP
    for key, row in rows.items():
        if not row.get("incident") and row.get("kind") in kinds:
            yield key, dict(row)
