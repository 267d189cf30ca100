"""The state of a channel, and ladders around channels that an incident has taken out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channels.types import Failure, Outcome, Result, Retry
from config.types import Ladder
from daemon.core.health import FAULTS, FIRST_PAUSE, LONGEST_PAUSE, REFUSALS, Condition, Health, observe
from daemon.core.ladder import bypass
from tests.core.samples import T
from tests.core.vocabulary import BUSY, REFUSED, WAY_DOWN, minutes

DOWN = Health(True, T, T + FIRST_PAUSE, FIRST_PAUSE, "connection refused")
UP = Health(False, T, T, FIRST_PAUSE)
FAILS = Outcome(Result.FAILED, failure=WAY_DOWN)


@pytest.mark.parametrize(
    ("before", "outcome", "down"),
    [
        pytest.param(None, FAILS, True, id="the channel says it is down"),
        pytest.param(UP, FAILS, True, id="a channel that worked goes down"),
        pytest.param(None, Outcome(Result.SENT), False, id="the first that works"),
        pytest.param(DOWN, Outcome(Result.SENT), False, id="one that works makes it up again"),
        pytest.param(DOWN, Outcome(Result.DELIVERED), False, id="a receipt does, too"),
        pytest.param(DOWN, Outcome(Result.FAILED, failure=REFUSED), True, id="a refused address shows nothing"),
        pytest.param(UP, Outcome(Result.FAILED, failure=BUSY), False, id="a busy server is not down"),
        pytest.param(DOWN, Outcome(Result.UNCERTAIN, failure=BUSY), True, id="an uncertain one shows nothing"),
    ],
)
def test_up_and_down(before: Health | None, outcome: Outcome, down: bool) -> None:
    assert observe(before, outcome, T + minutes(1)).down is down


SLOW = Failure("429", "too many requests", Retry.SAME, timedelta(seconds=2))


@pytest.mark.parametrize(
    ("failure", "times"),
    [
        pytest.param(Failure("timeout", "no answer in time", Retry.SAME), FAULTS, id="no answer"),
        pytest.param(Failure("451 4.3.0", "trouble of its own", Retry.SAME), FAULTS, id="a relay with trouble"),
        pytest.param(SLOW, REFUSALS, id="too many for it, again and again"),
        pytest.param(Failure("450 4.2.0", "greylisted", Retry.SAME), None, id="a mailbox says nothing of the relay"),
    ],
)
def test_so_many_in_a_row_and_it_is_down(failure: Failure, times: int | None) -> None:
    health, failed = UP, 0
    while not health.down and failed < 2 * REFUSALS:
        health, failed = observe(health, Outcome(Result.FAILED, failure=failure), T), failed + 1
    assert (failed if health.down else None) == times


def test_one_that_it_takes_in_between_and_the_count_begins_again() -> None:
    health = UP
    for _ in range(REFUSALS):
        health = observe(observe(health, Outcome(Result.FAILED, failure=SLOW), T), Outcome(Result.SENT), T)
    assert not health.down


def test_the_pause_doubles_up_to_the_longest_and_since_stays() -> None:
    health, now, pauses = DOWN, T, []
    for _ in range(6):
        now = health.until
        health = observe(health, FAILS, now)
        pauses.append((health.until - now).total_seconds())
    assert pauses == [60, 120, 240, 300, 300, 300]
    assert health.pause == LONGEST_PAUSE
    assert health.since == T


def test_failures_that_were_under_way_do_not_lengthen_the_pause() -> None:
    assert observe(DOWN, FAILS, T + FIRST_PAUSE / 2) is DOWN


def test_what_a_receipt_showed_only_a_receipt_takes_back() -> None:
    """A suspended account goes on taking texts: each of them would make the channel up, and its receipt down again."""
    undelivered = observe(UP, replace(FAILS, ref="SM1"), T)
    assert undelivered.down
    assert observe(undelivered, Outcome(Result.SENT, "SM2"), T + minutes(1)) is undelivered
    assert not observe(undelivered, Outcome(Result.DELIVERED, "SM2"), T + minutes(1)).down


def test_after_the_pause_it_is_suspect() -> None:
    assert DOWN.condition(T) is Condition.DOWN
    assert DOWN.condition(DOWN.until) is Condition.SUSPECT
    assert UP.condition(T) is Condition.UP


@pytest.mark.parametrize(
    ("via", "disabled", "after"),
    [
        pytest.param((("email",), ("sms",)), (), (("email",), ("sms",)), id="nothing is disabled"),
        pytest.param(
            (("email",), ("sms",)), ("email",), (("sms", "email"),), id="email is out: text first, mail with it"
        ),
        pytest.param((("email", "sms"),), ("email",), (("email", "sms"),), id="a rung that still has text stays"),
        pytest.param((("email",),), ("email",), (("email",),), id="what is the only way is tried all the same"),
        pytest.param(
            (("sms",), ("email",), ("voice",)),
            ("email",),
            (("sms",), ("voice", "email")),
            id="in the middle: with the rung after it",
        ),
        pytest.param(
            (("email",), ("sms",), ("voice",)),
            ("email", "sms"),
            (("voice", "email", "sms"),),
            id="two are out: the third first",
        ),
        pytest.param((("email",), ("sms", "email")), ("email",), (("sms", "email"),), id="a channel is in a rung once"),
    ],
)
def test_bypass(via: Ladder, disabled: tuple[str, ...], after: Ladder) -> None:
    assert bypass(via, frozenset(disabled)) == after
