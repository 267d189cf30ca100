"""Facts as documents: which table and key each fact has, and what belongs to an archive."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol, TypeGuard, get_args

from pydantic import TypeAdapter

from daemon.core.apply import apply
from daemon.core.delivery import Ended
from daemon.core.events import Event
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
from daemon.core.notices import Notice, archive_of
from daemon.core.state import State
from daemon.packing import packed_delivery, packed_outcomes, packed_trials
from daemon.state.store import Change, Drop, Put, Rows

EVENTS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}

ROSTER_FROM = 20
"""Recipients of an incident's notices are stored once from this many on, and the notices name them."""


class Tables(Protocol):
    """Documents to be read: a store's, or an archive's."""

    def table(self, name: str) -> Rows: ...


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def _is_event(fact: Fact) -> TypeGuard[Event]:
    return type(fact).__name__ in EVENTS


def dump(value: Any) -> dict[str, Any]:
    """As it is written down: JSON's values, without what is as by default."""
    document: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json", exclude_defaults=True)
    return document


def without_key(fact: Handled) -> dict[str, Any]:
    """There are so many that they do not say twice which one it is."""
    return {name: value for name, value in dump(fact).items() if name != "key"}


def load_fact(kind: type[Any], document: Mapping[str, Any]) -> Any:
    """A fact of this kind; keys that it does not have are passed over. Raises ValueError."""
    return _adapter(kind).validate_python(dict(document))


def commit(state: State, facts: Iterable[Fact]) -> list[Change]:
    """Applies the facts to the state, and returns what there is to write down for them, in order."""
    changes: list[Change] = []
    before: dict[str, dict[str, Any] | None] = {}
    """Of the incidents to which something happens, their lines as they stand in the files."""
    for fact in facts:
        if isinstance(fact, Finished):
            changes += [Drop("deliveries", f"{fact.notice} {ended.contact}") for ended in _begun(state, fact)]
        if isinstance(fact, Stopped):
            changes += [Drop("deliveries", f"{fact.notice} {who}") for who in state.deliveries.get(fact.notice, {})]
        if isinstance(fact, Archived):
            summary = _summary(state, fact.name) if fact.name in state.incidents else {}
            changes.append(Put("archived", fact.name, {**dump(fact), **summary}))
        if _is_event(fact) and fact.incident not in before:
            before[fact.incident] = _summary(state, fact.incident) if fact.incident in state.incidents else None
        apply(state, (fact,))
        changes += _changes(state, fact)
        if isinstance(fact, Archived):
            before.pop(fact.name, None)
    for number, was in before.items():
        if (line := _summary(state, number)) != was:
            changes.append(Put("incidents", number, line))
    return changes


def _begun(state: State, fact: Finished) -> Iterator[Ended]:
    begun = state.deliveries.get(fact.notice, {})
    return (ended for ended in fact.ended if ended.contact in begun)


