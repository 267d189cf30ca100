"""Reply tokens: short strings that only we can make, each for one contact, incident and notice.

They travel in Reply-To (`incidents+TOKEN@acme.example`) and as Message-ID (`<TOKEN@acme.example>`), so they are
lower-case ASCII, fit for the left side of both, and read in any case.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from config.types import Mailbox

LIFE = timedelta(days=30)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAC_BYTES = 10
_TOKEN = re.compile(
    r"(?:x|([a-z]{2})([1-9][0-9]{0,8}))-(0|[1-9][0-9]{0,11})-([0-9a-z]{1,5})-([0-9a-f]{20})",
    re.IGNORECASE | re.ASCII,
)
_INCIDENT = re.compile(r"([A-Z]{2})-([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a valid token shows: its holder was sent this notice about this incident ("" for none)."""

    incident: str
    notice: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a token does not count, for the log."""

    reason: str


class Tokens:
    """Keyed BLAKE2b (RFC 7693) of 80 bits under one secret, bound to contact, incident, notice and day.

    Each mail of a broadcast needs one: it takes a quarter of the time of an HMAC.
    """

    def __init__(self, secret: bytes) -> None:
        """`secret` has 64 bytes at most; else ValueError."""
        self._keyed = hashlib.blake2b(key=secret, digest_size=_MAC_BYTES, person=b"reply token")

    def __repr__(self) -> str:
        return "Tokens(…)"

    def issue(self, contact: str, incident: str, notice: int, issued: date) -> str:
        """The same arguments give the same token. `incident` is "MI-7" or "" (about none); else ValueError."""
        day = _base36(issued.toordinal())
        return f"{_spelled(incident)}-{notice}-{day}-{self._mac(contact, incident, notice, day)}"

    def claim(self, token: str, contact: str, now: datetime) -> Claim | Refusal:
        """What `contact` can claim with this token; the signature is looked at before anything that it signs."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return Refusal("not a token of ours")
        seen, notice = _reference(match)
        day, mac = match[4].lower(), match[5].lower()
        if not hmac.compare_digest(mac, self._mac(contact, seen, notice, day)):
            return Refusal("token altered, or issued to somebody else")
        age = now.astimezone(UTC).date().toordinal() - int(day, 36)
        if age > LIFE.days:
            return Refusal(f"token expired {age - LIFE.days} days ago")
        if age < -1:
            return Refusal("token of a day to come")
        return Claim(seen, notice)

    def _mac(self, contact: str, incident: str, notice: int, day: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(f"{contact}\0{incident}\0{notice}\0{day}".encode("utf-8", "surrogatepass"))
        return keyed.hexdigest()


def find_tokens(recipients: Iterable[str], message_ids: Iterable[str], mailboxes: Iterable[Mailbox]) -> tuple[str, ...]:
    """What has a token's shape, lower case, each once: first in the addresses written to, then in Message-IDs.

    In `recipients` only behind the subaddress mark of one of `mailboxes`; in `message_ids` at any domain.
    """
    boxes = [(box.address.lower().rpartition("@"), box.subaddress) for box in mailboxes if box.subaddress]
    found: dict[str, None] = {}
    for recipient in recipients:
        local, _, domain = recipient.strip().lower().rpartition("@")
        for (name, _, host), mark in boxes:
            if domain == host and local.startswith(name + mark):
                found[local.removeprefix(name + mark)] = None
    for message_id in message_ids:
        found[message_id.strip().strip("<>").lower().partition("@")[0]] = None
    return tuple(token for token in found if _TOKEN.fullmatch(token))


def referred(token: str) -> tuple[str, int] | None:
    """The incident ("" for none) and notice that a token's text names, whoever made it: proves nothing."""
    match = _TOKEN.fullmatch(token)
    return _reference(match) if match else None


def _reference(match: re.Match[str]) -> tuple[str, int]:
    return (f"{match[1].upper()}-{match[2]}" if match[1] else ""), int(match[3])


@lru_cache(maxsize=64)
def _spelled(incident: str) -> str:
    if not incident:
        return "x"
    match = _INCIDENT.fullmatch(incident)
    if match is None:
        raise ValueError(f"not an incident: {incident!r}")
    return (match[1] + match[2]).lower()


@lru_cache(maxsize=64)
def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
