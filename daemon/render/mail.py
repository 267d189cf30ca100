"""A mail as bytes: the part that all readers of a language and zone share, made once, and the head that is personal.

Both are RFC 5322 with CRLF; every body line is quoted-printable or base64, so short. Nothing that comes in
can add a header: control characters are gone before, and what is not ASCII is an encoded word (RFC 2047).
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from daemon.render.plain import line

MARK = "X-Murphy"
"""Our own mail is known by this header: "<incident> <kind>"."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ,.'()_-]{1,60}")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}")
_ID = re.compile(r"<[!-;=?-~]{1,500}>")


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
    """RFC 2047 section 2: at most 75 characters a word, and whole characters in each."""
    pieces = (text[start : start + 11] for start in range(0, len(text), 11))
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces)


def shared_part(
    *,
    subject: str,
    text: str,
    html: str,
    at: datetime,
    incident: str,
    kind: str,
    domain: str,
    answers: str,
    boundary: str,
    attached: Sequence[Attached] = (),
    calendar: Calendar | None = None,
) -> bytes:
    """The headers and the body that all recipients share. `answers` is the Message-ID answered, or "".

    A calendar's part stands beside the text, where programs offer its answers, and as a file for all others (RFC 6047).
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = line(subject)
    message["Date"] = format_datetime(at)
    message["Auto-Submitted"] = "auto-generated"
    message[MARK] = f"{incident or '-'} {kind}"
    answered = found.group() if (found := _ID.search(answers)) else ""
    root = f"<incident.{incident.lower()}@{domain}>" if incident else ""
    if answered:
        message["In-Reply-To"] = answered
    if root or answered:
        message["References"] = " ".join(filter(None, (root, answered)))
    message.set_content(text, charset="utf-8", cte=_encoding(text))
    message.add_alternative(html, subtype="html", charset="utf-8", cte=_encoding(html))
    if calendar:
        params = {"method": calendar.method}
        message.add_alternative(calendar.text, subtype="calendar", charset="utf-8", cte="base64", params=params)
        attached = (*attached, Attached("invite.ics", "application/ics", calendar.text.encode()))
    message.set_boundary(boundary)
    for file in attached:
        kind, _, subtype = file.content_type.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    if attached:
        message.set_boundary(f"{boundary}.files")
    return message.as_bytes()


def _encoding(text: str) -> str:
    """Never 7bit: neither encoding can hold the boundary's "=_" (RFC 2045 section 6.7)."""
    strange = len(text.encode()) - sum(character.isascii() for character in text)
    return "base64" if strange * 6 > len(text) else "quoted-printable"


def personal_part(sender: Sender, token: str, name: str, address: str) -> bytes:
    """The headers of one recipient, to stand before the shared part."""
    reply_to = sender.reply_to(token)
    return (
        f"{sender.header}{mailbox_header('To', name, address)}"
        f"Reply-To: {reply_to}\r\nMessage-ID: <{token}@{sender.domain}>\r\n"
    ).encode("ascii")
