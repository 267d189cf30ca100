"""A person by name, as people write it."""

import pytest

from daemon.core.naming import MOST_READ, Unclear, bearing, named, without_number
from tests.core.vocabulary import Edits, Office

TWO_CLAIRES: Edits = {
    "James Whitfield,": "Zoë Müller,",
    "Marc Lambert,": "Claire Lambert,",
    "Sofie Maes,": "Anne-Marie de Smet,",
    "Tom Baker,": "Tom Tom,",
}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        pytest.param("Zoe", "Zoë Müller", id="without accents"),
        pytest.param("ZOË MÜLLER", "Zoë Müller", id="in capitals"),
        pytest.param("muller zoe", "Zoë Müller", id="last name first"),
        pytest.param("Müller, Zoë", "Zoë Müller", id="with a comma"),
        pytest.param("to Zoë", "Zoë Müller", id="with a small word before"),
        pytest.param("à Zoë.", "Zoë Müller", id="in another language"),
        pytest.param("james.whitfield@ACME.example", "Zoë Müller", id="an address of theirs"),
        pytest.param("+447912555102", "Zoë Müller", id="a number of theirs"),
        pytest.param("anne marie", "Anne-Marie de Smet", id="a name in two parts"),
        pytest.param("An", "An Peeters", id="a short name is no part of a longer one"),
        pytest.param("Claire Dubois", "Claire Dubois", id="the full name of one of two"),
        pytest.param("Tom", "Tom Tom", id="a name said once"),
    ],
)
def test_one_is_meant(words: str, who: str) -> None:
    office = Office(TWO_CLAIRES)
    found = named(office.state, words, tuple(office.configuration.people.contacts))
    assert isinstance(found, str)
    assert office.state.name(found) == who


@pytest.mark.parametrize(
    ("words", "people"),
    [
        pytest.param("Claire", {"Claire Dubois", "Claire Lambert"}, id="two of that name"),
        pytest.param("Clare", {"Claire Dubois", "Claire Lambert"}, id="a slip"),
        pytest.param("Claire Muller", {"Zoë Müller", "Claire Dubois", "Claire Lambert"}, id="parts of several"),
    ],
)
def test_several_could_be(words: str, people: set[str]) -> None:
    office = Office(TWO_CLAIRES)
    among = [who for who in office.configuration.people.contacts if not office.first(who).startswith(("Emma", "Lotte"))]
    found = named(office.state, words, among)
    assert isinstance(found, Unclear)
    assert {office.state.name(who) for who in found.people} == people


@pytest.mark.parametrize("words", ["", " . ", "Xqzwv", "to"])
def test_nobody_is(words: str) -> None:
    office = Office()
    among = office.configuration.people.on("incident-managers")
    assert named(office.state, words, among) == Unclear(words.strip(" ."), among)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        pytest.param("claire", {"Claire Dubois", "Claire Lambert"}, id="everybody of that name"),
        pytest.param("Muller Zoe", {"Zoë Müller"}, id="all of the words, in any order"),
        pytest.param("+32470550104", {"Anne-Marie de Smet"}, id="a number"),
        pytest.param("LOTTE.claes@acme.example", {"Lotte Claes"}, id="an address"),
        pytest.param("a", set(), id="a letter that is in every name is nobody's name"),
        pytest.param("acme.example", set(), id="nor is the domain of all addresses"),
        pytest.param("Clare", set(), id="a slip is not looked for among so many"),
    ],
)
def test_of_all_contacts(words: str, people: set[str]) -> None:
    office = Office(TWO_CLAIRES)
    assert {office.state.name(who) for who in bearing(office.state, words)} == people


def test_slips_are_looked_for_among_so_many_only() -> None:
    office = Office()
    others, claire = [office.who("An")] * MOST_READ, office.who("Claire")
    assert named(office.state, "Clair", [claire, *others]) == Unclear("Clair", (claire,))
    assert claire not in named(office.state, "Clair", [*others, claire]).people  # type: ignore[union-attr]
    assert named(office.state, "Claire", [*others, claire]) == claire


@pytest.mark.parametrize(
    ("words", "left"),
    [
        pytest.param("7 Claire", "Claire", id="the incident's number"),
        pytest.param("MI-7: Claire", "Claire", id="as we write it"),
        pytest.param("#7 Claire", "Claire", id="with a sign"),
        pytest.param("8 Claire", "8 Claire", id="another number stays"),
        pytest.param("7", "7", id="a number alone stays"),
    ],
)
def test_without_the_number(words: str, left: str) -> None:
    assert without_number(words, "MI-7") == left
