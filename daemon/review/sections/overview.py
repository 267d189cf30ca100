"""What it was, what it meant, what happened, and who came: the sections that are read first."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from daemon.core.model import SeatStatus, Status
from daemon.document.model import Block, Facts, Gap, Paragraph, Picture, Strong, Table, Words
from daemon.document.words import counted, sentence
from daemon.render.plain import line
from daemon.review.drawing import NEEDS
from daemon.review.responders import Responder
from daemon.review.sections.moments import NONE, clock, moment, span
from daemon.review.values import Report
from daemon.review.words import many, times

STATUS: Mapping[Status, str] = {
    Status.PROPOSED: "proposed, not decided yet",
    Status.REJECTED: "rejected: not a major incident",
    Status.ACCEPTED: "a major incident, not over yet",
    Status.RESOLVED: "resolved, in review",
    Status.CANCELED: "canceled",
    Status.REVIEWED: "resolved, and its review is closed",
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


def overview(report: Report, pictures: Mapping[str, Picture], *, missing: bool) -> Iterator[Block]:
    if report.drill:
        yield Gap("This was an exercise: nothing had failed. Every message said so.")
    if not report.over:
        yield Gap("It is not over yet: figures and evidence are as of now.")
    in_charge = [f"{one.name or 'nobody'} ({one.how} {clock(report, one.since)})" for one in report.in_charge]
    rows: list[tuple[str, Words]] = [
        ("Status", STATUS[report.status] if not report.drill else str(report.status)),
        ("Services", sentence(report.services) or "none was named"),
        ("Began", moment(report, report.started)),
        ("Ended", moment(report, report.ended) if report.ended else "not yet"),
        ("Lasted", span(report.lasted) + (_stretches(report))),
        ("Proposed by", line(report.proposer)),
        ("In charge", "; ".join(in_charge) or "nobody"),
    ]
    if report.last_words:
        rows.append(("Last word", line(report.last_words, 2000)))
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
    closed = f"closed {moment(report, meeting.closed)}" if meeting.closed else f"due {moment(report, meeting.due)}"
    yield "Review", f"meets {moment(report, meeting.meets)}; {closed}"
    comes = [f"{name}: {came}" for name, came in meeting.attendance]
    if comes:
        yield "Invitation", "; ".join(comes)


def impact(report: Report) -> Iterator[Block]:
    said = [line(words, 2000) for words in report.impacts]
    yield Paragraph(" ".join(said) or "The affected services have no configured sentence about their impact.")
    rows: list[tuple[str, Words]] = []
    if report.proposed_impact:
        rows.append(("As proposed", line(report.proposed_impact, 2000)))
    if report.details:
        rows.append(("Details", line(report.details, 2000)))
    rows += [
        ("Told", f"{_people(report.told)} of the audiences"),
        ("Wrote back", counted(report.replies, "reply", "replies") + " without a verb" if report.replies else "nobody"),
    ]
    yield Facts(tuple(rows))


def _people(count: int) -> str:
    return f"{many(count)} {'person' if count == 1 else 'people'}" if count else "nobody"


def timeline(report: Report) -> Iterator[Block]:
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


def responders(report: Report) -> Iterator[Block]:
    if not report.responders:
        yield Paragraph("No engineer was called.")
        return
    yield Table(
        ("who", "discipline", "asked", "joined", "after", "left", "came to"),
        tuple(_responder(report, one) for one in report.responders),
    )


def _responder(report: Report, one: Responder) -> tuple[Words, ...]:
    waits = one.answer is SeatStatus.ASKED and report.over
    words = "no answer before it was over" if waits else ANSWERS[one.answer]
    words += f": {line(one.words)}" if one.words else ""
    return (
        Strong(line(one.who)),
        one.discipline or "by name",
        clock(report, one.asked) if one.asked else NONE,
        clock(report, one.joined) if one.joined else NONE,
        span(one.waited),
        clock(report, one.left) if one.joined and one.left else NONE,
        words,
    )
