"""What waits for a channel: the urgent first, at its pace; and a text that a carrier took for spam, once more."""

import asyncio
from dataclasses import replace

import pytest

from config.types import Settings
from daemon.core.notices import Priority
from daemon.harmless import harmless
from daemon.lanes import Lane, Work
from daemon.rates import Rate, rates
from parsers.segments import segments
from tests.core.vocabulary import example

PACE = {
    'poll_every = "10s"': 'poll_every = "10s"\nper_second = 25',
    'name = "primary"': 'name = "primary"\nper_minute = 120',
}


def work(place: int, priority: Priority = Priority.STAKEHOLDERS) -> Work:
    return Work(priority, place, "nadia", 0, "sms", "+32470550115")


async def test_the_most_urgent_goes_first_and_equals_in_their_order() -> None:
    lane = Lane(Rate())
    for place, priority in enumerate((Priority.STAKEHOLDERS, Priority.PAGE, Priority.DECISION, Priority.PAGE)):
        lane.put(work(place, priority))
    assert [(await lane.get()).notice for _ in range(4)] == [2, 1, 3, 0]


async def test_what_comes_while_the_channel_pauses_goes_first_where_it_is_more_urgent() -> None:
    lane = Lane(Rate())
    lane.rate.pause(1)
    lane.put(work(1))
    first = asyncio.create_task(lane.get())
    await asyncio.sleep(0)
    lane.put(work(2, Priority.DECISION))
    assert (await first).notice == 2


async def test_a_rate_lets_a_seconds_worth_through_and_then_makes_wait() -> None:
    rate = Rate(lambda: 3)
    for _ in range(3):
        assert rate.wait() == 0
        rate.start()
    for _ in range(3000):
        rate.start()
    assert rate.wait() > 0


async def test_a_rate_of_less_than_one_a_second_lets_one_through() -> None:
    rate = Rate(lambda: 0.25)
    assert rate.wait() == 0
    rate.start()
    for _ in range(100):
        rate.start()
    assert rate.wait() > 0


async def test_a_pause_holds_up_what_has_no_limit() -> None:
    rate = Rate()
    rate.start()
    assert rate.wait() == 0
    rate.pause(30)
    rate.pause(5)
    assert rate.wait() > 5


async def test_what_waited_out_a_pause_goes_before_its_equals_and_after_the_urgent() -> None:
    lane = Lane(Rate())
    lane.put(work(1))
    lane.put(replace(work(2), turn=1))
    lane.put(work(3, Priority.DECISION))
    assert [(await lane.get()).notice for _ in range(3)] == [3, 2, 1]


async def test_what_has_to_wait_for_the_rate_keeps_its_place() -> None:
    lane = Lane(Rate(lambda: 2))
    for number in range(4):
        lane.put(work(number))
    assert [(await lane.get()).notice for _ in range(4)] == [0, 1, 2, 3]


async def test_taking_does_not_wait() -> None:
    lane = Lane(Rate())
    assert lane.take() is None
    for number in range(2):
        lane.put(work(number))
    assert (first := lane.take())
    assert first.notice == 0
    lane.rate.pause(30)
    assert lane.take() is None
    assert lane.waiting
    assert [each.notice for each in lane.empty()] == [1]
    assert not lane.waiting


def test_the_rates_are_those_configured_and_mail_goes_at_the_pace_of_the_relay_in_use() -> None:
    settings: Settings = example(PACE).settings
    first, second = settings.relays[0], replace(settings.relays[0], name="backup", per_minute=30)
    used = [first.name]
    found = rates(replace(settings, relays=(first, second)), lambda: used[0])
    assert (found["email"](), found["sms"](), found["gsm"]()) == (2.0, 25.0, 0.0)
    used[0] = "backup"
    assert found["email"]() == 0.5


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("MI-1: half is back.", "MI-1: half is back.", id="nothing to take away"),
        pytest.param("MI-1: see https://a.example/b?c=1 now", "MI-1: see now", id="a link"),
        pytest.param("MI-1: see WWW.A.EXAMPLE", "MI-1: see", id="a link without a scheme"),
    ],
)
def test_a_text_without_links(body: str, expected: str) -> None:
    assert harmless(body) == expected


@pytest.mark.parametrize("word", [pytest.param("word", id="GSM"), pytest.param("слово", id="UCS-2")])
def test_a_long_text_keeps_its_number_and_its_verbs_in_one_part(word: str) -> None:
    short = harmless(f"MI-1: {word} " + f"{word} " * 60 + "Reply ACCEPT MI-1 or REJECT MI-1.")
    assert segments(short).segments == 1
    assert short.startswith("MI-1: ")
    assert short.endswith("or REJECT MI-1.")
