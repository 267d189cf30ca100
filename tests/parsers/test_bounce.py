"""Delivery reports of the kinds that mail systems send are tied to what they report, hard told from soft."""

import pytest

from parsers.bounce import parse_bounce
from parsers.types import Bounce, BounceKind


def bounced(raw: bytes) -> Bounce:
    """What this report says, which must be one."""
    found = parse_bounce(raw)
    assert found is not None
    return found


def report(
    status: str, *, returned: str = "message/rfc822", action: str = "failed", text: str = "It failed.", more: str = ""
) -> bytes:
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.acme.example>\nTo: incidents@acme.example\n"
        "Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status;\n boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\n{text}\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.acme.example\n"
        f"Original-Envelope-Id: notice-7+2Bann\nX-Queue: 1\n{more}\n"
        f"Final-Recipient: rfc822; Ann@Acme.example\nAction: {action}\n{status}\n\n"
        f"--b\nContent-Type: {returned}\n\nFrom: incidents@acme.example\n"
        f"Message-ID: <notice-7@acme.example>\n\nMI-7\n--b--\n"
    ).encode()


STANDARD = {
    "an unknown user" : ( "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user", "5.1.1", True,
    "550 5.1.1 no such user" ),
    "a full mailbox with a permanent status": (
        "Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 over quota", "5.2.2", False, "552 5.2.2 over quota"
    ),
    "a full mailbox told in words only": (
        "Status: 5.0.0\nDiagnostic-Code: smtp; 550 Mailbox is full", "5.0.0", False, "550 Mailbox is full"
    ),
    "a queue that gave up": (
        "Status: 4.4.7\nDiagnostic-Code: smtp; delivery time expired", "4.4.7", False, "delivery time expired"
    ),
    "a host that does not answer": (
        "Status: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx: Connection timed out",
        "4.4.1", False, "connect to mx: Connection timed out",
    ),
    "refused by policy": ("Status: 5.7.1\nDiagnostic-Code: smtp; 554 5.7.1 spam", "5.7.1", True, "554 5.7.1 spam"),
    "a status in the diagnosis only" : ( "Diagnostic-Code: smtp; 550 5.1.10 RESOLVER.ADR", "5.1.10", True,
    "550 5.1.10 RESOLVER.ADR" ),
    "a status with a comment": ("Status: 5.1.1 (bad address)", "5.1.1", True, "5.1.1 (bad address)"),
    "a folded diagnosis" : ( "Status: 5.1.1\nDiagnostic-Code: smtp; 550\n no such\n user", "5.1.1", True,
    "550  no such  user" ),
}  # fmt: skip


@pytest.mark.parametrize(("status", "code", "permanent", "reason"), STANDARD.values(), ids=STANDARD.keys())
def test_rfc_3464(status: str, code: str, permanent: bool, reason: str) -> None:
    bounce = bounced(report(status))
    assert bounce.kind is BounceKind.FAILED
    (recipient,) = bounce.recipients
    assert recipient.address == "ann@acme.example"
    assert (recipient.status, recipient.permanent) == (code, permanent)
    assert recipient.reason.split() == reason.split()
    assert (bounce.envelope_id, bounce.message_id) == ("notice-7+ann", "notice-7@acme.example")


ACTIONS = {
    "failed": BounceKind.FAILED,
    "Failed (no such user)": BounceKind.FAILED,
    "delayed": BounceKind.DELAYED,
    "delivered": BounceKind.DELIVERED,
    "relayed": BounceKind.DELIVERED,
    "expanded": BounceKind.DELIVERED,
}


@pytest.mark.parametrize(("action", "kind"), ACTIONS.items())
def test_actions(action: str, kind: BounceKind) -> None:
    bounce = bounced(report("Status: 4.0.0", action=action))
    assert bounce.kind is kind
    assert not bounce.recipients[0].permanent


@pytest.mark.parametrize(
    "returned", ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"]
)
def test_the_returned_headers_name_the_message(returned: str) -> None:
    assert bounced(report("Status: 5.1.1", returned=returned)).message_id == "notice-7@acme.example"


def test_only_the_recipients_that_failed_are_listed() -> None:
    more = "\nFinal-Recipient: rfc822; bob@acme.example\nAction: delivered\nStatus: 2.0.0\n"
    bounce = bounced(report("Status: 5.1.1", more=more))
    assert [each.address for each in bounce.recipients] == ["ann@acme.example"]


def test_the_original_recipient_counts_before_the_final_one() -> None:
    bounce = bounced(report("Status: 5.1.1\nOriginal-Recipient: rfc822;a+2Bb@acme.example"))
    assert bounce.recipients[0].address in {"a+2bb@acme.example", "a+b@acme.example"}


def plain(sender: str, subject: str, text: str, more: str = "") -> bytes:
    return f"From: {sender}\nTo: incidents@acme.example\nSubject: {subject}\n{more}\n{text}\n".encode()


