"""One full and one minimal example of every kind: for the documents, and to try an organization's templates on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from config.types import Detail
from daemon.core.content import Content, Lacks, Line
from daemon.core.kinds import Kind
from daemon.core.model import Status
from daemon.core.notices import Notice, Priority
from daemon.render.example_incident import (
    ACTING,
    ACTIONS,
    ASKED,
    CALLED,
    DONE,
    EVERYTHING,
    FULL,
    IN_CHARGE,
    IN_WRITING,
    MEET,
    NOW,
    OPEN,
    OURS,
    PROPOSED,
    REACH,
    READER,
    REASON,
    REVIEW,
    SHORT_HANDED,
)
from parsers.types import Verb

_CONTENT: Mapping[Kind, Content] = {
    Kind.DECISION_REQUEST: replace(
        PROPOSED, people=("Ann Maes", "Sofie Peeters"), next_people=("Luc Janssens",), forms=ASKED
    ),
    Kind.DECISION_ACCEPTED: replace(FULL, title=FULL.summary),
    Kind.DECISION_UNMANAGED: replace(FULL, manager="", actor="", words="", forms=(Verb.TAKE,)),
    Kind.DECISION_REJECTED: replace(PROPOSED, status=Status.REJECTED, words=REASON, forms=(Verb.ACCEPT, Verb.STATUS)),
    Kind.DECISION_WITHDRAWN: replace(PROPOSED, status=Status.CANCELED, actor="Tom Claes", words="It works again."),
    Kind.DECISION_DOWNGRADED: replace(FULL, status=Status.CANCELED, words=REASON, forms=(Verb.REOPEN, Verb.STATUS)),
    Kind.DECISION_RESOLVED: replace(
        FULL, status=Status.RESOLVED, words="Email works again.", forms=(Verb.REOPEN, Verb.NOTE, Verb.STATUS)
    ),
    Kind.DECISION_REOPENED: replace(FULL, words="It fails again since 15:00."),
    Kind.DECISION_TAKEN: replace(FULL, actor="Ann Maes", manager="Ann Maes"),
    Kind.DECISION_SERVICE: replace(FULL, name="Email and calendar, Internet"),
    Kind.DECISION_CONFIDENTIAL: replace(FULL, actor="Tom Claes"),
    Kind.DECISION_SAME: replace(PROPOSED, status=Status.CANCELED, other="MI-6", forms=(Verb.NEW, Verb.STATUS)),
    Kind.DECISION_NEW: replace(PROPOSED, other="MI-6", forms=ASKED),
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
        PROPOSED,
        other="MI-6",
        lines=(Line("MI-6", Status.ACCEPTED, "Outlook is down"),),
        due=NOW + timedelta(minutes=5),
        forms=(Verb.SAME, Verb.NEW),
    ),
    Kind.HANDOVER_OFFERED: replace(FULL, name="Ann Maes", due=NOW + timedelta(minutes=5), forms=(Verb.STATUS,)),
    Kind.HANDOVER_BRIEFING: replace(FULL, name="Ann Maes", due=NOW + timedelta(minutes=5), forms=CALLED),
    Kind.HANDOVER_FAILED: replace(FULL, name="Ann Maes", forms=(Verb.HANDOVER, Verb.STATUS)),
    Kind.DECISION_HANDED_OVER: replace(FULL, actor="Ann Maes", manager="Ann Maes", name="Sofie Peeters"),
    Kind.DEPUTY_NAMED: replace(FULL, name="Ann Maes", forms=IN_WRITING),
    Kind.ROSTER: replace(FULL, actor="Ann Maes", verb=Verb.JOIN, people=("Tom Baker",), forms=(Verb.TEAM, Verb.BRIDGE)),
    Kind.TEAM_EXHAUSTED: replace(
        FULL, discipline="messaging", count=1, crews=SHORT_HANDED, forms=(Verb.TEAM, Verb.STATUS)
    ),
    Kind.BRIDGE_FAILED: replace(
        FULL, meeting=None, name="Conference", reason="its address does not answer", forms=(Verb.BRIDGE,)
    ),
    Kind.PREVIEW: replace(FULL, due=NOW + timedelta(minutes=2), verb=Verb.UPDATE, forms=(Verb.UPDATE,)),
    Kind.PREVIEW_STOPPED: replace(FULL, forms=IN_WRITING),
    Kind.NO_PREVIEW: replace(FULL, verb=Verb.UPDATE, forms=IN_WRITING),
    Kind.DRILL_REPORT: Content(other="DR-2", at=NOW, reach=REACH),
    Kind.DRILL_SOON: Content(due=NOW + timedelta(days=1), people=("incident-managers", "management"), at=NOW),
    Kind.DRILL_OVER: Content(title=FULL.summary, summary=FULL.summary, reason="real", at=NOW),
    Kind.DRILL_REPLY: Content(at=NOW, forms=(Verb.PROPOSE,)),
    Kind.ROLL_CALL: Content(at=NOW, due=NOW + timedelta(hours=1), forms=(Verb.JOIN,)),
    Kind.PROCEDURE: Content(at=NOW),
    Kind.TAKE_ANNOUNCED: replace(FULL, actor="Ann Maes", due=NOW + timedelta(minutes=5), forms=(Verb.TAKE,)),
    Kind.TAKE_REQUEST: replace(FULL, count=2, forms=(Verb.TAKE, Verb.STATUS)),
    Kind.REMINDER: replace(FULL, due=NOW + timedelta(minutes=10), people=("management",), forms=IN_WRITING),
    Kind.MISSED: replace(FULL, count=1, due=NOW, people=("management",), forms=IN_WRITING),
    Kind.REPLY: replace(FULL, actor="Tom Claes", words="It started after the power cut at noon.", forms=IN_CHARGE),
    Kind.UNREACHED: replace(FULL, people=("Ann Maes", "Luc Janssens"), count=2, reason="no channel reached them"),
    Kind.REVIEW_INVITED: REVIEW,
    Kind.REVIEW_MOVED: REVIEW,
    Kind.REVIEW_OFF: replace(REVIEW, status=Status.ACCEPTED, meet=replace(MEET, off=True), meeting=None),
    Kind.REVIEW_QUESTIONS: replace(REVIEW, forms=(Verb.ACTION,)),
    Kind.REVIEW_REMINDER: replace(REVIEW, forms=(Verb.ACTION,)),
    Kind.REVIEW_DUE: replace(
        REVIEW,
        due=NOW,
        people=("Ann Maes", "Sofie Peeters"),
        next_people=("Luc Janssens",),
        actions=ACTIONS,
        forms=(Verb.REVIEWED, *ACTING, Verb.HANDOVER),
    ),
    Kind.REVIEW_OVERDUE: replace(
        REVIEW,
        due=NOW - timedelta(days=7),
        people=("Ann Maes",),
        next_people=("Luc Janssens",),
        actions=ACTIONS,
        forms=(Verb.REVIEWED, Verb.HANDOVER),
    ),
    Kind.REVIEW_HANDED_OVER: replace(REVIEW, name="Ann Maes", forms=(Verb.REVIEWED, Verb.HANDOVER)),
    Kind.REVIEW_CLOSED: replace(
        REVIEW, status=Status.REVIEWED, words="The second server is tested from now on.", actions=ACTIONS
    ),
    Kind.ACTION_AGREED: replace(REVIEW, actions=ACTIONS[1:], forms=(Verb.DONE,)),
    Kind.ACTION_REMINDER: replace(REVIEW, actions=(replace(ACTIONS[1], overdue=True),), forms=(Verb.DONE,)),
    Kind.ACTION_DONE: replace(
        REVIEW, actor="Luc Janssens", words="It hangs beside the rack.", actions=(DONE,), count=1
    ),
    Kind.DONE_ANSWER: replace(REVIEW, actions=ACTIONS[:1], forms=(Verb.DONE, Verb.STATUS)),
    Kind.DONE_ACTION: replace(
        REVIEW,
        actions=ACTIONS[:1],
        people=("ACTION Bob: a better plan by Friday",),
        reason=Lacks.NAME.value,
        forms=ACTING,
    ),
    Kind.DONE_DONE: replace(REVIEW, actions=(DONE,), forms=(Verb.ACTION,)),
    Kind.DONE_REVIEWED: replace(REVIEW, status=Status.REVIEWED, actions=ACTIONS[:1], forms=(Verb.DONE,)),
    Kind.NO_ACTION: replace(
        REVIEW,
        people=("ACTION An: a better plan by Friday",),
        reason=Lacks.SEVERAL.value,
        next_people=("Ann Maes", "An Claes"),
        forms=(Verb.ACTION,),
    ),
    Kind.NO_SUCH_ACTION: replace(REVIEW, name="5", actions=ACTIONS, forms=(Verb.DONE,)),
    Kind.NO_REVIEW: replace(REVIEW, status=Status.CANCELED, verb=Verb.REVIEWED, forms=(Verb.STATUS,)),
    Kind.PROPOSAL_RECEIVED: replace(PROPOSED, forms=(Verb.WITHDRAW,)),
    Kind.PROPOSAL_REFUSED: Content(),
    Kind.PROPOSAL_EMPTY: Content(forms=(Verb.PROPOSE,)),
    Kind.PROPOSAL_WAITING: replace(PROPOSED, due=None, forms=(Verb.WITHDRAW,)),
    Kind.PROPOSER_ACCEPTED: replace(FULL, forms=(Verb.STATUS,)),
    Kind.PROPOSER_REJECTED: replace(PROPOSED, status=Status.REJECTED, words=REASON),
    Kind.PROPOSER_OVER: replace(FULL, status=Status.RESOLVED, words="Email works again.", forms=(Verb.STATUS,)),
    Kind.PROPOSER_SAME: replace(PROPOSED, status=Status.CANCELED, other="MI-6", forms=(Verb.NEW, Verb.STATUS)),
    Kind.PROPOSER_NEW: replace(PROPOSED, other="MI-6", forms=(Verb.WITHDRAW,)),
    Kind.PAGE: replace(
        FULL,
        title=FULL.summary,
        words="",
        management="",
        discipline="network",
        due=NOW + timedelta(minutes=3),
        forms=CALLED,
    ),
    Kind.PAGE_OVER: replace(FULL, forms=()),
    Kind.BRIDGE: replace(FULL, name="Teams room", reason="it depends on the internet", forms=()),
    Kind.BRIDGE_CALL: replace(FULL, forms=()),
    Kind.DONE_SAME: replace(
        PROPOSED, status=Status.CANCELED, people=("Tom Claes",), other="MI-6", forms=(Verb.NEW, Verb.STATUS)
    ),
    Kind.DONE_NEW: replace(PROPOSED, other="MI-6", forms=ASKED),
    Kind.DONE_SERVICE: replace(FULL, name="Email and calendar, Internet", forms=IN_CHARGE),
    Kind.DONE_CONFIDENTIAL: replace(FULL, forms=IN_CHARGE),
    Kind.DONE_TEAM: replace(FULL, people=("Luc Janssens",), forms=(Verb.TEAM, Verb.BRIDGE, Verb.STATUS)),
    Kind.DONE_JOIN: replace(FULL, forms=(Verb.DECLINE, Verb.NOTE)),
    Kind.DONE_DECLINE: replace(FULL, forms=(Verb.JOIN,)),
    Kind.DONE_BRIDGE: replace(FULL, verb=Verb.BRIDGE, name="Teams room", count=4, forms=(Verb.BRIDGE, Verb.STATUS)),
    Kind.DONE_DEPUTY: replace(FULL, name="Ann Maes", forms=IN_CHARGE),
    Kind.DONE_HANDOVER: replace(FULL, name="Ann Maes", due=NOW + timedelta(minutes=5), forms=IN_CHARGE),
    Kind.NO_SUCH_NAME: replace(
        FULL, verb=Verb.HANDOVER, name="An", people=("Ann Maes", "An Claes"), forms=(Verb.HANDOVER,)
    ),
    Kind.NO_BRIDGE: replace(FULL, verb=Verb.BRIDGE, forms=(Verb.BRIDGE,)),
    Kind.ALL_CLEAR: replace(
        FULL, status=Status.RESOLVED, due=None, every=None, ended=NOW, words="Email works again. No mail was lost."
    ),
    Kind.CANCELED: replace(
        FULL, status=Status.CANCELED, due=None, every=None, ended=NOW, words="Only one office was affected."
    ),
    Kind.HOLDING: replace(FULL, words="", management=""),
    Kind.DONE_REJECT: replace(
        PROPOSED, status=Status.REJECTED, people=("Tom Claes",), words=REASON, forms=(Verb.ACCEPT, Verb.STATUS)
    ),
    Kind.DONE_WITHDRAW: replace(PROPOSED, status=Status.CANCELED),
    Kind.DONE_DOWNGRADE: replace(FULL, status=Status.CANCELED, forms=(Verb.REOPEN, Verb.STATUS)),
    Kind.DONE_RESOLVE: replace(FULL, status=Status.RESOLVED, forms=(Verb.REOPEN, Verb.NOTE, Verb.STATUS)),
    Kind.ALREADY_DECIDED: replace(FULL, verb=Verb.ACCEPT, forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.REJECT_AFTER_ACCEPT: replace(FULL, verb=Verb.REJECT, forms=(Verb.TAKE, Verb.STATUS)),
    Kind.WRONG_STATUS: replace(FULL, status=Status.RESOLVED, verb=Verb.UPDATE, forms=(Verb.REOPEN, Verb.STATUS)),
    Kind.NOT_ALLOWED: replace(FULL, verb=Verb.RESOLVE, forms=(Verb.STATUS,)),
    Kind.NOT_IN_CHARGE: replace(FULL, verb=Verb.UPDATE, forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.WHICH_INCIDENT: Content(verb=Verb.ACCEPT, lines=OPEN),
    Kind.NO_SUCH_INCIDENT: Content(verb=Verb.ACCEPT, forms=(Verb.PROPOSE, Verb.STATUS)),
    Kind.NO_INCIDENT: Content(verb=Verb.UPDATE, forms=(Verb.PROPOSE, Verb.STATUS)),
    Kind.NO_WORDS: replace(FULL, verb=Verb.UPDATE, forms=IN_CHARGE),
    Kind.DONE_EVERY: replace(FULL, people=("management",), forms=IN_CHARGE),
    Kind.TAKE_WAITS: replace(FULL, due=NOW + timedelta(minutes=5), forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.TAKE_OBJECTED: replace(FULL, forms=(Verb.TAKE, Verb.NOTE, Verb.STATUS)),
    Kind.BAD_INTERVAL: replace(FULL, verb=Verb.EVERY, people=("stakeholders", "management"), forms=(Verb.EVERY,)),
    Kind.NOT_UNDERSTOOD: replace(FULL, words="I can't accept this", forms=ASKED),
    Kind.DID_YOU_MEAN: replace(FULL, words="ACEPT", suggestion=Verb.ACCEPT, forms=ASKED),
    Kind.STALE: replace(FULL, verb=Verb.UPDATE, forms=(Verb.TAKE, Verb.STATUS)),
    Kind.CONFIRM_SENDER: replace(FULL, verb=Verb.ACCEPT, forms=ASKED),
    Kind.CONFIRM_WORDS: replace(FULL, verb=Verb.UPDATE, forms=(Verb.UPDATE,)),
    Kind.NEXT_WORD: replace(FULL, forms=(Verb.STATUS,)),
    Kind.STATUS: replace(FULL, forms=(Verb.STATUS,)),
    Kind.HELP: replace(FULL, forms=EVERYTHING),
    Kind.STOPPED: Content(),
    Kind.STARTED: Content(),
    Kind.BOARD_LINK: Content(
        at=NOW,
        due=NOW + timedelta(minutes=10),
        link="https://murphy.acme.example/board/enter/12-q4v7m0c2x8r5t1z6w3k9",
    ),
    Kind.FIRST_SIGHT: OURS,
    Kind.SOURCE_DOWN: OURS,
    Kind.SOURCE_UP: OURS,
    Kind.CHANNEL_DOWN: replace(OURS, source="email"),
    Kind.CHANNEL_UP: replace(OURS, source="email"),
    Kind.STATE_DOWN: replace(OURS, source="", reason="no space left on the disk"),
    Kind.STATE_UP: replace(OURS, source="", reason=""),
    Kind.STATE_DAMAGED: replace(OURS, source="", reason="line 1204 of the journal"),
    Kind.SOURCE_COMPLAINT: replace(OURS, reason="texts of the last hour came twice"),
    Kind.CANARY_LOST: replace(OURS, source="email", reason="not back within 5 minutes"),
    Kind.DUTY_STALE: replace(
        OURS, source="", name="network-engineers", reason="the calendar's address does not answer"
    ),
    Kind.PART_DOWN: replace(OURS, source="web", reason="127.0.0.1:8080 is taken"),
    Kind.PART_UP: replace(OURS, source="web", reason=""),
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
_WITHOUT_NUMBER = frozenset({
    Kind.PROPOSAL_REFUSED, Kind.PROPOSAL_EMPTY, Kind.WHICH_INCIDENT, Kind.DECISION_BUNDLE, Kind.PROCEDURE,
    Kind.DRILL_REPORT, Kind.DRILL_SOON, Kind.SOURCE_COMPLAINT, Kind.CANARY_LOST, Kind.DUTY_STALE, Kind.PART_DOWN,
    Kind.PART_UP, Kind.CHECK_FINDINGS, Kind.BOARD_LINK, Kind.NO_SUCH_INCIDENT, Kind.NO_INCIDENT, Kind.STOPPED,
    Kind.STARTED, Kind.FIRST_SIGHT, Kind.SOURCE_DOWN, Kind.SOURCE_UP, Kind.CHANNEL_DOWN, Kind.CHANNEL_UP,
    Kind.STATE_DOWN, Kind.STATE_UP, Kind.STATE_DAMAGED, Kind.CONFIGURATION_REFUSED,
})  # fmt: skip
_EXERCISES = frozenset({Kind.DRILL_OVER, Kind.DRILL_REPLY, Kind.ROLL_CALL})
PUBLIC = frozenset({Kind.INITIAL, Kind.UPDATE, Kind.HOLDING, Kind.ALL_CLEAR, Kind.CANCELED, Kind.REOPENED})
"""Kinds that go to the audiences."""
_UNREAD: dict[str, Any] = dict.fromkeys(
    ("summary", "details", "proposed_impact", "proposer", "manager", "actor", "management"), ""
)
"""What a public notice never has."""


def full(kind: Kind, detail: Detail = Detail.MANAGEMENT) -> Notice:
    """An example in which everything is there that this kind may say."""
    content = _CONTENT.get(kind, replace(FULL, forms=() if kind in PUBLIC else IN_CHARGE))
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
