"""Mail that no person wrote is told from mail that one did."""

import pytest

from parsers.email import parse_email
from parsers.types import Automatic

OURS = frozenset({"incidents@acme.example"})


def kind(headers: str, body: str = "ACCEPT", content: str = "Content-Type: text/plain") -> Automatic | None:
    lines = [*headers.split("\n"), *content.split("\n")]
    if not any(line.lower().startswith("from:") for line in lines):
        lines.insert(0, "From: Ann <ann@acme.example>")
    return parse_email(("\n".join(lines) + "\n\n" + body).encode(), ours=OURS).automatic


AUTOMATIC = {
    "RFC 3834's reply": ("Auto-Submitted: auto-replied", Automatic.AUTO_REPLY),
    "RFC 3834's reply with parameters": ("Auto-Submitted: auto-replied; owner=a@b.example", Automatic.AUTO_REPLY),
    "RFC 3834's reply with a comment": ("auto-submitted: Auto-Replied (vacation)", Automatic.AUTO_REPLY),
    "a generated mail": ("Auto-Submitted: auto-generated", Automatic.AUTO_SUBMITTED),
    "Gmail's vacation responder": (
        "Precedence: bulk\nX-Autoreply: yes\nAuto-Submitted: auto-replied\nSubject: Away Re: MI-7",
        Automatic.AUTO_REPLY,
    ),
    "Exchange's automatic reply": (
        "X-Auto-Response-Suppress: All\nSubject: Automatic reply: MI-7\nIn-Reply-To: <a@b>",
        Automatic.AUTO_REPLY,
    ),
    "Exchange's automatic reply without its fields": ("Subject: Automatic reply: MI-7", Automatic.AUTO_REPLY),
    "Exchange's automatic reply in German": (
        "Subject: =?utf-8?q?Automatische_Antwort=3A_MI-7?=",
        Automatic.AUTO_REPLY,
    ),
    "Exchange's automatic reply in French": (
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_MI-7?=",
        Automatic.AUTO_REPLY,
    ),
    "Exchange's automatic reply in Japanese": ("Subject: 自動応答: MI-7", Automatic.AUTO_REPLY),
    "a program that wants no answers": ("X-Auto-Response-Suppress: DR, OOF, AutoReply", Automatic.AUTO_REPLY),
    "Notes's agent": (
        "Subject: AUTO: Ann Berg is out of the office (returning 10/03/2025)\nIn-Reply-To: <a@b>",
        Automatic.AUTO_REPLY,
    ),
    "an old Notes's agent": ("Subject: Ann Berg is out of the office.\nReferences: <a@b>", Automatic.AUTO_REPLY),
    "a vacation program": ("X-Vacation: yes\nSubject: away from my mail", Automatic.AUTO_REPLY),
    "a precedence of its own": ("Precedence: auto_reply", Automatic.AUTO_REPLY),
    "an autoresponder": ("X-Autorespond: MI-7", Automatic.AUTO_REPLY),
    "an empty envelope sender": ("Return-Path: <>", Automatic.AUTO_SUBMITTED),
    "a list by its field": ("List-Id: All staff <all.acme.example>", Automatic.LIST),
    "a list by its precedence": ("Precedence: list", Automatic.LIST),
    "bulk": ("Precedence: bulk", Automatic.BULK),
    "junk": ("Precedence: Junk", Automatic.BULK),
    "a newsletter": ("List-Unsubscribe: <https://a.example>", Automatic.BULK),
    "a mail system": ("From: MAILER-DAEMON@mx.acme.example\nSubject: hello", Automatic.BOUNCE),
    "failed recipients": ("X-Failed-Recipients: a@b.example", Automatic.BOUNCE),
    "our own mailbox": ("From: Murphy <incidents@acme.example>", Automatic.OURS),
    "our own mailbox with a token": ("From: incidents+abc@acme.example", Automatic.OURS),
    "our own mailbox as Sender": ("Sender: incidents@acme.example", Automatic.OURS),
    "our own mark": ("X-Murphy: canary", Automatic.OURS),
}


@pytest.mark.parametrize(("headers", "expected"), AUTOMATIC.values(), ids=AUTOMATIC.keys())
def test_automatic_mail(headers: str, expected: Automatic) -> None:
    assert kind(headers) is expected


