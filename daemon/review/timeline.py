"""What happened, line by line: the incident's own events, and what the operators were told of channels meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daemon.commands.timeline import said
from daemon.core.kinds import Kind
from daemon.render.plain import line
from daemon.review.health import DOWN, INWARD, UP
from daemon.review.record import Record


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` is the event's name; "Channel" for a change of a channel's health. `by` is a name, "" for Murphy."""

    at: datetime
    kind: str
    by: str
    text: str


def timeline(record: Record) -> tuple[Line, ...]:
    """In the order in which it was written down, which a clock that was set back does not change."""
    lines = [_line(record, place) for place in range(len(record.events))]
    for change in _changes(record):
        after = next((n for n, one in enumerate(lines) if one.at > change.at), len(lines))
        lines.insert(after, change)
    return tuple(lines)


def _line(record: Record, place: int) -> Line:
    event = record.events[place]

    def clock(when: datetime) -> str:
        return local(when, record.zone, event.at)

    return Line(event.at, type(event).__name__, record.name(getattr(event, "by", "")), said(event, record.name, clock))


def local(when: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Hours and minutes, with the day where it is another one than `now`.

    In the hour that the end of summer time repeats, the offset tells which of the two is meant (PEP 495).
    """
    there = when.astimezone(zone)
    day = "" if there.date() == now.astimezone(zone).date() else f"{there:%a %d %b} "
    twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    return f"{day}{there:%H:%M}" + (f" (UTC{there:%z})" if twice else "")


def _changes(record: Record) -> Iterator[Line]:
    incident = record.history.incident
    end = incident.ended or record.now
    for notice in record.health:
        if incident.proposed <= notice.at <= end:
            what = "the way in" if notice.kind in INWARD else "the channel"
            name, reason = line(notice.content.source), line(notice.content.reason)
            match notice.kind:
                case kind if kind in UP:
                    text = f"{what} {name} works again"
                case Kind.CANARY_LOST:
                    text = f"{what} {name} lost a message that Murphy sent to itself"
                case kind if kind in DOWN:
                    text = f"{what} {name} is down" + (f": {reason}" if reason else "")
                case _:
                    continue
            yield Line(notice.at, "Channel", "", text)
