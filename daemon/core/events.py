"""What can happen to an incident: the lines of its timeline. Everything shown about it is folded from these.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
class Downgraded:
    incident: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Updated:
    incident: str
    at: datetime
    by: str
    words: str
    management: str


@dataclass(frozen=True, slots=True)
class Resolved:
    incident: str
    at: datetime
    by: str
    words: str
    management: str


@dataclass(frozen=True, slots=True)
class Reopened:
    incident: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class TakeAnnounced:
    """Somebody wants to take charge; it happens at `when` unless the manager objects."""

    incident: str
    at: datetime
    by: str
    when: datetime


@dataclass(frozen=True, slots=True)
class TakeObjected:
    incident: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Taken:
    incident: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Noted:
    incident: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class IntervalSet:
    incident: str
    at: datetime
    by: str
    audiences: tuple[str, ...]
    every: timedelta


@dataclass(frozen=True, slots=True)
class Reminded:
    """The manager was reminded of the updates promised to these audiences."""

    incident: str
    at: datetime
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """No update came in time for these audiences, and none is sent in its place; the promise moves on."""

    incident: str
    at: datetime
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Nobody hears at the interval of these audiences any more: there is nothing left to promise them."""

    incident: str
    at: datetime
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeAsked:
    """Two updates in a row were missed: the other managers were asked to TAKE."""

    incident: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply without a verb: kept, counted, answered once."""

    incident: str
    at: datetime
    by: str
    raw: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice went to an audience, and promised the next one by `due` (None: the last one)."""

    incident: str
    at: datetime
    notice: int
    kind: str
    audience: str
    people: int
    due: datetime | None


Event = (
    Proposed
    | Asked
    | ProposerTold
    | Accepted
    | Rejected
    | Withdrawn
    | Downgraded
    | Updated
    | Resolved
    | Reopened
    | TakeAnnounced
    | TakeObjected
    | Taken
    | Noted
    | IntervalSet
    | Reminded
    | Missed
    | Lapsed
    | TakeAsked
    | Heard
    | Told
)
