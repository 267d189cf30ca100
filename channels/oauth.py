"""Access tokens for XOAUTH2, by a refresh token (RFC 6749 section 6); one is kept until shortly before it expires."""

import asyncio
import json
import logging
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeGuard

import aiohttp

from channels.beside import Beside
from channels.http_resolver import HttpResolver
from channels.resolver import Resolver
from channels.types import ChannelDown, Failure, Retry
from channels.words import clean

_SPARE = 60.0
"""Seconds before its end from which a token is no longer used."""
_LIFE = 600.0
"""Seconds a token is used where the server does not say how long it is good."""
_LONGEST_LIFE = 86400.0
"""Seconds; no provider's token is good for longer."""
_LOOK = 0.1
"""Seconds between looks whether another has done with the grant."""
_ANSWER = 100_000
"""Bytes of an answer that are read."""


_log = logging.getLogger(__name__)


class Tokens(Protocol):
    """Gives access tokens, and hears which one was of no use."""

    async def __call__(self) -> str:
        """Raises ChannelDown."""
        ...

    def refused(self, token: str) -> None:
        """A server did not take it, whatever its time: the next call asks for another."""
        ...


class Kept(Protocol):
    """Where the newest refresh token outlives the process. All raise OSError."""

    def newest(self) -> str:
        """Nothing where the configured one was never replaced."""
        ...

    def keep(self, token: str) -> None: ...

    def hold(self) -> Callable[[], None] | None:
        """Nobody else uses the grant until what is returned is called; None while another does."""
        ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What the provider gave us. `secret` is "" for a public client."""

    token_url: str
    client_id: str
    refresh_token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    scope: str = ""


class TokenSource:
    """Call it for an access token; raises ChannelDown. One request at a time serves everybody who waits.

    A refresh token that the provider replaces is used from then on, and kept in `kept`.
    `deadline` is in seconds, for one request.
    """

    def __init__(
        self, grant: Grant, *, deadline: float = 5.0, resolver: Resolver | None = None, kept: Kept | None = None
    ) -> None:
        self._grant = grant
        self._kept = kept
        self._resolver = resolver or Resolver()
        self._deadline = deadline
        self._beside = Beside(1, deadline)
        self._refresh_token = grant.refresh_token
        self._token = ""
        self._until = 0.0
        self._refreshing: asyncio.Task[None] | None = None

    async def __call__(self) -> str:
        if asyncio.get_running_loop().time() >= self._until:
            if self._refreshing is None or self._refreshing.done():
                self._refreshing = asyncio.create_task(self._refresh(), name="access token")
                self._refreshing.add_done_callback(_seen)
            # Who waits may give up; the answer may hold a new refresh token, and the old one be void.
            await asyncio.shield(self._refreshing)
        return self._token

    def refused(self, token: str) -> None:
        if token == self._token:
            self._until = 0.0

    async def _refresh(self) -> None:
        try:
            async with self._alone():
                await self._renew()
        finally:
            self._beside.close()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """A daily check beside the daemon has the same grant. A disk that fails, or another that hangs, holds up
        nothing."""
        held: Callable[[], None] | None = None
        if self._kept is not None:
            with suppress(OSError):  # a TimeoutError is one
                async with asyncio.timeout(self._deadline):
                    while (held := await self._beside.run(self._kept.hold, _let_go)) is None:  # noqa: ASYNC110 (a file)
                        await asyncio.sleep(_LOOK)
        try:
            yield
        finally:
            _let_go(held)

    async def _renew(self) -> None:
        self._refresh_token = await self._newest()
        form = {
            "grant_type": "refresh_token",
            "client_id": self._grant.client_id,
            "refresh_token": self._refresh_token,
        }
        form |= {"client_secret": self._grant.secret} if self._grant.secret else {}
        form |= {"scope": self._grant.scope} if self._grant.scope else {}
        status, answer = await self._post(form)
        token = answer.get("access_token")
        if status != 200 or not _is_token(token):
            error = answer.get("error")
            words = clean(error) if isinstance(error, str) else f"HTTP {status}"
            raise _down("oauth", f"no access token was given: {words}")
        seconds = _seconds(answer.get("expires_in"))
        renewed = answer.get("refresh_token")
        self._token = token
        self._until = asyncio.get_running_loop().time() + max(seconds - _SPARE, seconds / 2)
        if _is_token(renewed) and renewed != self._refresh_token:
            self._refresh_token = renewed
            await self._keep(renewed)

    async def _newest(self) -> str:
        """Another user of the same grant may have had it replaced. A disk that fails holds up nothing."""
        if self._kept is None:
            return self._refresh_token
        try:
            return await self._beside.run(self._kept.newest) or self._refresh_token
        except OSError:
            return self._refresh_token

    async def _keep(self, token: str) -> None:
        if self._kept is None:
            return
        try:
            await self._beside.run(partial(self._kept.keep, token))
        except OSError as fault:
            _log.error(
                "the new refresh token cannot be kept, and the old one is tried after a restart: %s", fault.strerror
            )

    async def _post(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        try:
            async with (
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(resolver=HttpResolver(self._resolver)),
                    timeout=aiohttp.ClientTimeout(total=self._deadline),
                ) as session,
                session.post(self._grant.token_url, data=form, allow_redirects=False) as response,
            ):
                body = b""
                async for chunk in response.content.iter_chunked(_ANSWER):
                    body += chunk
                    if len(body) > _ANSWER:
                        break
                answer = json.loads(body)
                return response.status, answer if isinstance(answer, dict) else {}
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise _down("oauth", "the token server cannot be reached") from None
        except (ValueError, RecursionError):
            raise _down("oauth", "the token server's answer cannot be understood") from None


def _let_go(held: Callable[[], None] | None) -> None:
    if held is not None:
        held()


def _is_token(said: object) -> TypeGuard[str]:
    """Visible characters only (RFC 6749 appendix A.12, A.17)."""
    return isinstance(said, str) and bool(said) and said.isascii() and said.isprintable()


def _seconds(said: object) -> float:
    """How long a token is good: some say so in a string, and some say what is no time at all."""
    try:
        life = float(said) if isinstance(said, int | float | str) else _LIFE
    except (ValueError, OverflowError):
        return _LIFE
    return min(max(life, 0.0), _LONGEST_LIFE) if math.isfinite(life) else _LIFE


def _seen(refreshing: asyncio.Task[None]) -> None:
    """Its failure is told to who waits; where nobody does any more, the next one finds out."""
    if not refreshing.cancelled():
        refreshing.exception()


def _down(code: str, reason: str) -> ChannelDown:
    return ChannelDown(Failure(code, reason, Retry.DOWN))
