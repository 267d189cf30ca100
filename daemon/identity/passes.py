"""Ways onto the board that only we can make: the secret of a link, and the cookie of who has used one.

Both are derived from the secret of the reply tokens, so neither is ever written down.
"""

import hashlib
import hmac
import re
from base64 import b32encode
from datetime import UTC, datetime

_PASS = re.compile(r"([1-9][0-9]{0,11})-([a-z2-7]{32})", re.ASCII)
_SESSION = re.compile(r"([1-9][0-9]{0,11})-([1-9][0-9]{0,11})-([a-z2-7]{32})", re.ASCII)
_MAC_BYTES = 20


class Passes:
    """HMAC-SHA256 (RFC 2104), cut to 160 bits. `notice` is the one that brought the link, `contact` whom it went to."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Passes(…)"

    def link(self, notice: int, contact: str, issued: datetime) -> str:
        """What stands at the end of a link's address; the same each time it is asked."""
        return f"{notice}-{self._mac('link', notice, contact, _seconds(issued))}"

    def session(self, notice: int, contact: str, until: datetime) -> str:
        """The value of the cookie of who came by this notice's link."""
        end = _seconds(until)
        return f"{notice}-{end}-{self._mac('session', notice, contact, end)}"

    def _mac(self, what: str, notice: int, contact: str, time: int) -> str:
        message = "\0".join((f"murphy board {what} 1", contact, str(notice), str(time)))
        digest = hmac.new(self._secret, message.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return b32encode(digest[:_MAC_BYTES]).decode("ascii").lower()


def notice_named(text: str) -> int:
    """The notice that a link or cookie names, whoever made it; 0 where it has no such shape. Proves nothing."""
    match = _PASS.fullmatch(text) or _SESSION.fullmatch(text)
    return int(match[1]) if match else 0


def end_named(session: str) -> datetime | None:
    """Until when a cookie says that it counts. Proves nothing."""
    match = _SESSION.fullmatch(session)
    try:
        return datetime.fromtimestamp(int(match[2]), UTC) if match else None
    except (OverflowError, OSError, ValueError):
        return None


def same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), ours.encode("utf-8", "surrogatepass"))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
