"""One thing to say, to one audience or person: its kind, what it may say, to whom, by which ladder."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from config.types import Detail, Ladder
from daemon.core.model import Status
from parsers.types import Verb


class Kind(StrEnum):
    """Every kind has its section in the templates of each language."""

    # To the managers
    DECISION_REQUEST = "decision-request"
    DECISION_ACCEPTED = "decision-accepted"
    DECISION_UNMANAGED = "decision-unmanaged"
    DECISION_REJECTED = "decision-rejected"
    DECISION_WITHDRAWN = "decision-withdrawn"
    DECISION_DOWNGRADED = "decision-downgraded"
    DECISION_RESOLVED = "decision-resolved"
    DECISION_REOPENED = "decision-reopened"
    DECISION_TAKEN = "decision-taken"
    DECISION_SERVICE = "decision-service"
    DECISION_CONFIDENTIAL = "decision-confidential"
    DECISION_SAME = "decision-same"
    DECISION_NEW = "decision-new"
    DECISION_BUNDLE = "decision-bundle"
    """Several proposals in one message: a flood is not a page each."""
    SAME_REQUEST = "same-request"
    """A proposal that looks like another: is it the same?"""
    HANDOVER_OFFERED = "handover-offered"
    """To all managers: who is asked to take over."""
    HANDOVER_BRIEFING = "handover-briefing"
    """To the one who is to take over: all there is to know, and JOIN."""
    HANDOVER_FAILED = "handover-failed"
    DECISION_HANDED_OVER = "decision-handed-over"
    DEPUTY_NAMED = "deputy-named"
    """To the deputy, and to the managers."""
    ROSTER = "roster"
    """The team in one line, after each change."""
    TEAM_EXHAUSTED = "team-exhausted"
    BRIDGE_FAILED = "bridge-failed"
    """To the manager: the bridge was given up, and no other is left."""
    PREVIEW = "preview"
    """What each audience will get at `due`, and how to correct it."""
    PREVIEW_STOPPED = "preview-stopped"
    """What waited does not go out."""
    NO_PREVIEW = "no-preview"
    """Nothing waits that could be stopped."""
    DRILL_REPORT = "drill-report"
    """Who was reached by which channel in how many seconds, and who was not."""
    DRILL_SOON = "drill-soon"
    """An exercise begins by itself at `due`."""
    DRILL_OVER = "drill-over"
    """To everybody who was told something in an exercise that ends before its time; `reason` is an Over."""
    DRILL_REPLY = "drill-reply"
    """An answer in an exercise without a verb, or in a roll call: noted; and how to report something real."""
    ROLL_CALL = "roll-call"
    """To each contact: only a test whether the message arrives."""
    PROCEDURE = "procedure"
    """The written procedure has changed; it is attached."""
    TAKE_ANNOUNCED = "take-announced"
    TAKE_OBJECTED = "take-objected"
    TAKE_REQUEST = "take-request"
    REMINDER = "reminder"
    MISSED = "missed"
    REPLY = "reply"
    UNREACHED = "unreached"
    OPTED_OUT = "opted-out"
    """To somebody, by mail: their number has opted out of our texts, and only their START undoes it."""
    # In the review
    REVIEW_INVITED = "review-invited"
    """To those who are asked: when they meet, as a calendar's invitation. `again` where a meeting of before was off."""
    REVIEW_MOVED = "review-moved"
    """They meet at another time."""
    REVIEW_OFF = "review-off"
    """The incident was reopened: no meeting, and no review for now."""
    REVIEW_QUESTIONS = "review-questions"
    """To each of them: the questions, to be answered in plain words by replying."""
    REVIEW_REMINDER = "review-reminder"
    """To those who have not answered."""
    REVIEW_DUE = "review-due"
    """To its owner, once it is due and again: who has answered, which actions there are, and REVIEWED."""
    REVIEW_OVERDUE = "review-overdue"
    """To the other managers, once: its owner lets reminders go unanswered, so they may close it or hand it over."""
    REVIEW_HANDED_OVER = "review-handed-over"
    """To the new owner, and the one before."""
    REVIEW_CLOSED = "review-closed"
    """To those who were asked and the managers: what was agreed."""
    ACTION_AGREED = "action-agreed"
    """To the action's owner, where somebody else wrote it down."""
    ACTION_REMINDER = "action-reminder"
    """To the owner of actions that are due soon, or overdue."""
    ACTION_DONE = "action-done"
    """To the owner of the review: what somebody has done."""
    # To the proposer
    PROPOSAL_RECEIVED = "proposal-received"
    PROPOSAL_REFUSED = "proposal-refused"
    PROPOSAL_EMPTY = "proposal-empty"
    PROPOSAL_WAITING = "proposal-waiting"
    PROPOSER_ACCEPTED = "proposer-accepted"
    PROPOSER_REJECTED = "proposer-rejected"
    PROPOSER_OVER = "proposer-over"
    PROPOSER_SAME = "proposer-same"
    PROPOSER_NEW = "proposer-new"
    # To the team
    PAGE = "page"
    PAGE_OVER = "page-over"
    """Somebody who was paged or joined is not needed any more: released, enough joined, or it is over."""
    BRIDGE = "bridge"
    """Where to meet, again, or at another place from now on."""
    BRIDGE_CALL = "bridge-call"
    """A call that puts the person into the conference."""
    # To the audiences
    INITIAL = "initial"
    UPDATE = "update"
    HOLDING = "holding"
    ALL_CLEAR = "all-clear"
    CANCELED = "canceled"
    REOPENED = "reopened"
    # Answers to the sender of a verb
    DONE_ACCEPT = "done-accept"
    DONE_REJECT = "done-reject"
    DONE_WITHDRAW = "done-withdraw"
    DONE_UPDATE = "done-update"
    DONE_NOTE = "done-note"
    DONE_EVERY = "done-every"
    DONE_DOWNGRADE = "done-downgrade"
    DONE_RESOLVE = "done-resolve"
    DONE_REOPEN = "done-reopen"
    DONE_TAKE = "done-take"
    DONE_SAME = "done-same"
    DONE_NEW = "done-new"
    DONE_SERVICE = "done-service"
    DONE_CONFIDENTIAL = "done-confidential"
    DONE_TEAM = "done-team"
    DONE_JOIN = "done-join"
    DONE_DECLINE = "done-decline"
    DONE_BRIDGE = "done-bridge"
    DONE_DEPUTY = "done-deputy"
    DONE_HANDOVER = "done-handover"
    DONE_ANSWER = "done-answer"
    """To an answer in the review: noted."""
    DONE_ACTION = "done-action"
    """Actions noted (`actions`); `people` are lines of which the name or the date was not understood."""
    DONE_DONE = "done-done"
    DONE_REVIEWED = "done-reviewed"
    NO_ACTION = "no-action"
    """Nothing was noted: `people` are the lines that were not understood, by `reason` (a Lacks)."""
    NO_SUCH_ACTION = "no-such-action"
    """The number is none of its open actions, which are `actions`."""
    NO_REVIEW = "no-review"
    """Nothing is reviewed here: an exercise, or one that was never a major incident."""
    NO_SUCH_NAME = "no-such-name"
    """The words name nobody and nothing that is known, or more than one: `people` are those that could be meant."""
    NO_BRIDGE = "no-bridge"
    TAKE_WAITS = "take-waits"
    ALREADY_DECIDED = "already-decided"
    REJECT_AFTER_ACCEPT = "reject-after-accept"
    WRONG_STATUS = "wrong-status"
    NOT_ALLOWED = "not-allowed"
    NOT_IN_CHARGE = "not-in-charge"
    WHICH_INCIDENT = "which-incident"
    NO_SUCH_INCIDENT = "no-such-incident"
    NO_INCIDENT = "no-incident"
    NO_WORDS = "no-words"
    BAD_INTERVAL = "bad-interval"
    NOT_UNDERSTOOD = "not-understood"
    DID_YOU_MEAN = "did-you-mean"
    STALE = "stale"
    CONFIRM_SENDER = "confirm-sender"
    CONFIRM_WORDS = "confirm-words"
    NEXT_WORD = "next-word"
    STATUS = "status"
    HELP = "help"
    STOPPED = "stopped"
    STARTED = "started"
    # To the operators
    FIRST_SIGHT = "first-sight"
    SOURCE_DOWN = "source-down"
    SOURCE_UP = "source-up"
    CHANNEL_DOWN = "channel-down"
    CHANNEL_UP = "channel-up"
    STATE_DOWN = "state-down"
    STATE_UP = "state-up"
    STATE_DAMAGED = "state-damaged"
    CONFIGURATION_REFUSED = "configuration-refused"
    SOURCE_COMPLAINT = "source-complaint"
    """A way in that works has something to say: `reason`."""
    CANARY_LOST = "canary-lost"
    """What was sent to ourselves did not come back: the way is broken though it took the message."""
    DUTY_STALE = "duty-stale"
    """A duty calendar cannot be read; the last good copy is used."""
    PART_DOWN = "part-down"
    """A part of Murphy itself (`source`) keeps failing: `reason`."""
    PART_UP = "part-up"
    CHECK_FINDINGS = "check-findings"
    """What the daily check found that it had not found before: the first in `people`, `count` in all."""
    BOARD_LINK = "board-link"
    """To a manager or operator who asked for it: `link` opens the board, once, until `due`."""


