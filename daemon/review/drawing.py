"""A picture as SVG by matplotlib, an extra: the same bytes for the same values, text as text, no size of its own.

Colours are Okabe and Ito's, which the colour-blind tell apart; nothing is told by colour alone.
"""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEEDS = "the pictures need matplotlib (scripts/install.sh --documents, or pip install matplotlib)"

WIDTH = 7.0
"""Inches: what a sheet of A4 has between its margins, so that a point is a point in print."""
SMALL = 9
"""Points; nothing is smaller."""

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#6b7078"
PALE = "#e9ecef"

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "murphyd",
    "font.family": "DejaVu Sans",
    "font.size": SMALL,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "xtick.color": "#33373d",
    "ytick.color": "#1b1d21",
    "text.color": "#1b1d21",
    "axes.labelcolor": "#33373d",
    "hatch.linewidth": 0.8,
    "path.simplify": True,
}

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_FONT = re.compile(r"font:\s*([^;]*?)'DejaVu Sans'[^;]*|font-family:\s*[^;]+")


class NoPictures(Exception):
    """matplotlib is not here: says how to get it."""


def drawn(name: str, height: float, title: str, description: str, draw: "Callable[[Figure], None]") -> str:
    """The SVG element of one picture, `height` inches high. Raises NoPictures."""
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as missing:
        raise NoPictures(NEEDS) from missing
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure)
        written = io.BytesIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return _inline(written.getvalue(), name, title, description)


def _inline(svg: bytes, name: str, title: str, description: str) -> str:
    """For a page: without prolog and metadata, ids only where they are used and of this picture alone."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 (matplotlib's own)
    for gone in ("width", "height", "version"):
        root.attrib.pop(gone, None)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    for definitions in root.iter(f"{{{_SVG}}}defs"):
        for style in definitions.findall(f"{{{_SVG}}}style"):  # it would hold for the whole page
            definitions.remove(style)
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    text = svg.decode()
    used = set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'xlink:href="#([^"]+)"', text))
    names = {old: f"{name}-{n}" for n, old in enumerate(sorted(used), 1)}
    for element in root.iter():
        _rewrite(element, names)
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = words
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _rewrite(element: ElementTree.Element, names: Mapping[str, str]) -> None:
    old = element.attrib.pop("id", "")
    if old in names:
        element.set("id", names[old])
    link = element.attrib.pop(_LINK, "")
    if link:
        element.set("href", f"#{names[link[1:]]}")
    for key, value in element.attrib.items():
        if "url(#" in value:
            element.set(key, re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{names[found[1]]})", value))
    if "font" in (style := element.get("style", "")):
        element.set(
            "style", _FONT.sub(lambda found: f"font: {found[1]}{FONTS}" if found[1] else f"font-family: {FONTS}", style)
        )


def legend(figure: "Figure", handles: "Sequence[Artist]", columns: int) -> None:
    """Above the picture, over its whole width."""
    if handles:
        figure.legend(
            handles=list(handles),
            loc="outside upper left",
            ncols=min(len(handles), columns),
            frameon=False,
            fontsize=SMALL,
            handletextpad=0.5,
            columnspacing=1.4,
            borderaxespad=0.2,
        )


def days(when: datetime) -> float:
    """As matplotlib counts a date axis: from 1970, in UTC."""
    return when.timestamp() / 86400


def time_axis(axes: "Axes", start: datetime, end: datetime, zone: Any) -> None:
    """In local time, with a little room at both ends."""
    from matplotlib import dates

    untyped: Any = dates
    room = (end - start) * 0.015
    axes.set_xlim(days(start - room), days(end + room))
    locator = untyped.AutoDateLocator(tz=zone, minticks=4, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(untyped.ConciseDateFormatter(locator, tz=zone, show_offset=False))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
