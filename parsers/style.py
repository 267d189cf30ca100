"""The few properties of CSS that hide text, or draw the lines and bars that mail programs quote with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_SHEET = 100_000
MAX_CLASSES = 500

_WHITE = re.compile(r"(?:white|#fff(?:fff)?|rgba?\(255,255,255(?:,[\d.]+)?\)|transparent)")
_SIZE = re.compile(r"(-?[\d.]{1,8})(px|pt|em|rem|%|in|cm|mm|)")
_CLASS = re.compile(r"[a-z0-9]{0,20}\.([A-Za-z0-9_\-]{1,60})")

_SIDES = ("left", "top", "right", "text-indent", "margin-left", "margin-top")
_HIDING = ("display", "visibility", "font-size", "color", "mso-hide")


@dataclass(frozen=True, slots=True)
class Style:
    hidden: bool
    pale: bool
    """White or transparent text."""
    background: bool
    """A background on which white text is seen."""
    line_above: bool
    bar_left: bool
    plain_indent: bool
    """A block quotation that is only indented: what editors make of "increase indent"."""
    preformatted: bool
    tight: bool
    """A paragraph without a margin."""


def parse_style(css: str, attributes: Mapping[str, str]) -> Style:
    """`css` is a style attribute; `attributes` are the element's own, for `color` and `bgcolor`."""
    rules: dict[str, str] = {}
    for declaration in css[:4000].lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            rules[name.strip()] = value.replace("!important", "").strip()
    color = rules.get("color", attributes.get("color", "").lower()).replace(" ", "")
    background = rules.get("background-color") or rules.get("background") or attributes.get("bgcolor", "").lower()
    border = rules.get("border", "")
    return Style(
        hidden=_is_hidden(rules),
        pale=bool(_WHITE.fullmatch(color)),
        background=bool(background) and not _WHITE.match(background.replace(" ", "")) and background != "none",
        line_above="solid" in rules.get("border-top", "") and "solid" not in rules.get("border-bottom", ""),
        bar_left=(_drawn(rules.get("border-left", "")) and "solid" not in border and "padding-left" in css.lower())
        or (_drawn(rules.get("border-left", "")) and "padding" in rules and "border-top" not in rules),
        plain_indent=bool(re.match(r"0(px)? 0(px)? 0(px)? \d+px", rules.get("margin", ""))) and border == "none",
        tight=rules.get("margin", "").startswith("0") or rules.get("margin-bottom", "").startswith("0"),
        preformatted=rules.get("white-space", "") in {"pre", "pre-wrap", "pre-line"},
    )


def _drawn(border: str) -> bool:
    return any(kind in border for kind in ("solid", "double", "dotted", "dashed")) and not border.startswith("0")


def _is_hidden(rules: Mapping[str, str]) -> bool:
    if rules.get("display") == "none" or rules.get("visibility") in {"hidden", "collapse"}:
        return True
    if rules.get("mso-hide") == "all" or _is_small(rules.get("opacity", ""), 0.05):
        return True
    if _is_small(rules.get("font-size", ""), 2.0) or _is_small(rules.get("font", "").partition(" ")[0], 2.0):
        return True
    if "hidden" in rules.get("overflow", "") and any(
        _is_small(rules.get(side, ""), 2.0) for side in ("height", "max-height", "width", "max-width")
    ):
        return True
    if any(_is_far(rules.get(side, "")) for side in _SIDES):
        return True
    return rules.get("clip", "").replace(" ", "").startswith("rect(0") and rules.get("position") == "absolute"


def _is_small(value: str, limit: float) -> bool:
    match = _SIZE.fullmatch(value.strip())
    if not match:
        return False
    try:
        number = float(match[1])
    except ValueError:
        return False
    if match[2] in {"em", "rem", "in", "cm", "mm"}:
        number *= 10
    return number < limit


def _is_far(value: str) -> bool:
    match = _SIZE.fullmatch(value.strip())
    try:
        return bool(match) and float(match[1] if match else 0) <= -500
    except ValueError:
        return False


def hidden_classes(source: str) -> dict[str, str]:
    """Class -> declarations, of the rules in the mail's style sheets that name one class and no condition."""
    found: dict[str, str] = {}
    lowered = source[:MAX_SHEET].lower()
    position = 0
    while (start := lowered.find("<style", position)) >= 0:
        end = lowered.find("</style", start)
        end = len(lowered) if end < 0 else end
        _rules(source[start:end].partition(">")[2], found)
        position = end + 1
    return found


def _rules(sheet: str, found: dict[str, str]) -> None:
    depth = 0
    for block in sheet.split("}"):
        selector, *inner = block.split("{")
        depth = max(0, depth)
        if depth == 0 and len(inner) == 1 and len(found) < MAX_CLASSES:
            for each in selector.replace("<!--", "").split(",")[:20]:
                if match := _CLASS.fullmatch(each.strip()):
                    name = match[1]
                    if any(word in inner[0].lower() for word in _HIDING):
                        found[name] = inner[0][:500]
        depth += len(inner) - 1
