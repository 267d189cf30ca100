"""HTTP clients verify: certificates by default, a private authority by SSL_CERT_FILE, TLS 1.2 at least.

Mail has its own tests of the same: test_smtp.py, test_imap_dovecot.py, test_imap_odd_servers.py.
"""

import asyncio
import os
import ssl
import sys
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.oauth import Grant, TokenSource
from channels.tls import tls_context
from channels.twilio_api import TwilioApi
from channels.twilio_inbound import TextPoll
from channels.types import ChannelDown
from config.types import Heartbeat, Secret
from daemon.duty import DutyCalendars
from daemon.heartbeat import Heart
from tests.duty.test_reading import At, configured
from tests.servers.certificates import Certificates, certificates


@dataclass
class Https:
    """Counts the requests that were made after a handshake."""

    url: str
    requests: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if await reader.readline():
                self.requests += 1
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def https(context: ssl.SSLContext) -> AsyncIterator[Https]:
    there = Https("")
    server = await asyncio.start_server(there.answer, "127.0.0.1", 0, ssl=context)
    there.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield there


async def _oauth(url: str) -> str:
    try:
        await TokenSource(Grant(f"{url}/token", "murphy", "refresh"))()
    except ChannelDown as down:
        return down.failure.reason
    return ""


async def _heartbeat(url: str) -> str:
    said: list[str] = []

    async def tell(_: str, up: bool, reason: str) -> None:
        said.append(reason)

    heart = Heart(Heartbeat(Secret(f"{url}/ping"), timedelta(minutes=1)), lambda: True, tell)
    for _ in range(3):
        await heart.beat()
    return said[-1]


async def _twilio(url: str) -> str:
    async with TwilioApi("AC1", "token", url) as api:
        try:
            await TextPoll(api, "+32460000000", now=lambda: datetime.now(UTC)).receipts(["SM1"])
        except ChannelDown as down:
            return down.failure.reason
        return ""


async def _calendar(url: str) -> str:
    said: list[str] = []

    async def put(stimulus: object) -> bool:
        said.append(getattr(stimulus, "reason", ""))
        return True

    await DutyCalendars(configured(f"{url}/duty.ics"), At(), put).read()
    return said[0]


CLIENTS: dict[str, Callable[[str], Awaitable[str]]] = {
    "token server": _oauth,
    "heartbeat": _heartbeat,
    "Twilio": _twilio,
    "duty calendar": _calendar,
}


@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
async def test_a_certificate_by_nobody_known_is_refused_before_anything_is_said(
    client: Callable[[str], Awaitable[str]], tmp_path: Path
) -> None:
    async with https(certificates(tmp_path).context()) as there:
        assert await client(there.url)
        assert there.requests == 0


def _old(made: Certificates) -> ssl.SSLContext:
    """A server that speaks TLS 1.1 at most."""
    context = made.context()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


async def test_tls_1_1_is_refused(tmp_path: Path) -> None:
    made = certificates(tmp_path)
    assert tls_context(None).minimum_version is ssl.TLSVersion.TLSv1_2
    async with https(_old(made)) as there:
        port = int(there.url.rpartition(":")[2])
        with pytest.raises(OSError):  # noqa: PT011 (by our alert, or by their hanging up)
            await asyncio.open_connection("127.0.0.1", port, ssl=tls_context(made.ca_file))
        assert await _elsewhere(made.ca_file, there.url) == "its server cannot be reached"
        assert there.requests == 0


async def test_a_private_authority_is_trusted_where_the_environment_names_it(tmp_path: Path) -> None:
    made = certificates(tmp_path)
    async with https(made.context()) as there:
        assert await _elsewhere(made.ca_file, there.url) == ""
        assert there.requests == 3


SCRIPT = """
import asyncio, sys
from tests.channels.test_tls_http import _heartbeat
print(asyncio.run(_heartbeat(sys.argv[1])))
"""


async def _elsewhere(ca_file: Path, url: str) -> str:
    """What a heartbeat comes to in a process with this authority in its environment."""
    environ = {**os.environ, "SSL_CERT_FILE": str(ca_file)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SCRIPT, url, stdout=asyncio.subprocess.PIPE, env=environ
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().splitlines()[-1].strip()
