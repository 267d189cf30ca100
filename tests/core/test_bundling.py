"""Many proposals at once end as few messages: one a minute to each manager; nothing is lost, nothing single waits."""

from datetime import timedelta
from itertools import pairwise

import pytest

from daemon.core.identity import Evidence
from daemon.core.notices import Notice
from tests.core.vocabulary import Came, Edits, Office, minutes

WHAT = ("Web shop is down", "Cards are refused", "Printers jam", "Wifi is gone in Ghent", "Phones are mute")
WHO = ("Lotte", "Nadia", "Oliver", "Emma", "Hugo")
PAGES = {"decision-request", "same-request", "decision-bundle"}

SLOW: Edits = {'after = "5m"\nwho = "incident-managers"': 'after = "30s"\nwho = "incident-managers"'}
VOICE: Edits = {'via = ["sms"]\nrepeat = "5m"': 'via = ["voice", "sms"]\nrepeat = "5m"'}


def flood(office: Office, count: int = 5, apart: float = 0.1) -> Came:
    """One of them proposes after the other, a few seconds apart."""
    came = Came((), office)
    for number in range(count):
        came += office.says(WHO[number % len(WHO)], f"PROPOSE {WHAT[number % len(WHAT)]}")
        office.now += minutes(apart)
    return came


def pages(came: Came, who: str = "An") -> list[Notice]:
    found = came.office.who(who)
    return [n for n in came.notices if n.kind.value in PAGES and found in n.recipients]


def numbers(notice: Notice) -> list[str]:
    return [line.incident for line in notice.content.lines]


def test_the_first_goes_at_once_and_the_others_together_when_its_minute_is_over() -> None:
    office = Office()
    came = flood(office)
    assert [n.incident for n in pages(came)] == ["MI-1"]
    came = office.passes(minutes(0.5))
    (bundle,) = pages(came)
    assert bundle.kind.value == "decision-bundle"
    assert numbers(bundle) == ["MI-2", "MI-3", "MI-4", "MI-5"]
    assert [line.title for line in bundle.content.lines] == list(WHAT[1:])
    assert bundle.at == office.state.notices[2].at + minutes(1)
    assert bundle.via == (("email", "sms"),)


def test_one_message_a_minute_to_each_while_it_goes_on() -> None:
    office = Office()
    came = flood(office, 60, apart=0.1)
    came += office.passes(minutes(30))
    for only_mail in (True, False):  # of too many from one proposer only a mail tells
        times = [n.at for n in pages(came) if (n.via[0] == ("email",)) is only_mail]
        assert len(times) > 1
        assert all(later - earlier >= minutes(1) for earlier, later in pairwise(times))
    asked = {number for n in pages(came) for number in (numbers(n) or [n.incident])}
    assert asked == {f"MI-{number}" for number in range(1, 61)}


def test_forty_people_and_one_outage() -> None:
    office = Office()
    came = Came((), office)
    for number in range(40):
        came += office.proposes(f"someone{number}@acme.example", f"Web shop is down{'!' * (number % 3)}")
        office.now += timedelta(seconds=2)
    came += office.passes(minutes(3))
    assert len(pages(came)) == 3
    assert len(came.of("decision-request")) == 1
    came = office.says("An", "SAME 1")
    assert came.events.count("MadeSame") == 39
    assert came.copies("done-same") == {"An": 1}
    assert came.copies("decision-same") == {"James": 1, "Claire": 1}
    assert len(office.state.incidents["MI-1"].also) == 39
    assert {n.incident for n in pages(office.passes(minutes(10)))} == {"MI-1"}


@pytest.mark.parametrize("words", ["ACCEPT 3", "ACCEPT MI-3", "3 accept"])
def test_each_can_be_decided_by_its_number(words: str) -> None:
    office = Office()
    flood(office)
    office.passes(minutes(1))
    assert office.says("An", words).one("done-accept").incident == "MI-3"


def test_a_plain_verb_asks_which() -> None:
    office = Office()
    flood(office)
    office.passes(minutes(1))
    assert office.says("An", "ACCEPT").kinds == ["which-incident"]


