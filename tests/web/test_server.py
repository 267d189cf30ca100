"""The web server over real connections: little is reachable, and nobody can hold it up."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from daemon.web.server import CONNECTION_LIFE, MOST_CONNECTIONS, REQUEST_DEADLINE, WebServer


async def _echo(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def _fail(_: web.Request) -> web.Response:
    raise RuntimeError("secret detail")


async def _hang(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


@asynccontextmanager
async def serving(
    *, ready: bool = True, deadline: float = REQUEST_DEADLINE, connection_life: float = CONNECTION_LIFE
) -> AsyncIterator[WebServer]:
    routes = [web.post("/echo", _echo), web.get("/fail", _fail), web.get("/hang", _hang)]
    async with WebServer(
        "127.0.0.1",
        0,
        routes=routes,
        healthy=lambda: True,
        ready=lambda: ready,
        deadline=deadline,
        connection_life=connection_life,
    ) as server:
        yield server


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/healthz", 200, id="alive"),
        pytest.param("GET", "/readyz", 503, id="not ready"),
        pytest.param("GET", "/", 404, id="nothing at the root"),
        pytest.param("GET", "/twilio/sms", 404, id="no route that was not given"),
        pytest.param("POST", "/healthz", 405, id="no other method"),
        pytest.param("GET", "/../../etc/passwd", 404, id="no files"),
        pytest.param("GET", "/" + "a" * 5000, 400, id="a line too long"),
        pytest.param("GET", "/fail", 500, id="a fault of ours"),
    ],
)
async def test_every_answer_has_its_status_and_the_security_headers(method: str, path: str, status: int) -> None:
    async with (
        serving(ready=False) as server,
        aiohttp.ClientSession() as session,
        session.request(method, f"http://127.0.0.1:{server.port}{path}") as answer,
    ):
        assert answer.status == status
        assert "secret" not in await answer.text()
        if status != 400:
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Server"] == "murphyd"


@pytest.mark.parametrize(("size", "status"), [(64 * 1024, 200), (64 * 1024 + 1, 413)])
async def test_a_body_has_a_limit(size: int, status: int) -> None:
    async with (
        serving() as server,
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{server.port}/echo", data=b"x" * size) as answer,
    ):
        assert answer.status == status


async def test_a_handler_that_hangs_is_answered_at_the_deadline() -> None:
    async with (
        serving(deadline=0.1) as server,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=45)) as session,
        session.get(f"http://127.0.0.1:{server.port}/hang") as answer,
    ):
        assert answer.status == 503


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-", id="half a header"),
        pytest.param(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab", id="half a body"),
    ],
)
async def test_a_connection_that_says_too_little_is_ended(sent: bytes) -> None:
    async with serving(connection_life=0.1) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(sent)
        async with asyncio.timeout(45):
            assert await reader.read() == b""
        writer.close()


async def test_too_many_connections_are_closed_and_the_first_still_served() -> None:
    async with serving() as server:
        held = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(MOST_CONNECTIONS)]
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        async with asyncio.timeout(45):
            assert await reader.read() == b""
        first_reader, first_writer = held[0]
        first_writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await first_reader.readline() == b"HTTP/1.1 200 OK\r\n"
        for _, each in [*held, (reader, writer)]:
            each.close()


async def test_a_taken_port_is_an_os_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            async with WebServer("127.0.0.1", taken.getsockname()[1], healthy=lambda: True, ready=lambda: True):
                pass
