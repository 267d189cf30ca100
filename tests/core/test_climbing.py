"""The decide ladder: who is asked and who is next, as the managers read it; and who hears the decision."""

import pytest

from tests.core.vocabulary import Edits, Office, minutes

SECOND = 'after = "5m"\nwho = "incident-managers"\nvia = ["sms"]\nrepeat = "5m"'
OPERATORS: Edits = {SECOND: 'after = "5m"\nwho = "operators"\nvia = ["sms"]'}
MANAGERS = ("An Peeters", "James Whitfield", "Claire Dubois")


def test_the_first_request_says_who_is_asked_and_who_is_next_and_when() -> None:
    office = Office(OPERATORS)
    content = office.proposes().one("decision-request").content
    assert (content.people, content.next_people) == (MANAGERS, ("Sofie Maes", "Tom Baker"))
    assert content.due == office.now + minutes(5)


def test_the_next_one_says_who_was_asked_before_and_that_nobody_is_left() -> None:
    office = Office(OPERATORS)
    office.proposes()
    content = office.passes(minutes(5)).one("decision-request").content
    assert content.people == (*MANAGERS, "Sofie Maes", "Tom Baker")
    assert (content.next_people, content.due) == ((), None)


def test_the_last_rung_repeats_and_says_so() -> None:
    office = Office()
    office.proposes()
    came = office.passes(minutes(15))
    assert len(came.of("decision-request")) == 3
    for notice in came.of("decision-request"):
        assert (notice.content.people, notice.content.next_people) == (MANAGERS, MANAGERS)
        assert notice.content.due == notice.at + minutes(5)


def test_a_held_proposal_has_nobody_next() -> None:
    content = Office().proposes(late=True).one("decision-request").content
    assert (content.people, content.next_people, content.due) == (MANAGERS, (), None)


@pytest.mark.parametrize(
    ("who", "words", "kind"),
    [
        pytest.param("An", "ACCEPT", "decision-accepted", id="accepted"),
        pytest.param("An", "REJECT", "decision-rejected", id="rejected"),
        pytest.param("Lotte", "WITHDRAW", "decision-withdrawn", id="withdrawn"),
    ],
)
def test_whom_a_rung_has_asked_hears_the_decision(who: str, words: str, kind: str) -> None:
    office = Office(OPERATORS)
    office.proposes()
    office.passes(minutes(6))
    came = office.says(who, words)
    assert came.to(kind) == {"An", "James", "Claire", "Sofie", "Tom"} - {who}
    assert came.copies(kind) == dict.fromkeys(came.to(kind), 1)
    assert set(office.state.stopped) >= {n.id for n in office.state.notices.values() if n.kind == "decision-request"}
    assert "decision-request" not in office.passes(minutes(60)).kinds


def test_who_was_not_asked_yet_hears_nothing() -> None:
    office = Office(OPERATORS)
    office.proposes()
    assert office.says("An", "REJECT").to("decision-rejected") == {"James", "Claire"}


def test_one_of_them_decides_and_is_in_charge() -> None:
    office = Office(OPERATORS)
    office.proposes()
    office.passes(minutes(6))
    came = office.says("Sofie", "ACCEPT")
    assert came.to("decision-accepted") == {"An", "James", "Claire", "Tom"}
    assert office.first(office.incident.manager) == "Sofie"
    assert office.says("An", "HANDOVER Tom").kinds == ["not-in-charge"]
    assert office.says("Sofie", "HANDOVER An").to("handover-offered") == {"James", "Claire", "Tom"}
