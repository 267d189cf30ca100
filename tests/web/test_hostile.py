"""Hostile requests over real connections: each is refused in time, holds up nobody, and leaves nothing behind."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from daemon.web.limits import MOST_ADDRESSES, REFUSALS, Refusals, address_of
from daemon.web.server import BODY_LIMIT, WebServer
from tests.web.test_twilio_hooks import TEXT, post, sign, site

WITHIN = 45.0


async def _echo(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


@asynccontextmanager
async def serving(*, deadline: float = 12.0, connection_life: float = 60.0) -> AsyncIterator[int]:
    async with WebServer(
        "127.0.0.1",
        0,
        routes=[web.post("/echo", _echo)],
        healthy=lambda: True,
        ready=lambda: True,
        deadline=deadline,
        connection_life=connection_life,
    ) as server:
        yield server.port


async def sent(port: int, *pieces: bytes) -> bytes:
    """Everything that comes back until the other side ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(WITHIN):
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()


def get(path: bytes, *head: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + path + b" HTTP/1.1", b"Host: x", b"Connection: close", *head, b"", b""))


STATUS: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "a header that is too long": (get(b"/healthz", b"X-A: " + b"a" * 9000), (400, 431)),
    "too many headers": (get(b"/healthz", *(b"X-%d: a" % n for n in range(200))), (400, 431)),
    "a header without end": (b"GET /healthz HTTP/1.1\r\n" + b"X-A: a\r\n" * 20_000, (400, 431)),
    "a path without end": (get(b"/" + b"a" * 100_000), (400, 414)),
    "up and out": (get(b"/../../../etc/passwd"), (404,)),
    "up and out, in percent": (get(b"/%2e%2e/%2e%2e/etc/passwd"), (404,)),
    "twice in percent": (get(b"/%252e%252e/etc/passwd"), (404,)),
    "backslashes": (get(b"/..\\..\\etc\\passwd"), (400, 404)),
    "two slashes": (get(b"//healthz"), (404,)),
    "a slash behind": (get(b"/healthz/"), (404,)),
    "a zero byte": (get(b"/healthz%00"), (404,)),
    "another case": (get(b"/HEALTHZ"), (404,)),
    "an absolute address": (get(b"http://evil.example/healthz"), (200, 400, 404)),
    "TRACE": (get(b"/healthz", method=b"TRACE"), (405,)),
    "CONNECT": (get(b"evil.example:443", method=b"CONNECT"), (400, 404, 405)),
    "DELETE": (get(b"/healthz", method=b"DELETE"), (405,)),
    "a method of one's own": (get(b"/healthz", method=b"FOO"), (400, 405)),
    "no version": (b"GET /healthz\r\n\r\n", (200, 400)),
    "HTTP/2's first words": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 404, 405, 505)),
    "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), (400,)),
    "a body longer than it says it may be": (
        get(b"/echo", b"Content-Length: 99999999", method=b"POST") + b"x" * 200_000,
        (413,),
    ),
    "a negative length": (get(b"/echo", b"Content-Length: -1", method=b"POST"), (400,)),
    "two lengths": (get(b"/echo", b"Content-Length: 1", b"Content-Length: 9", method=b"POST") + b"abc", (400,)),
    "a length and chunks": (
        get(b"/echo", b"Content-Length: 4", b"Transfer-Encoding: chunked", method=b"POST") + b"0\r\n\r\n",
        (400,),
    ),
    "chunks without end": (
        get(b"/echo", b"Transfer-Encoding: chunked", method=b"POST")
        + b"4000\r\n"
        + (b"x" * 0x4000 + b"\r\n4000\r\n") * 9,
        (413,),
    ),
    "a chunk of a monstrous size": (
        get(b"/echo", b"Transfer-Encoding: chunked", method=b"POST") + b"FFFFFFFFFFFFFFFFFF\r\nx",
        (400, 413),
    ),
    "a compressed bomb": (
        get(b"/echo", b"Content-Encoding: gzip", b"Content-Length: 20", method=b"POST") + bytes(20),
        (415,),
    ),
}


POST = b"POST"
CHUNKED = b"Transfer-Encoding: chunked"
BODY = b"3\r\nabc\r\n0\r\n\r\n"

