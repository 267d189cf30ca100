"""A board over a real server, showing a state as the core leaves it: with as many people as wanted."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
from yarl import URL

from config.types import Configuration, Contact
from daemon.clock import MovedClock
from daemon.core.apply import apply
from daemon.core.delivery import Ended, Ending
from daemon.core.facts import Fact, Finished, HealthChanged
from daemon.core.health import Health
from daemon.core.notices import Notice
from daemon.core.stimuli import Stimulus
from daemon.identity.passes import Passes
from daemon.web.board.channels import Standing
from daemon.web.board.live import Changes, Pace
from daemon.web.board.routes import Board
from daemon.web.server import WebServer
from tests.core.vocabulary import Came, Office, minutes

LOCAL = {'inbound = ["poll", "webhook"]': 'inbound = ["poll"]', 'public_url = "http': '# public_url = "http'}
"""The example's files where nothing is public."""

PUBLIC = {'public_url = "http://127.0.0.1': 'public_url = "https://murphy.acme.example'}
ORIGIN = "https://murphy.acme.example:8080"
"""The same where a proxy stands before it, and the address at which people then find it."""

FAMILY = ("Achterberg", "Bellamy", "Carlier", "De Smet", "Ekström", "Fournier", "Goossens", "Hartley", "Ibarra")
GIVEN = ("Aya", "Bram", "Chloé", "Daan", "Elif", "Finn", "Greta", "Hanna", "Ilias", "Joris", "Kenji", "Liv", "Mats")


def staff(number: int) -> Iterator[Contact]:
    for n in range(number):
        name = f"{GIVEN[n % len(GIVEN)]} {FAMILY[n % len(FAMILY)]} {n}"
        email = f"staff{n}@acme.example"
        yield Contact(email, name, (email,), (f"+3247{n:07}",), ("all-staff",), "en", "Europe/Brussels")


def grown(configuration: Configuration, number: int) -> Configuration:
    """With so many more people on the list of all staff."""
    more = {contact.id: contact for contact in staff(number)}
    people = configuration.people
    lists = {**people.lists, "all-staff": (*people.on("all-staff"), *more)}
    return replace(configuration, people=replace(people, contacts={**people.contacts, **more}, lists=lists))


class Stage(Office):
    """An office whose board is on show. `staff` more people hear with everybody."""

    def __init__(
        self, staff: int = 0, *, public: bool = False, edits: dict[str, str] | None = None, pace: Pace | None = None
    ) -> None:
        super().__init__({**(PUBLIC if public else LOCAL), **(edits or {})})
        if staff:
            self.configuration = self.state.configuration = grown(self.configuration, staff)
        self.clock = MovedClock(self.now)
        self.changes = Changes(self.state, pace or Pace(apart=0.01))
        self.seconds = 1000.0

    def passes(self, duration: timedelta) -> Came:
        came = super().passes(duration)
        self.clock.move_to(self.now)
        return came

    def gets(self, stimulus: Stimulus) -> Came:
        came = super().gets(stimulus)
        self.changes.release(came.facts)
        return came

    def happens(self, *facts: Fact) -> None:
        apply(self.state, facts)
        self.changes.release(facts)

    def reach(self, notice: Notice, *, missed: int = 0, waiting: int = 0, by: str = "email") -> None:
        """The notice comes to everybody but the last ones: `missed` are not reached, `waiting` have not ended."""
        there = notice.recipients[: len(notice.recipients) - missed - waiting]
        lost = notice.recipients[len(there) : len(there) + missed]
        ended = [
            Ended(who, Ending.DELIVERED if n % 9 == 0 else Ending.SENT, "sms" if n % 9 == 0 else by, 3)
            for n, who in enumerate(there)
        ]
        ended += [Ended(who, Ending.UNREACHED, "", 60, "no address") for who in lost]
        self.happens(Finished(self.state.last_chunk + 1, notice.id, tuple(ended)))


