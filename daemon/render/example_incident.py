"""An incident as notices tell of it, from its proposal to its review: what all examples are made from."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from config.types import Contact
from daemon.core.content import Agreed, Content, Crew, Line, Meet, Meeting, Reachability, Reached, Way
from daemon.core.model import Status
from parsers.types import Verb

NOW = datetime(2026, 3, 17, 13, 5, tzinfo=UTC)
READER = Contact("sofie@acme.example", "Sofie Peeters", ("sofie@acme.example",), ("+32470000001",), (), "en", "")

MEETING = Meeting("Conference", "https://meet.acme.example/major", "+3220000000", "1234")
CREWS = (
    Crew("network", ("Ann Maes",), (), 0),
    Crew("messaging", (), ("Luc Janssens",), 1),
)
SHORT_HANDED = (CREWS[0], Crew("messaging", (), (), 1, exhausted=True))

REACH = Reachability(
    people=4,
    reached=3,
    answered=1,
    untried=0,
    median=9,
    worst=75,
    ways=(Way("email", 1, 4, 4), Way("sms", 2, 9, 75)),
    missing=(Reached("Luc Janssens", reason="no channel reached him"),),
    rows=(Reached("Ann Maes", "email", 4, True), Reached("Sofie Peeters", "sms", 9), Reached("Tom Claes", "sms", 75)),
    before="DR-1",
    before_people=4,
    before_reached=2,
    before_median=14,
    newly=("Luc Janssens",),
    again=("Ann Maes", "Tom Claes"),
)

FULL = Content(
    status=Status.ACCEPTED,
    title="Email and calendar",
    summary="Nobody in Ghent can send mail",
    details="Outlook says disconnected since about 13:50. The phones work.",
    impact="You may be unable to send or receive email.",
    proposed_impact="The order desk is at a standstill",
    proposer="Tom Claes",
    manager="Sofie Peeters",
    actor="Sofie Peeters",
    words="We have found the fault and are moving to the second server. Use the phone for urgent orders.",
    management="About 40 orders an hour are waiting. The supplier has been called.",
    at=NOW,
    proposed=NOW - timedelta(minutes=7),
    accepted=NOW - timedelta(minutes=5),
    last_word=NOW - timedelta(minutes=30),
    due=NOW + timedelta(minutes=30),
    every=timedelta(minutes=30),
    people=("Ann Maes", "Luc Janssens", "Sofie Peeters"),
    count=412,
    replies=3,
    meeting=MEETING,
    crews=CREWS,
)
OPEN = (
    Line("MI-7", Status.ACCEPTED, "Email and calendar"),
    Line("MI-8", Status.PROPOSED, "Payments are refused"),
)
PROPOSED = replace(FULL, status=Status.PROPOSED, title=FULL.summary, words="", management="", manager="")
REASON = "Only one office has it, and the service desk is on it."
ACTIONS = (
    Agreed(1, "Ann Maes", "Test the second server every month", date(2026, 4, 1)),
    Agreed(2, "Luc Janssens", "Write down who may restart the mail server", date(2026, 3, 27)),
)
DONE = replace(ACTIONS[1], done=True)
MEET = Meet(
    uid="review.mi-7@acme.example",
    revision=0,
    start=datetime(2026, 3, 20, 13, 0, tzinfo=UTC),
    lasts=timedelta(hours=1),
    organizer="incidents@acme.example",
    people=(("Sofie Peeters", "sofie@acme.example"), ("Ann Maes", "ann@acme.example")),
)
REVIEW = replace(
    FULL,
    status=Status.RESOLVED,
    words="",
    management="",
    name="Sofie Peeters",
    due=NOW + timedelta(days=3),
    every=None,
    people=(),
    crews=(),
    count=0,
    meet=MEET,
)
ACTING = (Verb.ACTION, Verb.DONE)
OURS = Content(
    source="incidents@acme.example",
    reason="the server refused the connection",
    at=NOW,
    count=14,
)
IN_CHARGE = (Verb.UPDATE, Verb.RESOLVE, Verb.EVERY, Verb.DOWNGRADE, Verb.NOTE, Verb.STATUS)
IN_WRITING = (Verb.UPDATE, Verb.RESOLVE)
EVERYTHING = (
    *(Verb.UPDATE, Verb.RESOLVE, Verb.EVERY, Verb.DOWNGRADE, Verb.TEAM, Verb.BRIDGE, Verb.DEPUTY, Verb.HANDOVER),
    *(Verb.SERVICE, Verb.CONFIDENTIAL, Verb.NOTE, Verb.STATUS),
)
CALLED = (Verb.JOIN, Verb.DECLINE)
ASKED = (Verb.ACCEPT, Verb.REJECT, Verb.STATUS)
