"""HTML of a mail to lines, without what is not seen, and with what its structure says of quotations.

One pass over the tags, linear in the input. A tree builder after the HTML standard is not: half a megabyte of
open `<b x1><b x2>…` and `<p>` keeps a fast one busy for seconds, as each paragraph opens all of them again.
"""

import html
import re
from dataclasses import dataclass, replace

from parsers.elements import OpenElements
from parsers.lines import Line, Mark
from parsers.markers.html import HTML_CUTS, HTML_MARKS
from parsers.style import Sheet, parse_style, style_sheet

MAX_HTML = 400_000
MAX_TAG = 8_000

_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "basefont",
})  # fmt: skip
_DROPPED = frozenset({
    "head", "title", "style", "script", "noscript", "template", "select", "option", "textarea", "svg", "math",
    "object", "iframe", "audio", "video", "canvas", "button", "datalist", "noframes", "xml",
    "o:officedocumentsettings", "s", "strike", "del",
})  # fmt: skip
_RAW = frozenset({
    "style", "script", "title", "textarea", "noframes", "iframe", "xmp",
})  # fmt: skip
_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"})

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:_\-]{0,40}")
_TAG_END = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s{0,20}=\s{0,20}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class _State:
    """What an element hands down to what is in it."""

    mark: Mark = Mark.NONE
    hidden: bool = False
    preformatted: bool = False
    colored: bool = False
    tight: bool = False
    """No blank line around a paragraph."""


@dataclass(slots=True)
class _Reader:
    lines: list[Line]
    pieces: list[str]
    mark: Mark
    elements: OpenElements[_State]
    sheet: Sheet

    def text(self, raw: str) -> None:
        state = self.elements.state
        if state.hidden or not raw:
            return
        text = _unescaped(raw)
        if state.preformatted:
            first, *others = text.split("\n")
            self.piece(first, state.mark)
            for other in others:
                self.line_break()
                self.piece(other, state.mark)
            return
        text = _SPACE.sub(" ", text)
        if text != " " or self.pieces:
            self.piece(text, state.mark)

    def piece(self, text: str, mark: Mark) -> None:
        if mark is not self.mark and self.pieces:
            if "".join(self.pieces).strip():
                self.line_break()
            self.pieces.clear()
        self.mark = mark
        self.pieces.append(text)

    def line_break(self) -> None:
        mark = self.mark if self.pieces else self.elements.state.mark
        self.lines.append(Line("".join(self.pieces).replace("\xa0", " ").strip(), mark))
        self.pieces.clear()

    def block(self) -> None:
        if self.pieces:
            self.line_break()

    def blank(self) -> None:
        self.block()
        if self.lines and self.lines[-1].text:
            self.lines.append(Line("", self.elements.state.mark))

    def note(self, mark: Mark) -> None:
        self.block()
        self.lines.append(Line("", mark))

    def open(self, name: str, attributes: str) -> None:
        self.elements.close_before(name)
        state = self.elements.state
        if attributes or self.sheet.rules or self.sheet.compounds:
            state = self.styled(name, attributes, state)
        elif name == "blockquote" and state.mark is Mark.NONE:
            state = replace(state, mark=Mark.QUOTED)
        if name in _BLOCK:
            (self.blank if name in _SPACED and not state.tight else self.block)()
        match name:
            case "br":
                if not state.hidden:
                    self.line_break()
                return
            case "hr":
                if not state.hidden:
                    self.note(Mark.RULE if state.mark is Mark.NONE else state.mark)
                return
            case "td" | "th":
                if self.pieces:
                    self.piece(" ", state.mark)
            case "pre":
                state = replace(state, preformatted=True)
            case _:
                pass
        if name in _VOID or (":" in name and attributes.endswith("/")):
            return
        if name in _DROPPED:
            state = replace(state, hidden=True)
        self.elements.open(name, state)

    def styled(self, name: str, attributes: str, state: _State) -> _State:
        given: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(attributes[:MAX_TAG]):
            given.setdefault(match[1].lower(), _unescaped((match[2] or "").strip("\"'")))
        classes = given.get("class", "").split()
        css = f"{self.sheet.css(name, classes, given.get('id', ''))};{given.get('style', '')}"
        style = parse_style(css, given)
        if name == "img":
            if "emoji" in attributes.lower() and given.get("alt"):
                self.text(given["alt"][:20])
            return state
        keys = [f".{each.removeprefix('x_').lower()}" for each in classes]
        keys += [f"#{given['id'].removeprefix('x_').lower()}"] if given.get("id") else []
        keys += [f"{key}={given[key].lower()}" for key in ("name", "type", "data-marker") if given.get(key)]
        mark = next((HTML_MARKS[key] for key in keys if key in HTML_MARKS), Mark.NONE)
        if state.mark is Mark.NONE:
            if any(key in HTML_CUTS for key in keys):
                self.note(Mark.CUT)
            if (name == "blockquote" and mark is not Mark.SIGNATURE and not style.plain_indent) or (
                name == "div" and style.bar_left and mark is Mark.NONE
            ):
                mark = Mark.QUOTED
            if style.line_above and mark is Mark.NONE:
                self.note(Mark.RULE)
        invisible = "hidden" in given or style.hidden or (style.pale and not (state.colored or style.background))
        return _State(
            mark if state.mark is Mark.NONE else state.mark,
            state.hidden or invisible,
            state.preformatted or style.preformatted,
            state.colored or style.background,
            style.tight or "mso" in attributes.lower(),
        )

    def close(self, name: str) -> None:
        if name == "br":
            self.line_break()
            return
        closed = self.elements.close(name)
        if closed is None:
            if name == "p":
                self.blank()
        elif name in _BLOCK:
            (self.blank if name in _SPACED and not closed.tight else self.block)()