@dataclass
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def place(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Shown:
    """Calls as a browser behind the proxy would: with its cookie, and saying where a form was sent from."""

    stage: Stage
    url: str
    passes: Passes
    session: aiohttp.ClientSession

    async def calls(self, method: str, path: str, cookie: str = "", **headers: str) -> Answer:
        if cookie:
            headers["Cookie"] = cookie
        sent = self.session.request(method, URL(self.url + path, encoded=True), headers=headers, allow_redirects=False)
        async with sent as answer:
            return Answer(answer.status, await answer.text(), answer.headers)

    async def gets(self, path: str, cookie: str = "", **headers: str) -> Answer:
        return await self.calls("GET", path, cookie, **headers)

    async def posts(
        self, path: str, cookie: str = "", *, origin: str | None = ORIGIN, who: str | None = None, **headers: str
    ) -> Answer:
        headers |= {"Cookie": cookie} if cookie else {}
        headers |= {"Origin": origin} if origin is not None else {}
        form = {} if who is None else {"who": who}
        async with self.session.post(self.url + path, data=form, headers=headers, allow_redirects=False) as answer:
            return Answer(answer.status, await answer.text(), answer.headers)

    async def asks(self, name: str = "An") -> str:
        """Asks for a link, by mail; the path that it leads to."""
        await self.posts("/board/login", who=self.stage.who(name))
        return self.link(list(self.stage.state.notices.values())[-1])

    def link(self, notice: Notice) -> str:
        return f"/board/enter/{self.passes.link(notice.id, notice.recipients[0], notice.at)}"

    async def enters(self, name: str = "An") -> str:
        """Logs in by a link; the cookie."""
        answer = await self.posts(await self.asks(name))
        assert answer.status == 303, answer.text
        return answer.headers["Set-Cookie"].partition(";")[0]


@asynccontextmanager
async def shown(stage: Stage) -> AsyncIterator[Shown]:
    """At a free port of this machine. What the board asks the core for happens before its answer is read."""

    async def put(*stimuli: Stimulus) -> bool:
        for stimulus in stimuli:
            stage.gets(stimulus)
            await asyncio.sleep(0)
        return True

    standing = Standing(stage.state, ("email", "sms", "voice", "gsm"), ("incidents",), {"incidents": True}, {}, _fine)
    passes = Passes(b"secret")
    board = Board(stage.state, stage.clock, standing, stage.changes, passes, put, lambda: stage.seconds)
    server = WebServer("127.0.0.1", 0, routes=board.routes(), healthy=_fine, ready=_fine, closing=stage.changes.close)
    async with server, aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Shown(stage, f"http://127.0.0.1:{server.port}", passes, session)


def _fine() -> bool:
    return True


def busy(staff: int = 0) -> Stage:
    """An incident under way for three quarters of an hour, a fresh proposal, an exercise, and some that have ended."""
    stage = Stage(staff)
    stage.proposes(words="Nobody could print", body="Service: email")
    stage.says("James", "ACCEPT")
    stage.passes(minutes(12))
    stage.says("James", "RESOLVE MI-1 the print server is back")
    stage.proposes(words="Phones in Ghent are silent", body="")
    stage.says("Claire", "REJECT MI-2 a planned change")
    stage.passes(minutes(20))
    asked = stage.proposes(words="Web shop shows an error to everybody since the release", body="Service: web shop")
    for notice in asked.of("decision-request"):
        stage.reach(notice)
    told = stage.says("An", "ACCEPT MI-3 We have found that orders cannot be paid. The release is taken back.")
    for notice in told.notices:
        if len(notice.recipients) > 3:
            stage.reach(notice, missed=min(staff // 60, 70), waiting=0)
        elif notice.kind == "initial":
            stage.reach(notice)
    stage.passes(minutes(1))
    stage.says("Rosa", "JOIN MI-3")
    stage.says("Hugo", "DECLINE MI-3 I am on a train until ten")
    stage.passes(minutes(14))
    update = stage.says(
        "An", "UPDATE MI-3 Payments work again for new orders. Old ones are being repaired. MGMT 400 orders wait."
    )
    for notice in update.of("update"):
        stage.reach(notice, missed=min(staff // 90, 40), waiting=min(staff // 5, 1200))
    stage.passes(minutes(3))
    stage.proposes("Nadia", words="Card terminals in Antwerp refuse every card", body="Service: payments")
    stage.clock.move_to(stage.now)
    now = stage.now
    good = Health(False, now, now, minutes(1), good=now - minutes(9), took=timedelta(seconds=2.4))
    gone = Health(True, now - minutes(31), now + minutes(2), minutes(4), "the modem does not answer")
    stage.happens(
        HealthChanged("email", good),
        HealthChanged("sms", replace(good, took=timedelta(seconds=7.9))),
        HealthChanged("gsm", gone),
    )
    return stage