SHAPES: dict[str, tuple[bytes, int]] = {
    "HTTP/1.0": (b"GET /healthz HTTP/1.0\r\n\r\n", 200),
    "a version to come": (b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n", 400),
    "no host": (b"GET /healthz HTTP/1.1\r\n\r\n", 400),
    "two hosts": (get(b"/healthz", b"Host: y"), 400),
    "another host's absolute address": (get(b"http://evil.example/metrics"), 404),
    "a method in small letters": (get(b"/healthz", method=b"get"), 400),
    "a blank before the method": (b" " + get(b"/healthz"), 400),
    "lines that end with LF alone": (b"GET /healthz HTTP/1.1\nHost: x\n\n", 400),
    "a blank before the colon": (get(b"/echo", b"Content-Length : 3", method=POST) + b"abc", 400),
    "a folded header": (get(b"/healthz", b"X-A: a", b"  b"), 400),
    "a zero byte in a header": (get(b"/healthz", b"X-A: a\0b"), 400),
    "CR alone in a header": (get(b"/healthz", b"X-A: a\rX-B: c"), 400),
    "a header's name beyond ASCII": (get(b"/healthz", "X-É: a".encode()), 400),
    "a length with a sign": (get(b"/echo", b"Content-Length: +3", method=POST) + b"abc", 400),
    "a length in hex": (get(b"/echo", b"Content-Length: 0x3", method=POST) + b"abc", 400),
    "a length with an underscore": (get(b"/echo", b"Content-Length: 1_0", method=POST) + b"abcdefghij", 400),
    "a length in other digits": (get(b"/echo", "Content-Length: ٣".encode(), method=POST) + b"abc", 400),
    "a list of lengths": (get(b"/echo", b"Content-Length: 3, 3", method=POST) + b"abc", 400),
    "the same length twice": (get(b"/echo", b"Content-Length: 3", b"Content-Length: 3", method=POST) + b"abc", 400),
    "an encoding nobody knows": (get(b"/echo", b"Transfer-Encoding: xchunked", method=POST) + BODY, 400),
    "chunked not last": (get(b"/echo", b"Transfer-Encoding: chunked, identity", method=POST) + BODY, 400),
    "two encodings": (get(b"/echo", CHUNKED, b"Transfer-Encoding: identity", method=POST) + BODY, 400),
    "a chunk's size with a sign": (get(b"/echo", CHUNKED, method=POST) + b"+" + BODY, 400),
    "chunks that end with LF alone": (get(b"/echo", CHUNKED, method=POST) + b"3\nabc\n0\n\n", 400),
    "trailers without end": (
        get(b"/echo", CHUNKED, method=POST) + b"3\r\nabc\r\n0\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n",
        400,
    ),
    "an expectation nobody knows": (get(b"/echo", b"Expect: x", b"Content-Length: 3", method=POST) + b"abc", 417),
    "an upgrade to HTTP/2": (get(b"/healthz", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk"), 200),
}
"""Where two readers could differ about where a request ends, it is refused, so that no proxy can be led astray."""


@pytest.mark.parametrize(("request_", "status"), SHAPES.values(), ids=SHAPES)
async def test_what_could_be_read_in_two_ways_is_refused(request_: bytes, status: int) -> None:
    async with serving(connection_life=2.0, deadline=1.0) as port:
        answer = await sent(port, request_)
        assert int(answer.split(b" ", 2)[1]) == status, answer[:200]
        assert b"Server: murphyd\r\n" in answer


async def test_a_request_within_another_s_body_is_never_answered() -> None:
    inner = b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
    async with serving(connection_life=1.0) as port:
        outer = get(b"/healthz", b"Content-Length: %d" % len(inner))
        assert (await sent(port, outer + inner)).count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(("request_", "statuses"), STATUS.values(), ids=STATUS)
async def test_it_is_refused(request_: bytes, statuses: tuple[int, ...]) -> None:
    async with serving(connection_life=2.0, deadline=1.0) as port:
        answer = await sent(port, request_)
        assert not answer or int(answer.split(b" ", 2)[1]) in statuses, answer[:200]
        assert b"root:" not in answer
        assert b"Traceback" not in answer
        assert not re.search(rb"python|aiohttp|/3\.", answer, re.IGNORECASE), "no version is told"
        assert not answer or b"Server: murphyd\r\n" in answer
        assert b"200 OK" in await sent(port, get(b"/healthz")), "and others are served"


async def test_what_is_no_request_is_a_line_in_the_log_without_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as port:
        with capture_logs() as logs:
            await sent(port, get(b"/healthz", b"X-Secret: a\0b"))
    assert [(log["event"], log["log_level"], log["peer"]) for log in logs] == [
        ("malformed request", "info", "127.0.0.1")
    ]
    assert caplog.records == []


async def test_garbage_after_a_request_in_the_same_breath_is_refused() -> None:
    async with serving(connection_life=2.0) as port:
        pipelined = get(b"/healthz").replace(b"Connection: close\r\n", b"") + b"\x00\xff garbage\r\n\r\n"
        assert b" 400 Bad Request\r\n" in await sent(port, pipelined)
        assert b"200 OK" in await sent(port, get(b"/healthz"))


async def test_a_body_that_drips_is_ended_at_the_deadline_and_others_do_not_wait() -> None:
    async with serving(connection_life=60.0, deadline=0.2) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get(b"/echo", b"Content-Length: 1000", method=b"POST") + b"x")
        assert b"200 OK" in await sent(port, get(b"/healthz"))
        async with asyncio.timeout(WITHIN):
            assert b" 503 " in await reader.readline()
        writer.close()


async def test_who_reads_nothing_of_an_answer_is_cut_off() -> None:
    async def much(_: web.Request) -> web.Response:
        return web.Response(body=bytes(20_000_000))

    async with WebServer(
        "127.0.0.1", 0, routes=[web.get("/much", much)], healthy=bool, ready=bool, connection_life=0.2
    ) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as there:
            there.sendall(get(b"/much"))
            connections = server._runner.server
            assert connections
            async with asyncio.timeout(WITHIN):
                while not connections.requests_count:  # noqa: ASYNC110 (aiohttp tells nobody)
                    await asyncio.sleep(0.01)
                while connections.connections:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)


@pytest.mark.parametrize("size", [BODY_LIMIT, BODY_LIMIT + 1])
async def test_chunks_count_as_one_body(size: int) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, size, 1000):
            yield b"x" * min(1000, size - start)

    async with (
        serving() as port,
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/echo", data=chunks()) as answer,
    ):
        assert answer.status == (200 if size <= BODY_LIMIT else 413)


