"""What can happen to an incident: the lines of its timeline. Everything shown about it is folded from these.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime

from daemon.core.charge_events import ChargeEvent
from daemon.core.charge_events import DeputyNamed as DeputyNamed
from daemon.core.charge_events import HandedOver as HandedOver
from daemon.core.charge_events import HandoverLapsed as HandoverLapsed
from daemon.core.charge_events import HandoverOffered as HandoverOffered
from daemon.core.charge_events import TakeAnnounced as TakeAnnounced
from daemon.core.charge_events import TakeAsked as TakeAsked
from daemon.core.charge_events import Taken as Taken
from daemon.core.charge_events import TakeObjected as TakeObjected
from daemon.core.drill_events import DrillBegun as DrillBegun
from daemon.core.drill_events import DrillEnded as DrillEnded
from daemon.core.drill_events import DrillEvent
from daemon.core.drill_events import DrillReported as DrillReported
from daemon.core.drill_events import RollCallEnded as RollCallEnded
from daemon.core.informing_events import Heard as Heard
from daemon.core.informing_events import InformingEvent
from daemon.core.informing_events import IntervalSet as IntervalSet
from daemon.core.informing_events import Lapsed as Lapsed
from daemon.core.informing_events import Missed as Missed
from daemon.core.informing_events import Previewed as Previewed
from daemon.core.informing_events import PreviewStopped as PreviewStopped
from daemon.core.informing_events import Reminded as Reminded
from daemon.core.informing_events import Told as Told
from daemon.core.informing_events import Updated as Updated
from daemon.core.proposal_events import Accepted as Accepted
from daemon.core.proposal_events import AlsoProposed as AlsoProposed
from daemon.core.proposal_events import Asked as Asked
from daemon.core.proposal_events import KeptApart as KeptApart
from daemon.core.proposal_events import LooksAlike as LooksAlike
from daemon.core.proposal_events import MadeNew as MadeNew
from daemon.core.proposal_events import MadeSame as MadeSame
from daemon.core.proposal_events import NotProposed as NotProposed
from daemon.core.proposal_events import ProposalEvent
from daemon.core.proposal_events import Proposed as Proposed
from daemon.core.proposal_events import ProposerTold as ProposerTold
from daemon.core.proposal_events import Rejected as Rejected
from daemon.core.proposal_events import Withdrawn as Withdrawn
from daemon.core.review_events import ActionAgreed as ActionAgreed
from daemon.core.review_events import ActionDone as ActionDone
from daemon.core.review_events import ActionsReminded as ActionsReminded
from daemon.core.review_events import Attending as Attending
from daemon.core.review_events import ReviewAnswered as ReviewAnswered
from daemon.core.review_events import Reviewed as Reviewed
from daemon.core.review_events import ReviewEscalated as ReviewEscalated
from daemon.core.review_events import ReviewEvent
from daemon.core.review_events import ReviewHandedOver as ReviewHandedOver
from daemon.core.review_events import ReviewMoved as ReviewMoved
from daemon.core.review_events import ReviewOpened as ReviewOpened
from daemon.core.review_events import ReviewReminded as ReviewReminded
from daemon.core.team_events import BridgeSet as BridgeSet
from daemon.core.team_events import DisciplineExhausted as DisciplineExhausted
from daemon.core.team_events import DisciplineReleased as DisciplineReleased
from daemon.core.team_events import EngineerDeclined as EngineerDeclined
from daemon.core.team_events import EngineerJoined as EngineerJoined
from daemon.core.team_events import EngineerSilent as EngineerSilent
from daemon.core.team_events import Paged as Paged
from daemon.core.team_events import Released as Released
from daemon.core.team_events import TeamCalled as TeamCalled
from daemon.core.team_events import TeamEvent


@dataclass(frozen=True, slots=True)
class Downgraded:
    incident: str
    at: datetime
    by: str
    words: str


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
class Noted:
    incident: str
    at: datetime
    by: str
    words: str


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


Event = (
    Downgraded
    | Resolved
    | Reopened
    | Noted
    | ServicesSet
    | MadeConfidential
    | ProposalEvent
    | ChargeEvent
    | InformingEvent
    | TeamEvent
    | DrillEvent
    | ReviewEvent
)
