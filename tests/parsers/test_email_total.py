"""Whatever the bytes, the mail parsers return a value, and in bounded time and memory."""

import multiprocessing
import resource
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.bounce import parse_bounce
from parsers.email import parse_email
from parsers.flowed import flowed_lines
from parsers.html import html_lines
from parsers.lines import Line, Mark
from parsers.reply import separate
from parsers.types import Bounce, Inbound
from tests.parsers.mails.clients import CLIENTS, mail
from tests.parsers.mails.hostile import HOSTILE
from tests.parsers.mails.languages import LANGUAGES
from tests.parsers.test_bounce import report

SECONDS = 20
"""Far over what any of these takes (under 1 s each), far under what a quadratic parser would."""
MEMORY = 200 * 1024 * 1024

MAILS = [mail(client(language)) for client in CLIENTS for language in LANGUAGES[::5]]
MAILS += [
    report("Status: 5.1.1\nDiagnostic-Code: smtp; 550 no"),
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\na\n--b\nContent-Type: text/html\n\n<p>a\n--b--\n",
]
TOKENS = [
    b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"Message-ID: ", b"Content-Transfer-Encoding: ",
    b"text/plain", b"text/html", b"multipart/mixed; boundary=b", b"message/delivery-status", b"format=flowed",
    b"multipart/report; report-type=delivery-status; boundary=b", b"\n", b"\r\n", b"\n\n", b"--b", b"--", b"-- ",
    b"=?utf-8?q?", b"?=", b"=?utf-8?b?", b"=?utf-7?q?+2AA-?=", b"charset=", b"utf-7", b"iso-2022-jp", b"\x1b$B",
    b"charset=utf-7\n\n+2AA-", b"; filename==?utf-7?q?+2AA-?=", b"name*0*=", b"%41", b"base64", b"quoted-printable",
    b"<", b">", b"<p>", b"</p>", b"<blockquote>", b"<div style='", b"'", b'"', b"&#", b";", b"=", b"> ", b"@",
    b"On 03/03/2025 09:59, x wrote:", b"-----Original Message-----", b"Sent: a", b"\x00", b"\xff", b"a@b.example",
    b"Action: failed", b"Status: 5.1.1", b"Final-Recipient: rfc822;",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    raw = draw(st.sampled_from(MAILS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        length = draw(st.integers(0, 40))
        raw = raw[:at] + draw(st.sampled_from(TOKENS) | st.binary(max_size=8)) + raw[at + length :]
    return raw


anything = st.binary(max_size=400) | st.lists(st.sampled_from(TOKENS), max_size=60).map(b"".join) | mutated()


@given(anything)
def test_any_bytes_give_a_mail(raw: bytes) -> None:
    inbound = parse_email(raw, ours=frozenset({"a@b.example"}))
    assert isinstance(inbound, Inbound)
    assert inbound == parse_email(raw, ours=frozenset({"a@b.example"}))
    assert all(line.strip() in inbound.text for line in inbound.visible_text.split("\n"))
    assert all(line.strip() in inbound.visible_text for line in inbound.public_text.split("\n"))
    assert inbound.deciding_line == inbound.visible_text.split("\n")[0].strip()
    assert inbound.deciding_line or not inbound.sure
    assert inbound.sure or not inbound.public_sure
    people = [part for each in (*inbound.senders, *inbound.recipients) for part in (each.name, each.address)]
    names = [each.name for each in inbound.attachments]
    for text in (
        inbound.subject,
        inbound.message_id,
        *inbound.references,
        *people,
        *names,
        *inbound.authentication_results,
    ):
        assert "\n" not in text
        assert "\r" not in text
        text.encode()
    inbound.text.encode()


@given(anything)
def test_any_bytes_give_a_report_or_none(raw: bytes) -> None:
    bounce = parse_bounce(raw)
    assert bounce is None or isinstance(bounce, Bounce)


@given(
    st.text(max_size=300) | st.lists(st.sampled_from(TOKENS), max_size=60).map(lambda t: b"".join(t).decode("latin-1"))
)
def test_any_text_gives_lines(text: str) -> None:
    lines, _ = html_lines(text)
    assert all("\n" not in line.text or "<pre" in text.lower() for line in lines)
    assert flowed_lines(text, delsp=False)


LINES = st.builds(
    Line,
    st.text(alphabet=">|-_:.,@/ \tOnwrteFmSubjc123年月日写道", max_size=60)
    | st.sampled_from(
        [
            "ACCEPT",
            "",
            "> ACCEPT",
            "On 3/3/2025 10:00 A <a@b.c> wrote:",
            "From: a@b.c",
            "Sent: today",
            "To: b",
            "-- ",
            "___",
        ]
    ),
    st.sampled_from(Mark),
)


@given(st.lists(LINES, max_size=30))
def test_marked_lines_are_never_the_persons(lines: list[Line]) -> None:
    reply = separate(lines)
    quoted = {line.text.strip() for line in lines if line.mark is Mark.QUOTED}
    free = {line.text.strip() for line in lines if line.mark is not Mark.QUOTED}
    assert not (reply.sure and reply.deciding_line in quoted - free)


def _limited(raw: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    parse_email(raw)
    parse_bounce(raw)
    sys.exit(0)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the kernel")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_bounded_time_and_memory(name: str) -> None:
    """In a process of its own, which the kernel ends if it takes too much."""
    process = multiprocessing.get_context("fork").Process(target=_limited, args=(HOSTILE[name],))
    process.start()
    process.join()
    assert process.exitcode == 0


def test_reading_hostile_mail_tells_what_was_cut() -> None:
    assert parse_email(HOSTILE["nested multiparts"]).faults
    assert parse_email(HOSTILE["many parts"]).faults
    assert parse_email(HOSTILE["formatting elements reopened by paragraphs"]).faults
