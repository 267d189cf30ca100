"""The incident on one time axis: its status, who was in charge, each audience's notices, who joined, what was down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from daemon.core import events as e
from daemon.core.model import SeatStatus
from daemon.document.words import channel, counted, lasting, sentence
from daemon.render.plain import shorten
from daemon.review.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    VERMILION,
    days,
    drawn,
    legend,
    time_axis,
)
from daemon.review.responders import Responder
from daemon.review.values import Report

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PEOPLE = 14
MOST_AUDIENCES = 6
MOST_CHANNELS = 6
NAME = 24
HATCH = "\\\\\\\\"
PROPOSED = "////"
LETTERS = 74
"""That fit in a row, as wide as they can be."""
ROW = 0.27
"""Inches."""

TITLE = "The incident on one time axis"

MARKS = {
    "initial": (">", BLUE, "first notice"),
    "reopened": ("*", PURPLE, "brought back"),
    "update": ("o", BLUE, "update"),
    "holding": ("D", "none", "holding update"),
    "all-clear": ("s", GREEN, "all-clear"),
    "canceled": ("X", BLACK, "called off"),
}
"""Each kind by a shape of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the picture: its name, and what draws it at a height."""

    name: str
    draw: "Callable[[Axes, float], None]"


@dataclass(frozen=True, slots=True)
class Band:
    since: datetime
    until: datetime
    words: str
    colour: str
    hatch: str = ""
    ink: str = BLACK


def incident(report: Report) -> str:
    """As SVG. Raises NoPictures."""
    rows = _rows(report)
    kinds = [kind for kind in MARKS if any(line.kind == kind for line in _told(report))]

    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_yticks(range(len(rows)), [row.name for row in rows])
        time_axis(axes, report.started, max(report.end, report.started + timedelta(minutes=1)), report.zone)
        for height, row in enumerate(rows):
            axes.axhline(height + 0.5, color=PALE, linewidth=0.6)
            row.draw(axes, height)
        axes.set_xlabel(f"{report.zone.key}, {report.started.astimezone(report.zone):%A %d %B %Y}")
        _legend(figure, kinds, report)

    return drawn("incident", 0.95 + ROW * len(rows), TITLE, description(report), draw)


def _rows(report: Report) -> list[Row]:
    rows = [Row("status", lambda axes, y: _bands(axes, y, _statuses(report)))]
    if charge := _charges(report):
        rows.append(Row("in charge", lambda axes, y: _bands(axes, y, charge)))
    audiences = list(dict.fromkeys(one.audience for one in _told(report)))[:MOST_AUDIENCES]
    rows += [Row(shorten(name, NAME), _notices(report, name)) for name in audiences]
    rows += [Row(shorten(name, NAME), _person(report, those)) for name, those in _people(report)[:MOST_PEOPLE]]
    down = list(dict.fromkeys((spell.name, spell.inward) for spell in report.health))[:MOST_CHANNELS]
    rows += [Row(_channel(*one), _outages(report, *one)) for one in down]
    return rows


def _channel(name: str, inward: bool) -> str:
    return shorten(f"way in {name} down" if inward else f"{channel(name)} down", NAME)


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    kind: str
    audience: str


def _told(report: Report) -> list[Told]:
    events = (event for one in report.figures for event in one.stretch.events)
    return [Told(event.at, event.kind, event.audience) for event in events if isinstance(event, e.Told)]


def _statuses(report: Report) -> list[Band]:
    """Proposed, then a major incident, in each stretch; what lies between is over."""
    found: list[Band] = []
    for one in report.figures:
        stretch = one.stretch
        end = stretch.end.at if stretch.end else report.end
        accepted = next((ev.at for ev in stretch.events if isinstance(ev, e.Accepted | e.Reopened)), None)
        if found:
            found.append(Band(found[-1].until, stretch.start.at, "over", PALE))
        if accepted is None or accepted > stretch.start.at:
            found.append(Band(stretch.start.at, accepted or end, "proposed", "#ffffff", PROPOSED))
        if accepted is not None:
            words = "brought back" if stretch.again else "drill" if report.drill else "major incident"
            found.append(Band(accepted, end, words, ORANGE))
    return found


def _charges(report: Report) -> list[Band]:
    colours = (SKY, "#ffffff")
    return [
        Band(
            one.since,
            one.until or report.end,
            one.name or "nobody",
            colours[place % 2] if one.name else "#ffffff",
            "" if one.name else "xxx",
        )
        for place, one in enumerate(report.in_charge)
    ]


def _bands(axes: "Axes", y: float, bands: Sequence[Band]) -> None:
    left, right = axes.get_xlim()
    for band in bands:
        since, until = days(band.since), days(band.until)
        axes.barh(
            y,
            until - since,
            left=since,
            height=0.62,
            color=band.colour,
            edgecolor=GREY,
            linewidth=0.8,
            hatch=band.hatch,
        )
        room = int((until - since) / (right - left) * LETTERS)
        if words := _fitting(band.words, room):
            box = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.0} if band.hatch else None
            axes.text((since + until) / 2, y, words, ha="center", va="center", color=band.ink, bbox=box)


def _fitting(words: str, room: int) -> str:
    """All of it, or the first word, or nothing."""
    return next((shown for shown in (words, words.partition(" ")[0]) if len(shown) <= room), "")


def _notices(report: Report, audience: str) -> "Callable[[Axes, float], None]":
    def draw(axes: "Axes", y: float) -> None:
        for told in _told(report):
            if told.audience == audience:
                shape, colour, _ = MARKS.get(told.kind, ("|", BLACK, told.kind))
                edge = VERMILION if told.kind == "holding" else BLACK
                face = "#ffffff" if colour == "none" else colour
                axes.plot(
                    days(told.at),
                    y,
                    marker=shape,
                    markersize=7,
                    color=face,
                    markeredgecolor=edge,
                    markeredgewidth=1.0,
                )

    return draw


def _people(report: Report) -> list[tuple[str, list[Responder]]]:
    """Those who joined first, in the order in which they did; then the others."""
    found: dict[str, list[Responder]] = {}
    for one in report.responders:
        found.setdefault(one.who, []).append(one)
    return sorted(found.items(), key=lambda item: all(one.joined is None for one in item[1]))


def _person(report: Report, those: Sequence[Responder]) -> "Callable[[Axes, float], None]":
    """Asked: a ring and dots; joined: a triangle up and a bar; left: a triangle down; silent or declined: a cross."""

    def draw(axes: "Axes", y: float) -> None:
        for one in those:
            if one.asked:
                axes.plot(days(one.asked), y, "o", markersize=4, color="#ffffff", markeredgecolor=GREY)
            answered = one.joined or one.left
            if one.asked and answered:
                axes.plot([days(one.asked), days(answered)], [y, y], ":", color=GREY, linewidth=1.2)
            if one.joined:
                end = one.left or _end(report, one.joined)
                axes.plot([days(one.joined), days(end)], [y, y], "-", color=GREEN, linewidth=3, solid_capstyle="butt")
                axes.plot(days(one.joined), y, "^", markersize=7, color=GREEN, markeredgecolor=BLACK)
                if one.left:
                    axes.plot(days(one.left), y, "v", markersize=7, color="#ffffff", markeredgecolor=BLACK)
            elif one.answer in (SeatStatus.SILENT, SeatStatus.DECLINED):
                words = "no answer" if one.answer is SeatStatus.SILENT else "declined"
                at = days(one.left or one.asked or report.started)
                axes.plot(at, y, "x", markersize=6, color=VERMILION, markeredgewidth=1.6)
                axes.annotate(words, (at, y), xytext=(7, 0), textcoords="offset points", va="center")

    return draw


def _end(report: Report, at: datetime) -> datetime:
    """The end of the stretch in which this was."""
    ends = (one.stretch.end.at for one in report.figures if one.stretch.end and one.stretch.end.at >= at)
    return next(ends, report.end)


def _outages(report: Report, name: str, inward: bool) -> "Callable[[Axes, float], None]":
    mine = [spell for spell in report.health if (spell.name, spell.inward) == (name, inward)]
    spans = [(max(one.since, report.started), min(one.until or report.end, report.end)) for one in mine]

    def draw(axes: "Axes", y: float) -> None:
        _bands(axes, y, [Band(since, until, "", "#f6d5c3", HATCH) for since, until in spans])
        since, until = spans[-1]
        late = days(until) > sum(axes.get_xlim()) / 2 + (axes.get_xlim()[1] - axes.get_xlim()[0]) / 4
        place, ha = ((since, "right"), (until, "left"))[not late]
        total = sum(((b - a) for a, b in spans), timedelta())
        words = lasting(total) + (" in all" if len(spans) > 1 else "")
        axes.annotate(
            words, (days(place), y), xytext=(-5 if late else 5, 0), textcoords="offset points", va="center", ha=ha
        )

    return draw


def _legend(figure: "Figure", kinds: Sequence[str], report: Report) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = []
    if any(band.words == "proposed" for band in _statuses(report)):
        handles.append(Patch(facecolor="#ffffff", edgecolor=GREY, hatch=PROPOSED, label="proposed"))
    for kind in kinds:
        shape, colour, words = MARKS[kind]
        face, edge = ("#ffffff", VERMILION) if colour == "none" else (colour, BLACK)
        handles.append(
            Line2D([], [], linestyle="", marker=shape, color=face, markeredgecolor=edge, markersize=7, label=words)
        )
    if any(one.joined for one in report.responders):
        handles.append(
            Line2D([], [], color=GREEN, linewidth=3, marker="^", markeredgecolor=BLACK, markersize=7, label="joined")
        )
    if any(one.joined and one.left for one in report.responders):
        handles.append(
            Line2D([], [], linestyle="", marker="v", color="#ffffff", markeredgecolor=BLACK, markersize=7, label="left")
        )
    legend(figure, handles, 5)


def description(report: Report) -> str:
    """What the picture shows, in words."""
    told = _told(report)
    joined = [one.who for one in report.responders if one.joined]
    parts = [f"{report.number} lasted {lasting(report.lasted)}" + ("" if report.over else " so far")]
    if told:
        parts.append(f"{counted(len(told), 'notice')} went to {sentence(dict.fromkeys(t.audience for t in told))}")
    if joined:
        parts.append(f"{counted(len(dict.fromkeys(joined)), 'engineer')} joined")
    if report.health:
        names = sentence(dict.fromkeys(_channel(spell.name, spell.inward) for spell in report.health))
        parts.append(f"meanwhile {names}")
    else:
        parts.append("no channel was down")
    return "; ".join(parts) + ". The timeline below says the same line by line."
