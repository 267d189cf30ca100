"""contacts.csv as people's programs write it."""

import pytest

from config.people import Roll, parse_people

HEADER = "name,email,phone,lists,language,timezone\n"


def read(text: str) -> Roll:
    return parse_people(text, "en", "Europe/Brussels")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADER + "An,an@acme.example,,all,,\n", id="plain"),
        pytest.param(HEADER.replace("\n", "\r\n") + "An,an@acme.example,,all,,\r\n", id="CRLF"),
        pytest.param("\n" + HEADER + "\n,,,,,\nAn,an@acme.example,,all,,\n\n", id="blank lines"),
        pytest.param(HEADER + "An,an@acme.example,,all", id="columns left out at the end, no last line break"),
        pytest.param("lists,name,email\nall,An,an@acme.example", id="columns in another order, some left out"),
        pytest.param(" Name , EMAIL,lists,\n An , AN@Acme.Example , all ,\n", id="blanks, capitals, a final comma"),
        pytest.param(HEADER + '"An","an@acme.example; an@ACME.example;","","all;all",,', id="quotes, repetitions"),
    ],
)
def test_the_same_person(text: str) -> None:
    roll = read(text)
    assert roll.faults == ()
    (contact,) = roll.people.contacts.values()
    assert (contact.name, contact.emails, contact.phones, contact.lists) == ("An", ("an@acme.example",), (), ("all",))
    assert roll.people.lists == {"all": ("an@acme.example",)}


@pytest.mark.parametrize(
    "written",
    ["+32470123456", "+32 470 12 34 56", "+32 (0)470/12.34.56", "+32-470-123456", " +32470123456 "],
)
def test_the_same_number(written: str) -> None:
    roll = read(f'{HEADER}An,,"{written}",all,,')
    assert [*roll.people.contacts] == ["+32470123456"]


@pytest.mark.parametrize(
    ("language", "kept"), [("nl", "nl"), ("NL", "nl"), ("nl-BE", "nl-BE"), ("pt_BR", "pt-BR"), ("", "en")]
)
def test_languages(language: str, kept: str) -> None:
    assert read(f"{HEADER}An,an@acme.example,,all,{language},").people.contacts["an@acme.example"].language == kept


def test_a_faulty_line_hides_no_other_and_its_lists_still_exist() -> None:
    roll = read(HEADER + "An,an,,managers,,\nBo,bo@acme.example,,all,,\nCy,,12,all,xx,Mars\n")
    assert [f.key for f in roll.faults] == ["line 2, email", "line 4, language", "line 4, timezone", "line 4, phone"]
    assert roll.mentioned == frozenset({"managers", "all"})
    assert [*roll.people.contacts] == ["bo@acme.example"]


def test_lines_are_counted_as_an_editor_does() -> None:
    roll = read(HEADER + '"An\nPeeters",an@acme.example,,all,,\nBo,bo,,all,,\n')
    assert [f.key for f in roll.faults] == ["line 2, name", "line 4, email"]


def test_nothing_is_no_column_names() -> None:
    assert [f.problem for f in read("").faults] == ["there is no line of column names"]


def test_50_000_people_load() -> None:
    lines = (
        f"Person {n},p{n}@acme.example,+3247{n:07},all-staff;l{n % 50},nl,Europe/Brussels\n" for n in range(50_000)
    )
    text = HEADER + "".join(lines)
    roll = read(text)
    assert roll.faults == ()
    assert len(roll.people.on("all-staff")) == 50_000
