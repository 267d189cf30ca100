"""Answers written between the lines of a message of ours that is quoted, whether its lines are marked or not.

Outlook marks no quoted line, so that what was written between them seems quoted too; we know what we have sent. Total,
and linear in the text but for a search of each line in what was sent.
"""

from collections.abc import Sequence

from parsers.reply import MAX_LINE, MAX_LINES

ENOUGH = 2
"""So many of our lines, near each other, are a quotation of ours."""

NEAR = 15

WRAPPED = 20
"""A line of so many characters may be a part of a longer one of ours; a shorter one must be the whole of one."""

_MARKS = "> \t|＞"
_BULLETS = "-*•·– \t"


def between(text: str, visible: str, sent: str) -> str:
    """What the person wrote, each run of answers behind the question (marked "> ") below which it stands.

    `text` is the whole decoded text, `visible` what was found to be the person's words, `sent` our message's text.
    `visible` where nothing was written between our lines.
    """
    lines = [line[:MAX_LINE] for line in text.split("\n")[:MAX_LINES]]
    ours = _Ours(sent)
    own = [ours.has(line, lines[at - 1] if at else "") for at, line in enumerate(lines)]
    start = _first(own)
    if start < 0:
        return visible
    last = max(at for at, mine in enumerate(own) if mine)
    written = [at for at in range(start, last) if _is_answer(lines, own, at)]
    if not written:
        return visible
    inside = {lines[at].strip() for at in written}
    above = "\n".join(line for line in visible.split("\n") if line.strip() not in inside).strip()
    return "\n\n".join(filter(None, (above, _answers(lines, own, ours, start, written))))


class _Ours:
    """The lines of what was sent, however a program wraps, marks and spaces them."""

    def __init__(self, sent: str) -> None:
        self._lines = {_plain(line) for line in sent.split("\n")} - {""}
        self._whole = " ".join(_plain(line) for line in sent.split("\n"))
        self._each = "\n".join(_plain(line) for line in sent.split("\n"))

    def has(self, line: str, before: str) -> bool:
        plain = _plain(line)
        if not plain or plain in self._lines:
            return bool(plain)
        wrapped = f"{_plain(before)} {plain}"
        return (len(plain) >= WRAPPED and plain in self._whole) or (len(wrapped) >= WRAPPED and wrapped in self._whole)

    def goes_on(self, before: str, line: str) -> bool:
        """Whether a program broke one line of ours into these two."""
        return f"{_plain(before)} {_plain(line)}" in self._each


def _plain(line: str) -> str:
    return " ".join(line.strip(_MARKS).strip(_BULLETS).casefold().split())


def _first(own: Sequence[bool]) -> int:
    """Where the quotation of ours begins; -1 where there is none."""
    for at, mine in enumerate(own):
        if mine and sum(own[at : at + NEAR]) >= ENOUGH:
            return at
    return -1


def _is_answer(lines: Sequence[str], own: Sequence[bool], at: int) -> bool:
    """Neither ours nor anybody else's, who is quoted by a mark."""
    text = lines[at].strip()
    return bool(text) and not own[at] and text[0] not in _MARKS and any(char.isalnum() for char in text)


def _answers(lines: Sequence[str], own: Sequence[bool], ours: _Ours, start: int, written: Sequence[int]) -> str:
    out: list[str] = []
    question = ""
    here = set(written)
    for at in range(start, len(lines)):
        if own[at]:
            line = lines[at].strip(_MARKS)
            question = f"{question} {line}" if question and ours.goes_on(question, line) else line
        elif at in here:
            if question:
                out += ["", f"> {question}"]
                question = ""
            out.append(lines[at].strip())
    return "\n".join(out).strip()
