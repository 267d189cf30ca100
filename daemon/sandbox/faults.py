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


class Faults:
    """The faults in force. Setting and clearing works at once, for sessions that are open as well."""

    def __init__(self) -> None:
        self._faults: dict[Step, tuple[Fault, frozenset[str]]] = {}

    def set(self, step: Step, fault: Fault, *recipients: str) -> None:
        """From now on `fault` at `step`; with recipients, only in transactions to one of them (RCPT and later)."""
        self._faults[step] = (fault, frozenset(recipient.lower() for recipient in recipients))

    def clear(self, *steps: Step) -> None:
        """No fault at these steps, or at any."""
        for step in steps or tuple(self._faults):
            self._faults.pop(step, None)

    def at(self, step: Step, recipients: tuple[str, ...] = ()) -> Fault | None:
        fault, only = self._faults.get(step, (None, frozenset()))
        if only and not only.intersection(recipient.lower() for recipient in recipients):
            return None
        return fault
