"""The communication bridge: where people are told to meet, BRIDGE, and what happens when one cannot be used."""

import pytest

from channels.types import Result
from daemon.core.content import Meeting
from daemon.core.stimuli import BridgeTried
from tests.core.vocabulary import NEXT, REFUSED, Came, Edits, Office, example, minutes

CONFERENCE = Meeting("Conference", "https://meet.acme.example/major", "+3225550100", "482915")
DIAL_IN = Meeting("Dial-in", "", "+442079460018", "771204")
CHECKED: Edits = {"check = false                    # the sandbox leaves this machine alone\n": ""}
ON_EMAIL: Edits = {'depends_on = ["internet"]': 'depends_on = ["Email and calendar"]'}
NO_BRIDGE: Edits = {
    '[[bridge]]\nname = "Conference"\nurl = "https://meet.acme.example/major"\nphone = "+3225550100"\npin = "482915"\n'
    'depends_on = ["internet"]\ncheck = false                    # the sandbox leaves this machine alone\n': "",
    '[[bridge]]\nname = "Dial-in"\nphone = "+442079460018"\npin = "771204"\n': "",
}
ONE_BRIDGE: Edits = {next(iter(NO_BRIDGE)): ""}
NO_TWILIO: Edits = {
    "[twilio]": "[gsm]",
    'account_sid = "AC00000000000000000000000000000000"\n': 'inbox = "/tmp/in/"\noutbox = "/tmp/out/"\n',
    'auth_token = "sandbox"\n': 'sent = "/tmp/sent/"\nerror = "/tmp/error/"\n',
    "api_base =": "#",
    'inbound = ["poll", "webhook"]\n': "",
    'poll_every = "10s"\n': "",
    "public_url =": "#",
}
"""A modem is all there is."""
EVERYBODY = {"Tom", "Rosa", "Hugo", "James", "Claire", "Lotte"}
"""All who are told of another bridge when An, who manages, set it."""
TEAM = {"Tom", "Rosa", "Hugo"}


def accepted(edits: Edits | None = None, service: str = "web shop") -> tuple[Office, Came]:
    office = Office(edits or CHECKED)
    office.proposes("Lotte", "It is down", f"Service: {service}")
    return office, office.says("An", "ACCEPT")


def tried(office: Office, *up: bool, name: str = "Conference") -> Came:
    came = Came((), office)
    for each in up:
        came += office.gets(BridgeTried(name, each, "" if each else "no answer in time"))
    return came


def test_everybody_who_takes_part_is_told_where_to_meet_and_nobody_else() -> None:
    _, came = accepted()
    for kind in ("page", "done-accept", "decision-accepted", "proposer-accepted"):
        assert came.of(kind)[0].content.meeting == CONFERENCE, kind
    assert all(notice.content.meeting is None for notice in came.of("initial"))


@pytest.mark.parametrize(
    ("name", "knows"),
    [
        pytest.param("Tom", True, id="an engineer who was paged"),
        pytest.param("Claire", True, id="another manager"),
        pytest.param("Lotte", True, id="the proposer"),
        pytest.param("Nadia", False, id="somebody of the public"),
        pytest.param("Laura", False, id="somebody in management"),
    ],
)
def test_status_tells_the_bridge_to_those_who_take_part(name: str, knows: bool) -> None:
    office, _ = accepted()
    for words in ("STATUS", "HELP"):
        content = office.says(name, words).notices[0].content
        assert (content.meeting == CONFERENCE) is knows
        assert bool(content.crews) is (knows or name == "Laura")


def test_before_the_acceptance_there_is_no_bridge() -> None:
    office = Office()
    assert office.proposes().of("decision-request")[0].content.meeting is None


def test_every_reminder_has_it() -> None:
    office, _ = accepted()
    assert office.passes(minutes(20)).of("reminder")[0].content.meeting == CONFERENCE


def test_bridge_sends_it_to_the_team_again() -> None:
    office, _ = accepted()
    office.says("Hugo", "DECLINE")
    came = office.says("An", "BRIDGE")
    assert came.to("bridge") == {"Tom", "Rosa", "David"}
    assert came.one("done-bridge").content.meeting == CONFERENCE
    assert came.one("done-bridge").content.count == 3
    assert came.events == []


