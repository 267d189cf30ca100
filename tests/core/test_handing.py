"""DEPUTY and HANDOVER: who may speak, who is in charge, and what is said of it."""

import pytest

from daemon.core.identity import Evidence
from tests.core.vocabulary import Came, Edits, Office, minutes

ALONE: Edits = {
    "+447912555102,incident-managers;all-staff": "+447912555102,all-staff",
    "+32470550103,incident-managers;all-staff": "+32470550103,all-staff",
}


def in_charge(office: Office) -> str:
    return office.first(office.incident.manager)


def handed(to: str = "Claire") -> tuple[Office, Came]:
    office = Office().accepted()
    office.now += minutes(1)
    return office, office.says("An", f"HANDOVER {to}")


def test_the_other_is_briefed_and_nothing_changes_before_the_answer() -> None:
    office = Office().accepted(body="Service: web shop")
    office.says("An", "UPDATE Half is back. MGMT: 40 k an hour")
    office.says("An", "DEPUTY James")
    came = office.says("An", "HANDOVER Claire")
    assert came.events == ["HandoverOffered"]
    assert came.kinds == ["done-handover", "handover-briefing", "handover-offered"]
    assert (came.to("handover-briefing"), came.to("handover-offered")) == ({"Claire"}, {"James"})
    briefing = came.one("handover-briefing").content
    assert [verb.value for verb in briefing.forms] == ["JOIN", "DECLINE", "STATUS"]
    assert (briefing.summary, briefing.words, briefing.management) == (
        "Web shop is down",
        "Half is back.",
        "40 k an hour",
    )
    assert briefing.people == ("James Whitfield",)
    assert briefing.meeting is not None
    assert {crew.discipline for crew in briefing.crews} == {"web", "database", "network"}
    assert briefing.due == office.now + minutes(5)
    assert in_charge(office) == "An"
    assert "done-update" in office.says("An", "UPDATE More is back.").kinds
    assert office.says("Claire", "UPDATE Mine.").kinds == ["not-in-charge"]


def test_they_join_and_are_in_charge() -> None:
    office, _ = handed()
    came = office.says("Claire", "JOIN")
    assert came.events == ["HandedOver"]
    assert (came.to("done-take"), came.to("decision-handed-over")) == ({"Claire"}, {"An", "James"})
    assert came.of("decision-handed-over")[0].content.name == "An Peeters"
    assert in_charge(office) == "Claire"
    assert "handover-failed" not in office.passes(minutes(6)).kinds
    assert office.says("An", "UPDATE Mine.").kinds == ["not-in-charge"]


def test_take_is_the_same_answer() -> None:
    office, _ = handed()
    assert office.says("Claire", "TAKE").events == ["HandedOver"]


def test_five_minutes_of_silence_are_reported_back() -> None:
    office, _ = handed()
    assert "handover-failed" not in office.passes(minutes(4.9)).kinds
    came = office.passes(minutes(0.2))
    assert "HandoverLapsed" in came.events
    assert came.to("handover-failed") == {"An", "James", "Claire"}
    assert {n.content.name for n in came.of("handover-failed")} == {"Claire Dubois"}
    assert in_charge(office) == "An"
    assert office.says("Claire", "JOIN MI-1").events == []


def test_declined_is_reported_at_once() -> None:
    office, _ = handed()
    came = office.says("Claire", "DECLINE")
    assert came.events == ["HandoverLapsed"]
    assert (came.to("done-decline"), came.to("handover-failed")) == ({"Claire"}, {"An", "James"})
    assert {n.content.verb for n in came.of("handover-failed")} == {"DECLINE"}
    assert in_charge(office) == "An"


def test_offered_to_another_one_the_first_can_take_over_no_more() -> None:
    office, _ = handed()
    came = office.says("An", "HANDOVER James")
    assert came.to("handover-offered") == {"Claire"}
    assert office.says("Claire", "JOIN MI-1").events == []
    assert office.says("James", "JOIN MI-1").events == ["HandedOver"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param("HANDOVER Zoe", {"James Whitfield", "Claire Dubois"}, id="nobody of that name: the others"),
        pytest.param("HANDOVER", {"James Whitfield", "Claire Dubois"}, id="nobody named"),
        pytest.param("HANDOVER Nadia", {"James Whitfield", "Claire Dubois"}, id="somebody who is no manager"),
        pytest.param("HANDOVER An", {"James Whitfield", "Claire Dubois"}, id="oneself"),
        pytest.param("HANDOVER Clair Dubois", {"Claire Dubois"}, id="a slip shows who is near"),
    ],
)
def test_nothing_is_guessed(words: str, offered: set[str]) -> None:
    office = Office().accepted()
    came = office.says("An", words)
    assert came.kinds == ["no-such-name"]
    assert set(came.one("no-such-name").content.people) == offered
    assert came.events == []


def test_the_only_manager_has_nobody_to_hand_over_to() -> None:
    came = Office(ALONE).accepted().says("An", "HANDOVER James")
    assert came.kinds == ["no-such-name"]
    assert came.one("no-such-name").content.people == ()


def test_written_before_it_changed_hands_it_is_not_applied() -> None:
    office, _ = handed()
    office.now += minutes(1)
    office.says("Claire", "JOIN")
    office.now += minutes(1)
    office.says("Claire", "DEPUTY An")
    assert office.says("Claire", "HANDOVER James", ago=minutes(3)).kinds == ["stale"]


