"""One message as SMTP commands and data (RFC 5321), with what the server offers: SIZE, 8BITMIME, SMTPUTF8, DSN."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from channels.smtp_replies import Refusal, Refused, Stage, refusal
from channels.types import Failure, Mail, Retry

_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f<>]")
_DOT = re.compile(rb"^\.", re.MULTILINE)
_XTEXT_AS_IT_IS = re.compile(r"[!-*,-<>-~]*")


@dataclass(frozen=True, slots=True)
class _Part:
    """Whole lines that end in CRLF, their leading dots doubled; `size` is without those (RFC 1870)."""

    wire: bytes
    size: int
    ascii: bool


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
    head, body = _part(mail.head), _kept_part(mail.body) if mail.body else _NOTHING
    options = _mail_options(mail, head, body, offered, utf8=utf8)
    notify = " NOTIFY=FAILURE,DELAY" if "dsn" in offered else ""
    try:
        return Envelope(
            f"MAIL FROM:<{sender}>{options}".encode(),
            f"RCPT TO:<{recipient}>{notify}".encode(),
            b"%b%b.\r\n" % (head.wire, body.wire),
        )
    except UnicodeError:
        raise _unwritable() from None


_NOTHING = _Part(b"", 0, ascii=True)


def _part(raw: bytes) -> _Part:
    lines = raw if _clean(raw) else _LINE_END.sub(b"\r\n", raw)
    lines += b"" if lines.endswith(b"\r\n") else b"\r\n"
    dotted = _DOT.sub(b"..", lines) if b"\n." in lines or lines[:1] == b"." else lines
    return _Part(dotted, len(lines), lines.isascii())


_kept_part = lru_cache(maxsize=16)(_part)
"""For what comes again and again; the languages and depths of one update."""


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


def _mail_options(mail: Mail, head: _Part, body: _Part, offered: Mapping[str, str], *, utf8: bool) -> str:
    options = ""
    if "size" in offered:
        options += f" SIZE={head.size + body.size}"
    if "8bitmime" in offered and not (head.ascii and body.ascii):
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
    if _XTEXT_AS_IT_IS.fullmatch(text):
        return text
    return "".join(char if "!" <= char <= "~" and char not in "+=" else f"+{ord(char):02X}" for char in text)
