"""What we ask of Twilio is what its own SDK asks, and what it answers is read as the SDK reads it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from twilio.http.async_http_client import AsyncTwilioHttpClient  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.twilio_api import Answer, TwilioApi
from tests.servers.process import free_ports

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TO, FROM, WORDS = "+32470000001", "+32460009999", "Café & co: 50 % + 'more' €"
REPORT = "https://murphy.example/twilio/status"
SINCE = datetime(2026, 3, 1, 22, 5, tzinfo=UTC)
TEXT = {"sid": "SM1", "status": "undelivered", "error_code": 30003, "num_media": "2", "body": WORDS, "from": FROM}
TIMES = {"date_created": "Sun, 01 Mar 2026 22:05:03 +0000", "date_sent": None}
LISTS = {"Messages.json": "messages", "Calls.json": "calls", "IncomingPhoneNumbers.json": "incoming_phone_numbers"}

Asked = tuple[str, str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], str]


class Recorder:
    """Answers everything alike, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    async def take(self, request: web.Request) -> web.Response:
        form = tuple(sorted((key, str(value)) for key, value in (await request.post()).items()))
        query = tuple(sorted(request.query.items()))
        self.asked.append((request.method, request.path, query, form, request.headers["Authorization"]))
        name = LISTS.get(request.path.rpartition("/")[2]) if request.method == "GET" else None
        return web.json_response({name: [], "next_page_uri": None} if name else {**TEXT, **TIMES})


@asynccontextmanager
async def both() -> AsyncIterator[tuple[TwilioApi, Client, Recorder]]:
    recorder = Recorder()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", recorder.take)
    runner = web.AppRunner(app)
    await runner.setup()
    (port,) = free_ports(1)
    await web.TCPSite(runner, "127.0.0.1", port).start()
    base = f"http://127.0.0.1:{port}"
    wire = AsyncTwilioHttpClient()
    client = Client(ACCOUNT, "s3cret:", http_client=wire, environment={"_": ""})
    client.api.base_url = base
    try:
        async with TwilioApi(ACCOUNT, "s3cret:", base) as api:
            yield api, client, recorder
    finally:
        await wire.close()
        await runner.cleanup()


REQUESTS: dict[str, tuple[Callable[[TwilioApi], Awaitable[Any]], Callable[[Client], Awaitable[Any]]]] = {
    "a text": (
        lambda api: api.create("Messages", {"To": TO, "From": FROM, "Body": WORDS, "StatusCallback": REPORT}),
        lambda sdk: sdk.messages.create_async(to=TO, from_=FROM, body=WORDS, status_callback=REPORT),
    ),
    "a call": (
        lambda api: api.create("Calls", {"To": TO, "From": FROM, "Twiml": f"<Say>{WORDS}</Say>", "Timeout": 30}),
        lambda sdk: sdk.calls.create_async(to=TO, from_=FROM, twiml=f"<Say>{WORDS}</Say>", timeout=30),
    ),
    "one text": (lambda api: api.fetch("Messages", "SM1"), lambda sdk: sdk.messages("SM1").fetch_async()),
    "one call": (lambda api: api.fetch("Calls", "CA1"), lambda sdk: sdk.calls("CA1").fetch_async()),
    "texts that came": (
        lambda api: api.page("Messages", {"To": TO, "DateSent>": "2026-03-01T22:05:00Z", "PageSize": 50}),
        lambda sdk: sdk.messages.page_async(to=TO, date_sent_after=SINCE, page_size=50),
    ),
    "texts that went": (
        lambda api: api.page("Messages", {"To": TO, "From": FROM, "PageSize": 200}),
        lambda sdk: sdk.messages.page_async(to=TO, from_=FROM, page_size=200),
    ),
    "the account": (lambda api: api.account(), lambda sdk: sdk.api.v2010.accounts(ACCOUNT).fetch_async()),
    "its balance": (lambda api: api.balance(), lambda sdk: sdk.api.v2010.accounts(ACCOUNT).balance.fetch_async()),
    "its number": (
        lambda api: api.page("IncomingPhoneNumbers", {"PhoneNumber": FROM, "PageSize": 1}),
        lambda sdk: sdk.incoming_phone_numbers.page_async(phone_number=FROM, page_size=1),
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
async def test_the_request_is_the_same(name: str) -> None:
    ours, theirs = REQUESTS[name]
    async with both() as (api, sdk, recorder):
        await ours(api)
        await theirs(sdk)
    assert recorder.asked[0] == recorder.asked[1]


async def test_the_answer_is_read_alike() -> None:
    async with both() as (api, sdk, _):
        ours, theirs = await api.fetch("Messages", "SM1"), await sdk.messages("SM1").fetch_async()
    read = (ours.text("sid"), ours.text("status"), ours.number("error_code"), ours.text("body"), ours.text("from"))
    assert read == (theirs.sid, theirs.status, theirs.error_code, theirs.body, theirs.from_)
    assert (ours.number("num_media"), ours.time("date_sent")) == (int(theirs.num_media), theirs.date_sent)
    assert ours.time("date_created") == theirs.date_created == SINCE.replace(second=3)


ODD: dict[str, object] = {
    "null": None,
    "a word": "x",
    "below zero": -1,
    "true": True,
    "a list": [],
    "an object": {},
    "many digits": "9" * 5000,
    "no such day": "Sun, 99 Mar 99999 25:61:61 +9999",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_field_is_as_good_as_empty(odd: object) -> None:
    answer = Answer({"field": odd})
    assert answer.text("field") == (odd if isinstance(odd, str) else "")
    assert answer.time("field") is None
    assert isinstance(answer.number("field"), int)
    assert not answer.can("sms")
