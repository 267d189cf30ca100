"""Logging in to the board: a link by mail or text, and a button on the page that it opens.

Whoever asks gets the same answer, known or not. Fetching the link's page does nothing, as programs that look through
mail fetch every link; only its button does, once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from aiohttp import web

from config.faults import Wrong
from config.phones import parse_phone
from config.types import People
from daemon.core.boarding import link_of, opens
from daemon.core.state import State
from daemon.core.stimuli import BoardAsked, BoardEntered, BoardLeft
from daemon.identity.passes import Passes, notice_named, same
from daemon.web.board.pages import Pages
from daemon.web.board.viewer import SESSION, Viewers
from daemon.web.forms import form_of
from daemon.web.limits import Refusals, address_of
from daemon.web.server import route_of

MOST_ASKS = 5
ASK_AGAIN = 60.0
"""So many links may be asked for from one address at once, and one more after so many seconds."""

MOST_UNDER_WAY = 50
"""Asks that are being decided on; beyond these an ask is forgotten."""

ANOTHER = ("/board/login", "Ask for a link")

log = structlog.get_logger("web.board")


class Login:
    """`put` brings a stimulus to the consumer; `seconds` is a monotonic time."""

    def __init__(
        self,
        state: State,
        viewers: Viewers,
        passes: Passes,
        pages: Pages,
        put: Callable[..., Awaitable[bool]],
        now: Callable[[], datetime],
        seconds: Callable[[], float],
    ) -> None:
        self._state = state
        self._viewers = viewers
        self._passes = passes
        self._pages = pages
        self._put = put
        self._now = now
        self._asks = Refusals(seconds, most=MOST_ASKS, again_every=ASK_AGAIN)
        self._under_way: set[asyncio.Task[object]] = set()
        self._entering: set[int] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/board/login", self._form),
            web.post("/board/login", self._ask),
            web.get("/board/enter/{pass}", self._door),
            web.post("/board/enter/{pass}", self._enter),
            web.post("/board/logout", self._leave),
        ]

    async def _form(self, request: web.Request) -> web.Response:
        if (elsewhere := self._not_here(request)) is not None:
            return elsewhere
        return self._pages.login()

    async def _ask(self, request: web.Request) -> web.Response:
        if (elsewhere := self._not_here(request) or self._foreign(request)) is not None:
            return elsewhere
        address = address_of(request.remote or "", request.headers)
        self._asks.count(address)
        if self._asks.too_many(address):
            log.warning("too many ask for links to the board", peer=address)
            words = "Too many links were asked for from where you are. Wait a minute, then ask again."
            return self._pages.words("Too many", words, again=ANOTHER, status=429)
        asked = (await form_of(request)).get("who", "")
        if why := what_is_wrong_with(asked, self._state.configuration.settings.organization.timezone):
            return self._pages.words("Written otherwise?", why, again=("/board/login", "Write it again"))
        known = contact_of(self._state.configuration.people, asked)
        log.info("a link to the board is asked for", known=known is not None, peer=address)
        if known is not None and len(self._under_way) < MOST_UNDER_WAY:
            task = asyncio.ensure_future(self._put(BoardAsked(*known)))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return self._pages.words(
            "Look at your messages",
            "If that is the address or number of an incident manager or operator, a link is on its way to it.",
            "Nothing came? Ask again by the other way: your phone number, or your address. At most three links are "
            "sent in ten minutes.",
            again=ANOTHER,
        )

    async def _door(self, request: web.Request) -> web.Response:
        if self._notice(request) is None:
            return self._spent()
        return self._pages.enter(request.match_info["pass"])

    async def _enter(self, request: web.Request) -> web.Response:
        if (foreign := self._foreign(request)) is not None:
            return foreign
        found = self._notice(request)
        if found is None or found[0] in self._entering:
            return self._spent()
        number, who = found
        self._entering.add(number)  # until it is in the state a second press must find it used
        try:
            await self._put(BoardEntered(number))
        finally:
            self._entering.discard(number)
        log.info("logged in to the board", notice=number)
        response = _to("/board")
        response.set_cookie(
            self._viewers.cookie,
            self._viewers.session(number, who),
            max_age=int(SESSION.total_seconds()),
            secure=self._viewers.secure,
            httponly=True,
            samesite="Strict",
            path="/",
        )
        return response

    async def _leave(self, request: web.Request) -> web.Response:
        if (foreign := self._foreign(request)) is not None:
            return foreign
        viewer = self._viewers.of(request)
        if viewer is not None and viewer.notice:
            await self._put(BoardLeft(viewer.notice))
        response = _to("/board/login")
        response.del_cookie(
            self._viewers.cookie, path="/", secure=self._viewers.secure, httponly=True, samesite="Strict"
        )
        return response

    def _notice(self, request: web.Request) -> tuple[int, str] | None:
        """The notice of the request's link, and whose it is, where it can be used now."""
        given = request.match_info["pass"]
        notice = link_of(self._state, notice_named(given))
        if notice is None or not same(given, self._passes.link(notice.id, notice.recipients[0], notice.at)):
            return None
        return (notice.id, notice.recipients[0]) if opens(self._state, notice, self._now()) else None

    def _spent(self) -> web.Response:
        words = "It was used before, or is older than ten minutes. Each link works once."
        return self._pages.words("This link does not work any more", words, again=ANOTHER, status=403)

    def _not_here(self, request: web.Request) -> web.Response | None:
        if self._viewers.public_url:
            return None
        if self._viewers.of(request):
            return _to("/board")
        return no_way(self._pages)

    def _foreign(self, request: web.Request) -> web.Response | None:
        """A form that was not sent from a page of ours (RFC 6454): browsers always say where one comes from."""
        if same(request.headers.get("Origin", ""), origin_of(self._viewers.public_url)):
            return None
        log.warning("a form from elsewhere was refused", path=route_of(request), peer=request.remote)
        there = (f"{self._viewers.public_url.rstrip('/')}/board/login", "To the board")
        return self._pages.words("Not from here", "Open the board at its own address.", again=there, status=403)


def no_way(pages: Pages) -> web.Response:
    return pages.words(
        "Only at the machine itself",
        "The board is shown to a browser at the machine that Murphy runs on. To see it from elsewhere, somebody must "
        "set public_url in [web] of murphyd.toml.",
        status=403,
    )


def contact_of(people: People, asked: str) -> tuple[str, str] | None:
    """Who has this address or number, and by which way ("email", "sms") the link goes first. Raises Wrong."""
    words = asked.strip()
    if "@" in words:
        who = people.by_email.get(words.lower())
        return (who, "email") if who else None
    who = people.by_phone.get(parse_phone(_international(words)))
    return (who, "sms") if who else None


def what_is_wrong_with(asked: str, timezone: str) -> str:
    """In words, where it is neither an address nor a number with its country's code, whoever's it may be; else ""."""
    words = asked.strip()
    if "@" in words:
        return ""
    try:
        parse_phone(_international(words), timezone)
    except Wrong as wrong:
        return f"{wrong.problem[:1].upper()}{wrong.problem[1:]}: {wrong.cure}. An email address will do as well."
    return ""


def _international(number: str) -> str:
    return "+" + number[2:] if number.startswith("00") else number


def origin_of(url: str) -> str:
    """Scheme, host and port, as a browser writes them in Origin: a name beyond ASCII by RFC 3490."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].encode("idna").decode().lower()
    usual = {"https": ":443", "http": ":80"}.get(scheme.lower(), "")
    return f"{scheme.lower()}://{host.removesuffix(usual)}" if host else "?"


def _to(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
