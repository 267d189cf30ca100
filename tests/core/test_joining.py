"""SAME and NEW: a proposal that looks like another one, and what becomes of it."""

import pytest

from daemon.core.identity import Evidence
from daemon.core.model import Status
from tests.core.vocabulary import Came, Edits, Office, minutes

NEVER: Edits = {'unknown = "hold"': 'unknown = "hold"\nsame_within = "0s"'}


def twice(second: str = "The web shop fails", *, accepted: bool = False, after: float = 3) -> tuple[Office, Came]:
    """MI-1 is Lotte's; some minutes later Nadia proposes MI-2."""
    office = Office()
    office.proposes("Lotte", "Web shop is down")
    if accepted:
        office.says("An", "ACCEPT")
    office.now += minutes(after)
    return office, office.proposes("Nadia", second)


def also(office: Office, incident: str = "MI-1") -> list[str]:
    return [office.first(who) for who in office.state.incidents[incident].also]


class TestLooksAlike:
    def test_the_managers_are_asked_once_and_no_ladder_begins(self) -> None:
        office, came = twice()
        assert came.events == ["Proposed", "LooksAlike"]
        assert came.kinds == ["proposal-received", "same-request"]
        assert came.copies("same-request") == {"An": 1, "James": 1, "Claire": 1}
        content = came.one("same-request").content
        assert (content.other, content.lines[0].title) == ("MI-1", "Web shop is down")
        assert content.due == office.now + minutes(5)
        later = office.passes(minutes(4.9))
        assert "same-request" not in later.kinds
        assert not [n for n in later.of("decision-request") if n.incident == "MI-2"]

    def test_five_minutes_of_silence_give_it_its_own(self) -> None:
        office, _ = twice(accepted=True)
        office.passes(minutes(4.9))
        came = office.passes(minutes(0.2))
        assert came.one("decision-request").incident == "MI-2"
        assert came.copies("decision-request") == {"An": 1, "James": 1, "Claire": 1}

    @pytest.mark.parametrize(
        ("second", "after"),
        [
            pytest.param("Cards are refused", 3, id="other words"),
            pytest.param("The web shop fails", 121, id="after the time set"),
        ],
    )
    def test_not_asked(self, second: str, after: float) -> None:
        _, came = twice(second, after=after)
        assert "same-request" not in came.kinds
        assert "decision-request" in came.kinds

    def test_never_where_the_organization_says_so(self) -> None:
        office = Office(NEVER)
        office.proposes()
        office.now += minutes(2)
        assert office.proposes("Nadia").kinds == ["proposal-received", "decision-request"]

    def test_what_has_ended_is_not_asked_about(self) -> None:
        office = Office()
        office.proposes()
        office.says("An", "REJECT MI-1")
        office.now += minutes(2)
        assert "decision-request" in office.proposes("Nadia").kinds

    @pytest.mark.parametrize("confidential", [1, 2])
    def test_a_confidential_one_looks_like_no_other(self, confidential: int) -> None:
        office = Office()
        for number, who in enumerate(("Lotte", "Nadia"), 1):
            came = office.proposes(who, "Fraud", "Confidential: yes" if number == confidential else "")
            office.now += minutes(2)
        assert "decision-request" in came.kinds

    def test_another_service_is_another_incident_whatever_the_words(self) -> None:
        office = Office()
        office.proposes("Lotte", "All is slow", "Service: web shop")
        office.now += minutes(2)
        assert "decision-request" in office.proposes("Nadia", "All is slow", "Service: payments").kinds

    def test_one_service_and_few_words_in_common_are_enough(self) -> None:
        office = Office()
        office.proposes("Lotte", "Orders vanish in checkout", "Service: web shop")
        office.now += minutes(2)
        came = office.proposes("Nadia", "Customers complain of the checkout", "Service: web shop")
        assert "same-request" in came.kinds

    def test_it_can_be_decided_at_once_all_the_same(self) -> None:
        office, _ = twice()
        came = office.says("An", "ACCEPT MI-2")
        assert "done-accept" in came.kinds
        assert office.state.incidents["MI-2"].looks_like == ""

    def test_what_it_looks_like_ends_and_its_ladder_begins_at_once(self) -> None:
        office, _ = twice()
        office.now += minutes(2)
        office.says("An", "REJECT MI-1 false alarm")
        assert [n.incident for n in office.ticks().of("decision-request")] == ["MI-2"]


