"""Trends over all incidents: counts and medians by month and by service, and what repeats. Exercises stand apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from daemon.document.words import counted
from daemon.review.figures import Measure
from daemon.review.health import Spell
from daemon.review.past import Past

FEWEST = 3
"""Incidents below which a median says little: it is shown with their number."""

AGAIN_WITHIN = timedelta(days=90)
"""A service that is affected again within this time repeats."""

NO_SERVICE = "(none named)"


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of `of` incidents; None of none."""

    span: timedelta | None
    of: int


@dataclass(frozen=True, slots=True)
class Row:
    """A month as 2026-03, or a service. `proposed` are all, `major` those that were accepted.

    `missed` counts updates not written in time, `unreached` people and incidents in which some notice did not reach
    them.
    """

    name: str
    proposed: int
    major: int
    took: Mapping[Measure, Middle]
    missed: int
    unreached: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """`what` was so in each of `incidents`; `note` says more of it."""

    what: str
    incidents: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trends:
    """`incidents` are how many there are; `repeats` by heading. Of exercises only the months are counted."""

    incidents: int
    exercises: int
    months: tuple[Row, ...]
    services: tuple[Row, ...]
    exercise_months: tuple[Row, ...]
    repeats: tuple[tuple[str, tuple[Repeat, ...]], ...]
    open_actions: int
    overdue: int


def trends(
    past: Iterable[Past], bad_times: Sequence[Spell], name: Callable[[str], str], zone: ZoneInfo, now: datetime
) -> Trends:
    """`name` tells who a contact is; months are those of `zone`."""
    everything = sorted(past, key=lambda one: (one.proposed, int(one.number.partition("-")[2])))
    real = [one for one in everything if not one.drill]
    exercises = [one for one in everything if one.drill]
    today = now.astimezone(zone).date()
    still = [action.due for one in real for action in one.actions if action.done is None]
    return Trends(
        incidents=len(real),
        exercises=len(exercises),
        months=_rows(real, lambda one: (_month(one, zone),)),
        services=_rows([one for one in real if one.major], lambda one: one.services or (NO_SERVICE,)),
        exercise_months=_rows(exercises, lambda one: (_month(one, zone),)),
        repeats=tuple((head, found) for head, found in _repeats(real, bad_times, name, now) if found),
        open_actions=len(still),
        overdue=sum(due < today for due in still),
    )


def _month(one: Past, zone: ZoneInfo) -> str:
    return f"{one.proposed.astimezone(zone):%Y-%m}"


def _rows(past: Sequence[Past], keys: Callable[[Past], tuple[str, ...]]) -> tuple[Row, ...]:
    groups: dict[str, list[Past]] = defaultdict(list)
    for one in past:
        for key in keys(one):
            groups[key].append(one)
    return tuple(_row(key, groups[key]) for key in sorted(groups))


def _row(key: str, those: Sequence[Past]) -> Row:
    return Row(
        name=key,
        proposed=len(those),
        major=sum(one.major for one in those),
        took={measure: _middle([one.took[measure] for one in those if measure in one.took]) for measure in Measure},
        missed=sum(one.missed for one in those),
        unreached=sum(len(one.unreached) for one in those),
    )


def _middle(spans: Sequence[timedelta]) -> Middle:
    return Middle(timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None, len(spans))


def _repeats(
    real: Sequence[Past], bad_times: Sequence[Spell], name: Callable[[str], str], now: datetime
) -> Iterator[tuple[str, tuple[Repeat, ...]]]:
    major = [one for one in real if one.major]
    yield f"Services affected again within {AGAIN_WITHIN.days} days", tuple(_services(major))
    yield "People whom some notice did not reach", _shared(real, lambda one: one.unreached, name)
    yield "Disciplines with nobody left to call", _shared(real, lambda one: one.exhausted)
    yield "Channels and ways in that were down", _channels(real, bad_times, now)
    yield "Updates not written in time", _kind(major, lambda one: one.missed > 0, "updates were missed")
    yield "Brought back after the all-clear", _kind(major, lambda one: one.brought_back > 0, "brought back")
    yield "The same words in the answers", _words(real)
    yield "Actions that are overdue", tuple(_actions(real, name, now))


def _services(major: Sequence[Past]) -> Iterator[Repeat]:
    by: dict[str, list[Past]] = defaultdict(list)
    for one in major:
        for service in one.services:
            by[service].append(one)
    for service, those in sorted(by.items()):
        near = [(a, b) for a, b in pairwise(those) if b.proposed - a.proposed <= AGAIN_WITHIN]
        if near:
            numbers = tuple(dict.fromkeys(one.number for pair in near for one in pair))
            soonest = min(b.proposed - a.proposed for a, b in near)
            yield Repeat(service, numbers, f"the soonest after {counted(soonest.days, 'day')}")


def _shared(
    past: Sequence[Past], of: Callable[[Past], frozenset[str]], name: Callable[[str], str] = str
) -> tuple[Repeat, ...]:
    """What more than one incident has, the most common first."""
    by: dict[str, list[str]] = defaultdict(list)
    for one in past:
        for what in of(one):
            by[what].append(one.number)
    found = [Repeat(name(what), tuple(numbers)) for what, numbers in by.items() if len(numbers) > 1]
    return tuple(sorted(found, key=lambda repeat: (-len(repeat.incidents), repeat.what)))


def _kind(past: Sequence[Past], is_so: Callable[[Past], bool], what: str) -> tuple[Repeat, ...]:
    numbers = tuple(one.number for one in past if is_so(one))
    return (Repeat(what, numbers, f"in {len(numbers)} of {len(past)}"),) if len(numbers) > 1 else ()


def _channels(past: Sequence[Past], bad_times: Sequence[Spell], now: datetime) -> tuple[Repeat, ...]:
    by: dict[str, list[str]] = defaultdict(list)
    for one in past:
        start, end = one.proposed, one.ended or now
        down = (spell for spell in bad_times if spell.since < end and (spell.until or now) > start)
        for label in dict.fromkeys(f"{spell.name} (way in)" if spell.inward else spell.name for spell in down):
            by[label].append(one.number)
    found = [Repeat(label, tuple(numbers)) for label, numbers in by.items() if len(numbers) > 1]
    return tuple(sorted(found, key=lambda repeat: (-len(repeat.incidents), repeat.what)))


def _words(past: Sequence[Past]) -> tuple[Repeat, ...]:
    """Lines of answers that are the same but for case."""
    by: dict[str, list[str]] = defaultdict(list)
    as_written: dict[str, str] = {}
    for one in past:
        for line in sorted(one.lines):
            key = line.casefold().rstrip(".!")
            as_written.setdefault(key, line)
            if one.number not in by[key]:
                by[key].append(one.number)
    found = [Repeat(as_written[key], tuple(numbers)) for key, numbers in by.items() if len(numbers) > 1]
    return tuple(sorted(found, key=lambda repeat: (-len(repeat.incidents), repeat.what)))


def _actions(past: Sequence[Past], name: Callable[[str], str], now: datetime) -> Iterator[Repeat]:
    """By owner: how many are late, and of which incidents."""
    late: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in past:
        for action in one.actions:
            days = (now.date() - action.due).days
            if action.done is None and days > 0:
                late[action.owner].append((one.number, days))
    for owner, those in sorted(late.items(), key=lambda item: (-len(item[1]), item[0])):
        numbers = tuple(dict.fromkeys(number for number, _ in those))
        yield Repeat(
            name(owner), numbers, f"{len(those)}, the oldest by {counted(max(days for _, days in those), 'day')}"
        )
