"""How the report writes moments and spans of time."""

from datetime import date, datetime, timedelta

from daemon.document.words import lasting
from daemon.review.values import Report

NONE = "–"


def moment(report: Report, when: datetime) -> str:
    there = when.astimezone(report.zone)
    return f"{day(there)} {there:%H:%M} ({report.zone.key})"


def day(there: date) -> str:
    return f"{there:%A} {there.day} {there:%B %Y}"


def clock(report: Report, when: datetime) -> str:
    """Local, with the day where it is not the first one."""
    there = when.astimezone(report.zone)
    same = there.date() == report.started.astimezone(report.zone).date()
    return f"{there:%H:%M:%S}" if same else f"{there:%d %b %H:%M:%S}"


def span(took: timedelta | None) -> str:
    """Below a minute in seconds, else in minutes and more."""
    return NONE if took is None else lasting(took) if took else "0 seconds"
