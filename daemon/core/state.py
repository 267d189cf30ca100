"""All that Murphy knows, in memory. Only `apply` changes it; everybody else reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from sys import intern

from config.types import Configuration, Contact, Procedure
from daemon.core import events as e
from daemon.core.delivery import Delivery, Ended, Ending
from daemon.core.facts import (
    Ailing,
    Archived,
    Attempted,
    Barred,
    BridgeChecked,
    Collected,
    DiskChanged,
    Draft,
    DraftGone,
    Fact,
    FindingsTold,
    Finished,
    Forgotten,
    Handled,
    HealthChanged,
    Kept,
    NextDrill,
    Opened,
    ProcedureTold,
    Rostered,
    Source,
    Spent,
    Stopped,
    Unbarred,
    Watched,
)
from daemon.core.fold import fold, opened
from daemon.core.health import Health
from daemon.core.heard import Heard, What, after, heard_of
from daemon.core.kinds import PAGES, Kind
from daemon.core.model import DRILL, OPEN, Incident
from daemon.core.notices import Notice, archive_of
from daemon.core.usable import MOST_CALLS

WAITING = ord(" ")

MOST_WHYS = 500
"""For one notice: where the relay is down, it is the same for thousands."""


@dataclass(slots=True)
class Board:
    """How the deliveries of one notice stand: one letter a recipient (Ending), a blank while it has not ended.

    `by` has the place in `channels` of the one that did it, for each recipient. `why` says of those who were not
    reached what was wrong, of the first MOST_WHYS.
    """

    places: dict[str, int]
    letters: bytearray
    left: int
    by: bytearray
    channels: list[str] = field(default_factory=lambda: [""])
    why: dict[str, str] = field(default_factory=dict)

    def ended(self, contact: str) -> bool:
        return self.letters[self.places[contact]] != WAITING

    def stopped(self, contact: str) -> bool:
        return self.letters[self.places[contact]] == ord(Ending.STOPPED.value)

    def set(self, contact: str, letter: str, channel: str = "", why: str = "") -> None:
        place = self.places[contact]
        self.left += (letter == " ") - (self.letters[place] == WAITING)
        self.letters[place] = ord(letter)
        if channel not in self.channels:
            self.channels.append(channel)
        self.by[place] = self.channels.index(channel)
        self.why.pop(contact, None)
        if letter == Ending.UNREACHED.value and why and len(self.why) < MOST_WHYS:
            self.why[contact] = intern(why)

    def sent_by(self, channel: str) -> tuple[str, ...]:
        """Whose delivery ended as sent on this channel, with no word of an arrival."""
        if channel not in self.channels:
            return ()
        wanted, sent = self.channels.index(channel), ord(Ending.SENT.value)
        return tuple(
            who for who, place in self.places.items() if self.by[place] == wanted and self.letters[place] == sent
        )

    def count(self, ending: Ending) -> int:
        return self.letters.count(ending.value.encode())

    def having(self, ending: Ending) -> tuple[str, ...]:
        wanted = ord(ending.value)
        return tuple(contact for contact, place in self.places.items() if self.letters[place] == wanted)


@dataclass(slots=True)
class State:
    configuration: Configuration
    incidents: dict[str, Incident] = field(default_factory=dict)
    timelines: dict[str, list[e.Event]] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    """How many events of a timeline were lost by damage; their places are not given again."""
    notices: dict[int, Notice] = field(default_factory=dict)
    boards: dict[int, Board] = field(default_factory=dict)
    deliveries: dict[int, dict[str, Delivery]] = field(default_factory=dict)
    stopped: dict[int, Stopped] = field(default_factory=dict)
    refs: dict[str, tuple[int, str]] = field(default_factory=dict)
    used_refs: dict[str, int] = field(default_factory=dict)
    """Of texts and calls that are over, to their notice: an equal, later text must not be taken for one of them."""
    told: dict[str, dict[str, datetime]] = field(default_factory=dict)
    answered: dict[str, set[str]] = field(default_factory=dict)
    """By incident: who has written plain words since it was last reopened, and has been answered once."""
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    barred: dict[tuple[str, str], Barred] = field(default_factory=dict)
    spent: set[tuple[int, str]] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)
    handled: dict[str, datetime] = field(default_factory=dict)
    health: dict[str, Health] = field(default_factory=dict)
    calls: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    """When a number was last called, MOST_CALLS times at most."""
    unwatched: set[str] = field(default_factory=set)
    """The ways in that the operators know to be down."""
    ailing: set[str] = field(default_factory=set)
    """The parts of Murphy itself that the operators know to fail."""
    heard: dict[What, Heard] = field(default_factory=dict)
    """Of each channel, way in and part that was ever down."""
    back: dict[What, datetime] = field(default_factory=dict)
    """When a way in or a part worked again; not after a restart."""
    findings: frozenset[str] = frozenset()
    """What the last check found, as told to the operators."""
    bridges: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Of those whose address did not answer when it was last tried: how often in a row, and why."""
    disk_down: bool = False
    procedure_version: str = ""
    """Of the written procedure that the managers were mailed last."""
    drilled: dict[int, dict[str, Ended]] = field(default_factory=dict)
    """How the deliveries of an exercise's notices ended, by notice and contact, for its report."""
    next_drills: dict[bool, NextDrill] = field(default_factory=dict)
    """By whether it is a roll call."""
    asked: list[int] = field(default_factory=list)
    """The notices by which somebody was asked to decide, in order."""
    rosters: dict[str, Rostered] = field(default_factory=dict)
    """By list: who is on duty, as its calendar last said."""
    last_incident: int = 0
    last_drill: int = 0
    last_notice: int = 0
    last_chunk: int = 0
    limited: dict[tuple[str, ...], tuple[Configuration, Configuration]] = field(default_factory=dict)
    """The whole and the limited configuration of the last lists that an exercise was for: reckoned once for it."""
    _places: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)
    """The notices of which a delivery has not ended."""

    @property
    def procedure(self) -> Procedure:
        return self.configuration.procedure

    def person(self, who: str) -> Contact:
        """The contact of this id, or one made of an address that is not on file."""
        known = self.configuration.people.contacts.get(who)
        if known is not None:
            return known
        organization = self.configuration.settings.organization
        phone = who.startswith("+")
        return Contact(
            id=who,
            name=who,
            emails=() if phone else (who,),
            phones=(who,) if phone else (),
            lists=(),
            language=organization.language,
            timezone=organization.timezone,
        )

    def name(self, who: str) -> str:
        return self.person(who).name if who else ""

    def over(self, number: int, contact: str) -> bool:
        """Whether nothing more is tried of this notice for this contact."""
        board = self.boards.get(number)
        return board is None or number in self.stopped or board.ended(contact)

    def open_incidents(self) -> Iterator[Incident]:
        return (incident for incident in self.incidents.values() if incident.status in OPEN)

    def unfinished(self) -> Iterator[Notice]:
        """Notices of which a delivery has not ended."""
        return (self.notices[number] for number in sorted(self._open))


