"""Updates against their promise: for each audience how long ago it last heard, beside how long it was promised."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from daemon.document.words import counted, lasting
from daemon.review.drawing import BLACK, BLUE, ORANGE, SMALL, VERMILION, days, drawn, legend, time_axis
from daemon.review.promises import Due, Met
from daemon.review.values import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Updates against their promise"
MOST = 6
"""Audiences."""
PANEL = 1.25
"""Inches."""

MARKS = {
    Met.WORD: ("o", BLUE, "a word in time"),
    Met.LATE: ("s", ORANGE, "a late word"),
    Met.HOLDING: ("D", "#ffffff", "missed: a holding update"),
    Met.NOTHING: ("X", VERMILION, "missed: nothing sent"),
}


def updates(report: Report) -> str:
    """As SVG; there must be a promise. Raises NoPictures."""
    audiences = list(dict.fromkeys(due.audience for due in report.dues))[:MOST]

    def draw(figure: "Figure") -> None:
        panels = figure.subplots(len(audiences), 1, sharex=True, squeeze=False)[:, 0]
        for axes, name in zip(panels, audiences, strict=True):
            _panel(axes, name, [due for due in report.dues if due.audience == name], report)
        panels[-1].set_xlabel(f"{report.zone.key}, {report.started.astimezone(report.zone):%A %d %B %Y}")
        _legend(figure, report)

    return drawn("updates", 0.75 + PANEL * len(audiences), TITLE, description(report), draw)


def _panel(axes: "Axes", audience: str, dues: Sequence[Due], report: Report) -> None:
    """A line that climbs while nothing is said; the dashes are as high as was promised."""
    time_axis(axes, report.started, max(report.end, report.started + timedelta(minutes=1)), report.zone)
    longest = max(_minutes(due.due - due.made) for due in dues)
    for due in dues:
        came = due.came or report.end
        height, promised = _minutes(came - due.made), _minutes(due.due - due.made)
        longest = max(longest, height)
        x = [days(due.made), days(came)]
        axes.plot(x, [0, height], "-", color=BLACK, linewidth=1.3)
        axes.plot([x[1]] * 2, [height, 0], "-", color=BLACK, linewidth=0.6, alpha=0.5)
        axes.plot(x, [promised, promised], "--", color=VERMILION, linewidth=1.4)
        if due.met in MARKS:
            shape, face, _ = MARKS[due.met]
            edge = VERMILION if due.met is Met.HOLDING else BLACK
            axes.plot(x[1], height, marker=shape, markersize=7, color=face, markeredgecolor=edge, markeredgewidth=1.2)
    axes.set_ylim(0, longest * 1.3)
    axes.set_yticks(_ticks(longest))
    axes.set_title(audience, fontsize=SMALL)
    axes.set_ylabel("minutes")


def _minutes(span: timedelta) -> float:
    return max(span.total_seconds() / 60, 0.0)


def _ticks(longest: float) -> list[float]:
    """Two or three, at whole steps of a clock."""
    step = next((step for step in (1, 2, 5, 10, 15, 30, 60, 120, 240) if longest / step <= 3.5), longest / 3)
    return [step * n for n in range(int(longest // step) + 1)]


def _legend(figure: "Figure", report: Report) -> None:
    from matplotlib.lines import Line2D

    seen = {due.met for due in report.dues}
    handles = [
        Line2D([], [], color=BLACK, linewidth=1.3, label="since the last notice"),
        Line2D([], [], color=VERMILION, linewidth=1.4, linestyle="--", label="promised"),
    ]
    for met, (shape, face, words) in MARKS.items():
        if met in seen:
            edge = VERMILION if met is Met.HOLDING else BLACK
            handles.append(
                Line2D([], [], linestyle="", marker=shape, color=face, markeredgecolor=edge, markersize=7, label=words)
            )
    legend(figure, handles, 3)


def description(report: Report) -> str:
    parts = []
    for pace in report.paces:
        promised = f", promised every {lasting(pace.promised)}" if pace.promised else ""
        longest = f", the longest silence {lasting(pace.longest)}" if pace.longest else ""
        missed = counted(pace.missed, "missed update") if pace.missed else "none missed"
        parts.append(f"{pace.audience}{promised}: {counted(pace.told, 'notice')}, {missed}{longest}")
    return "; ".join(parts) + "."
