"""Who was in charge, who was called and came, and what people answered."""

from collections.abc import Sequence

import pytest

from daemon.core import events as e
from daemon.core.model import SeatStatus
from daemon.review.answers import Answer, about_factors, by_question
from daemon.review.charge import charges
from daemon.review.responders import responders
from tests.review.vocabulary import (
    AN,
    HUGO,
    JAMES,
    NUMBER,
    ROSA,
    TOM,
    accepted,
    at,
    called,
    declined,
    joined,
    minutes,
    paged,
    proposed,
    released,
    reopened,
    resolved,
    silent,
)

BEGUN: list[e.Event] = [proposed(), accepted(2), called(2, "web"), paged(2, ROSA)]

Came = list[tuple[str, float | None, float | None, float | None, SeatStatus]]
"""Who: asked, joined, left, and what it came to."""

TEAM: tuple[tuple[str, Sequence[e.Event], Came], ...] = (
    ("asked, no answer yet", [], [(ROSA, 2, None, None, SeatStatus.ASKED)]),
    ("joined and stayed", [joined(5, ROSA)], [(ROSA, 2, 5, None, SeatStatus.JOINED)]),
    ("declined", [declined(4, ROSA)], [(ROSA, 2, None, 4, SeatStatus.DECLINED)]),
    ("joined and left", [joined(5, ROSA), declined(9, ROSA)], [(ROSA, 2, 5, 9, SeatStatus.LEFT)]),
    ("silent", [silent(5, ROSA)], [(ROSA, 2, None, None, SeatStatus.SILENT)]),
    (
        "silent, and not needed in the end: still silent",
        [silent(5, ROSA), paged(5, TOM), joined(6, TOM), released(6, ROSA, "")],
        [(ROSA, 2, None, 6, SeatStatus.SILENT), (TOM, 5, 6, None, SeatStatus.JOINED)],
    ),
    ("silent, and joined late", [silent(5, ROSA), joined(9, ROSA)], [(ROSA, 2, 9, None, SeatStatus.JOINED)]),
    ("not needed: enough joined", [released(4, ROSA, "")], [(ROSA, 2, None, 4, SeatStatus.SPARED)]),
    ("released by the manager", [joined(5, ROSA), released(8, ROSA)], [(ROSA, 2, 5, 8, SeatStatus.RELEASED)]),
    ("joined without being asked", [joined(7, HUGO)], [
        (ROSA, 2, None, None, SeatStatus.ASKED), (HUGO, None, 7, None, SeatStatus.JOINED)]),
    ("asked again, a line of its own", [joined(5, ROSA), resolved(9), reopened(20), paged(20, ROSA), joined(22, ROSA)],
     [(ROSA, 2, 5, None, SeatStatus.JOINED), (ROSA, 20, 22, None, SeatStatus.JOINED)]),
)  # fmt: skip


@pytest.mark.parametrize(("said", "events", "came"), TEAM, ids=[case[0] for case in TEAM])
def test_an_engineer(said: str, events: Sequence[e.Event], came: Came) -> None:
    found = responders([*BEGUN, *events])
    moments = [tuple(None if m is None else at(m) for m in row[1:4]) for row in came]
    assert [(one.asked, one.joined, one.left) for one in found] == moments
    assert [(one.who, one.answer) for one in found] == [(row[0], row[4]) for row in came]


def test_how_long_one_waited() -> None:
    (one,) = responders([*BEGUN, joined(5, ROSA)])
    assert one.waited == minutes(3)


CHARGE: tuple[tuple[str, Sequence[e.Event], list[tuple[str, float, float | None]]], ...] = (
    ("one from the decision to the end", [resolved(30)], [(AN, 2, 30)]),
    ("still", [], [(AN, 2, None)]),
    ("taken over", [e.Taken(NUMBER, at(10), JAMES), resolved(30)], [(AN, 2, 10), (JAMES, 10, 30)]),
    ("handed over", [e.HandedOver(NUMBER, at(10), JAMES, AN)], [(AN, 2, 10), (JAMES, 10, None)]),
    ("brought back by another", [resolved(30), reopened(50, JAMES)], [(AN, 2, 30), (JAMES, 50, None)]),
)


@pytest.mark.parametrize(("said", "events", "came"), CHARGE, ids=[case[0] for case in CHARGE])
def test_in_charge(said: str, events: Sequence[e.Event], came: list[tuple[str, float, float | None]]) -> None:
    found = [(one.who, one.since, one.until) for one in charges([*BEGUN, *events])]
    assert found == [(who, at(since), None if until is None else at(until)) for who, since, until in came]


def test_accepted_by_the_clock_nobody_is_in_charge() -> None:
    assert [one.who for one in charges([proposed(), accepted(30, ""), e.Taken(NUMBER, at(40), JAMES)])] == ["", JAMES]


QUESTIONS = ("What went well?", "What made it harder?", "What contributed to it?")
DUTCH = ("Wat ging goed?", "Wat maakte het moeilijker?", "Wat heeft ertoe bijgedragen?")

ANSWERS: tuple[tuple[str, str, list[tuple[int, str]]], ...] = (
    ("plain words are under no question", "It was fine.\nThank you.", []),
    ("numbered", "1. The bridge\n2. No access", [(1, "The bridge"), (2, "No access")]),
    ("numbered with brackets, out of lines", "1) The bridge\nand the team\n3) One relay", [
        (1, "The bridge\nand the team"), (3, "One relay")]),
    ("between the questions", "What went well?\nThe bridge\n\nWhat made it harder?\nNo access", [
        (1, "The bridge"), (2, "No access")]),
    ("between quoted ones, as they came", "> 1. What went well?\nBridge\n> 3. What contributed to it?\nRelay", [
        (1, "Bridge"), (3, "Relay")]),
    ("in another language", "Wat ging goed?\nDe brug", [(1, "De brug")]),
    ("Q1 and question 2", "Q1: the bridge\nQuestion 2: no access", [(1, "the bridge"), (2, "no access")]),
    ("a list of their own stays under its question", "2. Because:\n1. no access\n2. no manual", [
        (2, "Because:\n1. no access\n2. no manual")]),
    ("a number that is none of the questions", "7. Lucky", []),
    ("an empty answer is none", "1.\n2. No access", [(2, "No access")]),
    ("a year is no number", "2026 was worse", []),
)  # fmt: skip


@pytest.mark.parametrize(("said", "words", "came"), ANSWERS, ids=[case[0] for case in ANSWERS])
def test_answers_by_question(said: str, words: str, came: list[tuple[int, str]]) -> None:
    found = by_question((QUESTIONS, DUTCH), [Answer("Rosa", at(90), words, ())])
    assert [(one.number, answer) for one in found for _, answer in one.answers] == came


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (QUESTIONS, (("Rosa", "One relay"),)),
        (("What now?", "Why?", "Was war die Ursache?"), (("Rosa", "One relay"),)),
        (("What now?", "Why?", "Who?"), ()),
    ],
    ids=["the usual question", "the organization's own", "none asks for it"],
)
def test_what_people_said_contributed(questions: tuple[str, ...], said: tuple[tuple[str, str], ...]) -> None:
    answered = by_question((questions,), [Answer("Rosa", at(90), "3. One relay", ())])
    assert about_factors(questions, answered) == said
