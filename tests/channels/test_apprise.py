"""Apprise URLs as named channels, against a real HTTP server: what is posted where, and what each fault comes to."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from channels.apprise import Apprise, check
from channels.types import Post, Result, Retry, Text

ANN = Post(
    "ann@acme.example", "[MI-7] Web shop", "Orders work again.", "Ann / é & Co", "ann@acme.example", "+32470550101"
)
SECRET = "open-sesame"


@dataclass
class Service:
    """What was posted: (path, JSON). Answers with `status`; `hang` answers never."""

    port: int = 0
    status: int = 200
    hang: bool = False
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        self.posts.append((request.raw_path, await request.json()))
        self.arrived.set()
        if self.hang:
            await asyncio.Event().wait()
        return web.Response(status=self.status, text=f"refused: token {SECRET} is wrong")

    def channel(self, path: str = "", deadline: float = 15.0) -> Apprise:
        return Apprise("chat", f"json://user:{SECRET}@127.0.0.1:{self.port}/{path}", deadline=deadline)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made = Service()
    app = web.Application()
    app.add_routes([web.post("/{path:.*}", made.take)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.port = runner.addresses[0][1]
    yield made
    await runner.cleanup()


async def test_a_post_has_a_title_and_words(service: Service) -> None:
    outcome = await service.channel("room").send(ANN)
    assert (outcome.result, outcome.failure, outcome.by) == (Result.SENT, None, "chat")
    ((path, posted),) = service.posts
    assert (path, posted["title"], posted["message"]) == ("/room", "[MI-7] Web shop", "Orders work again.")


async def test_what_the_contact_is_called_is_filled_in_and_cannot_leave_its_place(service: Service) -> None:
    channel = service.channel("to/{contact.email}/{contact.phone}/{contact.name}")
    assert (await channel.send(ANN)).result is Result.SENT
    hostile = Post("x", "t", "b", "../../admin?method=GET#", "a@b.example/..?x=y&overflow=split", "+32470550101")
    assert (await channel.send(hostile)).result is Result.SENT
    assert [path.count("/") for path, _ in service.posts] == [4, 4]
    assert service.posts[0][0].startswith("/to/ann@acme.example/+32470550101/Ann%20%2F")
    assert "?" not in service.posts[1][0]


async def test_who_lacks_what_the_url_needs_is_not_posted_to(service: Service) -> None:
    outcome = await service.channel("{contact.phone}").send(Post("a", "t", "b", email="a@b.example"))
    assert outcome.failure is not None
    assert (outcome.failure.reason, outcome.failure.retry) == ("the contact has no phone", Retry.NEXT)
    assert service.posts == []


async def test_one_place_for_everybody_gets_the_same_words_once(service: Service) -> None:
    channel = service.channel("room")
    everybody = [Post(f"{n}@acme.example", "t", "Down.") for n in range(20)]
    outcomes = await asyncio.gather(*map(channel.send, everybody))
    assert {outcome.result for outcome in outcomes} == {Result.SENT}
    await channel.send(Post("late@acme.example", "t", "Down."))
    assert len(service.posts) == 1
    await channel.send(Post("a@acme.example", "t", "Up again."))
    assert len(service.posts) == 2


async def test_what_failed_is_posted_again(service: Service) -> None:
    channel = service.channel("room")
    service.status = 503
    assert (await channel.send(ANN)).result is Result.FAILED
    service.status = 200
    assert (await channel.send(ANN)).result is Result.SENT


ANSWERS = [
    (401, "401", Retry.DOWN),
    (403, "403", Retry.DOWN),
    (400, "400", Retry.NEXT),
    (404, "404", Retry.NEXT),
    (413, "413", Retry.NEXT),
    (429, "429", Retry.SAME),
    (500, "500", Retry.SAME),
    (503, "503", Retry.SAME),
]


@pytest.mark.parametrize(("status", "code", "retry"), ANSWERS, ids=str)
async def test_what_an_answer_means_and_that_nothing_secret_is_passed_on(
    service: Service, status: int, code: str, retry: Retry
) -> None:
    service.status = status
    with _root_log() as log:
        outcome = await service.channel(f"rooms/{SECRET}").send(ANN)
    assert outcome.failure is not None
    assert (outcome.result, outcome.failure.code, outcome.failure.retry) == (Result.FAILED, code, retry)
    assert SECRET not in repr(outcome) + log.getvalue()


@contextmanager
def _root_log() -> Iterator[io.StringIO]:
    """All that the daemon's log would show, at the level that it shows."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield log
    finally:
        root.removeHandler(handler)


async def test_nobody_there_means_that_the_channel_is_down() -> None:
    outcome = await Apprise("chat", f"json://user:{SECRET}@127.0.0.1:1/").send(ANN)
    assert outcome.failure is not None
    assert (outcome.failure.code, outcome.failure.retry) == ("connect", Retry.DOWN)


async def test_no_answer_by_the_deadline_is_uncertain(service: Service) -> None:
    service.hang = True
    outcome = await service.channel(deadline=0.5).send(ANN)
    assert (outcome.result, outcome.failure and outcome.failure.code) == (Result.UNCERTAIN, "timeout")


@pytest.mark.parametrize("url", ["nosuchservice://x", "json://", "://", "http://127.0.0.1:1"])
async def test_a_url_that_apprise_does_not_know_is_the_channels_fault(url: str) -> None:
    outcome = await Apprise("chat", url).send(ANN)
    assert outcome.failure is not None
    assert (outcome.failure.code, outcome.failure.retry) == ("url", Retry.DOWN)
    assert await check(url) is not None


async def test_a_url_is_checked_without_sending(service: Service) -> None:
    assert await check(f"json://127.0.0.1:{service.port}/{{contact.email}}") is None
    assert service.posts == []


async def test_a_text_is_no_post(service: Service) -> None:
    outcome = await service.channel().send(Text("+32470550101", "x"))
    assert outcome.failure is not None
    assert outcome.failure.retry is Retry.NEXT
