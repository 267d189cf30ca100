"""One notice to one contact: its attempts, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from channels.types import Failure
from daemon.core.notices import Notice


class AttemptStatus(StrEnum):
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


UNKNOWN = frozenset({AttemptStatus.SENDING, AttemptStatus.UNCERTAIN})
"""Attempts of which nobody knows yet whether they are out."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try on one channel. `at` is when it began, `ended` when its outcome was known."""

    rung: int
    channel: str
    address: str
    status: AttemptStatus
    at: datetime
    ended: datetime | None = None
    ref: str = ""
    by: str = ""
    failure: Failure | None = None


_OUT = frozenset({AttemptStatus.SENT, AttemptStatus.DELIVERED})


class Ending(StrEnum):
    """How a delivery ended; the letter stands for it in the stored chunks."""

    DELIVERED = "d"
    SENT = "s"
    UNREACHED = "u"
    STOPPED = "x"
    """No longer needed: decided, or replaced by a newer update."""


@dataclass(frozen=True, slots=True)
class Delivery:
    notice: int
    contact: str
    attempts: tuple[Attempt, ...] = ()


def refs(delivery: Delivery, audience: str) -> tuple[str, ...]:
    """The providers' ids of its texts and calls, where an equal one may follow.

    What an audience is told has its own time in it, so nothing equal follows: tens of thousands of ids less.
    """
    return () if audience else tuple(a.ref for a in delivery.attempts if a.ref and a.channel != "email")


@dataclass(frozen=True, slots=True)
class Trial:
    """What one attempt came to, `seconds` after its notice."""

    contact: str
    channel: str
    address: str
    status: AttemptStatus
    seconds: int
    reason: str = ""


def trials(notice: Notice, delivery: Delivery) -> tuple[Trial, ...]:
    """Each attempt, where there is more to tell than that the first and only one went out."""
    match delivery.attempts:
        case (only,) if only.status in _OUT and len(notice.via[only.rung]) == 1:
            return ()
    return tuple(trial(notice, delivery.contact, attempt) for attempt in delivery.attempts)


def trial(notice: Notice, contact: str, attempt: Attempt) -> Trial:
    seconds = max(0, int(((attempt.ended or attempt.at) - notice.at).total_seconds()))
    reason = attempt.failure.reason if attempt.failure else ""
    return Trial(contact, attempt.channel, attempt.address, attempt.status, seconds, reason)


def in_vain_by(delivery: Delivery) -> str:
    """The channels that failed, also where another one reached the person: an exercise is to find them."""
    failed = {a.channel: a.failure.reason for a in delivery.attempts if a.failure and a.status is AttemptStatus.FAILED}
    worked = {a.channel for a in delivery.attempts if a.status in (AttemptStatus.SENT, AttemptStatus.DELIVERED)}
    return "; ".join(f"{channel}: {reason}" for channel, reason in failed.items() if channel not in worked)


ANSWERED = "answered"
"""Why nothing more was tried: the person had answered."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A finished delivery, in few words: the channel that did it and the seconds from the notice to it.

    `refs` are the providers' ids of its texts, by which a later, equal text is told apart.
    """

    contact: str
    ending: Ending
    channel: str
    seconds: int
    reason: str = ""
    refs: tuple[str, ...] = ()
