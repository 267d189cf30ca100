"""The card fits one sheet of A4, whatever the organization, and says what is needed without a screen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from config.types import MANAGERS, Bridge, Configuration, Contact, Discipline
from daemon.document.markdown import markdown
from daemon.document.page import page
from daemon.document.pdf import marked, pages, pdf
from daemon.procedure.card import MOST_BRIDGES, MOST_DISCIPLINES, MOST_ENGINEERS, MOST_MANAGERS, card, crowded
from tests.core.vocabulary import example


def huge() -> Configuration:
    """Many people with long names, and many of everything."""
    configuration = example()
    people = configuration.people
    names = [f"Wilhelmina-Alexandrine van den Broeck-Vanderstraeten {n}" for n in range(40)]
    crowd = {
        f"p{n}@acme.example": Contact(
            f"p{n}@acme.example", name, (f"p{n}@acme.example",), (f"+3247055{n:04}",), (), "en", "Europe/Brussels"
        )
        for n, name in enumerate(names)
    }
    everybody = tuple(crowd)
    lists = {**people.lists, MANAGERS: everybody, "operators": everybody, "crowd": everybody}
    people = replace(people, contacts={**people.contacts, **crowd}, lists=lists)
    bridges = tuple(
        Bridge(f"Conference of the whole organization {n}", f"https://meet.acme.example/{'x' * 50}{n}", "+3225550100",
               "123456789012", ()) for n in range(9)
    )  # fmt: skip
    disciplines = tuple(
        Discipline(f"platform engineering of the north, part {n}", "crowd", 3, timedelta(minutes=3), (("sms",),))
        for n in range(30)
    )
    procedure = replace(configuration.procedure, bridges=bridges, disciplines=disciplines, services=())
    return replace(configuration, people=people, procedure=procedure)


@pytest.mark.parametrize("configuration", [example(), huge()], ids=["the example", "a huge one"])
def test_it_fits_one_sheet(configuration: Configuration) -> None:
    assert pages(page(card(configuration), card=True)) == 1


def test_it_is_large_print_where_there_is_room() -> None:
    assert not crowded(example())
    assert crowded(huge())


def test_what_is_left_out_is_said() -> None:
    said = markdown(card(huge()))
    for more in (40 - MOST_MANAGERS, 9 - MOST_BRIDGES, 30 - MOST_DISCIPLINES):
        assert f"and {more} more, in the whole procedure" in said
    assert f"The first {MOST_ENGINEERS} of each are here" in said


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("incidents@acme.example", id="the address to propose to"),
        pytest.param("+32 460 00 00 00", id="the number to text"),
        pytest.param("| 1 | **An Peeters** | [+32 470 55 01 01]", id="the first manager to call"),
        pytest.param("PIN `482915`", id="the bridge's PIN"),
        pytest.param("+44 20 7946 0018", id="the second bridge's dial-in"),
        pytest.param("**database** | Hugo Moreau | [+32 470 55 01 12]", id="whom to call for a discipline"),
        pytest.param("`ACCEPT MI-7`", id="how to accept"),
        pytest.param("management every 30 minutes", id="how often to write"),
        pytest.param("Internal", id="that it is internal"),
    ],
)
def test_it_has_what_is_needed(words: str) -> None:
    assert words in markdown(card(example()))


def test_a_pdf_carries_its_mark_where_it_can_be_read() -> None:
    made = marked(pdf(page(card(example()), card=True)), "murphyd-123")
    assert made.startswith(b"%PDF-")
    assert made.endswith(b"%%EOF\n% murphyd-123\n")
