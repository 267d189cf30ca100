"""The state machine: each event in each status leads where the table says, or raises and changes nothing."""

from typing import get_args

import pytest

from daemon.core import events as e
from daemon.core.fold import fold
from daemon.core.model import Status
from daemon.core.transitions import STEADY, TRANSITIONS, IllegalEvent
from tests.core.samples import IN, SAMPLES

LEGAL = {
    Status.PROPOSED: {
        "Asked": "proposed", "ProposerTold": "proposed", "Accepted": "accepted", "Rejected": "rejected",
        "Withdrawn": "canceled", "Taken": "proposed", "LooksAlike": "proposed", "MadeSame": "canceled",
        "KeptApart": "proposed", "AlsoProposed": "proposed", "ServicesSet": "proposed", "BridgeSet": "proposed",
        "DrillBegun": "proposed", "DrillEnded": "canceled", "RollCallEnded": "resolved",
    },
    Status.REJECTED: {"Accepted": "accepted", "Reopened": "accepted"},
    Status.ACCEPTED: {
        "Resolved": "resolved", "Downgraded": "canceled", "Updated": "accepted", "IntervalSet": "accepted",
        "DrillEnded": "canceled",
        "Reminded": "accepted", "Missed": "accepted", "Lapsed": "accepted", "TakeAsked": "accepted",
        "TakeAnnounced": "accepted", "TakeObjected": "accepted", "Taken": "accepted",
        **dict.fromkeys((
            "AlsoProposed", "ServicesSet", "DeputyNamed", "HandoverOffered", "HandoverLapsed", "HandedOver",
            "TeamCalled", "Paged", "EngineerJoined", "EngineerDeclined", "EngineerSilent", "Released",
            "DisciplineReleased", "DisciplineExhausted", "BridgeSet", "Previewed", "PreviewStopped",
            "ActionDone", "ActionsReminded",
        ), "accepted"),
    },
    Status.RESOLVED: {
        "Reopened": "accepted", "Reviewed": "reviewed",
        **dict.fromkeys((
            "ReviewOpened", "ReviewAnswered", "ReviewReminded", "ReviewEscalated", "ReviewHandedOver", "ReviewMoved",
            "Attending", "ActionAgreed", "ActionDone", "ActionsReminded",
        ), "resolved"),
    },
    Status.CANCELED: {
        "Reopened": "accepted", "MadeNew": "proposed",
        "ActionDone": "canceled", "ActionsReminded": "canceled",
    },
    Status.REVIEWED: {
        "Reopened": "accepted",
        **dict.fromkeys((
            "ReviewAnswered", "Attending", "ActionAgreed", "ActionDone", "ActionsReminded",
        ), "reviewed"),
    },
}  # fmt: skip
EVERYWHERE = ("Noted", "Heard", "Told", "NotProposed", "MadeConfidential", "DrillReported")

CASES = [
    pytest.param(
        status,
        event,
        status.value if name in EVERYWHERE else LEGAL[status].get(name),
        id=f"{name} when {status}: {LEGAL[status].get(name) or ('as it was' if name in EVERYWHERE else 'illegal')}",
    )
    for status in Status
    for event in SAMPLES
    for name in [type(event).__name__]
]


@pytest.mark.parametrize(("status", "event", "after"), CASES)
def test_every_event_in_every_status(status: Status, event: e.Event, after: str | None) -> None:
    incident = IN[status]
    before = repr(incident)
    if after is None:
        with pytest.raises(IllegalEvent, match=f"{type(event).__name__} cannot happen to a {status} incident"):
            fold(incident, event)
    else:
        assert fold(incident, event).status == after
    assert repr(incident) == before


def test_there_is_a_sample_of_every_event() -> None:
    assert {type(event) for event in SAMPLES} == set(get_args(e.Event))


def test_no_event_is_in_both_tables() -> None:
    assert not {event for _, event in TRANSITIONS} & set(STEADY)


def test_every_status_is_reached_and_left() -> None:
    assert set(TRANSITIONS.values()) | {Status.PROPOSED} == set(Status)
    assert {status for status, _ in TRANSITIONS} == set(Status)
