"""What delivery reports of every form have in common: how to tell one, hard from soft, and the message reported on."""

import re

from parsers.body import read_body
from parsers.headers import Headers, decode_words, parse_addresses, parse_headers, parse_ids
from parsers.markers.reports import BOUNCE_SENDERS, BOUNCE_SUBJECTS, DAEMONS, SOFT_WORDS, SURE_BOUNCE_SUBJECTS
from parsers.mime import Part

MAX_REPORT = 200_000
"""Characters of a report without RFC 3464's part that are searched."""

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
CODE = re.compile(r"(?<![\d.\-])([45])[0-5]\d(?=[ \-])(?![\d.])")

_SOFT_STATUS = frozenset({"5.2.2", "5.4.7", "5.4.5", "5.3.2", "5.3.1"})
"""RFC 3463 failures that may pass: mailbox full, time expired, congestion, host not accepting, system full."""

_RETURNED = frozenset({
    "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers",
})  # fmt: skip
_ANSWERS = ("re:", "aw:", "sv:", "antw:", "vs:", "odp:", "fw:", "fwd:", "wg:", "tr:", "vb:")


def looks_like_report(headers: Headers, content_type: str, report_type: str) -> bool:
    """Whether the header fields alone say that a mail system wrote this."""
    if headers.has("x-failed-recipients"):
        return True
    if content_type == "multipart/report":
        return report_type.lower() in {"", "delivery-status"}
    subject = _subject(headers)
    if subject.startswith(_ANSWERS):
        return False
    senders = parse_addresses(headers.all("from"))
    locals_ = {sender.address.partition("@")[0] for sender in senders}
    if locals_ & DAEMONS or (headers.has("from") and not senders and has_empty_path(headers)):
        return True
    names = locals_ | {sender.name.lower() for sender in senders}
    mail_system = any(name.startswith(BOUNCE_SENDERS) for name in names) or not senders
    return tells_of_failure(headers) and (mail_system or has_empty_path(headers))


def may_be_report(headers: Headers) -> bool:
    """Whether the subject is one that mail systems write, though nothing else shows that one wrote it."""
    return _subject(headers).startswith(SURE_BOUNCE_SUBJECTS) and not headers.has("in-reply-to")


def tells_of_failure(headers: Headers) -> bool:
    return any(word in _subject(headers) for word in BOUNCE_SUBJECTS)


def has_empty_path(headers: Headers) -> bool:
    """Return-Path: <>, which a mail system puts there (RFC 5321 section 4.5.5)."""
    return headers.has("return-path") and headers.get("return-path").replace(" ", "") in {"<>", ""}


def _subject(headers: Headers) -> str:
    return decode_words(headers.get("subject")).lower().strip()


def is_permanent(status: str, reason: str) -> bool:
    """Whether a failure with this RFC 3463 status and these words will stay one."""
    if status.startswith("4") or status in _SOFT_STATUS:
        return False
    lowered = reason.lower()
    if any(word in lowered for word in SOFT_WORDS):
        return False
    code = CODE.search(reason)
    return bool(status) or code is None or code[1] != "4"


def returned_id(root: Part, parts: list[Part]) -> str:
    """The Message-ID of the message reported on: in the returned part, in the text, or as what this answers."""
    for part in parts:
        if part.content_type in _RETURNED:
            headers = parse_headers(part.content()[0].replace(b"\r\n", b"\n").lstrip(b"\n"), 0)[0]
            if ids := parse_ids(headers.all("message-id")[:1]):
                return ids[0]
    for line in report_text(root).split("\n"):
        name, colon, value = line.lstrip(" \t>|").partition(":")
        if colon and name.lower() == "message-id" and (ids := parse_ids([value.strip()])):
            return ids[0]
    answered = parse_ids((*root.headers.all("references"), *root.headers.all("in-reply-to")))
    return answered[-1] if answered else ""


def report_text(root: Part) -> str:
    return "\n".join(line.text for line in read_body(root).lines)[:MAX_REPORT]