class TestSame:
    @pytest.mark.parametrize(
        "words", ["SAME 1", "SAME", "MI-2 SAME 1", "SAME MI-2 MI-1", "SAME 2", "2 SAME 1", "same mi-1!"]
    )
    def test_by_text(self, words: str) -> None:
        office, _ = twice(accepted=True)
        came = office.says("James", words)
        assert came.events == ["MadeSame", "AlsoProposed"]
        assert office.incident.status is Status.CANCELED
        assert (office.incident.same_as, also(office)) == ("MI-1", ["Nadia"])
        assert came.one("done-same").content.other == "MI-1"
        assert [name.split()[0] for name in came.one("done-same").content.people] == ["Nadia"]
        assert came.to("decision-same") == {"An", "Claire"}
        assert came.to("proposer-same") == {"Nadia"}
        assert came.one("proposer-same").content.meeting is not None

    @pytest.mark.parametrize("words", ["SAME 1", "SAME", "SAME MI-1", "SAME 2"])
    def test_in_answer_to_the_question(self, words: str) -> None:
        office, came = twice(accepted=True)
        question = came.one("same-request")
        came = office.says("James", words, by="email", answering=question, evidence=Evidence.TOKEN)
        assert came.events == ["MadeSame", "AlsoProposed"]

    def test_in_answer_to_a_message_about_the_other_one(self) -> None:
        office, _ = twice("Cards are refused", accepted=True)
        came = office.says("James", "SAME 2", by="email", answering="MI-1", evidence=Evidence.DOMAIN)
        assert (came.events, also(office)) == (["MadeSame", "AlsoProposed"], ["Nadia"])

    def test_nobody_is_asked_about_it_any_more(self) -> None:
        office, question = twice(accepted=True)
        office.says("James", "SAME 1")
        assert question.one("same-request").id in office.state.stopped
        assert "decision-request" not in office.passes(minutes(30)).kinds

    def test_its_proposer_may_say_so_too(self) -> None:
        office, _ = twice(accepted=True)
        came = office.says("Nadia", "SAME 1")
        assert came.kinds == ["done-same", "decision-same"]
        assert came.to("decision-same") == {"An", "James", "Claire"}

    def test_but_not_of_somebody_elses(self) -> None:
        office, _ = twice("Cards are refused", accepted=True)
        assert office.says("Lotte", "MI-2 SAME 1").kinds == ["not-allowed"]

    def test_the_second_to_say_it_hears_who_was_first(self) -> None:
        office, _ = twice(accepted=True)
        office.says("James", "SAME 1")
        came = office.says("Claire", "SAME 1")
        assert (came.kinds, came.events) == (["already-decided"], [])
        assert came.one("already-decided").content.actor == "James Whitfield"

    def test_what_was_never_asked_about_can_be_joined_too(self) -> None:
        office, _ = twice("Customers call", accepted=True)
        assert office.says("James", "SAME 1").events == ["MadeSame", "AlsoProposed"]

    @pytest.mark.parametrize("words", ["SAME 9", "MI-2 SAME 9", "SAME 9 1"])
    def test_a_number_that_is_none(self, words: str) -> None:
        office, _ = twice()
        came = office.says("James", words)
        assert (came.kinds, came.events) == (["no-such-incident"], [])

    def test_two_open_proposals_and_no_question_which_is_meant(self) -> None:
        office, _ = twice("Cards are refused", accepted=True)
        office.now += minutes(2)
        office.says("Oliver", "PROPOSE Printers jam")
        came = office.says("James", "SAME 1")
        assert came.kinds == ["which-incident"]
        assert [line.incident for line in came.one("which-incident").content.lines] == ["MI-2", "MI-3"]

    def test_an_accepted_one_is_no_part_of_another(self) -> None:
        office, _ = twice("Cards are refused", accepted=True)
        office.says("An", "ACCEPT MI-2")
        assert office.says("An", "MI-2 SAME 1").kinds == ["wrong-status"]

    def test_into_one_that_is_over(self) -> None:
        office, _ = twice()
        office.says("An", "REJECT MI-1 false alarm")
        came = office.says("An", "MI-2 SAME 1")
        assert (came.one("wrong-status").incident, came.events) == ("MI-1", [])

    def test_itself(self) -> None:
        office = Office()
        office.proposes()
        assert office.says("An", "MI-1 SAME 1").events == []

    def test_what_joined_it_before_comes_along(self) -> None:
        office, _ = twice(accepted=False)
        office.now += minutes(2)
        office.says("Oliver", "PROPOSE the web shop is dead")
        office.says("An", "MI-3 SAME 2")
        came = office.says("An", "MI-2 SAME 1")
        assert also(office) == ["Nadia", "Oliver"]
        assert came.to("proposer-same") == {"Nadia", "Oliver"}

    def test_a_third_that_looks_like_one_that_joined_is_asked_about_with_the_whole(self) -> None:
        office, _ = twice("Shop orders fail and customers of the web shop call", accepted=True)
        office.says("An", "SAME 1")
        office.now += minutes(2)
        came = office.says("Oliver", "PROPOSE customers call about orders")
        assert came.one("same-request").content.other == "MI-1"


