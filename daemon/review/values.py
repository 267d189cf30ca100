"""One incident's report as a value: everything that its forms show, with people's names in the place of their ids.

It is confidential: it says who did what, and what each person wrote. No telephone number, PIN or reply token is in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.core.model import Attendance, Status
from daemon.review.answers import Answer, ByQuestion
from daemon.review.delivery import Curve, Evidence
from daemon.review.figures import Measured
from daemon.review.health import Spell
from daemon.review.messages import Message
from daemon.review.promises import Due, Pace
from daemon.review.responders import Responder
from daemon.review.timeline import Line


@dataclass(frozen=True, slots=True)
class InCharge:
    """`name` is "" while nobody was in charge; `until` is None for still."""

    name: str
    how: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """`overdue` as of the report; `due` is a day of the owner's calendar."""

    number: int
    owner: str
    what: str
    due: date
    agreed: datetime
    done: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """The review itself. `waiting` are the names of those asked who have not answered; `attendance` by name."""

    owner: str
    opened: datetime
    due: datetime
    meets: datetime
    answered: tuple[str, ...]
    waiting: tuple[str, ...]
    attendance: tuple[tuple[str, Attendance], ...]
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """`over` is false while the incident is open.

    `services` are their public names, `impacts` the configured sentences. `started` is the proposal, `ended` the last
    end. `told` is how many people of the audiences were ever told, `managers_asked` how many were asked to decide,
    `replies` how many wrote back without a verb. `figures` has an entry for each stretch. In `responders`, `who` are
    names. `health` are the bad times of channels that touch the incident; `said_factors` are who
    answered what about them, `record_factors` sentences.
    """

    number: str
    title: str
    organization: str
    zone: ZoneInfo
    written: datetime
    status: Status
    over: bool
    drill: bool
    roll_call: bool
    confidential: bool
    proposer: str
    details: str
    proposed_impact: str
    services: tuple[str, ...]
    impacts: tuple[str, ...]
    started: datetime
    ended: datetime | None
    reason: str
    last_words: str
    told: int
    managers_asked: int
    replies: int
    in_charge: tuple[InCharge, ...]
    figures: tuple[Measured, ...]
    paces: tuple[Pace, ...]
    dues: tuple[Due, ...]
    timeline: tuple[Line, ...]
    responders: tuple[Responder, ...]
    evidence: tuple[Evidence, ...]
    curves: tuple[Curve, ...]
    health: tuple[Spell, ...]
    messages: tuple[Message, ...]
    questions: tuple[str, ...]
    answers: tuple[Answer, ...]
    by_question: tuple[ByQuestion, ...]
    said_factors: tuple[tuple[str, str], ...]
    record_factors: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    meeting: Meeting | None
    past: int
    """How many incidents before it the figures are beside."""

    @property
    def end(self) -> datetime:
        """Where it ends on a picture: its last end, or now."""
        return self.ended or self.written

    @property
    def lasted(self) -> timedelta:
        """From the proposal to the last end, or until now."""
        return max(self.end - self.started, timedelta())
