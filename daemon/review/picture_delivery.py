"""Delivery by channel over time: which share of its people each channel had reached, and after how long."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from daemon.document.words import channel, counted
from daemon.review.delivery import Curve
from daemon.review.drawing import BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, drawn
from daemon.review.values import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Delivery by channel over time"

LINES = (
    (BLUE, "-", "o"),
    (VERMILION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (ORANGE, "-", "v"),
    (SKY, "--", "P"),
)
"""Each channel by colour, dashes and shape; a channel looks the same in both panels."""

Reached = dict[str, list[tuple[int, int]]]
"""By channel: after so many seconds so many people."""


def first_notice(report: Report) -> tuple[str, int, Reached]:
    """What it is, for how many people, and how it went: the first notice, to the audience with the most people."""
    kind = next((curve.kind for curve in report.curves), None)
    at = min((curve.at for curve in report.curves), default=None)
    first = [curve for curve in report.curves if curve.at == at and curve.kind == kind]
    most = max(first, key=lambda curve: curve.people)
    return f"First notice, to {most.audience}", most.people, _merged([c for c in first if c.audience == most.audience])


def others(report: Report) -> tuple[str, int, Reached]:
    """All other notices to audiences, together: a person counts once for each notice."""
    at = min(curve.at for curve in report.curves)
    rest = [curve for curve in report.curves if curve.at > at]
    notices = {(curve.at, curve.audience): curve.people for curve in rest}
    return f"The {counted(len(notices), 'later notice')}", sum(notices.values()), _merged(rest)


def _merged(curves: Sequence[Curve]) -> Reached:
    found: Reached = {}
    for name, those in groupby(sorted(curves, key=lambda curve: curve.channel), key=lambda curve: curve.channel):
        steps: dict[int, int] = {}
        for curve in those:
            before = 0
            for second, people in curve.points:
                steps[second] = steps.get(second, 0) + people - before
                before = people
        total = 0
        found[name] = [(second, total := total + steps[second]) for second in sorted(steps)]
    return dict(sorted(found.items(), key=lambda item: -item[1][-1][1]))


def delivery(report: Report) -> str:
    """As SVG; there must be a curve. Raises NoPictures."""
    panels = [first_notice(report)]
    if any(curve.at > min(c.at for c in report.curves) for curve in report.curves):
        panels.append(others(report))
    looks = {name: LINES[n % len(LINES)] for n, name in enumerate(dict.fromkeys(n for _, _, r in panels for n in r))}

    def draw(figure: "Figure") -> None:
        for axes, (title, people, reached) in zip(
            figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True
        ):
            _panel(axes, f"{title}\n{counted(people, 'person', 'people')}", people, reached, looks)
        figure.axes[0].set_ylabel("share of the people")

    return drawn("delivery", 2.9, TITLE, description(report), draw)


def _panel(axes: "Axes", title: str, people: int, reached: Reached, looks: dict[str, tuple[str, str, str]]) -> None:
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415

    longest = max([second for steps in reached.values() for second, _ in steps] + [10])
    unit, size = ("minutes", 60) if longest >= 180 else ("seconds", 1)
    end = longest * 1.05 / size
    labels: list[tuple[float, str, str]] = []
    for name, steps in reached.items():
        colour, dashes, shape = looks[name]
        xs = [0.0, *(second / size for second, _ in steps), end]
        ys = [0.0, *(100 * count / people for _, count in steps), 100 * steps[-1][1] / people]
        axes.plot(
            xs,
            ys,
            color=colour,
            linestyle=dashes,
            linewidth=1.8,
            drawstyle="steps-post",
            marker=shape,
            markersize=5,
            markevery=[len(xs) - 2],
            markeredgecolor=BLACK,
            markeredgewidth=0.6,
        )
        labels.append((ys[-1], f"{channel(name)} {_percent(ys[-1])}", colour))
    for height, words in _apart(labels):
        axes.annotate(
            words, (end, height), xytext=(-2, 3), textcoords="offset points", ha="right", va="bottom", fontsize=9
        )
    axes.set_xlim(0, end)
    axes.set_ylim(0, 112)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
    axes.grid(axis="y", color="#e9ecef", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{unit} after the notice")
    axes.set_title(title, fontsize=9)


def _percent(share: float) -> str:
    return "under 1%" if 0 < share < 1 else f"{share:.0f}%"


def _apart(labels: Sequence[tuple[float, str, str]], gap: float = 11.0) -> list[tuple[float, str]]:
    """Heights at which the labels do not touch: from the lowest up."""
    placed: list[tuple[float, str]] = []
    for height, words, _ in sorted(labels):
        least = placed[-1][0] + gap if placed else 0.0
        placed.append((max(height, least), words))
    return placed


def description(report: Report) -> str:
    parts = []
    panels = [first_notice(report)]
    if any(curve.at > min(c.at for c in report.curves) for curve in report.curves):
        panels.append(others(report))
    for title, people, reached in panels:
        shares = ", ".join(
            f"{channel(name)} {_percent(100 * steps[-1][1] / people)} within {steps[-1][0]} s"
            for name, steps in reached.items()
        )
        parts.append(f"{title}: {counted(people, 'person', 'people')}; {shares}")
    return ". ".join(parts) + "."
