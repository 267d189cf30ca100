"""An IMAP server that says what a test tells it to, however odd: for what no real server does on demand."""

import asyncio
import re
from collections.abc import Callable
from typing import Self

Reply = str | bytes | Callable[[], str | bytes]

PLAIN: dict[str, Reply] = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS\r\n{tag} OK done\r\n",
    "LOGIN": "{tag} OK logged in\r\n",
    "SELECT": "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\n{tag} OK selected\r\n",
    "NOOP": "{tag} OK\r\n",
    "UID SEARCH": "* SEARCH\r\n{tag} OK\r\n",
    "UID MOVE": "{tag} OK moved\r\n",
    "IDLE": "+ idling\r\n",
    "DONE": "{tag} OK idle done\r\n",
    "LOGOUT": "* BYE\r\n{tag} OK\r\n",
}


class ScriptedImap:
    """`replies` maps the start of a command to the bytes that answer it; `{tag}` is the command's tag.

    An empty answer is silence, and a command that nothing answers ends the connection.
    """

    def __init__(self, replies: dict[str, Reply] | None = None, greeting: str = "* OK ready\r\n") -> None:
        self.replies = PLAIN | (replies or {})
        self.greeting = greeting
        self.commands: list[str] = []
        self.port = 0
        self.writer: asyncio.StreamWriter | None = None
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        if self.writer is not None:
            self.writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        writer.write(self.greeting.encode())
        tag = ""
        try:
            while line := (await reader.readline()).decode():
                self.commands.append(line.strip())
                given, _, command = line.strip().partition(" ")
                if given != "DONE" and command:
                    tag = given
                else:
                    command = given
                reply = self._reply(command)
                writer.write(reply.replace(b"{tag}", tag.encode()))
                await writer.drain()
        except (OSError, KeyError):
            pass
        finally:
            writer.close()

    def _reply(self, command: str) -> bytes:
        known = [start for start in self.replies if re.match(re.escape(start), command, re.IGNORECASE)]
        reply = self.replies[max(known, key=len)]
        said = reply() if callable(reply) else reply
        return said.encode() if isinstance(said, str) else said
