"""What a notice may say: its fields, and what stands in some of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from daemon.core.model import Status
from parsers.types import Verb


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
