"""Delivery reports: RFC 3464, and the many that follow no standard. `parse_bounce` is total.

A message counts as a report only if its headers say so; flufl.bounce, which sees bounces in anything and raises
on odd headers, is asked only then, and only of what is small.
"""

import email
import logging
import re
from dataclasses import dataclass

from flufl.bounce import all_failures

from parsers.body import read_body
from parsers.headers import Headers, decode_words, parse_addresses, parse_headers, parse_ids
from parsers.markers import BOUNCE_SENDERS, BOUNCE_SUBJECTS, DELAY_WORDS, DELIVERED_SUBJECTS, SOFT_WORDS
from parsers.mime import MAX_DEPTH, Part, parse_message
from parsers.types import Bounce, BouncedRecipient, BounceKind

MAX_RECIPIENTS = 500
MAX_REPORT = 200_000
"""Bytes of a report without RFC 3464's part that are searched."""
LONGEST_REASON = 300

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.\-])([45])[0-5]\d(?=[ \-])(?![\d.])")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=\-/]{1,64}@[A-Za-z0-9.\-]{1,255}\.[A-Za-z]{2,20}")
_SOFT_STATUS = frozenset({"5.2.2", "5.4.7", "5.4.5", "5.3.2", "5.3.1"})
"""Failures that may pass: mailbox full, delivery time expired, congestion, system not accepting, system full."""

_RETURNED = frozenset({
    "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers",
})  # fmt: skip

logging.getLogger("flufl.bounce").disabled = True


@dataclass(frozen=True, slots=True)
class _Group:
    """The fields of one recipient in a message/delivery-status part."""

    action: str
    recipient: BouncedRecipient


def parse_bounce(raw: bytes) -> Bounce | None:
    """What a delivery report says, or None where the message is none."""
    root, _ = parse_message(raw)
    parts = root.walk()
    status = next((part for part in parts if "delivery-status" in part.content_type), None)
    if status is not None and (root.content_type == "multipart/report" or _looks_like_report(root)):
        content, _ = status.content()
        return _standard(root, parts, content.replace(b"\r\n", b"\n"))
    if not _looks_like_report(root):
        return None
    return _guessed(raw, root, parts)


def _standard(root: Part, parts: list[Part], content: bytes) -> Bounce | None:
    envelope_id = ""
    groups: list[_Group] = []
    position = 0
    while position < len(content) and len(groups) < MAX_RECIPIENTS:
        headers, position, faults = parse_headers(content, position)
        if faults and not headers.fields:
            position = content.find(b"\n", position) + 1 or len(content)
            continue
        envelope_id = envelope_id or _xtext(headers.get("original-envelope-id"))
        if group := _group(headers):
            groups.append(group)
    if not groups:
        return _guessed(b"", root, parts) if _looks_like_report(root) else None
    for kind, actions in (
        (BounceKind.FAILED, {"failed"}),
        (BounceKind.DELAYED, {"delayed"}),
        (BounceKind.DELIVERED, {"delivered", "relayed", "expanded"}),
    ):
        if chosen := tuple(group.recipient for group in groups if group.action in actions):
            return Bounce(kind, chosen, envelope_id, _returned_id(root, parts))
    return None


def _group(headers: Headers) -> _Group | None:
    action = headers.get("action").partition(" ")[0].partition("(")[0].strip().lower()
    address = _typed(headers.get("original-recipient")) or _typed(headers.get("final-recipient"))
    if not action and not address:
        return None
    diagnostic = _typed(headers.get("diagnostic-code"))
    match = _STATUS.search(headers.get("status")) or _STATUS.search(diagnostic)
    status = match[1] if match else ""
    if not action:
        action = "failed" if status.startswith("5") else "delayed" if status.startswith("4") else "failed"
    address = _address(address)
    reason = diagnostic or headers.get("status")
    permanent = action == "failed" and _is_permanent(status, reason)
    return _Group(action, BouncedRecipient(address, status, decode_words(reason)[:LONGEST_REASON], permanent))


