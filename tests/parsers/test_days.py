"""Days as people write them, in five languages; what may be another day is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.days import find_day

TODAY = date(2026, 11, 24)
"""A Tuesday."""

DAYS = {
    "x by 2026-12-01": "2026-12-01",
    "x by 1/12/2026": "2026-12-01",
    "x by 1.12.26": "2026-12-01",
    "x by 12/25/2026": "2026-12-25",
    "x bis zum 1.12.": "2026-12-01",
    "x by 1/3": "2027-03-01",
    "x by 1 December": "2026-12-01",
    "by 1 December order the disks": "2026-12-01",
    "x by Dec 1st": "2026-12-01",
    "x by the 1st of December, 2026": "2026-12-01",
    "x by Tuesday 1 December 2026.": "2026-12-01",
    "x by the 5th": "2026-12-05",
    "x by Friday": "2026-11-27",
    "x by Tuesday": "2026-12-01",
    "x by this Friday": "2026-11-27",
    "x by next Friday": "2026-12-04",
    "x by Friday 17:00 at the latest": "2026-11-27",
    "x by Friday (budget permitting)": "2026-11-27",
    "x tomorrow": "2026-11-25",
    "x in two weeks": "2026-12-08",
    "x by end of the month": "2026-11-30",
    "x by EOW": "2026-11-27",
    "x by the end of next month": "2026-12-31",
    "x tegen vrijdag": "2026-11-27",
    "x voor volgende vrijdag": "2026-12-04",
    "x uiterlijk 1 dec.": "2026-12-01",
    "x overmorgen": "2026-11-26",
    "x binnen een maand": "2026-12-24",
    "x voor eind december": "2026-12-31",
    "x d'ici le 1er décembre": "2026-12-01",
    "x avant vendredi prochain": "2026-11-27",
    "x après-demain": "2026-11-26",
    "x d'ici 2 semaines": "2026-12-08",
    "x avant la fin du mois": "2026-11-30",
    "x bis nächsten Freitag": "2026-11-27",
    "x vor dem 1. Dez.": "2026-12-01",
    "x übermorgen": "2026-11-26",
    "x innerhalb von 3 Tagen": "2026-11-27",
    "x bis Ende des Monats": "2026-11-30",
    "x para el viernes": "2026-11-27",
    "x antes del 3 de diciembre de 2026": "2026-12-03",
    "x pasado mañana": "2026-11-26",
    "x dentro de dos semanas": "2026-12-08",
    "x para fin de mes": "2026-11-30",
    "x by 10 November": "2026-11-10",
    "x by Fri 4/12": "2026-12-04",
    "x vrijdag 4/12": "2026-12-04",
    "x by Friday 4": "2026-12-04",
    "x by end of day Friday": "2026-11-27",
    "x by 17:00 Friday": "2026-11-27",
    "x deadline: 1 December": "2026-12-01",
    "x by Friday next week": "2026-12-04",
    "x next week Friday": "2026-12-04",
    "x volgende week vrijdag": "2026-12-04",
    "x vrijdag volgende week": "2026-12-04",
    "x vendredi de la semaine prochaine": "2026-12-04",
    "x nächste Woche Freitag": "2026-12-04",
    "x el viernes de la próxima semana": "2026-12-04",
    "x deze week vrijdag": "2026-11-27",
}

NONE = [
    "x", "", "x by 31 February", "x by 2026-02-30", "use version 1.12", "x by 10.0.0.1", "x by 13/13/2026",
    "x by Monday or Tuesday", "x lundi ou mardi", "x by Friday 1 December", "x by next week", "x by dec",
    "x sur la vie", "le 5 serveurs", "x by 99999999999999999999", "x in 0 weeks", "ring 2 of 3",
    "x after Friday", "x not before Friday", "x every Friday", "x na vrijdag", "x ab Freitag", "x week of 1 December",
    "x Friday week", "x a week on Friday", "x vrijdag over een week", "x by Friday 5/12", "x by Friday 5",
    "trays for 2.5 inch disks", "x on 1/2 of the servers",
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), [pytest.param(*case, id=case[0]) for case in DAYS.items()])
def test_a_day(text: str, day: str) -> None:
    found = find_day(text, TODAY)
    assert found is not None
    assert found.day.isoformat() == day
    left = f"{text[: found.start]}{text[found.end :]}".strip()
    assert left in ("x", "order the disks", "x  (budget permitting)", "x avant la")


@pytest.mark.parametrize("text", [pytest.param(text, id=text or "nothing") for text in NONE])
def test_none(text: str) -> None:
    assert find_day(text, TODAY) is None


def test_the_month_first_for_whom_writes_so() -> None:
    found = find_day("x by 1/12/2027", TODAY, month_first=True)
    assert found is not None
    assert found.day == date(2027, 1, 12)


WORDS = st.sampled_from(sorted({word for text in (*DAYS, *NONE) for word in text.split()}))


@given(st.lists(WORDS, max_size=12).map(" ".join), st.dates(date(1999, 1, 1), date(2100, 12, 31)))
def test_whatever_the_words_it_is_a_day_or_none_within_the_text(text: str, today: date) -> None:
    found = find_day(text, today)
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(st.text(max_size=60))
def test_whatever_the_text(text: str) -> None:
    find_day(text, TODAY)
