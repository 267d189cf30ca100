"""Trends: counts and medians that anybody can check by hand, and what repeats."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from channels.types import Result
from daemon.core.delivery import Ending
from daemon.core.model import Action, Status
from daemon.history import each_incident
from daemon.review.actions_list import listed
from daemon.review.figures import Measure
from daemon.review.health import Spell
from daemon.review.past import Past, bad_times, past
from daemon.review.trends import NO_SERVICE, Repeat, Row, Trends, trends
from daemon.review.trends_page import as_json, document, terminal
from daemon.state.archive import write_archive
from daemon.state.disk import Disk
from daemon.state.store import read_store
from tests.core.vocabulary import REFUSED, Office

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Brussels")
NOTHING: dict[str, Any] = {
    "status": Status.RESOLVED, "ended": None, "major": True, "services": ("webshop",), "took": {}, "missed": 0,
    "brought_back": 0, "unreached": frozenset(), "exhausted": frozenset(), "lines": frozenset(), "actions": (),
    "confidential": False,
}  # fmt: skip


def one(number: int | str, when: datetime, **values: Any) -> Past:
    name = number if isinstance(number, str) else f"MI-{number}"
    return Past(**{**NOTHING, "number": name, "proposed": when, "ended": when + timedelta(hours=1), **values})


def day(month: int, number: int, hour: int = 9) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def decided(minutes: float) -> dict[Measure, timedelta]:
    return {Measure.DECIDE: timedelta(minutes=minutes)}


def found(*those: Past, down: tuple[Spell, ...] = ()) -> Trends:
    return trends(those, down, str.title, ZONE, NOW)


def repeats(result: Trends, words: str) -> tuple[Repeat, ...]:
    return next((those for head, those in result.repeats if words in head), ())


def test_medians_by_month_of_the_organizations_zone() -> None:
    """The last hour of March in UTC is April in Brussels."""
    result = found(
        one(1, day(3, 2), took=decided(4)),
        one(2, day(3, 9), took=decided(10)),
        one(3, day(3, 31, 22), took=decided(50)),
        one(4, day(4, 2), took=decided(2)),
        one(5, day(4, 3), took=decided(3)),
        one(6, day(4, 4), major=False, took={}),
    )
    march, april = result.months
    assert (march.name, march.proposed, march.took[Measure.DECIDE].span) == ("2026-03", 2, timedelta(minutes=7))
    assert (april.name, april.proposed, april.major) == ("2026-04", 4, 3)
    assert (april.took[Measure.DECIDE].span, april.took[Measure.DECIDE].of) == (timedelta(minutes=3), 3)
    assert april.took[Measure.RESOLVE].span is None


def test_by_service_each_of_several_counts() -> None:
    result = found(
        one(1, day(3, 2), services=("email", "webshop"), missed=2),
        one(2, day(3, 3), services=()),
        one(3, day(3, 4), services=("email",), unreached=frozenset({"an", "bob"})),
        one(4, day(3, 5), services=("email",), major=False),
    )
    rows: dict[str, Row] = {row.name: row for row in result.services}
    assert {name: row.proposed for name, row in rows.items()} == {NO_SERVICE: 1, "email": 2, "webshop": 1}
    assert (rows["email"].missed, rows["email"].unreached) == (2, 2)


def test_exercises_are_counted_apart() -> None:
    result = found(one(1, day(3, 2)), one("DR-1", day(3, 2), missed=4, unreached=frozenset({"an"})))
    assert (result.incidents, result.exercises) == (1, 1)
    assert [row.missed for row in result.months] == [0]
    assert [row.missed for row in result.exercise_months] == [4]
    assert result.repeats == ()


@pytest.mark.parametrize(
    ("days", "again"),
    [pytest.param(90, True, id="on the ninetieth day"), pytest.param(91, False, id="a day later")],
)
def test_a_service_affected_again_within_90_days(days: int, again: bool) -> None:
    result = found(one(1, day(1, 5)), one(2, day(1, 5) + timedelta(days=days)))
    expected = (Repeat("webshop", ("MI-1", "MI-2"), "the soonest after 90 days"),) if again else ()
    assert repeats(result, "Services") == expected


def test_people_channels_words_and_disciplines_that_repeat() -> None:
    down = (
        Spell("email", day(3, 2, 9), day(3, 2, 10), "refused"),
        Spell("email", day(3, 9, 8), None, "refused"),
        Spell("incidents", day(3, 2, 9), day(3, 2, 10), "closed", inward=True),
    )
    both: dict[str, Any] = {"unreached": frozenset({"ann"}), "exhausted": frozenset({"network"})}
    result = found(
        one(1, day(3, 2), **both, lines=frozenset({"Nobody knew where the copy was."})),
        one(2, day(3, 9), **both, lines=frozenset({"nobody knew where the copy was"})),
        one(3, day(1, 9), unreached=frozenset({"cy"}), lines=frozenset({"Something else entirely."})),
        down=down,
    )
    assert repeats(result, "People") == (Repeat("Ann", ("MI-1", "MI-2")),)
    assert repeats(result, "Disciplines") == (Repeat("network", ("MI-1", "MI-2")),)
    assert repeats(result, "Channels") == (Repeat("email", ("MI-1", "MI-2")),)
    assert repeats(result, "words") == (Repeat("Nobody knew where the copy was.", ("MI-1", "MI-2")),)


def action(number: int, owner: str, due: date, done: datetime | None = None) -> Action:
    return Action(number, owner, f"what {number}", due, "an", day(3, 3), done)


def test_actions_by_due_day_with_those_overdue_marked() -> None:
    those = (
        one(1, day(3, 2), actions=(action(1, "ann", date(2026, 6, 1)), action(2, "ann", date(2026, 5, 1)))),
        one(2, day(3, 3), actions=(action(1, "bob", date(2026, 4, 1), done=day(4, 2)),), confidential=True),
    )
    people = Office().configuration.people
    assert [(x.incident, x.action.number, x.late) for x in listed(those, people, ZONE, NOW, done=True)] == [
        ("MI-1", 2, 31),
        ("MI-1", 1, 0),
        ("MI-2", 1, 0),
    ]
    assert len(listed(those, people, ZONE, NOW, done=False)) == 2
    result = found(*those)
    assert (result.open_actions, result.overdue) == (2, 1)
    assert repeats(result, "Actions") == (Repeat("Ann", ("MI-1",), "1, the oldest by 31 days"),)


def test_a_median_of_two_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    few = found(one(1, day(3, 2), took=decided(4)), one(2, day(4, 9), took=decided(10)))
    terminal(few)
    assert "4 minutes (of 1)" in capsys.readouterr().out
    many = found(*(one(n, day(3, n), took=decided(4)) for n in range(1, 4)))
    terminal(many)
    assert "(of" not in capsys.readouterr().out
    assert as_json(many)["months"][0]["took"]["decide"] == {"median_seconds": 240.0, "of": 3}


def test_nothing_at_all_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    terminal(found())
    assert capsys.readouterr().out == "0 incidents, 0 exercises\n"
    assert [section.title for section in document(found(), "Acme").sections] == ["Incidents"]


def test_they_are_read_from_the_working_tables_and_from_archives(tmp_path: Path) -> None:
    """One that has been archived counts as it did before."""
    office = Office()
    office.proposes(body="Service: webshop")
    office.now += timedelta(minutes=3)
    came = office.says("An", "ACCEPT")
    (initial,) = (notice for notice in came.of("initial") if notice.audience == "management")
    for channel in ("email", "sms"):
        office.ends(initial, "Laura", channel, Result.FAILED, REFUSED)
    (before,) = past(office.tables, {}, NOW)
    assert before.took[Measure.DECIDE] == timedelta(minutes=3)
    assert before.unreached == {office.who("Laura")}
    assert (before.number, before.major, before.services) == ("MI-1", True, ("webshop",))
    (tables,) = each_incident(office.tables)
    names = ("incidents", "timeline", "recipients", "notices", "outcomes", "attempts", "deliveries", "stopped")
    write_archive(
        Disk(), tmp_path, "MI-1", {name: {key: dict(row) for key, row in tables.table(name).items()} for name in names}
    )
    (after,) = past(read_store(tmp_path), {}, NOW)
    assert after == before
    assert bad_times(read_store(tmp_path), NOW) == ()
    assert Ending.UNREACHED.value in "".join(row["endings"] for row in tables.table("outcomes").values())


def test_what_a_confidential_review_said_repeats_nowhere() -> None:
    office = Office()
    office.proposes(body="Confidential: yes\n\nA theft")
    (only,) = past(office.tables, {}, NOW)
    assert only.confidential
    assert only.lines == frozenset()
