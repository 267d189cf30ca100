"""One SMTP session (aiosmtplib) with one relay: opened by its settings, then one mail transaction after another.

TLS is verified and at least 1.2; a relay that should offer STARTTLS and does not is refused (RFC 3207 section 6).
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

from channels.resolver import Resolver
from channels.smtp_replies import Refusal, Stage, refusal, unusable
from channels.tls import tls_context
from channels.types import ChannelDown, Failure, Mail, Retry

_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f<>]")
_DOT = re.compile(rb"^\.", re.MULTILINE)
_METHODS = ("plain", "login", "cram-md5")
"""SASL mechanisms, in order; only the first one offered is tried, so that a wrong password counts once."""


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """How to reach and use one relay. With auth "xoauth2", `token` gives an access token (it may raise ChannelDown)."""

    name: str
    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str = ""
    password: str = field(default="", repr=False)
    auth: Literal["password", "xoauth2"] = "password"
    token: Callable[[], Awaitable[str]] | None = field(default=None, repr=False)
    ca_file: Path | None = None
    sessions: int = 8


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: for a session to be ready for mail, for the answer to one command, and to the message itself."""

    connect: float = 5.0
    command: float = 8.0
    message: float = 10.0


class Refused(Exception):
    """The relay said no, or cannot be used."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.failure.reason)
        self.refusal = why


def _unwritable() -> Refused:
    return Refused(Refusal(Failure("address", "the address cannot be written in SMTP", Retry.NEVER), elsewhere=False))


class Lost(Exception):
    """The session ended in the middle. `sent`: the whole message was out, so it may have been taken."""

    def __init__(self, code: Literal["lost", "timeout"], stage: Stage, *, sent: bool) -> None:
        super().__init__(f"{'no answer' if code == 'timeout' else 'the connection was lost'} at {stage}")
        self.code = code
        self.stage = stage
        self.sent = sent


class Session:
    """Use `open`. After Lost, or any other exception than Refused, it must be aborted."""

    def __init__(self, client: SMTP, deadlines: Deadlines) -> None:
        self._client = client
        self._deadlines = deadlines
        self._dirty = False

    @classmethod
    async def open(cls, settings: RelaySettings, deadlines: Deadlines, resolver: Resolver) -> "Session":
        """Raises Refused, always about the relay as a whole."""
        opening = _Opening(settings, deadlines, resolver)
        try:
            async with asyncio.timeout(deadlines.connect):
                return cls(await opening.run(), deadlines)
        except BaseException as error:
            opening.abort()
            why = _why_not(error, opening.stage, deadlines)
            if why is None:
                raise
            raise Refused(why) from None

    @property
    def is_open(self) -> bool:
        return self._client.is_connected

    async def transact(self, mail: Mail) -> str:
        """Hand over one message; the relay's words on taking it. Raises Refused or Lost."""
        sender, recipient = _ascii_domain(mail.sender), _ascii_domain(mail.recipient)
        if _NOT_IN_ADDRESS.search(sender + recipient):
            raise _unwritable()
        utf8 = not (sender + recipient).isascii()
        offered = self._client.esmtp_extensions
        if utf8 and "smtputf8" not in offered:
            raise Refused(refusal(Stage.RCPT, 553, "5.6.7 SMTPUTF8 is not offered"))
        encoding = "utf-8" if utf8 else "ascii"
        message = _LINE_END.sub(b"\r\n", mail.raw)
        message += b"" if message.endswith(b"\r\n") else b"\r\n"
        stage = Stage.MAIL
        sent = False
        try:
            if self._dirty:
                await self._client.rset(timeout=self._deadlines.command)
            self._dirty = True
            await self._client.mail(
                sender,
                options=_mail_options(mail, message, offered, utf8=utf8),
                encoding=encoding,
                timeout=self._deadlines.command,
            )
            stage = Stage.RCPT
            notify = ["NOTIFY=FAILURE,DELAY"] if "dsn" in offered else []
            await self._client.rcpt(recipient, options=notify, encoding=encoding, timeout=self._deadlines.command)
            stage = Stage.DATA
            start = await self._client.execute_command(b"DATA", timeout=self._deadlines.command)
            if start.code != 354:
                raise SMTPResponseException(start.code, start.message)
            protocol = self._client.protocol
            if protocol is None:
                raise SMTPServerDisconnected("Connection lost")
            protocol.write(_DOT.sub(b"..", message) + b".\r\n")
            sent = True
            taken = await protocol.read_response(timeout=self._deadlines.message)
            if taken.code != 250:
                raise SMTPResponseException(taken.code, taken.message)
        except SMTPTimeoutError:
            raise Lost("timeout", stage, sent=sent) from None
        except SMTPResponseException as error:
            if error.code < 0:
                raise Lost("lost", stage, sent=sent) from None
            raise Refused(refusal(stage, error.code, error.message)) from None
        except (SMTPException, OSError, RuntimeError):
            raise Lost("lost", stage, sent=sent) from None
        except ValueError:
            raise _unwritable() from None
        self._dirty = False
        return taken.message

    def close(self) -> None:
        """Say goodbye without waiting for the answer."""
        if self._client.protocol is not None and self._client.is_connected:
            self._client.protocol.write(b"QUIT\r\n")
        self._client.close()

    def abort(self) -> None:
        _abort(self._client)


