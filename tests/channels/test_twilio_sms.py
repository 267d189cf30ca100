"""The channel "sms" against a working Twilio on loopback, with each of its faults."""

import asyncio
import logging
import ssl
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from channels.gsm import Gsm
from channels.twilio_api import TwilioApi
from channels.twilio_errors import CODES
from channels.twilio_sms import TwilioSms
from channels.twilio_voice import TwilioVoice
from channels.types import Call, Channel, ChannelDown, Failure, Finder, Outcome, Result, Retry, Text
from daemon.sandbox import twilio_faults as faults
from daemon.sandbox.twilio_faults import Fault, Kind
from daemon.sandbox.twilio_server import TwilioServer
from tests.channels.twilio_case import ANN, BOB, twilio

ROOT = Path(__file__).parents[2]
HELLO = Text(ANN, "MI-7: email is down")


async def test_a_text_reaches_the_phone_and_its_id_is_kept() -> None:
    async with twilio() as case:
        outcome = await TwilioSms(case.api, case.server.number).send(HELLO)
        await case.server.settle()
        assert outcome == Outcome(Result.SENT, ref=outcome.ref, by="twilio")
        assert outcome.ref.startswith("SM")
        [text] = case.server.phones.inbox(ANN)
        assert (text.sender, text.body) == (case.server.number, HELLO.body)
        assert case.server.requests == 1
        assert case.server.callbacks == []


async def test_a_text_keeps_every_character() -> None:
    body = "Pâte €5 & 你好 🙂\n100% +1 <b>"
    async with twilio() as case:
        await TwilioSms(case.api, case.server.number).send(Text(ANN, body))
        await case.server.settle()
        assert [text.body for text in case.server.phones.inbox(ANN)] == [body]


def _is_a_channel(sms: TwilioSms, voice: TwilioVoice, gsm: Gsm) -> tuple[Sequence[Channel], Sequence[Finder]]:
    return (sms, voice, gsm), (sms, voice, gsm)


OUTCOMES = [
    pytest.param(Fault(Kind.STATUS, 500), Result.FAILED, "500", Retry.SAME, id="500 without a code may work later"),
    pytest.param(Fault(Kind.STATUS, 503), Result.FAILED, "503", Retry.SAME, id="503 may work later"),
    pytest.param(Fault(Kind.STATUS, 502), Result.UNCERTAIN, "502", Retry.SAME, id="a gateway's 502 leaves doubt"),
    pytest.param(Fault(Kind.STATUS, 504), Result.UNCERTAIN, "504", Retry.SAME, id="a gateway's 504 leaves doubt"),
    pytest.param(Fault(Kind.STATUS, 302), Result.FAILED, "302", Retry.DOWN, id="a redirect is not followed"),
    pytest.param(Fault(Kind.STATUS, 403), Result.FAILED, "403", Retry.DOWN, id="403 is the account's fault"),
    pytest.param(Fault(Kind.STATUS, 404), Result.FAILED, "404", Retry.DOWN, id="404 is the account's fault"),
    pytest.param(Fault(Kind.STATUS, 429), Result.FAILED, "429", Retry.SAME, id="429 without a code may work later"),
    pytest.param(faults.UNAUTHORIZED, Result.FAILED, "20003", Retry.DOWN, id="401 is the account's fault"),
    pytest.param(faults.refused(99999), Result.FAILED, "99999", Retry.NEXT, id="an unknown code takes the next rung"),
    pytest.param(faults.DROP, Result.UNCERTAIN, "lost", Retry.SAME, id="a lost connection leaves doubt"),
    pytest.param(faults.TAKEN_DROP, Result.UNCERTAIN, "lost", Retry.SAME, id="lost after it was taken leaves doubt"),
    pytest.param(faults.GARBAGE, Result.UNCERTAIN, "garbage", Retry.SAME, id="an unreadable success leaves doubt"),
    *(
        pytest.param(faults.refused(code), Result.FAILED, str(code), retry, id=f"{code}: {reason}")
        for code, (retry, reason) in CODES.items()
    ),
]


@pytest.mark.parametrize(("fault", "result", "code", "retry"), OUTCOMES)
async def test_each_fault_says_what_helps(fault: Fault, result: Result, code: str, retry: Retry) -> None:
    async with twilio() as case:
        case.server.fault = fault
        outcome = await TwilioSms(case.api, case.server.number).send(HELLO)
        assert outcome.failure
        assert (outcome.result, outcome.failure.code, outcome.failure.retry) == (result, code, retry)
        assert outcome.failure.reason
        assert case.server.requests == 1


