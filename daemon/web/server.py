"""The web server: only the routes given and /healthz, /readyz; small requests, each with a deadline.

What is wrong is said in the log, not here: a stranger learns "ok" or "not ok".
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Self

import structlog
from aiohttp import web, web_app
from aiohttp.web_protocol import RequestHandler

from daemon.answering import answers
from daemon.web.connection import HEADERS, Connection
from daemon.web.limits import Refusals, address_of

BODY_LIMIT = 64 * 1024
REQUEST_DEADLINE = 12.0
"""Seconds; Twilio gives up after 15."""
CONNECTION_LIFE = 60.0
MOST_CONNECTIONS = 200

QUESTION, ANSWER = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"HTTP/1.1 "

OWN = ("Cache-Control", "Content-Security-Policy", "Referrer-Policy")
"""What an answer may say for itself: what it lets a browser load, keep and tell."""

LASTING = "lasting"
"""The attribute by which a handler has a deadline of its own."""

Check = Callable[[], bool]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger("web")


class WebServer:
    """An async context manager that listens on `host`:`port` (0: any free one, see `port` then).

    `healthy` says whether the process works, `ready` whether it watches every way in. `closing` ends what would
    last. `deadline` (for one request) and `connection_life` are in seconds. Raises OSError on entry where the
    address cannot be had.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        routes: Iterable[web.RouteDef] = (),
        healthy: Check,
        ready: Check,
        deadline: float = REQUEST_DEADLINE,
        connection_life: float = CONNECTION_LIFE,
        closing: Callable[[], None] = lambda: None,
    ) -> None:
        self.host = host
        self.port = port
        self._deadline = deadline
        self._connection_life = connection_life
        self._refusals = Refusals(time.monotonic)
        self._app = web.Application(client_max_size=BODY_LIMIT, middlewares=[self._guard])
        self._app.add_routes([web.get("/healthz", _answer(healthy)), web.get("/readyz", _answer(ready)), *routes])
        self._app.on_response_prepare.append(_secure)

        async def ends(_: web.Application) -> None:
            closing()

        self._app.on_shutdown.append(ends)

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._app, shutdown_timeout=3)
        await self._runner.setup()
        try:
            loop = asyncio.get_running_loop()
            self._listener = await loop.create_server(self._connect, self.host, self.port, reuse_address=True)
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = self._listener.sockets[0].getsockname()[1]
        self._sweeper = asyncio.create_task(self._end_old())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()
        self._sweeper.cancel()
        await self._runner.cleanup()
        _forget_handlers()

    async def answers(self) -> bool:
        """Whether it does to whoever asks it on this machine."""
        host, port = self._listener.sockets[0].getsockname()[:2]
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (as it was told to listen)
        return await answers(asyncio.open_connection(here, port), QUESTION, ANSWER)

    def _connect(self) -> asyncio.Protocol:
        server = self._runner.server
        room = server is not None and len(server.connections) < MOST_CONNECTIONS
        return Connection(server, self._malformed) if server and room else _Refusal()

    def _malformed(self, peer: str, what: str) -> None:
        """A line each, until there are too many."""
        address = address_of(peer, {})
        if not self._refusals.too_many(address):
            log.info("malformed request", peer=peer, what=what)
        if address:
            self._refusals.count(address)

    async def _end_old(self) -> None:
        """Ends connections past their life: aiohttp itself waits for ever for the end of a header.

        Whoever reads nothing of an answer is cut off: closing waits for what is unsent.
        """
        loop = asyncio.get_running_loop()
        opened: dict[RequestHandler, tuple[float, asyncio.Transport | None]] = {}
        while server := self._runner.server:
            await asyncio.sleep(self._connection_life / 4)
            now = loop.time()
            opened = {one: opened.get(one, (now, one.transport)) for one in server.connections}
            for connection, (at, transport) in opened.items():
                if now - at >= self._connection_life:
                    connection.force_close()
                if transport and now - at >= self._connection_life * 1.2:
                    transport.abort()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        address = address_of(request.remote or "", request.headers)
        if self._refusals.too_many(address):
            refused = web.Response(status=429)
            refused.force_close()
            return refused
        response = await self._answered(request, handler)
        if address and 400 <= response.status < 500:
            self._refusals.count(address)
        return response

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if "Content-Encoding" in request.headers:
            return web.Response(status=415)  # nobody who should call packs what it sends; it could grow without end
        try:
            async with asyncio.timeout(getattr(request.match_info.handler, LASTING, self._deadline)):
                return await handler(request)
        except TimeoutError:
            log.warning("request timed out", path=route_of(request))
            return web.Response(status=503)
        except web.RequestPayloadError:
            return web.Response(status=400)
        except web.HTTPException as refusal:
            return web.Response(status=refusal.status)
        except Exception:
            log.exception("request failed", path=route_of(request))
            return web.Response(status=500)


def lasting(deadline: float, handler: Handler) -> Handler:
    """A handler with a deadline of its own, in seconds."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return await handler(request)

    setattr(answer, LASTING, deadline)
    return answer


def route_of(request: web.Request) -> str:
    """For the log: the path may have a secret in it."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"


class _Refusal(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def _forget_handlers() -> None:
    """aiohttp remembers the last thousand handlers that it wrapped, in a global: with each, its daemon of before."""
    if remembered := getattr(web_app, "_cached_build_middleware", None):
        remembered.cache_clear()


def _answer(check: Check) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text="ok\n") if check() else web.Response(status=503, text="not ok\n")

    return answer


async def _secure(_: web.Request, response: web.StreamResponse) -> None:
    own = {name: response.headers[name] for name in OWN if name in response.headers}
    response.headers.update({**HEADERS, **own})
