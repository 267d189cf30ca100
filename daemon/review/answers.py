"""What people answered in the review: by person, word for word, and by question where they numbered their answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.core.events import ReviewAnswered
from daemon.core.kinds import Kind
from daemon.render.catalog import load
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


_NUMBERED = re.compile(r"^[ \t>*]*(?:[QFP](?:uestion|rage|regunta)?\s*)?(\d{1,2})\s*[.):\-–]\s*(.*)$", re.IGNORECASE)

_FACTORS = re.compile(
    r"contribu|cause|bijgedragen|bijdroeg|oorzaak|beigetragen|beitrug|ursache|contribuy|causa", re.IGNORECASE
)
"""Words of a question about what contributed, in the languages that there are."""

Asked = tuple[tuple[str, ...], ...]
"""The questions, in the organization's language first; then the same ones as others may have got them."""


def asked(record: Record) -> Asked:
    """As they were asked, where the organization has its own; else those of each language, as they are now."""
    of_kind = (one.notice for one in reversed(record.history.sent) if one.notice.kind is Kind.REVIEW_QUESTIONS)
    own = next((notice.content.questions for notice in of_kind), ()) or record.configuration.procedure.review.questions
    if own:
        return (own,)
    catalogs = load(record.configuration.templates)
    language = record.configuration.settings.organization.language.lower()
    first = next((name for name in (language, language.partition("-")[0]) if name in catalogs), "en")
    forms = [catalogs[name].questions() for name in (first, *sorted(set(catalogs) - {first}))]
    return tuple(form for form in forms if len(form) == len(forms[0]))


def answers(record: Record) -> tuple[Answer, ...]:
    """In the order in which they came."""
    return tuple(
        Answer(record.name(event.by), event.at, event.words, event.attachments)
        for event in record.events
        if isinstance(event, ReviewAnswered)
    )


def by_question(forms: Asked, given: Sequence[Answer]) -> tuple[ByQuestion, ...]:
    """Of the questions to which somebody wrote something in its place: under its number, or under its own words."""
    found: dict[int, list[tuple[str, str]]] = {}
    for answer in given:
        for number, words in _parts(answer.words, forms):
            if words:
                found.setdefault(number, []).append((answer.name, words))
    return tuple(ByQuestion(number, forms[0][number - 1], tuple(those)) for number, those in sorted(found.items()))


def about_factors(questions: Sequence[str], answered: Sequence[ByQuestion]) -> tuple[tuple[str, str], ...]:
    """Who said what contributed: under the first question that asks for it."""
    number = next((n for n, question in enumerate(questions, 1) if _FACTORS.search(question)), 0)
    return next((one.answers for one in answered if one.number == number), ())


def _parts(words: str, forms: Asked) -> Iterator[tuple[int, str]]:
    """What stands under each question, up to the next; what stands before the first is under none.

    Numbers that do not go up are somebody's own list, under the question before.
    """
    number, held = 0, list[str]()
    for line in words.splitlines():
        next_one, rest = _heading(line, forms)
        if number < next_one <= len(forms[0]):
            if number:
                yield number, "\n".join(held).strip()
            number, held = next_one, [rest] if rest else []
        else:
            held.append(line)
    if number:
        yield number, "\n".join(held).strip()


def _heading(line: str, forms: Asked) -> tuple[int, str]:
    """The question that a line stands for and what it says beside it; 0 for any other line."""
    numbered = _NUMBERED.match(line)
    number, rest = (int(numbered[1]), numbered[2].strip()) if numbered else (0, line.strip(" \t>*"))
    for questions in forms:
        for place, question in enumerate(questions, 1):
            if rest.casefold().startswith(question.casefold()):
                return place, rest[len(question) :].strip()
    return number, rest