class TestAllProposers:
    def test_get_what_the_first_one_gets(self) -> None:
        office, _ = twice()
        office.says("An", "MI-2 SAME 1")
        came = office.says("An", "ACCEPT MI-1")
        assert came.to("proposer-accepted") == {"Lotte", "Nadia"}
        assert all(n.content.meeting for n in came.of("proposer-accepted"))
        assert office.says("An", "BRIDGE NEXT").to("bridge") >= {"Lotte", "Nadia"}
        assert office.says("An", "RESOLVE all is back").to("proposer-over") == {"Lotte", "Nadia"}

    def test_even_one_in_no_audience_gets_the_updates_in_public_words(self) -> None:
        office = Office()
        office.proposes()
        office.now += minutes(2)
        received = office.proposes("new@acme.example", "web shop dead").one("proposal-received")
        office.says("An", "SAME 1")
        office.says("An", "ACCEPT MI-1")
        came = office.says("An", "UPDATE Half is back. MGMT: 40 k an hour")
        (mine,) = [n for n in came.of("update") if n.recipients == ("new@acme.example",)]
        assert (mine.content.words, mine.content.management, mine.content.summary) == ("Half is back.", "", "")
        assert came.copies("update")["Lotte"] == 1
        held = [n for n in office.passes(minutes(61)).of("holding") if n.recipients == ("new@acme.example",)]
        assert [n.content.words for n in held] == [""]
        asked = office.says("new@acme.example", "STATUS", by="email", answering=received, evidence=Evidence.TOKEN)
        assert asked.kinds == ["status"]

    def test_and_are_told_when_it_is_rejected(self) -> None:
        office, _ = twice()
        office.says("An", "MI-2 SAME 1")
        assert office.says("An", "REJECT MI-1 planned work").to("proposer-rejected") == {"Lotte", "Nadia"}

    def test_a_stranger_whose_proposal_was_held_hears_nothing_of_it(self) -> None:
        office = Office()
        office.proposes()
        office.now += minutes(2)
        assert office.proposes("eve@evil.example", "web shop is down").kinds == ["same-request"]
        came = office.says("An", "SAME 1")
        assert came.one("done-same").content.people == (), "nor is it said that the stranger is told"
        came += office.says("An", "ACCEPT MI-1")
        came += office.says("An", "UPDATE Half is back.")
        assert "eve@evil.example" not in {who for notice in came.notices for who in notice.recipients}


class TestWithdrawn:
    def test_who_proposed_it_too_does_not_withdraw_it_for_the_first(self) -> None:
        office, _ = twice()
        office.says("An", "MI-2 SAME 1")
        came = office.says("Nadia", "WITHDRAW MI-1")
        assert (came.kinds, came.events) == (["not-allowed"], [])
        assert "WITHDRAW" not in came.one("not-allowed").content.forms

    def test_the_first_withdraws_and_what_the_others_proposed_goes_on(self) -> None:
        office, _ = twice()
        office.now += minutes(2)
        office.says("Oliver", "PROPOSE the web shop is dead")
        office.says("An", "SAME 1")
        office.now += minutes(2)
        came = office.says("Lotte", "WITHDRAW it was only my browser")
        assert came.to("decision-withdrawn") == {"An", "James", "Claire"}
        assert came.to("proposer-new") == {"Nadia"}
        assert came.to("proposer-same") == {"Oliver"}
        assert came.one("decision-request").incident == "MI-2"
        assert [office.state.incidents[f"MI-{n}"].status.value for n in (1, 2, 3)] == [
            "canceled",
            "proposed",
            "canceled",
        ]
        assert (office.incident.same_as, also(office, "MI-2")) == ("MI-2", ["Oliver"])
        assert office.says("An", "ACCEPT").to("proposer-accepted") == {"Nadia", "Oliver"}
        assert office.restored() == office.state


