"""What can go wrong at the simulated Twilio: switched on for all requests, or for one number."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    SILENT = "silent"
    """Accepts the request and never answers; nothing was taken."""
    TAKEN_SILENT = "taken-silent"
    """Takes the message and never answers."""
    DROP = "drop"
    """Closes the connection instead of an answer; nothing was taken."""
    TAKEN_DROP = "taken-drop"
    """Takes the message and closes the connection instead of an answer."""
    STATUS = "status"
    """Answers with `status`, and `code` in the body where one is given."""
    GARBAGE = "garbage"
    """Answers 200 (201 to POST) with what is no JSON; the message was taken."""
    LATER = "later"
    """Takes the message, which then ends as undelivered with `code`."""
    STUCK = "stuck"
    """Takes the message, which stays at "sent" and reaches nobody."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`retry_after` in seconds, with STATUS 429."""

    kind: Kind
    status: int = 400
    code: int = 0
    retry_after: int | None = None


SILENT = Fault(Kind.SILENT)
TAKEN_SILENT = Fault(Kind.TAKEN_SILENT)
DROP = Fault(Kind.DROP)
TAKEN_DROP = Fault(Kind.TAKEN_DROP)
GARBAGE = Fault(Kind.GARBAGE)
STUCK = Fault(Kind.STUCK)
UNAUTHORIZED = Fault(Kind.STATUS, 401, 20003)
SERVER_ERROR = Fault(Kind.STATUS, 500)


def refused(code: int) -> Fault:
    """HTTP 400 with one of Twilio's error codes."""
    return Fault(Kind.STATUS, 400, code)


def too_many(retry_after: int) -> Fault:
    return Fault(Kind.STATUS, 429, 20429, retry_after)


def undelivered(code: int) -> Fault:
    return Fault(Kind.LATER, code=code)
