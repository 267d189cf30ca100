"""Who looks at the board: somebody at this machine, or who has come by a link of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import HttpVersion11, web

from daemon.core.boarding import has_left, link_of, may_look, may_see
from daemon.core.model import Incident
from daemon.core.state import State
from daemon.identity.passes import Passes, end_named, notice_named, same
from daemon.web.access import is_local

SESSION = timedelta(hours=12)

SET_BACK = timedelta(minutes=10)
"""So far the clock may have gone back since somebody logged in; further, and their session would last too long."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """`who` is a contact's id, `notice` the one that brought the link; "" and 0 for somebody at this machine."""

    who: str = ""
    notice: int = 0


class Viewers:
    """Tells who looks, by where a request comes from and by its cookie."""

    def __init__(self, state: State, passes: Passes, public_url: str, now: Callable[[], datetime]) -> None:
        self._state = state
        self._passes = passes
        self._now = now
        self.public_url = public_url
        self.secure = public_url.startswith("https:")
        self.cookie = "__Host-board" if self.secure else "board"

    def of(self, request: web.Request) -> Viewer | None:
        """None where nothing may be shown. Old proxies speak HTTP/1.0 and may say nothing of themselves."""
        here = is_local(request.remote or "", request.host, request.headers, public_url=self.public_url)
        if here and request.version >= HttpVersion11:
            return Viewer()
        return self._known(request.cookies.get(self.cookie, "")) if self.public_url else None

    def still(self, viewer: Viewer, session: str) -> bool:
        """Whether who began to look may go on: `session` is the cookie of then."""
        return not viewer.who or self._known(session) == viewer

    def session(self, notice: int, who: str) -> str:
        return self._passes.session(notice, who, self._now() + SESSION)

    def sees(self, viewer: Viewer, incident: Incident) -> bool:
        return may_see(self._state, incident, viewer.who)

    def _known(self, session: str) -> Viewer | None:
        number, until = notice_named(session), end_named(session)
        notice = link_of(self._state, number) if number and until else None
        if notice is None or until is None or has_left(self._state, number):
            return None
        if not timedelta(0) < until - self._now() <= SESSION + SET_BACK:
            return None
        (who,) = notice.recipients
        if not same(session, self._passes.session(number, who, until)) or not may_look(self._state, who):
            return None
        return Viewer(who, number)
