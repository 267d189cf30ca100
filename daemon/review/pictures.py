"""The report's pictures: those for which there is something to show."""

from collections.abc import Iterator

from daemon.document.model import Picture
from daemon.review import picture_delivery, picture_incident, picture_updates
from daemon.review.drawing import NoPictures
from daemon.review.values import Report

__all__ = ["NoPictures", "pictures"]


def pictures(report: Report) -> tuple[Picture, ...]:
    """In order. Raises NoPictures where matplotlib is not installed."""
    return tuple(_pictures(report))


def _pictures(report: Report) -> Iterator[Picture]:
    where = f"Times are those of {report.zone.key}."
    yield Picture(
        "incident",
        picture_incident.incident(report),
        picture_incident.TITLE,
        picture_incident.description(report),
        f"{picture_incident.TITLE}. {where}",
    )
    if report.curves:
        yield Picture(
            "delivery",
            picture_delivery.delivery(report),
            picture_delivery.TITLE,
            picture_delivery.description(report),
            f"{picture_delivery.TITLE}: the share of the people reached. The shape marks the last one.",
        )
    if report.dues:
        yield Picture(
            "updates",
            picture_updates.updates(report),
            picture_updates.TITLE,
            picture_updates.description(report),
            f"{picture_updates.TITLE}: the line climbs while an audience hears nothing. {where}",
        )
