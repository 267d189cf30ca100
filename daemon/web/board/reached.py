"""Who was reached by what: notices that were said at once to groups of people, as a matrix.

People stay bytes in the state's tallies: counting 5,000 of them takes no longer than one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from daemon.core.delivery import Ending
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.state import State

SAID: Mapping[Kind, str] = {
    Kind.DECISION_REQUEST: "asked to decide",
    Kind.DECISION_BUNDLE: "asked to decide",
    Kind.SAME_REQUEST: "asked: the same?",
    Kind.DECISION_ACCEPTED: "accepted",
    Kind.DECISION_UNMANAGED: "accepted, nobody in charge",
    Kind.DECISION_REJECTED: "rejected",
    Kind.DECISION_WITHDRAWN: "withdrawn",
    Kind.DECISION_DOWNGRADED: "downgraded",
    Kind.DECISION_RESOLVED: "resolved",
    Kind.DECISION_REOPENED: "reopened",
    Kind.DECISION_TAKEN: "taken over",
    Kind.DECISION_HANDED_OVER: "handed over",
    Kind.HANDOVER_BRIEFING: "asked to take over",
    Kind.TAKE_REQUEST: "asked to take charge",
    Kind.REMINDER: "update due",
    Kind.PAGE: "paged",
    Kind.PAGE_OVER: "no longer needed",
    Kind.BRIDGE: "bridge",
    Kind.BRIDGE_CALL: "called into the bridge",
    Kind.ROLL_CALL: "roll call",
    Kind.DRILL_OVER: "exercise over",
    Kind.INITIAL: "initial notice",
    Kind.UPDATE: "update",
    Kind.HOLDING: "holding update",
    Kind.ALL_CLEAR: "all-clear",
    Kind.CANCELED: "canceled",
    Kind.REOPENED: "reopened",
    Kind.REVIEW_INVITED: "invited to the review",
    Kind.REVIEW_QUESTIONS: "asked what happened",
    Kind.REVIEW_CLOSED: "review closed",
}
"""What is shown, in a few words; what is not here are answers to one person, and remarks to the manager."""

MANAGERS, TEAM, EVERYBODY, PROPOSERS, REVIEW = "managers", "team", "everybody", "proposers", "review"
_GROUPS: Mapping[Kind, str] = {
    Kind.PAGE: TEAM,
    Kind.PAGE_OVER: TEAM,
    Kind.BRIDGE: TEAM,
    Kind.BRIDGE_CALL: TEAM,
    Kind.ROLL_CALL: EVERYBODY,
    **dict.fromkeys((Kind.REVIEW_INVITED, Kind.REVIEW_QUESTIONS, Kind.REVIEW_CLOSED), REVIEW),
    **dict.fromkeys((Kind.DRILL_OVER, Kind.UPDATE, Kind.HOLDING, Kind.ALL_CLEAR, Kind.CANCELED), PROPOSERS),
}

WAITING = " "
LETTERS = (Ending.DELIVERED.value, Ending.SENT.value, WAITING, Ending.UNREACHED.value, Ending.STOPPED.value)
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people by the letter of how it ended, and by the channel that did it."""

    people: int
    endings: Mapping[str, int]
    channels: Mapping[str, int]

    @property
    def reached(self) -> int:
        return self.endings[Ending.DELIVERED.value] + self.endings[Ending.SENT.value]

    def shares(self) -> Iterator[tuple[str, float, float]]:
        """For each letter with people: it, where its part of a bar of 100 begins, and how long that is."""
        start = 0.0
        for letter in LETTERS:
            if count := self.endings[letter]:
                length = 100 * count / self.people
                yield letter, round(start, 2), round(length, 2)
                start += length


@dataclass(slots=True)
class Column:
    """What was said at once, or to one person after the other until `until`: notices of one kind, by group."""

    at: datetime
    words: str
    until: datetime
    groups: dict[str, list[Notice]] = field(default_factory=dict)

    @property
    def to_audiences(self) -> bool:
        return any(notice.audience for notice in self.notices)

    @property
    def notices(self) -> Iterator[Notice]:
        return (notice for group in self.groups.values() for notice in group)

    def takes(self, notice: Notice) -> bool:
        """Whether this notice says the same to others: pages go out one by one."""
        if notice.at == self.at:
            return True
        told = {who for other in self.notices for who in other.recipients}
        return not (notice.audience or self.to_audiences) and told.isdisjoint(notice.recipients)

    def add(self, notice: Notice) -> None:
        self.until = notice.at
        name = notice.audience or _GROUPS.get(notice.kind, MANAGERS)
        self.groups.setdefault(name, []).append(notice)


