"""A working SMTP relay (aiosmtpd) on loopback, with faults that can be switched on at every step.

It runs in the caller's loop, offers DSN (RFC 3461), STARTTLS and AUTH where told, and hands on what it takes.
"""

import asyncio
import logging
import re
import ssl
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Transaction

from .faults import Answer, Drop, Fault, Faults, Hang, Refuse, Slow, Step
from .ports import free_port

# aiosmtpd's: every command of every session.
logging.getLogger("mail.log").setLevel(logging.ERROR)

_DSN = re.compile(r"\s+(RET|ENVID|NOTIFY|ORCPT)=(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One recipient's share of a mail transaction. `dsn` holds the RFC 3461 parameters, names in upper case."""

    sender: str
    recipient: str
    dsn: tuple[tuple[str, str], ...] = ()


Take = Callable[[Envelope, bytes], Awaitable[None]]


class _Handler:
    def __init__(self, relay: "Relay") -> None:
        self._relay = relay

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _transaction: Transaction, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        hidden = self._relay.hidden
        shown = [line for line in responses if line[4:].split(" ")[0].upper() not in hidden]
        return shown if "DSN" in hidden else [*shown[:-1], "250-DSN", shown[-1]]

    async def handle_DATA(self, server: "_Session", _session: Session, transaction: Transaction) -> str:
        recipients = tuple(transaction.rcpt_tos)
        fault = self._relay.faults.strike(Step.CONTENT, recipients)
        if fault is None or isinstance(fault, Slow) or (isinstance(fault, Drop) and fault.taken):
            for recipient in recipients:
                envelope = Envelope(transaction.mail_from or "", recipient, tuple(server.dsn.items()))
                await self._relay.take(envelope, bytes(transaction.original_content or b""))
        if isinstance(fault, Answer):
            if fault.reply.startswith("421"):
                server.loop.call_soon(server.cut)
            return fault.reply
        await server.show(fault)
        return "250 2.0.0 Ok: taken"


class _WithToken(_Handler):
    """A relay that takes access tokens as well, by XOAUTH2."""

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        given = b64decode(args[1]) if len(args) > 1 else b""
        if self._relay.token and given.endswith(b"auth=Bearer %s\x01\x01" % self._relay.token.encode()):
            return AuthResult(success=True, auth_data=given)
        await server.challenge_auth("eyJzdGF0dXMiOiI0MDAifQ==", encode_to_b64=False)
        return AuthResult(success=False, handled=False)


class _Session(SMTP):
    """One connection. aiosmtpd's own methods do the work where no fault is set."""

    def __init__(self, relay: "Relay", loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            _WithToken(relay) if relay.token else _Handler(relay),
            hostname="relay.test",
            ident="ESMTP",
            enable_SMTPUTF8=True,
            tls_context=relay.starttls,
            require_starttls=relay.starttls is not None,
            auth_required=bool(relay.credentials or relay.token),
            auth_require_tls=relay.starttls is not None,
            authenticator=relay.authenticate,
            loop=loop,
        )
        self._relay = relay
        self.dsn: dict[str, str] = {}
        self.hanging = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._relay.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._relay.sessions.discard(self)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        self._relay.connections += 1
        try:
            if not await self.struck(Step.BANNER):
                await super()._handle_client()
        except asyncio.CancelledError:
            self.cut()
            raise

    async def struck(self, step: Step, recipients: tuple[str, ...] = ()) -> bool:
        """Show the fault set for this step; True where it replaced the usual answer."""
        fault = self._relay.faults.strike(step, recipients)
        if isinstance(fault, Answer):
            await self.push(fault.reply)
            if fault.reply.startswith("421") or step is Step.BANNER:
                self.cut()
            return True
        return await self.show(fault)

    async def show(self, fault: Fault | None) -> bool:
        match fault:
            case Hang():
                self.hanging = True
                await asyncio.Event().wait()
            case Drop():
                self.cut()
                return True
            case Slow(seconds):
                await asyncio.sleep(seconds)
        return False

    def cut(self) -> None:
        """Close the connection; what was written before still goes out."""
        if self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self.struck(Step.EHLO):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        if not await self.struck(Step.EHLO):
            await super().smtp_HELO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self.struck(Step.STARTTLS):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self.struck(Step.AUTH):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self.struck(Step.MAIL):
            self.dsn = {}
            await super().smtp_MAIL(self._without_dsn(arg))

    async def smtp_RCPT(self, arg: str | None) -> None:
        found = re.search(r"<([^>]*)>", arg or "")
        if not await self.struck(Step.RCPT, (found.group(1),) if found else ()):
            await super().smtp_RCPT(self._without_dsn(arg))

    async def smtp_DATA(self, arg: str) -> None:
        recipients = tuple(self.envelope.rcpt_tos) if self.envelope else ()
        if not await self.struck(Step.DATA, recipients):
            await super().smtp_DATA(arg)

    def _without_dsn(self, arg: str | None) -> str | None:
        if arg is None:
            return None
        self.dsn |= {name.upper(): value for name, value in _DSN.findall(arg)}
        return _DSN.sub("", arg)


class Relay:
    """An SMTP server on a free loopback port. `take` gets every message, once for each recipient.

    `tls` speaks TLS from the start, `starttls` offers it; `credentials` (name, password) or `token` must be given
    by AUTH. `hidden` are EHLO keywords that it does not offer, in upper case.
    """

    def __init__(
        self,
        take: Take,
        *,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        credentials: tuple[str, str] | None = None,
        token: str = "",
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.take = take
        self.starttls = starttls
        self.credentials = credentials
        self.token = token
        self.hidden = hidden
        self.faults = Faults()
        self.port = 0
        self.connections = 0
        """How many connections were ever made."""
        self.sessions: set[_Session] = set()
        self._tls = tls
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; after a stop, on the same port again."""
        loop = asyncio.get_running_loop()
        self.port = self.port or free_port()
        self._server = await loop.create_server(
            lambda: _Session(self, loop), "127.0.0.1", self.port, ssl=self._tls, backlog=1024
        )

    async def stop(self) -> None:
        """Stop listening and cut every connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for session in tuple(self.sessions):
            session.cut()

    async def fault(self, step: Step, fault: Fault, *recipients: str, times: int | None = None) -> None:
        """Switch a fault on, as `Faults.set`. Refuse stops the relay until `mend`."""
        if isinstance(fault, Refuse):
            await self.stop()
        else:
            self.faults.set(step, fault, *recipients, times=times)

    async def mend(self) -> None:
        """Switch every fault off; sessions that hang are cut."""
        self.faults.clear()
        for session in tuple(self.sessions):
            if session.hanging:
                session.cut()
        if self._server is None:
            await self.start()

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Transaction, _mechanism: str, data: Any
    ) -> AuthResult:
        match data:
            case LoginPassword(login, password):
                given = (login.decode(errors="replace"), password.decode(errors="replace"))
                return AuthResult(success=given == self.credentials, handled=False, auth_data=data)
        return AuthResult(success=False, handled=False)
