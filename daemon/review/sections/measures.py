"""How long things took, beside target and past, and whether updates came as promised."""

from collections.abc import Iterator, Mapping

from daemon.document.model import Block, Paragraph, Picture, Section, Strong, Table, Words
from daemon.document.words import counted
from daemon.review.figures import Figure, Measure
from daemon.review.sections.moments import NONE, clock, span
from daemon.review.values import Report

MEASURES: Mapping[Measure, str] = {
    Measure.DECIDE: "to decide",
    Measure.FIRST_NOTICE: "to the first notice",
    Measure.TEAM: "to a whole team",
    Measure.RESOLVE: "to the all-clear",
}


def figures(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Block]:
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
            again = f"Brought back {clock(report, measured.stretch.start.at)}"
            yield Section("As proposed" if not place else again, (table,))
    yield from _pace(report, pictures)


def _figure(figure: Figure) -> tuple[Words, ...]:
    took = figure.took
    if took.span is None:
        said, verdict = f"{NONE} ({took.why})", NONE
    else:
        said = f"{span(took.span)} so far" if took.running else span(took.span)
        met: Words = (
            NONE if figure.target is None else Strong("over the target") if figure.over else "within the target"
        )
        verdict = "still running" if took.running and not figure.over else met  # type: ignore[assignment]
    before = f"{span(figure.before)} (of {figure.of})" if figure.before is not None else NONE
    return MEASURES[took.measure], said, span(figure.target), before, verdict


def _pace(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Block]:
    if not report.paces:
        return
    rows: list[tuple[Words, ...]] = [
        (
            Strong(one.audience),
            span(one.promised),
            str(one.told),
            span(one.median),
            span(one.longest),
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
