"""What can happen in the post-incident review: a part of the timeline, after the all-clear.

`by` is a contact id, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import date, datetime

from daemon.core.model import Attendance


@dataclass(frozen=True, slots=True)
class ReviewOpened:
    """`people` are asked, and meet at `meets`; it is due by `due`. `revision` is the invitation's SEQUENCE."""

    incident: str
    at: datetime
    owner: str
    people: tuple[str, ...]
    due: datetime
    meets: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class ReviewAnswered:
    """What somebody wrote to the review, word for word; `attachments` are names and sizes, `raw` the kept message."""

    incident: str
    at: datetime
    by: str
    words: str
    attachments: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class ReviewReminded:
    """These people were reminded of their answers; the owner, once the review is due, of closing it."""

    incident: str
    at: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewEscalated:
    """Its owner let reminders go unanswered: `people`, the other managers, were told, and own it too from now on."""

    incident: str
    at: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewHandedOver:
    """`owner` closes the review from now on."""

    incident: str
    at: datetime
    by: str
    owner: str


@dataclass(frozen=True, slots=True)
class ReviewMoved:
    """They meet at another time."""

    incident: str
    at: datetime
    by: str
    meets: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Attending:
    """What somebody's calendar answered to the invitation; `words` are the comment that they wrote with it."""

    incident: str
    at: datetime
    by: str
    attendance: Attendance
    words: str = ""


@dataclass(frozen=True, slots=True)
class ActionAgreed:
    """`number` counts an incident's actions from 1; `due` is a day of the owner's calendar."""

    incident: str
    at: datetime
    by: str
    number: int
    owner: str
    what: str
    due: date


@dataclass(frozen=True, slots=True)
class ActionDone:
    incident: str
    at: datetime
    by: str
    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class ActionsReminded:
    """The owners of these actions were reminded of them."""

    incident: str
    at: datetime
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review is closed."""

    incident: str
    at: datetime
    by: str
    words: str


ReviewEvent = (
    ReviewOpened
    | ReviewAnswered
    | ReviewReminded
    | ReviewEscalated
    | ReviewHandedOver
    | ReviewMoved
    | Attending
    | ActionAgreed
    | ActionDone
    | ActionsReminded
    | Reviewed
)
