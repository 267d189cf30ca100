"""Twilio's webhooks, called by a working Twilio and by those who only pretend to be it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web
from twilio.request_validator import RequestValidator

from channels.twilio_sms import TwilioSms
from channels.twilio_voice import TwilioVoice
from channels.types import Call, Failure, Receipt, Result, Retry, Text, TextArrival
from daemon.sandbox import twilio_faults as faults
from daemon.web.server import Handler, WebServer
from daemon.web.twilio_hooks import SILENCE, TwilioHooks
from tests.channels.twilio_case import ANN, Case, Ledger, twilio

TEXT = {"MessageSid": "SM1", "From": ANN, "To": "+32460000000", "Body": "ACCEPT 7", "NumMedia": "0"}


@dataclass
class Site:
    case: Case
    url: str
    ledger: Ledger


@asynccontextmanager
async def site(*, public_url: str = "") -> AsyncIterator[Site]:
    ledger = Ledger()
    async with twilio() as case:
        hooks = TwilioHooks(ledger, case.server.auth_token, public_url=public_url, now=case.clock)
        async with WebServer("127.0.0.1", 0, routes=hooks.routes(), healthy=lambda: True, ready=lambda: True) as server:
            yield Site(case, f"http://127.0.0.1:{server.port}", ledger)


async def post(url: str, form: Mapping[str, str], signature: str | None) -> tuple[int, str]:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    async with aiohttp.ClientSession() as session, session.post(url, data=form, headers=headers) as answer:
        return answer.status, await answer.text()


def sign(token: str, url: str, form: Mapping[str, str]) -> str:
    return str(RequestValidator(token).compute_signature(url, form))


async def test_a_text_is_handed_on_and_answered_with_silence() -> None:
    async with site() as here:
        here.case.server.webhook = here.url + "/twilio/sms"
        ref = await here.case.server.text(ANN, "Accept 7 €🙂 & more", media=1)
        number = here.case.server.number
        assert here.ledger.arrivals == [
            TextArrival("twilio", ref, ANN, number, "Accept 7 €🙂 & more", here.case.clock.at, 1)
        ]
        assert here.case.server.callbacks == [(here.url + "/twilio/sms", 200)]
        status, body = await post(
            here.url + "/twilio/sms", TEXT, sign(here.case.server.auth_token, here.url + "/twilio/sms", TEXT)
        )
        assert (status, body) == (200, '<?xml version="1.0" encoding="UTF-8"?><Response/>')


async def test_what_is_not_durable_is_answered_503_and_comes_once_more() -> None:
    async with site() as here:
        refusals = iter([True, False])
        here.ledger.full = lambda _: next(refusals)
        here.case.server.webhook = here.url + "/twilio/sms"
        await here.case.server.text(ANN, "ACCEPT 7")
        assert [status for _, status in here.case.server.callbacks] == [503, 200]
        assert len(here.ledger.arrivals) == 1


async def test_receipts_of_a_text_that_arrives() -> None:
    async with site() as here:
        server = here.case.server
        sent = await TwilioSms(here.case.api, server.number, public_url=here.url + "/").send(Text(ANN, "hello"))
        await server.settle()
        assert here.ledger.arrivals == [
            Receipt("twilio", sent.ref, Result.SENT, None, here.case.clock.at),
            Receipt("twilio", sent.ref, Result.DELIVERED, None, here.case.clock.at),
        ]


async def test_the_receipt_of_a_text_that_does_not() -> None:
    async with site() as here:
        server = here.case.server
        server.faults[ANN] = faults.undelivered(30006)
        sent = await TwilioSms(here.case.api, server.number, public_url=here.url).send(Text(ANN, "hello"))
        await server.settle()
        failure = Failure("30006", "a landline, or no texts there", Retry.NEVER)
        assert here.ledger.arrivals[-1] == Receipt("twilio", sent.ref, Result.FAILED, failure, here.case.clock.at)


FORGED = [
    pytest.param("token", "/twilio/sms", TEXT, None, id="no signature"),
    pytest.param("token", "/twilio/sms", TEXT, "", id="an empty signature"),
    pytest.param("token", "/twilio/sms", TEXT, "é" * 28, id="a signature that is no base64"),
    pytest.param("stolen", "/twilio/sms", TEXT, "signed", id="another token"),
    pytest.param("token", "/twilio/status", TEXT, "signed", id="signed for another path"),
    pytest.param("token", "/twilio/sms?x=1", TEXT, "signed", id="signed for another query"),
    pytest.param("token", "/twilio/sms", TEXT | {"Body": "RESOLVE 7"}, "signed", id="other words"),
    pytest.param("token", "/twilio/sms", TEXT | {"Extra": "1"}, "signed", id="a parameter more"),
]


@pytest.mark.parametrize(("token", "path", "signed", "signature"), FORGED)
async def test_what_twilio_did_not_sign_is_refused(
    token: str, path: str, signed: Mapping[str, str], signature: str | None
) -> None:
    async with site() as here:
        if signature == "signed":
            key = here.case.server.auth_token if token == "token" else token
            signature = sign(key, here.url + path, signed)
        assert (await post(here.url + "/twilio/sms", TEXT, signature))[0] == 403
        assert here.ledger.arrivals == []


async def test_behind_a_proxy_the_signature_covers_the_public_url() -> None:
    public = "https://murphy.example.org"
    async with site(public_url=public + "/") as here:
        token = here.case.server.auth_token
        path = "/twilio/sms?from=sms%20number"
        assert (await post(here.url + path, TEXT, sign(token, public + path, TEXT)))[0] == 200
        assert (await post(here.url + path, TEXT, sign(token, here.url + path, TEXT)))[0] == 403


@pytest.mark.parametrize(
    ("peer", "status"),
    [("127.0.0.1", 200), ("::1", 200), ("203.0.113.9", 403), ("10.0.0.1", 403), ("", 403)],
)
async def test_without_a_public_url_only_loopback_may_call(peer: str, status: int) -> None:
    @web.middleware
    async def from_peer(request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request.clone(remote=peer))

    ledger = Ledger()
    app = web.Application(middlewares=[from_peer])
    app.add_routes(TwilioHooks(ledger, "token").routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/twilio/sms"
    assert (await post(url, TEXT, sign("token", url, TEXT)))[0] == status
    assert len(ledger.arrivals) == (status == 200)
    await runner.cleanup()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        pytest.param("/twilio/sms", {"From": ANN, "Body": "ACCEPT"}, id="a text without its id"),
        pytest.param("/twilio/sms", {"MessageSid": "SM1", "Body": "ACCEPT"}, id="a text without its sender"),
        pytest.param("/twilio/status", {"MessageSid": "SM1"}, id="a receipt without a status"),
        pytest.param("/twilio/status", {"MessageStatus": "sent"}, id="a receipt without an id"),
    ],
)
async def test_what_says_too_little_is_refused(path: str, form: Mapping[str, str]) -> None:
    async with site() as here:
        signature = sign(here.case.server.auth_token, here.url + path, form)
        assert (await post(here.url + path, form, signature))[0] == 400
        assert here.ledger.arrivals == []


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        pytest.param("application/json", b"{}", 415, id="JSON"),
        pytest.param("multipart/form-data; boundary=x", b"--x--", 415, id="multipart"),
        pytest.param("application/x-www-form-urlencoded; charset=nonsense", b"a=b", 400, id="unknown charset"),
        pytest.param("application/x-www-form-urlencoded", b"\xff\xfe=\xff", 400, id="no UTF-8"),
        pytest.param("application/x-www-form-urlencoded", b"Body=" + b"x" * 70_000, 413, id="too long"),
    ],
)
async def test_bytes_that_are_no_form_are_refused(content_type: str, body: bytes, status: int) -> None:
    async with (
        site() as here,
        aiohttp.ClientSession() as session,
        session.post(
            here.url + "/twilio/sms",
            data=body,
            headers={"Content-Type": content_type, "X-Twilio-Signature": "x" * 28},
        ) as answer,
    ):
        assert answer.status == status
        assert here.ledger.arrivals == []


async def test_a_hostile_host_header_is_refused() -> None:
    async with (
        site() as here,
        aiohttp.ClientSession() as session,
        session.post(
            here.url + "/twilio/sms", data=TEXT, headers={"Host": "x:notaport", "X-Twilio-Signature": "x" * 28}
        ) as answer,
    ):
        assert answer.status in (400, 403)
        assert here.ledger.arrivals == []


class TestKeys:
    """Keys pressed in a call."""

    async def test_a_key_is_handed_on_as_what_it_stands_for_and_said_back(self) -> None:
        async with site() as here:
            server = here.case.server
            call = Call(ANN, "fr", "Appuyez", keys=(("1", "ACCEPT MI-7"), ("2", "REJECT MI-7")))
            sent = await TwilioVoice(here.case.api, server.number, public_url=here.url).send(call)
            answer = await server.press(ANN, "2")
            [text] = [arrival for arrival in here.ledger.arrivals if isinstance(arrival, TextArrival)]
            assert text == TextArrival("voice", f"{sent.ref}-2", ANN, server.number, "REJECT MI-7", here.case.clock.at)
            assert answer == '<Response><Say language="fr-FR">REJECT MI-7</Say></Response>'

    async def test_a_key_that_stands_for_nothing_does_nothing(self) -> None:
        async with site() as here:
            server = here.case.server
            voice = TwilioVoice(here.case.api, server.number, public_url=here.url)
            await voice.send(Call(ANN, "en", "Press 1", keys=(("1", "ACCEPT MI-7"),)))
            await server.settle()
            here.ledger.take()
            assert await server.press(ANN, "9") == SILENCE
            assert await server.press(ANN, "") == SILENCE
            assert here.ledger.arrivals == []

    async def test_nobody_can_choose_the_words_but_us(self) -> None:
        async with site() as here:
            form = {"CallSid": "CA1", "To": ANN, "From": here.case.server.number, "Digits": "1"}
            path = "/twilio/keys?key1=ACCEPT+MI-7"
            signature = sign(here.case.server.auth_token, here.url + path, form)
            forged = here.url + "/twilio/keys?key1=RESOLVE+MI-7"
            assert (await post(forged, form, signature))[0] == 403
            assert here.ledger.arrivals == []

    async def test_what_is_not_durable_is_answered_503(self) -> None:
        async with site() as here:
            server = here.case.server
            voice = TwilioVoice(here.case.api, server.number, public_url=here.url)
            await voice.send(Call(ANN, "en", "Press 1", keys=(("1", "ACCEPT MI-7"),)))
            await server.settle()
            here.ledger.full = lambda _: True
            await server.press(ANN, "1")
            assert server.callbacks[-1][1] == 503

    async def test_the_receipt_of_a_call_that_nobody_took(self) -> None:
        async with site() as here:
            server = here.case.server
            server.faults[ANN] = faults.STUCK
            sent = await TwilioVoice(here.case.api, server.number, public_url=here.url).send(Call(ANN, "en", "hello"))
            await server.settle()
            failure = Failure("no-answer", "nobody answered", Retry.NEXT)
            assert here.ledger.arrivals == [Receipt("twilio", sent.ref, Result.FAILED, failure, here.case.clock.at)]
