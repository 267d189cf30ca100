"""Signatures without the standard's "-- " line: blocks of contact details, and names. Guesses, and treated as such."""

import re
from collections.abc import Sequence

from parsers.additions import is_valediction
from parsers.markers.closings import CONTACT_WORDS

MAX_BLOCK = 20
LONGEST = 90

_PHONE = re.compile(r"\+?\(?\d[\d()\s./\-]{7,20}\d")
_DRAWN = re.compile(r"([-_=*~#─━—–‐＝＊◆■□★☆+])(?:[ \t]?\1){2,200}|[-_=~*#+]{10,200}")
_DASHED_NAME = re.compile(r"(?:-{1,2}|[–—~] ?)[^\W\d_a-z][^\W\d_]{0,20}(?: [^\W\d_a-z][^\W\d_]{0,20}){0,2}")
_SENTENCE_END = (".", "!", "?", "。", "！", "？", ":", ",")


def contact_block_start(texts: Sequence[str], own: Sequence[int]) -> int:
    """The index in `own` where a last paragraph of contact details starts, with the valediction above it;
    len(own) where there is none."""
    total = len(own)
    end = total
    while end > 1 and is_drawn(texts[own[end - 1]].strip()):
        end -= 1
    for start in range(max(1, end - MAX_BLOCK), end):
        if not _paragraph_starts(texts, own, start) and not is_valediction(texts[own[start]]):
            continue
        block = [texts[each].strip() for each in own[start:end]]
        if any(len(line) > LONGEST for line in block):
            continue
        details = sum(_is_contact(line) for line in block)
        closing = is_valediction(block[0])
        if is_drawn(texts[own[start - 1]].strip()) and _is_card(block, details):
            return start
        if len(block) == 1 and details and block[0].count("|") >= 2:
            return start
        if len(block) < 2 or _has_sentence(block) or not (closing or _is_name(block[0])):
            continue
        others = len(block) - details - closing
        if (details and others <= max(4, details + 2)) or (closing and others >= 3 and all(map(_is_name, block[1:]))):
            return start
    return total


def _is_card(block: Sequence[str], details: int) -> bool:
    """Names and contact details only, as under a drawn line."""
    return all(_is_name(line) or _is_contact(line) or (details and _is_caseless(line)) for line in block)


def _is_caseless(line: str) -> bool:
    """A short line in a script without capitals."""
    return len(line) <= 30 and line[:1].isalpha() and line[0].upper() == line[0].lower() and line[-1] not in "。！？"


def _paragraph_starts(texts: Sequence[str], own: Sequence[int], index: int) -> bool:
    if index == 0:
        return False
    return own[index] - own[index - 1] > 1 or is_drawn(texts[own[index] - 1].strip())


def is_drawn(text: str) -> bool:
    """A line of dashes and the like."""
    return bool(_DRAWN.fullmatch(text[:400]))


def is_dashed_name(text: str) -> bool:
    """ "-Ann Berg" as a last line."""
    return bool(_DASHED_NAME.fullmatch(text))


def _is_contact(line: str) -> bool:
    lowered = line.lower().lstrip("*_ |")
    if _PHONE.search(line) and (len(_PHONE.sub("", line)) < 30 or "|" in line):
        return True
    if lowered.startswith(CONTACT_WORDS) and any(c.isdigit() or c in "@." for c in line):
        return len(line.split()) <= 8
    return ("@" in line or "www." in lowered) and len(line.split()) <= 3


def _has_sentence(block: Sequence[str]) -> bool:
    return any(len(line.split()) > 7 and line.endswith((".", "!", "?")) for line in block) or any(
        line.endswith("?") for line in block
    )


def may_be_name_block(texts: Sequence[str], position: int) -> bool:
    """Whether a paragraph looks like a name and a title: few short lines of capitalized words."""
    block: list[str] = []
    for at in range(position, min(position + 8, len(texts))):
        if not (text := texts[at].strip()):
            break
        block.append(text)
    if not block or len(block) > 6:
        return False
    return all(_is_name(line) for line in block)


def _is_name(line: str) -> bool:
    if len(line) > 50 or line.endswith(_SENTENCE_END) or ":" in line:
        return False
    words = [word for word in line.split() if word[:1].isalpha()]
    if not words or len(line.split()) > 6:
        return False
    # "Head of Operations", "Anna van den Berg": short words may be small, but not the first.
    return words[0][0].isupper() and all(word[0].isupper() or len(word) <= 3 for word in words) and not line.isupper()
