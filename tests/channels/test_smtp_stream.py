"""Streams of mail over relays: pipelined where that is offered, one by one elsewhere; each has its outcome."""

from collections.abc import Sequence

import pytest

from channels.smtp import RelaySettings, Smtp
from channels.smtp_relay import State
from channels.types import Mail, Message, Outcome, Result
from daemon.sandbox.mail_server import MailServer
from tests.channels.mail_case import NO_PROBE
from tests.channels.test_smtp_pipeline import PATIENT, Server, mails, server, table

STREAMS = 3


async def streamed(channel: Smtp, messages: Sequence[Mail], streams: int = 1) -> dict[str, Outcome]:
    """What became of each, by its recipient's number."""
    left = list(reversed(messages))
    outcomes: dict[str, Outcome] = {}

    def pull() -> Message | None:
        return left.pop() if left else None

    def settle(message: Message, outcome: Outcome) -> None:
        number = message.recipient.partition("@")[0].removeprefix("p")
        assert number not in outcomes, "each is settled once"
        outcomes[number] = outcome

    while left:
        for _ in range(streams):
            await channel.stream(pull, settle)
    return outcomes


def relay(name: str, other: Server) -> RelaySettings:
    return RelaySettings(name, "127.0.0.1", other.port, "none", sessions=2)


def recipients(other: Server) -> list[str]:
    return sorted(recipient for recipient, _ in other.taken)


async def test_all_go_by_one_connection_that_is_kept() -> None:
    async with server(table()) as other:
        channel = Smtp([relay("r", other)], deadlines=PATIENT, patience=NO_PROBE)
        for _ in range(STREAMS):
            outcomes = await streamed(channel, mails(20))
            assert {outcome.result for outcome in outcomes.values()} == {Result.SENT}
            assert {outcome.by for outcome in outcomes.values()} == {"r"}
        assert channel.relays[0].open_sessions == 1
        await channel.close()
    assert len(other.taken) == STREAMS * 20
    assert other.commands.count("EHLO") == 1


async def test_a_relay_without_pipelining_takes_them_one_by_one() -> None:
    plain = MailServer()
    await plain.start()
    channel = Smtp([RelaySettings("r", "127.0.0.1", plain.smtp_port, "none")], deadlines=PATIENT, patience=NO_PROBE)
    outcomes = await streamed(channel, mails(5))
    assert {outcome.result for outcome in outcomes.values()} == {Result.SENT}
    await channel.close()
    await plain.stop()


async def test_what_one_relay_has_trouble_with_goes_by_the_next() -> None:
    async with server(table(rcpt_2="451 4.3.0 trouble")) as first, server(table()) as second:
        channel = Smtp([relay("one", first), relay("two", second)], deadlines=PATIENT, patience=NO_PROBE)
        outcomes = await streamed(channel, mails(5))
        await channel.close()
    assert {number: outcome.by for number, outcome in outcomes.items()} == {
        "0": "one", "1": "one", "2": "two", "3": "one", "4": "one",
    }  # fmt: skip
    assert recipients(second) == ["p2@acme.example"]


async def test_a_relay_that_breaks_off_after_a_message_leaves_only_that_one_in_doubt() -> None:
    async with server(table(dot_2="drop")) as first, server(table(dot_2="drop")) as second:
        channel = Smtp([relay("one", first), relay("two", second)], deadlines=PATIENT, patience=NO_PROBE)
        outcomes = await streamed(channel, mails(8))
        assert channel.relays[0].state is State.DOWN
        await channel.close()
    assert outcomes.pop("2").result is Result.UNCERTAIN
    assert recipients(first) == ["p0@acme.example", "p1@acme.example"]


async def test_the_one_in_doubt_goes_by_the_next_relay_with_the_rest() -> None:
    async with server(table(dot_2="drop")) as first, server(table()) as second:
        channel = Smtp([relay("one", first), relay("two", second)], deadlines=PATIENT, patience=NO_PROBE)
        outcomes = await streamed(channel, mails(8))
        await channel.close()
    assert {outcome.result for outcome in outcomes.values()} == {Result.SENT}
    assert recipients(first) == ["p0@acme.example", "p1@acme.example"]
    assert sorted(recipients(second)) == [f"p{number}@acme.example" for number in range(2, 8)]


async def test_a_relay_that_ends_each_connection_after_some_messages_is_not_down() -> None:
    """Many allow so many a connection and hang up between two."""
    ends = {("RCPT", "p3@acme.example"), ("RCPT", "p6@acme.example")}
    usual = table()

    def answer(where: Server, verb: str, recipient: str) -> str | None:
        if (verb, recipient) in ends:
            ends.discard((verb, recipient))
            return "drop"
        return usual(where, verb, recipient)

    async with server(answer) as other:
        channel = Smtp([relay("r", other)], deadlines=PATIENT, patience=NO_PROBE)
        outcomes = await streamed(channel, mails(9))
        assert channel.relays[0].state is State.UP
        await channel.close()
    assert not ends
    assert {outcome.result for outcome in outcomes.values()} == {Result.SENT}
    assert recipients(other) == [f"p{number}@acme.example" for number in range(9)]


async def test_one_answer_out_of_step_ends_pipelining_with_that_relay_for_good() -> None:
    async with server(table(rcpt_2="354 what")) as other:
        channel = Smtp([relay("r", other)], deadlines=PATIENT, patience=NO_PROBE)
        await streamed(channel, mails(3))
        other.answers = table()
        other.commands.clear()
        outcomes = await streamed(channel, mails(4))
        await channel.close()
    assert {outcome.result for outcome in outcomes.values()} == {Result.SENT}
    assert other.commands.count("MAIL") == 4
    assert other.commands.count("EHLO") == 0, "the plain session of before goes on"


@pytest.mark.parametrize("count", [1, 7])
async def test_where_no_relay_works_each_hears_why(count: int) -> None:
    async with server(table()) as other:
        gone = relay("r", other)
    channel = Smtp([gone], deadlines=PATIENT, patience=NO_PROBE)
    outcomes = await streamed(channel, mails(count))
    await channel.close()
    assert len(outcomes) == count
    assert {outcome.result for outcome in outcomes.values()} == {Result.FAILED}
    assert all(outcome.failure and outcome.failure.retry.value == "down" for outcome in outcomes.values())
