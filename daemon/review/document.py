"""The report as a document for people: what is asked first stands first, what is looked up is folded at the end."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from config.types import Detail
from daemon.core.model import SeatStatus, Status
from daemon.document.model import (
    Block,
    Code,
    Document,
    Example,
    Facts,
    Folded,
    Gap,
    Paragraph,
    Picture,
    Points,
    Quote,
    Section,
    Strong,
    Table,
    Words,
)
from daemon.document.words import DEPTHS, channel, counted, lasting, sentence
from daemon.render.plain import clean, line
from daemon.review.delivery import FEW, Evidence
from daemon.review.drawing import NEEDS
from daemon.review.figures import Figure, Measure
from daemon.review.messages import Message
from daemon.review.responders import Responder
from daemon.review.values import ActionLine, Report
from daemon.review.words import many, named, times

MARK = "Confidential: for those who take part in the review"

STATUS: Mapping[Status, str] = {
    Status.PROPOSED: "proposed, not decided yet",
    Status.REJECTED: "rejected: not a major incident",
    Status.ACCEPTED: "a major incident, not over yet",
    Status.RESOLVED: "resolved, in review",
    Status.CANCELED: "canceled",
    Status.REVIEWED: "resolved, and its review is closed",
}

MEASURES: Mapping[Measure, str] = {
    Measure.DECIDE: "to decide",
    Measure.FIRST_NOTICE: "to the first notice",
    Measure.TEAM: "to a whole team",
    Measure.RESOLVE: "to the all-clear",
}

ANSWERS: Mapping[SeatStatus, str] = {
    SeatStatus.ASKED: "no answer yet",
    SeatStatus.JOINED: "joined",
    SeatStatus.DECLINED: "declined",
    SeatStatus.SILENT: "did not answer in time",
    SeatStatus.LEFT: "left",
    SeatStatus.RELEASED: "released",
    SeatStatus.SPARED: "not needed: enough had joined",
}

NONE = "–"


def document(report: Report, pictures: tuple[Picture, ...] | None) -> Document:
    """`pictures` is None where they could not be drawn."""
    shown = {picture.name: picture for picture in pictures or ()}
    sections = (
        Section("Overview", tuple(_overview(report, shown, missing=pictures is None))),
        Section("Impact", tuple(_impact(report))),
        Section("What happened", tuple(_timeline(report))),
        Section("Responders", tuple(_responders(report))),
        Section("How we did", tuple(_figures(report, shown))),
        Section("Delivery evidence", tuple(_delivery(report, shown))),
        Section("Answers", tuple(_answers(report))),
        Section("Contributing factors", tuple(_factors(report))),
        Section("Actions", tuple(_actions(report))),
        Section("Appendix: every message sent", tuple(_messages(report))),
    )
    return Document(
        f"{report.number}: {line(report.title) or 'no title'}",
        f"{_sort(report)} of {report.organization}. Written {_moment(report, report.written)}.",
        sections,
        mark=MARK,
    )


def _sort(report: Report) -> str:
    what = "Roll call" if report.roll_call else "Report of a drill" if report.drill else "Post-incident review"
    return what if report.over else f"{what} (not over yet)"


def _moment(report: Report, when: datetime) -> str:
    return f"{when.astimezone(report.zone):%A %d %B %Y %H:%M} ({report.zone.key})"


def _clock(report: Report, when: datetime) -> str:
    """Local, with the day where it is not the first one."""
    there = when.astimezone(report.zone)
    same = there.date() == report.started.astimezone(report.zone).date()
    return f"{there:%H:%M:%S}" if same else f"{there:%d %b %H:%M:%S}"


def _span(span: timedelta | None) -> str:
    """Below a minute in seconds, else in minutes and more."""
    return NONE if span is None else lasting(span) if span else "0 seconds"


def _overview(report: Report, pictures: Mapping[str, Picture], *, missing: bool) -> Iterator[Block]:
    if report.drill:
        yield Gap("This was an exercise: nothing had failed. Every message said so.")
    if not report.over:
        yield Gap("It is not over yet: figures and evidence are as of now.")
    in_charge = [f"{one.name or 'nobody'} ({one.how} {_clock(report, one.since)})" for one in report.in_charge]
    rows: list[tuple[str, Words]] = [
        ("Status", STATUS[report.status] if not report.drill else str(report.status)),
        ("Services", sentence(report.services) or "none was named"),
        ("Began", _moment(report, report.started)),
        ("Ended", _moment(report, report.ended) if report.ended else "not yet"),
        ("Lasted", _span(report.lasted) + (_stretches(report))),
        ("Proposed by", line(report.proposer)),
        ("In charge", "; ".join(in_charge) or "nobody"),
    ]
    if report.last_words:
        rows.append(("Last words", line(report.last_words, 2000)))
    if report.reason:
        rows.append(("Reason", line(report.reason, 2000)))
    if report.confidential:
        rows.append(("Kept to", "those on the named lists: it is a confidential incident"))
    if report.meeting:
        rows += _review(report)
    yield Facts(tuple(rows))
    if "incident" in pictures:
        yield pictures["incident"]
    elif missing:
        yield Gap(f"There are no pictures here: {NEEDS}.")


def _stretches(report: Report) -> str:
    again = len(report.figures) - 1
    return f", brought back {times(again)}" if again > 0 else ""


def _review(report: Report) -> Iterator[tuple[str, Words]]:
    meeting = report.meeting
    assert meeting is not None
    yield "Review owner", line(meeting.owner) or "nobody"
    closed = f"closed {_moment(report, meeting.closed)}" if meeting.closed else f"due {_moment(report, meeting.due)}"
    yield "Review", f"meets {_moment(report, meeting.meets)}; {closed}"
    comes = [f"{name}: {came}" for name, came in meeting.attendance]
    if comes:
        yield "Invitation", "; ".join(comes)


def _impact(report: Report) -> Iterator[Block]:
    said = [line(words, 2000) for words in report.impacts]
    yield Paragraph(" ".join(said) or "The affected services have no configured sentence about their impact.")
    rows: list[tuple[str, Words]] = []
    if report.proposed_impact:
        rows.append(("As proposed", line(report.proposed_impact, 2000)))
    if report.details:
        rows.append(("Details", line(report.details, 2000)))
    rows += [
        ("Told", f"{many(report.told)} {'person' if report.told == 1 else 'people'} of the audiences"),
        ("Wrote back", counted(report.replies, "reply", "replies") + " without a verb"),
    ]
    yield Facts(tuple(rows))


def _timeline(report: Report) -> Iterator[Block]:
    zone = report.zone.key
    yield Paragraph(f"Each thing that was written down, as it happened; local times are those of {zone}.")
    moved = len({one.at.astimezone(report.zone).utcoffset() for one in report.timeline}) > 1
    rows: list[tuple[Words, ...]] = []
    before: datetime | None = None
    for one in report.timeline:
        there = one.at.astimezone(report.zone)
        local = f"{there:%H:%M:%S}" + (f" {there:%z}" if moved else "")
        rows.append((_dated(one.at, before), _dated(there, before and before.astimezone(report.zone), local), one.text))
        before = one.at
    yield Table(("UTC", "local", "what happened"), tuple(rows))


def _dated(when: datetime, before: datetime | None, shown: str = "") -> str:
    """With its day where that is another one than the line before has."""
    clock = shown or f"{when:%H:%M:%S}"
    return clock if before is not None and before.date() == when.date() else f"{when:%a %d %b} {clock}"


def _responders(report: Report) -> Iterator[Block]:
    if not report.responders:
        yield Paragraph("No engineer was called.")
        return
    yield Table(
        ("who", "discipline", "asked", "joined", "after", "left", "came to"),
        tuple(_responder(report, one) for one in report.responders),
    )


def _responder(report: Report, one: Responder) -> tuple[Words, ...]:
    words = f"{ANSWERS[one.answer]}" + (f": {line(one.words)}" if one.words else "")
    return (
        Strong(line(one.who)),
        one.discipline or "by name",
        _clock(report, one.asked) if one.asked else NONE,
        _clock(report, one.joined) if one.joined else NONE,
        _span(one.waited),
        _clock(report, one.left) if one.joined and one.left else NONE,
        words,
    )


def _figures(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Block]:
    what = "drill" if report.drill else "incident"
    before = f"the {what} before it" if report.past == 1 else f"the median of the last {counted(report.past, what)}"
    yield Paragraph(
        f"Beside each time its target in the procedure, and {before}."
        if report.past
        else "Beside each time its target in the procedure. There is nothing before it to compare with."
    )
    for place, measured in enumerate(report.figures):
        table = Table(
            ("time", "it took", "target", "the last ones' median", "verdict"),
            tuple(_figure(figure) for figure in measured.figures),
        )
        if len(report.figures) == 1:
            yield table
        else:
            again = f"Brought back {_clock(report, measured.stretch.start.at)}"
            yield Section("As proposed" if not place else again, (table,))
    yield from _pace(report, pictures)


def _figure(figure: Figure) -> tuple[Words, ...]:
    took = figure.took
    if took.span is None:
        said, verdict = f"{NONE} ({took.why})", NONE
    else:
        said = f"{_span(took.span)} so far" if took.running else _span(took.span)
        met: Words = (
            NONE if figure.target is None else Strong("over the target") if figure.over else "within the target"
        )
        verdict = "still running" if took.running and not figure.over else met  # type: ignore[assignment]
    before = f"{_span(figure.before)} (of {figure.of})" if figure.before is not None else NONE
    return MEASURES[took.measure], said, _span(figure.target), before, verdict


def _pace(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Block]:
    if not report.paces:
        return
    rows: list[tuple[Words, ...]] = [
        (
            Strong(one.audience),
            _span(one.promised),
            str(one.told),
            _span(one.median),
            _span(one.longest),
            str(one.kept),
            str(one.late),
            Strong(str(one.missed)) if one.missed else "0",
        )
        for one in report.paces
    ]
    yield Section(
        "Updates against their promise",
        (
            Table(
                ("audience", "promised every", "notices", "median gap", "longest gap", "in time", "late", "missed"),
                tuple(rows),
            ),
            *((pictures["updates"],) if "updates" in pictures else ()),
        ),
    )


def _delivery(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Block]:
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
    return f"{_clock(report, one.at)} {named(one.kind)}{to}{those}"


def _evidence(report: Report, one: Evidence) -> Iterator[tuple[Words, ...]]:
    name: Words = Strong(_notice(report, one))
    people = many(one.people)
    for by in one.channels:
        yield (
            name,
            people,
            channel(by.channel),
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


def _answers(report: Report) -> Iterator[Block]:
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
        blocks: list[Block] = [Quote(f"{line(answer.name)}, {_clock(report, answer.at)}", clean(answer.words))]
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


def _factors(report: Report) -> Iterator[Block]:
    if report.said_factors:
        yield Section(
            "What people said",
            (Facts(tuple((line(name), _verbatim(words)) for name, words in report.said_factors)),),
        )
    if report.record_factors:
        yield Section("What the record shows", (Points(report.record_factors),))
    if not report.said_factors and not report.record_factors:
        yield Paragraph("The record shows none: nothing was late, missed, silent or down.")


def _actions(report: Report) -> Iterator[Block]:
    if not report.actions:
        yield Paragraph("None has been agreed.")
        return
    yield Table(("no.", "what", "owner", "due", "state"), tuple(_action(report, one) for one in report.actions))


def _action(report: Report, one: ActionLine) -> tuple[Words, ...]:
    state: Words = f"done {_clock(report, one.done)}" if one.done else Strong("overdue") if one.overdue else "open"
    return str(one.number), line(one.what, 1000), Strong(line(one.owner)), f"{one.due:%A %d %B %Y}", state


def _messages(report: Report) -> Iterator[Block]:
    yield Paragraph(
        "As the first reader in each language got it, written again from the record; without PINs and telephone "
        "numbers of bridges. The messages themselves, byte for byte, are in the export: ",
    )
    yield Paragraph(Code(f"murphyd review {report.number} --export FILE.zip"))
    for one in report.messages:
        yield _message(report, one)


def _message(report: Report, one: Message) -> Folded:
    audience = any(pace.audience == one.whom for pace in report.paces)
    depth = f", {DEPTHS[one.detail]}" if audience and one.detail is Detail.PUBLIC else ""
    by = ", ".join(f"{channel(name)} {count}" for name, count in one.channels) or "nobody reached"
    title = (
        f"{_clock(report, one.at)} {named(one.kind)} to {line(one.whom)}: "
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
