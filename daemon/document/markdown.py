"""The document as Markdown (CommonMark with tables), the same bytes for the same configuration."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from daemon.document import model as m

DIGITS = 12
"""Of the digest, shown as the version."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~#])")
_PLAIN_URL = re.compile(r"[A-Za-z0-9:/.@+?=&%~_-]+")
_OPENS_A_BLOCK = re.compile(r"^(\s*\d*)([-+=>.)])(?=\s|[-+=>])")


def versioned(document: m.Document) -> m.Document:
    """The document with its version: a digest of all its words."""
    text = markdown(replace(document, version=""))
    return replace(document, version=hashlib.sha256(text.encode()).hexdigest()[:DIGITS])


def markdown(document: m.Document, pictures: str | None = None) -> str:
    """`pictures` is what stands before the names of the pictures' files; without it their descriptions are there."""
    lines = [f"# {_escaped(document.title)}", "", _escaped(document.subtitle), ""]
    if document.mark:
        lines[2:2] = [f"**{_escaped(document.mark)}**", ""]
    if document.version:
        lines += [f"Version `{document.version}`", ""]
    for section in document.sections:
        lines += _section(section, 2, pictures)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: m.Section | m.Folded, level: int, pictures: str | None) -> Iterator[str]:
    yield f"{'#' * min(level, 6)} {_escaped(section.title)}"
    yield ""
    for block in section.blocks:
        yield from _block(block, level, pictures)


def _block(block: m.Block, level: int, pictures: str | None) -> Iterator[str]:
    match block:
        case m.Section() | m.Folded():
            yield from _section(block, level + 1, pictures)
            return
        case m.Facts(rows):
            yield from (f"- **{_escaped(name)}**: {_spans(words)}" for name, words in rows)
        case m.Picture():
            if pictures is not None:
                yield f"![{_escaped(block.title)}]({pictures}{block.name}.svg)"
                yield ""
            yield f"*{_escaped(block.caption if pictures is not None else block.title)}*"
            yield ""
            yield _escaped(block.description)
        case m.Paragraph(words):
            yield _inline(words)
        case m.Gap(words):
            yield f"> **Note:** {_inline(words)}"
        case m.Points(items, numbered):
            yield from (f"{f'{n}.' if numbered else '-'} {_inline(item)}" for n, item in enumerate(items, 1))
        case m.Table(head, rows):
            yield _row(head)
            yield _row(("---",) * len(head), plain=True)
            yield from (_row(row) for row in rows)
        case m.Example(channel, subject, text):
            yield f"{_escaped(channel)}:" + (f" **{_escaped(subject)}**" if subject else "")
            yield ""
            yield from _fenced(text, "text")
        case m.Quote(by, text):
            yield f"{_escaped(by)}:"
            yield ""
            yield from _fenced(text, "text")
        case m.Source(title, text):
            yield f"{_escaped(title)}:"
            yield ""
            yield from _fenced(text, "toml")
    yield ""


def _fenced(text: str, kind: str) -> tuple[str, ...]:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{kind}", text, fence


def _row(cells: tuple[m.Words, ...], *, plain: bool = False) -> str:
    return f"| {' | '.join(str(cell) if plain else _inline(cell) for cell in cells)} |"


def _inline(words: m.Words) -> str:
    text = _spans(words)
    return _OPENS_A_BLOCK.sub(r"\1\\\2", text) if isinstance(words, str) else text


def _spans(words: m.Words) -> str:
    match words:
        case str():
            return _escaped(words)
        case m.Strong(text):
            bold = text.strip()
            return f"**{_escaped(bold)}**{' ' * text.endswith(' ')}" if bold else ""
        case m.Code(text):
            # A table's cell ends at a bar even in code, and a backslash before it is taken away again.
            ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
            pad = " " if text.startswith("`") or text.endswith("`") else ""
            return f"{ticks}{pad}{_one_line(text).replace('|', chr(92) + '|')}{pad}{ticks}" if text else ""
        case m.Link(url, text):
            if not url.startswith(m.SCHEMES):
                return _escaped(text)
            return f"[{_escaped(text)}]({url if _PLAIN_URL.fullmatch(url) else f'<{url.translate(_NOT_IN_URLS)}>'})"
        case tuple():
            return "".join(map(_spans, words))


_NOT_IN_URLS = {ord(mark): f"%{ord(mark):02X}" for mark in "<>|\\ \n\r\t"}


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", _one_line(text))


def _one_line(text: str) -> str:
    """Spaces at the ends stay: the text may be one of several parts."""
    return re.sub(r"\s+", " ", text)
