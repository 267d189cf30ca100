"""Duty calendars as programs write them: who is on duty when; and what is none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.calendars import BadCalendar, shifts
from tests.core.vocabulary import example

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
BRUSSELS = ZoneInfo("Europe/Brussels")
PEOPLE = [example().people.contacts[who] for who in example().people.on("network-engineers")]

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Acme//Duty//EN\r\n"
TAIL = "END:VCALENDAR\r\n"
TOM = "ATTENDEE;CN=Tom:mailto:Tom.Baker@acme.example\r\n"


def event(*lines: str, uid: str = "1") -> str:
    body = "".join(line if line.endswith("\n") else f"{line}\r\n" for line in lines)
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{body}END:VEVENT\r\n"


def read(*events: str) -> list[str]:
    found = shifts(HEAD + "".join(events) + TAIL, PEOPLE, BRUSSELS, NOW)
    return [f"{s.contact.partition('.')[0]} {s.start:%d %H:%M}-{s.end:%d %H:%M}" for s in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param((TOM, "DTSTART:20260329T080000Z", "DTEND:20260329T160000Z"), ["tom 29 08:00-29 16:00"], id="UTC"),
        pytest.param(
            (TOM, "DTSTART;TZID=America/New_York:20260329T080000", "DURATION:PT8H"),
            ["tom 29 12:00-29 20:00"],
            id="a zone by name, and how long",
        ),
        pytest.param(
            (TOM, "DTSTART:20260329T080000", "DTEND:20260329T160000"),
            ["tom 29 06:00-29 14:00"],
            id="no zone: the organization's",
        ),
        pytest.param(
            (TOM, "DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330"),
            ["tom 28 23:00-29 22:00"],
            id="a whole day, of 23 hours when the clocks change",
        ),
        pytest.param(
            ("SUMMARY:On call: Álvarez Rosa", "DTSTART:20260329T080000Z", "DURATION:PT1H"),
            ["rosa 29 08:00-29 09:00"],
            id="a full name in the summary",
        ),
        pytest.param(
            (
                TOM,
                "ATTENDEE;PARTSTAT=DECLINED:mailto:rosa.alvarez@acme.example",
                "DTSTART:20260329T080000Z",
                "DURATION:PT1H",
            ),
            ["tom 29 08:00-29 09:00"],
            id="not an attendee who has declined",
        ),
        pytest.param(
            ("SUMMARY:pieter.jacobs@acme.example", "DTSTART:20260329T080000Z", "DURATION:PT1H"),
            ["pieter 29 08:00-29 09:00"],
            id="an address in the summary",
        ),
        pytest.param(
            ("SUMMARY:Tom (network)", "DTSTART:20260329T080000Z", "DURATION:PT1H"),
            ["tom 29 08:00-29 09:00"],
            id="a first name that only one has",
        ),
        pytest.param(
            (TOM, "DTSTART:20260302T080000Z", "DURATION:PT8H", "RRULE:FREQ=WEEKLY", "EXDATE:20260406T080000Z"),
            ["tom 30 08:00-30 16:00"],
            id="weekly, but for one",
        ),
        pytest.param(
            (TOM, "DTSTART;TZID=Europe/Brussels:20260328T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"),
            ["tom 28 08:00-28 09:00", "tom 29 07:00-29 08:00", "tom 30 07:00-30 08:00"],
            id="daily at nine on the wall, whatever the clocks do",
        ),
    ],
)
def test_who_is_on_duty_when(lines: tuple[str, ...], expected: list[str]) -> None:
    assert read(event(*lines)) == expected


def test_one_of_a_series_is_moved_and_given_to_another() -> None:
    series = event(TOM, "DTSTART:20260323T080000Z", "DURATION:PT8H", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("SUMMARY:Rosa", "RECURRENCE-ID:20260330T080000Z", "DTSTART:20260331T100000Z", "DURATION:PT8H")
    assert read(series, moved) == ["rosa 31 10:00-31 18:00", "tom 06 08:00-06 16:00"]


def test_cancelled_and_long_past_events_do_not_count() -> None:
    cancelled = event(TOM, "STATUS:CANCELLED", "DTSTART:20260329T080000Z", "DURATION:PT8H", uid="1")
    past = event(TOM, "DTSTART:20260101T080000Z", "DURATION:PT8H", uid="2")
    assert read(event(TOM, "DTSTART:20260330T080000Z", "DURATION:PT1H", uid="3"), cancelled, past) == [
        "tom 30 08:00-30 09:00"
    ]


def test_it_reaches_two_weeks_ahead() -> None:
    daily = event(TOM, "DTSTART:20260101T080000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY")
    found = shifts(HEAD + daily + TAIL, PEOPLE, BRUSSELS, NOW)
    assert found[0].start < NOW
    assert found[-1].start > NOW + timedelta(days=12)


def test_no_event_at_all_is_nobody_on_duty() -> None:
    assert read() == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "no calendar", id="nothing"),
        pytest.param("<html>Sign in</html>", "no calendar", id="a page that asks to sign in"),
        pytest.param(
            HEAD + "BEGIN:VEVENT\r\nDTSTART:xx\r\nEND:VEVENT\r\n" + TAIL, "no calendar", id="a date that is none"
        ),
        pytest.param(
            HEAD + event("SUMMARY:Zoe", "DTSTART:20260329T080000Z", "DURATION:PT1H") + TAIL,
            "nobody on the list",
            id="people who are not on the list",
        ),
        pytest.param(
            HEAD + event(TOM, "DTSTART:20260329T080000Z", "RRULE:FREQ=SECONDLY") + TAIL,
            "too many",
            id="an event every second",
        ),
        pytest.param(HEAD + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 3000 + TAIL, "too many", id="thousands of events"),
    ],
)
def test_what_is_no_duty_calendar(text: str, reason: str) -> None:
    with pytest.raises(BadCalendar, match=reason):
        shifts(text, PEOPLE, BRUSSELS, NOW)
