"""The console: a Unix socket in the state folder by which the operator's commands reach the running daemon.

Only the daemon's own user and root are heard. One line in, one line out, and the connection ends.
"""

import asyncio
import os
import socket
import struct
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from daemon.answering import EVERY, answers
from daemon.clock import Clock
from daemon.console.requests import ANSWER_WITHIN, LARGEST, SOCKET, Handler, Refusal, Request, Values, dump, parse
from daemon.pulse import Work

log = structlog.get_logger()

AT_ONCE = 8
"""Connections; more are told to come again."""

READ_WITHIN = 5.0
"""Seconds for a request to come in, and for its answer to be taken."""


class Console:
    """`handlers` by what is to be done. Every `every` seconds it looks whether its own commands would be answered."""

    def __init__(self, directory: Path, clock: Clock, handlers: Mapping[str, Handler], *, every: float = EVERY) -> None:
        self._directory = directory
        self._clock = clock
        self._handlers = handlers
        self._every = every
        self._talks: set[asyncio.Task[None]] = set()
        self.work = Work()

    async def run(self) -> None:
        """Listens until cancelled. Raises OSError where it cannot, as on a read-only disk, or does not answer."""
        with listening(self._directory) as ear:
            try:
                async with await asyncio.start_unix_server(self._met, sock=ear, limit=LARGEST):
                    while True:
                        await asyncio.sleep(self._every)
                        with self.work:
                            await self._look()
            finally:
                for talk in self._talks:
                    talk.cancel()
                await asyncio.gather(*self._talks, return_exceptions=True)

    async def _look(self) -> None:
        """Raises OSError: somebody may have removed the socket, and a new one is made."""
        with address_in(self._directory) as address:
            if not await answers(asyncio.open_unix_connection(address), b"{}\n", b"{"):
                raise OSError("the console does not answer at its socket")

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer = await self._answer(reader, writer.get_extra_info("socket"))
            async with asyncio.timeout(READ_WITHIN):
                writer.write(dump(answer))
                await writer.drain()
        except (OSError, TimeoutError) as fault:
            log.info("the console's other side left", reason=str(fault))
        except Exception:
            log.exception("the console could not answer")
        finally:
            writer.transport.abort() if writer.transport.is_closing() else writer.close()

    async def _answer(self, reader: asyncio.StreamReader, peer: socket.socket) -> Values:
        crowded = len(self._talks) > AT_ONCE
        try:
            async with asyncio.timeout(READ_WITHIN):
                line = await reader.readuntil(b"\n")
            if (user := peer_of(peer)) not in (os.geteuid(), 0):
                log.warning("the console refused a user", uid=user)
                return {"fault": "only the user of the daemon, and root, may use its console"}
            if crowded:
                return {"fault": "too many commands at once: try again"}
            values = parse(line)
        except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, RecursionError):
            return {"fault": "the console takes one line of JSON"}
        request = Request(str(values.pop("do", "")), values, f"console {uuid.uuid4().hex}", self._clock.now())
        try:
            async with asyncio.timeout(ANSWER_WITHIN - READ_WITHIN):
                return await self.do(request)
        except TimeoutError:
            return {"fault": "it takes too long: look with `murphyd incidents` whether it was done"}

    async def do(self, request: Request) -> Values:
        """What came of it, or its fault."""
        handler = self._handlers.get(request.do)
        if handler is None:
            return {"fault": f"this daemon cannot {request.do or 'do nothing'}: is it of another version?"}
        try:
            return await handler(request)
        except Refusal as refusal:
            return {"fault": str(refusal)}
        except Exception as fault:
            log.exception("the console failed", do=request.do)
            return {"fault": f"it failed with {type(fault).__name__}: the daemon's log says more"}


def peer_of(connection: socket.socket) -> int:
    """The user id of the other side (SO_PEERCRED, unix(7))."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, uid, _ = struct.unpack("3i", credentials)
    return int(uid)


@contextmanager
def listening(directory: Path) -> Iterator[socket.socket]:
    """A bound socket of mode 0600, removed at the end. Whoever holds the state's lock may remove one that is left.

    Raises OSError.
    """
    with address_in(directory) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as ear:
        ear.setblocking(False)
        os.fchmod(ear.fileno(), 0o600)
        with suppress(FileNotFoundError):
            Path(address).unlink()
        ear.bind(address)
        try:
            yield ear
        finally:
            with suppress(FileNotFoundError):
                Path(address).unlink()


@contextmanager
def address_in(directory: Path) -> Iterator[str]:
    """The socket's address, by way of an open folder: a long path would not fit into one (108 bytes, unix(7))."""
    folder = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{SOCKET}"
    finally:
        os.close(folder)
