"""What canaries show of a channel, who hears of it, and what is said again by the next rung."""

from datetime import timedelta

import pytest

from channels.types import Failure, Outcome, Result, Retry
from daemon.core.health import LONG_PAUSE, Condition
from daemon.core.notices import Notice
from daemon.core.stimuli import CanaryBack, CanaryLost, Observed
from tests.core.vocabulary import NEXT, WAY_DOWN, Came, Office, minutes

FAULT = Outcome(Result.FAILED, failure=Failure("500", "Twilio has a fault", Retry.SAME))


def lost(office: Office, channel: str = "email", *, ago: timedelta = timedelta(0)) -> Came:
    return office.gets(CanaryLost(channel, office.now - ago, "a mail to ourselves did not arrive"))


def back(office: Office, channel: str = "email", *, ago: timedelta = timedelta(0)) -> Came:
    return office.gets(CanaryBack(channel, office.now - ago, timedelta(seconds=2)))


def condition(office: Office, channel: str = "email") -> Condition:
    return office.state.health[channel].condition(office.now)


def updated(office: Office, words: str = "UPDATE MI-1 Half is back.") -> Notice:
    """An update that the relay took, to the stakeholders; who has no mail got it by text."""
    office.now += minutes(1)
    notices = office.says("An", words).of("update")
    for notice in notices:
        office.sends(notice)
    return next(notice for notice in notices if notice.audience == "stakeholders")


def test_a_canary_that_is_back_says_how_long_it_took() -> None:
    office = Office()
    assert back(office, ago=minutes(1)).kinds == []
    health = office.state.health["email"]
    assert (health.good, health.took) == (office.now - minutes(1), timedelta(seconds=2))
    assert office.restored().health["email"].took == timedelta(seconds=2)


def test_a_canary_that_is_lost_and_one_that_is_back_are_told_once_each() -> None:
    office = Office()
    came = lost(office) + lost(office)
    assert came.copies("canary-lost") == {"Sofie": 1, "Tom": 1}
    assert condition(office) is Condition.DOWN
    office.now += minutes(5)
    came = back(office) + back(office)
    assert came.copies("channel-up") == {"Sofie": 1, "Tom": 1}
    assert condition(office) is Condition.UP


def test_a_canary_that_comes_late_makes_nothing_up_but_its_time() -> None:
    office = Office()
    office.now += minutes(5)
    lost(office)
    back(office, ago=minutes(5))
    assert condition(office) is Condition.DOWN
    assert office.state.health["email"].good == office.now - minutes(5)


def test_a_mail_that_is_only_taken_makes_no_channel_up_that_loses_them() -> None:
    office = Office()
    lost(office)
    office.gets(Observed("email", Outcome(Result.SENT)))
    assert condition(office) is Condition.DOWN
    office.gets(Observed("email", Outcome(Result.DELIVERED)))
    assert condition(office) is Condition.UP


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        pytest.param([FAULT] * 2, Condition.UP, id="two faults may be anything"),
        pytest.param([FAULT] * 3, Condition.DOWN, id="three faults in a row are the channel's own"),
        pytest.param([FAULT, FAULT, Outcome(Result.SENT), FAULT], Condition.UP, id="not in a row"),
        pytest.param([Outcome(Result.FAILED, failure=NEXT)] * 9, Condition.UP, id="recipients that are refused"),
        pytest.param([Outcome(Result.FAILED, failure=WAY_DOWN)], Condition.DOWN, id="it says so"),
        pytest.param(
            [Outcome(Result.FAILED, failure=Failure("20429", "too many", Retry.SAME, timedelta(seconds=2)))] * 9,
            Condition.UP,
            id="a short pause is no fault",
        ),
        pytest.param(
            [Outcome(Result.FAILED, failure=Failure("20429", "too many", Retry.SAME, LONG_PAUSE))],
            Condition.DOWN,
            id="a long pause is as good as down",
        ),
    ],
)
def test_the_breaker(outcomes: list[Outcome], expected: Condition) -> None:
    office = Office()
    for outcome in outcomes:
        office.gets(Observed("sms", outcome))
    assert condition(office, "sms") is expected


def test_what_was_sent_since_the_last_good_canary_is_said_again_by_the_next_rung() -> None:
    office = Office().accepted()
    office.now += minutes(1)
    back(office)
    sent = updated(office)
    again = next(n for n in lost(office).of("update") if n.audience == "stakeholders")
    assert again.content.again
    assert again.via == (("sms",),)
    assert set(again.recipients) == set(sent.recipients) - {office.who("+447912555116"), office.who("Oliver")}
    assert again.content.words == sent.content.words


def test_it_is_told_before_the_operators_are_and_moves_no_promise() -> None:
    office = Office().accepted()
    back(office)
    updated(office)
    before = office.incident.promises
    came = lost(office)
    assert came.kinds == ["update", "canary-lost"]
    assert came.events == []
    assert office.incident.promises == before


def test_it_is_never_said_twice() -> None:
    office = Office().accepted()
    back(office)
    updated(office)
    came = lost(office)
    for notice in came.of("update"):
        office.sends(notice, "sms")
    office.gets(Observed("email", Outcome(Result.DELIVERED)))
    office.now += minutes(1)
    assert office.gets(Observed("email", Outcome(Result.FAILED, failure=WAY_DOWN))).kinds == ["channel-down"]


def test_only_the_newest_word_is_said_again() -> None:
    office = Office().accepted()
    back(office)
    updated(office)
    updated(office, "UPDATE MI-1 All is back.")
    assert {n.content.words for n in lost(office).of("update")} == {"All is back."}


def test_what_was_sent_before_a_good_canary_has_arrived() -> None:
    office = Office().accepted()
    updated(office)
    office.now += minutes(1)
    back(office)
    office.now += minutes(1)
    assert lost(office).kinds == ["canary-lost"]


def test_without_canaries_a_relay_that_goes_down_has_lost_nothing() -> None:
    office = Office().accepted()
    updated(office)
    assert office.gets(Observed("email", Outcome(Result.FAILED, failure=WAY_DOWN))).kinds == ["channel-down"]


def test_what_is_over_is_not_said_again() -> None:
    office = Office().accepted()
    back(office)
    updated(office)
    for notice in office.says("An", "RESOLVE All is back.").notices:
        office.sends(notice)
    assert lost(office).kinds == ["canary-lost"]


def test_a_text_that_waits_for_its_receipt_is_said_again_when_texts_are_lost() -> None:
    office = Office({'via = ["email+sms"]': 'via = ["sms", "email"]'})
    back(office, "sms")
    office.now += minutes(1)
    request = office.proposes().one("decision-request")
    for name in ("An", "James", "Claire"):
        office.ends(request, name, "sms", Result.SENT)
    office.receipt(request, "James", Result.DELIVERED)
    assert lost(office, "sms").to("decision-request") == {"An", "Claire"}
