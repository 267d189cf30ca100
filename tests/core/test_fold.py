"""What the timeline folds to: who is in charge, the words, the promises and what is missed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from daemon.core import events as e
from daemon.core.fold import fold, replay
from daemon.core.model import Incident, Promise, Status
from tests.core.samples import IN, LATER, PROPOSED, T
from tests.core.vocabulary import minutes

ACCEPTED = IN[Status.ACCEPTED]


def promise(**changes: object) -> Incident:
    """An accepted incident; stakeholders were told at T and promised more an hour later."""
    base = Promise(T, T + minutes(60))
    return replace(ACCEPTED, promises={"stakeholders": replace(base, **changes)})  # type: ignore[arg-type]


def test_a_proposal_opens_with_its_own_words() -> None:
    incident = replay((PROPOSED,))
    assert (incident.status, incident.summary, incident.impact) == ("proposed", "Shop down", "No orders")
    assert incident.ask_from == T
    assert incident.words == ""


def test_a_timeline_begins_with_its_proposal() -> None:
    with pytest.raises(TypeError, match="begins with a proposal, not with Asked"):
        replay((e.Asked("MI-1", T, 0),))


def test_who_accepts_is_in_charge_and_has_spoken() -> None:
    incident = fold(IN[Status.PROPOSED], e.Accepted("MI-1", LATER, "james", "On it.", "Costly."))
    assert (incident.manager, incident.decided_by, incident.accepted) == ("james", "james", LATER)
    assert (incident.words, incident.management, incident.last_word) == ("On it.", "Costly.", LATER)
    assert incident.promises == {}


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(e.Rejected("MI-1", LATER, "an", "Secret"), id="a rejection's"),
        pytest.param(e.Withdrawn("MI-1", LATER, "lotte", "Secret"), id="a withdrawal's"),
    ],
)
def test_the_reason_is_no_public_word(event: e.Event) -> None:
    incident = fold(IN[Status.PROPOSED], event)
    assert (incident.words, incident.reason) == ("", "Secret")
    assert incident.ended == LATER


def test_the_reason_of_a_downgrade_takes_the_place_of_the_last_words() -> None:
    incident = fold(replace(ACCEPTED, words="Half is back."), e.Downgraded("MI-1", LATER, "an", "Only one shop"))
    assert (incident.words, incident.reason) == ("", "Only one shop")


def test_reopening_forgets_the_all_clear_and_any_request_to_take_charge() -> None:
    before = replace(IN[Status.RESOLVED], words="All is back.", taker="james", taken_at=T)
    incident = fold(before, e.Reopened("MI-1", LATER, "claire", "Down again"))
    assert (incident.words, incident.reason, incident.manager) == ("", "Down again", "claire")
    assert (incident.taker, incident.taken_at) == ("", None)
    assert incident.ended is None


def test_the_time_of_the_first_acceptance_survives_a_reopening() -> None:
    before = replace(IN[Status.RESOLVED], accepted=T)
    assert fold(before, e.Reopened("MI-1", LATER, "claire", "")).accepted == T


def test_words_for_management_only_are_no_last_word_to_everybody() -> None:
    before = replace(ACCEPTED, words="Half is back.", last_word=T, take_asked=True)
    incident = fold(before, e.Updated("MI-1", LATER, "an", "", "20 orders a minute"))
    assert (incident.words, incident.last_word, incident.management) == ("Half is back.", T, "20 orders a minute")
    assert not incident.take_asked


def told(kind: str, at: timedelta, due: timedelta | None = timedelta(minutes=60)) -> e.Told:
    return e.Told("MI-1", T + at, 5, kind, "stakeholders", 16, None if due is None else T + at + due)


@pytest.mark.parametrize(
    ("incident", "event", "after"),
    [
        pytest.param(
            promise(reminded=True, missed=1),
            told("update", minutes(50)),
            Promise(T + minutes(50), T + minutes(110)),
            id="an update settles all that was missed and promises anew",
        ),
        pytest.param(
            promise(reminded=True),
            told("holding", minutes(60)),
            Promise(T + minutes(60), T + minutes(120), missed=1),
            id="a holding update keeps the promise and counts as one missed",
        ),
        pytest.param(
            promise(missed=1),
            told("holding", minutes(60)),
            Promise(T + minutes(60), T + minutes(120), missed=2),
            id="the second in a row counts two",
        ),
        pytest.param(
            promise(missed=1),
            told("holding", minutes(0)),
            Promise(T, T + minutes(60), missed=1),
            id="two groups at one audience's interval miss one update together",
        ),
        pytest.param(
            promise(missed=1),
            e.Missed("MI-1", T + minutes(60), ("stakeholders",)),
            Promise(T + minutes(60), T + minutes(120), missed=2),
            id="with holding updates off, a missed one moves the promise by its interval",
        ),
        pytest.param(
            promise(),
            e.Missed("MI-1", T + minutes(300), ("stakeholders",)),
            Promise(T + minutes(300), T + minutes(360), missed=1),
            id="hours late, it moves on from now, once",
        ),
        pytest.param(
            promise(),
            e.Reminded("MI-1", T + minutes(50), ("stakeholders",)),
            Promise(T, T + minutes(60), reminded=True),
            id="a reminder is remembered",
        ),
        pytest.param(
            promise(missed=2),
            e.Taken("MI-1", LATER, "james"),
            Promise(T, T + minutes(60)),
            id="who takes charge has missed nothing yet",
        ),
        pytest.param(
            promise(),
            e.IntervalSet("MI-1", T + minutes(7), "an", ("stakeholders",), minutes(20)),
            Promise(T, T + minutes(20)),
            id="a shorter interval counts from the last notice",
        ),
        pytest.param(
            promise(),
            e.IntervalSet("MI-1", T + minutes(45), "an", ("stakeholders",), minutes(20)),
            Promise(T, T + minutes(60)),
            id="a shorter one that is past already counts from now, and never after the promise",
        ),
        pytest.param(
            promise(),
            e.IntervalSet("MI-1", T + minutes(7), "an", ("stakeholders",), minutes(180)),
            Promise(T, T + minutes(60)),
            id="a longer one holds from the next notice on: what was promised is kept",
        ),
    ],
)
def test_promises(incident: Incident, event: e.Event, after: Promise) -> None:
    assert fold(incident, event).promises["stakeholders"] == after


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(told("all-clear", minutes(30), None), id="the last word"),
        pytest.param(e.Lapsed("MI-1", LATER, ("stakeholders",)), id="an audience without people of its own"),
    ],
)
def test_what_promises_nothing_more(event: e.Event) -> None:
    assert fold(promise(), event).promises == {}


def test_replies_are_counted() -> None:
    incident = fold(fold(ACCEPTED, e.Heard("MI-1", T, "nadia", "")), e.Heard("MI-1", T, "nadia", ""))
    assert incident.replies == 2
