"""What can happen to a proposal until it is decided on, or found to be the same as another. A part of the timeline.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime

from daemon.core.model import Hold


@dataclass(frozen=True, slots=True)
class Proposed:
    """`written` is set where it came in late."""

    incident: str
    at: datetime
    by: str
    name: str
    summary: str
    details: str
    impact: str
    services: tuple[str, ...]
    confidential: bool
    hold: Hold | None
    medium: str
    raw: str
    attachments: tuple[str, ...] = ()
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The decide ladder climbed a rung."""

    incident: str
    at: datetime
    rung: int


@dataclass(frozen=True, slots=True)
class ProposerTold:
    """Ten minutes without a decision: the proposer was told who has been asked."""

    incident: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    incident: str
    at: datetime
    by: str
    words: str
    management: str


@dataclass(frozen=True, slots=True)
class Rejected:
    incident: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    incident: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class LooksAlike:
    """It looks like `other`: the managers are asked once, and its ladder begins at `until`."""

    incident: str
    at: datetime
    other: str
    until: datetime


@dataclass(frozen=True, slots=True)
class MadeSame:
    """The proposal is about what `other` is about, and goes on there."""

    incident: str
    at: datetime
    by: str
    other: str


@dataclass(frozen=True, slots=True)
class MadeNew:
    """It is no part of `other` after all: it gets its own decision."""

    incident: str
    at: datetime
    by: str
    other: str


@dataclass(frozen=True, slots=True)
class KeptApart:
    """It only looks like `other`: its ladder begins."""

    incident: str
    at: datetime
    by: str
    other: str


@dataclass(frozen=True, slots=True)
class AlsoProposed:
    """`by` proposed the same as `other`, and hears with the proposer of this one."""

    incident: str
    at: datetime
    by: str
    other: str


@dataclass(frozen=True, slots=True)
class NotProposed:
    """The proposal `other` of `by` is no part of this one any more."""

    incident: str
    at: datetime
    by: str
    other: str


ProposalEvent = (
    Proposed
    | Asked
    | ProposerTold
    | Accepted
    | Rejected
    | Withdrawn
    | LooksAlike
    | MadeSame
    | MadeNew
    | KeptApart
    | AlsoProposed
    | NotProposed
)
