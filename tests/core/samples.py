"""One event of each kind, and an incident in each status."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from daemon.core import events as e
from daemon.core.fold import opened
from daemon.core.model import Attendance, Incident, Over, Promise, Status

T = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = T + timedelta(minutes=7)
PROPOSED = e.Proposed(
    "MI-1", T, "lotte", "Lotte", "Shop down", "All of it", "No orders", ("webshop",), False, None, "email", ""
)

SAMPLES: tuple[e.Event, ...] = (
    PROPOSED,
    e.Asked("MI-1", LATER, 0),
    e.ProposerTold("MI-1", LATER),
    e.Accepted("MI-1", LATER, "an", "We are on it.", "40 orders a minute"),
    e.Rejected("MI-1", LATER, "an", "No reason to"),
    e.Withdrawn("MI-1", LATER, "lotte", "My mistake"),
    e.Downgraded("MI-1", LATER, "an", "Only one shop"),
    e.Updated("MI-1", LATER, "an", "Half is back.", "20 orders a minute"),
    e.Resolved("MI-1", LATER, "an", "All is back.", "Cost: 3 hours"),
    e.Reopened("MI-1", LATER, "an", "Down again"),
    e.TakeAnnounced("MI-1", LATER, "james", LATER + timedelta(minutes=5)),
    e.TakeObjected("MI-1", LATER, "an"),
    e.Taken("MI-1", LATER, "james"),
    e.Noted("MI-1", LATER, "an", "Called the supplier"),
    e.IntervalSet("MI-1", LATER, "an", ("stakeholders",), timedelta(minutes=20)),
    e.Reminded("MI-1", LATER, ("stakeholders",)),
    e.Missed("MI-1", LATER, ("stakeholders",)),
    e.Lapsed("MI-1", LATER, ("stakeholders",)),
    e.TakeAsked("MI-1", LATER),
    e.Heard("MI-1", LATER, "nadia", ""),
    e.Told("MI-1", LATER, 3, "update", "stakeholders", 16, LATER + timedelta(minutes=60)),
    e.LooksAlike("MI-1", LATER, "MI-0", LATER + timedelta(minutes=5)),
    e.MadeSame("MI-1", LATER, "an", "MI-0"),
    e.MadeNew("MI-1", LATER, "an", "MI-0"),
    e.KeptApart("MI-1", LATER, "an", "MI-0"),
    e.AlsoProposed("MI-1", LATER, "nadia", "MI-2"),
    e.NotProposed("MI-1", LATER, "nadia", "MI-2"),
    e.ServicesSet("MI-1", LATER, "an", ("email",)),
    e.MadeConfidential("MI-1", LATER, "an"),
    e.DeputyNamed("MI-1", LATER, "an", "james"),
    e.HandoverOffered("MI-1", LATER, "an", "james", LATER + timedelta(minutes=5)),
    e.HandoverLapsed("MI-1", LATER, "james", True),
    e.HandedOver("MI-1", LATER, "james", "an"),
    e.TeamCalled("MI-1", LATER, "", ("network",)),
    e.Paged("MI-1", LATER, "", "ravi", "network", LATER + timedelta(minutes=3)),
    e.EngineerJoined("MI-1", LATER, "ravi", "network"),
    e.EngineerDeclined("MI-1", LATER, "ravi", "network", "on leave"),
    e.EngineerSilent("MI-1", LATER, "ravi", "network"),
    e.Released("MI-1", LATER, "an", "ravi"),
    e.DisciplineReleased("MI-1", LATER, "an", "network"),
    e.DisciplineExhausted("MI-1", LATER, "network", 1),
    e.BridgeSet("MI-1", LATER, "an", "Dial-in", gone="Conference", reason="no answer"),
    e.PreviewStopped("MI-1", LATER, "an"),
    e.Previewed("MI-1", LATER, "an", "Half is back.", "", LATER + timedelta(minutes=2)),
    e.DrillBegun("MI-1", LATER, "", ("all-staff",), LATER + timedelta(hours=2), False),
    e.DrillEnded("MI-1", LATER, "", Over.TIME),
    e.RollCallEnded("MI-1", LATER),
    e.DrillReported("MI-1", LATER, 16, 15, 9),
    e.ReviewOpened("MI-1", LATER, "an", ("an", "ravi"), LATER + timedelta(days=3), LATER + timedelta(days=2), 0),
    e.ReviewAnswered("MI-1", LATER, "ravi", "The switch had no spare.", ("switch.png (20 bytes)",), "ab12"),
    e.ReviewReminded("MI-1", LATER, ("ravi",)),
    e.ReviewEscalated("MI-1", LATER, ("james",)),
    e.ReviewHandedOver("MI-1", LATER, "an", "james"),
    e.ReviewMoved("MI-1", LATER, "an", LATER + timedelta(days=1), 1),
    e.Attending("MI-1", LATER, "ravi", Attendance.ACCEPTED),
    e.ActionAgreed("MI-1", LATER, "an", 1, "ravi", "buy a spare switch", date(2026, 4, 1)),
    e.ActionDone("MI-1", LATER, "ravi", 1, "in the rack"),
    e.ActionsReminded("MI-1", LATER, (1,)),
    e.Reviewed("MI-1", LATER, "an", "Two actions"),
)

IN: Mapping[Status, Incident] = {
    status: replace(
        opened(PROPOSED),
        status=status,
        manager="an",
        promises={"stakeholders": Promise(T, T + timedelta(minutes=60))},
    )
    for status in Status
}
