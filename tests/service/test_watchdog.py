"""Signs of life for systemd: given while everything moves on, withheld while something is stuck."""

import os
from dataclasses import dataclass

import pytest

from daemon.pulse import Pulse
from daemon.watchdog import LOOKS, Watchdog, feed_every


@dataclass
class Part:
    working: bool = False
    finished: int = 0

    def __post_init__(self) -> None:
        self.pulse = Pulse(lambda: self.working, lambda: self.finished, limit=60.0)

    def stuck(self, now: float) -> tuple[str, ...]:
        return ("outbox",) if self.pulse.stuck(now) else ()


@dataclass(frozen=True)
class Moment:
    """At `at` seconds: whether there is work, how much was finished, and whether it counts as stuck."""

    at: float
    working: bool
    finished: int
    stuck: bool = False


@pytest.mark.parametrize(
    "moments",
    [
        pytest.param([Moment(0, False, 0), Moment(1e6, False, 0)], id="nothing to do is no reason to worry"),
        pytest.param([Moment(0, True, 0), Moment(59, True, 0), Moment(61, True, 0, True)], id="work and no result"),
        pytest.param([Moment(0, True, 0), Moment(59, True, 1), Moment(118, True, 2)], id="slow, and it moves on"),
        pytest.param(
            [Moment(0, True, 0), Moment(100, True, 0, True), Moment(101, True, 1)], id="it was stuck, and moves again"
        ),
        pytest.param(
            [Moment(0, False, 5), Moment(1000, True, 5), Moment(1050, True, 5)], id="the time counts from the work on"
        ),
        pytest.param(
            [Moment(0, True, 0), Moment(61, True, 0, True), Moment(62, False, 0)], id="what it was at has been given up"
        ),
    ],
)
def test_what_is_stuck(moments: list[Moment]) -> None:
    part, fed = Part(), 0

    def feed() -> None:
        nonlocal fed
        fed += 1

    dog = Watchdog(part.stuck, feed, 1.0)
    for moment in moments:
        part.working, part.finished, before = moment.working, moment.finished, fed
        assert dog.look(moment.at) == (("outbox",) if moment.stuck else ())
        assert fed - before == (not moment.stuck)


def test_whoever_asks_hears_that_nobody_looks_any_more() -> None:
    dog = Watchdog(Part().stuck, lambda: None, 15.0)
    assert dog.well(1e6)
    dog.look(100.0)
    assert dog.well(100.0 + 15.0 * LOOKS)
    assert not dog.well(101.0 + 15.0 * LOOKS)


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        pytest.param({}, 0.0, id="not run by systemd"),
        pytest.param({"WATCHDOG_USEC": "90000000"}, 30.0, id="three signs within the time"),
        pytest.param({"WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "1"}, 0.0, id="meant for another process"),
        pytest.param({"WATCHDOG_USEC": "soon"}, 0.0, id="no number"),
    ],
)
def test_how_often(environment: dict[str, str], seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WATCHDOG_USEC", "WATCHDOG_PID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert feed_every() == seconds
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    assert feed_every() == (seconds if "WATCHDOG_PID" not in environment else 30.0)
