"""The report's forms: what stands in them and in which order, that they need nothing else, and tell nothing secret."""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from config.load import load
from daemon.cli import app
from daemon.core.events import ReviewAnswered
from daemon.core.fold import opened
from daemon.document.markdown import markdown
from daemon.document.model import Document, Picture
from daemon.document.page import page
from daemon.document.pdf import pdf
from daemon.history import History
from daemon.review.document import MARK, document
from daemon.review.drawing import NEEDS, SMALL
from daemon.review.pictures import pictures
from daemon.review.reading import record
from daemon.review.record import Record
from daemon.review.report import report
from daemon.review.stretches import walk
from daemon.review.values import Report
from daemon.state.store import read_store
from tests.core.vocabulary import example
from tests.document.test_forms import Tags
from tests.review.conftest import Left
from tests.review.example import PAGE, PICTURES, written
from tests.review.synthetic import large
from tests.review.vocabulary import accepted, at, proposed, resolved

OUTLINE = (
    "# MI-7: Nobody can log in anywhere",
    "## Overview",
    "## Impact",
    "## What happened",
    "## Responders",
    "## How we did",
    "### As proposed",
    "### Brought back 13:50:00",
    "### Updates against their promise",
    "## Delivery evidence",
    "### To audiences and groups",
    "### To a few people each, by kind",
    "### Not reached",
    "## Answers",
    "### 1. What went well, and should stay as it is?",
    "### 3. What contributed to it happening? Think of circumstances rather than of people.",
    "### Claire Dubois, word for word",
    "### James Whitfield, word for word",
    "## Contributing factors",
    "### What people said",
    "### What the record shows",
    "## Actions",
    "## Appendix: every message sent",
)

MOST_BYTES = 1_000_000


@cache
def told() -> Report:
    return report(large(1250))


@cache
def drawn() -> tuple[Picture, ...]:
    return pictures(told())


@cache
def whole() -> Document:
    return document(told(), drawn())


@pytest.fixture(scope="module")
def outage_report(outage: Left) -> Report:
    configuration = load(outage.murphyd.home / "etc", {})
    found = record(read_store(outage.murphyd.state), configuration, "MI-1", datetime(2026, 3, 3, tzinfo=UTC))
    assert found is not None
    return report(found)


def test_the_outline() -> None:
    lines = markdown(whole()).splitlines()
    words = [line.replace("\\", "") for line in lines if re.match(r"#{1,3} ", line)]
    assert [line for line in words if not re.match(r"### (Mon|Tue|\d\d:)", line)] == list(OUTLINE)


def test_it_says_that_it_is_confidential_before_all_else() -> None:
    assert markdown(whole()).splitlines()[2] == f"**{MARK}**"
    tags = page(whole())
    assert tags.index(MARK) < tags.index("<h1>")
    assert f'@top-right {{ content: "{MARK}"' in tags


