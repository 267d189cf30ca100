"""Delivery reports: `parse_bounce`, for RFC 3464 and for what follows no standard. Total.

A message counts as a report only if its header fields say so: a person's mail about a failure is none.
"""

import re
from dataclasses import dataclass

from parsers.freeform import LONGEST_REASON, MAX_RECIPIENTS, read_freeform
from parsers.headers import Headers, decode_words, parse_addresses, parse_headers
from parsers.mime import Part, parse_message
from parsers.reports import STATUS, is_permanent, looks_like_report, may_be_report, returned_id
from parsers.types import Bounce, BouncedRecipient, BounceKind

_ACTIONS: tuple[tuple[BounceKind, frozenset[str]], ...] = (
    # Where a report names several recipients, the worst action is what it reports (RFC 3464 section 2.3.3).
    (BounceKind.FAILED, frozenset({"failed"})),
    (BounceKind.DELAYED, frozenset({"delayed"})),
    (BounceKind.DELIVERED, frozenset({"delivered", "relayed", "expanded"})),
)
_XTEXT = re.compile(r"\+([0-9A-F]{2})")


@dataclass(frozen=True, slots=True)
class _Group:
    """The fields of one recipient in a message/delivery-status part."""

    action: str
    recipient: BouncedRecipient


def parse_bounce(raw: bytes) -> Bounce | None:
    """What a delivery report says, or None where the message is none."""
    root, _ = parse_message(raw)
    parts = root.walk()
    report = looks_like_report(root.headers, root.content_type, root.parameters.get("report-type", ""))
    status = next((part for part in parts if "delivery-status" in part.content_type), None)
    if status is not None and (report or root.content_type == "multipart/report"):
        bounce = _standard(root, parts, status.content()[0].replace(b"\r\n", b"\n"))
        if bounce is not None:
            return bounce
    if report or may_be_report(root.headers):
        return read_freeform(raw, root, parts, doubtful=not report)
    return None


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
    for kind, actions in _ACTIONS:
        if chosen := tuple(group.recipient for group in groups if group.action in actions):
            return Bounce(kind, chosen, envelope_id, returned_id(root, parts))
    return None


def _group(headers: Headers) -> _Group | None:
    action = headers.get("action").partition(" ")[0].partition("(")[0].strip().lower()
    address = _typed(headers.get("original-recipient")) or _typed(headers.get("final-recipient"))
    if not action and not address:
        return None
    diagnostic = _typed(headers.get("diagnostic-code"))
    match = STATUS.search(headers.get("status")) or STATUS.search(diagnostic)
    status = match[1] if match else ""
    if not action:
        action = "delayed" if status.startswith("4") else "failed"
    reason = decode_words(diagnostic or headers.get("status"))
    permanent = action == "failed" and is_permanent(status, reason)
    return _Group(action, BouncedRecipient(_address(address), status, reason[:LONGEST_REASON], permanent))


def _typed(value: str) -> str:
    """What follows "rfc822;" or "smtp;" (RFC 3464 section 2.1.2)."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and " " not in kind.strip() else value.strip()


def _address(text: str) -> str:
    found = parse_addresses([text])
    return found[0].address if found else text.strip("<> ").lower()[:320]


def _xtext(text: str) -> str:
    """RFC 3461 section 4: "+2B" is "+"."""
    return _XTEXT.sub(lambda match: chr(int(match[1], 16)), text.strip())[:320]
