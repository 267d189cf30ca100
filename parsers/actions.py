"""Lines "ACTION name: what by date", wherever they stand in what a person wrote. Quoted lines are not given to it.

Total, and linear in the text. Nothing is guessed: a part that cannot be told is missing from the value.
"""

import re
from datetime import date

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
_PARTED = re.compile(r"\s*([^:]{1,100}?)\s*(?::|\s[–—-]\s)\s*(.*)", re.DOTALL)
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
    """The lines ACTION of `text`, as seen on `today` by whoever wrote them; and the text without them."""
    table = spellings(verbs)
    found: list[ActionLine] = []
    rest: list[str] = []
    lines = text.split("\n")
    at, listing = 0, False
    while at < len(lines):
        words = _words(lines[at], table, listing) if len(found) < MOST else None
        listing = (listing and bool(lines[at].strip())) or _is_heading(lines, at)
        if words is None:
            rest.append(lines[at])
            at += 1
            continue
        line = lines[at].strip()
        at += 1
        while at < len(lines) and _goes_on(lines[at - 1], lines[at], words, today, table):
            words, line = f"{words} {lines[at].strip()}", f"{line} {lines[at].strip()}"
            at += 1
        read = _read(line, words, today, month_first)
        if read.due is not None or fold(read.name) not in _OURS:
            found.append(read)
    return tuple(found), "\n".join(rest).strip()


def _is_heading(lines: list[str], at: int) -> bool:
    return fold(lines[at]).strip(" \t:*_#.-") in _HEADINGS


def _words(line: str, table: Spellings, listed: bool = False) -> str | None:
    """What follows ACTION; None where the line is none. In the middle of a sentence it is a word like any other."""
    marked = _MARK.match(line)
    own = line[marked.end() :] if marked else line
    read = read_line(own)
    if not read.tokens:
        return None
    statement = read_statement(read, table, start=0, alone=True)
    if statement is None or statement.verb is not Verb.ACTION:
        return own if listed and _PARTED.match(own) else None
    if not statement.words:
        return None
    return statement.words if statement.plain or _PARTED.match(statement.words) else None


def _goes_on(line: str, following: str, words: str, today: date, table: Spellings) -> bool:
    """Whether the next line is what a mail program broke off this one."""
    first = following.strip().split(" ", 1)[0]
    if not first or find_day(words, today) is not None:
        return False
    return len(line.rstrip()) + 1 + len(first) > WRAP and _words(following, table) is None


def _read(line: str, words: str, today: date, month_first: bool) -> ActionLine:
    parted = _PARTED.match(words)
    name, what = (parted[1], parted[2]) if parted else ("", words)
    if len(name.split()) > 6 or (parted and not any(char.isalpha() for char in name)):
        name, what = "", words
    day = find_day(what, today, month_first=month_first)
    if day is not None:
        what = f"{what[: day.start]} {what[day.end :]}"
    name = _BRACKETED.sub(" ", name).strip(" \t@.,;\"'*_")[:LONGEST_NAME]
    return ActionLine(line.strip(), name, _tidy(what) if name else _tidy(what, leading=False), day.day if day else None)


def _tidy(what: str, *, leading: bool = True) -> str:
    """Without the marks and spaces that the name and the day have left."""
    what = " ".join(what.split()).strip(" ,;:.-–—*_")
    return _LEADING.sub("", what, count=1) if leading and _LEADING.match(what) else what
