"""One incident as it is written down, in the working tables or in its archive: for whoever reads about it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from daemon import records, restoring
from daemon.core.delivery import Ended, Ending, Trial, trial
from daemon.core.events import Event, Proposed
from daemon.core.facts import Kept
from daemon.core.fold import fold, opened
from daemon.core.model import OPEN, Incident, Status
from daemon.core.notices import MONTHS, Notice
from daemon.records import Tables
from daemon.state.store import Document, Reading, Rows


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice, and how its deliveries stand. `ended` is by contact; who is in neither has not been tried yet.

    `open` are those whose delivery has been begun and has not ended. `stopped` says why the rest needs none.
    """

    notice: Notice
    ended: Mapping[str, Ended]
    open: frozenset[str]
    stopped: str = ""
    attempts: Mapping[str, tuple[Trial, ...]] = field(default_factory=dict)
    """By contact, the last of each channel and address; of those only of whom `ended` does not tell all."""

    def endings(self) -> Counter[Ending | None]:
        """How many people by how it ended; None for those whose delivery has not."""
        found: Counter[Ending | None] = Counter(one.ending for one in self.ended.values())
        left = len(self.notice.recipients) - found.total()
        found[Ending.STOPPED if self.stopped else None] += left
        return +found

    def channels(self) -> Counter[str]:
        """How many people by the channel that did it."""
        return Counter(one.channel for one in self.ended.values() if one.channel)

    def having(self, ending: Ending) -> tuple[str, ...]:
        return tuple(who for who, one in self.ended.items() if one.ending is ending)


@dataclass(frozen=True, slots=True)
class History:
    """An incident, its timeline in order, and all notices of it."""

    incident: Incident
    events: tuple[Event, ...]
    sent: tuple[Sent, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident in a list; times are ISO 8601 in UTC."""

    incident: str
    status: Status
    title: str
    since: str
    proposed: str
    manager: str
    archived: bool

    @property
    def open(self) -> bool:
        return self.status in OPEN


def entries(reading: Reading) -> list[Entry]:
    """Every incident there is: open ones first, then the others, the newest first."""
    known = reading.table("archived")
    listed = {name: row for name, row in known.items() if "status" in row}
    rows: dict[str, Document] = {**listed, **reading.table("incidents")}
    for name in reading.archives():
        if name not in known and not name.startswith(MONTHS):  # one of long ago, or its row was lost by damage
            for number, row in (reading.archived(name) or {}).get("incidents", {}).items():
                rows.setdefault(number, row)
    found = [
        Entry(
            incident=number,
            status=Status(row["status"]),
            title=row["summary"],
            since=row["since"],
            proposed=row["proposed"],
            manager=row["manager"],
            archived=number not in reading.table("incidents"),
        )
        for number, row in rows.items()
    ]
    return sorted(sorted(found, key=_place, reverse=True), key=lambda entry: not entry.open)


def _place(entry: Entry) -> tuple[str, int]:
    """Incidents and exercises are numbered apart."""
    return entry.proposed, int(entry.incident.partition("-")[2])


def history(reading: Reading, number: str) -> History | None:
    """The incident of this number ("MI-7"), wherever it is written down; None where there is none."""
    tables, archived = _documents(reading, number)
    events = tuple(restoring.events(tables))
    incident = _folded(events)
    return History(incident, events, tuple(_sent(tables)), archived) if incident else None


def timeline(reading: Reading, number: str) -> tuple[Event, ...]:
    """Only what happened; () where there is no such incident."""
    return tuple(restoring.events(_documents(reading, number)[0]))


def messages(reading: Reading, number: str) -> tuple[Kept, ...]:
    """What came in about an incident, in order: whose message it was, and the name under which it is kept."""
    tables, _ = _documents(reading, number)
    return tuple(sorted(restoring.messages(tables), key=lambda kept: kept.at))


def _documents(reading: Reading, number: str) -> tuple[Tables, bool]:
    """Everything written down about it, and whether that is its archive."""
    working = _working(reading, number)
    return (working, False) if working.table("timeline") else (Documents(reading.archived(number) or {}), True)


def each_incident(reading: Reading) -> Iterator[Tables]:
    """The documents of every incident and exercise, one after the other; of the archives one is in memory at a time."""
    groups: dict[str, dict[str, dict[str, Document]]] = {}
    whose: dict[str, str] = {key: row["incident"] for key, row in reading.table("notices").items() if row["incident"]}

    def put(number: str | None, table: str, key: str, row: Document) -> None:
        if number:
            groups.setdefault(number, {}).setdefault(table, {})[key] = row

    for table in ("timeline", "recipients", "messages"):
        for key, row in reading.table(table).items():
            put(key.partition(" ")[0], table, key, row)
    for table in ("notices", "stopped", "deliveries"):
        for key, row in reading.table(table).items():
            put(whose.get(key.partition(" ")[0]), table, key, row)
    for table in ("outcomes", "attempts"):
        for key, row in reading.table(table).items():
            put(whose.get(str(row["notice"])), table, key, row)
    working = {number: tables for number, tables in groups.items() if "timeline" in tables}
    yield from (Documents(tables) for tables in working.values())
    for name in reading.archives():
        if name not in working and not name.startswith(MONTHS):
            yield Documents(reading.archived(name) or {})


def _folded(events: Sequence[Event]) -> Incident | None:
    """The incident, also where damage took one of its events; None where it took the first."""
    incident: Incident | None = None
    for event in events:
        if isinstance(event, Proposed):
            incident = opened(event)
        elif incident is not None:
            with suppress(*restoring.UNUSABLE):
                incident = fold(incident, event)
    return incident


class Documents:
    """Some documents, as tables."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self._tables = tables

    def table(self, name: str) -> Rows:
        return self._tables.get(name, {})


def _working(reading: Reading, number: str) -> Documents:
    picked: dict[str, dict[str, Document]] = {}
    for drop in records.of_archive(reading, number):
        if (document := reading.table(drop.table).get(drop.key)) is not None:
            picked.setdefault(drop.table, {})[drop.key] = document
    return Documents(picked)


def _sent(tables: Tables) -> Iterator[Sent]:
    notices = {notice.id: notice for notice in restoring.notices(tables)}
    ended: dict[int, dict[str, Ended]] = {number: {} for number in notices}
    for finished in restoring.outcomes(tables, notices):
        ended[finished.notice].update({one.contact: one for one in finished.ended})
    tried: dict[int, dict[str, dict[tuple[str, str], Trial]]] = {number: {} for number in notices}
    for attempted in restoring.attempts(tables):
        for each in attempted.trials if attempted.notice in notices else ():
            tried[attempted.notice].setdefault(each.contact, {})[each.channel, each.address] = each
    begun: dict[int, set[str]] = {number: set() for number in notices}
    for delivery in restoring.deliveries(tables):
        if (notice := notices.get(delivery.notice)) is not None:  # damage may have taken it
            begun[notice.id].add(delivery.contact)
            ended[notice.id].pop(delivery.contact, None)
            for each in (trial(notice, delivery.contact, attempt) for attempt in delivery.attempts):
                tried[notice.id].setdefault(each.contact, {})[each.channel, each.address] = each
    stopped = tables.table("stopped")
    for notice in notices.values():
        reason = stopped.get(str(notice.id), {}).get("reason", "")
        attempts = {who: tuple(each.values()) for who, each in tried[notice.id].items()}
        yield Sent(notice, ended[notice.id], frozenset(begun[notice.id]), reason, attempts)
