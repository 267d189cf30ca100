"""Header fields of a message: unfolding, encoded words (RFC 2047), parameters (RFC 2231), addresses, ids, dates.

Every function is total and linear in its input, which `parse_headers` bounds. Lone carriage returns count as
spaces here, so that they can't start a field that the receiving mail server did not see.
"""

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from string import ascii_lowercase, ascii_uppercase
from urllib.parse import unquote_to_bytes

from parsers.decoding import decode_charset, decode_text
from parsers.types import Address

MAX_FIELDS = 500
MAX_FIELD = 32_768
MAX_ADDRESSES = 500
MAX_REFERENCES = 100

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ENCODED_WORD = re.compile(r"=\?([A-Za-z0-9_.:\-]{1,40})(?:\*[A-Za-z\-]{0,20})?\?([bBqQ])\?([^?]{0,2000})\?=")
_PARAMETER = re.compile(r';\s{0,9}([^\s=;"]{1,60})\s{0,9}=\s{0,9}("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_ADDRESS_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>?|[,;]|[^",;<(]+', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_NAME = re.compile(rb"[^\x00-\x20\x7f]{1,200}")
_ID = re.compile(r"<([^<>]{1,998})>")


class Headers:
    """Fields in the order of the message, names in lower case, values unfolded and otherwise as they came."""

    __slots__ = ("_values", "fields")

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self.fields = tuple(fields)
        self._values: dict[str, list[str]] = {}
        for name, value in self.fields:
            self._values.setdefault(name, []).append(value)

    def all(self, name: str) -> list[str]:
        return list(self._values.get(name, ()))

    def get(self, name: str) -> str:
        """The first value of the field, or ""."""
        return next(iter(self._values.get(name, ())), "")

    def has(self, name: str) -> bool:
        return name in self._values


def parse_headers(raw: bytes, start: int) -> tuple[Headers, int, list[str]]:
    """The fields from `start` (line ends are LF), the offset of the body, and faults."""
    fields: list[tuple[str, str]] = []
    faults: list[str] = []
    name, pieces, size = "", list[bytes](), 0

    def close() -> None:
        if name and len(fields) < MAX_FIELDS:
            fields.append((name, _unfolded(b"".join(pieces))))

    position, total = start, len(raw)
    while position < total:
        end = raw.find(b"\n", position)
        end = total if end < 0 else end
        line = raw[position : min(end, position + MAX_FIELD)]
        if not line.strip(b"\r"):
            position = end + 1
            break
        if line[:1] in b" \t":
            if size < MAX_FIELD:
                pieces.append(line)
                size += len(line)
        else:
            label, colon, value = line.partition(b":")
            label = label.rstrip(b" \t")
            if not colon or not _NAME.fullmatch(label):
                faults.append("header without a colon")
                break
            close()
            name, pieces, size = label.decode("latin-1").lower(), [value], len(value)
        if end - position > MAX_FIELD or size >= MAX_FIELD:
            faults.append("header field too long")
        position = end + 1
    close()
    if len(fields) >= MAX_FIELDS:
        faults.append("too many header fields")
    return Headers(tuple(fields)), min(position, total), sorted(set(faults))


def _unfolded(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("cp1252", "replace")
    text = text.strip()
    return (text if text.isprintable() else _CONTROL.sub(" ", text))[:MAX_FIELD].strip()


def decode_words(value: str) -> str:
    """Replaces encoded words (RFC 2047). Adjacent ones of one charset are joined before decoding, as a
    character may be cut in two by careless senders."""
    if "=?" not in value:
        return value
    out: list[str] = []
    charset, data, position = "", bytearray(), 0

    def flush() -> None:
        if data:
            out.append(_CONTROL.sub(" ", decode_text(bytes(data), charset)[0]))
            data.clear()

    for match in _ENCODED_WORD.finditer(value):
        between = value[position : match.start()]
        adjacent = bool(data) and not between.strip()
        if not adjacent or match[1].lower() != charset:
            flush()
        if between and not adjacent:
            out.append(between)
        charset = match[1].lower()
        data += _word_bytes(match[2].lower(), match[3])
        position = match.end()
    flush()
    out.append(value[position:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("latin-1", "replace")
    if encoding == "q":
        return binascii.a2b_qp(raw, header=True)
    try:
        return binascii.a2b_base64(raw.rstrip(b"=") + b"===")
    except binascii.Error:
        return raw


def parse_parameters(value: str) -> tuple[str, dict[str, str]]:
    """The lower-case first word of Content-Type or Content-Disposition, and its parameters (RFC 2231)."""
    first, _, rest = value.partition(";")
    found: dict[str, str] = {}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(";" + rest):
        name, text = match[1].lower(), match[2].strip()
        if text.startswith('"'):
            text = _ESCAPE.sub(r"\1", text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:])
        base, star, section = name.partition("*")
        if not star:
            found.setdefault(name, text)
            continue
        number = section.rstrip("*")
        order = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        sections.setdefault(base, []).append((order, not section or section.endswith("*"), text))
    for base, chunks in sections.items():
        found[base] = _extended(sorted(chunks))
    return first.strip().lower(), {name: decode_words(text) for name, text in found.items()}


def _extended(chunks: Iterable[tuple[int, bool, str]]) -> str:
    charset, data = "utf-8", bytearray()
    for index, (_, encoded, text) in enumerate(chunks):
        chunk = text
        if encoded:
            if index == 0 and chunk.count("'") >= 2:
                charset, _, chunk = chunk.split("'", 2)
            data += unquote_to_bytes(chunk)
        else:
            data += chunk.encode("utf-8", "replace")
    return decode_charset(bytes(data), charset) or bytes(data).decode("utf-8", "replace")


def parse_addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Every mailbox in address fields (RFC 5322 section 3.4): what has no "@" is left out."""
    found: list[Address] = []
    for value in values:
        words: list[str] = []
        angles: list[str] = []
        for token in [*_ADDRESS_TOKEN.findall(value), ","]:
            if token in {",", ";"}:
                found += _mailboxes(words, angles)
                words, angles = [], []
            elif token[0] == "<":
                angles.append(token.strip("<>"))
            elif token[0] != "(":
                words.append(token)
        if len(found) > MAX_ADDRESSES:
            break
    return tuple(found[:MAX_ADDRESSES])


def _mailboxes(words: list[str], angles: list[str]) -> list[Address]:
    text = "".join(words).strip()
    if any("@" in angle for angle in angles):
        name = decode_words(_ESCAPE.sub(r"\1", text.replace('"', ""))).strip()
        return [Address(name[:200], _spec(angle)) for angle in angles if "@" in angle]
    bare = text.rpartition(": ")[2] if ": " in text else text.rpartition(":")[2]
    return [Address("", _spec(word)) for word in bare.split() if "@" in word]


def _spec(text: str) -> str:
    # Only A to Z: Unicode's own lower case makes "k" of the Kelvin sign, and another address of this one.
    address = "".join(_CONTROL.sub("", text).split()).translate(_LOWER)
    return address.rpartition(":")[2][:320] if address.startswith("@") else address[:320]


def parse_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Message-IDs without their angle brackets, each once, the last `MAX_REFERENCES` of them."""
    found: dict[str, None] = {}
    for value in values:
        ids = _ID.findall(value) or ([value] if value and "@" in value and len(value) < 999 else [])
        found |= dict.fromkeys("".join(each.split()) for each in ids)
    return tuple(list(found)[-MAX_REFERENCES:])


def parse_date(value: str) -> datetime | None:
    """RFC 5322 section 3.3, always with a zone ("-0000" counts as UTC)."""
    try:
        date = parsedate_to_datetime(value[:128])
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, KeyError, OverflowError, AttributeError):
        return None
    return date
