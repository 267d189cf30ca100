"""One account at Twilio's REST API, through the SDK's async client, for all that sends or asks there.

Every request has a deadline, and fails as one exception that says whether Twilio may have carried it out.
"""

import asyncio
import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import import_module
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from channels.http_resolver import HttpResolver
from channels.resolver import Resolver
from channels.twilio_errors import NO_WORD_FROM_BEHIND, failure_of_answer
from channels.types import Failure, Retry

T = TypeVar("T")


class TwilioProblem(Exception):
    """A request failed. `carried_out` is None where nobody knows whether Twilio did what was asked."""

    def __init__(self, failure: Failure, *, carried_out: bool | None = False) -> None:
        super().__init__(f"Twilio: {failure.reason} ({failure.code})")
        self.failure = failure
        self.carried_out = carried_out


class TwilioApi:
    """An async context manager, entered inside the running loop. `deadline` is in seconds, for one request.

    The SDK is imported on entry: it costs 27 MB, which only those who text should pay.
    """

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
        self._account_sid = account_sid
        self._auth_token = auth_token
        self._api_base = api_base.rstrip("/")
        self._deadline = deadline
        self._at_once = at_once
        self._resolver = resolver or Resolver()
        self._wire: _Wire | None = None
        self._client: Any = None

    async def __aenter__(self) -> Self:
        sdk = import_module("twilio.rest")
        self._wire = _Wire(self._deadline, self._at_once, self._resolver)
        no_environment = {"_": ""}  # the SDK takes an empty one for os.environ, where TWILIO_EDGE may stand
        self._client = sdk.Client(
            self._account_sid, self._auth_token, http_client=self._wire, environment=no_environment
        )
        self._client.api.base_url = self._api_base
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wire:
            await self._wire.close()
        self._wire = self._client = None

    @property
    def messages(self) -> Any:
        """The SDK's Messages list, callable with a sid."""
        return self._client.messages

    @property
    def calls(self) -> Any:
        """The SDK's Calls list, callable with a sid."""
        return self._client.calls

    @property
    def account(self) -> Any:
        """The SDK's account, with its balance and numbers."""
        return self._client.api.v2010.accounts(self._account_sid)

    async def ask(self, request: Awaitable[T]) -> T:
        """The SDK's answer to `request`. Raises TwilioProblem."""
        try:
            return await request
        except TwilioProblem:
            raise
        except Exception as error:  # whatever the SDK raises over an answer that is not what it expects
            raise garbage() from error


class _Wire:
    """The SDK's async HTTP client with what it lacks: a deadline, a bound, silence, and one kind of error."""

    is_async = True

    def __init__(self, deadline: float, at_once: int, resolver: Resolver) -> None:
        sdk = import_module("twilio.http.async_http_client")
        self._deadline = deadline
        self._slots = asyncio.Semaphore(at_once)
        # At INFO the SDK logs the numbers of those texted; a logger of its own, outside the tree, drops that.
        self._http = sdk.AsyncTwilioHttpClient(pool_connections=False, logger=logging.Logger("twilio", logging.WARNING))
        self._http.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=at_once, resolver=HttpResolver(resolver)),
            timeout=aiohttp.ClientTimeout(total=None, connect=deadline / 2),
        )

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **options: Any,
    ) -> Any:
        signed = {**(headers or {}), "Authorization": _basic(*auth)} if auth else headers
        async with self._slot():
            try:
                async with asyncio.timeout(self._deadline):
                    answer = await self._http.request(method, url, headers=signed, **options)
            except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
                raise TwilioProblem(Failure("connect", _why(error), Retry.DOWN)) from error
            except aiohttp.ConnectionTimeoutError as error:
                raise TwilioProblem(Failure("timeout", "no connection in time", Retry.DOWN)) from error
            except TimeoutError as error:
                raise TwilioProblem(Failure("timeout", "no answer in time", Retry.SAME), carried_out=None) from error
            except (aiohttp.ClientError, OSError) as error:
                lost = Failure("lost", "the connection was lost before the answer", Retry.SAME)
                raise TwilioProblem(lost, carried_out=None) from error
        _check(answer)
        return answer

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

    async def close(self) -> None:
        await self._http.close()


def _basic(username: str, password: str) -> str:
    """Basic credentials (RFC 7617), which aiohttp will stop making of the SDK's pair."""
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()


def _check(answer: Any) -> None:
    """Raises TwilioProblem unless the answer is a success."""
    if answer.status_code >= 300:
        header = answer.headers.get("Retry-After", "")
        failure = failure_of_answer(answer.status_code, answer.text, header, datetime.now(UTC))
        raise TwilioProblem(failure, carried_out=None if answer.status_code in NO_WORD_FROM_BEHIND else False)


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
