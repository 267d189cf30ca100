"""aioimaplib's protocol with its traps closed, on a connection that we open ourselves.

A lost connection is told, a long answer does not recurse, no EXISTS is dropped, an XOAUTH2 challenge is answered,
what is longer than asked for ends the connection, STARTTLS works, and nothing secret is logged.
"""

import asyncio
import logging
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aioimaplib.aioimaplib import (
    CRLF,
    NONAUTH,
    Command,
    FetchCommand,
    IMAP4ClientProtocol,
    IncompleteRead,
    literal_data_re,
)

from channels.oauth import Tokens
from channels.resolver import Resolver
from channels.tls import tls_context
from channels.types import ChannelDown, Failure, Retry
from channels.words import clean

# Below this it logs what the server says, and at DEBUG every line: passwords, tokens, mail.
logging.getLogger("aioimaplib").setLevel(logging.WARNING)

_LONGEST = 8 * 1024 * 1024
"""A line or literal longer than this is not what we asked for."""
_EXISTS = re.compile(rb"\* \d+ EXISTS\Z", re.IGNORECASE)
_KEEPALIVE = ((socket.TCP_KEEPIDLE, 30), (socket.TCP_KEEPINTVL, 10), (socket.TCP_KEEPCNT, 3))


@dataclass(frozen=True, slots=True)
class Login:
    """Where the mailbox is and who asks. With auth "xoauth2", `token` gives access tokens."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str
    password: str = field(default="", repr=False)
    auth: Literal["password", "xoauth2"] = "password"
    token: Tokens | None = field(default=None, repr=False)
    ca_file: Path | None = None


def down(code: str, reason: str) -> ChannelDown:
    return ChannelDown(Failure(code, reason, Retry.DOWN))


class ImapProtocol(IMAP4ClientProtocol):  # type: ignore[misc]
    """`lost` ends with the connection; `news` is set by every EXISTS, also by one amid other answers."""

    incomplete_line: bytes
    current_command: Any

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.lost: asyncio.Future[None] = loop.create_future()
        self.news = asyncio.Event()

    def connection_lost(self, _exc: Exception | None) -> None:
        if not self.lost.done():
            self.lost.set_result(None)

    def data_received(self, d: bytes) -> None:
        try:
            if len(self.incomplete_line) > _LONGEST:
                raise ValueError("a line without an end")
            self._handle_responses(self.incomplete_line + d, self._handle_line, self.current_command)
        except IncompleteRead as pending:
            self.current_command, self.incomplete_line = pending.cmd, pending.data
        except Exception:
            # What the library cannot read ends the connection: whoever waits hears that it was lost.
            self.transport.abort()
        else:
            self.current_command, self.incomplete_line = None, b""

    def _handle_responses(self, data: bytes, line_handler: Callable[..., Any], current_cmd: Any = None) -> None:
        start = 0
        while start < len(data):
            if current_cmd is not None and current_cmd.wait_literal_data():
                # Only its own bytes: the library copies what it is given.
                end = start + current_cmd._expected_size - len(current_cmd._resp_literal_data)
                current_cmd.append_literal_data(data[start:end])
                start = end
                if current_cmd.wait_literal_data():
                    raise IncompleteRead(current_cmd)
            end = data.find(CRLF, start)
            if end < 0:
                raise IncompleteRead(current_cmd, data[start:])
            line, start = data[start:end], end + len(CRLF)
            current_cmd = line_handler(line, current_cmd)
            literal = literal_data_re.match(line)
            if literal is not None:
                if int(literal["size"]) > _LONGEST:
                    raise ValueError("a literal of this size was not asked for")
                current_cmd = current_cmd or Command("NIL", "unused")
                current_cmd.begin_literal_data(int(literal["size"]))
            elif current_cmd is not None and not _goes_on(current_cmd):
                current_cmd = None
        if self.pending_sync_command is not None:
            self.pending_sync_command.flush()
        if current_cmd is not None and _goes_on(current_cmd):
            raise IncompleteRead(current_cmd)

    def _handle_line(self, line: bytes, current_cmd: Any) -> Any:
        if _EXISTS.match(line):
            self.news.set()
        return super()._handle_line(line, current_cmd)

    def _continuation(self, line: bytes) -> None:
        if self.pending_sync_command is not None and self.pending_sync_command.name == "AUTHENTICATE":
            self.transport.write(CRLF)
        else:
            super()._continuation(line)


def _goes_on(command: Any) -> bool:
    """As the command's `wait_data`, which of a FETCH looks at all messages so far for each line that comes."""
    if not isinstance(command, FetchCommand) or command.wait_literal_data():
        return bool(command.wait_data())
    opened = 0
    for line in reversed(command._resp_lines):
        if isinstance(line, bytes):
            opened += line.count(b"(") - line.count(b")")
            if FetchCommand.FETCH_MESSAGE_DATA_RE.match(line):
                break
    return opened != 0


MOST_HELLO = 20
"""Lines."""

LONGEST_HELLO = 10_000
"""Bytes of one."""


class _Hello(asyncio.Protocol):
    """The lines before aioimaplib takes over."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[bytes] = asyncio.Queue(MOST_HELLO)
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_HELLO:
            lines, self._rest = [b""], b""
        for line in lines:
            self._put(line)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._put(b"")

    def _put(self, line: bytes) -> None:
        """What comes beyond the first lines is not asked for, and never read."""
        with suppress(asyncio.QueueFull):
            self._lines.put_nowait(line)

    async def line(self) -> bytes:
        line = await self._lines.get()
        if not line:
            raise down("lost", "the server broke off before it was ready")
        return line


async def open_protocol(login: Login, resolver: Resolver) -> ImapProtocol:
    """Connect, read the greeting, start TLS where told (RFC 3501 section 6.2.1). Raises OSError or ChannelDown."""
    loop = asyncio.get_running_loop()
    context = None if login.security == "none" else tls_context(login.ca_file)
    at_once = context if login.security == "tls" else None
    sock = await resolver.connect(login.host, login.port)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in _KEEPALIVE:
        sock.setsockopt(socket.IPPROTO_TCP, option, value)
    transport: asyncio.WriteTransport | None
    transport, hello = await loop.create_connection(
        _Hello, sock=sock, ssl=at_once, server_hostname=login.host if at_once else None
    )
    plain = transport
    protocol = ImapProtocol(loop)
    try:
        greeting = await hello.line()
        if not greeting.upper().startswith(b"* OK"):
            raise down("refused", f"the server turned us away: {clean(greeting.decode('utf-8', 'replace'))}")
        if login.security == "starttls" and context is not None:
            await _ask_for_tls(plain, hello)
            # What `hello` still holds came in the clear and is never read: nothing can be injected.
            transport = await loop.start_tls(plain, protocol, context, server_hostname=login.host)
            if transport is None:
                raise down("tls", "the server broke off while TLS started")
        else:
            plain.set_protocol(protocol)
    except BaseException:
        plain.abort()
        raise
    protocol.connection_made(transport)
    protocol.state = NONAUTH
    return protocol


async def _ask_for_tls(transport: asyncio.WriteTransport, hello: _Hello) -> None:
    transport.write(b"TLS1 STARTTLS\r\n")
    line = await hello.line()
    while line.startswith(b"* "):
        line = await hello.line()
    if not line.upper().startswith(b"TLS1 OK"):
        raise down("starttls", "the server refused STARTTLS; nothing is sent in the clear")
