"""Who is in charge: TAKE, HANDOVER and deputies. A part of the timeline.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime


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
class TakeAsked:
    """Two updates in a row were missed: the other managers were asked to TAKE."""

    incident: str
    at: datetime


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


ChargeEvent = (
    TakeAnnounced | TakeObjected | Taken | TakeAsked | DeputyNamed | HandoverOffered | HandoverLapsed | HandedOver
)
