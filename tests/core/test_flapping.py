"""What comes and goes is not told each time, and that it works again is never forgotten; over restarts, too."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from channels.types import Outcome, Result
from daemon.core.flapping import CALM, COMES_AND_GOES
from daemon.core.stimuli import Observed, PartChanged, SourceChanged, StateChanged, Stimulus
from tests.core.vocabulary import WAY_DOWN, Office, minutes

Turn = Callable[[bool], Stimulus]

KINDS: dict[str, Turn] = {
    "source": lambda up: SourceChanged("incidents", up, "" if up else "refused"),
    "part": lambda up: PartChanged("web server", up, "" if up else "taken"),
    "state": lambda up: StateChanged(up, "" if up else "no space left"),
    "channel": lambda up: Observed("sms", Outcome(Result.SENT) if up else Outcome(Result.FAILED, failure=WAY_DOWN)),
}

kinds = pytest.mark.parametrize(("name", "turn"), KINDS.items(), ids=KINDS)


def turned(office: Office, turn: Turn, times: int, apart: timedelta) -> list[str]:
    """What the operators hear while it goes down and comes back so many times."""
    heard: list[str] = []
    for up in (False, True) * times:
        office.now += apart
        heard += office.gets(turn(up)).kinds
    return heard


@kinds
def test_all_day_long_it_is_told_three_times_and_once_more_when_it_is_over(name: str, turn: Turn) -> None:
    office = Office()
    heard = turned(office, turn, 200, minutes(1))
    assert heard == [f"{name}-down", f"{name}-up"] * 2 + [f"{name}-down"]
    assert office.passes(CALM - minutes(2)).kinds == []
    assert office.ticks().kinds == []
    office.now += minutes(2)
    assert office.ticks().kinds == [f"{name}-up"]
    office.now += minutes(60)
    assert office.ticks().kinds == []


@kinds
def test_the_last_time_it_says_so(name: str, turn: Turn) -> None:
    office = Office()
    reasons = []
    for _ in range(3):
        reasons += [notice.content.reason for notice in office.gets(turn(False)).of(f"{name}-down")]
        office.now += minutes(1)
        office.gets(turn(True))
    assert [COMES_AND_GOES in reason for reason in reasons] == [False, False, True]


@kinds
def test_once_a_day_is_no_coming_and_going(name: str, turn: Turn) -> None:
    assert turned(Office(), turn, 5, timedelta(hours=12)) == [f"{name}-down", f"{name}-up"] * 5


@kinds
def test_what_was_kept_back_is_told_after_a_restart(name: str, turn: Turn) -> None:
    office = Office()
    turned(office, turn, 10, minutes(1))
    office.state = office.restored()
    office.now += CALM
    assert office.ticks().kinds == [f"{name}-up"]


@kinds
def test_what_is_still_down_is_not_told_to_work(name: str, turn: Turn) -> None:
    office = Office()
    turned(office, turn, 10, minutes(1))
    office.gets(turn(False))
    office.now += timedelta(days=2)
    assert office.ticks().kinds == []
    office.gets(turn(True))
    office.now += CALM
    assert (office.ticks().kinds or [f"{name}-up"]) == [f"{name}-up"]
    assert not office.state.heard[next(iter(office.state.heard))].down


def test_damage_is_told_each_time() -> None:
    office = Office()
    heard = []
    for _ in range(5):
        office.now += minutes(1)
        heard += office.gets(StateChanged(up=False, reason="line 7 is damaged", damage=True)).kinds
    assert set(heard) == {"state-damaged"}
    assert len(heard) >= 5


def test_a_disk_that_works_after_a_restart_is_told_to_work() -> None:
    """The daemon that said that it fails was stopped before it could take that back."""
    office = Office()
    office.gets(StateChanged(up=False, reason="no space left"))
    office.state = office.restored()
    office.now += CALM
    assert office.ticks().kinds == ["state-up"]


@pytest.mark.parametrize(
    ("stimulus", "left"),
    [
        pytest.param(SourceChanged("incidents", False, "refused"), 1, id="a mailbox that is there"),
        pytest.param(SourceChanged("old-box", False, "refused"), 0, id="a mailbox that was removed"),
        pytest.param(PartChanged("heartbeat", False, "404"), 0, id="a heartbeat that was removed"),
        pytest.param(PartChanged("way in: old-box", False, "KeyError"), 0, id="the watcher of one that was removed"),
        pytest.param(PartChanged("way in: incidents", False, "KeyError"), 1, id="the watcher of one that is there"),
        pytest.param(PartChanged("consumer", False, "KeyError"), 1, id="a part that is always there"),
        pytest.param(
            Observed("pager", Outcome(Result.FAILED, failure=WAY_DOWN)), 0, id="a named channel that was removed"
        ),
    ],
)
def test_what_was_removed_while_it_failed_is_neither_down_nor_back(stimulus: Stimulus, left: int) -> None:
    office = Office()
    office.gets(stimulus)
    state = office.state = office.restored()
    assert len(state.unwatched | state.ailing | {name for name, health in state.health.items() if health.down}) == left
    office.now += timedelta(days=1)
    assert office.ticks().kinds == []