def apply(state: State, facts: Iterable[Fact]) -> None:
    """The one place where the state changes."""
    for fact in facts:
        _apply(state, fact)


def _apply(state: State, fact: Fact) -> None:
    match fact:
        case Notice():
            _notice(state, fact)
        case Opened(delivery):
            state.boards[delivery.notice].set(delivery.contact, " ")
            state._open.add(delivery.notice)
            state.deliveries.setdefault(delivery.notice, {})[delivery.contact] = delivery
            _called(state, delivery)
            state.refs.update({a.ref: (delivery.notice, delivery.contact) for a in delivery.attempts if a.ref})
        case Finished():
            _finished(state, fact)
        case Stopped():
            state.stopped[fact.notice] = fact
            board = state.boards[fact.notice]
            for contact in board.places:
                if not board.ended(contact):
                    board.set(contact, Ending.STOPPED.value)
            state._open.discard(fact.notice)
            for delivery in state.deliveries.pop(fact.notice, {}).values():
                for attempt in delivery.attempts:
                    state.refs.pop(attempt.ref, None)
        case e.Proposed():
            state.incidents[fact.incident] = opened(fact)
            state.timelines[fact.incident] = [fact]
            state.told.setdefault(fact.incident, {})
            number_given(state, fact.incident)
        case _:
            _beside(state, fact)


Beside = (
    Attempted | Draft | DraftGone | Barred | Unbarred | Source | Handled | Kept | ProcedureTold | Spent | Collected
    | NextDrill | Rostered | Forgotten | Archived | DiskChanged | HealthChanged | Watched | BridgeChecked | Ailing
    | FindingsTold | e.Event
)  # fmt: skip


def _beside(state: State, fact: Beside) -> None:
    """What is known beside the notices, and what happens to an incident after its proposal."""
    match fact:
        case Draft():
            state.drafts[fact.incident, fact.by] = fact
        case DraftGone():
            state.drafts.pop((fact.incident, fact.by), None)
        case Barred():
            state.barred[fact.channel, fact.address] = fact
        case Unbarred():
            state.barred.pop((fact.channel, fact.address), None)
        case Source():
            state.sources[fact.name] = fact
        case Handled():
            state.handled[fact.key] = fact.at.astimezone(UTC)  # read back, each time brings a zone object of its own
        case ProcedureTold(version):
            state.procedure_version = version
        case Spent():
            state.spent.add((fact.notice, fact.by))
        case Collected() | Kept():
            pass
        case Attempted():
            state.last_chunk = max(state.last_chunk, fact.chunk)
        case NextDrill():
            state.next_drills[fact.roll_call] = fact
        case Rostered():
            state.rosters[fact.list] = fact
        case Forgotten():
            state.handled.pop(fact.key, None)
        case Archived():
            _archived(state, fact)
        case DiskChanged(down):
            state.disk_down = down
        case HealthChanged():
            state.health[fact.channel] = fact.health
        case Watched(source, up, at):
            (state.unwatched.discard if up else state.unwatched.add)(source)
            _turned(state, (Kind.SOURCE_UP, source), at if up else None)
        case Ailing(part, up, at):
            (state.ailing.discard if up else state.ailing.add)(part)
            _turned(state, (Kind.PART_UP, part), at if up else None)
        case FindingsTold(known):
            state.findings = frozenset(known)
        case BridgeChecked(bridge, failures, reason):
            state.bridges[bridge] = (failures, reason)
        case _:
            _happened(state, fact)


