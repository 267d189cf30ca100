"""The address of a bridge is tried against real servers: what counts as down, and when it is tried."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from config.types import Bridge
from daemon.bridges import AGAIN, EVERY, Bridges, checkable, why_down
from daemon.clock import MovedClock
from daemon.core.stimuli import BridgeTried
from daemon.sandbox.ports import free_port
from tests.core.vocabulary import START, Office
from tests.servers.certificates import certificates

WITHIN = 45.0

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The address of a web server that answers so."""
    server = web.Server(handler)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{runner.addresses[0][1]}/major?pwd=secret"
    finally:
        await runner.cleanup()


def answering(status: int, **headers: str) -> Handler:
    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(status=status, headers=headers)

    return answer


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        pytest.param(200, "", id="there it is"),
        pytest.param(302, "", id="a redirect to a place to log in is an answer, and not followed"),
        pytest.param(403, "", id="not for programs"),
        pytest.param(404, "it answers 404", id="there is no such meeting"),
        pytest.param(410, "it answers 410", id="there is no such meeting any more"),
        pytest.param(503, "it answers 503", id="it is down"),
    ],
)
async def test_what_its_answer_says(status: int, reason: str) -> None:
    async with serving(answering(status, Location="http://127.0.0.1:9/")) as url:
        assert await why_down(url) == reason


async def test_it_never_answers() -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(3600)
        raise AssertionError

    async with serving(hang) as url:
        assert await why_down(url, within=0.2) == "no answer in time"


async def test_it_answers_nonsense() -> None:
    async def nonsense(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.acme.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(nonsense, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        assert await why_down(f"http://127.0.0.1:{port}/") == "it does not answer as it should"


async def test_nobody_is_there_and_the_address_is_kept_to_ourselves() -> None:
    reason = await why_down(f"http://127.0.0.1:{free_port()}/major?pwd=secret")
    assert reason == "the connection is refused or lost"


async def test_a_certificate_that_we_cannot_verify_is_an_answer(tmp_path: Path) -> None:
    async with serving(answering(200), certificates(tmp_path).context()) as url:
        assert await why_down(url) == ""


async def test_another_address_needs_no_more_than_a_connection() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        assert await why_down(f"sip://127.0.0.1:{port}") == ""
    assert await why_down(f"sip://127.0.0.1:{port}") == "the connection is refused or lost"


@pytest.mark.parametrize(
    ("url", "check", "is_tried"),
    [
        pytest.param("https://meet.acme.example/major", True, True, id="a web address"),
        pytest.param("https://meet.acme.example/major", False, False, id="turned off"),
        pytest.param("sip://meet.acme.example:5060", True, True, id="a host and a port"),
        pytest.param("sip:major@acme.example", True, False, id="no host to connect to"),
        pytest.param("", True, False, id="a telephone number alone"),
        pytest.param("http://[half", True, False, id="nonsense"),
        pytest.param("sip://meet.acme.example:99999", True, False, id="no port"),
    ],
)
async def test_what_can_be_tried(url: str, check: bool, is_tried: bool) -> None:
    assert checkable(Bridge("Conference", url, "", "", (), check)) is is_tried
    if not is_tried and check:
        assert await why_down(url) == ""


class Watcher:
    """The bridges of an office whose conference page answers with `status`; what the core was told of it."""

    def __init__(self, url: str) -> None:
        edits = {'url = "https://meet.acme.example/major"': f'url = "{url}"'}
        self.office = Office({**edits, "check = false                    # the sandbox leaves this machine alone": ""})
        self.clock = MovedClock(START)
        self.told: asyncio.Queue[BridgeTried] = asyncio.Queue()
        self.bridges = Bridges(self.office.state, self.clock, self._put)

    async def _put(self, tried: BridgeTried) -> bool:
        await self.told.put(tried)
        return True

    async def passes(self, duration: timedelta) -> None:
        self.clock.move_to(self.clock.now() + duration)
        self.bridges.wake()

    async def next(self) -> BridgeTried:
        async with asyncio.timeout(WITHIN):
            tried = await self.told.get()
            while not self.bridges.idle:  # noqa: ASYNC110 (it tells nobody)
                await asyncio.sleep(0.01)
        return tried


async def test_it_is_tried_every_minute_while_an_incident_is_open_and_sooner_after_a_failure() -> None:
    status = 200

    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(status=status)

    async with serving(answer) as url:
        watcher = Watcher(url)
        task = asyncio.create_task(watcher.bridges.run())
        watcher.bridges.wake()
        assert watcher.bridges.idle, "nothing is open"
        assert watcher.bridges.next() is None
        watcher.office.proposes()
        watcher.bridges.wake()
        assert await watcher.next() == BridgeTried("Conference", True, "")
        assert watcher.bridges.next() == START + EVERY
        status = 500
        await watcher.passes(EVERY - timedelta(seconds=1))
        assert watcher.bridges.idle
        await watcher.passes(timedelta(seconds=1))
        assert await watcher.next() == BridgeTried("Conference", False, "it answers 500")
        assert watcher.bridges.next() == START + EVERY + AGAIN
        await watcher.passes(AGAIN)
        assert not (await watcher.next()).up
        watcher.office.says("An", "REJECT")
        await watcher.passes(AGAIN)
        assert watcher.bridges.idle, "it is over"
        assert watcher.bridges.next() is None
        task.cancel()