@dataclass(frozen=True, slots=True)
class Person:
    """One row: a cell for each column, None where it did not go to them."""

    who: str
    name: str
    cells: tuple["Cell | None", ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The letter of the ending, the channel that did it, and why it reached nobody."""

    letter: str
    channel: str
    why: str


def said_about(state: State, incidents: Collection[str]) -> dict[str, list[Notice]]:
    """By incident, in the order of time."""
    found: dict[str, list[Notice]] = {number: [] for number in incidents}
    for notice in state.notices.values():
        if notice.kind in SAID:
            for number in notice.about:
                if number in found:
                    found[number].append(notice)
    return found


def columns(notices: Iterable[Notice]) -> list[Column]:
    """The newest first."""
    found: list[Column] = []
    last: dict[str, Column] = {}
    for notice in notices:
        words = SAID[notice.kind]
        column = last.get(words)
        if column is None or not column.takes(notice):
            column = last[words] = Column(notice.at, words, notice.at)
            found.append(column)
        column.add(notice)
    return found[::-1]


def groups(state: State, shown: Sequence[Column]) -> list[str]:
    """Those that were told something: managers, team, the audiences as configured, the rest."""
    known = (MANAGERS, TEAM, *(audience.name for audience in state.procedure.audiences))
    there = dict.fromkeys(name for column in reversed(shown) for name in column.groups)
    return [*(name for name in known if name in there), *(name for name in there if name not in known)]


def tally(state: State, notices: Sequence[Notice]) -> Tally:
    """Of people, not of addresses; who has two of these notices counts twice."""
    endings, channels = Counter[str](), Counter[str]()
    people = 0
    for notice in notices:
        tally = state.tallies[notice.id]
        people += len(notice.recipients)
        for letter in LETTERS:
            endings[letter] += tally.letters.count(letter.encode())
        for place, name in enumerate(tally.channels):
            if name:
                channels[name] += tally.by.count(place)
    return Tally(people, endings, +channels)


def everybody(state: State, shown: Iterable[Column]) -> list[str]:
    """Who was told something. Notices to the same people share their places, which are looked at once."""
    found: dict[str, int] = {}
    looked: set[int] = set()
    for column in shown:
        for notice in column.notices:
            places = state.tallies[notice.id].places
            if id(places) not in looked:
                looked.add(id(places))
                found.update(places)
    return list(found)


def in_order(state: State, shown: Sequence[Column]) -> list[str]:
    """Everybody: first who was not reached, lately before long ago, then who is waited for, then by name."""
    missed: dict[str, int] = {}
    for place, column in enumerate(shown):
        for who in _having(state, column, Ending.UNREACHED.value):
            missed.setdefault(who, place)
    waited = {who for column in shown for who in _having(state, column, WAITING)}
    never = len(shown)

    def urgency(who: str) -> tuple[int, bool, str, str]:
        return missed.get(who, never), who not in waited, state.name(who).casefold(), who

    return sorted(everybody(state, shown), key=urgency)


def having(state: State, shown: Iterable[Column], letter: str) -> frozenset[str]:
    return frozenset(who for column in shown for who in _having(state, column, letter))


def _having(state: State, column: Column, letter: str) -> Iterator[str]:
    for notice in column.notices:
        tally = state.tallies[notice.id]
        if letter.encode() in tally.letters:
            wanted = ord(letter)
            yield from (who for who, place in tally.places.items() if tally.letters[place] == wanted)


def people(state: State, shown: Sequence[Column], wanted: Iterable[str]) -> list[Person]:
    """A row for each of these."""
    return [Person(who, state.name(who), tuple(_cell(state, column, who) for column in shown)) for who in wanted]


def _cell(state: State, column: Column, who: str) -> Cell | None:
    for notice in column.notices:
        tally = state.tallies[notice.id]
        if (place := tally.places.get(who)) is not None:
            return Cell(chr(tally.letters[place]), tally.channels[tally.by[place]], tally.why.get(who, ""))
    return None
