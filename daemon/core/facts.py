"""What a decision comes to: facts. A fact is applied to the state in one place and written in one place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.types import Position
from daemon.core.delivery import Delivery, Ended, Trial
from daemon.core.events import Event
from daemon.core.health import Health
from daemon.core.notices import Notice
from parsers.types import Verb


@dataclass(frozen=True, slots=True)
class Stopped:
    """No further attempt of this notice is made."""

    notice: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A delivery that has been begun and has not ended, as it now stands."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Finished:
    """Deliveries of one notice that ended, together."""

    chunk: int
    notice: int
    ended: tuple[Ended, ...]


@dataclass(frozen=True, slots=True)
class Attempted:
    """Attempts that the endings do not tell of: beside the one that did it, before it, or known only after it.

    Of an attempt told twice the later word counts. Not in memory: for whoever reads about it later.
    """

    chunk: int
    notice: int
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that wait for their sender's confirmation."""

    incident: str
    by: str
    verb: Verb
    words: str
    management: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftGone:
    incident: str
    by: str


@dataclass(frozen=True, slots=True)
class Barred:
    """This channel is not used for this address any more (opted out, no such address).

    With `until`, only as long as there is another way: the last message to it came back.
    """

    channel: str
    address: str
    reason: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unbarred:
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Source:
    """How far a way in has been read."""

    name: str
    position: Position | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Handled:
    """An inbound message has had its effect; it never has it again."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A message about an incident is kept as `raw`, word for word. Not in memory: for whoever reads about it later."""

    incident: str
    key: str
    at: datetime
    by: str
    medium: str
    raw: str


@dataclass(frozen=True, slots=True)
class Spent:
    """The reply token of this notice has decided for this person, and decides no more.

    Of a link to the board: it was used; `by` is "" once who came by it has logged out.
    """

    notice: int
    by: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A handled message is so old that no copy of it can come any more."""

    key: str


@dataclass(frozen=True, slots=True)
class Archived:
    """An incident, or a month's notices that belong to none, leaves memory. The last numbers given stay known."""

    name: str
    last_incident: int
    last_notice: int
    last_chunk: int
    last_drill: int = 0


@dataclass(frozen=True, slots=True)
class DiskChanged:
    """Not written down: whether what is decided now is held in memory only, and since when it is or is not."""

    down: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """A channel's health. After a start one that was down is tried at once."""

    channel: str
    health: Health


@dataclass(frozen=True, slots=True)
class BridgeChecked:
    """Not written down: how often in a row a bridge's address did not answer, and why; 0 where it did."""

    bridge: str
    failures: int
    reason: str


@dataclass(frozen=True, slots=True)
class Watched:
    """Whether a way in can be read, and since when."""

    source: str
    up: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NextDrill:
    """When the next exercise, or roll call, begins by itself; `every` is the interval that this was reckoned with."""

    roll_call: bool
    when: datetime
    every: timedelta
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """This contact is on duty from `start` until `end`."""

    contact: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Rostered:
    """Who is on duty for a list, as its calendar last said at `read`. `stale` while it cannot be read any more.

    `back` is when that was last over.
    """

    list: str
    read: datetime | None
    shifts: tuple[Shift, ...]
    stale: bool = False
    back: datetime | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """A command that was left while no daemon ran has been done."""

    key: str


@dataclass(frozen=True, slots=True)
class Ailing:
    """Whether a part of Murphy itself keeps failing, and since when."""

    part: str
    up: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FindingsTold:
    """What the last check found, each by what makes it the same one; the operators know of all of them."""

    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    """The managers have been mailed this version of the written procedure."""

    version: str


Fact = (
    Event
    | ProcedureTold
    | Ailing
    | FindingsTold
    | Collected
    | Notice
    | Stopped
    | Opened
    | Finished
    | Attempted
    | Draft
    | DraftGone
    | Barred
    | Unbarred
    | Source
    | Handled
    | Kept
    | Spent
    | Forgotten
    | Archived
    | HealthChanged
    | Watched
    | BridgeChecked
    | DiskChanged
    | NextDrill
    | Rostered
)