def html_lines(source: str) -> tuple[list[Line], list[str]]:
    """The lines that a reader of the mail sees, and faults."""
    faults = ["HTML too long"] if len(source) > MAX_HTML else []
    source = source[:MAX_HTML].replace("\x00", "")
    reader = _Reader([], [], Mark.NONE, OpenElements([_State()]), style_sheet(source))
    last_end, last_double, last_single = source.rfind(">"), source.rfind('"'), source.rfind("'")
    last_comment = source.rfind("-->")
    lowered = source.lower() if len(source.lower()) == len(source) else source
    position, total = 0, len(source)
    while position < total:
        start = source.find("<", position)
        if start < 0:
            reader.text(source[position:])
            break
        reader.text(source[position:start])
        if source.startswith("<!--", start) and last_comment > start:
            position = source.find("-->", start + 2) + 3
            continue
        following = source[start + 1 : start + 2]
        closing = following == "/"
        name_match = _NAME.match(source, start + 1 + closing)
        if not name_match:
            if following in {"!", "?", "/"} and last_end > start:
                position = source.find(">", start) + 1
            else:
                reader.text("&lt;")
                position = start + 1
            continue
        end = _tag_end(source, name_match.end(), last_double, last_single)
        if end < 0:
            faults.append("unfinished tag")
            break
        name = name_match[0].lower()
        position = end + 1
        if closing:
            reader.close(name)
            continue
        reader.open(name, source[name_match.end() : end].strip())
        if name in _RAW:
            position = lowered.find(f"</{name}", position)
            if position < 0:
                break
    reader.block()
    return reader.lines, faults


def _tag_end(source: str, position: int, last_double: int, last_single: int) -> int:
    """Where the tag's ">" is, or -1. A quote that is never closed does not hide it."""
    while match := _TAG_END.search(source, position):
        if match[0] == ">":
            return match.start()
        last = last_double if match[0] == '"' else last_single
        position = source.find(match[0], match.end()) + 1 if last > match.start() else match.end()
    return -1


def _unescaped(raw: str) -> str:
    if "&" not in raw:
        return raw
    try:
        return html.unescape(raw)
    except (ValueError, OverflowError):
        return raw
