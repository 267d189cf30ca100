"""An incident as it stands: what its timeline folds to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Status(StrEnum):
    PROPOSED = "proposed"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    RESOLVED = "resolved"
    CANCELED = "canceled"
    REVIEWED = "reviewed"


DRILL = "DR-"

OPEN = frozenset({Status.PROPOSED, Status.ACCEPTED})


class Hold(StrEnum):
    """Why a proposal only asks the managers once, without the ladder."""

    UNKNOWN = "unknown"
    """The proposer is not among those who may propose."""
    LATE = "late"
    """It is older than the mailbox's max_age."""
    MANY = "many"
    """One of too many in a few minutes, from one proposer or from people unknown."""


class SeatStatus(StrEnum):
    ASKED = "asked"
    JOINED = "joined"
    DECLINED = "declined"
    SILENT = "silent"
    LEFT = "left"
    RELEASED = "released"
    """By the manager's word: the place is not filled again."""
    SPARED = "spared"
    """Not needed, as enough have joined; called again when somebody leaves."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One engineer in the team, as last heard of at `at`. `until` is how long an answer is waited for.

    `discipline` is "" for someone called by name.
    """

    contact: str
    discipline: str
    status: SeatStatus
    asked: datetime
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """Offered to `to`, who has `until` then to JOIN."""

    to: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """Words that go out at `when`, unless they are corrected before; with `resolve` they end the incident."""

    by: str
    words: str
    management: str
    when: datetime
    resolve: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What an audience was last told, and by when it was promised more. `missed` counts holding updates in a row."""

    last: datetime
    due: datetime
    reminded: bool = False
    missed: int = 0


class Over(StrEnum):
    """Why an exercise ended by itself."""

    REAL = "real"
    """Something real was proposed."""
    EARLY = "early"
    """Something that only those inside may know of."""
    UNDECIDED = "undecided"
    TIME = "time"
    STOPPED = "stopped"
    """By an operator."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """For the people on `lists`, or everybody where there are none; it ends by itself at `until`.

    In a roll call each contact gets one message, and nothing is decided. `over` is why it ended before its time.
    """

    lists: tuple[str, ...]
    until: datetime
    roll_call: bool
    over: Over | None = None
    reported: bool = False


class Attendance(StrEnum):
    """What a calendar answered to the invitation (RFC 5545 section 3.2.12)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Review:
    """The post-incident review, from the all-clear on. Its `owner` closes it; `people` are asked, `answered` wrote.

    They meet at `meets`; `revision` is the invitation's SEQUENCE (RFC 5545 section 3.8.7.4). `reminded` is when
    anybody was last reminded; `escalated` when the managers were told that its owner does not answer, who own it too
    since then; `closed` when it was REVIEWED.
    """

    owner: str
    people: tuple[str, ...]
    opened: datetime
    due: datetime
    meets: datetime
    revision: int
    answered: frozenset[str] = frozenset()
    reminded: datetime | None = None
    escalated: datetime | None = None
    attendance: Mapping[str, Attendance] = field(default_factory=dict)
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Agreed in a review, to be done by the day `due` of its owner's calendar. `reminded` is when that one last was."""

    number: int
    owner: str
    what: str
    due: date
    by: str
    agreed: datetime
    done: datetime | None = None
    reminded: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """`since` is the last change of status or manager. `manager` is a contact id, "" when nobody is in charge.

    `asks` counts the rungs of the decide ladder climbed, `asked` the time of the last. `promises` has an
    entry for each audience that has been told. `last_word` is when a person last wrote to the audiences.
    `words` are the last ones for everybody, `reason` is why it was rejected, withdrawn, downgraded or reopened: that
    goes to nobody outside. `written` is when a proposal that came in late was written. `taker` wants to take charge at
    `taken_at`. `looks_like` is an incident that may be the same, `same_as` the one that it is a part of; `also` are
    the proposers of those that are part of this one. `team` has a seat for each engineer called, in order, `needed` the
    disciplines that are called, `exhausted` those with nobody left. `bridge` names the one in use ("" before any),
    `bridge_words` is the manager's own, `bridges_gone` are those given up. `review` is there from the all-clear on, but
    not while it is reopened; `revision` is the last invitation's; `actions` are all that were ever agreed.
    """

    id: str
    status: Status
    since: datetime
    proposer: str
    proposer_name: str
    proposed: datetime
    summary: str
    details: str
    impact: str
    services: tuple[str, ...]
    confidential: bool
    hold: Hold | None
    manager: str = ""
    decided_by: str = ""
    accepted: datetime | None = None
    ended: datetime | None = None
    asks: int = 0
    asked: datetime | None = None
    ask_from: datetime | None = None
    proposer_told: bool = False
    last_word: datetime | None = None
    words: str = ""
    reason: str = ""
    management: str = ""
    promises: Mapping[str, Promise] = field(default_factory=dict)
    intervals: Mapping[str, timedelta] = field(default_factory=dict)
    take_asked: bool = False
    taker: str = ""
    taken_at: datetime | None = None
    replies: int = 0
    written: datetime | None = None
    looks_like: str = ""
    same_as: str = ""
    also: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    handover: Handover | None = None
    needed: tuple[str, ...] = ()
    team: tuple[Seat, ...] = ()
    exhausted: frozenset[str] = frozenset()
    bridge: str = ""
    bridge_words: str = ""
    bridges_gone: frozenset[str] = frozenset()
    preview: Preview | None = None
    exercise: Exercise | None = None
    review: Review | None = None
    revision: int = 0
    actions: tuple[Action, ...] = ()

    @property
    def drill(self) -> bool:
        """An exercise, numbered DR-1 and on."""
        return self.id.startswith(DRILL)

    @property
    def joined(self) -> tuple[str, ...]:
        """The engineers who are on it now."""
        return tuple(seat.contact for seat in self.team if seat.status is SeatStatus.JOINED)
