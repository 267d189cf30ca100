"""What `show` says of notices that did not reach everybody, and of every event there is."""

import re
import typing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from channels.types import Result
from daemon.commands.place import Place
from daemon.commands.show import NoSuchIncident, show
from daemon.commands.timeline import PHRASES, said
from daemon.core import events as e
from daemon.core.stimuli import Returned
from parsers.types import Bounce, BouncedRecipient, BounceKind
from tests.core.vocabulary import REFUSED, Office


def lines(office: Office, capsys: pytest.CaptureFixture[str]) -> list[str]:
    place = Place(Path(), office.configuration.people, ZoneInfo("Europe/Brussels"))
    show(office.tables, place, "MI-1", as_json=False)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("number", ["MI-1", "mi-1", "1", "#1", "MI-01", " 1 "])
def test_an_incident_by_its_number(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office()
    office.proposes()
    show(office.tables, Place(Path(), office.configuration.people, ZoneInfo("UTC")), number, as_json=False)
    assert capsys.readouterr().out.startswith("MI-1  proposed  Web shop is down\n")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param("2", "there is no MI-2; `murphyd incidents` lists those there are", id="none of that number"),
        pytest.param("DR-1", "there is no DR-1; `murphyd incidents` lists those there are", id="no such drill"),
        pytest.param("../1", '"../1" is no number of an incident; write it as in MI-7', id="no number"),
        pytest.param("²", '"²" is no number of an incident; write it as in MI-7', id="a digit that is none"),
    ],
)
def test_what_is_no_incident(number: str, words: str) -> None:
    office = Office()
    office.proposes()
    with pytest.raises(NoSuchIncident, match=f"^{re.escape(words)}$"):
        show(office.tables, Place(Path(), office.configuration.people, ZoneInfo("UTC")), number, as_json=False)


def test_those_not_reached_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    office = Office()
    office.proposes()
    (initial,) = (n for n in office.says("An", "ACCEPT").of("initial") if n.audience == "management")
    office.ends(initial, "Laura", "email", Result.FAILED, REFUSED)
    office.ends(initial, "Laura", "sms", Result.FAILED, REFUSED)
    office.ends(initial, "Marc", "email", Result.DELIVERED)
    shown = lines(office, capsys)
    at = shown.index("  2026-03-02 09:00  first notice to management: 1 delivered, 1 unreached (email 1)")
    assert shown[at + 1].strip() == "not reached: Laura Chen"


def test_one_that_was_stopped_says_why_and_how_many_had_it(capsys: pytest.CaptureFixture[str]) -> None:
    office = Office()
    (request,) = office.proposes().of("decision-request")
    for channel in ("email", "sms"):
        office.ends(request, "An", channel, Result.DELIVERED)
    office.says("An", "ACCEPT")
    shown = [line for line in lines(office, capsys) if "request to decide" in line]
    assert shown[0].endswith("1 delivered, 2 stopped (email 1); decided")


def test_one_that_is_under_way_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    office = Office()
    (request,) = office.proposes().of("decision-request")
    office.ends(request, "An", "sms", Result.SENT)
    assert any(line.endswith("Claire Dubois: 3 under way") for line in lines(office, capsys))


def test_a_bounce_makes_a_sent_mail_one_that_reached_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """The later outcome counts, though both are written down."""
    office = Office()
    office.proposes()
    (initial,) = (n for n in office.says("An", "ACCEPT").of("initial") if n.audience == "management")
    office.sends(initial)
    assert any(line.endswith("first notice to management: 2 sent (email 2)") for line in lines(office, capsys))
    laura = office.who("Laura")
    gone = BouncedRecipient(laura, "5.1.1", "no such user", permanent=True)
    office.gets(Returned("mail x", Bounce(BounceKind.FAILED, (gone,), "", ""), (initial.id, laura)))
    shown = lines(office, capsys)
    assert any(line.endswith("first notice to management: 1 sent, 1 under way (email 1)") for line in shown)
    office.ends(initial, "Laura", "sms", Result.FAILED, REFUSED)
    assert any(line.endswith("not reached: Laura Chen") for line in lines(office, capsys))


def test_every_event_has_its_words() -> None:
    assert set(PHRASES) == set(typing.get_args(e.Event))


AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        pytest.param(e.Accepted("MI-1", AT, "", "", ""), "Murphy accepted", id="nobody decided"),
        pytest.param(
            e.Updated("MI-1", AT, "an", "Half is back.", "It costs."),
            "An Peeters wrote an update: Half is back. (to management only: It costs.)",
            id="words for management",
        ),
        pytest.param(e.Rejected("MI-1", AT, "an", ""), "An Peeters rejected it", id="without words"),
        pytest.param(
            e.Told("MI-1", AT, 3, "all-clear", "staff", 14, None), "all-clear to staff, people: 14", id="the last word"
        ),
        pytest.param(
            e.Noted("MI-1", AT, "an", "see {by} \x1b[2J\nnext"), "An Peeters noted: see {by} [2J next", id="odd words"
        ),
    ],
)
def test_an_event_in_words(event: e.Event, words: str) -> None:
    assert said(event, lambda who: {"an": "An Peeters"}.get(who, who), datetime.isoformat) == words
