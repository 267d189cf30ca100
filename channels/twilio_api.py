"""One account at Twilio's REST API (version 2010-04-01), over aiohttp, for all that sends or asks there.

Every request has a deadline, and fails as one exception that says whether Twilio may have carried it out. The few
requests are made here as Twilio's SDK makes them, which a test compares: the SDK would cost 13 MB of memory, and a
fifth of each text's time. Source: Twilio's "Messages resource", "Calls resource", "Account resource".
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import aiohttp

from channels.http_resolver import HttpResolver
from channels.resolver import Resolver
from channels.twilio_errors import NO_WORD_FROM_BEHIND, failure_of_answer
from channels.types import Failure, Retry

VERSION = "/2010-04-01"

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

LISTS: Mapping[str, str] = {
    "Messages": "messages",
    "Calls": "calls",
    "IncomingPhoneNumbers": "incoming_phone_numbers",
}
"""What a page names its list, by resource."""

Fields = Mapping[str, str | int]
"""By Twilio's own names, as "To"."""


class TwilioProblem(Exception):
    """A request failed. `carried_out` is None where nobody knows whether Twilio did what was asked."""

    def __init__(self, failure: Failure, *, carried_out: bool | None = False) -> None:
        super().__init__(f"Twilio: {failure.reason} ({failure.code})")
        self.failure = failure
        self.carried_out = carried_out


class Answer:
    """What Twilio says of one thing; a field that is missing or of another kind is as good as empty."""

    __slots__ = ("_fields",)

    def __init__(self, fields: object) -> None:
        """Raises TwilioProblem."""
        if not isinstance(fields, dict):
            raise garbage()
        self._fields: dict[str, Any] = fields

    def text(self, name: str) -> str:
        value = self._fields.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """0 where there is none; Twilio gives some as text."""
        value = self._fields.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value[:9])
        return value if type(value) is int else 0

    def time(self, name: str) -> datetime | None:
        """In UTC (RFC 2822)."""
        try:
            at = parsedate_to_datetime(self.text(name))
            return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def can(self, what: str) -> bool:
        """Whether a number has this capability."""
        capabilities = self._fields.get("capabilities")
        return isinstance(capabilities, dict) and bool(capabilities.get(what))


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list, in Twilio's order; `following` is the next page's path, "" on the last one."""

    answers: Sequence[Answer]
    following: str


class TwilioApi:
    """An async context manager, entered inside the running loop. `deadline` is in seconds, for one request."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_base: str = "https://api.twilio.com",
        *,
        deadline: float = 10.0,
        at_once: int = 16,
        resolver: Resolver | None = None,
    ) -> None:
        self._api_base = api_base.rstrip("/")
        self._account = f"{VERSION}/Accounts/{quote(account_sid, safe='')}"
        self._headers = {
            "Authorization": _basic(account_sid, auth_token),
            "Accept": "application/json",
            "User-Agent": "murphyd",
        }
        self._deadline = deadline
        self._at_once = at_once
        self._slots = asyncio.Semaphore(at_once)
        self._resolver = resolver or Resolver()
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._at_once, resolver=HttpResolver(self._resolver)),
            timeout=aiohttp.ClientTimeout(total=None, connect=self._deadline / 2),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http:
            await self._http.close()
        self._http = None

    async def create(self, resource: str, fields: Fields) -> Answer:
        """A new one of `resource` ("Messages"): what Twilio made of it. Raises TwilioProblem."""
        return Answer(await self._request("POST", f"{self._account}/{resource}.json", fields))

    async def fetch(self, resource: str, sid: str) -> Answer:
        """Raises TwilioProblem."""
        return Answer(await self._request("GET", f"{self._account}/{resource}/{quote(sid, safe='')}.json"))

    async def account(self) -> Answer:
        """Raises TwilioProblem."""
        return Answer(await self._request("GET", f"{self._account}.json"))

    async def balance(self) -> Answer:
        """Raises TwilioProblem."""
        return Answer(await self._request("GET", f"{self._account}/Balance.json"))

    async def page(self, resource: str, fields: Fields) -> Page:
        """The newest that are as `fields` say. Raises TwilioProblem."""
        path = f"{self._account}/{resource}.json?{urlencode(fields)}"
        return _page(await self._request("GET", path), resource)

    async def after(self, page: Page, resource: str) -> Page:
        """The next page. Raises TwilioProblem."""
        return _page(await self._request("GET", "/" + page.following.lstrip("/")), resource)

    async def _request(self, method: str, path: str, fields: Fields | None = None) -> object:
        """The answer's JSON. Raises TwilioProblem."""
        form, kind = (urlencode(fields).encode(), FORM) if fields is not None else (None, None)
        async with self._slot():
            assert self._http is not None
            try:
                async with (
                    asyncio.timeout(self._deadline),
                    self._http.request(
                        method, self._api_base + path, data=form, headers=kind, allow_redirects=False
                    ) as answer,
                ):
                    body = await answer.read()
            except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
                raise TwilioProblem(Failure("connect", _why(error), Retry.DOWN)) from error
            except aiohttp.ConnectionTimeoutError as error:
                raise TwilioProblem(Failure("timeout", "no connection in time", Retry.DOWN)) from error
            except TimeoutError as error:
                raise TwilioProblem(Failure("timeout", "no answer in time", Retry.SAME), carried_out=None) from error
            except (aiohttp.ClientError, OSError) as error:
                lost = Failure("lost", "the connection was lost before the answer", Retry.SAME)
                raise TwilioProblem(lost, carried_out=None) from error
        if answer.status >= 300:
            header, words = answer.headers.get("Retry-After", ""), body.decode(errors="replace")
            failure = failure_of_answer(answer.status, words, header, datetime.now(UTC))
            raise TwilioProblem(failure, carried_out=None if answer.status in NO_WORD_FROM_BEHIND else False)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise garbage() from error

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """One of a bounded number of requests; waiting for it has the same deadline."""
        try:
            async with asyncio.timeout(self._deadline):
                await self._slots.acquire()
        except TimeoutError:
            raise TwilioProblem(Failure("busy", "too many requests of ours are waiting", Retry.SAME)) from None
        try:
            yield
        finally:
            self._slots.release()


def _basic(username: str, password: str) -> str:
    """Basic credentials (RFC 7617)."""
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()


def _page(found: object, resource: str) -> Page:
    """Raises TwilioProblem."""
    answers = found.get(LISTS[resource]) if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(answers, list):
        raise garbage()
    following = found.get("next_page_uri")
    return Page([Answer(one) for one in answers], following if isinstance(following, str) else "")


def garbage() -> TwilioProblem:
    """The failure of a request that was answered with what is no answer."""
    return TwilioProblem(Failure("garbage", "an answer that cannot be read", Retry.SAME), carried_out=None)


def _why(error: aiohttp.ClientConnectorError | aiohttp.InvalidURL) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "the name of its server cannot be resolved"
        case aiohttp.InvalidURL():
            return "api_base is not a URL"
        case aiohttp.ClientSSLError():
            return "its certificate is not valid"
        case _:
            return "connection refused or unreachable"
