"""The timeline as files: JSON with everything in it, CSV with what a person reads. Times are UTC, and local beside."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from daemon.commands.timeline import said
from daemon.core.events import Event
from daemon.history import History
from daemon.records import dump
from daemon.review.csv_rows import csv_lines

HEAD = ("number", "time_utc", "time_local", "zone", "event", "by", "by_name", "text", "message_sha256")


def utc(when: datetime) -> str:
    """RFC 3339, as 2026-03-02T08:00:00Z; with a fraction only where there is one."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def local(when: datetime, zone: ZoneInfo) -> str:
    """RFC 3339 with the zone's offset at that time, to the second."""
    return when.astimezone(zone).isoformat(timespec="seconds")


def timeline_document(found: History, name: Callable[[str], str], zone: ZoneInfo) -> dict[str, Any]:
    """`name` tells who a contact is."""
    return {
        "incident": found.incident.id,
        "confidential": found.incident.confidential,
        "events": [_entry(number, event, name, zone) for number, event in enumerate(found.events, 1)],
    }


def timeline_json(found: History, name: Callable[[str], str], zone: ZoneInfo) -> str:
    return json_text(timeline_document(found, name, zone))


def timeline_csv(found: History, name: Callable[[str], str], zone: ZoneInfo) -> Iterator[str]:
    rows = (_entry(number, event, name, zone) for number, event in enumerate(found.events, 1))
    return csv_lines(HEAD, ([row[key] for key in HEAD] for row in rows))


def json_text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(number: int, event: Event, name: Callable[[str], str], zone: ZoneInfo) -> dict[str, Any]:
    by = getattr(event, "by", "")
    return {
        "number": number,
        "time_utc": utc(event.at),
        "time_local": local(event.at, zone),
        "zone": zone.key,
        "event": type(event).__name__,
        "by": by,
        "by_name": name(by) if by else "",
        "text": said(event, name, lambda when: local(when, zone)),
        "message_sha256": getattr(event, "raw", ""),
        "record": dump(event),
    }
