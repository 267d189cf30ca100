"""A small working Twilio on loopback: Messages and Calls, status callbacks, webhooks, opt-out, faults.

Its clock is given; nothing in it waits for time to pass.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Self

import aiohttp
from aiohttp import web
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from daemon.sandbox.phones import PhoneCall, Phones, PhoneText
from daemon.sandbox.twilio_carrier import carrier_answer
from daemon.sandbox.twilio_faults import Fault, Kind
from daemon.sandbox.twilio_ledger import (
    REASONS,
    Record,
    call_json,
    inbound_form,
    message_json,
    new_sid,
    page,
    refusal,
    status_form,
)

ACCOUNT = "AC" + "0" * 32
TOKEN = "simulated"  # noqa: S105
WEBHOOK_DEADLINE = 15.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _utcnow() -> datetime:
    return datetime.now(UTC)


class TwilioServer:
    """An async context manager; `url` is its api_base.

    `number` is the organization's. `webhook` is the URL for texts that come in. `rate` is in messages a
    second: more are answered with 429. `fault` holds for every request, `faults[number]` for messages and
    calls to that number. `requests` counts what was received; `callbacks` has the URL and answer (0: none)
    of every request that it made itself.
    """

    def __init__(
        self,
        *,
        account_sid: str = ACCOUNT,
        auth_token: str = TOKEN,
        number: str = "+32460000000",
        phones: Phones | None = None,
        now: Callable[[], datetime] = _utcnow,
        webhook: str = "",
        rate: float | None = None,
        port: int = 0,
    ) -> None:
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.number = number
        self.phones = phones or Phones()
        self.webhook = webhook
        self.rate = rate
        self.port = port
        self.fault: Fault | None = None
        self.faults: dict[str, Fault] = {}
        self.opted_out: set[str] = set()
        self.requests = 0
        self.callbacks: list[tuple[str, int]] = []
        self._now = now
        self._messages: dict[str, Record] = {}
        self._calls: dict[str, Record] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self._full_at = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        base = "/2010-04-01/Accounts/{account}"
        app = web.Application(middlewares=[self._gate])
        app.add_routes(
            [
                web.post(base + "/Messages.json", self._create_message),
                web.get(base + "/Messages.json", self._list_messages),
                web.get(base + "/Messages/{sid}.json", self._fetch_message),
                web.post(base + "/Calls.json", self._create_call),
                web.get(base + "/Calls.json", self._list_calls),
                web.get(base + "/Calls/{sid}.json", self._fetch_call),
            ]
        )
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WEBHOOK_DEADLINE))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    async def open(self) -> None:
        """Takes connections (again), on the same port as before."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    async def refuse(self) -> None:
        """Closes every connection, and refuses new ones until `open`."""
        await self._site.stop()
        for connection in list(self._runner.server.connections if self._runner.server else ()):
            if connection.transport:
                connection.transport.abort()
        for _ in range(5):  # a client in the same loop sees the end of its kept connections only by then
            await asyncio.sleep(0)

    async def settle(self) -> None:
        """Waits until every message has got as far as it will, and its callbacks were made."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def text(self, sender: str, body: str, *, media: int = 0) -> str:
        """A person texts our number; returns its sid, once the webhook, if there is one, was called."""
        now = self._now()
        record = Record(
            new_sid("SM"), sender, self.number, body, "inbound", "received", now, now, sent=now, media=media
        )
        self._messages[record.sid] = record
        if answer := carrier_answer(sender, body, self.opted_out):
            self.phones.receive(PhoneText(now, self.number, sender, answer, carrier=True))
        if self.webhook:
            form = inbound_form(record, self.account_sid)
            if not 200 <= await self._post(self.webhook, form) < 300:
                await self._post(self.webhook, form)
        return record.sid

    async def report(self, sid: str, status: str, code: int = 0) -> None:
        """Moves a message to a status, with its callback; "delivered" puts it on the phone."""
        record = self._messages[sid]
        record.status, record.code, record.updated = status, code, self._now()
        if status == "sent":
            record.sent = record.updated
        if status == "delivered":
            self.phones.receive(PhoneText(record.updated, record.sender, record.recipient, record.body))
        if record.callback:
            await self._post(record.callback, status_form(record, self.account_sid))

    async def _post(self, url: str, form: Mapping[str, str]) -> int:
        signature = RequestValidator(self.auth_token).compute_signature(url, form)
        try:
            async with self._session.post(url, data=form, headers={"X-Twilio-Signature": signature}) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        self.callbacks.append((url, status))
        return status

    @web.middleware
    async def _gate(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests += 1
        form = await request.post()
        fault = self.fault or self.faults.get(str(form.get("To", "")))
        match fault.kind if fault else None:
            case Kind.SILENT:
                await self._closing.wait()
                return _error(503, 0)
            case Kind.DROP:
                _abort(request)
                return _error(503, 0)
            case Kind.STATUS if fault:
                return _error(fault.status, fault.code, fault.retry_after)
        answer = await self._authorized(request, handler)
        match fault.kind if fault else None:
            case Kind.TAKEN_SILENT:
                await self._closing.wait()
            case Kind.TAKEN_DROP:
                _abort(request)
            case Kind.GARBAGE:
                return web.Response(status=answer.status, body=b"<html>\xff not JSON", content_type="application/json")
        return answer

    async def _authorized(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        expected = b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {expected}":
            return _error(401, 20003)
        if request.match_info.get("account") != self.account_sid:
            return _error(404, 20404)
        return await handler(request)

    async def _create_message(self, request: web.Request) -> web.StreamResponse:
        form = {key: str(value) for key, value in (await request.post()).items()}
        if self._over_rate():
            return _error(429, 20429, retry_after=1)
        if code := refusal(form, self.number, self.opted_out):
            return _error(400, code)
        now = self._now()
        record = Record(new_sid("SM"), self.number, form["To"], form["Body"], "outbound-api", "queued", now, now)
        record.callback = form.get("StatusCallback", "")
        self._messages[record.sid] = record
        answer = web.json_response(message_json(record, self.account_sid), status=201)
        self._start(self._carry(record.sid, self.fault or self.faults.get(record.recipient)))
        return answer

    async def _carry(self, sid: str, fault: Fault | None) -> None:
        await self.report(sid, "sent")
        match fault:
            case Fault(Kind.LATER, code=code):
                await self.report(sid, "undelivered", code)
            case Fault(Kind.STUCK):
                pass
            case _:
                await self.report(sid, "delivered")

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _over_rate(self) -> bool:
        """A bucket of one second's messages, that empties at `rate`."""
        if self.rate is None:
            return False
        now = asyncio.get_running_loop().time()
        full_at = max(self._full_at, now) + 1 / self.rate
        if full_at > now + 1:
            return True
        self._full_at = full_at
        return False

    async def _list_messages(self, request: web.Request) -> web.StreamResponse:
        found, following = page(list(self._messages.values()), request.query, request.path)
        messages = [message_json(record, self.account_sid) for record in found]
        return web.json_response({"messages": messages, "next_page_uri": following, "page_size": len(messages)})

    async def _fetch_message(self, request: web.Request) -> web.StreamResponse:
        record = self._messages.get(request.match_info["sid"])
        return web.json_response(message_json(record, self.account_sid)) if record else _error(404, 20404)

    async def _create_call(self, request: web.Request) -> web.StreamResponse:
        form = {key: str(value) for key, value in (await request.post()).items()}
        if code := refusal(form | {"Body": "a call"}, self.number, set()):
            return _error(400, code)
        now = self._now()
        twiml = form.get("Twiml", "")
        record = Record(new_sid("CA"), self.number, form["To"], twiml, "outbound-api", "completed", now, now, sent=now)
        self._calls[record.sid] = record
        self.phones.ring(PhoneCall(now, self.number, record.recipient, twiml))
        return web.json_response(call_json(record, self.account_sid) | {"status": "queued"}, status=201)

    async def _list_calls(self, request: web.Request) -> web.StreamResponse:
        found, following = page(list(self._calls.values()), request.query, request.path)
        calls = [call_json(record, self.account_sid) for record in found]
        return web.json_response({"calls": calls, "next_page_uri": following, "page_size": len(calls)})

    async def _fetch_call(self, request: web.Request) -> web.StreamResponse:
        record = self._calls.get(request.match_info["sid"])
        return web.json_response(call_json(record, self.account_sid)) if record else _error(404, 20404)


def _abort(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


def _error(status: int, code: int, retry_after: int | None = None) -> web.Response:
    if not code:
        return web.Response(status=status, text="<html>no JSON here</html>", content_type="text/html")
    body = {
        "code": code,
        "message": REASONS.get(code, f"Error {code}"),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.Response(status=status, text=json.dumps(body), content_type="application/json", headers=headers)
