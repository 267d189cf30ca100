"""Delivery evidence by notice and channel, and every message sent."""

from collections.abc import Iterator, Mapping

from config.types import Detail
from daemon.document.model import Block, Code, Example, Folded, Paragraph, Picture, Section, Strong, Table, Words
from daemon.document.words import DEPTHS, channel, counted
from daemon.render.plain import line
from daemon.review.delivery import FEW, Evidence
from daemon.review.messages import Message
from daemon.review.sections.moments import clock
from daemon.review.values import Report
from daemon.review.words import many, named

UNBROKEN = "\N{NO-BREAK SPACE}"


def delivery(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Block]:
    yield Paragraph(
        "Seconds are from when a notice was handed to its channels. Delivered are those with a receipt, or who "
        "answered; a mail has none, so it is sent. Fell back: reached by a later rung of the ladder than their first."
    )
    if "delivery" in pictures:
        yield pictures["delivery"]
    broad = [one for one in report.evidence if one.audience or one.people > FEW * one.notices]
    for title, those in (
        ("To audiences and groups", broad),
        ("To a few people each, by kind", [one for one in report.evidence if one not in broad]),
    ):
        rows = [row for one in those for row in _evidence(report, one)]
        if rows:
            head = (
                "notice",
                "people",
                "channel",
                "sent",
                "delivered",
                "answered",
                "fell back",
                "seconds: median / 90% / worst",
            )
            yield Section(title, (Table(head, tuple(rows)),))
    if not report.evidence:
        yield Paragraph("Nothing was sent.")
    missing = [(one, why) for one in report.evidence for why in one.reasons]
    if missing:
        yield Section(
            "Not reached",
            (
                Table(
                    ("notice", "people", "why"),
                    tuple((_notice(report, one), many(count), line(why)) for one, (why, count) in missing),
                ),
            ),
        )


def _notice(report: Report, one: Evidence) -> str:
    to = f" to {one.audience}" if one.audience else ""
    those = f" ({one.notices})" if one.notices > 1 else ""
    return f"{clock(report, one.at)} {named(one.kind)}{to}{those}"


def _evidence(report: Report, one: Evidence) -> Iterator[tuple[Words, ...]]:
    name: Words = Strong(_notice(report, one))
    people = many(one.people)
    for by in one.channels:
        yield (
            name,
            people,
            channel(by.channel).replace(" ", UNBROKEN, 1),
            many(by.people),
            many(by.delivered),
            many(by.acknowledged),
            many(by.fallen_back),
            f"{by.median} / {by.p90} / {by.worst}",
        )
        name, people = "", ""
    for count, words in (
        (one.unreached, "not reached"),
        (one.stopped, "not needed any more"),
        (one.under_way, "under way"),
    ):
        if count:
            yield (name, people, Strong(words) if words == "not reached" else words, many(count), *("",) * 4)
            name, people = "", ""


def messages(report: Report) -> Iterator[Block]:
    yield Paragraph(
        "As the first reader in each language got it, written again from the record; without PINs and telephone "
        "numbers of bridges. The messages themselves, byte for byte, are in the export:",
    )
    yield Paragraph(Code(f"murphyd review {report.number} --export FILE.zip"))
    for one in report.messages:
        yield _message(report, one)


def _message(report: Report, one: Message) -> Folded:
    audience = any(pace.audience == one.whom for pace in report.paces)
    depth = f", {DEPTHS[one.detail]}" if audience and one.detail is Detail.PUBLIC else ""
    by = ", ".join(f"{channel(name)} {count}" for name, count in one.channels) or "nobody reached"
    title = (
        f"{clock(report, one.at)} {named(one.kind)} to {line(one.whom)}: "
        f"{counted(one.people, 'person', 'people')} ({one.language}{depth}; {by})"
    )
    blocks: list[Block] = []
    if one.text:
        blocks.append(Example("Email", one.subject, one.text, one.language))
    if one.short:
        blocks.append(Example("Text message", "", one.short, one.language))
    if one.like:
        blocks.append(Paragraph(f"And {counted(one.like, 'more notice')} of this kind, each to a few people."))
    return Folded(title, tuple(blocks))
