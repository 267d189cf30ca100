"""A new SMTP session, up to where it is ready for mail: connect, EHLO, TLS, login.

TLS is verified and at least 1.2; a relay that should offer STARTTLS and does not is refused (RFC 3207 section 6).
"""

import asyncio
import re
import socket
import ssl

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from channels.resolver import Resolver
from channels.smtp_replies import Refusal, Refused, Stage, refusal, unusable
from channels.smtp_settings import Deadlines, RelaySettings
from channels.tls import tls_context
from channels.types import ChannelDown
from channels.words import unconnected

_METHODS = ("plain", "login", "cram-md5")
"""SASL mechanisms, in order; only the first one offered is tried, so that a wrong password counts once."""


async def open_session(settings: RelaySettings, deadlines: Deadlines, resolver: Resolver) -> SMTP:
    """A client that is ready for MAIL. Raises Refused, always about the relay as a whole."""
    opening = _Opening(settings, deadlines, resolver)
    try:
        async with asyncio.timeout(deadlines.connect):
            return await opening.run()
    except BaseException as error:
        opening.abort()
        why = _why_not(error, opening.stage, deadlines)
        if why is None:
            raise
        raise Refused(why) from None


def abort(client: SMTP) -> None:
    """Cut the connection: nothing that is still unsent goes out."""
    if isinstance(client.transport, asyncio.WriteTransport):
        client.transport.abort()
    client.close()


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
            token = await settings.token()
            try:
                await client.auth_xoauth2(settings.username, token)
            except SMTPResponseException:
                settings.token.refused(token)
                raise
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
            abort(self._client)


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
            return unusable("connect", f"cannot connect: {unconnected(cause)}")
    return None


def _our_name(sock: socket.socket) -> str:
    """The host's full name, else its address literal (RFC 5321 section 4.1.3). No lookup: DNS may be down."""
    name = socket.gethostname()
    if "." in name and re.fullmatch(r"[A-Za-z0-9.-]+", name):
        return name
    address = sock.getsockname()[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
