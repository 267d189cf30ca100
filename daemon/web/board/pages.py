"""The board's pages as HTML: rendered here, whole without scripts; whatever people wrote is escaped."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from daemon.core.boarding import LINK_LIFE
from daemon.core.delivery import Ending
from daemon.core.model import Incident
from daemon.core.state import State
from daemon.render.plain import line, shorten
from daemon.render.times import zone_of
from daemon.web.assets import Assets
from daemon.web.board.channels import Standing
from daemon.web.board.glance import ended, glance, title_of, under_way
from daemon.web.board.reached import (
    WAITING,
    Cell,
    columns,
    everybody,
    groups,
    having,
    in_order,
    people,
    said_about,
    tally,
)
from daemon.web.board.times import Times
from daemon.web.board.told import Entry, entries
from daemon.web.board.viewer import SESSION, Viewer, Viewers

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}
"""With no referrer at all browsers would not say where a form was sent from either."""

MOST_COLUMNS = 8
"""The newest ones are shown."""

MOST_ENTRIES = 200
LONGEST_ENTRY = 600
LONGEST_WORDS = 2000
MOST_ROWS = 200
"""People on one page."""

SELDOM = 10
"""Seconds between two looks of a page that is open, where one takes its time."""

CHOICES = (("", "everybody"), ("unreached", "not reached"), ("waiting", "on its way"))
_ONLY = {"unreached": Ending.UNREACHED.value, "waiting": WAITING}


@dataclass(frozen=True, slots=True)
class Word:
    words: str
    css: str


WORDS = {
    Ending.DELIVERED.value: Word("delivered", "delivered"),
    Ending.SENT.value: Word("sent", "sent"),
    WAITING: Word("on its way", "waiting"),
    Ending.UNREACHED.value: Word("not reached", "unreached"),
    Ending.STOPPED.value: Word("no longer needed", "stopped"),
}
_MARKS = {Ending.DELIVERED.value: " ✓", WAITING: " …", Ending.UNREACHED.value: " ✗", Ending.STOPPED.value: " –"}


def mark(cell: Cell) -> str:
    """What one notice came to for one person: "sms ✓"."""
    return (cell.channel + _MARKS.get(cell.letter, "")).strip()


def spoken(cell: Cell) -> str:
    """The same for who hears it: "sms delivered"."""
    return f"{cell.channel} {WORDS[cell.letter].words}".strip()


class Pages:
    def __init__(self, state: State, standing: Standing, viewers: Viewers, assets: Assets) -> None:
        self._state = state
        self._standing = standing
        self._viewers = viewers
        self._organization = state.configuration.settings.organization
        self._environment = Environment(
            loader=PackageLoader("daemon.web.board"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(plain=_plain, person=state.name)
        self._environment.globals.update(
            asset=assets.url,
            organization=self._organization.name,
            WORDS=WORDS,
            CHOICES=CHOICES,
            mark=mark,
            spoken=spoken,
        )

    def board(self, request: web.Request, viewer: Viewer, times: Times, version: str) -> web.Response:
        def sees(incident: Incident) -> bool:
            return self._viewers.sees(viewer, incident)

        now_open = under_way(self._state, sees)
        said = said_about(self._state, [incident.id for incident in now_open])
        open_ones = [glance(self._state, incident, sees, columns(said[incident.id])) for incident in now_open]
        return self._live(
            "board.html",
            request,
            viewer,
            times,
            version,
            open=open_ones,
            ended=[(incident, title_of(incident)) for incident in ended(self._state, sees)],
            out=tuple(self._standing.out(times.now)),
            into=tuple(self._standing.into()),
            troubles=tuple(self._standing.troubles()),
            about="",
            news="; ".join(f"{one.incident.id} {one.incident.status}" for one in open_ones) or "Nothing is under way",
        )

    def incident(
        self, request: web.Request, viewer: Viewer, times: Times, version: str, incident: Incident
    ) -> web.Response:
        def sees(other: Incident) -> bool:
            return self._viewers.sees(viewer, other)

        said = columns(said_about(self._state, (incident.id,))[incident.id])
        shown = said[:MOST_COLUMNS]
        told = list(entries(self._state, incident, sees, times.at))
        listed = [_short(entry) for entry in told[:MOST_ENTRIES]]
        days = [(day, list(each)) for day, each in groupby(listed, lambda entry: times.on(entry.at))]
        rows = [
            (name, [tally(self._state, column.groups[name]) if name in column.groups else None for column in shown])
            for name in groups(self._state, shown)
        ]
        return self._live(
            "incident.html",
            request,
            viewer,
            times,
            version,
            glance=glance(self._state, incident, sees, said),
            shown=shown,
            rows=rows,
            earlier=len(said) - len(shown),
            people=len(everybody(self._state, shown)),
            days=days,
            cut=len(told) - len(listed),
            about=incident.id,
            news=f"{incident.id}: {listed[0].words}" if listed else "",
        )

    def people(
        self, request: web.Request, viewer: Viewer, times: Times, version: str, incident: Incident
    ) -> web.Response:
        """A page of them; the query has `q`, `only` and `page`, whatever stands in them."""
        query, only = request.query.get("q", "").strip()[:100], request.query.get("only", "")
        shown = columns(said_about(self._state, (incident.id,))[incident.id])[:MOST_COLUMNS]
        found = in_order(self._state, shown)
        if only in _ONLY:
            those = having(self._state, shown, _ONLY[only])
            found = [who for who in found if who in those]
        if wanted := query.casefold():
            found = [who for who in found if wanted in who or wanted in self._state.name(who).casefold()]
        pages = max(1, -(-len(found) // MOST_ROWS))
        page = min(max(_number(request.query.get("page", "")), 1), pages)
        first = (page - 1) * MOST_ROWS

        def link(number: int) -> str:
            asked = {"q": query, "only": only if only in _ONLY else "", "page": str(number)}
            return f"/board/{incident.id}/people?{urlencode({name: said for name, said in asked.items() if said})}"

        return self._live(
            "people.html",
            request,
            viewer,
            times,
            version,
            incident=incident,
            title=title_of(incident),
            shown=shown,
            people=people(self._state, shown, found[first : first + MOST_ROWS]),
            first=first,
            total=len(found),
            page=page,
            pages=pages,
            query=query,
            only=only,
            link=link,
            apart=SELDOM,
            about=incident.id,
            news="",
        )

    def login(self) -> web.Response:
        return self._still("login.html", minutes=int(LINK_LIFE.total_seconds() // 60))

    def enter(self, given: str) -> web.Response:
        return self._still("enter.html", given=given, hours=int(SESSION.total_seconds() // 3600))

    def words(self, title: str, *lines: str, again: tuple[str, str] | None = None, status: int = 200) -> web.Response:
        """A page of a few words, with a link to go on."""
        return self._still("words.html", status=status, title=title, lines=lines, again=again)

    def _live(
        self, template: str, request: web.Request, viewer: Viewer, times: Times, version: str, **said: Any
    ) -> web.Response:
        wall = "wall" in request.query
        frame = {
            "live": True,
            "narrow": False,
            "wall": wall,
            "suffix": "?wall" if wall else "",
            "name": self._state.name(viewer.who),
            "times": times,
            "version": version,
            "apart": 1,
        }
        response = self._response(template, {**frame, **said})
        response.enable_compression()
        return response

    def _still(self, template: str, *, status: int = 200, **said: Any) -> web.Response:
        frame = {"live": False, "narrow": True, "wall": False, "suffix": "", "name": ""}
        return self._response(template, {**frame, **said}, status)

    def _response(self, template: str, said: Mapping[str, Any], status: int = 200) -> web.Response:
        text = self._environment.get_template(template).render(said)
        return web.Response(text=text, content_type="text/html", headers=HEADERS, status=status)

    def times(self, viewer: Viewer, now: Any) -> Times:
        """In the viewer's zone."""
        contact = self._state.configuration.people.contacts.get(viewer.who)
        return Times(now, zone_of(contact.timezone if contact else "", self._organization.timezone))


def _plain(words: str) -> str:
    """What somebody wrote, on one line and without what turns the direction of the words behind it."""
    return line(words, LONGEST_WORDS)


def _short(entry: Entry) -> Entry:
    return Entry(entry.place, entry.at, shorten(entry.words, LONGEST_ENTRY), entry.weighty)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