def test_the_page_is_well_formed_and_needs_nothing_else() -> None:
    tags = Tags(page(whole()))
    for name, attributes in tags.seen:
        assert name not in ("script", "link", "iframe", "img", "object"), name
        assert "src" not in attributes
        assert attributes.get("href", "#").startswith("#"), attributes
    ids = Counter(attributes["id"] for _, attributes in tags.seen if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {attributes["href"][1:] for _, attributes in tags.seen if attributes.get("href", "").startswith("#")}
    assert targets <= set(ids)
    assert len(page(whole()).encode()) < MOST_BYTES


@pytest.mark.parametrize("place", range(3), ids=["incident", "delivery", "updates"])
def test_a_picture_has_words_for_whoever_does_not_see_it(place: int) -> None:
    picture = drawn()[place]
    root = ElementTree.fromstring(picture.svg)
    names = {element.get("id"): element.text for element in root if element.tag.endswith(("title", "desc"))}
    assert names[root.get("aria-labelledby")] == picture.title
    assert names[root.get("aria-describedby")] == picture.description
    assert root.get("role") == "img"
    assert root.get("viewBox")
    assert root.get("width") is root.get("height") is None


@pytest.mark.parametrize("place", range(3), ids=["incident", "delivery", "updates"])
def test_a_picture_can_be_read_in_print(place: int) -> None:
    """As wide as a sheet's text, its letters are as large as they say."""
    root = ElementTree.fromstring(drawn()[place].svg)
    assert (root.get("viewBox") or "").split()[2] == "504"
    words = [element for element in root.iter() if element.tag.endswith("}text")]
    sizes = [
        float(size)
        for one in words
        for size in re.findall(r"font(?:-size)?: (?:\S+ )?([\d.]+)px", one.get("style") or "")
    ]
    assert len(sizes) == len(words) > 5
    assert min(sizes) >= SMALL
    assert "DejaVu" not in drawn()[place].svg


def test_the_same_report_has_the_same_bytes() -> None:
    assert pictures(told()) == drawn()


def test_nobody_is_told_by_colour_alone() -> None:
    """Each kind of notice has a shape of its own."""
    from daemon.review.picture_incident import MARKS

    assert len({shape for shape, _, _ in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize("form", ["markdown", "page"])
def test_no_telephone_number_pin_or_token_is_in_it(form: str, outage: Left, outage_report: Report) -> None:
    shown = document(outage_report, ())
    text = markdown(shown) if form == "markdown" else page(shown)
    configuration = load(outage.murphyd.home / "etc", {})
    for contact in configuration.people.contacts.values():
        for phone in contact.phones:
            assert phone not in text
            assert phone[1:] not in text
    for bridge in configuration.procedure.bridges:
        assert bridge.pin not in text
        assert bridge.phone.replace(" ", "") not in text.replace(" ", "")
    assert not re.search(r"incidents\+[\w.-]+@", text)
    assert "James Whitfield" in text


def test_it_is_a_pdf_with_pictures(outage_report: Report) -> None:
    """Its first section; all of it takes long."""
    shown = document(outage_report, drawn())
    assert pdf(page(replace(shown, sections=shown.sections[:1]))).startswith(b"%PDF-")


def test_without_the_plotting_library_it_says_how_to_get_the_pictures(outage: Left) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; from daemon.__main__ import main; "
        f"sys.argv = ['murphyd', 'review', 'MI-1', '--config', {str(outage.murphyd.home / 'etc')!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"murphyd: {NEEDS}\n"
    assert "> **Note:** There are no pictures here: the pictures need matplotlib" in done.stdout


def test_the_pictures_lie_beside_the_markdown(outage: Left, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["review", "mi-1", "-o", str(tmp_path / "mine.md"), *config(outage)])
    assert (done.exit_code, done.output) == (0, "")
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (tmp_path / "mine.md").read_text())
    assert sorted(named) == sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".svg")
    assert len(named) == 3
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_page_by_its_name(outage: Left, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["review", "1", "-o", str(tmp_path / "r.html"), *config(outage)])
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "r.html").read_text().count("<svg ") == 3


def config(outage: Left) -> tuple[str, str]:
    return "--config", str(outage.murphyd.home / "etc")


def test_a_number_that_is_none(outage: Left) -> None:
    done = outage.murphyd.run("review", "MI-99")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "murphyd: there is no MI-99; `murphyd incidents` lists those there are\n"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("MI-7", ("Post-incident review (not over yet)", "It is not over yet", "4 minutes so far")),
        ("DR-2", ("Report of a drill (not over yet)", "This was an exercise", "and the drill before it.")),
    ],
    ids=["open", "an exercise"],
)
def test_one_that_is_open_or_an_exercise(number: str, says: tuple[str, ...]) -> None:
    begun = replace(proposed(), incident=number)
    before = (replace(begun, incident="DR-1"), replace(accepted(2), incident="DR-1"))
    past = (before,) if number == "DR-2" else ()
    of = History(opened(begun), (begun,), (), archived=False)
    text = markdown(document(report(Record(example(), of, (), past, at(4))), None))
    for words in says:
        assert words in text
    assert "Nothing was sent." in text
    assert "No engineer was called." in text


def test_what_people_wrote_is_no_markup() -> None:
    hostile = "<script>alert(1)</script> | **b** [a](javascript:x)"
    begun = replace(proposed(), summary=hostile, details=hostile, impact=hostile, name=hostile)
    said = ReviewAnswered("MI-7", at(40), "an", hostile, (hostile,))
    events = (begun, accepted(1), resolved(30), said)
    of = History(tuple(walk(events))[-1][1], events, (), archived=False)
    shown = document(report(Record(example(), of, (), (), at(60))), None)
    assert "script" not in {name for name, _ in Tags(page(shown)).seen}
    assert "<script>" not in re.sub(r"```.*?```", "", markdown(shown), flags=re.DOTALL)


def test_the_example_is_what_would_be_written_now() -> None:
    """`python -m tests.review.example` writes it anew. Of the pictures their words: the rest is the library's."""
    text, drawn_now = written()
    assert PAGE.read_text(encoding="utf-8") == text
    for picture in drawn_now:
        kept = ElementTree.parse(PAGE.parent / f"{PICTURES}{picture.name}.svg").getroot()
        said = ElementTree.fromstring(picture.svg)
        assert [one.text for one in kept.iter() if one.text] == [one.text for one in said.iter() if one.text]
