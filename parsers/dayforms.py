"""The forms that a day has in the languages that we speak, read where a token begins one: dates, names, "in 2 weeks".

Names of months and days are Unicode's (CLDR, by Babel). Day before month, unless told otherwise or nothing else fits.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from babel import Locale

from parsers.daywords import (
    AFTER,
    AHEAD,
    BEHIND,
    COMING,
    COUNTS,
    END_OF,
    ENDS,
    NEXT_WEEK,
    NEXT_WEEKS,
    SOON,
    THIS_WEEK,
    UNITS,
)
from parsers.folding import Token, fold, tokenize

LANGUAGES = ("en", "nl", "fr", "de", "es")

JUST_PAST = 60
"""A day without a year that was so few days ago, or fewer, is past; else it is next year's."""

SHORT = 5
"""With fewer letters a day's name is a word of another language too: "vie", "mer", "sat"."""

DAY = timedelta(days=1)

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|eme|de|ste|o)")
_TIME = re.compile(r"\d{1,2}(?:[:h.]\d{2})?(?:h|am|pm|u|uur|uhr)?")


def texts(phrase: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(phrase))


AFTER_A_DAY = frozenset(map(texts, AFTER))
_AHEAD = frozenset(map(texts, AHEAD))
_SOON = {texts(phrase): days for phrase, days in SOON.items()}
_ENDS = {texts(phrase): what for phrase, what in ENDS.items()}
END_OF_MONTH = frozenset(map(texts, END_OF))
_WEEKS = {**dict.fromkeys(map(texts, NEXT_WEEK), 1), **dict.fromkeys(map(texts, THIS_WEEK), 0)}
LONGEST = max(map(len, (*AFTER_A_DAY, *_SOON, *_ENDS)))


def phrase_at(tokens: Sequence[Token], at: int, length: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[at : at + length])


