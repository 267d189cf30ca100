"""The page's web server: on loopback only, its own files, what happens as server-sent events, and one way to act."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

from aiohttp import web

from daemon.sandbox.page.actions import Trouble, action_of, perform
from daemon.sandbox.page.feed import Feed
from daemon.sandbox.page.guard import HEADERS, refusal
from daemon.sandbox.playground import Playground
from daemon.supervisor import Round, Tasks

STATIC = Path(__file__).parent / "static"
SHARED = Path(__file__).parents[2] / "web" / "assets"
"""What all of Murphy's pages look like."""

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

BODY_LIMIT = 16 * 1024

ACT_WITHIN = 60.0
"""Seconds."""

ALIVE_EVERY = 15.0
"""Seconds: a comment, by which both sides see that the other is there."""

RETRY = b"retry: 1000\n\n"


class PageServer:
    """An async context manager; `address` is what to open. Raises OSError where the port cannot be had."""

    def __init__(self, playground: Playground, port: int = 0) -> None:
        self.port = port
        self._playground = playground
        self._token = secrets.token_urlsafe(24)
        self._feed = Feed(playground)
        self._files = {file.name: file for folder in (SHARED, STATIC) for file in folder.iterdir() if file.is_file()}
        self._app = web.Application(client_max_size=BODY_LIMIT, middlewares=[self._guard])
        self._app.add_routes(
            [
                web.get("/", self._index),
                web.get("/events", self._events),
                web.post("/act", self._act),
                web.get("/{name}", self._file),
            ]
        )
        self._app.on_response_prepare.append(_with_headers)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = self._runner.addresses[0][1]
        self._tasks = await Tasks().__aenter__()
        self._tasks.supervise("page", Round(self._feed.run, None))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._tasks.__aexit__()
        await self._runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if reason := refusal(request, self._token):
            return web.json_response({"trouble": reason}, status=403)
        return await handler(request)

    async def _index(self, _: web.Request) -> web.Response:
        text = (STATIC / "index.html").read_text().replace("{token}", self._token)
        return web.Response(text=text, content_type="text/html")

    async def _file(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info["name"])
        if file is None or file.suffix not in TYPES or file.name == "index.html":
            raise web.HTTPNotFound
        return web.Response(body=file.read_bytes(), content_type=TYPES[file.suffix], charset="utf-8")

    async def _act(self, request: web.Request) -> web.Response:
        try:
            action = action_of(await request.read())
            async with asyncio.timeout(ACT_WITHIN):
                await perform(self._playground, action)
        except Trouble as trouble:
            return web.json_response({"trouble": str(trouble)}, status=400)
        except TimeoutError:
            return web.json_response({"trouble": "Murphy is still at it; what comes of it shows by itself"}, status=503)
        return web.json_response({})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        page = self._feed.join()
        try:
            await response.write(RETRY)
            while True:
                try:
                    async with asyncio.timeout(ALIVE_EVERY):
                        event = await page.get()
                except TimeoutError:
                    event = b": here\n\n"
                if event is None:
                    return response
                await response.write(event)
        except ConnectionError:
            return response
        finally:
            self._feed.leave(page)


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
