"""What the core is told of: all that comes in by the one queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.types import Outcome, Position, Receipt
from daemon.core.facts import Shift
from daemon.core.identity import Identity
from parsers.types import ActionLine, Bounce, CalendarReply, Command, Proposal


@dataclass(frozen=True, slots=True)
class Said:
    """A person wrote. `written` is when, as far as it can be known; `received` when the server had it.

    `thread` is what the message refers to (incident, notice or 0), whoever sent it. `fresh_mail` is true for a mail
    to the proposal address that refers to nothing of ours. `late` is true when it is older than the source's
    max_age. `message_id` is answered to. `codes` are the incidents whose code for this person stands in the text;
    `attachments` are names and sizes. `actions` are its lines ACTION, `rest` is the text without them;
    `whole` is the text with them, and with what stands between our lines that are quoted.
    """

    key: str
    medium: str
    identity: Identity
    command: Command
    proposal: Proposal
    text: str
    subject: str
    message_id: str
    thread: tuple[str, int] | None
    fresh_mail: bool
    late: bool
    written: datetime
    received: datetime
    raw: str
    source: str
    codes: frozenset[str] = frozenset()
    attachments: tuple[str, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    rest: str = ""
    whole: str = ""

    @property
    def who(self) -> str:
        return self.identity.contact or self.identity.address


@dataclass(frozen=True, slots=True)
class CalendarReplied:
    """Somebody's calendar answered the invitation to an incident's review."""

    key: str
    identity: Identity
    incident: str
    reply: CalendarReply
    raw: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A message with no effect (automatic, unreadable): only remembered as handled."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A delivery report came in by mail, tied to a notice and a contact where it could be."""

    key: str
    bounce: Bounce
    delivery: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed. `part`: what alone is to be looked at, one of `ticking.parts`; "" for everything."""

    part: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """These attempts (notice, contact, rung, channel, address) are about to be made."""

    tries: tuple[tuple[int, str, int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """One attempt came to an outcome. `began` is when it was made."""

    notice: int
    contact: str
    rung: int
    channel: str
    address: str
    began: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Settlements:
    """Outcomes of many attempts, together."""

    settled: tuple[Settled, ...]


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Deliveries that no rung can reach, or that ended by time: (notice, contact)."""

    deliveries: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Receipted:
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """A source never seen before."""

    source: str
    position: Position | None
    since: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Read:
    """A source has been read up to here; goes with the message that was read."""

    source: str
    position: Position | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class SourceChanged:
    source: str
    up: bool
    reason: str


@dataclass(frozen=True, slots=True)
class BridgeTried:
    """The address of a communication bridge was tried."""

    bridge: str
    up: bool
    reason: str


@dataclass(frozen=True, slots=True)
class SourceComplained:
    """A way in that works has something to say: a folder that cannot be opened, a mail that cannot be moved."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Observed:
    """What a try on a channel that belongs to no notice came to: a canary that was not taken."""

    channel: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The disk failed or came back, or damage was found."""

    up: bool
    reason: str
    damage: bool = False


@dataclass(frozen=True, slots=True)
class ConfigurationRefused:
    """The folder is faulty: the configuration in force, or the last good one, stays."""

    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrillAsked:
    """An operator begins an exercise, or a roll call, for `lists` (none: everybody), of `lasts` at most.

    `words` are what is said to have failed, `service` the configured service.
    """

    key: str
    lists: tuple[str, ...] = ()
    words: str = ""
    service: str = ""
    lasts: timedelta | None = None
    roll_call: bool = False


@dataclass(frozen=True, slots=True)
class DrillStopped:
    """An operator ends the exercise that is on."""

    key: str


@dataclass(frozen=True, slots=True)
class DutyRead:
    """A duty calendar was read (`shifts`), or could not be (None, and `reason` says why)."""

    list: str
    shifts: tuple[Shift, ...] | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Collect:
    """A command that was left while no daemon ran is being done; goes with what it becomes."""

    key: str


@dataclass(frozen=True, slots=True)
class CanaryBack:
    """What was sent to ourselves on this channel at `sent` arrived, after `took`."""

    channel: str
    sent: datetime
    took: timedelta


@dataclass(frozen=True, slots=True)
class CanaryLost:
    """What was sent to ourselves on this channel at `sent` did not arrive in time, though it was taken.

    A way in that cannot be read, or a channel that did not take it, shows nothing of the kind.
    """

    channel: str
    sent: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PartChanged:
    """A part of Murphy itself keeps failing, or works again; `reason` has no secret in it."""

    part: str
    up: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the check of all connections and settings found now: by what makes each the same one tomorrow, in words."""

    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """Somebody asked for a link to the board, by the address ("email") or number ("sms") of this contact."""

    contact: str
    medium: str


@dataclass(frozen=True, slots=True)
class BoardEntered:
    """The link that this notice brought was used."""

    notice: int


@dataclass(frozen=True, slots=True)
class BoardLeft:
    """Who came by the link of this notice logs out."""

    notice: int


@dataclass(frozen=True, slots=True)
class ProcedureWritten:
    """The written procedure, as the configuration in force makes it, has this version."""

    version: str


Stimulus = (
    Collect | CalendarReplied | PartChanged | Inspected | ProcedureWritten | BoardAsked | BoardEntered | BoardLeft
    | DutyRead | DrillAsked | DrillStopped | Said | Ignored | Returned | Tick | Begun | Settlements | Exhausted
    | Receipted | FirstSeen | Read | SourceChanged | SourceComplained | Observed | BridgeTried | StateChanged
    | ConfigurationRefused | CanaryBack | CanaryLost
)  # fmt: skip