def test_a_deputy_may_update_and_resolve_and_no_more() -> None:
    office = Office().accepted(body="Service: web shop")
    office.says("Tom", "JOIN")
    came = office.says("An", "DEPUTY tom")
    assert came.events == ["DeputyNamed"]
    assert came.to("deputy-named") == {"Tom", "James", "Claire"}
    assert "done-update" in office.says("Tom", "UPDATE Half is back.").kinds
    assert office.says("Tom", "EVERY 20m").kinds == ["not-allowed"]
    assert "done-resolve" in office.says("Tom", "RESOLVE All is back.").kinds


def test_a_deputy_named_twice_is_told_once() -> None:
    office = Office().accepted()
    office.says("An", "DEPUTY James")
    assert office.says("An", "DEPUTY James").kinds == ["done-deputy"]


def test_deputies_stay_when_it_changes_hands_but_for_the_one_who_took_it() -> None:
    office = Office().accepted()
    office.says("An", "DEPUTY James")
    office.says("An", "DEPUTY Claire")
    office.says("An", "HANDOVER Claire")
    office.says("Claire", "JOIN")
    assert [office.first(who) for who in office.incident.deputies] == ["James"]


class TestTake:
    def test_the_second_who_asks_hears_who_was_first_and_changes_nothing(self) -> None:
        office = Office().accepted()
        office.says("James", "TAKE")
        office.now += minutes(3)
        came = office.says("Claire", "TAKE")
        assert came.events == []
        assert (came.one("take-waits").content.name, came.to("take-waits")) == ("James Whitfield", {"Claire"})
        assert "Taken" in office.passes(minutes(2.1)).events
        assert in_charge(office) == "James"

    def test_who_takes_over_ends_a_take_that_waits_and_says_so(self) -> None:
        office, _ = handed()
        office.says("James", "TAKE")
        came = office.says("Claire", "JOIN")
        assert came.to("take-objected") == {"James"}
        office.passes(minutes(6))
        assert in_charge(office) == "Claire"

    def test_a_take_that_came_to_be_ends_what_was_offered(self) -> None:
        office = Office().accepted()
        office.says("James", "TAKE")
        office.now += minutes(3)
        office.says("An", "HANDOVER Claire")
        office.passes(minutes(2.1))
        assert in_charge(office) == "James"
        assert "handover-failed" not in office.passes(minutes(6)).kinds


class TestSilence:
    """A manager who is silent through two updates is not left in charge alone."""

    def test_after_a_handover_the_count_begins_anew(self) -> None:
        office = Office().accepted()
        office.passes(minutes(61))
        office.says("An", "HANDOVER Claire")
        came = office.says("Claire", "JOIN")
        assert came.events == ["HandedOver"]
        came = office.passes(minutes(45))
        assert came.of("take-request") == []
        came = office.passes(minutes(30))
        assert came.to("take-request") == {"An", "James"}

    def test_the_next_one_is_not_left_alone_either_though_the_managers_were_asked_before(self) -> None:
        office = Office().accepted()
        assert office.passes(minutes(61)).to("take-request") == {"James", "Claire"}
        office.says("An", "HANDOVER Claire")
        office.says("Claire", "JOIN")
        assert office.passes(minutes(75)).to("take-request") == {"An", "James"}

    def test_what_a_deputy_writes_is_a_word_too(self) -> None:
        office = Office().accepted()
        office.says("An", "DEPUTY James")
        office.passes(minutes(31))
        office.says("James", "UPDATE Half is back.")
        assert office.passes(minutes(59)).of("take-request") == []


def asking(office: Office) -> list[tuple[str, set[str]]]:
    """What is still on its way that asks somebody about who is in charge."""
    kinds = {"take-request", "take-announced", "handover-briefing", "reminder", "missed"}
    return [(n.kind.value, set(map(office.first, n.recipients))) for n in office.state.unfinished() if n.kind in kinds]


class TestNobodyIsCalledForWhatIsSettled:
    @pytest.mark.parametrize("words", ["UPDATE Half is back.", "RESOLVE All is back.", "DOWNGRADE only one shop"])
    def test_the_silent_manager_speaks(self, words: str) -> None:
        office = Office().accepted()
        office.passes(minutes(61))
        assert ("take-request", {"James", "Claire"}) in asking(office)
        office.says("An", words)
        assert asking(office) == []

    def test_another_one_took_charge(self) -> None:
        office = Office().accepted()
        office.passes(minutes(61))
        office.says("James", "TAKE")
        assert asking(office) == []

    @pytest.mark.parametrize("words", ["TAKE", "RESOLVE All is back."])
    def test_a_take_that_was_answered(self, words: str) -> None:
        office = Office().accepted()
        office.says("James", "TAKE")
        assert asking(office) == [("take-announced", {"An"})]
        office.says("An", words)
        assert asking(office) == []

    def test_who_has_said_take_is_not_asked_to_say_it_again(self) -> None:
        office = Office().accepted()
        assert "TAKE" not in office.says("James", "TAKE").one("take-waits").content.forms
        assert "TAKE" in office.says("Claire", "STATUS").one("status").content.forms

    def test_a_take_that_was_not(self) -> None:
        office = Office().accepted()
        office.says("James", "TAKE")
        office.passes(minutes(6))
        assert asking(office) == []

    def test_another_one_is_asked_to_take_over(self) -> None:
        office, _ = handed("Claire")
        office.says("An", "HANDOVER James")
        assert asking(office) == [("handover-briefing", {"James"})]
        office.passes(minutes(6))
        assert asking(office) == []


def test_a_reply_to_the_briefing_decides_by_mail() -> None:
    office, came = handed()
    briefing = came.one("handover-briefing")
    joined = office.says("Claire", "JOIN", by="email", answering=briefing, evidence=Evidence.TOKEN)
    assert joined.events == ["HandedOver"]


def test_a_restart_in_between_loses_nothing() -> None:
    office, _ = handed()
    assert office.restored() == office.state