def is_rest(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but marks, a time, and words that change nothing follow."""
    while at < len(tokens):
        length = next((n for n in range(LONGEST, 0, -1) if phrase_at(tokens, at, n) in AFTER_A_DAY), 0)
        if not length and tokens[at].is_word and not _is_time(tokens, at):
            return False
        at += max(length, 1)
    return True


def _is_time(tokens: Sequence[Token], at: int) -> bool:
    text = tokens[at].text
    return bool(_TIME.fullmatch(text)) or text in {"at", "om", "um", "uur", "uhr", "h", "am", "pm", "las"}


Read = tuple[date, int, bool]
"""The day, the index behind it, and whether it is too short to be one without a word before it."""


def read_day(tokens: Sequence[Token], at: int, today: date, month_first: bool) -> Read | None:
    """The longest day that begins here."""
    found = [read for form in _FORMS for read in form(tokens, at, today)]
    found += _in_month(tokens, at, today, month_first)
    found += _numeric(tokens, at, today, month_first)
    return max(found, key=lambda read: read[1], default=None)


def _numeric(tokens: Sequence[Token], at: int, today: date, month_first: bool) -> Iterator[Read]:
    """2026-12-01, 1/12/2026, 1.12.26, 1/12, 1.12."""
    parts = [tokens[at + n].text if at + n < len(tokens) else "" for n in range(5)]
    one, mark, two, again, three = parts
    if mark not in ("-", "/", ".") or not (one.isdigit() and two.isdigit()) or _glued(tokens, at):
        return
    if again == mark and three.isdigit():
        if len(one) == 4:
            yield from _day(int(one), int(two), int(three), at + 5)
        elif len(three) in (2, 4) and len(one) <= 2:
            year = int(three) + (2000 if len(three) == 2 else 0)
            yield from _two(int(one), int(two), month_first, lambda m, d: _day(year, m, d, at + 5))
        return
    if mark != "-" and len(one) <= 2 and len(two) <= 2:
        behind = at + 4 if again == "." and mark == "." else at + 3
        if behind == at + 3 and behind < len(tokens) and tokens[behind].is_word and not is_rest(tokens, behind):
            return  # a size or a share: "for 2.5 inch disks", "on 1/2 of them"
        for day, end, _ in _two(int(one), int(two), month_first, lambda m, d: _this_year(m, d, today, behind)):
            yield day, end, True


def _glued(tokens: Sequence[Token], at: int) -> bool:
    """Part of a longer number, as a version or an address is."""
    before = tokens[at - 1] if at else None
    return before is not None and not tokens[at].spaced and before.text in {".", "-", "/", ":"}


def _two(one: int, two: int, month_first: bool, make: Callable[[int, int], Iterator[Read]]) -> Iterator[Read]:
    """Day and month, in this order unless only the other is possible, or is asked for."""
    day_first = not month_first if one <= 12 and two <= 12 else one > 12
    yield from make(two, one) if day_first else make(one, two)


def _day(year: int, month: int, day: int, behind: int) -> Iterator[Read]:
    if 1 <= month <= 12 and 1 <= year <= 9000 and 1 <= day <= monthrange(year, month)[1]:
        yield date(year, month, day), behind, False


def _this_year(month: int, day: int, today: date, behind: int) -> Iterator[Read]:
    """This year's; next year's where it has been long past; none where it is just past."""
    for year in (today.year, today.year + 1):
        for found, _, short in _day(year, month, day, behind):
            if found >= today or (today - found).days <= JUST_PAST:
                yield found, behind, short
                return


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                names = Locale(language).months[form][width]
                found |= {fold(name).strip(". "): number for number, name in names.items()}
    return found


@cache
def weekdays() -> Mapping[str, int]:
    """0 is Monday. Short forms of two letters are words of their own in other languages."""
    found: dict[str, int] = {"tues": 1, "thur": 3, "thurs": 3}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            names = Locale(language).days["format"][width]
            found |= {name: number for number, each in names.items() if len(name := fold(each).strip(". ")) > 2}
    return found


def _ordinal(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """A day's number: 1, 1st, 1er, "1."; and the index behind it."""
    text = tokens[at].text if at < len(tokens) else ""
    found = _ORDINAL.fullmatch(text)
    if found:
        return int(found[1]), at + 1
    if not text.isdigit() or len(text) > 2:
        return None
    dotted = at + 1 < len(tokens) and tokens[at + 1].text == "." and not tokens[at + 1].spaced
    return int(text), at + 1 + dotted


def _skip(tokens: Sequence[Token], at: int, *words: str) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in words else at


def _year(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    behind = _skip(tokens, at, ",", "de", "del")
    text = tokens[behind].text if behind < len(tokens) else ""
    return (int(text), behind + 1) if len(text) == 4 and text.isdigit() and text.startswith("20") else None


def _in_month(tokens: Sequence[Token], at: int, today: date, month_first: bool) -> Iterator[Read]:
    """1 December, Tue 1st of December 2026, Dec 1, December 1st."""
    months = _months()
    if tokens[at].text in weekdays():
        at = _skip(tokens, _skip(tokens, at + 1, "."), ",", "the", "le", "den", "dem", "el")
        if at < len(tokens):
            yield from ((day, behind, False) for day, behind, _ in _numeric(tokens, at, today, month_first))
    if first := _ordinal(tokens, at):
        behind = _skip(tokens, first[1], "of", "de", "van", "d'")
        if behind < len(tokens) and (month := months.get(tokens[behind].text)):
            yield from _dated(tokens, _skip(tokens, behind + 1, "."), month, first[0], today)
    elif at < len(tokens) and (month := months.get(tokens[at].text)):
        second = _ordinal(tokens, _skip(tokens, _skip(tokens, at + 1, "."), "the"))
        if second:
            yield from _dated(tokens, second[1], month, second[0], today)


def _dated(tokens: Sequence[Token], at: int, month: int, day: int, today: date) -> Iterator[Read]:
    year = _year(tokens, at)
    yield from _day(year[0], month, day, year[1]) if year else _this_year(month, day, today, at)


def _of_week(tokens: Sequence[Token], at: int, today: date) -> Iterator[Read]:
    """Friday, next Friday, vendredi prochain, Friday next week, volgende week vrijdag, Friday 13."""
    monday = today - today.weekday() * DAY
    first = tokens[at].text
    weeks, place = _week(tokens, at)
    place = (
        _skip(tokens, place, ",", "on", "op", "am", "el", "le") if place > at else at + (first in COMING | NEXT_WEEKS)
    )
    number = weekdays().get(tokens[place].text) if place < len(tokens) else None
    if number is None:
        return
    short = len(tokens[place].text) < SHORT
    behind = _skip(tokens, place + 1, ".") if short else place + 1
    if weeks is None:
        weeks, after = _week(tokens, _skip(tokens, behind, ",", "of", "in", "van", "de", "der"))
        behind = after if weeks is not None else behind
    while behind < len(tokens) and tokens[behind].text in BEHIND:
        behind += 1
    if weeks is not None or first in NEXT_WEEKS:
        yield monday + ((1 if weeks is None else weeks) * 7 + number) * DAY, behind, False
        return
    coming = today + ((number - today.weekday() - 1) % 7 + 1) * DAY
    if (bare := _bare_number(tokens, behind)) is None:
        yield coming, behind, short
    else:  # another day of the month than its name says is none
        yield from ((day, behind + 1, short) for day, _, _ in _of_number(bare, today, behind + 1))


def _week(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """This week (0) or the next (1), where it is named here, and the index behind it."""
    for length in range(min(LONGEST, len(tokens) - at), 0, -1):
        if (weeks := _WEEKS.get(phrase_at(tokens, at, length))) is not None:
            return weeks, at + length
    return None, at


def _bare_number(tokens: Sequence[Token], at: int) -> int | None:
    """A day of the month behind the name of a day; not a time."""
    text = tokens[at].text if at < len(tokens) else ""
    mark = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if not text.isdigit() or len(text) > 2 or mark in ("h", "u", "uur", "uhr", "am", "pm"):
        return None
    digits = at + 2 < len(tokens) and tokens[at + 2].text.isdigit() and not tokens[at + 2].spaced
    return None if mark in (":", ".", "h") and digits else int(text)


def _soon(tokens: Sequence[Token], at: int, today: date) -> Iterator[Read]:
    for length in range(1, min(LONGEST, len(tokens) - at) + 1):
        if (days := _SOON.get(phrase_at(tokens, at, length))) is not None:
            yield today + days * DAY, at + length, False


def _ahead(tokens: Sequence[Token], at: int, today: date) -> Iterator[Read]:
    """in 2 weeks, binnen een maand, d'ici 3 jours, dentro de 2 semanas."""
    length = next((n for n in (3, 2, 1) if phrase_at(tokens, at, n) in _AHEAD), 0)
    place = at + length
    if not length:
        return
    text = tokens[place].text if place < len(tokens) else ""
    count = int(text) if text.isdigit() and len(text) <= 3 else COUNTS.get(text)
    unit = UNITS.get(tokens[place + 1].text) if place + 1 < len(tokens) else None
    if not count or unit is None:
        return
    yield (_months_on(today, count) if unit == 30 else today + count * unit * DAY), place + 2, False


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.month - 1 + count, 12)
    return date(day.year + year, month + 1, min(day.day, monthrange(day.year + year, month + 1)[1]))


def _end(tokens: Sequence[Token], at: int, today: date) -> Iterator[Read]:
    """The end of the week is its Friday; that of a month or year its last day."""
    for length in range(1, min(LONGEST, len(tokens) - at) + 1):
        phrase = phrase_at(tokens, at, length)
        if what := _ENDS.get(phrase):
            yield _last(what, today), at + length, False
        month = (
            _months().get(tokens[at + length].text) if phrase in END_OF_MONTH and at + length < len(tokens) else None
        )
        if month:
            for found, behind, _ in _of_month(month, today, _skip(tokens, at + length + 1, ".")):
                yield found, behind, False


def _of_month(month: int, today: date, behind: int) -> Iterator[Read]:
    year = today.year + (month < today.month)
    yield from _day(year, month, monthrange(year, month)[1], behind)


def _last(what: str, today: date) -> date:
    friday = today + ((4 - today.weekday()) % 7) * DAY
    match what:
        case "week":
            return friday
        case "next week":
            return today + (11 - today.weekday()) * DAY
        case "next month":
            today = _months_on(today.replace(day=1), 1)
        case "year":
            return date(today.year, 12, 31)
    return today.replace(day=monthrange(today.year, today.month)[1])


def _next_of_number(tokens: Sequence[Token], at: int, today: date) -> Iterator[Read]:
    """The 5th: of this month, or of the next."""
    found = _ORDINAL.fullmatch(tokens[at].text)
    return _of_number(int(found[1]), today, at + 1) if found else iter(())


def _of_number(number: int, today: date, behind: int) -> Iterator[Read]:
    for on in range(3):
        month = _months_on(today.replace(day=1), on)
        for day, end, _ in _day(month.year, month.month, number, behind):
            if day >= today:
                yield day, end, True
                return


_FORMS = (_of_week, _soon, _ahead, _end, _next_of_number)
