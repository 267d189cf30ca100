"""One IMAP connection that can be relied on: every wait has a deadline and ends when the connection does."""

import asyncio
from collections.abc import Coroutine, Iterable
from datetime import datetime
from ssl import SSLCertVerificationError, SSLError
from typing import Any

from channels.imap_protocol import ImapProtocol, Login, down, open_protocol
from channels.imap_responses import Fetched, Lines, Selected, fetched, folder_name, quoted, searched, selected, uid_set
from channels.resolver import Resolver
from channels.tls import expiry
from channels.types import ChannelDown
from channels.words import clean, unconnected

MOST_BYTES = 5 * 1024 * 1024
"""What is fetched of one message at most."""


class ImapClient:
    """A logged-in connection; use `connect`. `deadline` is in seconds, for each answer.

    Every method raises ChannelDown when the connection is of no more use.
    """

    def __init__(self, protocol: ImapProtocol, deadline: float) -> None:
        self._protocol = protocol
        self._deadline = deadline

    @classmethod
    async def connect(cls, login: Login, resolver: Resolver, connect: float, command: float) -> "ImapClient":
        """`connect` seconds until logged in, `command` seconds for each answer from then on."""
        client = None
        try:
            async with asyncio.timeout(connect):
                protocol = await open_protocol(login, resolver)
                client = cls(protocol, connect)
                await client._run(protocol.capability())
                await client._log_in(login)
                # What LOGIN's answer added to the list is junk in aioimaplib: ask again.
                await client._run(protocol.capability())
        except BaseException as error:
            if client is not None:
                client.abort()
            raise _explained(error, connect) from None
        client._deadline = command
        return client

    @property
    def idles(self) -> bool:
        return self._offers("IDLE")

    @property
    def expires(self) -> datetime | None:
        """When the server's certificate ends; None where there is no TLS."""
        return expiry(self._protocol.transport)

    async def exists(self, folder: str) -> bool:
        result, _ = await self._run(self._protocol.simple_command("STATUS", folder_name(folder), "(MESSAGES)"))
        return bool(result == "OK")

    async def select(self, folder: str) -> Selected:
        answer = await self._ok(self._protocol.select(folder_name(folder)), f"open the folder {folder!r}")
        told = selected(answer)
        if told is None:
            raise down("uidvalidity", f"the server gives no UIDVALIDITY for the folder {folder!r}")
        return told

    async def uids_above(self, uid: int) -> list[int]:
        """Messages not marked deleted with a greater UID, in order. News that come meanwhile are seen by `idle`."""
        self._protocol.news.clear()
        await self._ok(self._protocol.simple_command("NOOP"), "ask for news")
        search = self._protocol.search("UID", f"{uid + 1}:*", "UNDELETED", by_uid=True, charset=None)
        return [found for found in searched(await self._ok(search, "search")) if found > uid]

    async def sizes(self, uids: Iterable[int]) -> list[Fetched]:
        fetch = self._protocol.fetch(uid_set(uids), "(UID RFC822.SIZE INTERNALDATE)", by_uid=True)
        return list(fetched(await self._ok(fetch, "ask for sizes")))

    async def bodies(self, uids: Iterable[int]) -> tuple[dict[int, bytes], str]:
        """The messages, each cut at MOST_BYTES, by UID, and why some were refused. Nothing is marked as seen."""
        fetch = self._protocol.fetch(uid_set(uids), f"(UID BODY.PEEK[]<0.{MOST_BYTES}>)", by_uid=True)
        result, lines = await self._run(fetch)
        found = {one.uid: one.body for one in fetched(lines) if one.body is not None}
        return found, "" if result == "OK" else _words(lines)

    async def move(self, uids: Iterable[int], folder: str) -> str:
        """Move messages, in the best way the server has (RFC 6851, else RFC 4315); "" or why it did not."""
        listed, target = uid_set(uids), folder_name(folder)
        why = await self._moved(listed, target)
        if why:
            await self._run(self._protocol.simple_command("CREATE", target))
            why = await self._moved(listed, target)
        return why

    async def idle(self, seconds: float) -> None:
        """Return at the first EXISTS, also one that came before, or after `seconds` (RFC 2177)."""
        protocol = self._protocol
        if protocol.news.is_set():
            return
        idling = asyncio.ensure_future(protocol.idle())
        try:
            await self._run(_first(idling, protocol.wait_for_idle_response()))
            if not idling.done():
                await self._wait(_first(idling, protocol.news.wait()), seconds)
            if not idling.done():
                protocol.idle_done()
            result, lines = await self._run(_result(idling))
        finally:
            idling.cancel()
            while not protocol.idle_queue.empty():
                protocol.idle_queue.get_nowait()
        if result != "OK":
            raise down("refused", f"the server refused to IDLE: {_words(lines)}")

    async def pause(self, seconds: float) -> None:
        """Where the server has no IDLE: wait, unless the connection ends."""
        await self._wait(asyncio.sleep(seconds), seconds + 1)

    def abort(self) -> None:
        transport = self._protocol.transport
        if transport is not None:
            transport.abort()

    async def close(self) -> None:
        """LOGOUT, as far as the server plays along."""
        try:
            await self._run(self._protocol.logout())
        except ChannelDown:
            pass
        finally:
            self.abort()

    def _offers(self, capability: str) -> bool:
        return capability in {word.upper() for word in self._protocol.capabilities}

    async def _log_in(self, login: Login) -> None:
        secret = login.password
        if login.auth == "xoauth2":
            if login.token is None or not self._offers("AUTH=XOAUTH2"):
                raise down("auth", "the server does not offer XOAUTH2")
            secret = await login.token()
            attempt = self._protocol.xoauth2(login.username, secret)
        elif self._offers("LOGINDISABLED"):
            raise down("auth", "the server allows no login on this connection; TLS is needed")
        else:
            attempt = self._protocol.login(quoted(login.username), secret)
        result, lines = await self._run(attempt)
        if result != "OK":
            if login.token is not None:
                login.token.refused(secret)
            # A server may repeat the command that it refuses.
            words = _words(lines).replace(secret, "…") if secret else _words(lines)
            # RFC 5530: the login may be right, its check is out of order.
            code = "unavailable" if "[UNAVAILABLE]" in words.upper() else "login"
            raise down(code, f"the server refused the login: {words}")

    async def _moved(self, listed: str, target: str) -> str:
        if self._offers("MOVE"):
            result, lines = await self._run(self._protocol.move(listed, target, by_uid=True))
            return "" if result == "OK" else _words(lines)
        result, lines = await self._run(self._protocol.copy(listed, target, by_uid=True))
        if result != "OK":
            return _words(lines)
        result, lines = await self._run(self._protocol.store(listed, "+FLAGS.SILENT", r"(\Deleted)", by_uid=True))
        if result == "OK" and self._offers("UIDPLUS"):
            # Without UIDPLUS an EXPUNGE would also remove what others marked: marking is enough, searches pass it over.
            result, lines = await self._run(self._protocol.expunge(listed, by_uid=True))
        return "" if result == "OK" else _words(lines)

    async def _ok(self, command: Coroutine[Any, Any, Any], what: str) -> Lines:
        result, lines = await self._run(command)
        if result != "OK":
            raise down("refused", f"the server refused to {what}: {_words(lines)}")
        answer: Lines = lines
        return answer

    async def _run(self, command: Coroutine[Any, Any, Any]) -> Any:
        """The command's result; ChannelDown when the deadline passes or the connection ends first."""
        task = asyncio.ensure_future(command)
        try:
            await asyncio.wait({task, self._protocol.lost}, timeout=self._deadline, return_when="FIRST_COMPLETED")
            if not task.done():
                self.abort()
                if self._protocol.lost.done():
                    raise down("lost", "the connection was lost")
                raise down("timeout", f"no answer within {self._deadline:g} s")
        finally:
            task.cancel()
        try:
            return task.result()
        except (Exception, asyncio.CancelledError) as error:
            # The library fails in many ways on an answer that it does not expect; all mean the same.
            self.abort()
            raise down("protocol", f"the server cannot be understood: {clean(str(error))}") from None

    async def _wait(self, waiting: Coroutine[Any, Any, Any], seconds: float) -> None:
        task = asyncio.ensure_future(waiting)
        try:
            await asyncio.wait({task, self._protocol.lost}, timeout=seconds, return_when="FIRST_COMPLETED")
        finally:
            task.cancel()
        if self._protocol.lost.done():
            raise down("lost", "the connection was lost")


async def _first(idling: asyncio.Future[Any], started: Coroutine[Any, Any, Any]) -> None:
    start = asyncio.ensure_future(started)
    try:
        await asyncio.wait({idling, start}, return_when="FIRST_COMPLETED")
    finally:
        start.cancel()


async def _result(future: asyncio.Future[Any]) -> Any:
    return await future


def _words(lines: Lines) -> str:
    return clean(bytes(lines[-1]).decode("utf-8", "replace")) if lines else ""


def _explained(error: BaseException, deadline: float) -> BaseException:
    """What kept us from connecting, in words without any secret; anything else unchanged."""
    match error:
        case SSLCertVerificationError(verify_message=message):
            return down("certificate", f"the server's certificate is not valid: {message}")
        case SSLError():
            return down("tls", f"no TLS with the server ({error.reason or 'handshake failed'})")
        case TimeoutError():
            return down("timeout", f"not logged in within {deadline:g} s")
        case OSError():
            return down("connect", f"cannot connect: {unconnected(error)}")
    return error
