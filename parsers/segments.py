"""How many parts a text message costs (3GPP TS 23.038, TS 23.040), and its characters made cheaper."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = "\f^{}\\[~]|€"
_SEPTETS = {**dict.fromkeys(_BASIC, 1), **dict.fromkeys(_ESCAPED, 2)}

_PLAIN = str.maketrans({
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2039", "<"),
    **dict.fromkeys("\u203a", ">"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7", "-"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u202f\u205f\u3000\t", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2028\u2029", "\n"),
    "\u2026": "...",
    "\u2192": "->",
    "\u00d7": "x",
})  # fmt: skip
_PLAIN_KEEPING_JOINERS = {code: plain for code, plain in _PLAIN.items() if code not in {0x200C, 0x200D}}


class Encoding(StrEnum):
    GSM = "GSM-7"
    UCS2 = "UCS-2"


_LIMITS = {Encoding.GSM: (160, 153), Encoding.UCS2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Segments:
    """`units` are septets (GSM-7) or 16-bit units (UCS-2); `segments` is what is sent and paid, at least 1."""

    encoding: Encoding
    segments: int
    units: int


def segments(text: str) -> Segments:
    """Counts without national shift tables. An escaped character or surrogate pair is never cut in two."""
    widths: Iterable[int]
    if all(char in _SEPTETS for char in text):
        encoding, widths = Encoding.GSM, [_SEPTETS[char] for char in text]
    else:
        encoding, widths = Encoding.UCS2, [2 if ord(char) > 0xFFFF else 1 for char in text]
    units = sum(widths)
    alone, part = _LIMITS[encoding]
    if units <= alone:
        return Segments(encoding, 1, units)
    count, filled = 1, 0
    for width in widths:
        if filled + width > part:
            count, filled = count + 1, 0
        filled += width
    return Segments(encoding, count, units)


def to_gsm(text: str) -> str:
    """Typographic characters that would force UCS-2 become plain ones; letters stay as they are.

    Zero-width joiners stay where the text needs them (Indic and Arabic scripts, emoji), as it is UCS-2 anyway.
    """
    plain = text.translate(_PLAIN)
    return plain if all(char in _SEPTETS for char in plain) else text.translate(_PLAIN_KEEPING_JOINERS)
