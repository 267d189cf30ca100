"""The short code in our texts: one for each person and incident, which a forger of the number does not have."""

import hashlib
import hmac
import re
from collections import deque
from collections.abc import Collection
from datetime import datetime, timedelta

DIGITS = 4

TRIES = 2
"""Words of four digits that count as a code in one message: the number of an incident may be one."""

WRONG = 10
WITHIN = timedelta(hours=1)
"""After so many messages with a wrong code within that time no code of this person counts: ten days for half of all."""

_TRIED = re.compile(rf"(?<![\w-])[0-9]{{{DIGITS}}}(?!\w)", re.ASCII)


class Codes:
    """Derived from the secret of the reply tokens. Wrong codes are counted in memory."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._wrong: dict[str, deque[datetime]] = {}

    def __repr__(self) -> str:
        return "Codes(…)"

    def issue(self, contact: str, incident: str) -> str:
        """Four digits; the same each time it is asked."""
        message = f"murphy code 1\0{contact}\0{incident}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(hmac.new(self._secret, message, hashlib.sha256).digest()[:8], "big")
        return f"{number % 10**DIGITS:0{DIGITS}}"

    def shown(self, text: str, contact: str, incidents: Collection[str], now: datetime) -> frozenset[str] | None:
        """The incidents whose code for this contact is among the first words of four digits; None after too many tries.

        `incidents` are those of which this contact can have a code.
        """
        tried = [found.group() for found in _TRIED.finditer(text)][:TRIES]
        if not tried or not incidents:
            return frozenset()
        self._wrong = {who: times for who, times in self._wrong.items() if now - times[-1] < WITHIN}
        wrong = self._wrong.get(contact) or deque(maxlen=WRONG)
        if len(wrong) == WRONG and now - wrong[0] < WITHIN:
            return None
        shown = frozenset(incident for incident in incidents if self.issue(contact, incident) in tried)
        if not shown:
            wrong.append(now)
            self._wrong[contact] = wrong
        return shown


def without(text: str, codes: Collection[str]) -> str:
    """The text without these codes, whatever stands around them."""
    for code in codes:
        text = re.sub(rf"[^\S\n]*(?<!\w){code}(?!\w)[.,:;!]?", "", text)
    return text
