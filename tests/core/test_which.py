"""Which incident a message means: by number, by thread, or as the only one that its sender had been told of."""

import pytest

from tests.core.vocabulary import Came, Office, minutes


def two(confidential: int = 0) -> Office:
    """MI-1 (Lotte's) and MI-2 (Nadia's) are open; `confidential` is the number of one that is."""
    office = Office()
    for number, (who, what) in enumerate((("Lotte", "Web shop is down"), ("Nadia", "Cards are refused")), 1):
        office.now += minutes(1)
        office.proposes(who, what, "Confidential: yes" if number == confidential else "")
    return office


def asked(came: Came) -> list[str]:
    """The incidents among which the answer asks to choose."""
    return [line.incident for line in came.one("which-incident").content.lines]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        pytest.param("ACCEPT MI-2", "MI-2", id="the number as we write it"),
        pytest.param("accept mi-2", "MI-2", id="in any case"),
        pytest.param("ACCEPT 2", "MI-2", id="a plain number after a deciding verb"),
        pytest.param("ACCEPT #2", "MI-2", id="a number sign"),
        pytest.param("2 accept", "MI-2", id="the number first"),
        pytest.param("MI-2: Accept!", "MI-2", id="with punctuation"),
    ],
)
def test_the_number_says_which(words: str, meant: str) -> None:
    came = two().says("An", words)
    assert came.one("done-accept").incident == meant


def test_without_a_number_the_only_one_that_the_person_had_been_told_of() -> None:
    office = Office()
    office.proposes()
    assert office.says("An", "ACCEPT").one("done-accept").incident == "MI-1"


def test_several_and_the_answer_asks_which_and_changes_nothing() -> None:
    office = two()
    came = office.says("An", "ACCEPT")
    assert came.kinds == ["which-incident"]
    assert asked(came) == ["MI-1", "MI-2"]
    assert came.events == []


def test_a_proposer_who_was_told_of_one_only_means_that() -> None:
    assert two().says("Nadia", "WITHDRAW").one("done-withdraw").incident == "MI-2"


def test_told_of_the_second_only_after_writing() -> None:
    office = Office()
    office.proposes()
    office.now += minutes(3)
    office.proposes("Nadia", "Cards are refused")
    came = office.says("An", "ACCEPT", ago=minutes(2))
    assert came.one("done-accept").incident == "MI-1"


def test_an_answer_means_the_incident_of_what_it_answers() -> None:
    office = two()
    request = next(n for n in office.state.notices.values() if n.incident == "MI-2" and n.kind == "decision-request")
    assert office.says("An", "ACCEPT", by="email", answering=request).one("done-accept").incident == "MI-2"


def test_number_and_thread_differ_and_the_answer_asks() -> None:
    came = two().says("An", "ACCEPT MI-2", by="email", answering="MI-1")
    assert asked(came) == ["MI-2", "MI-1"]
    assert came.events == []


def test_number_and_thread_agree() -> None:
    assert two().says("An", "ACCEPT MI-1", by="email", answering="MI-1").one("done-accept").incident == "MI-1"


def test_a_number_that_does_not_exist() -> None:
    came = two().says("An", "ACCEPT MI-7")
    assert came.one("no-such-incident").content.reason == "MI-7"
    assert came.events == []


def test_nothing_that_this_person_has_been_told_of() -> None:
    assert Office().says("An", "ACCEPT").kinds == ["no-incident"]


def test_an_incident_that_is_over_is_still_meant_for_some_days() -> None:
    office = Office().accepted()
    office.says("An", "RESOLVE")
    office.now += minutes(60 * 24 * 3)
    assert office.says("An", "REOPEN").one("done-reopen").incident == "MI-1"


def test_one_that_is_open_comes_before_those_that_are_over() -> None:
    office = Office().accepted()
    office.says("An", "RESOLVE")
    office.proposes("Nadia", "Cards are refused")
    assert office.says("An", "ACCEPT").one("done-accept").incident == "MI-2"


@pytest.mark.parametrize(
    ("words", "about", "kind"),
    [
        pytest.param("STATUS MI-1", None, "no-such-incident", id="its number does not exist"),
        pytest.param("STATUS", None, "no-incident", id="STATUS does not show it"),
        pytest.param("STATUS", "MI-1", "no-incident", id="a mail that refers to it, forwarded perhaps, shows nothing"),
        pytest.param("when will it work?", "MI-1", "help", id="plain words in its thread learn nothing"),
        pytest.param("NOTE MI-1 hello", None, "no-such-incident", id="no verb finds it"),
    ],
)
def test_a_confidential_incident_does_not_exist_for_others(words: str, about: str | None, kind: str) -> None:
    office = Office()
    office.proposes("Lotte", "Fraud", "Confidential: yes")
    came = office.says("Hugo", words, by="email", answering=about or "MI-99")
    assert came.kinds == [kind]
    assert "Fraud" not in repr(came.notices)
    assert came.events == []


def test_a_confidential_incident_is_not_offered_as_one_that_may_be_meant() -> None:
    office = two(confidential=1)
    came = office.says("Hugo", "STATUS MI-2", by="email", answering="MI-1")
    assert came.one("status").incident == "MI-2"


def test_its_proposer_and_the_managers_see_it() -> None:
    office = Office()
    office.proposes("Lotte", "Fraud", "Confidential: yes")
    assert office.says("Lotte", "STATUS").one("status").incident == "MI-1"
    assert office.says("An", "STATUS").one("status").incident == "MI-1"
