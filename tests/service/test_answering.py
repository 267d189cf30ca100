"""Whether a server of our own answers, as it stands, is found out as by anybody else."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from daemon.answering import answers

QUESTION, ANSWER = b"GET /healthz HTTP/1.0\r\n\r\n", b"HTTP/1.0 200"

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def well(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if await reader.readexactly(len(QUESTION)) == QUESTION:
        writer.write(ANSWER + b" OK\r\n\r\n")
    await reader.read()
    writer.close()


async def in_pieces(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(len(QUESTION))
    for byte in ANSWER:
        writer.write(bytes((byte,)))
        await writer.drain()
    await reader.read()
    writer.close()


async def unwell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.0 503 Service Unavailable\r\n\r\n")
    await reader.read()
    writer.close()


async def short(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(len(QUESTION))
    writer.write(ANSWER[:5])
    writer.close()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@pytest.mark.parametrize(
    ("serve", "within", "expected"),
    [
        pytest.param(well, 45.0, True, id="one that answers"),
        pytest.param(in_pieces, 45.0, True, id="one that answers in pieces"),
        pytest.param(unwell, 45.0, False, id="one that answers something else"),
        pytest.param(short, 45.0, False, id="one that breaks off"),
        pytest.param(silent, 0.05, False, id="one that takes the connection and says nothing"),
    ],
)
async def test_a_server_that(serve: Serve, within: float, expected: bool) -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await answers(asyncio.open_connection("127.0.0.1", port), QUESTION, ANSWER, within) is expected
    await server.wait_closed()
    assert await answers(asyncio.open_connection("127.0.0.1", port), QUESTION, ANSWER) is False, "nobody listens"