REPORTS = {
    "a delivery report": (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b--",
        Automatic.BOUNCE,
    ),
    "a read receipt": (
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        "--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nDisposition: x\n--b--",
        Automatic.RECEIPT,
    ),
    "an abuse report": (
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        "--b\n\nspam\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--",
        Automatic.BOUNCE,
    ),
    "a read receipt in another container": (
        "Content-Type: multipart/mixed; boundary=b",
        "--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nDisposition: x\n--b--",
        Automatic.RECEIPT,
    ),
    "an accepted invitation": (
        "Content-Type: multipart/alternative; boundary=b",
        "--b\n\nACCEPT\n--b\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--b--",
        Automatic.CALENDAR,
    ),
    "a bare calendar reply": (
        'Content-Type: text/calendar; charset=utf-8; method="REPLY"',
        "BEGIN:VCALENDAR",
        Automatic.CALENDAR,
    ),
    "Exchange's meeting message": (
        "Content-class: urn:content-classes:calendarmessage\nContent-Type: text/plain",
        "ACCEPT",
        Automatic.CALENDAR,
    ),
}


@pytest.mark.parametrize(("content", "body", "expected"), REPORTS.values(), ids=REPORTS.keys())
def test_automatic_mail_by_its_parts(content: str, body: str, expected: Automatic) -> None:
    assert kind("Subject: Accepted: MI-7", body, content) is expected


PERSONAL = {
    "a plain mail": "Subject: Re: MI-7",
    "one that says no": "Auto-Submitted: no",
    "one that says no, with a comment": "Auto-Submitted: No (a person)",
    "Outlook's usual fields": (
        "X-MS-Has-Attach:\nX-MS-TNEF-Correlator:\nThread-Topic: MI-7\nThread-Index: AQ==\nX-Priority: 1"
    ),
    "Exchange Online's usual fields": (
        "X-MS-Exchange-Organization-SCL: -1\nx-ms-traffictypediagnostic: A:EE_\nX-OriginatorOrg: a"
    ),
    "Gmail's usual fields": "X-Gm-Message-State: A\nX-Google-DKIM-Signature: v=1\nX-Received: by x",
    "a reply to an automatic reply": "Subject: Re: Automatic reply: MI-7\nIn-Reply-To: <a@b>",
    "a German reply to an automatic reply": "Subject: AW: Out of Office: MI-7\nIn-Reply-To: <a@b>",
    "an answer by Exchange's distribution group": "X-Auto-Response-Suppress: DR, OOF, AutoReply\nIn-Reply-To: <a@b>",
    "a mail that Exchange's rule redirected": "X-MS-Exchange-Inbox-Rules-Loop: ann@acme.example",
    "a subject about cars": "Subject: Auto: de slagboom is stuk",
    "a delivery desk": "From: Delivery Desk <delivery@acme.example>\nSubject: no labels are printed",
    "a postmaster's own mail": "From: Postmaster <postmaster@acme.example>\nSubject: mail is down",
    "a subject about a failed delivery": "Subject: Delivery failure at the dock",
    "a subject about an office": "Subject: The heating is out of office hours",
    "a subject about absence": "Subject: Absence of mail since nine",
    "a subject about automatic replies": "Subject: automatic replies loop since nine",
    "normal precedence": "Precedence: normal",
    "an envelope sender": "Return-Path: <ann@acme.example>",
    "a colleague in a domain of ours": "From: incidents-desk@acme.example",
    "a name that is a mail system's": "From: MAILER-DAEMON <ann@acme.example>",
    "no automatic reply": "X-Autoreply: no",
}


@pytest.mark.parametrize("headers", PERSONAL.values(), ids=PERSONAL.keys())
def test_mail_of_a_person(headers: str) -> None:
    assert kind(headers) is None


def test_an_attached_invitation_is_a_persons_mail() -> None:
    body = (
        "--b\n\nUPDATE see the meeting\n--b\nContent-Type: text/calendar; method=REQUEST\n"
        "Content-Disposition: attachment; filename=a.ics\n\nBEGIN:VCALENDAR\n--b--"
    )
    assert kind("Subject: x", body, "Content-Type: multipart/mixed; boundary=b") is None


def test_a_forwarded_automatic_mail_is_a_persons_mail() -> None:
    body = "--b\n\nsee this\n--b\nContent-Type: message/rfc822\n\nAuto-Submitted: auto-replied\nX-Murphy: a\n\nx\n--b--"
    assert kind("Subject: Fwd: x", body, "Content-Type: multipart/mixed; boundary=b") is None