def test_before_the_others_were_told_a_plain_verb_means_the_first() -> None:
    office = Office()
    flood(office)
    assert office.says("An", "ACCEPT").one("done-accept").incident == "MI-1"


def test_its_mail_decides_more_than_once() -> None:
    office = Office()
    flood(office)
    bundle = office.passes(minutes(1)).one("decision-bundle")
    for number in (2, 3):
        came = office.says("An", f"REJECT {number}", by="email", answering=bundle, evidence=Evidence.TOKEN)
        assert came.one("done-reject").incident == f"MI-{number}"


def test_a_single_one_never_waits() -> None:
    office = Office()
    for number in range(4):
        came = office.says(WHO[number], f"PROPOSE {WHAT[number]}")
        assert [n.incident for n in pages(came)] == [f"MI-{number + 1}"]
        office.now += minutes(1)


def test_its_own_rungs_do_not_wait_for_each_other() -> None:
    office = Office(SLOW)
    office.proposes()
    (second,) = pages(office.passes(minutes(0.6)))
    assert second.at - office.incident.proposed == minutes(0.5)


def test_once_the_first_is_decided_the_next_does_not_wait() -> None:
    office = Office()
    office.proposes()
    office.says("An", "ACCEPT")
    assert [n.incident for n in pages(office.proposes("Nadia", "Cards are refused"))] == ["MI-2"]


def test_strangers_and_floods_hold_up_nobody_else() -> None:
    office = Office()
    for number in range(8):
        office.proposes(f"{number}@evil.example", f"Buy {number}")
    assert [n.incident for n in pages(office.proposes("Nadia", "Cards are refused"))] == ["MI-9"]


def test_the_next_rungs_go_together_too() -> None:
    office = Office(VOICE)
    flood(office, 3)
    office.passes(minutes(4))
    came = office.passes(minutes(3))
    assert [numbers(n) or [n.incident] for n in pages(came)] == [["MI-1"], ["MI-2", "MI-3"]]
    assert pages(came)[1].via == (("voice",), ("sms",))
    assert pages(came)[1].content.again


def test_decided_is_decided_everywhere_and_the_message_goes_on_for_the_others() -> None:
    office = Office()
    flood(office, 3)
    bundle = office.passes(minutes(1)).one("decision-bundle")
    office.says("An", "REJECT 2")
    assert bundle.id not in office.state.stopped
    office.says("An", "REJECT 3")
    assert bundle.id in office.state.stopped


def test_what_disables_a_channel_counts_for_all_of_it() -> None:
    office = Office({'via = ["email+sms"]': 'via = ["email", "sms"]'})
    office.proposes()
    office.proposes("Nadia", "Cards are refused")
    office.proposes("Hugo", "No mail", "Service: email")
    assert office.passes(minutes(1)).one("decision-bundle").via == (("sms", "email"),)


def test_of_a_confidential_one_it_tells_the_number_only() -> None:
    office = Office()
    office.proposes()
    office.proposes("Nadia", "Fraud", "Confidential: yes")
    office.proposes("Hugo", "Cards are refused")
    lines = office.passes(minutes(1)).one("decision-bundle").content.lines
    assert [line.title for line in lines] == ["", "Cards are refused"]


def test_the_proposer_is_told_after_ten_minutes_as_ever_and_a_restart_loses_none() -> None:
    office = Office()
    flood(office)
    assert office.restored() == office.state
    came = office.passes(minutes(11))
    assert came.to("proposal-waiting") == set(WHO)
    assert office.restored() == office.state


def test_what_has_been_decided_is_in_no_later_message_of_the_bundle() -> None:
    office = Office()
    office.proposes()
    office.proposes("Nadia", "Cards are refused")
    office.proposes("Hugo", "No mail in Ghent")
    bundle = office.passes(minutes(1)).one("decision-bundle")
    office.says("An", "REJECT 2")
    now = office.state.notices[bundle.id]
    assert ([line.incident for line in now.content.lines], now.content.count) == (["MI-3"], 1)
    assert office.restored() == office.state
