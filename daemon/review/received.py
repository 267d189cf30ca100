"""What came in about an incident, word for word: the messages that are still kept, and a list of all there were."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daemon.core.events import Event
from daemon.core.facts import Kept
from daemon.review.csv_rows import csv_lines
from daemon.review.timeline_files import local, utc
from daemon.state.store import StateDamaged

HEAD = ("file", "received_utc", "received_local", "from", "from_name", "medium", "sha256", "kept")

Raw = Callable[[str], bytes]
"""As Reading.raw."""

_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")


@dataclass(frozen=True, slots=True)
class Received:
    """`path` is "" where nothing is kept, and `kept` says why."""

    path: str
    at: datetime
    by: str
    medium: str
    sha256: str
    kept: str


def received(messages: tuple[Kept, ...], events: tuple[Event, ...], raw: Raw) -> tuple[Received, ...]:
    """In the order in which they came in. Each is read once, to see that it is whole."""
    known = {kept.raw for kept in messages}
    rows = [(kept.at, kept.by, kept.medium, kept.raw) for kept in messages]
    for event in events:
        name = getattr(event, "raw", "")
        if name and name not in known:  # of an incident of before all of them were listed
            rows.append((event.at, getattr(event, "by", ""), getattr(event, "medium", ""), name))
            known.add(name)
    rows.sort(key=lambda row: row[0])
    return tuple(_received(number, *row, raw) for number, row in enumerate(rows, 1))


def _received(number: int, at: datetime, by: str, medium: str, name: str, raw: Raw) -> Received:
    if not name:
        return Received("", at, by, medium, "", "no: it could not be kept when it came in")
    try:
        content = raw(name)
    except StateDamaged:
        return Received("", at, by, medium, name, "no: damaged on the disk")
    except (FileNotFoundError, KeyError):
        return Received("", at, by, medium, name, "no: removed after [state] keep_raw")
    mail = medium == "email" or (not medium and bool(_HEADER.match(content)))
    return Received(f"received/{number:04}.{'eml' if mail else 'txt'}", at, by, medium, name, "yes")


def index(those: tuple[Received, ...], name: Callable[[str], str], zone: ZoneInfo) -> Iterator[str]:
    rows = (
        (one.path, utc(one.at), local(one.at, zone), one.by, name(one.by), one.medium, one.sha256, one.kept)
        for one in those
    )
    return csv_lines(HEAD, rows)
