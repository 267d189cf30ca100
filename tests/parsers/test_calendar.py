"""What calendar programs answer, as they really write it; and whatever the bytes, there is a value."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.calendar import parse_calendar
from parsers.email import parse_email
from parsers.types import Automatic, CalendarAnswer, CalendarReply
from tests.parsers.mails import calendars as c

UID = "review.mi-7@acme.example"
TOM = "tom.baker@acme.example"
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

CASES = {
    "Outlook accepts, with a comment": (
        c.mail(c.OUTLOOK, c.OUTLOOK_REPLY, coded=True),
        CalendarReply(CalendarAnswer.ACCEPTED, UID, 2, TOM, None, "I may be, say, five minutes late."),
    ),
    "Outlook asks for another time, in a zone by Windows' name": (
        c.mail(c.OUTLOOK, c.OUTLOOK_COUNTER, coded=True),
        CalendarReply(CalendarAnswer.COUNTER, UID, 2, TOM, FRIDAY, "I may be, say, five minutes late."),
    ),
    "Google declines": (
        c.mail(c.GOOGLE, c.GOOGLE_REPLY),
        CalendarReply(CalendarAnswer.DECLINED, UID, 0, TOM),
    ),
    "Google asks for another time": (
        c.mail(c.GOOGLE, c.GOOGLE_COUNTER),
        CalendarReply(CalendarAnswer.COUNTER, UID, 0, TOM, FRIDAY, "On Friday I am back"),
    ),
    "Apple accepts, with a name that has a comma": (
        c.mail(c.APPLE, c.APPLE_REPLY),
        CalendarReply(CalendarAnswer.ACCEPTED, UID, 1, TOM),
    ),
    "Thunderbird may come, with a name that is not ASCII": (
        c.mail(c.THUNDERBIRD, c.THUNDERBIRD_REPLY),
        CalendarReply(CalendarAnswer.TENTATIVE, UID, 3, TOM),
    ),
}


@pytest.mark.parametrize(("raw", "meant"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_what_it_means(raw: bytes, meant: CalendarReply) -> None:
    assert parse_calendar(raw) == meant
    assert parse_email(raw).automatic is Automatic.CALENDAR


NONE = {
    "an invitation": c.GOOGLE_REPLY.replace("METHOD:REPLY", "METHOD:REQUEST"),
    "no method": c.GOOGLE_REPLY.replace("METHOD:REPLY\n", ""),
    "no UID": c.GOOGLE_REPLY.replace("UID:review.mi-7@acme.example\n", ""),
    "not answered yet": c.GOOGLE_REPLY.replace("DECLINED", "NEEDS-ACTION"),
    "passed on to somebody else": c.GOOGLE_REPLY.replace("DECLINED", "DELEGATED"),
    "no attendee": c.GOOGLE_REPLY.replace("ATTENDEE", "X-WHO"),
    "a task": c.GOOGLE_REPLY.replace("VEVENT", "VTODO"),
    "cut off": c.GOOGLE_REPLY[:200],
    "a SEQUENCE that is no number": c.GOOGLE_REPLY.replace("SEQUENCE:0", "SEQUENCE:many"),
    "too many components": c.GOOGLE_REPLY.replace("END:VEVENT", "BEGIN:VALARM\nEND:VALARM\n" * 60 + "END:VEVENT"),
    "nested without an end": "BEGIN:VCALENDAR\nMETHOD:REPLY\n" + "BEGIN:VEVENT\n" * 5000,
}


@pytest.mark.parametrize("calendar", [pytest.param(text, id=name) for name, text in NONE.items()])
def test_what_is_no_answer(calendar: str) -> None:
    assert parse_calendar(c.mail(c.GOOGLE, calendar)) is None


def test_a_zone_that_would_take_hours_is_not_read() -> None:
    endless = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T000000\nRRULE:FREQ=SECONDLY\n"
    endless += "TZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT"
    calendar = c.GOOGLE_COUNTER.replace("BEGIN:VEVENT", endless).replace("DTSTART:2026", "DTSTART;TZID=X:2026")
    reply = parse_calendar(c.mail(c.GOOGLE, calendar.replace("20261127T090000Z", "20261127T090000")))
    assert reply is not None
    assert (reply.answer, reply.start) == (CalendarAnswer.COUNTER, None)


@given(st.binary(max_size=400), st.integers(0, 900), st.sampled_from(sorted(CASES)))
def test_whatever_the_bytes_there_is_a_value(noise: bytes, at: int, name: str) -> None:
    raw = CASES[name][0]
    found = parse_calendar(raw[:at] + noise + raw[at + len(noise) :])
    assert found is None or isinstance(found, CalendarReply)


LINES = ["BEGIN:VCALENDAR", "METHOD:REPLY", "METHOD:COUNTER", "BEGIN:VEVENT", "UID:x", "SEQUENCE:99999999999",
         "END:VEVENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example", "DTSTART:20261126", "RRULE:FREQ=SECONDLY",
         "DTSTART;TZID=Nowhere:20261126T150000", "DTSTART:00000000T000000Z", "COMMENT:\\n\\,", " folded",
         "END:VCALENDAR", "DTSTART;VALUE=DATE:2026", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "\x00", "ATTENDEE",
         'UID;X="', "DTSTART:99991231T235959Z"]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_whatever_the_lines_there_is_a_value(lines: list[str]) -> None:
    found = parse_calendar(c.mail(c.GOOGLE, "\n".join(["BEGIN:VCALENDAR", "METHOD:COUNTER", *lines])))
    assert found is None or isinstance(found, CalendarReply)
