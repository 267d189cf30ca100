"""How long it took: each measure, from which event to which, in every way that an incident can go."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from config.types import Targets
from daemon.core import events as e
from daemon.review.figures import Measure, Took, measured, took_in
from daemon.review.stretches import stretches
from tests.review.vocabulary import (
    AN,
    DAVID,
    HUGO,
    NUMBER,
    ROSA,
    TOM,
    accepted,
    at,
    called,
    downgraded,
    joined,
    minutes,
    paged,
    proposed,
    rejected,
    released,
    reopened,
    resolved,
    silent,
    told,
    withdrawn,
)

NEEDS = {"web": 1, "database": 2}
NOW = at(60)
DECIDE, FIRST, TEAM, RESOLVE = Measure

Case = tuple[str, Sequence[e.Event], Measure, int, timedelta | None, str]

CASES: tuple[Case, ...] = (
    ("accepted after four minutes", [proposed(), accepted(4)], DECIDE, 0, minutes(4), ""),
    ("a rejection is a decision too", [proposed(), rejected(3)], DECIDE, 0, minutes(3), ""),
    ("accepted by the clock, nobody in charge", [proposed(), accepted(30, "")], DECIDE, 0, minutes(30), ""),
    ("withdrawn before anybody decided", [proposed(), withdrawn(9)], DECIDE, 0, None, "nobody decided"),
    ("undecided and open: so far", [proposed()], DECIDE, 0, minutes(60), "nobody decided"),
    (
        "no part of another one after all: it counts from then",
        [proposed(), e.MadeSame(NUMBER, at(2), AN, "MI-6"), e.MadeNew(NUMBER, at(10), AN, "MI-6"), accepted(15)],
        DECIDE, 1, minutes(5), "",
    ),
    ("the first of two decisions counts", [proposed(), rejected(3), accepted(8)], DECIDE, 0, minutes(3), ""),
    (
        "accepted after a rejection: a stretch that was brought back",
        [proposed(), rejected(3), accepted(8)], DECIDE, 1, None, "it was brought back by a decision",
    ),
    ("the first notice to an audience", [proposed(), accepted(4), told(6, "initial", 66)], FIRST, 0, minutes(6), ""),
    ("no audience was ever told", [proposed(), accepted(4), resolved(20)], FIRST, 0, None, "no audience was told"),
    (
        "brought back: from then to the first notice",
        [proposed(), accepted(4), resolved(20), reopened(50), told(51, "reopened", 111)], FIRST, 1, minutes(1), "",
    ),
    ("no discipline was called", [proposed(), accepted(4), resolved(9)], TEAM, 0, None, "no discipline was called"),
    ("it was never accepted", [proposed(), rejected(4)], TEAM, 0, None, "it was not accepted"),
    (
        "the last one needed counts",
        [proposed(), accepted(4), called(4, "web", "database"), *(paged(4, w, d) for w, d in (
            (ROSA, "web"), (HUGO, "database"), (DAVID, "database"))),
         joined(5, ROSA), joined(7, HUGO, "database"), joined(12, DAVID, "database")],
        TEAM, 0, minutes(8), "",
    ),
    (
        "one of two is missing to the end",
        [proposed(), accepted(4), called(4, "database"), paged(4, HUGO, "database"), joined(5, HUGO, "database"),
         resolved(40)],
        TEAM, 0, None, "the team was never whole",
    ),
    (
        "whom the manager released is not missed",
        [proposed(), accepted(4), called(4, "web"), paged(4, ROSA), released(9, ROSA)], TEAM, 0, minutes(5), "",
    ),
    (
        "whoever was silent is still missed",
        [proposed(), accepted(4), called(4, "web"), paged(4, ROSA), silent(7, ROSA), paged(7, TOM), joined(11, TOM)],
        TEAM, 0, minutes(7), "",
    ),
    (
        "a discipline that is not configured any more needs one",
        [proposed(), accepted(4), called(4, "mainframe"), paged(4, TOM, "mainframe"), joined(6, TOM, "mainframe")],
        TEAM, 0, minutes(2), "",
    ),
    (
        "people called by name are no discipline",
        [proposed(), accepted(4), paged(4, TOM, ""), joined(6, TOM, ""), resolved(9)],
        TEAM, 0, None, "no discipline was called",
    ),
    (
        "brought back: the discipline of before is paged again, in vain",
        [proposed(), accepted(4), called(4, "web"), paged(4, ROSA), resolved(20), reopened(50), paged(50, ROSA),
         silent(53, ROSA), resolved(58)],
        TEAM, 1, None, "the team was never whole",
    ),
    ("from the proposal to the all-clear", [proposed(), accepted(4), resolved(37)], RESOLVE, 0, minutes(37), ""),
    (
        "brought back: from then to its all-clear",
        [proposed(), accepted(4), resolved(37), reopened(50), resolved(58)], RESOLVE, 1, minutes(8), "",
    ),
    (
        "downgraded: there is no all-clear",
        [proposed(), accepted(4), downgraded(9)], RESOLVE, 0, None, "it ended without an all-clear",
    ),
    ("open: so far", [proposed(), accepted(4)], RESOLVE, 0, minutes(60), "it ended without an all-clear"),
    (
        "the clock was set back meanwhile",
        [proposed(), accepted(-30)], DECIDE, 0, None, "the clock was set back meanwhile",
    ),
    (
        "damage took the acceptance: what came after it tells nothing",
        [proposed(), resolved(20)], RESOLVE, 0, minutes(60), "it ended without an all-clear",
    ),
)  # fmt: skip


def took(events: Sequence[e.Event], stretch: int, measure: Measure) -> Took:
    return next(one for one in took_in(events, NEEDS, NOW)[stretch][1] if one.measure is measure)


@pytest.mark.parametrize(("said", "events", "measure", "stretch", "span", "why"), CASES, ids=[c[0] for c in CASES])
def test_a_measure(
    said: str, events: Sequence[e.Event], measure: Measure, stretch: int, span: timedelta | None, why: str
) -> None:
    one = took(events, stretch, measure)
    assert (one.span, one.why) == (span, why)
    assert one.running is (span is not None and bool(why))


def test_nothing_where_damage_took_the_proposal() -> None:
    assert took_in([accepted(4), resolved(9)], NEEDS, NOW) == ()


def test_what_comes_after_the_end_belongs_to_the_stretch_before() -> None:
    first, second = stretches([proposed(), accepted(1), resolved(9), told(9, "all-clear", None), reopened(20)])
    assert [type(event).__name__ for event in first.events] == ["Proposed", "Accepted", "Resolved", "Told"]
    assert (second.again, second.end) == (True, None)


def past(*decided: float) -> list[list[e.Event]]:
    return [[proposed(), accepted(minute), resolved(60 + minute), reopened(90), resolved(99)] for minute in decided]


@pytest.mark.parametrize(
    ("decided", "median", "of"),
    [((), None, 0), ((5,), 5, 1), ((5, 9, 40), 9, 3), ((4, 6), 5, 2)],
    ids=["none before it", "one", "the middle one", "between two"],
)
def test_beside_the_last_ones(decided: tuple[float, ...], median: float | None, of: int) -> None:
    """Their first stretches only."""
    (one,) = measured([proposed(), accepted(14)], past(*decided), NEEDS, Targets(decide=minutes(10)), NOW)
    figure = one.of(Measure.DECIDE)
    assert (figure.before, figure.of) == (None if median is None else minutes(median), of)
    assert figure.over


@pytest.mark.parametrize(("target", "over"), [(14, False), (13, True), (None, False)], ids=["met", "over", "none"])
def test_beside_its_target(target: int | None, over: bool) -> None:
    targets = Targets(decide=None if target is None else minutes(target))
    (one,) = measured([proposed(), accepted(14)], (), NEEDS, targets, NOW)
    assert one.of(Measure.DECIDE).over is over


def test_one_that_still_runs_is_no_part_of_a_median() -> None:
    (one,) = measured([proposed(), accepted(14)], [[proposed()]], NEEDS, Targets(), NOW)
    assert one.of(Measure.DECIDE).of == 0
