"""The report as a document for people: what is asked first stands first, what is looked up is folded at the end."""

from daemon.document.model import Document, Picture, Section
from daemon.render.plain import line
from daemon.review.sections.evidence import delivery, messages
from daemon.review.sections.learning import actions, answers, factors
from daemon.review.sections.measures import figures
from daemon.review.sections.moments import moment
from daemon.review.sections.overview import impact, overview, responders, timeline
from daemon.review.values import Report

MARK = "Confidential: for those who take part in the review"


def document(report: Report, pictures: tuple[Picture, ...] | None) -> Document:
    """`pictures` is None where they could not be drawn."""
    shown = {picture.name: picture for picture in pictures or ()}
    sections = (
        Section("Overview", tuple(overview(report, shown, missing=pictures is None))),
        Section("Impact", tuple(impact(report))),
        Section("What happened", tuple(timeline(report))),
        Section("Responders", tuple(responders(report))),
        Section("How we did", tuple(figures(report, shown))),
        Section("Delivery evidence", tuple(delivery(report, shown))),
        Section("Answers", tuple(answers(report))),
        Section("Contributing factors", tuple(factors(report))),
        Section("Actions", tuple(actions(report))),
        Section("Appendix: every message sent", tuple(messages(report))),
    )
    return Document(
        f"{report.number}: {line(report.title) or 'no title'}",
        f"{_sort(report)} of {report.organization}. Written {moment(report, report.written)}.",
        sections,
        mark=MARK,
    )


def _sort(report: Report) -> str:
    what = "Roll call" if report.roll_call else "Report of a drill" if report.drill else "Post-incident review"
    return what if report.over else f"{what} (not over yet)"
