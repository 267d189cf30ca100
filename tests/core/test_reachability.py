"""Whom an exercise reached: the first notice that arrived counts, in seconds from the first that was meant for them."""

from datetime import timedelta

import pytest

from config.types import Detail
from daemon.core import events as e
from daemon.core.content import Content
from daemon.core.delivery import Ended, Ending
from daemon.core.kinds import Kind
from daemon.core.notices import Notice, Priority
from daemon.core.reachability import MOST_ROWS, Fate, Reach, figures, reach
from tests.core.samples import T

D, S, U, X = Ending.DELIVERED, Ending.SENT, Ending.UNREACHED, Ending.STOPPED


def fate(number: int, minute: int, *ended: Ended, to: tuple[str, ...] = ("ann",), going: tuple[str, ...] = ()) -> Fate:
    notice = Notice(
        id=number,
        incident="DR-1",
        kind=Kind.INITIAL,
        at=T + timedelta(minutes=minute),
        audience="",
        recipients=to,
        detail=Detail.PUBLIC,
        via=(("email",), ("sms",)),
        priority=Priority.STAKEHOLDERS,
        content=Content(),
    )
    return Fate(notice, {one.contact: one for one in ended}, going)


def ended(ending: Ending, channel: str = "", seconds: int = 0, reason: str = "") -> Ended:
    return Ended("ann", ending, channel, seconds, reason)


@pytest.mark.parametrize(
    ("fates", "expected"),
    [
        pytest.param(
            [fate(1, 0, ended(D, "sms", 7)), fate(2, 5, ended(D, "email", 1))],
            Reach("ann", "sms", 7, delivered=True),
            id="the first that arrives counts, with its receipt",
        ),
        pytest.param(
            [fate(1, 0, ended(U, reason="sms: off")), fate(2, 5, ended(S, "email", 3))],
            Reach("ann", "email", 303, reason="sms: off"),
            id="what failed first is remembered, and the time runs on",
        ),
        pytest.param(
            [fate(1, 0, ended(U, reason="sms: off")), fate(2, 5, ended(U))],
            Reach("ann", reason="no address on any channel of the ladder"),
            id="nothing reached",
        ),
        pytest.param([fate(1, 0)], Reach("ann", tried=False), id="it was over first"),
        pytest.param(
            [fate(1, 0), fate(2, 9, ended(S, "email", 3))],
            Reach("ann", "email", 3),
            id="what was no longer sent to them does not count",
        ),
        pytest.param(
            [fate(1, 0, ended(X, reason="answered")), fate(2, 9, ended(S, "email", 3))],
            Reach("ann", "email", 3),
            id="nor what an answer made needless",
        ),
        pytest.param([fate(1, 0, going=("ann",))], Reach("ann", reason="no outcome yet"), id="still under way"),
        pytest.param(
            [fate(2, 5, ended(D, "email", 1)), fate(1, 0, ended(D, "sms", 7))],
            Reach("ann", "sms", 7, delivered=True),
            id="in the order of the notices, however they are read",
        ),
        pytest.param(
            [fate(1, 0, ended(S, "email", 2, "sms: unknown handset"))],
            Reach("ann", "email", 2, reason="sms: unknown handset"),
            id="reached, but not by every channel",
        ),
        pytest.param(
            [fate(1, 0, ended(D, "sms", 2, "answered"))],
            Reach("ann", "sms", 2, delivered=True),
            id="an answer ends the tries, and is no failure",
        ),
    ],
)
def test_one_person(fates: list[Fate], expected: Reach) -> None:
    assert reach(fates, ()) == (expected,)


def test_an_answer_shows_more_than_any_receipt() -> None:
    (one,) = reach([fate(1, 0, ended(U))], [e.Heard("DR-1", T, "ann", "")])
    assert (one.answered, one.reached, one.channel) == (True, True, "")
    (other,) = reach([fate(1, 0)], [e.Accepted("DR-1", T, "ann", "", "")])
    assert other.tried


def people(*seconds: int | None, first: int = 0) -> tuple[Reach, ...]:
    """Somebody reached by email in so many seconds, or not reached."""
    return tuple(
        Reach(f"p{first + n}", "email", s) if s is not None else Reach(f"p{first + n}", reason="off")
        for n, s in enumerate(seconds)
    )


def test_the_figures() -> None:
    now = (*people(4, 10, 7, None), Reach("x", tried=False), Reach("y", "sms", 60, answered=True))
    found = figures(now, str.upper)
    assert (found.people, found.reached, found.answered, found.untried) == (5, 4, 1, 1)
    assert (found.median, found.worst) == (7, 60)
    assert [(way.channel, way.people, way.median, way.worst) for way in found.ways] == [
        ("email", 3, 7, 10),
        ("sms", 1, 60, 60),
    ]
    assert [(one.name, one.reason) for one in found.missing] == [("P3", "off")]
    assert (found.before, found.before_people, found.before_median) == ("", 0, None)


def test_nobody_at_all() -> None:
    found = figures((), str)
    assert (found.people, found.median, found.worst, found.ways) == (0, None, None, ())


def test_beside_the_last_one() -> None:
    """Only who took part in both can have become better or worse."""
    found = figures(people(4, None, 7), str, "DR-1", (*people(9, 9, None), *people(None, first=7)))
    assert (found.before, found.before_people, found.before_reached, found.before_median) == ("DR-1", 4, 2, 9)
    assert (found.newly, found.again) == (("p1",), ("p2",))


def test_of_very_many_only_some_are_named() -> None:
    found = figures(people(*[5] * 1000, *[None] * 1000), str)
    assert (found.people, found.reached, found.rows) == (2000, 1000, ())
    assert len(found.missing) == MOST_ROWS
