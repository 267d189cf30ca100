"""What people answered, what contributed, and what is to be done."""

from collections.abc import Iterator

from daemon.document.model import Block, Facts, Folded, Gap, Paragraph, Points, Quote, Section, Strong, Table, Words
from daemon.document.words import sentence
from daemon.render.plain import clean, line
from daemon.review.sections.moments import clock, day
from daemon.review.values import ActionLine, Report


def answers(report: Report) -> Iterator[Block]:
    meeting = report.meeting
    if meeting is None and not report.answers:
        yield Paragraph("There is no review: nobody was asked.")
        return
    if report.questions:
        yield Points(tuple(line(question, 500) for question in report.questions), numbered=True)
    for one in report.by_question:
        yield Section(
            f"{one.number}. {line(one.question)}",
            (Facts(tuple((line(name), _verbatim(words)) for name, words in one.answers)),),
        )
    for answer in report.answers:
        blocks: list[Block] = [Quote(f"{line(answer.name)}, {clock(report, answer.at)}", clean(answer.words))]
        if answer.attachments:
            blocks.append(Paragraph(f"Attached: {sentence(line(name) for name in answer.attachments)}."))
        yield (
            Folded(f"{line(answer.name)}, word for word", tuple(blocks))
            if report.by_question
            else Section(line(answer.name), tuple(blocks))
        )
    if meeting and meeting.waiting:
        yield Gap(f"Not answered yet: {sentence(line(name) for name in meeting.waiting)}.")


def _verbatim(words: str) -> str:
    return line(words, 4000)


def factors(report: Report) -> Iterator[Block]:
    if report.said_factors:
        yield Section(
            "What people said",
            (Facts(tuple((line(name), _verbatim(words)) for name, words in report.said_factors)),),
        )
    if report.record_factors:
        yield Section("What the record shows", (Points(report.record_factors),))
    if not report.said_factors and not report.record_factors:
        yield Paragraph("The record shows none: nothing was late, missed, silent or down.")


def actions(report: Report) -> Iterator[Block]:
    if not report.actions:
        yield Paragraph("None has been agreed.")
        return
    yield Table(("no.", "what", "owner", "due", "state"), tuple(_action(report, one) for one in report.actions))


def _action(report: Report, one: ActionLine) -> tuple[Words, ...]:
    state: Words = f"done {clock(report, one.done)}" if one.done else Strong("overdue") if one.overdue else "open"
    return str(one.number), line(one.what, 1000), Strong(line(one.owner)), day(one.due), state
