"""The channel "voice" against a working Twilio on loopback, keys and all."""

from collections.abc import Mapping
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from channels.twilio_inbound import TextPoll
from channels.twilio_voice import LONGEST_TWIML, TwilioVoice, twiml
from channels.types import Call, ChannelDown, Failure, Outcome, Result, Retry, Text
from daemon.sandbox import twilio_faults as faults
from daemon.sandbox.twilio_faults import Fault
from tests.channels.twilio_case import ANN, BOB, twilio

PAGE = Call(
    ANN, "nl", "Incident MI-7: email & agenda <down>. Druk 1.", keys=(("1", "ACCEPT MI-7"), ("2", "REJECT MI-7"))
)


def said(document: str) -> list[tuple[str, str]]:
    """Language and words of every <Say>."""
    return [(say.get("language", ""), say.text or "") for say in ElementTree.fromstring(document).iter("Say")]


async def test_a_call_speaks_the_text_twice_in_the_person_s_language() -> None:
    async with twilio() as case:
        outcome = await TwilioVoice(case.api, case.server.number).send(PAGE)
        await case.server.settle()
        assert outcome == Outcome(Result.SENT, ref=outcome.ref, by="twilio")
        [call] = case.server.phones.calls(ANN)
        assert said(call.twiml) == [("nl-NL", PAGE.body)] * 2
        assert case.server.phones.inboxes() == {}


async def test_a_person_is_dialled_into_a_conference() -> None:
    async with twilio() as case:
        voice = TwilioVoice(case.api, case.server.number, public_url="https://murphy.example.org")
        await voice.send(Call(ANN, "en", "MI-7: you are being connected.", conference="MI-7 <bridge>"))
        await case.server.settle()
        [call] = case.server.phones.calls(ANN)
        assert said(call.twiml) == [("en-GB", "MI-7: you are being connected.")]
        assert ElementTree.fromstring(call.twiml).findtext("Dial/Conference") == "MI-7 <bridge>"


async def test_without_a_webhook_no_key_is_asked_for() -> None:
    async with twilio() as case:
        await TwilioVoice(case.api, case.server.number).send(PAGE)
        await case.server.settle()
        assert await case.server.press(ANN, "1") == ""
        assert case.server.callbacks == []


@pytest.mark.parametrize(
    ("language", "voice"),
    [("fr", "fr-FR"), ("de-AT", "de-DE"), ("pt_BR", "pt-PT"), ("EN", "en-GB"), ("xx", "en-GB"), ("", "en-GB")],
)
def test_an_unknown_language_is_spoken_as_english(language: str, voice: str) -> None:
    assert {spoken_as for spoken_as, _ in said(twiml(Call(ANN, language, "hello"), ""))} == {voice}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("x" * 5000, id="long"),
        pytest.param("&" * 3000, id="long once escaped"),
        pytest.param("</Say><Dial>+100</Dial>", id="markup"),
        pytest.param("\x00\x08 \ud800 \uffff bell\x07", id="characters that XML forbids"),
        pytest.param("", id="nothing"),
    ],
)
def test_whatever_the_words_the_document_is_well_formed_and_short_enough(body: str) -> None:
    document = twiml(Call(ANN, "en", body, keys=(("1", '"ACCEPT" & <MI-7>'),)), "https://murphy.example.org")
    assert len(document) <= LONGEST_TWIML
    assert {element.tag for element in ElementTree.fromstring(document).iter()} <= {
        "Response",
        "Gather",
        "Say",
        "Pause",
    }
    first, second = said(document)
    assert first == second


@pytest.mark.parametrize(
    ("fault", "result", "code", "retry"),
    [
        pytest.param(faults.refused(21211), Result.FAILED, "21211", Retry.NEVER, id="an invalid number"),
        pytest.param(faults.refused(21215), Result.FAILED, "21215", Retry.NEXT, id="a country not enabled"),
        pytest.param(faults.UNAUTHORIZED, Result.FAILED, "20003", Retry.DOWN, id="401"),
        pytest.param(faults.too_many(3), Result.FAILED, "20429", Retry.SAME, id="429"),
        pytest.param(faults.SERVER_ERROR, Result.FAILED, "500", Retry.SAME, id="500"),
        pytest.param(faults.TAKEN_DROP, Result.UNCERTAIN, "lost", Retry.SAME, id="lost after it was taken"),
        pytest.param(faults.GARBAGE, Result.UNCERTAIN, "garbage", Retry.SAME, id="garbage"),
    ],
)
async def test_each_fault_says_what_helps(fault: Fault, result: Result, code: str, retry: Retry) -> None:
    async with twilio() as case:
        case.server.faults[ANN] = fault
        outcome = await TwilioVoice(case.api, case.server.number).send(PAGE)
        assert outcome.failure
        assert (outcome.result, outcome.failure.code, outcome.failure.retry) == (result, code, retry)


async def test_a_text_is_not_for_this_channel() -> None:
    async with twilio() as case:
        assert (await TwilioVoice(case.api, case.server.number).send(Text(ANN, "hello"))).result is Result.FAILED
        assert case.server.requests == 0


@pytest.mark.parametrize(
    ("outcomes", "result", "failure"),
    [
        pytest.param({}, Result.SENT, None, id="picked up is not answered"),
        pytest.param(
            {ANN: faults.STUCK},
            Result.FAILED,
            Failure("no-answer", "nobody answered", Retry.NEXT),
            id="nobody picked up",
        ),
    ],
)
async def test_the_receipt_of_a_call(outcomes: Mapping[str, Fault], result: Result, failure: Failure | None) -> None:
    async with twilio() as case:
        case.server.faults.update(outcomes)
        sent = await TwilioVoice(case.api, case.server.number).send(PAGE)
        await case.server.settle()
        [receipt] = await TextPoll(case.api, case.server.number).receipts([sent.ref])
        assert (receipt.ref, receipt.result, receipt.failure) == (sent.ref, result, failure)


class TestFind:
    async def test_an_uncertain_call_that_was_made_is_found(self) -> None:
        async with twilio() as case:
            voice = TwilioVoice(case.api, case.server.number)
            case.server.fault = faults.TAKEN_DROP
            assert (await voice.send(PAGE)).result is Result.UNCERTAIN
            case.server.fault = None
            found = await voice.find(PAGE, case.clock())
            assert found
            assert found.result is Result.SENT
            assert found.ref.startswith("CA")

    async def test_the_call_before_or_to_another_is_not_it(self) -> None:
        async with twilio() as case:
            voice = TwilioVoice(case.api, case.server.number)
            await voice.send(PAGE)
            case.clock.forward(minutes=2)
            assert await voice.find(PAGE, case.clock()) is None
            assert await voice.find(Call(BOB, "en", PAGE.body), case.clock.at - timedelta(hours=1)) is None

    async def test_no_answer_is_not_no_call(self) -> None:
        async with twilio() as case:
            case.server.fault = faults.UNAUTHORIZED
            with pytest.raises(ChannelDown):
                await TwilioVoice(case.api, case.server.number).find(PAGE, case.clock())