@pytest.mark.parametrize(
    ("code", "retry"),
    [
        (20429, Retry.SAME),
        (30001, Retry.SAME),
        (30008, Retry.SAME),
        (30003, Retry.SAME),
        (30004, Retry.NEXT),
        (30007, Retry.NEXT),
        (21610, Retry.NEXT),
        (30006, Retry.NEVER),
        (21614, Retry.NEVER),
        (21211, Retry.NEVER),
        (20003, Retry.DOWN),
        (30002, Retry.DOWN),
        (30034, Retry.DOWN),
        (21611, Retry.DOWN),
        (14107, Retry.DOWN),
    ],
)
def test_the_code_decides_what_helps(code: int, retry: Retry) -> None:
    assert CODES[code][0] is retry


@pytest.mark.parametrize("fault", [faults.SILENT, faults.TAKEN_SILENT], ids=["not taken", "taken"])
async def test_no_answer_in_time_leaves_doubt(fault: Fault) -> None:
    async with twilio(deadline=0.6) as case:
        case.server.fault = fault
        outcome = await TwilioSms(case.api, case.server.number).send(HELLO)
        assert outcome.result is Result.UNCERTAIN
        assert outcome.failure == Failure("timeout", "no answer in time", Retry.SAME)


async def test_a_refused_connection_is_the_channel_s_fault_and_it_recovers() -> None:
    async with twilio() as case:
        sms = TwilioSms(case.api, case.server.number)
        await case.server.refuse()
        outcome = await sms.send(HELLO)
        assert outcome.result is Result.FAILED
        assert outcome.failure == Failure("connect", "connection refused or unreachable", Retry.DOWN)
        await case.server.open()
        assert (await sms.send(HELLO)).result is Result.SENT


async def test_an_api_base_that_is_no_url_is_the_channel_s_fault() -> None:
    async with TwilioApi("AC0", "secret", "nonsense") as api:
        outcome = await TwilioSms(api, "+32460000000").send(HELLO)
        assert outcome.failure
        assert (outcome.result, outcome.failure.retry) == (Result.FAILED, Retry.DOWN)


async def test_a_name_that_does_not_resolve_is_the_channel_s_fault() -> None:
    async with TwilioApi("AC0", "secret", "http://twilio.invalid") as api:
        outcome = await TwilioSms(api, "+32460000000").send(HELLO)
        assert outcome.result is Result.FAILED
        assert outcome.failure == Failure("connect", "the name of its server cannot be resolved", Retry.DOWN)


async def test_too_many_requests_say_how_long_to_wait() -> None:
    async with twilio() as case:
        case.server.fault = faults.too_many(7)
        outcome = await TwilioSms(case.api, case.server.number).send(HELLO)
        assert outcome.failure
        assert outcome.failure.retry_after == timedelta(seconds=7)


async def test_what_is_over_the_provider_s_rate_is_refused_and_the_rest_arrives() -> None:
    async with twilio() as case:
        case.server.rate = 5
        sms = TwilioSms(case.api, case.server.number)
        outcomes = await asyncio.gather(*(sms.send(Text(f"+324700001{n:02}", "hello")) for n in range(60)))
        await case.server.settle()
        sent = [outcome for outcome in outcomes if outcome.result is Result.SENT]
        refused = [outcome.failure for outcome in outcomes if outcome.result is Result.FAILED]
        assert 5 <= len(sent) == len(case.server.phones.inboxes()) < 60
        assert [failure and failure.code for failure in refused] == ["20429"] * (60 - len(sent))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(Text("0470 12 34 56", "hello"), "21211", id="a number that is not E.164"),
        pytest.param(Text(ANN, ""), "21602", id="an empty text"),
        pytest.param(Text(ANN, "x" * 1601), "21617", id="a text beyond 1600 characters"),
    ],
)
async def test_what_twilio_refuses_reaches_nobody(text: Text, code: str) -> None:
    async with twilio() as case:
        outcome = await TwilioSms(case.api, case.server.number).send(text)
        await case.server.settle()
        assert outcome.failure
        assert outcome.failure.code == code
        assert case.server.phones.inboxes() == {}


async def test_stop_holds_until_start() -> None:
    async with twilio() as case:
        sms = TwilioSms(case.api, case.server.number)
        await case.server.text(ANN, "Stop")
        refused = await sms.send(HELLO)
        assert refused.failure
        assert refused.failure.code == "21610"
        await case.server.text(ANN, "START")
        assert (await sms.send(HELLO)).result is Result.SENT
        assert (await sms.send(Text(BOB, "hello"))).result is Result.SENT


async def test_a_fault_of_one_number_leaves_the_others_alone() -> None:
    async with twilio() as case:
        sms = TwilioSms(case.api, case.server.number)
        case.server.faults[ANN] = faults.refused(30006)
        assert (await sms.send(HELLO)).result is Result.FAILED
        assert (await sms.send(Text(BOB, "hello"))).result is Result.SENT


