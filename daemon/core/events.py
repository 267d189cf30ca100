"""What can happen to an incident: the lines of its timeline. Everything shown about it is folded from these.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.core.model import Hold, Over
from daemon.core.review_events import ActionAgreed as ActionAgreed
from daemon.core.review_events import ActionDone as ActionDone
from daemon.core.review_events import ActionsReminded as ActionsReminded
from daemon.core.review_events import Attending as Attending
from daemon.core.review_events import ReviewAnswered as ReviewAnswered
from daemon.core.review_events import Reviewed as Reviewed
from daemon.core.review_events import ReviewEscalated as ReviewEscalated
from daemon.core.review_events import ReviewHandedOver as ReviewHandedOver
from daemon.core.review_events import ReviewMoved as ReviewMoved
from daemon.core.review_events import ReviewOpened as ReviewOpened
from daemon.core.review_events import ReviewReminded as ReviewReminded


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


@dataclass(frozen=True, slots=True)
class ServicesSet:
    incident: str
    at: datetime
    by: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeConfidential:
    incident: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DeputyNamed:
    incident: str
    at: datetime
    by: str
    deputy: str


@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """`to` gets a briefing, and is in charge once they JOIN; `until` then the silence is reported back."""

    incident: str
    at: datetime
    by: str
    to: str
    until: datetime


@dataclass(frozen=True, slots=True)
class HandoverLapsed:
    """`to` declined, or was silent: nothing has changed."""

    incident: str
    at: datetime
    to: str
    declined: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`by` took over from `before`."""

    incident: str
    at: datetime
    by: str
    before: str


@dataclass(frozen=True, slots=True)
class TeamCalled:
    """These disciplines are needed; by "" as the service needs them."""

    incident: str
    at: datetime
    by: str
    disciplines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paged:
    """An engineer was called; `until` then the next one is. `discipline` is "" where called by name."""

    incident: str
    at: datetime
    by: str
    contact: str
    discipline: str
    until: datetime


@dataclass(frozen=True, slots=True)
class EngineerJoined:
    incident: str
    at: datetime
    by: str
    discipline: str


@dataclass(frozen=True, slots=True)
class EngineerDeclined:
    """Before joining, or by leaving."""

    incident: str
    at: datetime
    by: str
    discipline: str
    words: str


@dataclass(frozen=True, slots=True)
class EngineerSilent:
    incident: str
    at: datetime
    contact: str
    discipline: str


@dataclass(frozen=True, slots=True)
class Released:
    """No longer needed: by the manager's word, or by "" as enough have joined."""

    incident: str
    at: datetime
    by: str
    contact: str


@dataclass(frozen=True, slots=True)
class DisciplineReleased:
    """Nobody more is called in this discipline: by the manager's word, or by "" as no affected service needs it."""

    incident: str
    at: datetime
    by: str
    discipline: str


@dataclass(frozen=True, slots=True)
class DisciplineExhausted:
    """Nobody is left to call in this discipline, and `missing` more are needed."""

    incident: str
    at: datetime
    discipline: str
    missing: int


@dataclass(frozen=True, slots=True)
class BridgeSet:
    """Where people meet from now on: a configured bridge's name, or the manager's own words.

    `gone` is the bridge given up, and `reason` why, where Murphy or the manager gave one up.
    """

    incident: str
    at: datetime
    by: str
    bridge: str
    words: str = ""
    gone: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Previewed:
    """The update goes out at `when`, unless its sender corrects it before."""

    incident: str
    at: datetime
    by: str
    words: str
    management: str
    when: datetime
    resolve: bool = False
    """Whether it ends the incident."""


@dataclass(frozen=True, slots=True)
class PreviewStopped:
    """What waited does not go out."""

    incident: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DrillBegun:
    """It is an exercise, for the people on `lists` (none: everybody), that ends by itself at `until`."""

    incident: str
    at: datetime
    by: str
    lists: tuple[str, ...]
    until: datetime
    roll_call: bool


@dataclass(frozen=True, slots=True)
class DrillEnded:
    """Before anybody resolved it."""

    incident: str
    at: datetime
    by: str
    reason: Over


@dataclass(frozen=True, slots=True)
class RollCallEnded:
    """The time to answer is over."""

    incident: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrillReported:
    """The operators and managers were told who was reached."""

    incident: str
    at: datetime
    people: int
    reached: int
    answered: int


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
    | LooksAlike
    | MadeSame
    | MadeNew
    | KeptApart
    | AlsoProposed
    | NotProposed
    | ServicesSet
    | MadeConfidential
    | DeputyNamed
    | HandoverOffered
    | HandoverLapsed
    | HandedOver
    | TeamCalled
    | Paged
    | EngineerJoined
    | EngineerDeclined
    | EngineerSilent
    | Released
    | DisciplineReleased
    | DisciplineExhausted
    | BridgeSet
    | Previewed
    | PreviewStopped
    | DrillBegun
    | DrillEnded
    | RollCallEnded
    | DrillReported
    | ReviewOpened
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
