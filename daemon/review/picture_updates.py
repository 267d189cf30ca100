"""Updates against their promise: for each audience when the next word was due, and what came."""

from datetime import timedelta
from typing import TYPE_CHECKING

from daemon.document.words import counted, lasting
from daemon.render.plain import shorten
from daemon.review.drawing import BLACK, BLUE, GREY, VERMILION, days, drawn, time_axis
from daemon.review.promises import MISSED, Due, Met
from daemon.review.values import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Updates against their promise"
MOST = 8
"""Audiences."""


def updates(report: Report) -> str:
    """As SVG; there must be a promise. Raises NoPictures."""
    audiences = list(dict.fromkeys(due.audience for due in report.dues))[:MOST]

    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        axes.set_ylim(len(audiences) - 0.4, -0.6)
        axes.set_yticks(range(len(audiences)), [_label(report, name) for name in audiences])
        time_axis(axes, report.started, max(report.end, report.started + timedelta(minutes=1)), report.zone)
        axes.autoscale(False)
        for height, name in enumerate(audiences):
            for due in report.dues:
                if due.audience == name:
                    _one(axes, height, due, report)
        axes.set_xlabel(f"{report.zone.key}, {report.started.astimezone(report.zone):%A %d %B %Y}")
        _legend(axes, report)

    return drawn("updates", 1.05 + 0.46 * len(audiences), TITLE, description(report), draw)


def _label(report: Report, audience: str) -> str:
    pace = next(one for one in report.paces if one.audience == audience)
    every = f"\nevery {lasting(pace.promised)}" if pace.promised else ""
    return shorten(audience, 24) + every


def _one(axes: "Axes", y: float, due: Due, report: Report) -> None:
    """A grey line as long as was promised, a bar at its end; then what came."""
    end = min(due.due, report.end)
    axes.plot([days(due.made), days(end)], [y + 0.2, y + 0.2], "-", color="#b9bfc6", linewidth=3, solid_capstyle="butt")
    if due.due <= report.end:
        axes.plot([days(due.due)] * 2, [y + 0.02, y + 0.38], "-", color=GREY, linewidth=1.4)
    if due.came is None or due.met in (Met.LAPSED, Met.ENDED):
        return
    shape, face, edge, size = {
        Met.WORD: ("o", BLUE, BLACK, 7),
        Met.LATE: ("s", "#ffffff", VERMILION, 7),
        Met.HOLDING: ("D", "#ffffff", VERMILION, 7),
    }.get(due.met, ("X", VERMILION, BLACK, 8))
    axes.plot(
        days(due.came), y - 0.12, marker=shape, markersize=size, color=face, markeredgecolor=edge, markeredgewidth=1.2
    )


def _legend(axes: "Axes", report: Report) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    seen = {due.met for due in report.dues}
    rows = (
        (Met.WORD, "o", BLUE, BLACK, "word in time"),
        (Met.LATE, "s", "#ffffff", VERMILION, "late word"),
        (Met.HOLDING, "D", "#ffffff", VERMILION, "missed: holding update"),
        (Met.NOTHING, "X", VERMILION, BLACK, "missed: nothing sent"),
    )
    handles = [
        Line2D([], [], linestyle="", marker=shape, color=face, markeredgecolor=edge, markersize=7, label=words)
        for met, shape, face, edge, words in rows
        if met in seen
    ]
    handles.append(Line2D([], [], color="#b9bfc6", linewidth=3, label="promised time"))
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(handles),
        frameon=False,
        fontsize=9,
        handletextpad=0.4,
        columnspacing=1.2,
        borderaxespad=0.2,
    )


def description(report: Report) -> str:
    parts = []
    for pace in report.paces:
        promised = f", promised every {lasting(pace.promised)}" if pace.promised else ""
        missed = sum(due.met in MISSED for due in report.dues if due.audience == pace.audience)
        parts.append(
            f"{pace.audience}{promised}: {counted(pace.told, 'notice')}, "
            f"{counted(missed, 'missed update') if missed else 'none missed'}"
        )
    return "; ".join(parts) + "."