def _changes(state: State, fact: Fact) -> Iterator[Change]:
    match fact:
        case Notice():
            yield from _notice(state, fact)
        case Opened(delivery):
            yield Put("deliveries", f"{delivery.notice} {delivery.contact}", packed_delivery(delivery))
        case Finished():
            yield Put("outcomes", str(fact.chunk), packed_outcomes(fact, state.tallies[fact.notice].places))
        case Attempted():
            yield Put("attempts", str(fact.chunk), packed_trials(fact))
        case Stopped():
            yield Put("stopped", str(fact.notice), dump(fact))
        case Draft():
            yield Put("drafts", f"{fact.incident} {fact.by}", dump(fact))
        case DraftGone():
            yield Drop("drafts", f"{fact.incident} {fact.by}")
        case Barred():
            yield Put("barred", f"{fact.channel} {fact.address}", dump(fact))
        case Unbarred():
            yield Drop("barred", f"{fact.channel} {fact.address}")
        case Source():
            yield Put("sources", fact.name, dump(fact))
        case Handled():
            yield Put("inbox", fact.key, without_key(fact))
        case Kept():
            yield Put("messages", f"{fact.incident} {fact.key}", dump(fact))
        case Spent():
            yield Put("spent", f"{fact.notice} {fact.by}", dump(fact))
        case ProcedureTold():
            yield Put("procedure", "told", dump(fact))
        case Collected():
            yield Drop("console", fact.key)
        case Rostered():
            yield Put("rosters", fact.list, dump(fact))
        case NextDrill():
            yield Put("drills", "roll-call" if fact.roll_call else "exercise", dump(fact))
        case Forgotten():
            yield Drop("inbox", fact.key)
        case HealthChanged():
            yield Put("health", fact.channel, dump(fact))
        case Watched():
            yield Drop("unwatched", fact.source) if fact.up else Put("unwatched", fact.source, dump(fact))
        case Ailing():
            yield Drop("ailing", fact.part) if fact.up else Put("ailing", fact.part, dump(fact))
        case FindingsTold():
            yield Put("checks", "told", dump(fact))
        case Archived() | BridgeChecked() | DiskChanged():
            pass
        case _:
            place = len(state.timelines[fact.incident]) + state.gaps.get(fact.incident, 0)
            yield Put("timeline", f"{fact.incident} {place:05}", {"event": type(fact).__name__, **dump(fact)})


def _summary(state: State, number: str) -> dict[str, Any]:
    """The incident in a line, for whoever reads the files; the timeline is what counts."""
    incident = state.incidents[number]
    return {
        "status": incident.status.value,
        "since": incident.since.isoformat(),
        "proposed": incident.proposed.isoformat(),
        "manager": incident.manager,
        "summary": incident.summary,
    }


def _notice(state: State, notice: Notice) -> Iterator[Change]:
    if len(notice.recipients) < ROSTER_FROM or not notice.incident:
        yield Put("notices", str(notice.id), dump(notice))
        return
    names = hashlib.sha256("\n".join(notice.recipients).encode()).hexdigest()[:16]
    roster = f"{notice.incident} {names}"
    if not any(_same_roster(notice, other) for other in state.notices.values()):
        yield Put("recipients", roster, {"contacts": list(notice.recipients)})
    yield Put("notices", str(notice.id), {**dump(replace(notice, recipients=())), "roster": roster})


def _same_roster(notice: Notice, other: Notice) -> bool:
    return other.id != notice.id and other.incident == notice.incident and other.recipients == notice.recipients


def unmoved(tables: Tables) -> list[str]:
    """What has been archived and still has documents."""
    left = set(tables.table("incidents"))
    archived = tables.table("archived")
    for key, row in tables.table("notices").items():
        name = _archive_of(row)
        if name in archived and int(key) <= archived[name]["last_notice"]:
            left.add(name)
    return [name for name in archived if name in left]


def _archive_of(row: Mapping[str, Any]) -> str:
    return archive_of(row["incident"], datetime.fromisoformat(row["at"]))


def of_archive(tables: Tables, name: str) -> list[Drop]:
    """Everything that is written down about one incident, or that a month's archive takes."""
    last = tables.table("archived").get(name, {}).get("last_notice")
    shelved = (key for key, row in tables.table("notices").items() if _archive_of(row) == name)
    notices = {key for key in shelved if last is None or int(key) <= last}
    drops = [Drop("incidents", name)] if name in tables.table("incidents") else []
    for table in ("timeline", "recipients", "drafts", "messages"):
        drops += [Drop(table, key) for key in tables.table(table) if key.partition(" ")[0] == name]
    for table in ("notices", "stopped"):
        drops += [Drop(table, key) for key in tables.table(table) if key in notices]
    for table in ("deliveries", "spent"):
        drops += [Drop(table, key) for key in tables.table(table) if key.partition(" ")[0] in notices]
    for table in ("outcomes", "attempts"):
        drops += [Drop(table, key) for key, row in tables.table(table).items() if str(row["notice"]) in notices]
    return drops
