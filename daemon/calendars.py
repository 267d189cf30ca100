"""Duty calendars (iCalendar, RFC 5545): which contact is on duty from when to when.

An event names people by the addresses of its attendees, or by an address or name in its summary. A day without a time,
and a time without a zone, are the organization's. Cancelled events do not count.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from config.types import Contact
from daemon.core.facts import Shift
from daemon.core.sameness import folded

AHEAD = timedelta(days=15)
"""How far a copy reaches, from yesterday on, for when the calendar cannot be read."""

MOST_EVENTS = 2000
MOST_SHIFTS = 1000

_TOO_OFTEN = re.compile(r"^RRULE[^\r\n]*FREQ=(?:SECONDLY|MINUTELY)", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")


class BadCalendar(Exception):
    """It says nothing that could be used; the text says why."""


def shifts(text: str, people: Sequence[Contact], zone: ZoneInfo, now: datetime) -> tuple[Shift, ...]:
    """Who of these people is on duty, from the beginning of yesterday on. Raises BadCalendar."""
    if text.upper().count("BEGIN:VEVENT") > MOST_EVENTS or _TOO_OFTEN.search(text):
        raise BadCalendar("it has too many events")
    start = datetime.combine(now.astimezone(zone).date() - timedelta(days=1), time(), zone)
    try:
        events = recurring_ical_events.of(Calendar.from_ical(text)).between(start, start + AHEAD)
    except Exception as fault:  # whatever a library of many authors raises on a calendar of as many programs
        raise BadCalendar(f"it is no calendar that we can read ({type(fault).__name__})") from None
    found = {shift for event in events[: MOST_SHIFTS * 2] for shift in _of(event, people, zone)}
    if events and not found:
        raise BadCalendar("its events name nobody on the list")
    return tuple(sorted(found, key=lambda shift: (shift.start, shift.end, shift.contact)))[:MOST_SHIFTS]


def _of(event: Event, people: Sequence[Contact], zone: ZoneInfo) -> Iterator[Shift]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    start, end = _moment(event.start, zone), _moment(event.end, zone)
    for contact in _named(event, people) if start < end else ():
        yield Shift(contact.id, start, end)


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), zone)
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def _named(event: Event, people: Sequence[Contact]) -> list[Contact]:
    """Those whose address is an attendee's who has not declined, else who stands in the summary by address or name."""
    attendees: Any = event.get("ATTENDEE", [])
    listed = attendees if isinstance(attendees, list) else [attendees]
    coming = (one for one in listed if str(one.params.get("PARTSTAT", "")).upper() != "DECLINED")
    addresses = {str(one).lower().removeprefix("mailto:") for one in coming}
    if found := [contact for contact in people if addresses.intersection(contact.emails)]:
        return found
    summary = str(event.get("SUMMARY", ""))
    if found := [contact for contact in people if any(email in summary.lower() for email in contact.emails)]:
        return found
    said = set(_WORD.findall(folded(summary)))
    if found := [contact for contact in people if set(_WORD.findall(folded(contact.name))) <= said]:
        return found
    first = [
        contact for contact in people if folded(contact.name).split()[:1] and folded(contact.name).split()[0] in said
    ]
    return first if len(first) == 1 else []