def _happened(state: State, event: e.Event) -> None:
    """To an incident that has been proposed. Raises IllegalEvent, and then nothing has changed."""
    state.incidents[event.incident] = fold(state.incidents[event.incident], event)
    state.timelines[event.incident].append(event)
    if isinstance(event, e.Heard):
        state.answered.setdefault(event.incident, set()).add(event.by)
    elif isinstance(event, e.Reopened):
        state.answered.pop(event.incident, None)


def number_given(state: State, incident: str) -> None:
    """Incidents and drills are numbered apart; no number is given twice."""
    number = int(incident.partition("-")[2])
    if incident.startswith(DRILL):
        state.last_drill = max(state.last_drill, number)
    else:
        state.last_incident = max(state.last_incident, number)


def _notice(state: State, notice: Notice) -> None:
    if notice.id in state.boards:  # it now says that it is not saved; meanwhile it may have been stopped
        state.notices[notice.id] = notice
        return
    places = state._places.get(notice.recipients)
    if places is None:
        places = state._places[notice.recipients] = {who: n for n, who in enumerate(notice.recipients)}
    state.notices[notice.id] = notice
    state.boards[notice.id] = Board(places, bytearray(b" " * len(places)), len(places), bytearray(len(places)))
    state.last_notice = max(state.last_notice, notice.id)
    if places:
        state._open.add(notice.id)
    if notice.kind in PAGES:
        state.asked.append(notice.id)
    if (what := heard_of(notice)) is not None:
        state.heard[what] = after(state.heard.get(what, Heard()), notice)
    for incident in notice.about:
        told = state.told.setdefault(incident, {})
        for who in notice.recipients:
            told.setdefault(who, notice.at)


def _turned(state: State, what: What, back: datetime | None) -> None:
    if back is None:
        state.back.pop(what, None)
    else:
        state.back[what] = back


def _archived(state: State, fact: Archived) -> None:
    """Nothing of it stays in memory but the numbers that must not be given again."""
    state.last_incident = max(state.last_incident, fact.last_incident)
    state.last_drill = max(state.last_drill, fact.last_drill)
    state.last_notice = max(state.last_notice, fact.last_notice)
    state.last_chunk = max(state.last_chunk, fact.last_chunk)
    shelved = (n.id for n in state.notices.values() if archive_of(n.incident, n.at) == fact.name)
    numbers = {number for number in shelved if number <= fact.last_notice}  # a clock set back may give more
    for number in numbers:
        state.notices.pop(number)
        state.boards.pop(number)
        state._open.discard(number)
        state.drilled.pop(number, None)
        state.stopped.pop(number, None)
        state.deliveries.pop(number, None)
    state.asked = [number for number in state.asked if number not in numbers]
    state.used_refs = {ref: number for ref, number in state.used_refs.items() if number not in numbers}
    state.spent = {spent for spent in state.spent if spent[0] not in numbers}
    state.drafts = {key: draft for key, draft in state.drafts.items() if draft.incident != fact.name}
    state.incidents.pop(fact.name, None)
    state.timelines.pop(fact.name, None)
    state.told.pop(fact.name, None)
    state.answered.pop(fact.name, None)
    used = {id(board.places) for board in state.boards.values()}
    state._places = {who: places for who, places in state._places.items() if id(places) in used}


def _called(state: State, delivery: Delivery) -> None:
    """Every call is written down before it is made."""
    for attempt in delivery.attempts:
        if attempt.channel == "voice" and attempt.at not in (before := state.calls.get(attempt.address, ())):
            state.calls[attempt.address] = (*before, attempt.at)[-MOST_CALLS:]


def _finished(state: State, fact: Finished) -> None:
    board = state.boards[fact.notice]
    begun = state.deliveries.get(fact.notice, {})
    of_drill = state.notices[fact.notice].incident.startswith(DRILL)
    drilled = state.drilled.setdefault(fact.notice, {}) if of_drill else None
    for ended in fact.ended:
        board.set(ended.contact, ended.ending.value, ended.channel, ended.reason)
        delivery = begun.pop(ended.contact, None)
        state.used_refs.update(dict.fromkeys(ended.refs, fact.notice))
        if drilled is not None:
            drilled[ended.contact] = ended
        for attempt in delivery.attempts if delivery else ():
            state.refs.pop(attempt.ref, None)
    (state._open.add if board.left else state._open.discard)(fact.notice)
    state.last_chunk = max(state.last_chunk, fact.chunk)