def test_bridge_next_goes_round_and_tells_everybody() -> None:
    office, _ = accepted()
    came = office.says("An", "BRIDGE NEXT")
    assert came.events == ["BridgeSet"]
    assert came.to("bridge") == EVERYBODY
    assert {notice.content.meeting for notice in came.of("bridge")} == {DIAL_IN}
    assert {notice.content.name for notice in came.of("bridge")} == {"Conference"}
    assert came.one("done-bridge").content.meeting == DIAL_IN
    assert set(came.copies("bridge").values()) == {1}
    again = office.says("An", "BRIDGE next")
    assert again.one("done-bridge").content.meeting == CONFERENCE


def test_bridge_with_a_name_or_words_replaces_it() -> None:
    office, _ = accepted()
    assert office.says("An", "BRIDGE dial-in").one("done-bridge").content.meeting == DIAL_IN
    came = office.says("An", "BRIDGE Room 4.12, or +32 2 555 99 99")
    assert came.one("done-bridge").content.meeting == Meeting(words="Room 4.12, or +32 2 555 99 99")
    assert came.to("bridge") == EVERYBODY
    page = office.says("Tom", "DECLINE").one("page")
    assert page.content.meeting == Meeting(words="Room 4.12, or +32 2 555 99 99")
    assert tried(office, False, False).kinds == [], "nobody is there"
    assert office.says("An", "BRIDGE NEXT").one("done-bridge").content.meeting == DIAL_IN


@pytest.mark.parametrize(
    ("words", "there", "told"),
    [
        pytest.param("BRIDGE dial in", DIAL_IN, EVERYBODY, id="a name with a space for its dash"),
        pytest.param("BRIDGE next please!", DIAL_IN, EVERYBODY, id="NEXT with a word beside it"),
        pytest.param("BRIDGE to the next one", DIAL_IN, EVERYBODY, id="NEXT among words"),
        pytest.param("BRIDGE again please", CONFERENCE, TEAM, id="again is BRIDGE alone"),
        pytest.param("BRIDGE conference", CONFERENCE, TEAM, id="the one in use is not given up"),
        pytest.param("BRIDGE call +3225559999", Meeting(words="call +3225559999"), EVERYBODY, id="CALL and a number"),
    ],
)
def test_bridge_as_people_write_it(words: str, there: Meeting, told: set[str]) -> None:
    office, _ = accepted()
    came = office.says("An", words)
    assert (came.to("bridge"), came.one("done-bridge").content.meeting) == (told, there)
    assert came.of("bridge")[0].content.name == ("" if told is TEAM else "Conference")


@pytest.mark.parametrize("words", ["BRIDGE call everyone", "BRIDGE CALL!", "BRIDGE please call the team now"])
def test_bridge_call_with_words_beside_it(words: str) -> None:
    office, _ = accepted()
    assert office.says("An", words).to("bridge-call") == {"An", *TEAM}


def test_the_one_in_use_is_not_configured_any_more() -> None:
    office, _ = accepted()
    office.configuration = office.state.configuration = example(ONE_BRIDGE)
    assert office.says("An", "BRIDGE").to("bridge") == EVERYBODY, "not only the team must know"
    office, _ = accepted()
    office.configuration = office.state.configuration = example(ONE_BRIDGE)
    came = office.says("James", "SERVICE payments")
    assert {n.content.name for n in came.of("bridge")} == {"Conference"}
    assert came.to("bridge") >= {"An", "James", "Claire", "Lotte"}


def test_whoever_did_not_hear_where_to_meet_is_named_to_the_manager() -> None:
    office, _ = accepted()
    notice = next(n for n in office.says("An", "BRIDGE NEXT").of("bridge") if office.who("Tom") in n.recipients)
    for who in ("Rosa", "Hugo"):
        assert office.ends(notice, who, "sms", Result.DELIVERED).kinds == []
    assert office.ends(notice, "Tom", "sms", Result.FAILED, NEXT).kinds == []
    came = office.ends(notice, "Tom", "email", Result.FAILED, REFUSED)
    assert (came.to("unreached"), came.one("unreached").content.people) == ({"An"}, ("Tom Baker",))
    assert came.one("unreached").content.verb == "BRIDGE"


@pytest.mark.parametrize("words", ["BRIDGE", "BRIDGE NEXT"])
def test_no_bridge_is_configured(words: str) -> None:
    office, came = accepted(NO_BRIDGE)
    assert "BridgeSet" not in came.events
    assert office.says("An", words).kinds == ["no-bridge"]


