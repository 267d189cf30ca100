"""A wire to an IMAP server that shows a fault at a chosen command: refused, answered NO, cut, or silent."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from .ports import free_port


class ImapStep(StrEnum):
    """Where in a session a fault strikes. CONNECT is before the greeting; the others are commands (RFC 3501)."""

    CONNECT = "connect"
    CAPABILITY = "capability"
    LOGIN = "login"
    SELECT = "select"
    SEARCH = "search"
    FETCH = "fetch"
    MOVE = "move"
    IDLE = "idle"


OPENING = frozenset({ImapStep.CONNECT, ImapStep.CAPABILITY, ImapStep.LOGIN, ImapStep.SELECT})


class ImapFault(StrEnum):
    REFUSE = "refuse"
    """Nobody listens."""
    NO = "no"
    HANG = "hang"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class _InForce:
    step: ImapStep
    fault: ImapFault


class ImapWire:
    """Listens on a free loopback port and passes everything on to `upstream` (a port), but for the fault in force."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self._in_force: _InForce | None = None
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Listen; after a stop, on the same port again."""
        self.port = self.port or free_port()
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self._cut()

    async def strike(self, step: ImapStep, fault: ImapFault) -> None:
        """From now on. For a step of the opening, connections that are open are cut: it is gone through again."""
        if fault is ImapFault.REFUSE:
            await self.stop()
            return
        self._in_force = _InForce(step, fault)
        if step in OPENING:
            self._cut()

    async def mend(self) -> None:
        self._in_force = None
        self._cut()
        if self._server is None:
            await self.start()

    def _cut(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    def _fault(self, step: ImapStep | None) -> ImapFault | None:
        return self._in_force.fault if self._in_force and self._in_force.step is step else None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            match self._fault(ImapStep.CONNECT):
                case ImapFault.HANG:
                    await reader.read()
                    return
                case ImapFault.NO:
                    writer.write(b"* BYE too busy\r\n")
                    return
                case ImapFault.DROP:
                    return
            above, below = await asyncio.open_connection("127.0.0.1", self.upstream)
            async with asyncio.TaskGroup() as both:
                both.create_task(_pass_on(above, writer))
                both.create_task(self._commands(reader, below, writer))
        except* OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _commands(
        self, reader: asyncio.StreamReader, server: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        try:
            while (line := await reader.readline()) and not server.is_closing():
                tag, step = _step(line)
                match self._fault(step):
                    case ImapFault.HANG:
                        await reader.read()
                        return
                    case ImapFault.NO:
                        client.write(tag + b" NO not now\r\n")
                    case ImapFault.DROP:
                        client.transport.abort()
                        return
                    case _:
                        server.write(line)
        finally:
            server.close()


def _step(line: bytes) -> tuple[bytes, ImapStep | None]:
    """The tag and the command of a line; None for what no fault is known for."""
    words = line.upper().split()
    verb = words[2] if len(words) > 2 and words[1] == b"UID" else words[1] if len(words) > 1 else b""
    name = verb.decode("ascii", "replace").lower()
    return (line.split() or [b"*"])[0], ImapStep(name) if name in list(ImapStep) else None


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while (data := await reader.read(65536)) and not writer.is_closing():
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()
