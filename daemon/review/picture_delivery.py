"""Delivery by channel over time: which share of its people each channel had reached, and after how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from daemon.document.words import channel, lasting
from daemon.render.plain import shorten
from daemon.review.delivery import Curve
from daemon.review.drawing import BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, SMALL, VERMILION, drawn
from daemon.review.values import Report
from daemon.review.words import many

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

Reached = Mapping[str, Sequence[tuple[int, int]]]
"""By channel: after so many seconds so many people."""


@dataclass(frozen=True, slots=True)
class Panel:
    """`people` is the whole: a person counts once for each notice."""

    title: str
    whole: str
    people: int
    reached: Reached


def panels(report: Report) -> tuple[Panel, ...]:
    """The first notice, to the audience with the most people; and all that came after it, together."""
    begun = min(curve.at for curve in report.curves)
    first = [curve for curve in report.curves if curve.at == begun]
    most = max(first, key=lambda curve: curve.people)
    first = [curve for curve in first if curve.audience == most.audience]
    whole = f"{many(most.people)} {'person' if most.people == 1 else 'people'}"
    shown = [Panel(f"First notice, to {shorten(most.audience, 24)}", whole, most.people, _merged(first))]
    if later := [curve for curve in report.curves if curve.at > begun]:
        notices = {(curve.at, curve.audience): curve.people for curve in later}
        total = sum(notices.values())
        several = "Both" if len(notices) == 2 else f"All {len(notices)}"
        title = f"{several} later notices" if len(notices) > 1 else "The later notice"
        shown.append(Panel(title, f"{many(total)} {'copy' if total == 1 else 'copies'}", total, _merged(later)))
    return tuple(shown)


def _merged(curves: Sequence[Curve]) -> Reached:
    found: dict[str, list[tuple[int, int]]] = {}
    for name, those in groupby(
        sorted((c for c in curves if c.points), key=lambda curve: curve.channel), key=lambda curve: curve.channel
    ):
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
    shown = panels(report)
    channels = dict.fromkeys(name for panel in shown for name in panel.reached)
    looks = {name: LINES[n % len(LINES)] for n, name in enumerate(channels)}

    def draw(figure: "Figure") -> None:
        for axes, panel in zip(figure.subplots(1, len(shown), sharey=True, squeeze=False)[0], shown, strict=True):
            _panel(axes, panel, looks)
        figure.axes[0].set_ylabel("share of the people")

    return drawn("delivery", 2.9, TITLE, description(report), draw)


def _panel(axes: "Axes", panel: Panel, looks: Mapping[str, tuple[str, str, str]]) -> None:
    from matplotlib.ticker import PercentFormatter

    longest = max([second for steps in panel.reached.values() for second, _ in steps] + [10])
    unit, size = ("minutes", 60) if longest >= 180 else ("seconds", 1)
    end = longest * 1.05 / size
    labels: list[tuple[float, str]] = []
    for name, steps in panel.reached.items():
        colour, dashes, shape = looks[name]
        xs = [0.0, *(second / size for second, _ in steps), end]
        ys = [0.0, *(100 * count / panel.people for _, count in steps), 100 * steps[-1][1] / panel.people]
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
        labels.append((ys[-1], f"{channel(name)} {_percent(ys[-1])}"))
    for height, words in _apart(labels):
        axes.annotate(
            words, (end, height), xytext=(-2, 3), textcoords="offset points", ha="right", va="bottom", fontsize=SMALL
        )
    axes.set_xlim(0, end)
    axes.set_ylim(0, 112)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
    axes.grid(axis="y", color="#e9ecef", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{unit} after the notice")
    axes.set_title(f"{panel.title}\n{panel.whole}", fontsize=SMALL)


def _percent(share: float) -> str:
    """All of them is never said of nearly all."""
    return "under 1%" if 0 < share < 1 else "over 99%" if 99.5 <= share < 100 else f"{share:.0f}%"


def _within(seconds: int) -> str:
    return f"{seconds} s" if seconds < 180 else lasting(timedelta(seconds=seconds))


def _apart(labels: Sequence[tuple[float, str]], gap: float = 11.0) -> list[tuple[float, str]]:
    """Heights at which the labels do not touch: from the lowest up."""
    placed: list[tuple[float, str]] = []
    for height, words in sorted(labels):
        least = placed[-1][0] + gap if placed else 0.0
        placed.append((max(height, least), words))
    return placed


def description(report: Report) -> str:
    parts = []
    for panel in panels(report):
        shares = [
            f"{channel(name)} {_percent(100 * steps[-1][1] / panel.people)} within {_within(steps[-1][0])}"
            for name, steps in panel.reached.items()
        ]
        parts.append(f"{panel.title}: {panel.whole}; {', '.join(shares) or 'nobody was reached'}")
    return ". ".join(parts) + "."
