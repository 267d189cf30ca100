"""The invitation to a review: RFC 5546's tables, RFC 5545's form, the mail around it."""

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from channels.types import Mail
from daemon.core import inviting
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.renderer import Renderer
from parsers.email import parse_email
from tests.core.vocabulary import Office, minutes

NAMES = {"Tom Baker": 'Zoë "Zed" Müller-O\'Brien, Dr', "Rosa Alvarez": "山田 太郎", "Hugo Moreau": "Hugo; Moreau: x"}

# RFC 5546 sections 3.2.2 and 3.2.5: what an entry of that method must have once, and may not have.
ONCE = {
    "REQUEST": ("UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY"),
    "CANCEL": ("UID", "DTSTAMP", "ORGANIZER", "SEQUENCE", "STATUS"),
}
NEVER = {"REQUEST": ("REQUEST-STATUS",), "CANCEL": ("REQUEST-STATUS",)}


def reviewed() -> tuple[Office, dict[Kind, Notice]]:
    """An incident that three have been on: what invited them, what called it off, and what invited them again."""
    office = Office().accepted(body="Service: webshop")
    for name in ("Rosa", "Hugo", "Tom"):
        office.says(name, "JOIN MI-1")
    office.passes(minutes(10))
    came = office.says("An", "RESOLVE MI-1 It works again.")
    office.passes(timedelta(hours=1))
    came += office.says("An", "REOPEN MI-1 The errors are back.")
    return office, {notice.kind: notice for notice in came.notices}


def rendered(office: Office, notice: Notice, name: str = "Tom") -> EmailMessage:
    renderer = Renderer(office.configuration, lambda n, _: f"mi1-{n.id}-abc-aaaaaaaaaaaaaaaa")
    made = renderer.render(notice, office.state.person(office.who(name)), "email", "tom.baker@acme.example")
    assert isinstance(made, Mail)
    message = email.message_from_bytes(made.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def calendars(message: EmailMessage) -> Iterator[tuple[EmailMessage, bytes]]:
    for part in message.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            assert isinstance(part, EmailMessage)
            yield part, part.get_payload(decode=True)  # type: ignore[misc]


def entry(message: EmailMessage) -> tuple[Any, Any]:
    raw = next(raw for _, raw in calendars(message))
    calendar: Any = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        pytest.param(Kind.REVIEW_INVITED, "REQUEST", id="an invitation"),
        pytest.param(Kind.REVIEW_OFF, "CANCEL", id="its end"),
    ],
)
def test_it_has_what_its_method_must_have(kind: Kind, method: str) -> None:
    office, notices = reviewed()
    message = rendered(office, notices[kind])
    calendar, event = entry(message)
    assert (str(calendar["METHOD"]), str(calendar["VERSION"])) == (method, "2.0")
    assert calendar["PRODID"]
    for name in ONCE[method]:
        assert name in event, name
        assert not isinstance(event[name], list), name
    for name in NEVER[method]:
        assert name not in event, name
    assert {str(one) for one in event["ATTENDEE"]} == {
        f"mailto:{name}@acme.example" for name in ("an.peeters", "tom.baker", "rosa.alvarez", "hugo.moreau")
    }
    assert str(event["UID"]) == "review.mi-1@acme.example"
    assert str(event["ORGANIZER"]) == "mailto:incidents@acme.example"
    assert str(event["STATUS"]) == {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}[method]
    assert not list(calendar.walk("VALARM"))
    parts = [part for part, _ in calendars(message)]
    assert [part.get_content_type() for part in parts] == ["text/calendar", "application/ics"]
    assert parts[0].get_param("method") == method, "RFC 6047 section 2.4: the same as in the object"
    assert parts[1].get_filename() == "invite.ics"


def test_the_mail_has_the_form_that_programs_want() -> None:
    office, notices = reviewed()
    message = rendered(office, notices[Kind.REVIEW_INVITED])
    assert message.get_content_type() == "multipart/mixed"
    beside, file = message.iter_parts()
    assert beside.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in beside.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"], "RFC 2046: the richest last"
    assert file.get_content_disposition() == "attachment"
    (one, _), (other, _) = calendars(message)
    assert one.get_payload(decode=True) == other.get_payload(decode=True)


def test_people_are_asked_to_answer() -> None:
    office, notices = reviewed()
    _, event = entry(rendered(office, notices[Kind.REVIEW_INVITED]))
    for attendee in event["ATTENDEE"]:
        assert attendee.params["RSVP"] == "TRUE"
        assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
        assert attendee.params["ROLE"] == "REQ-PARTICIPANT"
    assert {one.params["CN"] for one in event["ATTENDEE"]} == {"An Peeters", "Tom Baker", "Rosa Alvarez", "Hugo Moreau"}