# Who is not listened to any more


async def asked(port: int, forwarded: str, times: int = 1) -> list[int]:
    """The status of each of these requests for a page that is not there."""
    async with aiohttp.ClientSession(headers={"X-Forwarded-For": forwarded}) as session:
        found = []
        for _ in range(times):
            async with session.get(f"http://127.0.0.1:{port}/nothing") as answer:
                found.append(answer.status)
        return found


async def test_who_asks_for_what_is_refused_again_and_again_is_not_listened_to() -> None:
    async with serving() as port:
        found = await asked(port, "203.0.113.7", REFUSALS + 20)
        assert found[:REFUSALS] == [404] * REFUSALS
        assert found[-1] == 429
        assert await asked(port, "203.0.113.8") == [404], "another address is"
        assert await asked(port, "203.0.113.7, 203.0.113.9") == [404], "only what the proxy itself saw counts"
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200


async def test_a_header_of_its_own_before_the_proxy_s_makes_nobody_another() -> None:
    async with serving() as port:
        found = [
            await sent(port, get(b"/nothing", b"X-Forwarded-For: 198.51.100.%d" % n, b"X-Forwarded-For: 203.0.113.7"))
            for n in range(REFUSALS + 2)
        ]
    assert b" 404 " in found[0]
    assert b" 429 " in found[-1]


async def test_what_is_signed_is_never_counted_and_what_is_forged_is() -> None:
    async with site(public_url="https://murphy.acme.example") as here:
        token = here.case.server.auth_token
        good = sign(token, "https://murphy.acme.example/twilio/sms", TEXT)
        with capture_logs() as logs:
            for number in range(REFUSALS * 2):
                form = {**TEXT, "MessageSid": f"SM{number}"}
                signature = sign(token, "https://murphy.acme.example/twilio/sms", form)
                assert (await post(here.url + "/twilio/sms", form, signature))[0] == 200
            assert (await post(here.url + "/twilio/sms", {**TEXT, "Body": "REJECT 7"}, good))[0] == 403
        assert [log["event"] for log in logs if "signature" in log["event"]]


@pytest.mark.parametrize(
    ("signed", "status"),
    [
        pytest.param("https://murphy.acme.example/twilio/sms", 200, id="the address that Twilio called"),
        pytest.param("http://murphy.acme.example/twilio/sms", 403, id="the same in the clear"),
        pytest.param("https://evil.example/twilio/sms", 403, id="another host"),
        pytest.param("https://murphy.acme.example/twilio/status", 403, id="another path"),
        pytest.param("https://murphy.acme.example/twilio/sms?x=1", 403, id="a query that was not there"),
    ],
)
async def test_behind_a_proxy_the_signature_covers_the_public_address(signed: str, status: int) -> None:
    async with site(public_url="https://murphy.acme.example/") as here:
        form = dict(TEXT)
        assert (await post(here.url + "/twilio/sms", form, sign(here.case.server.auth_token, signed, form)))[
            0
        ] == status


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def flooded(refusals: Refusals, address: str, times: int) -> bool:
    for _ in range(times):
        refusals.count(address)
    return refusals.too_many(address)


def test_it_is_forgiven_with_time() -> None:
    time = Time()
    refusals = Refusals(time)
    assert not flooded(refusals, "a", REFUSALS)
    assert flooded(refusals, "a", 1)
    time.now += 3.0
    assert not refusals.too_many("a")
    assert flooded(refusals, "a", 1_000_000 // 1000)
    time.now += 3.0
    assert not refusals.too_many("a"), "however many there were"


def test_no_number_of_addresses_fills_the_memory() -> None:
    refusals = Refusals(Time())
    for number in range(MOST_ADDRESSES + 500):
        refusals.count(str(number))
    assert len(refusals._until) == MOST_ADDRESSES


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        pytest.param("203.0.113.7", "198.51.100.1", "203.0.113.7", id="what a stranger says of itself does not count"),
        pytest.param("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7", id="what our proxy saw"),
        pytest.param("::1", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002", id="a network of IPv6"),
        pytest.param("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7", id="IPv4 written as IPv6"),
        pytest.param("127.0.0.1", "", "", id="this machine"),
        pytest.param("127.0.0.1", "me", "unreadable", id="nonsense"),
    ],
)
def test_whose_request_it_is(peer: str, forwarded: str, address: str) -> None:
    assert address_of(peer, {"X-Forwarded-For": forwarded} if forwarded else {}) == address
