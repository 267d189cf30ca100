"""Incident numbers as people write them: MI-7, mi7, #7, "7:" and, where it can only be one, a plain 7."""

from collections.abc import Sequence

from parsers.folding import Token
from parsers.verbs import AMOUNTS, CONJUNCTIONS

_PREFIXES = ("mi", "dr")
_CODE = 4


def read_number(
    tokens: Sequence[Token], at: int, *, plain: bool, prefixed_only: bool = False
) -> tuple[str, int] | None:
    """The incident's number here, and its length in tokens. `plain`: bare digits are one, too."""
    texts = [token.text for token in tokens[at : at + 4]]
    hashed = bool(texts) and texts[0] == "#"
    texts = texts[1:] if hashed else texts
    match texts:
        case [("mi" | "dr") as prefix, "-", digits, *_] if _is_number(digits):
            return f"{prefix.upper()}-{int(digits)}", 3 + hashed
        case [("mi" | "dr") as prefix, digits, *_] if _is_number(digits):
            return f"{prefix.upper()}-{int(digits)}", 2 + hashed
        case [word, *_] if word.startswith(_PREFIXES) and _is_number(word[2:]):
            return f"{word[:2].upper()}-{int(word[2:])}", 1 + hashed
    if prefixed_only or not texts or not _is_number(texts[0]):
        return None
    if hashed:
        return str(int(texts[0])), 2
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    further = tokens[at + 2] if at + 2 < len(tokens) else None
    if behind is not None and behind.text == ":" and not behind.spaced and (further is None or further.spaced):
        return str(int(texts[0])), 2
    if not plain or texts[0][0] == "0" or (behind is not None and _counts(behind, further)):
        return None
    return str(int(texts[0])), 1


def _counts(behind: Token, further: Token | None) -> bool:
    """The number counts or measures something: "2 of 3", "7.5", "7%", "7:30"."""
    if behind.is_word:
        return behind.text in AMOUNTS
    glued = not behind.spaced and further is not None and not further.spaced and further.text[0].isdigit()
    return behind.text in "%€$£°" or (glued and behind.text in ".,:/-")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0


def another_number(tokens: Sequence[Token], at: int, *, plain: bool) -> bool:
    """One more number follows directly: "7 and 8", "MI-7, MI-8". Four digits behind a number are a text's code."""
    joined = at < len(tokens) and (tokens[at].text in CONJUNCTIONS or tokens[at].text in "&+")
    if not joined and at < len(tokens) and len(tokens[at].text) == _CODE and tokens[at].text.isdigit():
        return False
    return read_number(tokens, at + joined, plain=plain) is not None


def bare(number: str) -> str:
    return number.rpartition("-")[2]
