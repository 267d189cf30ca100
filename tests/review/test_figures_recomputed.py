"""The report's figures are those that follow from the raw messages of the mail server and the phones alone."""

import ast
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from config.types import Configuration
from daemon.core.kinds import Kind
from daemon.document.page import page
from daemon.review.document import document
from daemon.review.figures import Measure
from daemon.review.reading import record
from daemon.review.record import Record
from daemon.review.report import report
from daemon.review.values import Report
from daemon.state.store import read_store
from tests.review.conftest import Left
from tests.review.outage import NUMBER

SCRIPT = Path(__file__).parent / "recompute.py"


class Rows(HTMLParser):
    """The cells of every row of every table, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def recomputed(outage: Left, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = outage.wire.write(tmp_path_factory.mktemp("wire") / "raw")
    command = [sys.executable, "-I", str(SCRIPT), str(folder), NUMBER]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def read(outage: Left) -> Record:
    configuration = load(outage.murphyd.home / "etc", {})
    found = record(read_store(outage.murphyd.state), configuration, "MI-1", datetime(2026, 3, 3, tzinfo=UTC))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def written(read: Record) -> Report:
    return report(read)


def test_the_script_uses_nothing_of_murphys() -> None:
    names = [node for node in ast.walk(ast.parse(SCRIPT.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in names for alias in node.names if isinstance(node, ast.Import)}
    modules |= {node.module or "" for node in names if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("measure", list(Measure), ids=str)
def test_a_time_is_the_same(measure: Measure, recomputed: dict[str, Any], written: Report) -> None:
    (only,) = written.figures
    span = only.of(measure).took.span
    assert span is not None
    assert span.total_seconds() == recomputed[measure.value] > 0


def test_no_two_times_are_equal_by_chance(recomputed: dict[str, Any]) -> None:
    assert len({recomputed[name] for name in ("decide", "team", "resolve")}) == 3


def test_the_times_between_updates_are_the_same(recomputed: dict[str, Any], written: Report) -> None:
    paces = {pace.audience: pace for pace in written.paces}
    assert set(paces) == set(recomputed["between"]) == {"stakeholders", "management"}
    for audience, (middle, longest) in recomputed["between"].items():
        assert (paces[audience].median, paces[audience].longest) == (
            timedelta(seconds=middle),
            timedelta(seconds=longest),
        )


def test_the_people_by_notice_and_channel_are_the_same(recomputed: dict[str, Any], written: Report) -> None:
    """Also those who fell back to a text while the relay was cut."""
    shown = [
        [
            one.at.isoformat(),
            one.audience,
            {by.channel: by.people for by in sorted(one.channels, key=attrgetter("channel"))},
        ]
        for one in sorted(written.evidence, key=lambda one: (one.at, one.audience))
        if one.audience
    ]
    assert shown == recomputed["people"]


def test_those_who_fell_back_are_the_same(recomputed: dict[str, Any], written: Report) -> None:
    """Whoever has no mailbox at all has not fallen back."""
    shown = [e for e in written.evidence if e.audience]
    fallen = sorted([e.at.isoformat(), e.audience, sum(by.fallen_back for by in e.channels)] for e in shown)
    assert fallen == recomputed["fallen_back"]
    assert max(count for _, _, count in recomputed["fallen_back"]) > 10, "the relay was cut"


def test_both_channels_of_a_request_are_counted(recomputed: dict[str, Any], written: Report) -> None:
    (requests,) = (one for one in written.evidence if one.kind is Kind.DECISION_REQUEST)
    assert {by.channel: by.people for by in requests.channels} == recomputed["requests"] == {"email": 3, "sms": 3}
    assert (requests.people, requests.reached, requests.acknowledged) == (3, 3, 1)


def test_the_page_shows_them(recomputed: dict[str, Any], written: Report) -> None:
    """As anybody reads it in a browser: each row of its tables."""
    shown = Rows()
    shown.feed(page(document(written, None)))
    rows = [[" ".join(cell.split()) for cell in row] for row in shown.rows]
    for name, measure in (
        ("to decide", "decide"),
        ("to the first notice", "first-notice"),
        ("to a whole team", "team"),
        ("to the all-clear", "resolve"),
    ):
        assert [row[1] for row in rows if row[0] == name] == [f"{round(recomputed[measure] / 60)} minutes"]
    middle, longest = (f"{round(span / 60)} minutes" for span in recomputed["between"]["stakeholders"])
    assert [row[3:5] for row in rows if row[0] == "stakeholders"] == [[middle, longest]]
    cut = max(recomputed["fallen_back"], key=lambda one: one[2])
    texted = next(by for at, audience, by in recomputed["people"] if [at, audience] == cut[:2])
    assert [row[3:7] for row in rows if row[0].endswith("update to stakeholders") and row[2] == "text message"] == [
        [str(texted["sms"]), str(texted["sms"]), "0", str(cut[2])]
    ]


def test_the_team_is_the_same(recomputed: dict[str, Any], written: Report, read: Record) -> None:
    people: Configuration = read.configuration
    names = {phone: people.people.contacts[who].name for phone, who in people.people.by_phone.items()}
    asked = {one.who: one.asked.isoformat() for one in written.responders if one.asked}
    joined = {one.who: one.joined.isoformat() for one in written.responders if one.joined}
    assert asked == {names[phone]: at for phone, at in recomputed["asked"].items()}
    assert joined == {names[phone]: at for phone, at in recomputed["joined"].items()}
    assert len(asked) == 4
    assert len(joined) == 3
