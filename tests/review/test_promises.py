"""Updates against their promise: what became of each, in every way that it can go."""

from collections.abc import Sequence

import pytest

from daemon.core import events as e
from daemon.review.promises import Met, dues, paces
from tests.review.vocabulary import (
    AN,
    NUMBER,
    accepted,
    at,
    minutes,
    proposed,
    reopened,
    resolved,
    told,
    updated,
)

BEGUN: list[e.Event] = [proposed(), accepted(0), told(0, "initial", 30)]


def every(minute: float, interval: float) -> e.IntervalSet:
    return e.IntervalSet(NUMBER, at(minute), AN, ("staff",), minutes(interval))


def missed(minute: float) -> e.Missed:
    return e.Missed(NUMBER, at(minute), ("staff",))


def lapsed(minute: float) -> e.Lapsed:
    return e.Lapsed(NUMBER, at(minute), ("staff",))


CASES: tuple[tuple[str, Sequence[e.Event], list[tuple[float, float | None, Met]]], ...] = (
    ("not due yet", [], [(30, None, Met.OPEN)]),
    ("a word before it is due", [updated(20), told(20, "update", 50)], [(30, 20, Met.WORD), (50, None, Met.OPEN)]),
    ("half a minute late is on time", [told(30.5, "update", None)], [(30, 30.5, Met.WORD)]),
    ("later is late", [told(34, "update", None)], [(30, 34, Met.LATE)]),
    ("a holding update stands in", [told(30, "holding", 60)], [(30, 30, Met.HOLDING), (60, None, Met.OPEN)]),
    ("nothing is sent in its place", [missed(30)], [(30, 30, Met.NOTHING), (60, None, Met.OPEN)]),
    (
        "two missed in a row",
        [told(30, "holding", 60), told(60, "holding", 90)],
        [(30, 30, Met.HOLDING), (60, 60, Met.HOLDING), (90, None, Met.OPEN)],
    ),
    ("the all-clear keeps it", [resolved(25), told(25, "all-clear", None)], [(30, 25, Met.WORD)]),
    ("it ends without a word to them", [resolved(25)], [(30, 25, Met.ENDED)]),
    ("nobody hears at this interval any more", [lapsed(10)], [(30, 10, Met.LAPSED)]),
    ("EVERY brings it forward", [every(5, 10), told(10, "update", 20)], [(10, 10, Met.WORD), (20, None, Met.OPEN)]),
    ("EVERY does not put off what was promised", [every(5, 60)], [(30, None, Met.OPEN)]),
    (
        "brought back, it begins anew",
        [resolved(9), told(9, "all-clear", None), reopened(40), told(40, "reopened", 70), told(75, "update", None)],
        [(30, 9, Met.WORD), (70, 75, Met.LATE)],
    ),
    ("two notices at one moment are one promise", [told(0, "initial", 30, notice=2)], [(30, None, Met.OPEN)]),
)


@pytest.mark.parametrize(("said", "events", "came"), CASES, ids=[case[0] for case in CASES])
def test_a_promise(said: str, events: Sequence[e.Event], came: list[tuple[float, float | None, Met]]) -> None:
    found = [(one.due, one.came, one.met) for one in dues([*BEGUN, *events])]
    assert found == [(at(due), None if when is None else at(when), met) for due, when, met in came]


def test_how_an_audience_heard() -> None:
    """Gaps are within a stretch only: while it was over nothing was promised."""
    events: list[e.Event] = [
        *BEGUN,
        told(20, "update", 50),
        told(50, "holding", 80),
        resolved(60),
        told(60, "all-clear", None),
        reopened(200),
        told(200, "reopened", 230),
        told(234, "update", 264),
        told(0, "initial", 15, audience="board"),
    ]
    staff = paces(events)[0]
    assert (staff.audience, staff.promised, staff.told) == ("staff", minutes(30), 6)
    assert (staff.median, staff.longest) == (minutes(25), minutes(34))
    assert (staff.kept, staff.late, staff.missed) == (2, 1, 1)


def test_one_notice_has_no_gap() -> None:
    (one,) = paces(BEGUN)
    assert (one.median, one.longest, one.told) == (None, None, 1)


def test_nobody_was_told() -> None:
    assert paces([proposed(), accepted(4)]) == ()
    assert dues([proposed(), accepted(4)]) == ()
