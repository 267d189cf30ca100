"""IMAP on the wire (RFC 3501): folder names and strings out, SELECT, SEARCH and FETCH answers in. Pure."""

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_NUMBER_OF = {name: re.compile(rb"\[%s (\d+)\]" % name.encode(), re.IGNORECASE) for name in ("UIDVALIDITY", "UIDNEXT")}
_EXISTS = re.compile(rb"(\d+) EXISTS", re.IGNORECASE)
_FETCH = re.compile(rb"\d+ FETCH \(", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(
    rb'\bINTERNALDATE "\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
_SHORT_BODY = re.compile(rb'\bBODY\[\](?:<\d+>)? "((?:[^"\\]|\\.)*)"', re.IGNORECASE | re.DOTALL)
_MONTHS = (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec")

Lines = Sequence[bytes | bytearray]
"""An answer as aioimaplib hands it over: literals are bytearrays."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What SELECT told; `uidnext` is 0 where the server did not say."""

    uidvalidity: int
    uidnext: int
    exists: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message of a FETCH answer, with what was asked for."""

    uid: int
    size: int
    received: datetime | None
    body: bytes | None


def quoted(text: str) -> str:
    """A quoted string (section 9). CR, LF and NUL are refused further down."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folder_name(name: str) -> str:
    """A folder's name in modified UTF-7 (section 5.1.3), quoted."""
    parts = re.split(r"([^\x20-\x7e]+)", name)
    coded = [_modified_base64(part) if index % 2 else part.replace("&", "&-") for index, part in enumerate(parts)]
    return quoted("".join(coded))


def _modified_base64(text: str) -> str:
    return "&" + base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def uid_set(uids: Iterable[int]) -> str:
    return ",".join(map(str, uids))


def selected(lines: Lines) -> Selected | None:
    """None where the answer has no UIDVALIDITY."""
    text = b"\n".join(bytes(line) for line in lines)
    validity, following = (_NUMBER_OF[name].search(text) for name in ("UIDVALIDITY", "UIDNEXT"))
    exists = _EXISTS.search(text)
    if validity is None:
        return None
    return Selected(
        int(validity.group(1)), int(following.group(1)) if following else 0, int(exists.group(1)) if exists else 0
    )


def searched(lines: Lines) -> list[int]:
    """The numbers of a SEARCH answer in order; its last line is the tagged status."""
    return sorted({int(word) for line in lines[:-1] for word in bytes(line).split() if word.isdigit()})


def fetched(lines: Lines) -> Iterator[Fetched]:
    """The messages of a FETCH answer; items that nobody asked for are skipped."""
    text, literal = b"", None
    for line in [*lines[:-1], b"0 FETCH ("]:
        if isinstance(line, bytearray):
            literal = bytes(line)
            continue
        if _FETCH.match(line):
            uid = _UID.search(text)
            if uid is not None:
                yield Fetched(int(uid.group(1)), _size(text), _internal_date(text), _body(text, literal))
            text, literal = b"", None
        text += line + b" "


def _size(text: bytes) -> int:
    found = _SIZE.search(text)
    return int(found.group(1)) if found else 0


def _body(text: bytes, literal: bytes | None) -> bytes | None:
    short = _SHORT_BODY.search(text)
    if literal is None and short is not None:
        return re.sub(rb"\\(.)", rb"\1", short.group(1))
    return literal


def _internal_date(text: bytes) -> datetime | None:
    found = _DATE.search(text)
    if found is None or found.group(2).lower() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(found.group(index)) for index in (1, 3, 4, 5, 6))
    offset = timedelta(hours=int(found.group(8)), minutes=int(found.group(9)))
    try:
        zone = timezone(offset if found.group(7) == b"+" else -offset)
        month = _MONTHS.index(found.group(2).lower()) + 1
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
