"""What an SMTP reply means for us: is it the address, the message or the relay, and does trying again help.

Reply codes by RFC 5321 section 4.2, enhanced status codes by RFC 3463 and IANA's registry of them.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from channels.types import Failure, Retry
from channels.words import clean

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")


class Stage(StrEnum):
    """What was said to the server when it answered."""

    CONNECT = "connect"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a relay did not take a message. `elsewhere`: another relay may well take it."""

    failure: Failure
    elsewhere: bool


class Refused(Exception):
    """The relay said no, or cannot be used."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.failure.reason)
        self.refusal = why


@dataclass(frozen=True, slots=True)
class _Meaning:
    retry: Retry
    reason: str
    elsewhere: bool = False


_NO_ADDRESS = _Meaning(Retry.NEVER, "there is no such address")
_NO_DOMAIN = _Meaning(Retry.NEVER, "the address's domain takes no mail")
_BAD_ADDRESS = _Meaning(Retry.NEVER, "the address is not a valid one")
_FULL = _Meaning(Retry.NEXT, "the mailbox is full")
_DISABLED = _Meaning(Retry.NEXT, "the mailbox does not take mail now")
_BUSY = _Meaning(Retry.SAME, "the mailbox is busy")
_TOO_BIG = _Meaning(Retry.NEXT, "the message is too big for it")
_UTF8 = _Meaning(Retry.NEXT, "the relay cannot handle an address with such letters", elsewhere=True)
_CONTENT = _Meaning(Retry.NEXT, "the message's form was refused", elsewhere=True)
_POLICY = _Meaning(Retry.NEXT, "refused by policy", elsewhere=True)
_NO_ROUTE = _Meaning(Retry.NEXT, "the relay finds no way to that address", elsewhere=True)
_LATER = _Meaning(Retry.SAME, "asked to try again later (greylisting or a rate limit)")
_TROUBLE = _Meaning(Retry.SAME, "the relay has trouble of its own just now", elsewhere=True)
_PROTOCOL = _Meaning(Retry.NEXT, "the relay did not understand", elsewhere=True)
_SENDER = _Meaning(Retry.DOWN, "the relay does not accept us as a sender")
_AUTH_NEEDED = _Meaning(Retry.DOWN, "the relay asks for a login")
_CLOSING = _Meaning(Retry.DOWN, "the relay is closing")

# An answer to RCPT or to the message: the most exact row decides, "x" stands for 4 and 5.
_BY_STATUS = {
    "4.1.1": _LATER,
    "4.1.2": _TROUBLE,
    "5.1.1": _NO_ADDRESS,
    "5.1.2": _NO_DOMAIN,
    "5.1.3": _BAD_ADDRESS,
    "5.1.6": _NO_ADDRESS,
    "x.1.7": _SENDER,
    "x.1.8": _SENDER,
    "5.1.10": _NO_DOMAIN,
    "4.1": _LATER,
    "5.1": _Meaning(Retry.NEXT, "the address was refused"),
    "4.2.1": _BUSY,
    "5.2.1": _DISABLED,
    "x.2.2": _FULL,
    "x.2.3": _TOO_BIG,
    "4.2": _BUSY,
    "5.2": _DISABLED,
    "x.3.4": _TOO_BIG,
    "4.3": _TROUBLE,
    "5.3": _Meaning(Retry.NEXT, "the receiving system refused it", elsewhere=True),
    "4.4": _TROUBLE,
    "5.4": _NO_ROUTE,
    "4.5.3": _LATER,
    "x.5": _PROTOCOL,
    "x.6.7": _UTF8,
    "x.6": _CONTENT,
    "5.7.8": _AUTH_NEEDED,
    "4.7": _LATER,
    "5.7": _POLICY,
}

# The same where the answer has no enhanced status.
_BY_CODE = {
    "450": _LATER,
    "451": _TROUBLE,
    "452": _TROUBLE,
    "550": _Meaning(Retry.NEXT, "the address was refused"),
    "551": _NO_ROUTE,
    "552": _Meaning(Retry.NEXT, "the mailbox is full, or the message too big for it"),
    "553": _BAD_ADDRESS,
    "554": _POLICY,
    "555": _PROTOCOL,
    "4": _LATER,
    "5": _POLICY,
}

_REPLIES = _BY_STATUS | _BY_CODE

# Whatever the enhanced status says, these are about the session.
_ABOUT_US = {"421": _CLOSING, "530": _AUTH_NEEDED, "535": _AUTH_NEEDED}

# An answer to MAIL is about the message or about us, never about the recipient.
_AT_MAIL = {"552": _TOO_BIG, "x.3.4": _TOO_BIG, "x.2.3": _TOO_BIG, "x.6.7": _UTF8, "421": _CLOSING}

# Until MAIL everything is about the relay, for everybody.
_AT_OPENING = {
    Stage.CONNECT: "the relay turned us away at the door",
    Stage.EHLO: "the relay refused our greeting",
    Stage.STARTTLS: "the relay refused to start TLS",
    Stage.AUTH: "the relay refused our login",
    Stage.MAIL: "the relay does not accept us as a sender",
}


def refusal(stage: Stage, code: int, text: str) -> Refusal:
    """What a reply other than the expected one means. AUTH's own words are kept back: they may echo a credential."""
    found = _ENHANCED.match(text.strip())
    status = found.group(0) if found and found.group(1) == str(code)[:1] else ""
    meaning = _meaning(stage, str(code), status)
    words = "" if stage is Stage.AUTH else clean(text.replace(f"{status} ", "") if status else text)
    failure = Failure(
        code=f"{code} {status}".strip(),
        reason=f"{meaning.reason} ({words})" if words else meaning.reason,
        retry=meaning.retry,
    )
    return Refusal(failure, meaning.elsewhere or meaning.retry is Retry.DOWN)


def unusable(code: str, reason: str, retry_after: timedelta | None = None) -> Refusal:
    """The relay cannot be reached or used, by anybody."""
    return Refusal(Failure(code, reason, Retry.DOWN, retry_after), elsewhere=True)


def _meaning(stage: Stage, code: str, status: str) -> _Meaning:
    keys = [*_keys(status), code, code[:1]]
    if stage in (Stage.RCPT, Stage.DATA):
        if code in _ABOUT_US:
            return _ABOUT_US[code]
        return next((_REPLIES[key] for key in keys if key in _REPLIES), _PROTOCOL)
    known = [_AT_MAIL[key] for key in keys if stage is Stage.MAIL and key in _AT_MAIL]
    return known[0] if known else _Meaning(Retry.DOWN, _AT_OPENING[stage])


def _keys(status: str) -> list[str]:
    if not status:
        return []
    kind, subject, detail = status.split(".")
    return [f"{kind}.{subject}.{detail}", f"x.{subject}.{detail}", f"{kind}.{subject}", f"x.{subject}"]
