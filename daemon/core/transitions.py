"""The state machine of an incident: every transition there is, in one table.

Everything that changes a status must live here. An event that is in neither table is illegal in that
status: it raises, and changes nothing. The diagram in the documents is drawn from this table.
"""

from collections.abc import Mapping

from daemon.core import events as e
from daemon.core.model import OPEN, Status

TRANSITIONS: Mapping[tuple[Status, type[e.Event]], Status] = {
    (Status.PROPOSED, e.Accepted): Status.ACCEPTED,
    (Status.PROPOSED, e.Rejected): Status.REJECTED,
    (Status.PROPOSED, e.Withdrawn): Status.CANCELED,
    (Status.PROPOSED, e.MadeSame): Status.CANCELED,
    (Status.CANCELED, e.MadeNew): Status.PROPOSED,
    (Status.REJECTED, e.Accepted): Status.ACCEPTED,
    (Status.REJECTED, e.Reopened): Status.ACCEPTED,
    (Status.ACCEPTED, e.Resolved): Status.RESOLVED,
    (Status.ACCEPTED, e.Downgraded): Status.CANCELED,
    (Status.RESOLVED, e.Reopened): Status.ACCEPTED,
    (Status.CANCELED, e.Reopened): Status.ACCEPTED,
    (Status.REVIEWED, e.Reopened): Status.ACCEPTED,
    (Status.PROPOSED, e.DrillEnded): Status.CANCELED,
    (Status.ACCEPTED, e.DrillEnded): Status.CANCELED,
    (Status.PROPOSED, e.RollCallEnded): Status.RESOLVED,
    (Status.RESOLVED, e.Reviewed): Status.REVIEWED,
}

ALWAYS = frozenset(Status)
PROPOSED = frozenset({Status.PROPOSED})
ACCEPTED = frozenset({Status.ACCEPTED})
RESOLVED = frozenset({Status.RESOLVED})
AFTER = frozenset({Status.RESOLVED, Status.REVIEWED})
AGREED = AFTER | ACCEPTED | {Status.CANCELED}
"""Actions stay when an incident is brought back, whatever becomes of it then."""

STEADY: Mapping[type[e.Event], frozenset[Status]] = {
    e.Asked: PROPOSED,
    e.ProposerTold: PROPOSED,
    e.Updated: ACCEPTED,
    e.IntervalSet: ACCEPTED,
    e.Reminded: ACCEPTED,
    e.Missed: ACCEPTED,
    e.Lapsed: ACCEPTED,
    e.TakeAsked: ACCEPTED,
    e.TakeAnnounced: ACCEPTED,
    e.TakeObjected: ACCEPTED,
    e.Taken: OPEN,
    e.Noted: ALWAYS,
    e.Heard: ALWAYS,
    e.Told: ALWAYS,
    e.LooksAlike: PROPOSED,
    e.KeptApart: PROPOSED,
    e.AlsoProposed: OPEN,
    e.NotProposed: ALWAYS,
    e.ServicesSet: OPEN,
    e.MadeConfidential: ALWAYS,
    e.DeputyNamed: ACCEPTED,
    e.HandoverOffered: ACCEPTED,
    e.HandoverLapsed: ACCEPTED,
    e.HandedOver: ACCEPTED,
    e.TeamCalled: ACCEPTED,
    e.Paged: ACCEPTED,
    e.EngineerJoined: ACCEPTED,
    e.EngineerDeclined: ACCEPTED,
    e.EngineerSilent: ACCEPTED,
    e.Released: ACCEPTED,
    e.DisciplineReleased: ACCEPTED,
    e.DisciplineExhausted: ACCEPTED,
    e.BridgeSet: OPEN,
    e.Previewed: ACCEPTED,
    e.PreviewStopped: ACCEPTED,
    e.DrillBegun: PROPOSED,
    e.DrillReported: ALWAYS,
    e.ReviewOpened: RESOLVED,
    e.ReviewAnswered: AFTER,
    e.ReviewReminded: RESOLVED,
    e.ReviewEscalated: RESOLVED,
    e.ReviewHandedOver: RESOLVED,
    e.ReviewMoved: RESOLVED,
    e.Attending: AFTER,
    e.ActionAgreed: AFTER,
    e.ActionDone: AGREED,
    e.ActionsReminded: AGREED,
}
"""Events that leave the status as it is, and the statuses in which they may happen."""


class IllegalEvent(Exception):
    """The event cannot happen in this status."""

    def __init__(self, status: Status, event: e.Event) -> None:
        super().__init__(f"{type(event).__name__} cannot happen to a {status} incident")


def next_status(status: Status, event: e.Event) -> Status:
    """The status after the event. Raises IllegalEvent."""
    after = TRANSITIONS.get((status, type(event)))
    if after is not None:
        return after
    if status in STEADY.get(type(event), frozenset()):
        return status
    raise IllegalEvent(status, event)
