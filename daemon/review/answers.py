"""What people answered in the review: by person, word for word, and by question where they numbered their answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.core.events import ReviewAnswered
from daemon.review.record import Record


@dataclass(frozen=True, slots=True)
class Answer:
    """`attachments` are names and sizes; the message itself is in the export."""

    name: str
    at: datetime
    words: str
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByQuestion:
    """One question, numbered from 1, and what each person wrote under it."""

    number: int
    question: str
    answers: tuple[tuple[str, str], ...]


_NUMBERED = re.compile(r"^[ \t>*]*(?:Q(?:uestion)?\s*)?(\d{1,2})\s*[.):\-–]\s*(.*)$", re.IGNORECASE)


def answers(record: Record) -> tuple[Answer, ...]:
    """In the order in which they came."""
    return tuple(
        Answer(record.name(event.by), event.at, event.words, event.attachments)
        for event in record.events
        if isinstance(event, ReviewAnswered)
    )


def by_question(questions: Sequence[str], given: Sequence[Answer]) -> tuple[ByQuestion, ...]:
    """Of the questions to which somebody wrote something in its place: under its number, or under its own words."""
    found: dict[int, list[tuple[str, str]]] = {}
    for answer in given:
        for number, words in _parts(answer.words, questions):
            if words:
                found.setdefault(number, []).append((answer.name, words))
    return tuple(ByQuestion(number, questions[number - 1], tuple(those)) for number, those in sorted(found.items()))


def _parts(words: str, questions: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What stands under each question, up to the next; what stands before the first is under none.

    Numbers that do not go up are somebody's own list, under the question before.
    """
    number, held = 0, list[str]()
    for line in words.splitlines():
        next_one, rest = _heading(line, questions)
        if number < next_one <= len(questions):
            if number:
                yield number, "\n".join(held).strip()
            number, held = next_one, [rest] if rest else []
        else:
            held.append(line)
    if number:
        yield number, "\n".join(held).strip()


def _heading(line: str, questions: Sequence[str]) -> tuple[int, str]:
    """The question that a line stands for and what it says beside it; 0 for any other line."""
    numbered = _NUMBERED.match(line)
    number, rest = (int(numbered[1]), numbered[2].strip()) if numbered else (0, line.strip(" \t>*"))
    for place, question in enumerate(questions, 1):
        if rest.casefold().startswith(question.strip().casefold()):
            return place, rest[len(question.strip()) :].strip()
    return number, rest
