"""The document as one HTML page that needs nothing else: no script, nothing fetched. All text is escaped."""

import re
from collections.abc import Iterator
from html import escape

from daemon.document import model as m
from daemon.document.style import CARD, PAGE

CONTENTS_DEPTH = 2
"""Levels of sections in the table of contents."""


def page(document: m.Document, *, card: bool = False) -> str:
    """A whole document; as a `card`, on one sheet and without contents."""
    names = _Names()
    body = "".join(_section(section, 2, names) for section in document.sections)
    contents = "" if card else _contents(document)
    kind = ("card dense" if document.dense else "card") if card else "document"
    style = (CARD if card else PAGE) + _marked(document.mark)
    mark = f'<p class="mark">{escape(document.mark)}</p>\n' if document.mark else ""
    version = f' <span class="version">Version {escape(document.version)}</span>' if document.version else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="{kind}">\n<header>\n{mark}<h1>{escape(document.title)}</h1>\n'
        f'<p class="subtitle">{escape(document.subtitle)}{version}</p>\n'
        f"</header>\n{contents}<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _marked(mark: str) -> str:
    """The rule by which a mark stands on each sheet of paper."""
    words = re.sub(r"[^\w ,.:-]", "", mark)
    return (
        f'@page {{ @top-right {{ content: "{words}"; font: bold 8pt sans-serif; color: #a33000; }} }}\n' if mark else ""
    )


def mark(document: m.Document) -> str:
    """By which a kept PDF is known."""
    return f"murphyd-{document.version}"


class _Names:
    """Anchors, in the order in which they are asked for: the contents and the sections ask alike."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def of(self, title: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "section"
        count = self._given[plain] = self._given.get(plain, 0) + 1
        return plain if count == 1 else f"{plain}-{count}"


def _contents(document: m.Document) -> str:
    names = _Names()
    items = "".join(_entry(section, 1, names) for section in document.sections)
    return f'<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ol>\n{items}</ol>\n</nav>\n'


def _entry(section: m.Section, depth: int, names: _Names) -> str:
    anchor = names.of(section.title)
    inner = "".join(_entry(block, depth + 1, names) for block in section.blocks if isinstance(block, m.Section))
    if depth > CONTENTS_DEPTH:
        return ""
    below = f"\n<ol>\n{inner}</ol>\n" if inner else ""
    return f'<li><a href="#{anchor}">{escape(section.title)}</a>{below}</li>\n'


def _section(section: m.Section, level: int, names: _Names) -> str:
    anchor = names.of(section.title)
    tag = f"h{min(level, 6)}"
    blocks = "".join(_block(block, level, names) for block in section.blocks)
    # Messages are many and short: on paper they stand in columns.
    examples = any(isinstance(inner, m.Example) for block in section.blocks for inner in _within(block))
    kind = ' class="messages"' if examples else ""
    return f'<section{kind}>\n<{tag} id="{anchor}">{escape(section.title)}</{tag}>\n{blocks}</section>\n'


def _within(block: m.Block) -> tuple[m.Block, ...]:
    return block.blocks if isinstance(block, m.Section | m.Folded) else ()


def _block(block: m.Block, level: int, names: _Names) -> str:
    match block:
        case m.Section():
            return _section(block, level + 1, names)
        case m.Paragraph(words):
            return f"<p>{_inline(words)}</p>\n"
        case m.Gap(words):
            return f'<p class="gap"><strong>Note:</strong> {_inline(words)}</p>\n'
        case m.Points(items, numbered):
            tag = "ol" if numbered else "ul"
            rows = "".join(f"<li>{_inline(item)}</li>\n" for item in items)
            return f"<{tag}>\n{rows}</{tag}>\n"
        case m.Table():
            return _table(block)
        case m.Facts(rows):
            pairs = "".join(f"<div><dt>{escape(name)}</dt><dd>{_inline(words)}</dd></div>\n" for name, words in rows)
            return f"<dl>\n{pairs}</dl>\n"
        case m.Picture():
            return _picture(block)
        case m.Folded(title, blocks):
            inner = "".join(_block(one, level + 1, names) for one in blocks)
            return f'<details class="fold">\n<summary>{escape(title)}</summary>\n{inner}</details>\n'
        case m.Example():
            return _example(block)
        case m.Quote(by, text):
            said = f'<div class="said">{escape(text)}</div>'
            return f"<figure>\n<figcaption>{escape(by)}</figcaption>\n{said}\n</figure>\n"
        case m.Source(title, text):
            return f"<details>\n<summary>{escape(title)}</summary>\n<pre>{escape(text)}</pre>\n</details>\n"


def _picture(picture: m.Picture) -> str:
    """On a narrow screen it scrolls: its print would be too small to read."""
    return (
        f'<figure class="picture">\n<div class="wide" role="group" tabindex="0" aria-label="{escape(picture.title)}">\n'
        f"{picture.svg}</div>\n<figcaption>{escape(picture.caption)}</figcaption>\n</figure>\n"
    )


def _example(example: m.Example) -> str:
    subject = f'<strong lang="{escape(example.language)}">{escape(example.subject)}</strong>' if example.subject else ""
    return (
        f'<figure>\n<figcaption><span class="channel">{escape(example.channel)}</span> {subject}</figcaption>\n'
        f'<div class="said" lang="{escape(example.language)}">{escape(example.text)}</div>\n</figure>\n'
    )


def _table(table: m.Table) -> str:
    """On a narrow screen each row becomes a card: the roles keep it a table for whoever listens."""
    head = "".join(f'<th role="columnheader" scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(f'<tr role="row">{"".join(_cells(table, row))}</tr>\n' for row in table.rows)
    return (
        f'<table role="table">\n<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody>\n</table>\n'
    )


def _cells(table: m.Table, row: tuple[m.Words, ...]) -> Iterator[str]:
    for name, cell in zip(table.head, row, strict=True):
        yield f'<td role="cell" data-label="{escape(name)}"><div>{_inline(cell)}</div></td>'


def _inline(words: m.Words) -> str:
    match words:
        case str():
            return escape(words)
        case m.Strong(text):
            return f"<strong>{escape(text)}</strong>"
        case m.Code(text):
            return f"<code>{escape(text)}</code>"
        case m.Link(url, text):
            return f'<a href="{escape(url)}">{escape(text)}</a>' if url.startswith(m.SCHEMES) else escape(text)
        case tuple():
            return "".join(map(_inline, words))
