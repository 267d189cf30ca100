"""Lines ACTION: found wherever they stand, read into name, what and day; the rest is left as it was."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.render.catalog import load_verbs
from parsers.actions import parse_actions
from parsers.inline import between
from parsers.types import ActionLine

TODAY = date(2026, 11, 24)
VERBS = load_verbs(Path("none"), ("en", "nl", "fr", "de", "es"))
FRIDAY = date(2026, 11, 27)
WRAPPED = f"ACTION Claire: {' '.join(['order'] * 10)}\norder order by Friday"


@pytest.mark.parametrize(
    ("text", "name", "what", "due"),
    [
        pytest.param("ACTION Claire: order disks by Friday", "Claire", "order disks", FRIDAY, id="as shown"),
        pytest.param(
            "action MI-7 Claire Dubois: order disks by Friday", "Claire Dubois", "order disks", FRIDAY, id="n"
        ),
        pytest.param("- **ACTION** Claire - order disks by Friday", "Claire", "order disks", FRIDAY, id="marks"),
        pytest.param("2. ACTION Claire: order disks by Friday", "Claire", "order disks", FRIDAY, id="in a list"),
        pytest.param("ACTION 2: Claire: order disks by Friday", "Claire", "order disks", FRIDAY, id="numbered"),
        pytest.param("ACTION Claire (network): by Friday order disks", "Claire", "order disks", FRIDAY, id="day first"),
        pytest.param("ACTION c@acme.example: order by Friday", "c@acme.example", "order", FRIDAY, id="address"),
        pytest.param("ACTIE Claire: bestel tegen vrijdag", "Claire", "bestel", FRIDAY, id="Dutch"),
        pytest.param("ACTION Claire : commander avant vendredi", "Claire", "commander", FRIDAY, id="French"),
        pytest.param("MASSNAHME Claire: bestellen bis Freitag", "Claire", "bestellen", FRIDAY, id="German"),
        pytest.param("ACCIÓN Claire: pedir para el viernes", "Claire", "pedir", FRIDAY, id="Spanish"),
        pytest.param("ACTION Claire to order disks by Friday", "", "Claire to order disks", FRIDAY, id="no mark"),
        pytest.param("ACTION Claire: order disks", "Claire", "order disks", None, id="no day"),
        pytest.param("ACTION item: Claire orders by Friday", "", "Claire orders", FRIDAY, id="an item"),
        pytest.param("*ACTION* for Claire: order by *Friday*", "Claire", "order", FRIDAY, id="for, and bold"),
        pytest.param("ACTION Claire: order (by Friday)", "Claire", "order", FRIDAY, id="in brackets"),
        pytest.param("ACTION Claire: order disks\nby Friday", "Claire", "order disks", FRIDAY, id="the day below"),
        pytest.param("ACTION Claire:\norder disks by Friday", "Claire", "order disks", FRIDAY, id="all below"),
        pytest.param("ACTION Claire: by Friday", "Claire", "", FRIDAY, id="nothing to do"),
        pytest.param(WRAPPED, "Claire", " ".join(["order"] * 12), FRIDAY, id="wrapped"),
    ],
)
def test_a_line(text: str, name: str, what: str, due: date | None) -> None:
    whole = f"It went well.\n\n{text}\nBye"
    (line,), rest = parse_actions(whole, TODAY, VERBS)
    assert (line.name, line.what, line.due) == (name, what, due)
    assert rest == "It went well.\n\nBye"


@pytest.mark.parametrize(
    "text",
    [
        "action was taken too late", "The action: we rebooted", "> ACTION Tom: order disks by Friday", "ACTION",
        "ACTION MI-7 name: what by date", "ACTIE MI-7 naam: wat tegen datum", "Reaction Tom: x by Friday",
        "Action Tom was not told until 11:40.",
    ],
)  # fmt: skip
def test_no_line(text: str) -> None:
    found, _ = parse_actions(text, TODAY, VERBS)
    assert found == ()


@pytest.mark.parametrize("mark", ["; ", " ", ". ", " & "])
def test_two_on_a_line(mark: str) -> None:
    text = f"ACTION Tom: order disks by Friday{mark}ACTION Claire: test them by 1/12"
    found, rest = parse_actions(text, TODAY, VERBS)
    assert [(line.name, line.what) for line in found] == [("Tom", "order disks"), ("Claire", "test them")]
    assert rest == ""


@pytest.mark.parametrize(
    ("text", "sure"),
    [("Action Claire, order disks by Friday", False), ("ACTION Claire, order disks by Friday", True)],
)
def test_without_a_mark_or_capitals_it_may_be_a_sentence(text: str, sure: bool) -> None:
    (line,), _ = parse_actions(text, TODAY, VERBS)
    assert (line.sure, line.due) == (sure, FRIDAY)


def test_below_a_heading_each_line_is_one() -> None:
    text = "All went well.\nActions:\n- Tom: order disks by Friday\n- Claire: test them by 1/12\n\nNote: nothing more"
    found, rest = parse_actions(text, TODAY, VERBS)
    assert [(line.name, line.what) for line in found] == [("Tom", "order disks"), ("Claire", "test them")]
    assert rest.endswith("Note: nothing more")


@given(st.text(max_size=200))
def test_whatever_the_text_there_is_a_value(text: str) -> None:
    found, rest = parse_actions(text, TODAY, VERBS)
    assert all(isinstance(line, ActionLine) for line in found)
    assert len(rest) <= len(text)


SENT = (
    "Acme Retail · MI-1\n\n1. What went well?\n\n2. What made it harder than it had to be, for whom?\n\nSent by Acme."
)


def test_answers_between_our_lines_come_with_their_questions() -> None:
    text = "See below.\n\nFrom: Acme\nSent: today\n\n" + SENT.replace("well?", "well?\n\nThe calls.").replace(
        "whom?", "whom?\n\nNo spare.\nNobody knew."
    )
    assert between(text, "See below.", SENT) == (
        "See below.\n\n> 1. What went well?\nThe calls.\n\n"
        "> 2. What made it harder than it had to be, for whom?\nNo spare.\nNobody knew."
    )


@pytest.mark.parametrize("mark", ["", "> "])
def test_a_line_of_ours_may_be_wrapped_and_marked_by_programs(mark: str) -> None:
    quoted = (
        f"{mark}1. What went well?\nThe calls.\n{mark}2. What made it harder than it had\n{mark}to be, for whom?\nMe."
    )
    found = between(f"See below.\n{quoted}\n{mark}Sent by Acme.", "See below.", SENT)
    assert found == (
        "See below.\n\n> 1. What went well?\nThe calls.\n\n> 2. What made it harder than it had to be, for whom?\nMe."
    )


def test_only_the_question_directly_above_is_shown_where_no_line_is_empty() -> None:
    text = SENT.replace("\n\n", "\n").replace("for whom?", "for whom?\nNo spare.")
    assert between(text, "", SENT) == "> 2. What made it harder than it had to be, for whom?\nNo spare."


@pytest.mark.parametrize("text", ["Only above.\n\n" + SENT, "No quotation at all.", ""])
def test_nothing_between_changes_nothing(text: str) -> None:
    assert between(text, "what was visible", SENT) == "what was visible"


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=300))
def test_whatever_was_sent_and_written_there_is_a_text(text: str, visible: str, sent: str) -> None:
    assert isinstance(between(text + sent, visible, sent), str)