class _Opening:
    """The steps until a session is ready, and how far they came."""

    def __init__(self, settings: RelaySettings, deadlines: Deadlines, resolver: Resolver) -> None:
        self.stage = Stage.CONNECT
        self._settings = settings
        self._deadlines = deadlines
        self._resolver = resolver
        self._client: SMTP | None = None

    async def run(self) -> SMTP:
        settings = self._settings
        context = None if settings.security == "none" else tls_context(settings.ca_file)
        sock = await self._resolver.connect(settings.host, settings.port)
        client = self._client = SMTP(
            hostname=settings.host,
            sock=sock,
            use_tls=settings.security == "tls",
            start_tls=False,
            tls_context=context,
            local_hostname=_our_name(sock),
            timeout=self._deadlines.command,
        )
        await client.connect()
        self.stage = Stage.EHLO
        await client.ehlo()
        if settings.security == "starttls":
            self.stage = Stage.STARTTLS
            if not client.supports_extension("starttls"):
                raise Refused(unusable("starttls", "the relay does not offer STARTTLS; nothing is sent in the clear"))
            await client.starttls()
            self.stage = Stage.EHLO
            await client.ehlo()
        if settings.username:
            self.stage = Stage.AUTH
            await self._log_in(client)
        return client

    async def _log_in(self, client: SMTP) -> None:
        settings = self._settings
        offered = client.server_auth_methods
        if settings.auth == "xoauth2":
            if settings.token is None or "xoauth2" not in offered:
                raise Refused(unusable("auth", "the relay does not offer XOAUTH2"))
            await client.auth_xoauth2(settings.username, await settings.token())
            return
        method = next((method for method in _METHODS if method in offered), "")
        credentials = settings.username.encode(), settings.password.encode()
        match method:
            case "plain":
                await client.auth_plain(*credentials)
            case "login":
                await client.auth_login(*credentials)
            case "cram-md5":
                await client.auth_crammd5(*credentials)
            case _:
                raise Refused(unusable("auth", "the relay offers no way to log in that we know"))

    def abort(self) -> None:
        """The socket is its transport's from `connect` on: closing it here as well could hit a later one."""
        if self._client is not None:
            _abort(self._client)


def _abort(client: SMTP) -> None:
    if isinstance(client.transport, asyncio.WriteTransport):
        client.transport.abort()
    client.close()


def _why_not(error: BaseException, stage: Stage, deadlines: Deadlines) -> Refusal | None:
    """What kept a session from opening, in words without any secret; None for what is not its to explain."""
    cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
    match cause:
        case Refused(refusal=why):
            return why
        case ChannelDown(failure=failure):
            return unusable(failure.code, failure.reason, failure.retry_after)
        case ssl.SSLCertVerificationError(verify_message=message):
            return unusable("certificate", f"the relay's certificate is not valid: {message}")
        case ssl.SSLError():
            return unusable("tls", f"no TLS with the relay ({cause.reason or 'handshake failed'})")
        case TimeoutError():
            return unusable("timeout", f"no answer within {deadlines.connect:g} s ({stage})")
        case SMTPResponseException(code=code, message=message) if code > 0:
            return refusal(stage, code, message)
        case SMTPException() | ValueError() | RuntimeError():
            return unusable("lost", f"the relay broke off ({stage})")
        case OSError():
            return unusable("connect", f"cannot connect: {cause.strerror or type(cause).__name__}")
    return None


def _our_name(sock: socket.socket) -> str:
    """The host's full name, else its address literal (RFC 5321 section 4.1.3). No lookup: DNS may be down."""
    name = socket.gethostname()
    if "." in name and re.fullmatch(r"[A-Za-z0-9.-]+", name):
        return name
    address = sock.getsockname()[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _ascii_domain(address: str) -> str:
    """The address with its domain in A-labels (RFC 5890); unchanged where that cannot be."""
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _mail_options(mail: Mail, message: bytes, offered: Mapping[str, str], *, utf8: bool) -> list[str]:
    options = []
    if "size" in offered:
        options.append(f"SIZE={len(message)}")
    if "8bitmime" in offered and not message.isascii():
        options.append("BODY=8BITMIME")
    if utf8:
        options.append("SMTPUTF8")
    if "dsn" in offered:
        options.append("RET=HDRS")
        if mail.envid:
            options.append(f"ENVID={_xtext(mail.envid)}")
    return options


def _xtext(text: str) -> str:
    """RFC 3461 section 4."""
    return "".join(char if "!" <= char <= "~" and char not in "+=" else f"+{ord(char):02X}" for char in text)
