"""A small working Twilio on loopback: the REST API of Messages and Calls, with its faults."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Self

from aiohttp import web

from daemon.sandbox.phones import Phones
from daemon.sandbox.ports import free_port
from daemon.sandbox.twilio_account import Account
from daemon.sandbox.twilio_faults import Fault, Kind
from daemon.sandbox.twilio_ledger import REASONS, Record, call_json, message_json, new_sid, page, refusal
from daemon.sandbox.twilio_network import TwilioNetwork, utcnow

ACCOUNT = "AC" + "0" * 32
TOKEN = "simulated"  # noqa: S105 (everybody's, on loopback only)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class TwilioServer(TwilioNetwork):
    """An async context manager; `url` is its api_base.

    `rate` is in messages a second: more are answered with 429. `fault` holds for every request,
    `faults[number]` for messages and calls to that number, `shut` for a resource ("Messages", "Calls"). `requests`
    counts what was received.
    """

    def __init__(
        self,
        *,
        account_sid: str = ACCOUNT,
        auth_token: str = TOKEN,
        number: str = "+32460000000",
        phones: Phones | None = None,
        now: Callable[[], datetime] = utcnow,
        webhook: str = "",
        rate: float | None = None,
        port: int = 0,
    ) -> None:
        super().__init__(
            account_sid=account_sid, auth_token=auth_token, number=number, phones=phones, now=now, webhook=webhook
        )
        self.rate = rate
        self.port = port
        self.fault: Fault | None = None
        self.faults: dict[str, Fault] = {}
        self.shut: dict[str, Fault] = {}
        self.requests = 0
        self.account = Account(account_sid, number, webhook=lambda: self.webhook)
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
                web.get(base + ".json", self.account.fetch),
                web.get(base + "/Balance.json", self.account.fetch_balance),
                web.get(base + "/IncomingPhoneNumbers.json", self.account.list_numbers),
            ]
        )
        await self._connect()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._disconnect()
        await self._runner.cleanup()

    async def open(self) -> None:
        """Takes connections (again), on the same port as before."""
        if self._runner.sites:
            return
        self.port = self.port or free_port()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()

    async def refuse(self) -> None:
        """Closes every connection, and refuses new ones until `open`."""
        if self._runner.sites:
            await self._site.stop()
        for connection in list(self._runner.server.connections if self._runner.server else ()):
            if connection.transport:
                connection.transport.abort()
        for _ in range(5):  # a client in the same loop sees the end of its kept connections only by then
            await asyncio.sleep(0)

    @web.middleware
    async def _gate(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests += 1
        form = await request.post()
        shut = next((fault for resource, fault in self.shut.items() if f"/{resource}" in request.path), None)
        fault = self.fault or shut or self.faults.get(str(form.get("To", "")))
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
        sid = new_sid("SM")
        record = Record(sid, self.number, form["To"], form["Body"], "outbound-api", "queued", now, now)
        record.callback = form.get("StatusCallback", "")
        answer = web.json_response(message_json(record, self.account_sid), status=201)
        self._send(record, self.fault or self.faults.get(record.recipient))
        return answer

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
        code = refusal(form | {"Body": "a call"}, self.number, set()) or (0 if form.get("Twiml") else 21205)
        if code:
            return _error(400, code)
        now = self._now()
        sid = new_sid("CA")
        record = Record(sid, self.number, form["To"], form["Twiml"], "outbound-api", "queued", now, now, sent=now)
        record.callback = form.get("StatusCallback", "")
        answer = web.json_response(call_json(record, self.account_sid), status=201)
        self._dial(record, self.fault or self.faults.get(record.recipient))
        return answer

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
