"""Parts the words for everybody from those for management: what follows MGMT goes to management only.

In doubt the cut is made, so that nothing meant for management reaches the public, and the result is unsure.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.distance import one_slip
from parsers.folding import Token, tokenize
from parsers.verbs import MANAGEMENT, MANAGEMENT_AROUND, MANAGEMENT_SHORT

_CLOSING = frozenset(":;,.-=>|)]}*_!\"'/~")
_OPENING = frozenset("([{<*_\"'#/-|>~")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "<": ">"}
_BRACKETS = frozenset(_CLOSED_BY)
_MARKS = frozenset(":-=>|")
_MAX_AROUND = 3


@dataclass(frozen=True, slots=True)
class Parted:
    """`sure` is false where the mark may be an ordinary word, or misspelt."""

    words: str
    management: str
    sure: bool


def part(text: str) -> Parted:
    """At the first mark; all that follows is for management."""
    text = unicodedata.normalize("NFC", text)
    tokens = tokenize(text)
    for index, token in enumerate(tokens):
        if not token.is_word:
            continue
        start, end = _around(text, tokens, index)
        sure = _mark(text, tokens, index, start, end)
        if sure is None:
            continue
        words = text[: tokens[start].start].rstrip().rstrip("([{<*_#|>~").rstrip()
        management = text[tokens[end].start :].strip() if end < len(tokens) else ""
        opened = text[: tokens[start].start].rstrip()[-1:]
        if opened in _CLOSED_BY and management.endswith(_CLOSED_BY[opened]):
            management = management[:-1].rstrip()
        return Parted(words, management, sure and bool(management))
    return Parted(text.strip(), "", sure=True)


def _mark(text: str, tokens: Sequence[Token], index: int, start: int, end: int) -> bool | None:
    """Whether this word marks what follows: surely, perhaps, or (None) not at all."""
    word = tokens[index].text
    short = word in MANAGEMENT_SHORT
    if not (short or word in MANAGEMENT or one_slip(word, "mgmt") or one_slip(word, "management")):
        return None
    spelt = text[tokens[index].start : tokens[index].end]
    loud = spelt.isupper() and len(spelt) > 1
    begins = _begins(text, tokens, start)
    closed = any(token.text in _MARKS for token in tokens[index + 1 : end]) or _alone(text, tokens, index)
    if short:
        return (closed or begins) and (begins or loud)
    if closed and word in MANAGEMENT:
        return begins or loud
    titled = begins and start == index and ":" in {token.text for token in tokens[index + 1 : index + 1 + _MAX_AROUND]}
    return False if closed or titled or (begins and loud) else None


def _around(text: str, tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """The span of the mark with what belongs to it: "(for MGMT only):"."""
    start = index
    for before in range(index - 1, max(-1, index - 2 - _MAX_AROUND), -1):
        if _new_line(text, tokens, before + 1) or not (
            tokens[before].text in MANAGEMENT_AROUND or tokens[before].text in _OPENING
        ):
            break
        if _begins(text, tokens, before):
            start = before
    end = index + 1
    filler = end
    while filler < len(tokens) and filler - end < _MAX_AROUND and tokens[filler].text in MANAGEMENT_AROUND:
        filler += 1
    if filler < len(tokens) and tokens[filler].text in _MARKS:
        end = filler
    while end < len(tokens) and tokens[end].text in _CLOSING:
        if tokens[end].text == "-" and tokens[end].spaced and end + 1 < len(tokens) and not tokens[end + 1].spaced:
            break
        end += 1
    return start, end


def _new_line(text: str, tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or "\n" in text[tokens[index - 1].end : tokens[index].start]


def _begins(text: str, tokens: Sequence[Token], index: int) -> bool:
    """At the start of a line, or behind the end of a sentence."""
    while index > 0 and tokens[index - 1].text in _OPENING and not _new_line(text, tokens, index):
        index -= 1
        if tokens[index].text in _BRACKETS:
            return True
    return _new_line(text, tokens, index) or tokens[index - 1].text in {".", "!", "?", ";"}


def _alone(text: str, tokens: Sequence[Token], index: int) -> bool:
    """The only word of its line."""
    ends = index + 1 >= len(tokens) or "\n" in text[tokens[index].end : tokens[index + 1].start]
    return ends and _new_line(text, tokens, index)