async def test_a_wrong_token_is_refused_and_not_shown() -> None:
    async with TwilioServer() as server, TwilioApi(server.account_sid, "wrong-token", server.url) as api:
        outcome = await TwilioSms(api, server.number).send(HELLO)
        assert outcome.failure
        assert outcome.failure.code == "20003"
        assert "wrong-token" not in repr(outcome)


async def test_a_certificate_of_nobody_we_trust_is_the_channel_s_fault() -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    listener = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    port = listener.sockets[0].getsockname()[1]
    async with listener, TwilioApi("AC0", "secret", f"https://localhost:{port}") as api:
        outcome = await TwilioSms(api, "+32460000000").send(HELLO)
        assert outcome.result is Result.FAILED
        assert outcome.failure == Failure("connect", "its certificate is not valid", Retry.DOWN)


async def test_neither_the_number_nor_the_words_nor_the_token_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with twilio() as case:
        await TwilioSms(case.api, case.server.number).send(HELLO)
        assert await TwilioSms(case.api, case.server.number).find(HELLO, case.clock())
        case.server.fault = faults.SERVER_ERROR
        outcome = await TwilioSms(case.api, case.server.number).send(HELLO)
        assert outcome.failure
        for secret in (ANN[1:], HELLO.body, case.server.auth_token):
            assert secret not in caplog.text
            assert secret not in repr(outcome.failure)


async def test_no_more_requests_at_once_than_allowed() -> None:
    async with (
        TwilioServer() as server,
        TwilioApi(server.account_sid, server.auth_token, server.url, deadline=0.6, at_once=2) as api,
    ):
        server.fault = faults.SILENT
        sms = TwilioSms(api, server.number)
        outcomes = await asyncio.gather(*(sms.send(HELLO) for _ in range(5)))
        codes = sorted(outcome.failure.code for outcome in outcomes if outcome.failure)
        assert server.requests <= 4
        assert len(codes) == 5
        assert set(codes) == {"busy", "timeout"}


def test_without_twilio_its_sdk_is_not_loaded() -> None:
    modules = "channels.twilio_sms, channels.twilio_inbound, channels.twilio_voice, daemon.web.twilio_hooks"
    code = f"import sys, {modules}; sys.exit(any(name.split('.')[0] == 'twilio' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


async def test_a_call_is_not_for_this_channel() -> None:
    async with twilio() as case:
        outcome = await TwilioSms(case.api, case.server.number).send(Call(ANN, "en", "hello"))
        assert outcome.result is Result.FAILED
        assert case.server.requests == 0


class TestFind:
    """Whether a text whose outcome is unknown was taken."""

    @pytest.mark.parametrize(
        ("fault", "taken"),
        [
            pytest.param(faults.TAKEN_DROP, True, id="taken, then the connection was lost"),
            pytest.param(faults.GARBAGE, True, id="taken, then answered with garbage"),
            pytest.param(faults.DROP, False, id="lost before it was taken"),
        ],
    )
    async def test_an_uncertain_text(self, fault: Fault, taken: bool) -> None:
        async with twilio() as case:
            sms = TwilioSms(case.api, case.server.number)
            case.server.fault = fault
            assert (await sms.send(HELLO)).result is Result.UNCERTAIN
            case.server.fault = None
            await case.server.settle()
            found = await sms.find(HELLO, case.clock())
            assert (found is not None and found.result is Result.DELIVERED) == taken

    async def test_the_same_words_to_another_or_before_are_not_it(self) -> None:
        async with twilio() as case:
            sms = TwilioSms(case.api, case.server.number)
            await sms.send(HELLO)
            await sms.send(Text(BOB, "other words"))
            await sms.send(Text(ANN, "other words"))
            await case.server.text(ANN, "bridge?")
            case.clock.forward(minutes=5)
            assert await sms.find(HELLO, case.clock()) is None
            assert await sms.find(Text(BOB, HELLO.body), case.clock.at - timedelta(hours=1)) is None
            assert await sms.find(Text(ANN, "bridge?"), case.clock.at - timedelta(hours=1)) is None

    async def test_a_text_that_failed_since_is_found_as_failed(self) -> None:
        async with twilio() as case:
            sms = TwilioSms(case.api, case.server.number)
            case.server.faults[ANN] = faults.undelivered(30005)
            sent = await sms.send(HELLO)
            await case.server.settle()
            found = await sms.find(HELLO, case.clock())
            assert found
            assert found.failure
            assert (found.result, found.ref, found.failure.code) == (Result.FAILED, sent.ref, "30005")

    async def test_no_answer_is_not_no_text(self) -> None:
        async with twilio() as case:
            case.server.fault = faults.SERVER_ERROR
            with pytest.raises(ChannelDown) as down:
                await TwilioSms(case.api, case.server.number).find(HELLO, case.clock())
            assert down.value.failure.retry is Retry.SAME