OTHERS = {
    "qmail": (
        plain(
            "MAILER-DAEMON@mx.acme.example",
            "failure notice",
            "Hi. This is the qmail-send program at mx.acme.example.\n"
            "I'm afraid I wasn't able to deliver your message to the "
            "following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work "
            "out.\n\n<ann@acme.example>:\n"
            "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
            "Return-Path: <incidents@acme.example>\nMessage-ID: <notice-7@acme.example>\nTo: ann@acme.example\n\nMI-7",
        ),
        BounceKind.FAILED,
        True,
        "5.1.1",
    ),
    "Exim": (
        plain(
            "Mail Delivery System <Mailer-Daemon@mx.acme.example>",
            "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\n"
            "A message that you sent could not be delivered "
            "to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
            "  ann@acme.example\n    host mx.acme.example [192.0.2.1]: 550 Unknown user\n\n"
            "------ This is a copy of the message, including all the headers. ------\n\n"
            "Message-Id: <notice-7@acme.example>\n",
            "X-Failed-Recipients: ann@acme.example\nAuto-Submitted: auto-replied\n",
        ),
        BounceKind.FAILED,
        True,
        "",
    ),
    "Exim's delay": (
        plain(
            "Mail Delivery System <Mailer-Daemon@mx.acme.example>",
            "Warning: message 1abc delayed 24 hours",
            "This message was created automatically by mail delivery software.\n"
            "A message that you sent has not yet been "
            "delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.acme.example.\n\n"
            "The address to which the message has not yet been delivered is:\n\n  ann@acme.example\n\n"
            "No action is required on your part. Delivery attempts will continue for\nsome time.",
            "References: <notice-7@acme.example>\n",
        ),
        BounceKind.DELAYED,
        False,
        "",
    ),
    "an old sendmail": (
        plain(
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.acme.example>",
            "Returned mail: User unknown",
            "   ----- The following addresses had permanent fatal errors -----\n<ann@acme.example>\n\n"
            "   ----- Transcript of session follows -----\n... while talking to mx.acme.example.:\n"
            ">>> RCPT To:<ann@acme.example>\n<<< 550 <ann@acme.example>... User unknown\n\n"
            "   ----- Original message follows -----\nMessage-ID: <notice-7@acme.example>\n",
        ),
        BounceKind.FAILED,
        True,
        "",
    ),
    "a full mailbox in words": (
        plain(
            "Postmaster <postmaster@acme.example>",
            "Delivery failure",
            "Your message to ann@acme.example was not delivered: the mailbox is full.\n\n"
            "-----Original Message-----\nMessage-ID: <notice-7@acme.example>",
        ),
        BounceKind.FAILED,
        False,
        "",
    ),
    "an old Exchange": (
        plain(
            "System Administrator <postmaster@acme.example>",
            "Undeliverable: MI-7",
            "Your message\n\n  To:      ann@acme.example\n  Subject: MI-7\n\n"
            "did not reach the following recipient(s):\n\n"
            "ann@acme.example on Mon, 3 Mar 2025 10:00:00 +0100\n    The recipient name is not recognized\n"
            "    550 5.1.1 unknown\n",
            "In-Reply-To: <notice-7@acme.example>\n",
        ),
        BounceKind.FAILED,
        True,
        "5.1.1",
    ),
}


@pytest.mark.parametrize(("raw", "kind", "permanent", "status"), OTHERS.values(), ids=OTHERS.keys())
def test_reports_of_no_standard(raw: bytes, kind: BounceKind, permanent: bool, status: str) -> None:
    bounce = bounced(raw)
    assert bounce.kind is kind
    assert [each.address for each in bounce.recipients] == ["ann@acme.example"]
    assert bounce.recipients[0].permanent is permanent
    assert bounce.recipients[0].status == status
    assert bounce.recipients[0].reason
    assert bounce.message_id == "notice-7@acme.example"


NOT = {
    "nothing": b"",
    "a person's mail": b"From: ann@acme.example\nSubject: Re: MI-7\n\nACCEPT",
    "a person's mail about a failure": (
        b"From: ann@acme.example\nSubject: Delivery failure at the dock\n\n550 boxes to bob@a.example"
    ),
    "a person's answer to a report": (
        b"From: ann@acme.example\nSubject: Re: Undelivered Mail Returned to Sender\n\n"
        b"> <bob@a.example>: 550 5.1.1 unknown"
    ),
    "a person's forward of a report": (
        b"From: ann@acme.example\nSubject: Fwd: failure\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nsee this\n"
        b"--c\nContent-Type: message/rfc822\n\n" + report("Status: 5.1.1") + b"\n--c--\n"
    ),
    "an automatic reply": (
        b"From: ann@acme.example\nAuto-Submitted: auto-replied\nSubject: Automatic reply: MI-7\n\nI am away"
    ),
    "a read receipt": (
        b"From: ann@acme.example\nSubject: Read: MI-7\n"
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nread\n--b--\n"
    ),
    "a person's mail with a report's part in it": (
        b"From: ann@acme.example\nSubject: this one\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nsee this\n"
        b"--c\nContent-Type: message/delivery-status\n\nAction: failed\nFinal-Recipient: rfc822;b@a.example\n--c--\n"
    ),
    "garbage": bytes(range(256)) * 8,
}


@pytest.mark.parametrize("raw", NOT.values(), ids=NOT.keys())
def test_what_is_no_report(raw: bytes) -> None:
    assert parse_bounce(raw) is None
