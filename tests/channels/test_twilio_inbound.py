"""Texts read by polling, and receipts, against a working Twilio on loopback."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from channels.twilio_inbound import TextPoll
from channels.twilio_sms import TwilioSms
from channels.types import Arrival, ChannelDown, Failure, FirstSight, Result, Retry, SourceState, Text, TextArrival
from daemon.sandbox import twilio_faults as faults
from daemon.sandbox.twilio_faults import Fault
from tests.channels.twilio_case import ANN, BOB, Case, Ledger, twilio

UP = SourceState("twilio", True, "")
Step = Callable[[], Awaitable[object]]


class Over(Exception):
    """The steps of a test are done."""


async def poll(case: Case, ledger: Ledger, steps: Sequence[Step], since: datetime | None) -> list[float]:
    """Polls, with one step done in each pause; returns the pauses, in seconds, but for the last."""
    pauses: list[float] = []
    left = list(steps)

    async def sleep(seconds: float) -> None:
        if not left:
            raise Over
        pauses.append(seconds)
        await left.pop(0)()

    with pytest.raises(Over):
        await TextPoll(case.api, case.server.number, sleep=sleep, now=case.clock).watch(ledger, since)
    return pauses


def bodies(arrivals: Sequence[Arrival]) -> list[str]:
    return [arrival.body for arrival in arrivals if isinstance(arrival, TextArrival)]


async def nothing() -> None:
    """A pause in which nothing happens."""


async def test_a_text_is_delivered_once_and_whole() -> None:
    async with twilio() as case:
        ledger = Ledger()
        ref = await case.server.text(ANN, "Accept 7 €🙂", media=2)
        pauses = await poll(case, ledger, [nothing, nothing], case.clock.at - timedelta(hours=1))
        text = TextArrival("twilio", ref, ANN, case.server.number, "Accept 7 €🙂", case.clock.at, 2)
        assert ledger.arrivals == [text, UP]
        assert pauses == [10, 10]


async def test_the_oldest_comes_first_and_each_only_once() -> None:
    async with twilio() as case:
        ledger = Ledger()

        async def two_more() -> None:
            await case.server.text(BOB, "three")
            case.clock.forward(seconds=1)
            await case.server.text(ANN, "four")

        await case.server.text(ANN, "one")
        await case.server.text(BOB, "two")
        await poll(case, ledger, [two_more, nothing], case.clock.at)
        assert bodies(ledger.arrivals) == ["one", "two", "three", "four"]


async def test_our_own_texts_and_older_ones_are_no_arrivals() -> None:
    async with twilio() as case:
        ledger = Ledger()
        await case.server.text(ANN, "before")
        case.clock.forward(minutes=1)
        await TwilioSms(case.api, case.server.number).send(Text(ANN, "ours"))
        await TwilioSms(case.api, case.server.number).send(Text(case.server.number, "ours, to ourselves"))
        await poll(case, ledger, [lambda: case.server.text(ANN, "after")], case.clock.at)
        assert bodies(ledger.arrivals) == ["after"]


async def test_a_source_never_seen_before_is_counted_and_only_what_follows_is_delivered() -> None:
    async with twilio() as case:
        ledger = Ledger()
        await case.server.text(ANN, "ACCEPT 1")
        await case.server.text(BOB, "ACCEPT 2")
        await poll(case, ledger, [lambda: case.server.text(ANN, "in the same second"), nothing], None)
        sight, *rest = ledger.take()
        assert sight == FirstSight("twilio", None, 2, case.clock.at + timedelta(seconds=1))
        assert bodies(rest) == ["in the same second"]


async def test_a_restart_after_first_sight_does_not_act_on_what_waited() -> None:
    async with twilio() as case:
        ledger = Ledger()
        await case.server.text(ANN, "ACCEPT 1")
        await poll(case, ledger, [], None)
        [sight, up] = ledger.take()
        assert up == UP
        assert isinstance(sight, FirstSight)
        case.clock.forward(seconds=5)
        await poll(case, ledger, [lambda: case.server.text(ANN, "ACCEPT 2")], sight.since)
        assert bodies(ledger.arrivals) == ["ACCEPT 2"]


async def test_where_nothing_waits_a_clock_that_is_ahead_loses_nothing() -> None:
    async with twilio() as case:
        ledger = Ledger()
        true_time = case.clock.at
        case.clock.forward(minutes=10)

        async def text_at_the_true_time() -> None:
            case.clock.at = true_time
            await case.server.text(ANN, "ACCEPT 1")

        await poll(case, ledger, [text_at_the_true_time, nothing], None)
        assert bodies(ledger.arrivals) == ["ACCEPT 1"]


async def test_first_sight_that_was_not_taken_is_told_again() -> None:
    async with twilio() as case:
        ledger = Ledger()
        refusals = iter([True, False])
        ledger.full = lambda arrival: isinstance(arrival, FirstSight) and next(refusals)
        await poll(case, ledger, [lambda: case.server.text(ANN, "ACCEPT 1")], None)
        [sight] = [arrival for arrival in ledger.arrivals if isinstance(arrival, FirstSight)]
        assert sight.waiting == 1
        assert bodies(ledger.arrivals) == []


async def test_hundreds_that_came_while_we_were_away_are_all_read() -> None:
    async with twilio() as case:
        ledger = Ledger()
        sent = [f"text {n}" for n in range(250)]
        for body in sent:
            await case.server.text(ANN, body)
            case.clock.forward(seconds=20)  # over midnight, too
        await poll(case, ledger, [], datetime(2026, 3, 1, tzinfo=UTC))
        assert bodies(ledger.arrivals) == sent
        assert case.server.requests == 3


async def test_a_round_without_news_asks_once() -> None:
    async with twilio() as case:
        for n in range(250):
            await case.server.text(ANN, f"text {n}")
        await poll(case, Ledger(), [nothing, nothing], case.clock.at)
        assert case.server.requests == 3 + 1 + 1


async def test_a_text_that_was_not_taken_comes_again_in_order() -> None:
    async with twilio() as case:
        ledger = Ledger()
        refusals = iter([False, True, False, False, False])
        ledger.full = lambda arrival: isinstance(arrival, TextArrival) and next(refusals)
        for body in ("one", "two", "three"):
            await case.server.text(ANN, body)
        await poll(case, ledger, [nothing], case.clock.at)
        assert bodies(ledger.arrivals) == ["one", "two", "three"]


async def test_a_text_that_breaks_its_taker_keeps_back_no_other() -> None:
    async with twilio() as case:
        ledger = Ledger()

        async def fragile(arrival: Arrival) -> bool:
            if isinstance(arrival, TextArrival) and arrival.body == "poison":
                raise ValueError
            return await ledger(arrival)

        pauses = 0

        async def sleep(_: float) -> None:
            nonlocal pauses
            pauses += 1
            if pauses == 2:
                raise Over

        await case.server.text(ANN, "poison")
        await case.server.text(ANN, "ACCEPT 7")
        with pytest.raises(Over):
            await TextPoll(case.api, case.server.number, sleep=sleep, now=case.clock).watch(fragile, case.clock.at)
        assert bodies(ledger.arrivals) == ["ACCEPT 7"]


async def test_texts_of_the_same_day_that_were_handled_before_a_restart_are_not_read_in_each_round() -> None:
    async with twilio() as case:
        for n in range(250):
            await case.server.text(ANN, f"text {n}")
        case.clock.forward(minutes=5)
        await poll(case, Ledger(), [nothing, nothing], case.clock.at)
        assert case.server.requests == 3


async def test_texts_of_days_before_are_not_read_again() -> None:
    async with twilio() as case:
        for n in range(250):
            await case.server.text(ANN, f"text {n}")
        case.clock.forward(days=2)
        await case.server.text(ANN, "today")
        ledger = Ledger()
        await poll(case, ledger, [], case.clock.at)
        assert bodies(ledger.arrivals) == ["today"]
        assert case.server.requests == 1


async def test_a_text_listed_hours_late_is_still_found() -> None:
    async with twilio() as case:
        ledger = Ledger()
        earlier = case.clock.at

        async def late() -> None:
            case.clock.at = earlier
            await case.server.text(BOB, "listed late")

        await case.server.text(ANN, "early")
        case.clock.forward(hours=5)
        await case.server.text(ANN, "on time")
        await poll(case, ledger, [nothing, late, nothing], earlier)
        assert bodies(ledger.arrivals) == ["early", "on time", "listed late"]


DOWN = [
    pytest.param(faults.UNAUTHORIZED, "authentication failed", id="401"),
    pytest.param(faults.SERVER_ERROR, "Twilio has a fault", id="500"),
    pytest.param(faults.GARBAGE, "an answer that cannot be read", id="garbage"),
    pytest.param(faults.DROP, "the connection was lost before the answer", id="lost connection"),
]


@pytest.mark.parametrize(("fault", "reason"), DOWN)
async def test_a_failure_is_told_once_and_nothing_is_lost(fault: Fault, reason: str) -> None:
    async with twilio() as case:
        ledger = Ledger()

        async def fail() -> None:
            case.server.fault = fault
            await case.server.text(ANN, "sent while it failed")

        async def recover() -> None:
            case.server.fault = None

        pauses = await poll(case, ledger, [fail, nothing, nothing, recover], case.clock.at)
        up, down, text, again = ledger.arrivals
        assert (up, down, again) == (UP, SourceState("twilio", False, reason), UP)
        assert bodies([text]) == ["sent while it failed"]
        assert pauses == [10, 10, 20, 40]


async def test_the_pause_after_failures_has_a_limit_and_heeds_retry_after() -> None:
    async with twilio() as case:
        case.server.fault = faults.SERVER_ERROR
        assert await poll(case, Ledger(), [nothing] * 5, case.clock.at) == [10, 20, 40, 60, 60]
        case.server.fault = faults.too_many(90)
        assert await poll(case, Ledger(), [nothing], case.clock.at) == [90]


async def test_a_way_in_that_never_worked_is_reported() -> None:
    async with twilio() as case:
        ledger = Ledger()
        await case.server.refuse()
        await poll(case, ledger, [nothing], None)
        assert ledger.arrivals == [SourceState("twilio", False, "connection refused or unreachable")]


async def test_a_server_that_does_not_answer_is_left_at_the_deadline() -> None:
    async with twilio(deadline=0.6) as case:
        ledger = Ledger()
        case.server.fault = faults.SILENT
        await poll(case, ledger, [], case.clock.at)
        assert ledger.arrivals == [SourceState("twilio", False, "no answer in time")]


class TestReceipts:
    @pytest.mark.parametrize(
        ("fault", "result", "failure"),
        [
            pytest.param(None, Result.DELIVERED, None, id="delivered"),
            pytest.param(faults.STUCK, Result.SENT, None, id="sent and no more"),
            pytest.param(
                faults.undelivered(30005),
                Result.FAILED,
                Failure("30005", "unknown handset", Retry.NEXT),
                id="undelivered with a code",
            ),
            pytest.param(
                faults.undelivered(0), Result.FAILED, Failure("undelivered", "not delivered", Retry.NEXT), id="no code"
            ),
        ],
    )
    async def test_each_says_how_it_stands(self, fault: Fault | None, result: Result, failure: Failure | None) -> None:
        async with twilio() as case:
            if fault:
                case.server.faults[ANN] = fault
            sent = await TwilioSms(case.api, case.server.number).send(Text(ANN, "hello"))
            await case.server.settle()
            [receipt] = await TextPoll(case.api, case.server.number).receipts([sent.ref])
            assert (receipt.ref, receipt.result, receipt.failure) == (sent.ref, result, failure)
            assert receipt.at == case.clock.at

    async def test_many_at_once_and_an_unknown_one_left_out(self) -> None:
        async with twilio() as case:
            sms = TwilioSms(case.api, case.server.number)
            sent = await asyncio.gather(*(sms.send(Text(f"+3247000010{n}", "hello")) for n in range(10)))
            refs = [outcome.ref for outcome in sent]
            receipts = await TextPoll(case.api, case.server.number).receipts(["SM" + "f" * 32, *refs])
            assert [receipt.ref for receipt in receipts] == refs

    async def test_no_answer_is_no_receipt(self) -> None:
        async with twilio() as case:
            case.server.fault = faults.SERVER_ERROR
            with pytest.raises(ChannelDown):
                await TextPoll(case.api, case.server.number).receipts(["SM" + "f" * 32])
