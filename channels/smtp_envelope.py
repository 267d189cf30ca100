"""One message as SMTP commands and data (RFC 5321), with what the server offers: SIZE, 8BITMIME, SMTPUTF8, DSN."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from channels.smtp_replies import Refusal, Refused, Stage, refusal
from channels.types import Failure, Mail, Retry

_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f<>]")
_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Envelope:
    """`mail` and `rcpt` are the commands without their line end, `data` the message up to its final dot."""

    mail: bytes
    rcpt: bytes
    data: bytes

    @property
    def commands(self) -> bytes:
        """MAIL, RCPT and DATA as one group (RFC 2920 section 3.1)."""
        return self.mail + b"\r\n" + self.rcpt + b"\r\nDATA\r\n"


def envelope(mail: Mail, offered: Mapping[str, str]) -> Envelope:
    """Raises Refused where the address cannot be written, or not to this server."""
    sender, recipient = _ascii_domain(mail.sender), _ascii_domain(mail.recipient)
    if _NOT_IN_ADDRESS.search(sender + recipient):
        raise _unwritable()
    utf8 = not (sender + recipient).isascii()
    if utf8 and "smtputf8" not in offered:
        raise Refused(refusal(Stage.RCPT, 553, "5.6.7 SMTPUTF8 is not offered"))
    message = mail.raw if _clean(mail.raw) else _LINE_END.sub(b"\r\n", mail.raw)
    message += b"" if message.endswith(b"\r\n") else b"\r\n"
    options = _mail_options(mail, message, offered, utf8=utf8)
    notify = " NOTIFY=FAILURE,DELAY" if "dsn" in offered else ""
    try:
        return Envelope(
            f"MAIL FROM:<{sender}>{options}".encode(),
            f"RCPT TO:<{recipient}>{notify}".encode(),
            (_DOT.sub(b"..", message) if b"\n." in message or message[:1] == b"." else message) + b".\r\n",
        )
    except UnicodeError:
        raise _unwritable() from None


def _clean(raw: bytes) -> bool:
    """Every line ends in CRLF, and none elsewhere."""
    return raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r")


def _unwritable() -> Refused:
    return Refused(Refusal(Failure("address", "the address cannot be written in SMTP", Retry.NEVER), elsewhere=False))


def _ascii_domain(address: str) -> str:
    """The address with its domain in A-labels (RFC 5890); unchanged where that cannot be."""
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _mail_options(mail: Mail, message: bytes, offered: Mapping[str, str], *, utf8: bool) -> str:
    options = ""
    if "size" in offered:
        options += f" SIZE={len(message)}"
    if "8bitmime" in offered and not message.isascii():
        options += " BODY=8BITMIME"
    if utf8:
        options += " SMTPUTF8"
    if "dsn" in offered:
        options += " RET=HDRS"
        if mail.envid:
            options += f" ENVID={_xtext(mail.envid)}"
    return options


def _xtext(text: str) -> str:
    """RFC 3461 section 4."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(char if "!" <= char <= "~" and char not in "+=" else f"+{ord(char):02X}" for char in text)
