"""A day as people write it in the languages that we speak: "by Friday", "tegen 1 december", "d'ici le 1er".

What may be another day than meant is none: the answer asks. Linear in the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parsers.dayforms import AFTER_A_DAY, END_OF_MONTH, LONGEST, is_rest, phrase_at, read_day, texts, weekdays
from parsers.daywords import BEFORE, NOT_BY, OR, UNITS
from parsers.folding import Token, tokenize
from parsers.statement import MAX_LINE

_CLOCK = re.compile(r"\d{1,2}[:h.]\d{2}(?:am|pm|u|uur|uhr|h)?|\d{1,2}(?:h|am|pm|u|uur|uhr)")
_BEFORE = frozenset(texts(phrase) for phrases in BEFORE.values() for phrase in phrases)
_NOT_BY = frozenset(map(texts, NOT_BY))


@dataclass(frozen=True, slots=True)
class Found:
    """A day, and where it stands in the text with the word before it."""

    day: date
    start: int
    end: int


def find_day(text: str, today: date, *, month_first: bool = False) -> Found | None:
    """The day at the end of `text`, or the last one in it that has a word like "by" before it."""
    tokens = tokenize(text[:MAX_LINE])
    inside: Found | None = None
    last, at = 0, -1
    while (at := at + 1) < len(tokens):
        read = read_day(tokens, at, today, month_first)
        if read is None:
            continue
        day, behind, short = read
        first = _word_before(tokens, at)
        if short and first == at:
            continue
        if _no_due(tokens, first) or _no_due(tokens, at):
            at = behind - 1
            continue
        if last and (last == first or (last == first - 1 and tokens[first - 1].text in OR)):
            return None
        if _contradicts(tokens, at, day) or _counted_from(tokens, first, behind):
            return None
        last, at = behind, behind - 1
        end = tokens[behind - 1].end
        if is_rest(tokens, behind):
            return Found(day, tokens[first].start, len(text))
        if first < at:
            inside = Found(day, tokens[first].start, end)
    return inside


def _contradicts(tokens: Sequence[Token], at: int, day: date) -> bool:
    """Whether the name of the day is another one's."""
    number = weekdays().get(tokens[at].text)
    return number is not None and number != day.weekday()


def _no_due(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word like "after" ends here."""
    return any(phrase_at(tokens, at - length, length) in _NOT_BY for length in range(1, min(LONGEST, at) + 1))


def _counted_from(tokens: Sequence[Token], first: int, behind: int) -> bool:
    """Another day than this one: "Friday week", "a week on Friday"."""
    return any(0 <= at < len(tokens) and tokens[at].text in UNITS for at in (first - 1, behind))


def _word_before(tokens: Sequence[Token], at: int) -> int:
    """Where the longest word like "by" that ends here, or before a time, begins; `at` where none does."""
    for place in (at, _before_time(tokens, at)):
        for length in range(min(LONGEST, place), 0, -1):
            if phrase_at(tokens, place - length, length) in _BEFORE:
                return place - length
    return at


def _before_time(tokens: Sequence[Token], at: int) -> int:
    """Where a time, or the end of the day, begins that ends here: "by 17:00 Friday", "by end of Friday"."""
    for length in range(min(LONGEST, at), 0, -1):
        phrase = phrase_at(tokens, at - length, length)
        if phrase in AFTER_A_DAY or phrase in END_OF_MONTH or (tokens[at - length].is_word and _is_clock(phrase)):
            return at - length
    return at


def _is_clock(phrase: Sequence[str]) -> bool:
    return bool(_CLOCK.fullmatch("".join(phrase)))
