"""One thing to say, to one audience or person: its kind, what it may say, to whom, by which ladder."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from config.types import Detail, Ladder
from daemon.core.content import Content
from daemon.core.kinds import Kind


class Priority(IntEnum):
    """Who goes first. Answers to a person come with the decisions: a person is waiting."""

    DECISION = 0
    PAGE = 1
    MANAGEMENT = 2
    STAKEHOLDERS = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """`id` numbers all notices of this Murphy from 1. `recipients` are contact ids, or addresses not on file.

    `answers` is the Message-ID of the mail answered, for In-Reply-To.
    """

    id: int
    incident: str
    kind: Kind
    at: datetime
    audience: str
    recipients: tuple[str, ...]
    detail: Detail
    via: Ladder
    priority: Priority
    content: Content
    confidential: bool = False
    answers: str = ""
    subject: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """The incidents that those who get it have been told of by it."""
        if self.kind is Kind.DECISION_BUNDLE:
            return tuple(line.incident for line in self.content.lines)
        return (self.incident,) if self.incident else ()


MONTHS = "notices-"
"""How the archives of what belongs to no incident begin."""


def archive_of(incident: str, at: datetime) -> str:
    """Which archive a notice comes into: its incident's, else its month's."""
    return incident or f"{MONTHS}{month_of(at)}"


def month_of(at: datetime) -> str:
    return f"{at:%Y-%m}"
