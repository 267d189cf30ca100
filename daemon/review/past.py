"""Every incident there is in a few values, read one at a time: what the trends are counted from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from daemon import restoring
from daemon.core import events as e
from daemon.core.delivery import Ending
from daemon.core.model import DRILL, Action, Incident, Status
from daemon.core.notices import MONTHS, Notice
from daemon.history import Documents, each_incident
from daemon.records import Tables
from daemon.review.figures import Measure, took_in
from daemon.review.health import DOWN, UP, Spell, spells
from daemon.review.promises import paces
from daemon.review.stretches import walk
from daemon.state.store import Reading

LONGEST = 400
"""Characters of a line of an answer that can be the same as another's."""

SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Past:
    """One incident. `took` holds what its first stretch took, of what came to an end in it.

    `major` was accepted at some time. `missed` counts updates, `unreached` are the people whom any notice did not
    reach, `exhausted` the disciplines with nobody left to call. `lines` are what people wrote in the review, line by
    line; none of a confidential one.
    """

    number: str
    status: Status
    proposed: datetime
    ended: datetime | None
    major: bool
    services: tuple[str, ...]
    took: Mapping[Measure, timedelta]
    missed: int
    brought_back: int
    unreached: frozenset[str]
    exhausted: frozenset[str]
    lines: frozenset[str]
    actions: tuple[Action, ...]
    confidential: bool

    @property
    def drill(self) -> bool:
        return self.number.startswith(DRILL)


def past(reading: Reading, needs: Mapping[str, int], now: datetime) -> Iterator[Past]:
    """Of every incident and exercise; `needs` is how many engineers each discipline needs."""
    for tables in each_incident(reading):
        events = tuple(restoring.events(tables))
        for _, incident in walk(events)[-1:]:
            yield _past(incident, events, tables, needs, now)


def _past(last: Incident, events: tuple[e.Event, ...], tables: Tables, needs: Mapping[str, int], now: datetime) -> Past:
    first = next(iter(took_in(events, needs, now)), None)
    took = {one.measure: one.span for one in first[1] if one.span is not None and not one.running} if first else {}
    said = (event.words for event in events if isinstance(event, e.ReviewAnswered)) if not last.confidential else ()
    return Past(
        number=last.id,
        status=last.status,
        proposed=last.proposed,
        ended=last.ended,
        major=last.accepted is not None,
        services=last.services,
        took=took,
        missed=sum(pace.missed for pace in paces(events)),
        brought_back=sum(isinstance(event, e.Reopened) for event in events),
        unreached=unreached(tables),
        exhausted=frozenset(event.discipline for event in events if isinstance(event, e.DisciplineExhausted)),
        lines=frozenset(" ".join(line.split()) for words in said for line in words.splitlines() if _worth(line)),
        actions=last.actions,
        confidential=last.confidential,
    )


def _worth(line: str) -> bool:
    return SHORTEST <= len(line.strip()) <= LONGEST and not line.upper().lstrip("-* ").startswith("ACTION")


def unreached(tables: Tables) -> frozenset[str]:
    """Whom at least one notice did not reach. Of the chunks only those with such an ending are taken apart."""
    failed = Ending.UNREACHED.value
    suspects = {row["notice"] for row in tables.table("outcomes").values() if failed in row["endings"]}
    if not suspects:
        return frozenset()
    notices = {notice.id: notice for notice in restoring.notices(tables) if notice.id in suspects}
    found: dict[tuple[int, str], bool] = {}
    for finished in restoring.outcomes(tables, notices):
        found.update({(finished.notice, one.contact): one.ending is Ending.UNREACHED for one in finished.ended})
    return frozenset(who for (_, who), missed in found.items() if missed)


def bad_times(reading: Reading, now: datetime) -> tuple[Spell, ...]:
    """When channels and ways in were down, as the operators were told, over all that is on record."""
    found = [*_health(reading)]
    for name in reading.archives():
        if name.startswith(MONTHS):
            found += _health(Documents(reading.archived(name) or {}))
    found.sort(key=lambda notice: notice.id)
    return spells(found, datetime.min.replace(tzinfo=UTC), now)


def _health(tables: Tables) -> Iterator[Notice]:
    kinds = DOWN | UP
    rows = {key: row for key, row in tables.table("notices").items() if row["kind"] in kinds}
    return restoring.notices(Documents({"notices": rows, "recipients": tables.table("recipients")}))
