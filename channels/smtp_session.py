"""One SMTP session (aiosmtplib) that is ready for mail: one transaction after another."""

import re
from collections.abc import Mapping
from typing import Literal

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

from channels.resolver import Resolver
from channels.smtp_opening import abort, open_session
from channels.smtp_replies import Refusal, Refused, Stage, refusal
from channels.smtp_settings import Deadlines, RelaySettings
from channels.types import Failure, Mail, Retry

_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f<>]")
_DOT = re.compile(rb"^\.", re.MULTILINE)


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
        return cls(await open_session(settings, deadlines, resolver), deadlines)

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
        abort(self._client)


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
