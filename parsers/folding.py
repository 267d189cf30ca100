"""Text made comparable, with the way back: case, width, accents, digits, dashes, quotes, emoji and invisible
characters stop to matter, and every token knows where it stood. Linear in the text."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?:[cdjlmnst]|qu)'(?=[^\W_])|[^\W_]+(?:'[^\W_]+)*|[^\w\s]|_")
_SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    "\u061f": "?",
    "\u3002": ".",
    "\u3001": ",",
}
_PRINTABLE_MARKS = {"`", "^"}


class Token(NamedTuple):
    """A word, number or one mark. `start` and `end` are offsets in the text; `spaced` is true after a space."""

    text: str
    start: int
    end: int
    spaced: bool

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd":
        return "-"
    if category in {"Cf", "Me"} or "\ufe00" <= char <= "\ufe0f":
        return ""
    if category in {"So", "Sk", "Zs", "Zl", "Zp", "Cc", "Co", "Cs", "Cn"} and char not in _PRINTABLE_MARKS:
        return " "
    if category == "Mn":
        return char
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) != "Mn")
    return plain.casefold()


def fold(text: str) -> str:
    """The comparable form of a word or a spelling."""
    return "".join(map(_folded, unicodedata.normalize("NFC", text)))


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, which must be in NFC (so that an accent is part of its letter)."""
    if text.isascii():
        folded, origin = text.lower(), None
    else:
        pieces = [_folded(char) for char in text]
        folded = "".join(pieces)
        origin = [index for index, piece in enumerate(pieces) for _ in piece]
    tokens: list[Token] = []
    before = 0
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        if origin:
            tokens.append(Token(match[0], origin[start], origin[end - 1] + 1, start > before))
        else:
            tokens.append(Token(match[0], start, end, start > before))
        before = end
    return tokens
