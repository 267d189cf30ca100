"""One full and one minimal example of every kind: for the documents, and to try an organization's templates on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from config.types import Contact, Detail
from daemon.core.content import Agreed, Content, Crew, Lacks, Line, Meet, Meeting, Reachability, Reached, Way
from daemon.core.kinds import Kind
from daemon.core.model import Status
from daemon.core.notices import Notice, Priority
from parsers.types import Verb

NOW = datetime(2026, 3, 17, 13, 5, tzinfo=UTC)
READER = Contact("sofie@acme.example", "Sofie Peeters", ("sofie@acme.example",), ("+32470000001",), (), "en", "")

_MEETING = Meeting("Conference", "https://meet.acme.example/major", "+3220000000", "1234")
_CREWS = (
    Crew("network", ("Ann Maes",), (), 0),
    Crew("messaging", (), ("Luc Janssens",), 1),
)
_SHORT_HANDED = (_CREWS[0], Crew("messaging", (), (), 1, exhausted=True))

_REACH = Reachability(
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

_FULL = Content(
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
    meeting=_MEETING,
    crews=_CREWS,
)
_OPEN = (
    Line("MI-7", Status.ACCEPTED, "Email and calendar"),
    Line("MI-8", Status.PROPOSED, "Payments are refused"),
)
_PROPOSED = replace(_FULL, status=Status.PROPOSED, title=_FULL.summary, words="", management="", manager="")
_REASON = "Only one office has it, and the service desk is on it."
_ACTIONS = (
    Agreed(1, "Ann Maes", "Test the second server every month", date(2026, 4, 1)),
    Agreed(2, "Luc Janssens", "Write down who may restart the mail server", date(2026, 3, 27)),
)
_DONE = replace(_ACTIONS[1], done=True)
_MEET = Meet(
    uid="review.mi-7@acme.example",
    revision=0,
    start=datetime(2026, 3, 20, 13, 0, tzinfo=UTC),
    lasts=timedelta(hours=1),
    organizer="incidents@acme.example",
    people=(("Sofie Peeters", "sofie@acme.example"), ("Ann Maes", "ann@acme.example")),
)
_REVIEW = replace(
    _FULL,
    status=Status.RESOLVED,
    words="",
    management="",
    name="Sofie Peeters",
    due=NOW + timedelta(days=3),
    every=None,
    people=(),
    crews=(),
    count=0,
    meet=_MEET,
)
_ACTING = (Verb.ACTION, Verb.DONE)
_OURS = Content(
    source="incidents@acme.example",
    reason="the server refused the connection",
    at=NOW,
    count=14,
)
_IN_CHARGE = (Verb.UPDATE, Verb.RESOLVE, Verb.EVERY, Verb.DOWNGRADE, Verb.NOTE, Verb.STATUS)
_IN_WRITING = (Verb.UPDATE, Verb.RESOLVE)
_EVERYTHING = (
    *(Verb.UPDATE, Verb.RESOLVE, Verb.EVERY, Verb.DOWNGRADE, Verb.TEAM, Verb.BRIDGE, Verb.DEPUTY, Verb.HANDOVER),
    *(Verb.SERVICE, Verb.CONFIDENTIAL, Verb.NOTE, Verb.STATUS),
)
_CALLED = (Verb.JOIN, Verb.DECLINE)
_ASKED = (Verb.ACCEPT, Verb.REJECT, Verb.STATUS)

_CONTENT: Mapping[Kind, Content] = {
    Kind.DECISION_REQUEST: replace(
        _PROPOSED, people=("Ann Maes", "Sofie Peeters"), next_people=("Luc Janssens",), forms=_ASKED
    ),
    Kind.DECISION_ACCEPTED: replace(_FULL, title=_FULL.summary),
    Kind.DECISION_UNMANAGED: replace(_FULL, manager="", actor="", words="", forms=(Verb.TAKE,)),
    Kind.DECISION_REJECTED: replace(_PROPOSED, status=Status.REJECTED, words=_REASON, forms=(Verb.ACCEPT, Verb.STATUS)),
    Kind.DECISION_WITHDRAWN: replace(_PROPOSED, status=Status.CANCELED, actor="Tom Claes", words="It works again."),
    Kind.DECISION_DOWNGRADED: replace(_FULL, status=Status.CANCELED, words=_REASON, forms=(Verb.REOPEN, Verb.STATUS)),
    Kind.DECISION_RESOLVED: replace(
        _FULL, status=Status.RESOLVED, words="Email works again.", forms=(Verb.REOPEN, Verb.NOTE, Verb.STATUS)
    ),
    Kind.DECISION_REOPENED: replace(_FULL, words="It fails again since 15:00."),
    Kind.DECISION_TAKEN: replace(_FULL, actor="Ann Maes", manager="Ann Maes"),
    Kind.DECISION_SERVICE: replace(_FULL, name="Email and calendar, Internet"),
    Kind.DECISION_CONFIDENTIAL: replace(_FULL, actor="Tom Claes"),
    Kind.DECISION_SAME: replace(_PROPOSED, status=Status.CANCELED, other="MI-6", forms=(Verb.NEW, Verb.STATUS)),
    Kind.DECISION_NEW: replace(_PROPOSED, other="MI-6", forms=_ASKED),
    Kind.DECISION_BUNDLE: Content(
        count=3,
        lines=(
            Line("MI-7", Status.PROPOSED, "Nobody in Ghent can send mail"),
            Line("MI-8", Status.PROPOSED, "Outlook is down", "MI-6"),
            Line("MI-9", Status.PROPOSED, "Payments are refused"),
        ),
        at=NOW,
    ),
    Kind.SAME_REQUEST: replace(
        _PROPOSED,
        other="MI-6",
        lines=(Line("MI-6", Status.ACCEPTED, "Outlook is down"),),
        due=NOW + timedelta(minutes=5),
        forms=(Verb.SAME, Verb.NEW),
    ),
    Kind.HANDOVER_OFFERED: replace(_FULL, name="Ann Maes", due=NOW + timedelta(minutes=5), forms=(Verb.STATUS,)),
    Kind.HANDOVER_BRIEFING: replace(_FULL, name="Ann Maes", due=NOW + timedelta(minutes=5), forms=_CALLED),
    Kind.HANDOVER_FAILED: replace(_FULL, name="Ann Maes", forms=(Verb.HANDOVER, Verb.STATUS)),
    Kind.DECISION_HANDED_OVER: replace(_FULL, actor="Ann Maes", manager="Ann Maes", name="Sofie Peeters"),
    Kind.DEPUTY_NAMED: replace(_FULL, name="Ann Maes", forms=_IN_WRITING),
    Kind.ROSTER: replace(
        _FULL, actor="Ann Maes", verb=Verb.JOIN, people=("Tom Baker",), forms=(Verb.TEAM, Verb.BRIDGE)
    ),
    Kind.TEAM_EXHAUSTED: replace(
        _FULL, discipline="messaging", count=1, crews=_SHORT_HANDED, forms=(Verb.TEAM, Verb.STATUS)
    ),
    Kind.BRIDGE_FAILED: replace(
        _FULL, meeting=None, name="Conference", reason="its address does not answer", forms=(Verb.BRIDGE,)
    ),
    Kind.PREVIEW: replace(_FULL, due=NOW + timedelta(minutes=2), verb=Verb.UPDATE, forms=(Verb.UPDATE,)),
    Kind.PREVIEW_STOPPED: replace(_FULL, forms=_IN_WRITING),
    Kind.NO_PREVIEW: replace(_FULL, verb=Verb.UPDATE, forms=_IN_WRITING),
    Kind.DRILL_REPORT: Content(other="DR-2", at=NOW, reach=_REACH),
    Kind.DRILL_SOON: Content(due=NOW + timedelta(days=1), people=("incident-managers", "management"), at=NOW),
    Kind.DRILL_OVER: Content(title=_FULL.summary, summary=_FULL.summary, reason="real", at=NOW),
    Kind.DRILL_REPLY: Content(at=NOW, forms=(Verb.PROPOSE,)),
    Kind.ROLL_CALL: Content(at=NOW, due=NOW + timedelta(hours=1), forms=(Verb.JOIN,)),
    Kind.PROCEDURE: Content(at=NOW),
    Kind.TAKE_ANNOUNCED: replace(_FULL, actor="Ann Maes", due=NOW + timedelta(minutes=5), forms=(Verb.TAKE,)),
    Kind.TAKE_REQUEST: replace(_FULL, count=2, forms=(Verb.TAKE, Verb.STATUS)),
    Kind.REMINDER: replace(_FULL, due=NOW + timedelta(minutes=10), people=("management",), forms=_IN_WRITING),
    Kind.MISSED: replace(_FULL, count=1, due=NOW, people=("management",), forms=_IN_WRITING),
    Kind.REPLY: replace(_FULL, actor="Tom Claes", words="It started after the power cut at noon.", forms=_IN_CHARGE),
    Kind.UNREACHED: replace(_FULL, people=("Ann Maes", "Luc Janssens"), count=2, reason="no channel reached them"),
    Kind.REVIEW_INVITED: _REVIEW,
    Kind.REVIEW_MOVED: _REVIEW,
    Kind.REVIEW_OFF: replace(_REVIEW, status=Status.ACCEPTED, meet=replace(_MEET, off=True), meeting=None),
    Kind.REVIEW_QUESTIONS: replace(_REVIEW, forms=(Verb.ACTION,)),
    Kind.REVIEW_REMINDER: replace(_REVIEW, forms=(Verb.ACTION,)),
    Kind.REVIEW_DUE: replace(
        _REVIEW,
        due=NOW,
        people=("Ann Maes", "Sofie Peeters"),
        next_people=("Luc Janssens",),
        actions=_ACTIONS,
        forms=(Verb.REVIEWED, *_ACTING, Verb.HANDOVER),
    ),
    Kind.REVIEW_OVERDUE: replace(
        _REVIEW,
        due=NOW - timedelta(days=7),
        people=("Ann Maes",),
        next_people=("Luc Janssens",),
        actions=_ACTIONS,
        forms=(Verb.REVIEWED, Verb.HANDOVER),
    ),
    Kind.REVIEW_HANDED_OVER: replace(_REVIEW, name="Ann Maes", forms=(Verb.REVIEWED, Verb.HANDOVER)),
    Kind.REVIEW_CLOSED: replace(
        _REVIEW, status=Status.REVIEWED, words="The second server is tested from now on.", actions=_ACTIONS
    ),
    Kind.ACTION_AGREED: replace(_REVIEW, actions=_ACTIONS[1:], forms=(Verb.DONE,)),
    Kind.ACTION_REMINDER: replace(_REVIEW, actions=(replace(_ACTIONS[1], overdue=True),), forms=(Verb.DONE,)),
    Kind.ACTION_DONE: replace(
        _REVIEW, actor="Luc Janssens", words="It hangs beside the rack.", actions=(_DONE,), count=1
    ),
    Kind.DONE_ANSWER: replace(_REVIEW, actions=_ACTIONS[:1], forms=(Verb.DONE, Verb.STATUS)),
    Kind.DONE_ACTION: replace(
        _REVIEW,
        actions=_ACTIONS[:1],
        people=("ACTION Bob: a better plan by Friday",),
        reason=Lacks.NAME.value,
        forms=_ACTING,
    ),
    Kind.DONE_DONE: replace(_REVIEW, actions=(_DONE,), forms=(Verb.ACTION,)),
    Kind.DONE_REVIEWED: replace(_REVIEW, status=Status.REVIEWED, actions=_ACTIONS[:1], forms=(Verb.DONE,)),
    Kind.NO_ACTION: replace(
        _REVIEW,
        people=("ACTION An: a better plan by Friday",),
        reason=Lacks.SEVERAL.value,
        next_people=("Ann Maes", "An Claes"),
        forms=(Verb.ACTION,),
    ),
    Kind.NO_SUCH_ACTION: replace(_REVIEW, name="5", actions=_ACTIONS, forms=(Verb.DONE,)),
    Kind.NO_REVIEW: replace(_REVIEW, status=Status.CANCELED, verb=Verb.REVIEWED, forms=(Verb.STATUS,)),
    Kind.PROPOSAL_RECEIVED: replace(_PROPOSED, forms=(Verb.WITHDRAW,)),
    Kind.PROPOSAL_REFUSED: Content(),
    Kind.PROPOSAL_EMPTY: Content(forms=(Verb.PROPOSE,)),
    Kind.PROPOSAL_WAITING: replace(_PROPOSED, due=None, forms=(Verb.WITHDRAW,)),
    Kind.PROPOSER_ACCEPTED: replace(_FULL, forms=(Verb.STATUS,)),
    Kind.PROPOSER_REJECTED: replace(_PROPOSED, status=Status.REJECTED, words=_REASON),
    Kind.PROPOSER_OVER: replace(_FULL, status=Status.RESOLVED, words="Email works again.", forms=(Verb.STATUS,)),
    Kind.PROPOSER_SAME: replace(_PROPOSED, status=Status.CANCELED, other="MI-6", forms=(Verb.NEW, Verb.STATUS)),
    Kind.PROPOSER_NEW: replace(_PROPOSED, other="MI-6", forms=(Verb.WITHDRAW,)),
    Kind.PAGE: replace(
        _FULL,
        title=_FULL.summary,
        words="",
        management="",
        discipline="network",
        due=NOW + timedelta(minutes=3),
        forms=_CALLED,
    ),
    Kind.PAGE_OVER: replace(_FULL, forms=()),
    Kind.BRIDGE: replace(_FULL, name="Teams room", reason="it depends on the internet", forms=()),
    Kind.BRIDGE_CALL: replace(_FULL, forms=()),
    Kind.DONE_SAME: replace(
        _PROPOSED, status=Status.CANCELED, people=("Tom Claes",), other="MI-6", forms=(Verb.NEW, Verb.STATUS)
    ),
    Kind.DONE_NEW: replace(_PROPOSED, other="MI-6", forms=_ASKED),
    Kind.DONE_SERVICE: replace(_FULL, name="Email and calendar, Internet", forms=_IN_CHARGE),
    Kind.DONE_CONFIDENTIAL: replace(_FULL, forms=_IN_CHARGE),
    Kind.DONE_TEAM: replace(_FULL, people=("Luc Janssens",), forms=(Verb.TEAM, Verb.BRIDGE, Verb.STATUS)),
    Kind.DONE_JOIN: replace(_FULL, forms=(Verb.DECLINE, Verb.NOTE)),
    Kind.DONE_DECLINE: replace(_FULL, forms=(Verb.JOIN,)),
    Kind.DONE_BRIDGE: replace(_FULL, verb=Verb.BRIDGE, name="Teams room", count=4, forms=(Verb.BRIDGE, Verb.STATUS)),
    Kind.DONE_DEPUTY: replace(_FULL, name="Ann Maes", forms=_IN_CHARGE),
    Kind.DONE_HANDOVER: replace(_FULL, name="Ann Maes", due=NOW + timedelta(minutes=5), forms=_IN_CHARGE),
    Kind.NO_SUCH_NAME: replace(
        _FULL, verb=Verb.HANDOVER, name="An", people=("Ann Maes", "An Claes"), forms=(Verb.HANDOVER,)
    ),
    Kind.NO_BRIDGE: replace(_FULL, verb=Verb.BRIDGE, forms=(Verb.BRIDGE,)),
    Kind.ALL_CLEAR: replace(
        _FULL, status=Status.RESOLVED, due=None, every=None, ended=NOW, words="Email works again. No mail was lost."
    ),
    Kind.CANCELED: replace(
        _FULL, status=Status.CANCELED, due=None, every=None, ended=NOW, words="Only one office was affected."
    ),
    Kind.HOLDING: replace(_FULL, words="", management=""),
    Kind.DONE_REJECT: replace(
        _PROPOSED, status=Status.REJECTED, people=("Tom Claes",), words=_REASON, forms=(Verb.ACCEPT, Verb.STATUS)
    ),
    Kind.DONE_WITHDRAW: replace(_PROPOSED, status=Status.CANCELED),
    Kind.DONE_DOWNGRADE: replace(_FULL, status=Status.CANCELED, forms=(Verb.REOPEN, Verb.STATUS)),
    Kind.DONE_RESOLVE: replace(_FULL, status=Status.RESOLVED, forms=(Verb.REOPEN, Verb.NOTE, Verb.STATUS)),
    Kind.ALREADY_DECIDED: replace(_FULL, verb=Verb.ACCEPT, forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.REJECT_AFTER_ACCEPT: replace(_FULL, verb=Verb.REJECT, forms=(Verb.TAKE, Verb.STATUS)),
    Kind.WRONG_STATUS: replace(_FULL, status=Status.RESOLVED, verb=Verb.UPDATE, forms=(Verb.REOPEN, Verb.STATUS)),
    Kind.NOT_ALLOWED: replace(_FULL, verb=Verb.RESOLVE, forms=(Verb.STATUS,)),
    Kind.NOT_IN_CHARGE: replace(_FULL, verb=Verb.UPDATE, forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.WHICH_INCIDENT: Content(verb=Verb.ACCEPT, lines=_OPEN),
    Kind.NO_SUCH_INCIDENT: Content(verb=Verb.ACCEPT, forms=(Verb.PROPOSE, Verb.STATUS)),
    Kind.NO_INCIDENT: Content(verb=Verb.UPDATE, forms=(Verb.PROPOSE, Verb.STATUS)),
    Kind.NO_WORDS: replace(_FULL, verb=Verb.UPDATE, forms=_IN_CHARGE),
    Kind.DONE_EVERY: replace(_FULL, people=("management",), forms=_IN_CHARGE),
    Kind.TAKE_WAITS: replace(_FULL, due=NOW + timedelta(minutes=5), forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.TAKE_OBJECTED: replace(_FULL, forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.BAD_INTERVAL: replace(_FULL, verb=Verb.EVERY, people=("stakeholders", "management"), forms=(Verb.EVERY,)),
    Kind.NOT_UNDERSTOOD: replace(_FULL, words="I can't accept this", forms=_ASKED),
    Kind.DID_YOU_MEAN: replace(_FULL, words="ACEPT", suggestion=Verb.ACCEPT, forms=_ASKED),
    Kind.STALE: replace(_FULL, verb=Verb.UPDATE, forms=(Verb.TAKE, Verb.STATUS)),
    Kind.CONFIRM_SENDER: replace(_FULL, verb=Verb.ACCEPT, forms=_ASKED),
    Kind.CONFIRM_WORDS: replace(_FULL, verb=Verb.UPDATE, forms=(Verb.UPDATE,)),
    Kind.NEXT_WORD: replace(_FULL, forms=(Verb.STATUS,)),
    Kind.STATUS: replace(_FULL, forms=(Verb.STATUS,)),
    Kind.HELP: replace(_FULL, forms=_EVERYTHING),
    Kind.STOPPED: Content(),
    Kind.STARTED: Content(),
    Kind.BOARD_LINK: Content(
        at=NOW,
        due=NOW + timedelta(minutes=10),
        link="https://murphy.acme.example/board/enter/12-q4v7m0c2x8r5t1z6w3k9",
    ),
    Kind.FIRST_SIGHT: _OURS,
    Kind.SOURCE_DOWN: _OURS,
    Kind.SOURCE_UP: _OURS,
    Kind.CHANNEL_DOWN: replace(_OURS, source="email"),
    Kind.CHANNEL_UP: replace(_OURS, source="email"),
    Kind.STATE_DOWN: replace(_OURS, source="", reason="no space left on the disk"),
    Kind.STATE_UP: replace(_OURS, source="", reason=""),
    Kind.STATE_DAMAGED: replace(_OURS, source="", reason="line 1204 of the journal"),
    Kind.SOURCE_COMPLAINT: replace(_OURS, reason="texts of the last hour came twice"),
    Kind.CANARY_LOST: replace(_OURS, source="email", reason="not back within 5 minutes"),
    Kind.DUTY_STALE: replace(
        _OURS, source="", name="network-engineers", reason="the calendar's address does not answer"
    ),
    Kind.PART_DOWN: replace(_OURS, source="web", reason="127.0.0.1:8080 is taken"),
    Kind.PART_UP: replace(_OURS, source="web", reason=""),
    Kind.CHECK_FINDINGS: Content(
        count=2,
        at=NOW,
        people=(
            "murphyd.toml: relay.primary: its certificate ends in 13 days, on 2026-03-15; have it renewed now",
            "murphyd.toml: twilio: its balance is 4.10 USD; pay in before it is 0",
        ),
    ),
    Kind.CONFIGURATION_REFUSED: Content(
        count=1, at=NOW, people=("procedure.toml: audience.every: 5 is no duration; write it as 5m",)
    ),
}
_WITHOUT_NUMBER = frozenset(
    {
        Kind.PROPOSAL_REFUSED,
        Kind.PROPOSAL_EMPTY,
        Kind.WHICH_INCIDENT,
        Kind.DECISION_BUNDLE,
        Kind.PROCEDURE,
        Kind.DRILL_REPORT,
        Kind.DRILL_SOON,
        Kind.SOURCE_COMPLAINT,
        Kind.CANARY_LOST,
        Kind.DUTY_STALE,
        Kind.PART_DOWN,
        Kind.PART_UP,
        Kind.CHECK_FINDINGS,
        Kind.BOARD_LINK,
        Kind.NO_SUCH_INCIDENT,
        Kind.NO_INCIDENT,
        Kind.STOPPED,
        Kind.STARTED,
        Kind.FIRST_SIGHT,
        Kind.SOURCE_DOWN,
        Kind.SOURCE_UP,
        Kind.CHANNEL_DOWN,
        Kind.CHANNEL_UP,
        Kind.STATE_DOWN,
        Kind.STATE_UP,
        Kind.STATE_DAMAGED,
        Kind.CONFIGURATION_REFUSED,
    }
)
_EXERCISES = frozenset({Kind.DRILL_OVER, Kind.DRILL_REPLY, Kind.ROLL_CALL})
PUBLIC = frozenset({Kind.INITIAL, Kind.UPDATE, Kind.HOLDING, Kind.ALL_CLEAR, Kind.CANCELED, Kind.REOPENED})
"""Kinds that go to the audiences."""
_UNREAD: dict[str, Any] = dict.fromkeys(
    ("summary", "details", "proposed_impact", "proposer", "manager", "actor", "management"), ""
)
"""What a public notice never has."""


def full(kind: Kind, detail: Detail = Detail.MANAGEMENT) -> Notice:
    """An example in which everything is there that this kind may say."""
    content = _CONTENT.get(kind, replace(_FULL, forms=() if kind in PUBLIC else _IN_CHARGE))
    if detail is Detail.PUBLIC:
        content = replace(content, people=(), replies=0, count=0, meeting=None, crews=(), **_UNREAD)
    return _notice(kind, detail, content)


def minimal(kind: Kind, detail: Detail = Detail.MANAGEMENT) -> Notice:
    """An example in which nothing is there."""
    return _notice(kind, detail, Content())


def _notice(kind: Kind, detail: Detail, content: Content) -> Notice:
    return Notice(
        id=1 + list(Kind).index(kind),
        incident="" if kind in _WITHOUT_NUMBER else "DR-2" if kind in _EXERCISES else "MI-7",
        kind=kind,
        at=NOW,
        audience="stakeholders" if kind in PUBLIC else "",
        recipients=(READER.id,),
        detail=detail,
        via=(("email", "sms"),),
        priority=Priority.DECISION,
        content=content,
    )