def _typed(value: str) -> str:
    """What follows "rfc822;" or "smtp;" (RFC 3464 section 2.1.2)."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and " " not in kind.strip() else value.strip()


def _address(text: str) -> str:
    found = parse_addresses([text])
    return found[0].address if found else _xtext(text).strip("<> ").lower()[:320]


def _xtext(text: str) -> str:
    """RFC 3461 section 4: "+2B" is "+"."""
    return re.sub(r"\+([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), text.strip())[:320]


def _is_permanent(status: str, reason: str) -> bool:
    if status.startswith("4") or status in _SOFT_STATUS:
        return False
    lowered = reason.lower()
    if any(word in lowered for word in SOFT_WORDS):
        return False
    code = _CODE.search(reason)
    return not (not status and code is not None and code[1] == "4")


def _looks_like_report(root: Part) -> bool:
    headers = root.headers
    if headers.has("x-failed-recipients"):
        return True
    if root.content_type == "multipart/report":
        return root.parameters.get("report-type", "").lower() in {"", "delivery-status"}
    subject = decode_words(headers.get("subject")).lower().strip()
    if subject.startswith(("re:", "aw:", "sv:", "fw:", "fwd:")):
        return False
    senders = parse_addresses(headers.all("from"))
    names = {part for sender in senders for part in (sender.address.partition("@")[0], sender.name.lower())}
    daemon = any(name.startswith(BOUNCE_SENDERS) for name in names) or "mail delivery" in headers.get("from").lower()
    empty_path = headers.has("return-path") and headers.get("return-path").replace(" ", "") in {"<>", ""}
    telling = any(word in subject for word in BOUNCE_SUBJECTS)
    return (telling and (daemon or empty_path)) or (daemon and (empty_path or not headers.has("in-reply-to")))


def _guessed(raw: bytes, root: Part, parts: list[Part]) -> Bounce | None:
    """A report in nobody's format: addresses by flufl.bounce or the first ones named, the reason from the text."""
    text = "\n".join(line.text for line in read_body(root).lines)[:MAX_REPORT]
    notice = _before_original(text)
    subject = decode_words(root.headers.get("subject")).lower()
    temporary, permanent = _flufl(raw) if root.content_type != "multipart/report" or raw else (set[str](), set[str]())
    named = [each.address for each in parse_addresses(root.headers.all("x-failed-recipients"))]
    addresses = list(dict.fromkeys([*named, *sorted(permanent), *sorted(temporary)]))
    if not addresses:
        own = {each.address for name in ("from", "to") for each in parse_addresses(root.headers.all(name))}
        found = (match.lower() for match in _ADDRESS.findall(notice))
        addresses = [each for each in dict.fromkeys(found) if each not in own][:1]
    delayed = any(word in subject or word in notice.lower()[:3000] for word in DELAY_WORDS)
    if delayed and not permanent:
        kind = BounceKind.DELAYED
    elif any(word in subject for word in DELIVERED_SUBJECTS):
        kind = BounceKind.DELIVERED
    else:
        kind = BounceKind.FAILED
    if not addresses and not any(word in subject for word in BOUNCE_SUBJECTS):
        return None
    reason = _reason(notice)
    match = _STATUS.search(notice)
    status = match[1] if match else ""
    hard = kind is BounceKind.FAILED and _is_permanent(status, reason)
    recipients = tuple(
        BouncedRecipient(each, status, reason, hard and each not in temporary) for each in addresses[:MAX_RECIPIENTS]
    )
    return Bounce(kind, recipients, "", _returned_id(root, parts))


def _flufl(raw: bytes) -> tuple[set[str], set[str]]:
    if not raw or len(raw) > MAX_REPORT or raw.lower().count(b"boundary") > MAX_DEPTH:
        return set(), set()
    try:
        temporary, permanent = all_failures(email.message_from_bytes(raw))
        return {_text(each) for each in temporary} - {""}, {_text(each) for each in permanent} - {""}
    except Exception:
        return set(), set()


def _text(address: object) -> str:
    text = address.decode("utf-8", "replace") if isinstance(address, bytes) else str(address)
    match = _ADDRESS.search(text[:1000])
    return match[0].lower() if match else ""


_ORIGINALS = (
    "--- below this line", "------ this is a copy", "original message follows", "--- original message",
    "-----original message",
    "----- original message", "returned message follows", "message headers follow", "--- the original message",
    "original message header",
    "this is a copy of your message", "------ original message", "----- message header",
    "undelivered message headers", "original-kopf",
)  # fmt: skip


def _before_original(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        return text
    cuts = [at for word in _ORIGINALS if (at := lowered.find(word)) >= 0]
    return text[: min(cuts, default=len(text))]


def _reason(notice: str) -> str:
    """The line that says most: one with a status or reply code, else one with a telling word, else the first."""
    lines = [line.strip() for line in notice.split("\n")[:400] if line.strip()]
    for wanted in (_STATUS, _CODE):
        for line in lines:
            if wanted.search(line[:1000]):
                return line[:LONGEST_REASON]
    telling = (
        "unknown",
        "no such",
        "not exist",
        "full",
        "quota",
        "reject",
        "denied",
        "not found",
        "unable",
        "could not",
    )
    for line in lines:
        if any(word in line.lower() for word in telling):
            return line[:LONGEST_REASON]
    return lines[0][:LONGEST_REASON] if lines else ""


def _returned_id(root: Part, parts: list[Part]) -> str:
    """The Message-ID of the message reported on: in the returned part, in the text, or as what this answers."""
    for part in parts:
        if part.content_type in _RETURNED:
            headers = parse_headers(part.content()[0].replace(b"\r\n", b"\n").lstrip(b"\n"), 0)[0]
            if ids := parse_ids(headers.all("message-id")[:1]):
                return ids[0]
    text = "\n".join(line.text for line in read_body(root).lines)[:MAX_REPORT]
    for line in text.split("\n"):
        name, colon, value = line.lstrip(" \t>|").partition(":")
        if colon and name.lower() == "message-id" and (ids := parse_ids([value.strip()])):
            return ids[0]
    answered = parse_ids((*root.headers.all("references"), *root.headers.all("in-reply-to")))
    return answered[-1] if answered else ""
