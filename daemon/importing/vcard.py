"""People in vCards: 4.0 (RFC 6350), 3.0 (RFC 2426) and 2.1 with its quoted-printable. Total, in linear time."""

import base64
import binascii
import codecs
import quopri
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from daemon.importing.entries import MOST, Entry, Found, turned
from daemon.importing.spreadsheet import decoded, lines_of

MOST_PARAMETERS = 20
LONGEST_VALUE = 10_000
"""Characters: photos are passed over."""

NO_PERSON = frozenset({"group", "org", "location", "application", "device"})
"""KIND (RFC 6350 section 6.1.4)."""

WRONG_PHONES = frozenset({"FAX", "PAGER", "MODEM", "VIDEO", "BBS", "TEXTPHONE"})
MOBILE = frozenset({"CELL", "PREF", "MOBILE", "IPHONE"})


@dataclass(frozen=True, slots=True)
class Property:
    """`types` are the values of TYPE, and 2.1's parameters without a name, in capitals."""

    name: str
    types: frozenset[str]
    value: str


@dataclass(slots=True)
class _Card:
    line: int
    properties: list[Property] = field(default_factory=list)


def read_vcards(content: bytes) -> Found:
    """Never raises."""
    found = Found(form="vCard")
    for card in _cards(decoded(content), found):
        if len(found.entries) >= MOST:
            found.refuse(card.line, "", f"more than {MOST} people: the rest is left out")
            break
        _take(card, found)
    return found


def _take(card: _Card, found: Found) -> None:
    first = {one.name: one.value for one in reversed(card.properties)}
    name = turned(_text(first.get("FN", ""))) or _structured(first.get("N", "")) or _text(first.get("ORG", ""))
    if (kind := first.get("KIND", "").strip().lower()) in NO_PERSON:
        found.refuse(card.line, name, f"is no person: {kind}")
        return
    phones = [one for one in card.properties if one.name == "TEL" and not one.types & WRONG_PHONES]
    emails = [one for one in card.properties if one.name == "EMAIL"]
    zone = _text(first.get("TZ", ""))
    found.entries.append(
        Entry(
            line=card.line,
            name=name,
            emails=tuple(_text(one.value).removeprefix("mailto:") for one in _preferred(emails)),
            phones=tuple(_text(one.value).removeprefix("tel:").partition(";")[0] for one in _preferred(phones)),
            language=_text(first.get("LANG", "")),
            timezone=zone if "/" in zone else "",
        )
    )


def _preferred(properties: Sequence[Property]) -> Sequence[Property]:
    return sorted(properties, key=lambda one: not one.types & MOBILE)


def _cards(text: str, found: Found) -> Iterator[_Card]:
    """Each card, without those inside another one (AGENT)."""
    card: _Card | None = None
    inside = 0
    for number, line in _unfolded(text):
        one = _property(line)
        match one.name if one else "", one.value.strip().upper() if one else "":
            case "BEGIN", "VCARD":
                card, inside = card or _Card(number), inside + 1
            case "END", "VCARD" if card:
                inside -= 1
                if inside == 0:
                    yield card
                    card = None
            case _ if one and card and inside == 1:
                card.properties.append(one)
    if card:
        found.refuse(card.line, "", "the card has no END:VCARD: the file is cut off")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first: folded by a blank (RFC 6350 3.2), or by "=" in quoted-printable."""
    parts: list[str] = []
    begun, soft = 1, False
    for number, line in enumerate(lines_of(text), 1):
        if soft or (line[:1] in (" ", "\t") and parts):
            parts.append(line if soft else line[1:])
        else:
            if parts:
                yield begun, "".join(parts)
            parts, begun = [line], number
        quoted = "QUOTED-PRINTABLE" in parts[0][:500].partition(":")[0].upper()
        soft = quoted and line.endswith("=")
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield begun, "".join(parts)


def _property(line: str) -> Property | None:
    """`group.NAME;PARAMETER=value:value`; None for what is none."""
    head, colon, value = _divided(line)
    name, *parameters = head.split(";")[: MOST_PARAMETERS + 1]
    if not colon or len(name) > 100:
        return None
    types: set[str] = set()
    encoding, charset = "", "utf-8"
    for parameter in parameters:
        key, equals, setting = parameter.upper().partition("=")
        setting = setting.strip('"')
        match key if equals else "TYPE":
            case "TYPE":
                types.update((setting or key).replace('"', "").split(","))
            case "PREF":
                types.add("PREF")
            case "ENCODING":
                encoding = setting
            case "CHARSET":
                charset = setting
    if "QUOTED-PRINTABLE" in types or "BASE64" in types:  # 2.1 leaves out "ENCODING="
        encoding = "QUOTED-PRINTABLE" if "QUOTED-PRINTABLE" in types else "BASE64"
    kind = name.rpartition(".")[2].strip().upper()
    return Property(kind, frozenset(types), _decoded(value[:LONGEST_VALUE], encoding, charset))


def _divided(line: str) -> tuple[str, str, str]:
    """At the first colon that is not in quotes."""
    start, quoted = 0, False
    while (colon := line.find(":", start)) >= 0:
        quoted ^= line.count('"', start, colon) % 2 == 1
        if not quoted:
            return line[:colon], ":", line[colon + 1 :]
        start = colon + 1
    return line, "", ""


def _decoded(value: str, encoding: str, charset: str) -> str:
    try:
        match encoding:
            case "QUOTED-PRINTABLE":
                return _charset(quopri.decodestring(value.encode("utf-8", "replace")), charset)
            case "BASE64" | "B":
                return _charset(base64.b64decode(value.encode("ascii", "ignore")), charset)
    except (ValueError, binascii.Error):
        return ""
    return value


def _charset(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(codecs.lookup(charset).name, "replace")
    except (LookupError, UnicodeError, TypeError, ValueError):
        return raw.decode("utf-8", "replace")


def _text(value: str) -> str:
    r"""With `\n`, `\,`, `\;` and `\\` as what they stand for; on one line."""
    parts = value.split("\\\\")
    for mark, meant in (("\\n", " "), ("\\N", " "), ("\\,", ","), ("\\;", ";")):
        parts = [part.replace(mark, meant) for part in parts]
    return " ".join("\\".join(parts).split())


def _structured(value: str) -> str:
    """N: last; first; middle; prefix; suffix."""
    last, first, *_ = (*map(_text, value.replace("\\;", " ").split(";")), "", "")
    return f"{first} {last}".strip()
