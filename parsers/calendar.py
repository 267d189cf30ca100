"""What calendar programs answer to an invitation (iMIP, RFC 6047; iTIP's REPLY and COUNTER, RFC 5546 section 3.2).

Total: whatever the bytes, it returns a value; None where no calendar answers. Zones are taken by their names alone: a
definition in the message can cost a parser hours.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from parsers.mime import Part, parse_message
from parsers.types import CalendarAnswer, CalendarReply

MAX_CALENDAR = 256 * 1024
MAX_COMPONENTS = 50
LONGEST_COMMENT = 1000

_TYPES = frozenset({"text/calendar", "application/ics"})
_METHODS = frozenset({"REPLY", "COUNTER"})
_ANSWERS = {
    "ACCEPTED": CalendarAnswer.ACCEPTED,
    "TENTATIVE": CalendarAnswer.TENTATIVE,
    "DECLINED": CalendarAnswer.DECLINED,
}


def parse_calendar(raw: bytes) -> CalendarReply | None:
    """The answer in a mail (RFC 5322) as it came."""
    root, _ = parse_message(raw)
    parts = (part for part in root.walk() if part.content_type in _TYPES)
    return next((reply for part in parts if (reply := _reply(part)) is not None), None)


def _reply(part: Part) -> CalendarReply | None:
    text = _without_zones(part.text()[0][:MAX_CALENDAR])
    if not 0 < text.upper().count("BEGIN:") <= MAX_COMPONENTS:
        return None
    try:
        return _read(text)
    except Exception:  # whatever a library of many authors raises on what as many programs write
        return None


def _without_zones(text: str) -> str:
    """Without VTIMEZONE, line by line (RFC 5545 section 3.6.5)."""
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        mark = line.strip().upper()
        inside = inside or mark == "BEGIN:VTIMEZONE"
        if not inside:
            kept.append(line)
        inside = inside and mark != "END:VTIMEZONE"
    return "\n".join(kept)


def _read(text: str) -> CalendarReply | None:
    from icalendar import Calendar  # noqa: PLC0415 (5 MB, and few get such mail)

    calendar = Calendar.from_ical(text)
    method = str(calendar.get("METHOD", "")).upper()
    event = next(iter(calendar.walk("VEVENT")), None)
    if method not in _METHODS or event is None or not event.get("UID"):
        return None
    status, address = next(_attendees(event), ("", ""))
    answer = CalendarAnswer.COUNTER if method == "COUNTER" else _ANSWERS.get(status)
    if answer is None:
        return None
    start = event.get("DTSTART")
    return CalendarReply(
        answer=answer,
        uid=str(event["UID"]).strip(),
        revision=int(event.get("SEQUENCE", 0)),
        attendee=address,
        start=_moment(start.dt) if start is not None and method == "COUNTER" else None,
        comment=_comment(event.get("COMMENT")),
    )


def _attendees(event: Any) -> Iterator[tuple[str, str]]:
    """PARTSTAT and address of each; a REPLY has one."""
    found = event.get("ATTENDEE", [])
    for each in found if isinstance(found, list) else [found]:
        address = str(each).strip().lower().removeprefix("mailto:")
        yield str(each.params.get("PARTSTAT", "")).upper(), address


def _moment(value: object) -> datetime | None:
    """In UTC; None for a day, or a time in a zone that is not known."""
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else None


def _comment(value: Any) -> str:
    """COMMENT may stand more than once."""
    each = value if isinstance(value, list) else [value] if value is not None else []
    return "\n".join(str(one).strip() for one in each).strip()[:LONGEST_COMMENT]
