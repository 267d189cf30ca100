"""Faults that a simulated mail server shows on demand: at which step of SMTP (RFC 5321), and what happens there."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """Where in a session a fault strikes. CONNECT knows only Refuse.

    CONTENT is after the final dot, before its answer.
    """

    CONNECT = "connect"
    BANNER = "banner"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nobody listens on the port."""


@dataclass(frozen=True, slots=True)
class Answer:
    """This reply instead of the usual one, as "451 4.7.1 Try again later". A 421 closes the connection as well."""

    reply: str


@dataclass(frozen=True, slots=True)
class Hang:
    """Nothing more is said on this connection."""


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection is cut. At CONTENT, `taken` says whether the message was delivered before."""

    taken: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The usual reply, after this many seconds."""

    seconds: float


Fault = Refuse | Answer | Hang | Drop | Slow


@dataclass(slots=True)
class _InForce:
    fault: Fault
    recipients: frozenset[str]
    left: int | None


class Faults:
    """The faults in force. Setting and clearing works at once, for sessions that are open as well."""

    def __init__(self) -> None:
        self._in_force: dict[Step, _InForce] = {}

    def set(self, step: Step, fault: Fault, *recipients: str, times: int | None = None) -> None:
        """`fault` at `step`, the next so many times or until cleared.

        With recipients, only in transactions to one of them (RCPT and later).
        """
        self._in_force[step] = _InForce(fault, frozenset(recipient.lower() for recipient in recipients), times)

    def clear(self) -> None:
        self._in_force.clear()

    def strike(self, step: Step, recipients: tuple[str, ...] = ()) -> Fault | None:
        """The fault that shows now at this step; it counts as shown."""
        found = self._in_force.get(step)
        if found is None or (found.recipients and found.recipients.isdisjoint(map(str.lower, recipients))):
            return None
        if found.left is not None:
            found.left -= 1
            if found.left <= 0:
                del self._in_force[step]
        return found.fault