def test_when_and_where_they_meet() -> None:
    office, notices = reviewed()
    _, event = entry(rendered(office, notices[Kind.REVIEW_INVITED]))
    assert event["DTSTART"].dt == datetime(2026, 3, 5, 8, 0, tzinfo=UTC), "the last half hour before it is due"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert str(event["LOCATION"]) == "https://meet.acme.example/major"
    assert "482915" in str(event["DESCRIPTION"])
    assert "MI-1" in str(event["SUMMARY"])


def test_each_change_has_the_same_uid_and_a_higher_sequence() -> None:
    office, first = reviewed()
    office.passes(minutes(5))
    again = office.says("An", "RESOLVE MI-1 Now it does.").one("review-invited")
    notices = (first[Kind.REVIEW_INVITED], first[Kind.REVIEW_OFF], again)
    entries = [entry(rendered(office, notice))[1] for notice in notices]
    assert len({str(event["UID"]) for event in entries}) == 1
    sequence = [int(event["SEQUENCE"]) for event in entries]
    assert sequence == sorted(set(sequence))
    stamps = [event["DTSTAMP"].dt for event in entries]
    assert stamps == sorted(stamps)


@pytest.fixture(scope="module")
def odd() -> bytes:
    """An invitation to people of odd names."""
    office, notices = reviewed()
    notice = notices[Kind.REVIEW_INVITED]
    assert notice.content.meet is not None
    people = tuple((NAMES.get(name, name), address) for name, address in notice.content.meet.people)
    meet = replace(notice.content.meet, people=people)
    message = rendered(office, replace(notice, content=replace(notice.content, meet=meet)))
    return next(raw for _, raw in calendars(message))


def test_lines_are_folded_and_end_as_they_must(odd: bytes) -> None:
    assert odd.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", odd)
    for line in odd.split(b"\r\n"):
        assert len(line) <= 75, "octets of a line (RFC 5545 section 3.1)"
        line.decode()  # no character is cut in two


def test_names_of_any_kind_stay_one_persons(odd: bytes) -> None:
    unfolded = odd.replace(b"\r\n ", b"").decode()
    attendees = [line for line in unfolded.split("\r\n") if line.startswith("ATTENDEE")]
    assert len(attendees) == 4
    for line in attendees:
        outside = re.sub(r'"[^"]*"', "", line)
        assert line.count('"') % 2 == 0
        assert re.fullmatch(r"ATTENDEE(;[A-Z]+=[^;:,\"]*)+:mailto:[a-z.]+@acme\.example", outside), line
    event: Any = next(iter(Calendar.from_ical(odd).walk("VEVENT")))
    names = {str(one.params["CN"]) for one in event["ATTENDEE"]}
    assert names == {"An Peeters", "Zoë 'Zed' Müller-O'Brien, Dr", "山田 太郎", "Hugo; Moreau: x"}


def test_a_confidential_one_shows_its_number_and_nothing_else() -> None:
    office, notices = reviewed()
    notice = replace(notices[Kind.REVIEW_INVITED], confidential=True)
    message = rendered(office, notice)
    _, event = entry(message)
    raw = next(raw for _, raw in calendars(message)).decode().replace("\r\n ", "")
    for secret in ("Web shop", "shop", "482915", "meet.acme.example"):
        assert secret not in raw, secret
    assert "MI-1" in str(event["SUMMARY"])
    assert str(event["CLASS"]) == "PRIVATE"
    assert "LOCATION" not in event


OLIVER = "Oliver Grant,,+447912555116,all-staff,en,Europe/London"
CROWD = "".join(f"\nP{n} Last,p{n}@acme.example,,all-staff,en," for n in range(inviting.MOST_NAMED))


def test_of_more_people_than_an_invitation_names_each_sees_only_themselves() -> None:
    office = Office({OLIVER: OLIVER + CROWD}).accepted()
    office.says("An", "RESOLVE MI-1 It works again.")
    incident = office.incident
    assert incident.review is not None
    people = (office.who("An"), *(f"p{n}@acme.example" for n in range(inviting.MOST_NAMED)))
    review = replace(incident.review, people=people)
    content = inviting.told(office.state, incident, review, office.now)
    told = tuple(inviting.invitations(office.state, incident, review, office.now, Kind.REVIEW_INVITED, content, people))
    assert len(told) == len(people)
    for notice in told:
        assert notice.content.meet is not None
        assert [address for _, address in notice.content.meet.people] == list(notice.recipients)


def test_the_questions_and_reminders_are_no_invitation() -> None:
    office, notices = reviewed()
    assert not list(calendars(rendered(office, notices[Kind.REVIEW_QUESTIONS])))


def test_we_ourselves_know_our_own_mail() -> None:
    office, notices = reviewed()
    message = rendered(office, notices[Kind.REVIEW_INVITED])
    assert parse_email(message.as_bytes(), ours=frozenset({"incidents@acme.example"})).automatic == "ours"
