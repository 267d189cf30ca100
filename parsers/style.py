"""The few properties of CSS that hide text, or draw the lines and bars that mail programs quote with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_SHEET = 100_000
MAX_RULES = 500
MAX_COMPOUNDS = 20

_PALE_NAMES = frozenset({
    "white", "transparent", "snow", "ivory", "ghostwhite", "whitesmoke", "floralwhite", "mintcream", "azure",
    "seashell",
})  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,60})\)")
_NUMBERS = re.compile(r"[\d.]{1,8}%?")
_PALE, _FAINT = 0.94, 0.1
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIZE = re.compile(r"(-?[\d.]{1,8})(px|pt|em|rem|%|in|cm|mm|)")
_SELECTOR = re.compile(r"(?:^|[\s>+~])([a-z0-9]{0,20}(?:[.#][a-z0-9_\-]{1,60}){0,4})$")

_NAMES = re.compile(r"[.#]?[a-z0-9_\-]+")

_SIDES = ("left", "top", "right", "text-indent", "margin-left", "margin-top")
_HIDING = (
    "display", "visibility", "font", "color", "mso-hide", "opacity", "overflow", "position", "indent", "clip",
    "transform",
)  # fmt: skip


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
    for declaration in _uncommented(css[:4000]).lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            rules[name.strip()] = value.partition("!")[0].strip()
    color = rules.get("color", attributes.get("color", "").lower())
    background = rules.get("background-color") or rules.get("background") or attributes.get("bgcolor", "").lower()
    border = rules.get("border", "")
    return Style(
        hidden=_is_hidden(rules),
        pale=_is_pale(color) or (bool(color) and color == background),
        background=bool(background) and not _is_pale(background) and background not in {"none", color},
        line_above="solid" in rules.get("border-top", "") and "solid" not in rules.get("border-bottom", ""),
        bar_left=(_drawn(rules.get("border-left", "")) and "solid" not in border and "padding-left" in css.lower())
        or (_drawn(rules.get("border-left", "")) and "padding" in rules and "border-top" not in rules),
        plain_indent=bool(re.match(r"0(px)? 0(px)? 0(px)? \d+px", rules.get("margin", ""))) and border == "none",
        tight=rules.get("margin", "").startswith("0") or rules.get("margin-bottom", "").startswith("0"),
        preformatted=rules.get("white-space", "") in {"pre", "pre-wrap", "pre-line"},
    )


def _uncommented(css: str) -> str:
    return _COMMENT.sub("", css) if "/*" in css else css


def _is_pale(color: str) -> bool:
    """White or nearly so, or nearly transparent (CSS Color 4)."""
    color = color.strip()
    if color in _PALE_NAMES:
        return True
    if _HEX.fullmatch(color):
        size = 1 if len(color) < 6 else 2
        parts = [int(color[at : at + size] * (3 - size), 16) / 255 for at in range(1, len(color), size)]
    elif match := _FUNCTION.match(color):
        numbers = _NUMBERS.findall(match[2])
        parts = [_fraction(number, 1 if place == 3 else 255) for place, number in enumerate(numbers)]
        if match[1] == "hsl" and len(parts) > 2:
            parts[:3] = [parts[2]] * 3
    else:
        return False
    return (len(parts) > 3 and parts[3] < _FAINT) or (len(parts) > 2 and min(parts[:3]) > _PALE)


def _fraction(number: str, whole: float) -> float:
    try:
        return float(number.rstrip("%")) / (100 if number.endswith("%") else whole)
    except ValueError:
        return 0.5


def _drawn(border: str) -> bool:
    return any(kind in border for kind in ("solid", "double", "dotted", "dashed")) and not border.startswith("0")


def _is_hidden(rules: Mapping[str, str]) -> bool:
    if rules.get("display") == "none" or rules.get("visibility") in {"hidden", "collapse"}:
        return True
    if "line-through" in rules.get("text-decoration", "") + rules.get("text-decoration-line", ""):
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
    if rules.get("transform", "").replace(" ", "").startswith(("scale(0)", "scale(0,", "scale3d(0,")):
        return True
    if rules.get("clip-path", "").replace(" ", "").startswith(("inset(50%", "inset(100%", "circle(0", "polygon(0000")):
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """What hides: by one name ("p", ".x", "#y"), and by several that an element must all have ("p.x", ".a.b")."""

    rules: Mapping[str, str]
    compounds: Sequence[tuple[frozenset[str], str]]

    def css(self, name: str, classes: Sequence[str], id_: str) -> str:
        """The declarations for an element, of rules that name it by its kind, class or id."""
        if not (self.rules or self.compounds):
            return ""
        names = {name, f"#{id_.lower()}", *(f".{each.lower()}" for each in classes)}
        found = [self.rules[each] for each in names if each in self.rules]
        return ";".join([*found, *(css for parts, css in self.compounds if parts <= names)])


def style_sheet(source: str) -> Sheet:
    """Of the mail's style sheets, the rules under no condition. A rule for what is inside another element is taken
    for one about all of its kind."""
    found: dict[str, str] = {}
    lowered = source[:MAX_SHEET].lower()
    position = 0
    while (start := lowered.find("<style", position)) >= 0:
        end = lowered.find("</style", start)
        end = len(lowered) if end < 0 else end
        _rules(_uncommented(lowered[start:end].partition(">")[2]), found)
        position = end + 1
    split = {selector: frozenset(_NAMES.findall(selector)) for selector in found}
    several = [(parts, found[selector]) for selector, parts in split.items() if len(parts) > 1]
    return Sheet({name: css for name, css in found.items() if len(split[name]) == 1}, several[:MAX_COMPOUNDS])


def _rules(sheet: str, found: dict[str, str]) -> None:
    depth = 0
    for block in sheet.split("}"):
        selector, *inner = block.split("{")
        depth = max(0, depth)
        if depth == 0 and len(inner) == 1 and len(found) < MAX_RULES and any(word in inner[0] for word in _HIDING):
            for each in selector.replace("<!--", "").split(",")[:20]:
                match = _SELECTOR.search(each.strip()[-200:])
                if match and match[1] and _is_hidden_or_pale(inner[0][:500]):
                    found[match[1]] = inner[0][:500]
        depth += len(inner) - 1


def _is_hidden_or_pale(css: str) -> bool:
    style = parse_style(css, {})
    return style.hidden or style.pale
