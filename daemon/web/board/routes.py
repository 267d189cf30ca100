"""The board's routes: pages, the stream of their changes, and the way in."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from daemon.clock import Clock
from daemon.core.model import Incident
from daemon.core.state import State
from daemon.identity.passes import Passes
from daemon.web.assets import Assets
from daemon.web.board.channels import Standing
from daemon.web.board.glance import ended, under_way
from daemon.web.board.live import LASTS, Changes, TooMany, narrow
from daemon.web.board.login import Login, no_way
from daemon.web.board.pages import HEADERS, Pages
from daemon.web.board.times import Times
from daemon.web.board.viewer import Viewer, Viewers
from daemon.web.server import lasting

NUMBER = "{number:(?:MI|DR)-[1-9][0-9]{0,8}}"

_TYPED = re.compile(r"((?:mi|dr)-[1-9][0-9]{0,8})(/people)?/*", re.ASCII | re.IGNORECASE)
"""As people type it: "mi-7", "MI-7/"."""

Page = Callable[[web.Request, Viewer], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page needs of the moment."""

    times: Times
    version: str


class Board:
    """`put` brings a stimulus to the consumer. With `here` nobody logs in: it is shown to who sits at this machine."""

    def __init__(
        self,
        state: State,
        clock: Clock,
        standing: Standing,
        changes: Changes,
        passes: Passes,
        put: Callable[..., Awaitable[bool]],
        seconds: Callable[[], float] = time.monotonic,
        *,
        here: bool = False,
    ) -> None:
        self._state = state
        self._clock = clock
        self._changes = changes
        self._assets = Assets()
        public_url = "" if here else state.configuration.settings.public_url
        self._viewers = Viewers(state, passes, public_url, clock.now)
        self._pages = Pages(state, standing, self._viewers, self._assets)
        self._login = Login(state, self._viewers, passes, self._pages, put, clock.now, seconds)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", _home),
            web.get("/board", self._shown(self._board)),
            web.get(f"/board/{NUMBER}", self._shown(self._incident)),
            web.get(f"/board/{NUMBER}/people", self._shown(self._people)),
            web.get("/board/events", lasting(LASTS + 10, self._events), allow_head=False),
            *self._login.routes(),
            web.get("/board/{rest:.*}", self._shown(self._other), allow_head=False),
            *self._assets.routes(),
        ]

    def _shown(self, page: Page) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """The page, to those who may look; others are led to where they can log in."""

        async def answer(request: web.Request) -> web.StreamResponse:
            viewer = self._viewers.of(request)
            if viewer is not None:
                return await page(request, viewer)
            if self._viewers.public_url:
                return web.Response(status=303, headers={"Location": "/board/login"})
            return no_way(self._pages)

        return answer

    async def _board(self, request: web.Request, viewer: Viewer) -> web.StreamResponse:
        seen = self._seen(viewer, "")
        return self._pages.board(request, viewer, seen.times, seen.version)

    async def _incident(self, request: web.Request, viewer: Viewer) -> web.StreamResponse:
        incident = self._visible(viewer, request.match_info["number"])
        if incident is None:
            return self._nothing()
        seen = self._seen(viewer, incident.id)
        return self._pages.incident(request, viewer, seen.times, seen.version, incident)

    async def _people(self, request: web.Request, viewer: Viewer) -> web.StreamResponse:
        incident = self._visible(viewer, request.match_info["number"])
        if incident is None:
            return self._nothing()
        seen = self._seen(viewer, incident.id)
        return self._pages.people(request, viewer, seen.times, seen.version, incident)

    async def _other(self, request: web.Request, _: Viewer) -> web.StreamResponse:
        rest = request.match_info["rest"]
        if not rest:
            return web.Response(status=303, headers={"Location": "/board"})
        if typed := _TYPED.fullmatch(rest):
            number, people = typed[1].upper(), "/people" if typed[2] else ""
            return web.Response(status=303, headers={"Location": f"/board/{number}{people}"})
        return self._nothing()

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Of one incident (`about`), else of all. `since` is the version that the page has, unless the browser says."""
        viewer = self._viewers.of(request)
        if viewer is None or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return web.Response(status=403)  # a page of another site could hold all streams there are
        about = request.query.get("about", "")
        session = request.cookies.get(self._viewers.cookie, "")

        def version() -> str | None:
            return self._version(viewer, about) if self._viewers.still(viewer, session) else None

        try:
            with self._changes.stream(viewer.who) as changed:
                response = web.StreamResponse(
                    headers={**HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
                )
                if isinstance(request.transport, asyncio.Transport):
                    narrow(request.transport)
                await response.prepare(request)
                seen = request.headers.get("Last-Event-ID", request.query.get("since", ""))
                try:
                    await self._changes.send(response, changed, version, seen)
                except (TimeoutError, ConnectionError):
                    if request.transport is not None:
                        request.transport.abort()
                return response
        except TooMany:
            return web.Response(status=503, headers={"Retry-After": "15"})

    def _visible(self, viewer: Viewer, number: str) -> Incident | None:
        incident = self._state.incidents.get(number)
        return incident if incident and self._viewers.sees(viewer, incident) else None

    def _nothing(self) -> web.Response:
        """The same for what is not there, is archived, or may not be seen."""
        words = "There is no such incident here. Those that ended long ago are listed by `murphyd incidents`."
        return self._pages.words("Nothing here", words, again=("/board", "To the board"), status=404)

    def _seen(self, viewer: Viewer, about: str) -> Seen:
        return Seen(self._pages.times(viewer, self._clock.now()), self._version(viewer, about))

    def _version(self, viewer: Viewer, about: str) -> str:
        if about:
            incident = self._visible(viewer, about)
            return self._changes.version((incident.id,) if incident else ())

        def sees(incident: Incident) -> bool:
            return self._viewers.sees(viewer, incident)

        shown = (*under_way(self._state, sees), *ended(self._state, sees))
        return self._changes.version(incident.id for incident in shown)


async def _home(_: web.Request) -> web.Response:
    return web.Response(status=303, headers={"Location": "/board"})
