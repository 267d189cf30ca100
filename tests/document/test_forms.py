"""Markdown and HTML: nothing that somebody wrote becomes markup, no secret is in them, one page needs nothing else."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from daemon.document import model as m
from daemon.document.markdown import markdown, versioned
from daemon.document.page import page
from daemon.procedure.document import procedure
from tests.core.vocabulary import Edits, example

HOSTILE = "<script>alert(1)</script> | `x` **b** [a](javascript:x) \\ & \"'"
SECRETS: Edits = {
    'auth_token = "sandbox"': 'auth_token = "SECRET-1"',
    'password = "sandbox"': 'password = "SECRET-2"',
    "[web]\n": '[[other]]\nname = "chat"\nurl = "ntfy://SECRET-3@ntfy.acme.example/major"\n\n[web]\n',
    "[review]\n": '[[duty]]\nlist = "web-engineers"\ncalendar = "https://a.example/SECRET-4.ics"\n\n[review]\n',
}  # fmt: skip


@cache
def whole() -> m.Document:
    return procedure(example())


class Tags(HTMLParser):
    """What a browser would see: tags that are closed in order, their attributes, and the text."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.seen if name in attributes]

    def count(self, tag: str) -> int:
        return sum(seen == tag for seen, _ in self.seen)


def document(*words: m.Words) -> m.Document:
    blocks: tuple[m.Block, ...] = (
        *(m.Paragraph(each) for each in words),
        *(m.Points((each,)) for each in words),
        *(m.Gap(each) for each in words),
        m.Table(("a", "b"), tuple((each, "x") for each in words)),
        m.Facts(tuple((HOSTILE, each) for each in words)),
        m.Folded(HOSTILE, (m.Quote(HOSTILE, HOSTILE),)),
        m.Picture("p", "<svg></svg>", HOSTILE, HOSTILE, HOSTILE),
        m.Source(HOSTILE, f"{HOSTILE}\n```\n# no heading"),
        m.Example("Email", HOSTILE, f"{HOSTILE}\n```\n# no heading"),
    )
    return m.Document("A | <b>", HOSTILE, (m.Section(HOSTILE, blocks),))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        pytest.param("a | b", "a \\| b", id="a bar ends no cell"),
        pytest.param("<b>", "\\<b\\>", id="no tag"),
        pytest.param("1. first", "1\\. first", id="no list"),
        pytest.param("- first", "\\- first", id="no point"),
        pytest.param("# first", "\\# first", id="no heading"),
        pytest.param("a\nb", "a b", id="one line"),
        pytest.param(m.Strong("Do. "), "**Do.**", id="no space before the end of bold words"),
        pytest.param(m.Code("a`b|c"), "``a`b\\|c``", id="code with a tick and a bar"),
        pytest.param(m.Link("javascript:alert(1)", "x"), "x", id="no link to a script"),
        pytest.param(m.Link("https://a.example/b c", "x"), "[x](<https://a.example/b%20c>)", id="a link with a space"),
        pytest.param(m.dial("+32470550101"), "[+32 470 55 01 01](tel:+32470550101)", id="a number in groups"),
        pytest.param(m.dial("+999"), "[+999](tel:+999)", id="a number of no plan"),
    ],
)
def test_words_in_markdown(words: m.Words, written: str) -> None:
    text = markdown(m.Document("T", "S", (m.Section("A", (m.Paragraph(words),)),)))
    assert text.splitlines()[6].rstrip() == written


def test_a_table_has_as_many_cells_in_every_row() -> None:
    rows = [
        row for row in markdown(document(HOSTILE, m.Strong(HOSTILE), m.Code(HOSTILE))).splitlines() if row[:1] == "|"
    ]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}


def test_a_mark_stands_before_the_title_and_on_every_sheet() -> None:
    marked = replace(document("x"), mark='Confidential: "us" } only')
    assert markdown(marked).splitlines()[2] == '**Confidential: "us" \\} only**'
    text = page(marked)
    assert '@page { @top-right { content: "Confidential: us  only";' in text
    assert text.index('<p class="mark">') < text.index("<h1>")


def test_where_pictures_are_files_they_are_named() -> None:
    shown = m.Document("A", "", (m.Section("S", (m.Picture("p", "<svg></svg>", "Title", "It shows b.", "Caption"),)),))
    assert "![Title](files/a-p.svg)\n\n*Caption*\n\nIt shows b." in markdown(shown, "files/a-")
    assert "*Title*\n\nIt shows b." in markdown(shown)
    assert "svg" not in markdown(shown)


def test_neither_an_example_nor_a_template_can_end_its_fence() -> None:
    lines = markdown(document()).splitlines()
    assert lines[-5:] == ["````text", HOSTILE, "```", "# no heading", "````"]
    assert lines[lines.index("````toml") :][:5] == ["````toml", HOSTILE, "```", "# no heading", "````"]


def test_nothing_written_becomes_a_tag_of_the_page() -> None:
    words = (HOSTILE, m.Strong(HOSTILE), m.Code(HOSTILE), m.Link("javascript:alert(1)", HOSTILE), (HOSTILE, "and"))
    hostile = Tags(page(versioned(document(*words))))
    assert {tag for tag, _ in hostile.seen} <= {
        "html", "head", "meta", "title", "style", "body", "nav", "main", "header", "section", "h1", "h2", "ol", "ul",
        "li", "a", "p", "span", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "div", "figure",
        "figcaption", "details", "summary", "pre", "dl", "dt", "dd", "svg",
    }  # fmt: skip
    assert hostile.attributes("href") == ["#script-alert-1-script-x-b-a-javascript-x"]
    assert hostile.words.count(HOSTILE) >= 3 * len(words)


@pytest.mark.parametrize("written", [markdown, page], ids=["markdown", "html"])
def test_no_secret_is_in_it(written: object) -> None:
    assert callable(written)
    text = written(procedure(example(SECRETS)))
    assert "SECRET" not in text
    assert "482915" in text  # a PIN is none


def test_the_page_needs_nothing_else() -> None:
    text = page(whole())
    tags = Tags(text)
    assert not tags.attributes("src")
    assert tags.count("script") == tags.count("link") == tags.count("img") == 0
    assert "url(" not in text
    assert "@import" not in text


def test_the_contents_lead_to_every_part_and_names_are_given_once() -> None:
    tags = Tags(page(whole()))
    anchors = tags.attributes("id")
    assert len(anchors) == len(set(anchors))
    inner = [href[1:] for href in tags.attributes("href") if href.startswith("#")]
    assert set(inner) <= set(anchors)
    assert {"purpose", "when-technology-fails", "email-fails", "to-the-audiences"} <= set(inner)


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Tags(page(whole())).seen if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_example_says_in_which_language_it_is() -> None:
    tags = Tags(page(procedure(example({'language = "en"': 'language = "fr"'}))))
    assert set(tags.attributes("lang")) == {"en", "fr"}


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "tint")] + [("ink", "gap")],
)
def test_contrast_is_enough(scheme: int, ink: str, ground: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1."""
    roots = re.findall(r":root \{(.*?)\}", page(whole()), re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", roots[scheme]))
    light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_version_is_that_of_the_words_alone() -> None:
    plain = document("a")
    assert versioned(plain) == versioned(versioned(plain))
    assert versioned(plain).version != versioned(replace(plain, title="B")).version