class TestNew:
    @pytest.mark.parametrize("words", ["NEW", "NEW 2", "MI-2 NEW"])
    def test_its_ladder_begins_at_once(self, words: str) -> None:
        office, _ = twice(accepted=True)
        office.now += minutes(1)
        came = office.says("James", words)
        assert came.events == ["KeptApart", "Asked"]
        assert (came.one("decision-request").incident, came.to("done-new")) == ("MI-2", {"James"})
        assert "proposer-new" not in came.kinds
        assert office.incident.looks_like == ""

    def test_undoes_same(self) -> None:
        office, _ = twice(accepted=True)
        office.says("James", "SAME 1")
        office.now += minutes(1)
        came = office.says("Claire", "NEW")
        assert came.events == ["MadeNew", "NotProposed", "Asked"]
        assert (office.incident.status, also(office)) == (Status.PROPOSED, [])
        assert came.to("proposer-new") == {"Nadia"}
        assert came.to("decision-request") == {"An", "James", "Claire"}
        came = office.passes(minutes(5.1))
        assert "MI-2" in {n.incident for n in came.of("decision-request")}

    def test_and_same_undoes_new_again(self) -> None:
        office, _ = twice(accepted=True)
        office.says("James", "SAME 1")
        office.now += minutes(1)
        office.says("James", "NEW")
        office.now += minutes(1)
        assert office.says("James", "MI-2 SAME 1").events == ["MadeSame", "AlsoProposed"]
        assert also(office) == ["Nadia"]

    def test_its_proposer_may_say_so_in_answer_to_what_they_were_told(self) -> None:
        office, _ = twice(accepted=True)
        told = office.says("James", "SAME 1").one("proposer-same")
        office.now += minutes(1)
        came = office.says("Nadia", "NEW", by="email", answering=told, evidence=Evidence.TOKEN)
        assert came.events == ["MadeNew", "NotProposed", "Asked"]

    def test_of_two_parts_of_one_person_one_stays(self) -> None:
        office, _ = twice(accepted=True)
        office.now += minutes(2)
        office.says("Nadia", "PROPOSE web shop still down")
        office.says("An", "SAME 1")
        assert {i.same_as for i in office.state.incidents.values() if i.id != "MI-1"} == {"MI-1"}
        office.now += minutes(2)
        office.says("An", "NEW 3")
        assert also(office) == ["Nadia"]

    def test_nothing_to_undo(self) -> None:
        office = Office()
        office.proposes()
        assert office.says("An", "NEW").kinds == ["wrong-status"]
        assert office.says("An", "SAME").kinds == ["which-incident"]
        assert Office().says("An", "SAME").kinds == Office().says("An", "NEW").kinds == ["no-incident"]
        assert office.says("An", "NEW MI-1").kinds == ["wrong-status"]

    def test_written_before_it_was_joined(self) -> None:
        office, _ = twice(accepted=True)
        office.now += minutes(1)
        office.says("James", "SAME 1")
        office.now += minutes(1)
        assert office.says("Claire", "NEW 2", ago=minutes(1.5)).kinds == ["stale"]


class TestHeld:
    """What only asks the managers once has no ladder that another one could rest on."""

    def first(self, late: bool) -> tuple[Office, Came]:
        """MI-1 is held; MI-2 of somebody known looks like it."""
        office = Office()
        if late:
            office.proposes("Lotte", "Web shop is down", late=True)
        else:
            office.proposes("x@evil.example", "Web shop is down", evidence=Evidence.NONE)
        office.now += minutes(3)
        return office, office.proposes("Nadia", "The web shop fails")

    @pytest.mark.parametrize("late", [True, False])
    def test_a_real_one_does_not_wait_for_it(self, late: bool) -> None:
        office, came = self.first(late)
        assert came.kinds == ["proposal-received", "decision-request"]
        office.passes(minutes(6))
        assert office.incident.asks == 2

    @pytest.mark.parametrize("late", [True, False])
    @pytest.mark.parametrize("words", ["SAME 1", "MI-2 SAME 1", "MI-1 SAME 2"])
    def test_it_becomes_a_part_of_the_real_one_however_it_is_said(self, late: bool, words: str) -> None:
        office, _ = self.first(late)
        came = office.says("An", words)
        assert came.one("done-same").incident == "MI-1"
        assert (office.state.incidents["MI-1"].same_as, office.incident.status) == ("MI-2", Status.PROPOSED)
        assert also(office, "MI-2") == (["Lotte"] if late else [])
        assert [n.incident for n in office.passes(minutes(6)).of("decision-request")] == ["MI-2"]

    def test_once_accepted_it_is_as_good_as_any(self) -> None:
        office, _ = self.first(late=False)
        office.says("An", "ACCEPT 1")
        assert office.says("An", "SAME 1").one("done-same").incident == "MI-2"

    def test_two_that_are_held_are_asked_about_together(self) -> None:
        office = Office()
        for who in ("x@evil.example", "y@evil.example"):
            came = office.proposes(who, "Web shop is down", evidence=Evidence.NONE)
            office.now += minutes(2)
        assert came.kinds == ["same-request"]


def test_a_restart_loses_nothing_of_it() -> None:
    office, _ = twice(accepted=True)
    office.says("James", "SAME 1")
    office.now += minutes(1)
    office.says("James", "NEW")
    assert office.restored() == office.state
