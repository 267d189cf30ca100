"""The short code in our texts: one for each person and incident, which a forger of the number does not have."""

import hashlib
import hmac

DIGITS = 4


class Codes:
    """Derived from the secret of the reply tokens."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Codes(…)"

    def issue(self, contact: str, incident: str) -> str:
        """Four digits; the same each time it is asked."""
        message = f"murphy code 1\0{contact}\0{incident}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(hmac.new(self._secret, message, hashlib.sha256).digest()[:8], "big")
        return f"{number % 10**DIGITS:0{DIGITS}}"

    def shown(self, text: str, contact: str, incidents: tuple[str, ...]) -> frozenset[str]:
        """The incidents whose code for this contact stands in the text as a word of its own."""
        words = set(text.split())
        return frozenset(incident for incident in incidents if self.issue(contact, incident) in words)
