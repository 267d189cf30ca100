"""Delivery reports in nobody's format: addresses by flufl.bounce or the first one named, the reason from the text.

flufl.bounce sees bounces in anything, and raises on odd header fields: it is asked only about what looks like a
report, only about its first `MAX_REPORT` bytes, and with every exception caught.
"""

import email
import logging
import re

from flufl.bounce import all_failures

from parsers.headers import decode_words, parse_addresses
from parsers.markers.reports import DELAY_WORDS, DELIVERED_SUBJECTS, FAILURE_WORDS, RETURNED_MESSAGE_STARTS
from parsers.mime import MAX_DEPTH, Part
from parsers.reports import CODE, MAX_REPORT, STATUS, is_permanent, report_text, returned_id, tells_of_failure
from parsers.types import Bounce, BouncedRecipient, BounceKind

MAX_RECIPIENTS = 500
LONGEST_REASON = 300

_ADDRESS = re.compile(r"[A-Za-z0-9._%+=\-/]{1,64}@[A-Za-z0-9.\-]{1,255}\.[A-Za-z]{2,20}")

logging.getLogger("flufl.bounce").disabled = True


def read_freeform(raw: bytes, root: Part, parts: list[Part], *, doubtful: bool) -> Bounce | None:
    """`doubtful`: only the subject looks like a report's, so that flufl.bounce must find an address as well."""
    notice = _before_original(report_text(root))
    subject = decode_words(root.headers.get("subject")).lower()
    temporary, permanent = _flufl(raw)
    named = [each.address for each in parse_addresses(root.headers.all("x-failed-recipients"))]
    addresses = list(dict.fromkeys([*named, *sorted(permanent), *sorted(temporary)]))
    if not addresses:
        if doubtful or not tells_of_failure(root.headers):
            return None
        addresses = _first_address(root, notice)
    lowered = notice.lower()[:3000]
    if not permanent and any(word in subject or word in lowered for word in DELAY_WORDS):
        kind = BounceKind.DELAYED
    elif any(word in subject for word in DELIVERED_SUBJECTS):
        kind = BounceKind.DELIVERED
    else:
        kind = BounceKind.FAILED
    reason = _reason(notice)
    match = STATUS.search(notice)
    status = match[1] if match else ""
    hard = kind is BounceKind.FAILED and is_permanent(status, reason)
    recipients = tuple(
        BouncedRecipient(each, status, reason, hard and each not in temporary) for each in addresses[:MAX_RECIPIENTS]
    )
    return Bounce(kind, recipients, "", returned_id(root, parts))


def _flufl(raw: bytes) -> tuple[set[str], set[str]]:
    """Temporary and permanent failures."""
    raw = raw[:MAX_REPORT]
    if raw.lower().count(b"boundary") > MAX_DEPTH:
        return set(), set()
    try:
        temporary, permanent = all_failures(email.message_from_bytes(raw))
        return _addresses(temporary), _addresses(permanent)
    except Exception:  # whatever a library of many heuristics raises on any bytes
        return set(), set()


def _addresses(found: object) -> set[str]:
    addresses: set[str] = set()
    for each in found if isinstance(found, (set, frozenset)) else ():
        text = each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each)
        if match := _ADDRESS.search(text[:1000]):
            addresses.add(match[0].lower())
    return addresses


def _first_address(root: Part, notice: str) -> list[str]:
    involved = {each.address for name in ("from", "to") for each in parse_addresses(root.headers.all(name))}
    found = (match[0].lower() for match in _ADDRESS.finditer(notice))
    return [each for each in dict.fromkeys(found) if each not in involved][:1]


def _before_original(text: str) -> str:
    lowered = text.lower()
    cuts = [at for word in RETURNED_MESSAGE_STARTS if (at := lowered.find(word)) >= 0]
    return text[: min(cuts, default=len(text))]


def _reason(notice: str) -> str:
    """The line that says most: one with a status or reply code, else one with a telling word, else the first."""
    lines = [line.strip() for line in notice.split("\n")[:400] if line.strip()]
    for wanted in (STATUS, CODE):
        for line in lines:
            if wanted.search(line[:1000]):
                return line[:LONGEST_REASON]
    for line in lines:
        if any(word in line.lower() for word in FAILURE_WORDS):
            return line[:LONGEST_REASON]
    return lines[0][:LONGEST_REASON] if lines else ""