def test_bridge_call_dials_the_team_and_who_is_in_charge_into_one_conference() -> None:
    office, _ = accepted()
    office.says("Tom", "JOIN")
    came = office.says("An", "BRIDGE CALL")
    assert came.to("bridge-call") == {"An", "Tom", "Rosa", "Hugo"}
    assert came.one("bridge-call").via == (("voice",),)
    assert came.one("done-bridge").content.count == 4


def test_bridge_call_without_voice() -> None:
    office, _ = accepted(NO_TWILIO)
    assert office.says("An", "BRIDGE CALL").kinds == ["no-bridge"]


def test_a_bridge_that_depends_on_an_affected_service_is_not_used() -> None:
    office, came = accepted(ON_EMAIL, "email")
    assert {notice.content.meeting for notice in came.of("page")} == {DIAL_IN}
    assert office.incident.bridges_gone == {"Conference"}
    assert "bridge" not in came.kinds, "nobody had been told of the other"


def test_a_service_that_is_affected_too_moves_everybody_from_a_bridge_that_depends_on_it() -> None:
    office, _ = accepted(ON_EMAIL)
    came = office.says("An", "SERVICE webshop, email")
    assert came.to("bridge") == {"Tom", "Rosa", "Hugo", "An", "James", "Claire", "Lotte"}
    assert came.of("bridge")[0].content.meeting == DIAL_IN
    assert {notice.content.meeting for notice in came.of("page")} == {DIAL_IN}


def test_two_failed_checks_in_a_row_and_everybody_is_sent_to_the_next() -> None:
    office, _ = accepted()
    assert tried(office, False, True, False).kinds == []
    came = tried(office, False)
    assert came.events == ["BridgeSet"]
    assert came.to("bridge") == {*EVERYBODY, "An"}
    content = came.of("bridge")[0].content
    assert (content.meeting, content.name, content.reason) == (DIAL_IN, "Conference", "no answer in time")
    assert tried(office, False, False).facts == (), "once"


def test_a_bridge_that_failed_before_the_acceptance_is_not_used() -> None:
    office = Office(CHECKED)
    office.proposes("Lotte", "It is down", "Service: web shop")
    assert tried(office, False, False).kinds == []
    came = office.says("An", "ACCEPT")
    assert {notice.content.meeting for notice in came.of("page")} == {DIAL_IN}


def test_where_none_is_left_the_manager_is_told_and_people_stay() -> None:
    office, _ = accepted()
    office.says("An", "BRIDGE NEXT")
    office.says("An", "BRIDGE NEXT")
    came = tried(office, False, False)
    assert came.kinds == ["bridge-failed"]
    assert came.to("bridge-failed") == {"An"}
    assert came.one("bridge-failed").content.name == "Conference"
    assert came.one("bridge-failed").content.meeting == CONFERENCE


def test_two_incidents_meet_at_two_places_as_long_as_there_are_two() -> None:
    office, _ = accepted()
    for number, there in ((2, DIAL_IN), (3, CONFERENCE)):
        office.now += minutes(3)
        office.proposes("Nadia", ("", "", "Cards are refused", "Printers jam")[number])
        office.says("James", f"ACCEPT {number}")
        came = office.says("James", f"BRIDGE MI-{number}")
        assert came.one("done-bridge").content.meeting == there
        assert office.incident.bridges_gone == frozenset()
    assert office.says("James", "BRIDGE MI-3 NEXT").one("done-bridge").content.meeting == DIAL_IN
    office.says("An", "MI-1 RESOLVE It works.")
    office.says("James", "MI-3 RESOLVE They print.")
    office.proposes("Emma", "Phones are mute")
    assert office.says("An", "ACCEPT 4").of("done-accept")[0].content.meeting == CONFERENCE


def test_only_the_incident_manager_moves_the_bridge() -> None:
    office, _ = accepted()
    assert office.says("Tom", "BRIDGE NEXT").kinds == ["not-allowed"]


def test_reopened_and_a_bridge_given_up_may_be_used_again() -> None:
    office, _ = accepted()
    tried(office, False, False, True)
    office.now += minutes(1)
    office.says("An", "RESOLVE It works.")
    office.now += minutes(60)
    office.says("An", "REOPEN")
    assert office.incident.bridge == "Dial-in"
    assert office.says("An", "BRIDGE NEXT").one("done-bridge").content.meeting == CONFERENCE
