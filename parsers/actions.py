"""Lines "ACTION name: what by date", wherever they stand in what a person wrote. Quoted lines are not given to it.

Total, and linear in the text. Nothing is guessed: a part that cannot be told is missing from the value.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from parsers.days import find_day
from parsers.folding import fold
from parsers.statement import Spellings, read_line, read_statement, spellings
from parsers.types import ActionLine, Verb, Verbs
from parsers.verbs import DEFAULT_VERBS

MOST = 100
"""Lines of one message that are read."""

WRAP = 60
"""A line at least so long, with the next line's first word, was wrapped by the mail program."""

LONGEST_NAME = 100

_MARK = re.compile(r"[\s*•·–—+_-]{0,8}(?:\(?\d{1,2}[.)]\s+)?[*_]{0,2}(?=\S)")
_COLON = r"(?::(?!\d)|(?<!\d):)"
_PARTED = re.compile(rf"\s*((?:[^:]|(?<=\d):(?=\d)){{1,100}}?)\s*(?:{_COLON}|\s[–—-]\s)\s*(.*)", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)")
_ITEM = re.compile(r"(?:(?:items?|points?)\b\s*)?(?:(?:for|für|pour|voor|para)\s+(?=[^\W\d]))?", re.IGNORECASE)
_AGAIN = re.compile(rf"[\s;,.&]{{1,5}}(?=([^\W\d]{{2,20}})\b[^:\n]{{1,60}}{_COLON})")
_BRACKETED = re.compile(r"\s*[(<\[][^)>\]]*[)>\]]\s*")
_LEADING = re.compile(r"(?:to|will|should|must)\s+", re.IGNORECASE)

_HEADINGS = frozenset({
    "action", "actions", "action items", "action points", "actie", "acties", "actiepunten", "massnahme", "massnahmen",
    "accion", "acciones",
})  # fmt: skip
"""Alone on a line: each line below, up to an empty one, is an action."""

_OURS = frozenset({"name", "naam", "nom", "nombre"})
"""The form of the line, as our own messages show it."""


def parse_actions(
    text: str, today: date, verbs: Verbs = DEFAULT_VERBS, *, month_first: bool = False
) -> tuple[tuple[ActionLine, ...], str]:
    """The lines ACTION of `text`, as seen on `today` by who wrote them; and the text without those that are sure."""
    table = spellings(verbs)
    found: list[ActionLine] = []
    rest: list[str] = []
    lines = [part for line in text.split("\n") for part in _each(line, table)]
    at, listing = 0, False
    while at < len(lines):
        begun = _begun(lines[at], table, listing) if len(found) < MOST else None
        listing = (listing and bool(lines[at].strip())) or _is_heading(lines, at)
        if begun is None:
            rest.append(lines[at])
            at += 1
            continue
        words, line, first = begun.words, lines[at].strip(), at
        at += 1
        while at < len(lines) and _goes_on(lines[at - 1], lines[at], words, today, table):
            words, line = f"{words} {lines[at].strip()}", f"{line} {lines[at].strip()}"
            at += 1
        read = _read(line, words, today, month_first, begun.sure)
        if not read.sure:
            rest += lines[first:at]
        if read.due is not None or (read.sure and fold(read.name) not in _OURS):
            found.append(read)
    return tuple(found), "\n".join(rest).strip()


def _each(line: str, table: Spellings) -> Iterator[str]:
    """A line, or its parts where ACTION stands in capitals in it, more than once, each time with a name."""
    verb = next((word for word in line[:100].split() if any(map(str.isalpha, word))), "").strip(":.,-–—*_([")
    start = 0
    if verb.isupper() and line.count(verb) > 1 and _begun(line, table):
        for found in _AGAIN.finditer(line):
            if found[1] == verb and line[start : found.start()].strip():
                yield line[start : found.start()]
                start = found.end()
    yield line[start:]


def _is_heading(lines: list[str], at: int) -> bool:
    return fold(lines[at]).strip(" \t:*_#.-") in _HEADINGS


class Begun(NamedTuple):
    """What follows ACTION, and whether it is set apart from the words."""

    words: str
    sure: bool


def _begun(line: str, table: Spellings, listed: bool = False) -> Begun | None:
    """None where the line is no action. In the middle of a sentence the verb is a word like any other."""
    marked = _MARK.match(line)
    own = line[marked.end() :] if marked else line
    read = read_line(own)
    if not read.tokens:
        return None
    statement = read_statement(read, table, start=0, alone=True)
    if statement is None or statement.verb is not Verb.ACTION:
        return Begun(own, True) if listed and _PARTED.match(own) else None
    if not statement.words:
        return None
    return Begun(statement.words, statement.plain or bool(_PARTED.match(statement.words)))


def _goes_on(line: str, following: str, words: str, today: date, table: Spellings) -> bool:
    """Whether the next line is what a mail program broke off this one, or what this one lacks."""
    first = following.strip().split(" ", 1)[0]
    if not first or find_day(words, today) is not None or _begun(following, table):
        return False
    if len(line.rstrip()) + 1 + len(first) > WRAP or words.rstrip().endswith(":"):
        return True
    day = find_day(following, today)
    return day is not None and not _tidy(f"{following[: day.start]} {following[day.end :]}")


def _read(line: str, words: str, today: date, month_first: bool, sure: bool) -> ActionLine:
    words = _EMPHASIS.sub("", words)
    parted = _PARTED.match(words)
    name, what = (parted[1], parted[2]) if parted else ("", words)
    if parted and not (name := name[_end(_ITEM, name) :]):
        what = parted[2]
    if len(name.split()) > 6 or (parted and name and not any(char.isalpha() for char in name)):
        name, what = "", words
    day = find_day(what, today, month_first=month_first)
    if day is not None:
        what = f"{what[: day.start]} {what[day.end :]}"
    name = _BRACKETED.sub(" ", name).strip(" \t@.,;\"'*_")[:LONGEST_NAME]
    what = _tidy(what) if name else _tidy(what, leading=False)
    return ActionLine(line.strip(), name, what, day.day if day else None, sure)


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _tidy(what: str, *, leading: bool = True) -> str:
    """Without the marks and spaces that the name and the day have left."""
    what = " ".join(what.split()).strip(" ,;:.-–—*_").removesuffix("(").removesuffix("[").strip(" ,;:.-–—")
    return _LEADING.sub("", what, count=1) if leading and _LEADING.match(what) else what
