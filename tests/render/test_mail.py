"""A mail as mail programs and servers see it: headers, threading, encodings, and what cannot get in."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.examples import full
from daemon.render.plain import one_line
from daemon.render.renderer import Renderer
from tests.render.test_kinds import body, parsed
from tests.render.world import configuration, mail, mailbox, reader, renderer, saying, token

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="markup is shown, not obeyed"),
    pytest.param("</p></div></body><img src=x onerror=alert(1)>", id="closing our elements closes nothing"),
    pytest.param('" onmouseover="alert(1)', id="a quote ends no attribute"),
    pytest.param("{{ 7*7 }} {% for x in y %} {# no #}", id="template syntax is plain words"),
    pytest.param("{{ ''.__class__.__mro__ }}", id="nothing of Python is reached"),
    pytest.param("&lt;b&gt; &amp;", id="entities stay as written"),
    pytest.param("--=_murphy.1.en", id="a boundary of ours is only words"),
    pytest.param("From the start\n.\n..", id="lines that transports treat specially"),
    pytest.param("Ελληνικά, русский, 日本語, emoji 🚒", id="any script"),
    pytest.param("x" * 5000, id="one long line"),
]


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("words", HOSTILE)
def test_words_arrive_as_written_and_do_nothing(words: str) -> None:
    message = parsed(mail(saying(Kind.UPDATE, words=words, management=words)).raw)
    page = Page(body(message, "html"))
    for shown in (body(message, "plain"), page.text):
        assert one_line(words) in one_line(shown)
    assert page.elements <= {"html", "head", "meta", "title", "body", "div", "p", "span", "strong", "br", "ul", "li"}
    assert page.attributes <= {"lang", "charset", "name", "content", "style"}
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message.defects == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_literal_in_the_subject_as_well(words: str) -> None:
    message = parsed(mail(saying(Kind.DECISION_REQUEST, summary=words)).raw)
    shown = str(message["Subject"]).removeprefix("[MI-7] ").rstrip("…")
    assert one_line(words).startswith(shown)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\r\n\r\n", "\x00\n"], ids=repr)
def test_no_header_can_be_added(end: str) -> None:
    evil = f"x{end}Bcc: victim@example.com{end}X-Evil: 1{end}{end}body"
    who = reader(name=evil)
    notice = replace(saying(Kind.UPDATE, summary=evil, title=evil, words=evil), answers=f"<a@b>{end}X-Evil: 2")
    message = mail(notice, who, organization=evil)
    found = parsed(message.raw)
    assert "Bcc" not in found
    assert "X-Evil" not in found
    assert found["In-Reply-To"] == "<a@b>"
    assert [address.addr_spec for address in found["To"].addresses] == ["sofie@acme.example"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("Sofie Peeters", "Sofie Peeters", id="plain"),
        pytest.param("Zoë Müller", "Zoë Müller", id="not ASCII"),
        pytest.param('The "Boss", <x@y>', 'The "Boss", <x@y>', id="quotes, comma, brackets"),
        pytest.param("back\\slash", "back\\slash", id="backslash"),
        pytest.param("", "", id="none"),
        pytest.param("日本語 " * 40, None, id="long and wide"),
    ],
)
def test_the_name_reads_back(name: str, shown: str | None) -> None:
    raw = mail(full(Kind.INITIAL), reader(name=name)).raw
    assert [address.addr_spec for address in parsed(raw)["To"].addresses] == ["sofie@acme.example"]
    assert all(len(row) <= 78 for row in raw.split(b"Reply-To")[0].split(b"\r\n"))
    if shown is not None:
        # The stdlib's own parser adds a space between encoded words; its older decoder does not.
        name_and_address = str(make_header(decode_header(message_from_bytes(raw)["To"])))
        assert parseaddr(name_and_address)[0] == shown or name_and_address == f"{shown} <sofie@acme.example>"


def test_an_address_that_headers_cannot_hold_is_not_shown() -> None:
    message = renderer().render(full(Kind.INITIAL), reader(), "email", "sofié@acme.example")
    assert b"To: undisclosed-recipients:;\r\n" in message.raw  # type: ignore[union-attr]


def test_headers() -> None:
    message = mail(replace(full(Kind.DONE_ACCEPT), answers="<question@phone>"))
    found = parsed(message.raw)
    notice = full(Kind.DONE_ACCEPT)
    expected = token(notice, "sofie@acme.example")
    assert dict(found.items()) | {"Content-Type": ""} == {
        "From": "Acme Major Incidents <incidents@acme.example>",
        "To": "Sofie Peeters <sofie@acme.example>",
        "Reply-To": f"incidents+{expected}@acme.example",
        "Message-ID": f"<{expected}@acme.example>",
        "Subject": "[MI-7] Nobody in Ghent can send mail",
        "Date": "Tue, 17 Mar 2026 13:05:00 +0000",
        "Auto-Submitted": "auto-generated",
        "X-Murphy": "MI-7 done-accept",
        "In-Reply-To": "<question@phone>",
        "References": "<incident.mi-7@acme.example> <question@phone>",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert message.envid == expected
    assert message.message_id == f"<{expected}@acme.example>"
    assert (message.sender, message.recipient) == ("incidents@acme.example", "sofie@acme.example")
    assert parsedate_to_datetime(str(found["Date"])) == notice.at


def test_a_mailbox_without_subaddresses_gets_the_answers_itself() -> None:
    found = parsed(mail(full(Kind.UPDATE), box=mailbox(subaddress="")).raw)
    assert found["Reply-To"] == "incidents@acme.example"


def test_without_a_sender_it_is_from_the_mailbox() -> None:
    message = mail(full(Kind.UPDATE), sender="", box=mailbox(address="majors@acme.example"))
    assert parsed(message.raw)["From"] == "majors@acme.example"
    assert message.message_id.endswith("@acme.example>")


def test_bounces_come_to_the_mailbox_whoever_it_is_from() -> None:
    message = mail(full(Kind.UPDATE), sender="Acme <noreply@send.acme.example>")
    assert message.sender == "incidents@acme.example"
    assert message.message_id.endswith("@send.acme.example>")


def test_all_of_an_incident_is_one_thread() -> None:
    found = [parsed(mail(full(kind)).raw) for kind in (Kind.DECISION_REQUEST, Kind.UPDATE, Kind.ALL_CLEAR)]
    assert len({str(message["Subject"]) for message in found}) == 1
    assert {str(message["References"]) for message in found} == {"<incident.mi-7@acme.example>"}
    assert len({str(message["Message-ID"]) for message in found}) == 3
    assert all(message["In-Reply-To"] is None for message in found)


def test_incidents_are_threads_of_their_own() -> None:
    other = parsed(mail(replace(full(Kind.UPDATE), incident="MI-8")).raw)
    assert other["References"] == "<incident.mi-8@acme.example>"
    assert str(other["Subject"]).startswith("[MI-8] ")


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("hello", "Re: hello"),
        ("Re: hello", "Re: hello"),
        ("RE: hello", "RE: hello"),
        ("a\r\nBcc: x@y", "Re: a Bcc: x@y"),
        ("", "No incident"),
    ],
)
def test_an_answer_about_no_incident_stays_in_its_sender_s_thread(subject: str, shown: str) -> None:
    notice = replace(full(Kind.NO_INCIDENT), subject=subject, answers="<q@phone>")
    found = parsed(mail(notice).raw)
    assert found["Subject"] == shown
    assert found["References"] == "<q@phone>"


def test_the_same_notice_to_the_same_person_is_the_same_bytes() -> None:
    once, again = (Renderer(configuration(), token) for _ in range(2))
    for kind in Kind:
        first = once.render(full(kind), reader(), "email", "sofie@acme.example")
        once.render(full(kind), reader(language="nl"), "email", "x@acme.example")
        assert once.render(full(kind), reader(), "email", "sofie@acme.example") == first
        assert again.render(full(kind), reader(), "email", "sofie@acme.example") == first


def test_what_is_kept_for_a_notice_is_not_said_for_another_of_the_same_number() -> None:
    renders = renderer()
    notice = full(Kind.UPDATE)
    other = saying(Kind.UPDATE, words="Quite different words.")
    for each, there in ((notice, False), (other, True), (notice, False)):
        message = renders.render(each, reader(), "email", "sofie@acme.example")
        assert (b"Quite different words." in message.raw) is there  # type: ignore[union-attr]


def test_answers_that_say_the_same_are_each_their_own() -> None:
    renders = renderer()
    first = replace(full(Kind.NEXT_WORD), answers="<one@phone>")
    second = replace(first, id=first.id + 1, at=first.at + timedelta(minutes=1), answers="<two@phone>")
    mails = [renders.render(each, reader(), "email", "sofie@acme.example") for each in (first, second)]
    one, two = (parsed(each.raw) for each in mails)  # type: ignore[union-attr]
    assert body(one, "plain") == body(two, "plain")
    assert (one["In-Reply-To"], two["In-Reply-To"]) == ("<one@phone>", "<two@phone>")
    assert one["Date"] != two["Date"]
    assert one["Message-ID"] != two["Message-ID"]


def test_what_was_said_yesterday_is_said_anew_today() -> None:
    renders = renderer()
    today = full(Kind.NEXT_WORD)
    tomorrow = replace(today, id=today.id + 1, at=today.at + timedelta(days=1))
    texts = [renders.render(each, reader(), "email", "sofie@acme.example") for each in (today, tomorrow)]
    one, two = (body(parsed(each.raw), "plain") for each in texts)  # type: ignore[union-attr]
    assert one != two


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param("All the tills of the shops in the north are out of order since a quarter past nine", id="folded"),
        pytest.param("Alle Kassen der Filialen im Süden sind seit Viertel nach neun außer Betrieb 🚒", id="encoded"),
        pytest.param("=?utf-8?b?QmNjOiB4?= is only words", id="what looks encoded is shown as it is"),
        pytest.param("x" * 180, id="nowhere to fold"),
    ],
)
def test_a_subject_reads_back(subject: str) -> None:
    raw = mail(saying(Kind.DECISION_REQUEST, summary=subject)).raw
    assert (
        str(make_header(decode_header(message_from_bytes(raw)["Subject"].replace("\r\n", "")))) == f"[MI-7] {subject}"
    )
    rows = raw.split(b"Subject:")[1].split(b"\r\nDate:")[0].split(b"\r\n ")
    assert all(len(row) <= 78 for row in rows if b" " in row)


@pytest.mark.parametrize("kind", [Kind.DECISION_REQUEST, Kind.UPDATE, Kind.STATUS, Kind.DONE_UPDATE])
def test_a_confidential_notice_has_no_content(kind: Kind) -> None:
    notice: Notice = replace(full(kind), confidential=True, subject="About the Ghent leak")
    found = parsed(mail(notice).raw)
    said = str(found["Subject"]) + body(found, "plain") + body(found, "html")
    secrets = ("Ghent", "standstill", "second server", "40 orders", "Outlook", "Email and calendar")
    assert [secret for secret in secrets if secret in said] == []
    assert "MI-7" in said


def test_the_status_is_said_in_words_and_coloured() -> None:
    page = body(parsed(mail(full(Kind.ALL_CLEAR)).raw), "html")
    assert re.search(r"background:#1d6b33[^>]*>resolved<", page)


def test_what_can_be_answered_is_a_list() -> None:
    page = body(parsed(mail(full(Kind.DECISION_REQUEST)).raw), "html")
    assert "<li>ACCEPT MI-7</li>\r\n<li>REJECT MI-7 reason</li>" in page


def well_formed(raw: bytes) -> bool:
    """RFC 5322: CRLF only, at most 998 octets a line; seven bits, so that any relay takes it."""
    rows = raw.split(b"\r\n")
    return all(len(row) <= 998 and b"\r" not in row and b"\n" not in row for row in rows) and raw.isascii()


@settings(max_examples=150, deadline=None)
@given(
    words=st.text(max_size=400),
    name=st.text(max_size=80),
    minutes=st.integers(min_value=0, max_value=100_000),
)
def test_any_words_make_a_sound_mail(words: str, name: str, minutes: int) -> None:
    notice = saying(Kind.UPDATE, words=words, summary=words, management=name, due=full(Kind.UPDATE).at)
    notice = replace(notice, at=notice.at - timedelta(minutes=minutes))
    message = mail(notice, reader(name=name))
    assert well_formed(message.raw)
    found = message_from_bytes(message.raw, policy=default)
    assert set(found.keys()) <= {
        *("From", "To", "Reply-To", "Message-ID", "Subject", "Date", "Auto-Submitted", "X-Murphy", "References"),
        *("MIME-Version", "Content-Type"),
    }
    printable = "".join(c for c in words if c.isprintable() and c not in "\u2028\u2029")
    if words == printable:
        assert one_line(words) in one_line(body(found, "plain"))
        assert one_line(words) in one_line(Page(body(found, "html")).text)
