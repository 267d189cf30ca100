"""A mail as bytes: the part that all readers of a language and zone share, made once, and the head that is personal.

Both are RFC 5322 with CRLF; every body line is quoted-printable or base64, so short. Nothing that comes in
can add a header: control characters are gone before, and what is not ASCII is an encoded word (RFC 2047).
"""

import re
from base64 import b64encode
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

from daemon.render.plain import line

MARK = "X-Murphy"
"""Our own mail is known by this header: "<incident> <kind>"."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ,.'()_-]{1,60}")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}")
_ID = re.compile(r"<[!-;=?-~]{1,500}>")
_NOT_ASCII = bytes(range(128, 256))
_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]")
_BOUNDARY = "=_murphy"

_LONGEST_ROW = 78
_LONGEST_WORD = 500
_WORD_BYTES = 36
"""Of an encoded word, which has 75 characters at most, as has the row that the first is in (RFC 2047 section 2)."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who it is from, where answers go, and which domain makes the Message-IDs."""

    header: str
    address: str
    domain: str
    mailbox: str
    subaddress: str

    @classmethod
    def of(cls, sender: str, mailbox: str, subaddress: str) -> "Sender":
        """`sender` is the relay's From, or "" for the mailbox's address."""
        name, address = parseaddr(sender or mailbox)
        domain = (address or mailbox).rpartition("@")[2]
        return cls(mailbox_header("From", name, address), mailbox or address, domain, mailbox or address, subaddress)

    def reply_to(self, token: str) -> str:
        local, _, domain = self.mailbox.rpartition("@")
        return f"{local}{self.subaddress}{token}@{domain}" if self.subaddress else self.mailbox


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a mail; `content_type` as in "text/html"."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Calendar:
    """An iCalendar object (RFC 5545); `method` is iTIP's (RFC 5546), the same as in the text."""

    method: str
    text: str


def mailbox_header(field: str, name: str, address: str) -> str:
    """One folded header line for one person, with its CRLF; a group without members where the address is not ASCII."""
    if not _PLAIN_ADDRESS.fullmatch(address):
        return f"{field}: undisclosed-recipients:;\r\n"
    shown = line(name, 60)
    if not shown:
        return f"{field}: {address}\r\n"
    name_words = f'"{shown}"' if _PLAIN_NAME.fullmatch(shown) else _encoded_words(shown)
    fold = "\r\n " if len(field) + len(name_words) + len(address) > 70 else " "
    return f"{field}: {name_words}{fold}<{address}>\r\n"


def _encoded_words(text: str) -> str:
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in _pieces(text))


def _pieces(text: str) -> Iterator[bytes]:
    """Whole characters in each."""
    piece = b""
    for character in text:
        coded = character.encode()
        if len(piece) + len(coded) > _WORD_BYTES:
            yield piece
            piece = b""
        piece += coded
    yield piece


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says, encoded: its Subject and its parts. The same for all notices that say the same."""

    subject: bytes
    parts: bytes


def said(
    subject: str, text: str, html: str, attached: Sequence[Attached] = (), calendar: Calendar | None = None
) -> Said:
    """A calendar's part stands beside the text, where programs offer its answers, and as a file for all others.

    RFC 6047.
    """
    texts = [_text("plain", text), _text("html", html)]
    if calendar:
        kind = f'text/calendar; charset="utf-8"; method="{calendar.method}"'
        texts.append(_part(kind, "base64", _base64(calendar.text.encode())))
        attached = (*attached, Attached("invite.ics", "application/ics", calendar.text.encode()))
    body = _multipart("alternative", _BOUNDARY, texts)
    if attached:
        body = _multipart("mixed", f"{_BOUNDARY}.files", [body, *map(_file, attached)])
    return Said(_words_header("Subject", line(subject)), b"MIME-Version: 1.0\r\n" + body)


def shared_part(made: Said, *, at: datetime, incident: str, kind: str, domain: str, answers: str) -> bytes:
    """The headers and the body that all recipients share. `answers` is the Message-ID answered, or ""."""
    answered = found.group() if (found := _ID.search(answers)) else ""
    root = f"<incident.{incident.lower()}@{domain}>" if incident else ""
    headers = [f"Date: {format_datetime(at)}", "Auto-Submitted: auto-generated", f"{MARK}: {incident or '-'} {kind}"]
    if answered:
        headers.append(f"In-Reply-To: {answered}")
    if root or answered:
        headers.append("References: " + "\r\n ".join(filter(None, (root, answered))))
    return made.subject + "\r\n".join((*headers, "")).encode("ascii") + made.parts


def _words_header(field: str, words: str) -> bytes:
    """Unstructured text, folded at its spaces; encoded where it is not ASCII, or would be taken for encoded words."""
    if not words.isascii() or "=?" in words or any(len(word) > _LONGEST_WORD for word in words.split(" ")):
        return f"{field}: {_encoded_words(words)}\r\n".encode("ascii")
    rows = [f"{field}:"]
    for word in words.split(" "):
        if len(rows[-1]) + 1 + len(word) > _LONGEST_ROW and not rows[-1].endswith(":"):
            rows.append("")
        rows[-1] += f" {word}"
    return "\r\n".join((*rows, "")).encode("ascii")


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """RFC 2046 section 5.1. No encoding of ours can hold the boundary's "=_" (RFC 2045 section 6.7)."""
    delimiter = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(delimiter + b"\r\n" + part + b"\r\n" for part in parts) + delimiter + b"--\r\n"


def _part(kind: str, encoding: str, body: bytes, disposition: str = "") -> bytes:
    where = f"Content-Disposition: {disposition}\r\n" if disposition else ""
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{where}\r\n".encode("ascii") + body


def _text(subtype: str, text: str) -> bytes:
    """Quoted-printable, or base64 where that is shorter."""
    data = b"".join(row + b"\r\n" for row in text.encode().splitlines())
    strange = len(data) - len(data.translate(None, _NOT_ASCII))
    kind = f'text/{subtype}; charset="utf-8"'
    if strange * 6 > len(text):
        return _part(kind, "base64", _base64(data))
    return _part(kind, "quoted-printable", b2a_qp(data))


def _file(file: Attached) -> bytes:
    name = _FILE_NAME.sub("_", file.name)
    return _part(file.content_type, "base64", _base64(file.content), f'attachment; filename="{name}"')


def _base64(data: bytes) -> bytes:
    return b"".join(b2a_base64(data[start : start + 57], newline=False) + b"\r\n" for start in range(0, len(data), 57))


def personal_part(sender: Sender, token: str, name: str, address: str) -> bytes:
    """The headers of one recipient, to stand before the shared part."""
    reply_to = sender.reply_to(token)
    return (
        f"{sender.header}{mailbox_header('To', name, address)}"
        f"Reply-To: {reply_to}\r\nMessage-ID: <{token}@{sender.domain}>\r\n"
    ).encode("ascii")
