"""Intervals, and words to the audiences: missing, in doubt, confirmed."""

import pytest

from tests.core.situations import office
from tests.core.vocabulary import minutes


@pytest.mark.parametrize(
    ("words", "minutes_", "audiences"),
    [
        pytest.param("EVERY 20m", 20, {"stakeholders", "management"}, id="all audiences"),
        pytest.param("EVERY MI-1 2h stakeholders", 120, {"stakeholders"}, id="one audience"),
        pytest.param("EVERY 45 minutes Management", 45, {"management"}, id="in words, in any case"),
        pytest.param("EVERY 1 hour", 60, {"stakeholders", "management"}, id="one hour"),
        pytest.param("EVERY 1 uur", 60, {"stakeholders", "management"}, id="in Dutch"),
    ],
)
def test_every(words: str, minutes_: int, audiences: set[str]) -> None:
    there = office("accepted")
    assert there.says("An", words).kinds == ["done-every"]
    assert dict(there.incident.intervals) == dict.fromkeys(audiences, minutes(minutes_))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("EVERY", id="nothing"),
        pytest.param("EVERY 1m", id="too short"),
        pytest.param("EVERY 3 days", id="too long"),
        pytest.param("EVERY 20m nobody", id="no such audience"),
        pytest.param("EVERY now and then", id="no interval"),
        pytest.param("EVERY 9999h", id="absurd"),
    ],
)
def test_an_interval_that_cannot_be(words: str) -> None:
    there = office("accepted")
    came = there.says("An", words)
    assert came.kinds == ["bad-interval"]
    assert came.one("bad-interval").content.people == ("stakeholders", "management")
    assert there.incident.intervals == {}


@pytest.mark.parametrize("words", ["UPDATE", "UPDATE MI-1", "NOTE"])
def test_words_that_are_missing(words: str) -> None:
    assert office("accepted").says("An", words).kinds == ["no-words"]


def test_words_in_doubt_are_shown_and_confirmed_by_the_verb_alone() -> None:
    there = office("accepted")
    came = there.says("An", "UPDATE Half is back. MGMT: 40 k", sure=False)
    assert came.kinds == ["confirm-words"]
    shown = came.one("confirm-words").content
    assert (shown.words, shown.management) == ("Half is back.", "40 k")
    confirmed = there.says("An", "UPDATE")
    assert confirmed.kinds == ["update", "done-update"]
    assert {n.content.words for n in confirmed.of("update")} == {"Half is back."}
    assert there.says("An", "UPDATE").kinds == ["no-words"]


def test_words_that_were_shown_and_sent_again_otherwise_are_gone() -> None:
    there = office("accepted")
    there.says("An", "UPDATE Wrong", sure=False)
    there.says("An", "UPDATE Right")
    assert there.says("An", "UPDATE").kinds == ["no-words"]


def test_words_shown_to_one_are_not_confirmed_by_another() -> None:
    there = office("accepted")
    there.says("An", "UPDATE Half is back.", sure=False)
    there.now += minutes(61)
    there.says("James", "TAKE")
    there.passes(minutes(6))
    assert there.incident.manager == there.who("James")
    assert there.says("James", "UPDATE").kinds == ["no-words"]


def test_words_shown_before_the_incident_changed_hands_are_gone() -> None:
    there = office("accepted")
    there.says("An", "UPDATE Half is back.", sure=False)
    there.now += minutes(1)
    there.says("An", "RESOLVE")
    there.now += minutes(1)
    there.says("An", "REOPEN")
    assert there.says("An", "UPDATE").kinds == ["no-words"]


def test_accept_with_words_in_doubt_accepts_and_shows_the_words() -> None:
    there = office("proposed")
    came = there.says("An", "ACCEPT MI-1 We are on it.", sure=False)
    assert {"done-accept", "confirm-words"} <= set(came.kinds)
    assert {n.content.words for n in came.of("initial")} == {""}
    assert {n.content.words for n in there.says("An", "UPDATE").of("update")} == {"We are on it."}


def test_resolve_with_words_in_doubt_is_confirmed_first() -> None:
    there = office("accepted")
    assert there.says("An", "RESOLVE All is back.", sure=False).kinds == ["confirm-words"]
    assert there.incident.status == "accepted"
    came = there.says("An", "RESOLVE")
    assert {n.content.words for n in came.of("all-clear")} == {"All is back."}


@pytest.mark.parametrize(
    ("status", "words", "done"),
    [
        pytest.param("proposed", "ACCEPT MI-1 We are on it.", "done-accept", id="ACCEPT"),
        pytest.param("accepted", "UPDATE Half is back.", "done-update", id="UPDATE"),
        pytest.param("accepted", "RESOLVE All is back.", "done-resolve", id="RESOLVE"),
    ],
)
def test_of_a_confidential_incident_no_words_go_out_so_none_are_confirmed(status: str, words: str, done: str) -> None:
    there = office(status)
    there.says("An", "CONFIDENTIAL MI-1")
    there.now += minutes(1)
    came = there.says("An", words, sure=False)
    assert done in came.kinds
    assert "confirm-words" not in came.kinds
