"""Free text made safe to pass on: no control characters, no tricks of direction, a bounded length."""

import re
from unicodedata import category, normalize

LINE = 200
"""Characters of a header's words, a name or a title."""

BODY = 20_000
"""Characters of what a person wrote; more than anybody reads."""

ELLIPSIS = "…"

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_SPACES = re.compile(r"[^\S\n]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NEWLINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """`text` with only printable characters and line feeds; at most BODY characters."""
    lines = text[: 2 * BODY].replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if lines.isprintable():  # most names are
        return shorten(lines.strip(), BODY)
    return shorten("".join(character for character in lines if _printable(character)).strip(), BODY)


def _printable(character: str) -> bool:
    if character in "\n\t":
        return True
    return character not in _DIRECTION and category(character) not in {"Cc", "Cs"}


def line(text: str, length: int = LINE) -> str:
    """`text` on one line, fit for a header."""
    return shorten(" ".join(clean(text[: 4 * length]).split()), length)


def shorten(text: str, length: int) -> str:
    """At most `length` characters, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 0)]
    space = cut.rfind(" ")
    if space > length * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" .,;:") + ELLIPSIS


def tidy(text: str) -> str:
    """A rendered template without the gaps that its empty parts left."""
    rows = (_SPACES.sub(" ", row).strip() for row in text.split("\n"))
    return _NEWLINES.sub("\n\n", "\n".join(rows)).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def unaccented(text: str) -> str:
    """Without accents: "é" becomes "e", "œ" becomes "oe"; letters of other alphabets stay."""
    plain = _ACCENTS.sub("", normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")))
    return normalize("NFC", plain)