PAGES = frozenset({Kind.DECISION_REQUEST, Kind.SAME_REQUEST, Kind.DECISION_BUNDLE})
"""What those who may decide are asked about proposals."""


class Priority(IntEnum):
    """Who goes first. Answers to a person come with the decisions: a person is waiting."""

    DECISION = 0
    PAGE = 1
    MANAGEMENT = 2
    STAKEHOLDERS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One incident in a list: its number, status and a few words fit for whoever is told.

    `other` is the number of the one that it looks like, "" for none, or once it has a decision of its own.
    """

    incident: str
    status: Status
    title: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A communication bridge as people are told of it; `words` are the manager's own, in the place of the rest."""

    name: str = ""
    url: str = ""
    phone: str = ""
    pin: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Crew:
    """One discipline in the roster: names of those on it and of those asked, and how many are missing."""

    discipline: str
    joined: tuple[str, ...]
    asked: tuple[str, ...]
    missing: int
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How many people a channel reached in an exercise, and in how many seconds."""

    channel: str
    people: int
    median: int
    worst: int


@dataclass(frozen=True, slots=True)
class Reached:
    """One person in an exercise's report: `channel` is "" for whom nothing reached.

    `reason` says why, or which channels failed before one reached them.
    """

    name: str
    channel: str = ""
    seconds: int = 0
    answered: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reachability:
    """An exercise in figures; times in seconds. `before` is the last one ("" for none) and what it came to.

    `untried` were to be told, and the exercise was over first. `rows` are those reached, unless they are too many.
    `newly` are the names of people reached last time and not now, `again` the other way round.
    """

    people: int
    reached: int
    answered: int
    untried: int
    median: int | None
    worst: int | None
    ways: tuple[Way, ...]
    missing: tuple[Reached, ...]
    rows: tuple[Reached, ...] = ()
    before: str = ""
    before_people: int = 0
    before_reached: int = 0
    before_median: int | None = None
    newly: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


class Lacks(StrEnum):
    """What a line ACTION lacks, or has too much of."""

    NAME = "name"
    """It names nobody on file."""
    SEVERAL = "several"
    """The name may be more than one person's."""
    WHAT = "what"
    DATE = "date"
    """No day is in it that can be understood, or it is past."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action as people are told of it; `overdue` as of the notice."""

    number: int
    owner: str
    what: str
    due: date
    done: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Meet:
    """The review's meeting as an invitation says it (RFC 5545, RFC 5546): `people` are names and addresses.

    `uid` stays the same for an incident; `off` cancels.
    """

    uid: str
    revision: int
    start: datetime
    lasts: timedelta
    organizer: str
    people: tuple[tuple[str, str], ...]
    off: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a notice may say; only what its readers may know is in it. Names are people's names, times aware UTC.

    `title` is the service's public name, or for managers the proposal's summary. `impact` is the service's
    configured sentence in public notices. `forms` are the verbs that work for the reader now. `unsaved` is true while
    the disk is down and what was decided is held in memory only. `meeting` is where the team meets, `crews` the roster.
    `other` is another incident's number, `next_people` who is asked next (at `due`), `name` the words that named
    somebody or something. `questions` are the organization's own for the review, () for the language's.
    """

    status: Status | None = None
    title: str = ""
    summary: str = ""
    details: str = ""
    impact: str = ""
    proposed_impact: str = ""
    proposer: str = ""
    manager: str = ""
    actor: str = ""
    words: str = ""
    management: str = ""
    verb: Verb | None = None
    suggestion: Verb | None = None
    at: datetime | None = None
    proposed: datetime | None = None
    accepted: datetime | None = None
    ended: datetime | None = None
    last_word: datetime | None = None
    due: datetime | None = None
    every: timedelta | None = None
    people: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    forms: tuple[Verb, ...] = ()
    count: int = 0
    replies: int = 0
    hold: str = ""
    source: str = ""
    reason: str = ""
    again: bool = False
    unsaved: bool = False
    meeting: Meeting | None = None
    crews: tuple[Crew, ...] = ()
    discipline: str = ""
    other: str = ""
    next_people: tuple[str, ...] = ()
    name: str = ""
    reach: Reachability | None = None
    link: str = ""
    """The address that opens the board: a secret, put in only when it is rendered."""
    meet: Meet | None = None
    questions: tuple[str, ...] = ()
    actions: tuple[Agreed, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """`id` numbers all notices of this Murphy from 1. `recipients` are contact ids, or addresses not on file.

    `answers` is the Message-ID of the mail answered, for In-Reply-To.
    """

    id: int
    incident: str
    kind: Kind
    at: datetime
    audience: str
    recipients: tuple[str, ...]
    detail: Detail
    via: Ladder
    priority: Priority
    content: Content
    confidential: bool = False
    answers: str = ""
    subject: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """The incidents that those who get it have been told of by it."""
        if self.kind is Kind.DECISION_BUNDLE:
            return tuple(line.incident for line in self.content.lines)
        return (self.incident,) if self.incident else ()


MONTHS = "notices-"
"""How the archives of what belongs to no incident begin."""


def archive_of(incident: str, at: datetime) -> str:
    """Which archive a notice comes into: its incident's, else its month's."""
    return incident or f"{MONTHS}{month_of(at)}"


def month_of(at: datetime) -> str:
    return f"{at:%Y-%m}"
