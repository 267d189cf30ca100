"""Who gets an update, in which depth, at which interval: one copy for each."""

import pytest

from daemon.core.audiences import pace_of, partition
from daemon.core.identity import Evidence
from tests.core.vocabulary import Edits, Office, minutes

STAFF_EVERY = 'detail = "public"\nevery = "60m"'
THIRD = """[[audience]]
name = "operations"
lists = ["operators", "management"]
detail = "public"
every = "15m"
via = ["sms"]

[update]"""


def groups(office: Office, kind: str = "initial") -> list[tuple[str, str, set[str]]]:
    """Audience whose interval it is, depth, and who."""
    office.proposes()
    came = office.says("An", "ACCEPT")
    return [(n.audience, n.detail.value, {office.first(who) for who in n.recipients}) for n in came.of(kind)]


def test_a_contact_in_two_audiences_gets_one_copy_in_the_most_detail() -> None:
    office = Office()
    staff = office.names("all-staff")
    assert groups(office) == [
        ("stakeholders", "public", staff - {"Laura", "Marc"}),
        ("management", "management", {"Laura", "Marc"}),
    ]


@pytest.mark.parametrize(
    ("edits", "paces"),
    [
        pytest.param({}, {"Laura": ("management", "management"), "Lotte": ("stakeholders", "public")}, id="as it is"),
        pytest.param(
            {STAFF_EVERY: 'detail = "public"\nevery = "20m"'},
            {"Laura": ("stakeholders", "management"), "Lotte": ("stakeholders", "public")},
            id="the shortest interval is that of another audience than the depth",
        ),
        pytest.param(
            {"[update]": THIRD},
            {
                "Laura": ("operations", "management"),
                "Sofie": ("operations", "public"),
                "An": ("stakeholders", "public"),
            },
            id="three audiences: depth of one, interval of another",
        ),
        pytest.param(
            {'every = "30m"': 'every = "60m"'},
            {"Laura": ("management", "management")},
            id="the same interval in both: the more detailed audience's",
        ),
    ],
)
def test_depth_and_interval(edits: Edits, paces: dict[str, tuple[str, str]]) -> None:
    found = {who: (pace, depth) for pace, depth, people in groups(Office(edits)) for who in people}
    assert {who: found[who] for who in paces} == paces


@pytest.mark.parametrize(
    "edits", [{}, {"[update]": THIRD}, {'every = "30m"': 'every = "60m"'}], ids=["two", "three", "equal"]
)
@pytest.mark.parametrize("confidential", [False, True])
def test_the_pace_of_one_person_is_that_of_their_group(edits: Edits, confidential: bool) -> None:
    office = Office(edits)
    office.proposes(body="Confidential: yes" if confidential else "")
    office.says("An", "ACCEPT")
    paces = {who: group.pace.name for group in partition(office.state, office.incident) for who in group.recipients}
    for who in office.configuration.people.contacts:
        assert pace_of(office.state, office.incident, who) == paces.get(who, "")


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param({}, id="two audiences"),
        pytest.param({"[update]": THIRD}, id="three"),
        pytest.param({STAFF_EVERY: 'detail = "public"\nevery = "20m"'}, id="merged intervals"),
    ],
)
def test_nobody_gets_two_copies_of_anything(edits: Edits) -> None:
    office = Office(edits).accepted()
    for came in (office.says("An", "UPDATE Half is back."), office.passes(minutes(130)), office.says("An", "RESOLVE")):
        for at in {notice.at for notice in came.notices}:
            for kind in ("update", "holding", "all-clear"):
                mine = [who for n in came.of(kind) if n.at == at for who in n.recipients]
                assert len(mine) == len(set(mine))


def test_the_public_reads_no_word_of_the_proposers() -> None:
    office = Office()
    office.proposes("Lotte", "Piet broke the shop", "Service: web shop\nImpact: 40 k an hour\n\nAsk Piet.")
    came = office.says("An", "ACCEPT We are on it. MGMT: 40 k an hour")
    (public,) = [n for n in came.of("initial") if n.detail == "public"]
    assert (public.content.title, public.content.impact) == ("Web shop", "Customers may be unable to order online.")
    assert public.content.words == "We are on it."
    assert (public.content.summary, public.content.details, public.content.proposed_impact) == ("", "", "")
    assert (public.content.management, public.content.proposer) == ("", "")
    (managed,) = [n for n in came.of("initial") if n.detail == "management"]
    assert (managed.content.summary, managed.content.management) == ("Piet broke the shop", "40 k an hour")


def test_the_all_clear_goes_to_whoever_heard_of_it_even_off_the_lists() -> None:
    office = Office().accepted()
    office.configuration = office.state.configuration = Office(
        {"+12125550106,management;all-staff": "+12125550106,service-desk"}
    ).configuration
    came = office.says("An", "RESOLVE")
    assert "Laura" in came.to("all-clear")


def test_words_for_management_go_to_management_only_and_say_nothing_old() -> None:
    office = Office().accepted()
    office.says("An", "UPDATE Half is back.")
    came = office.says("An", "UPDATE MGMT: 40 k an hour")
    assert came.to("update") == {"Laura", "Marc"}
    (notice,) = came.of("update")
    assert (notice.content.words, notice.content.management) == ("", "40 k an hour")
    status = office.says("Nadia", "STATUS").one("status")
    assert (status.content.words, status.content.management) == ("Half is back.", "")


def test_a_newer_word_replaces_an_older_one_only_for_those_who_get_it() -> None:
    office = Office()
    office.proposes()
    public, managed = office.says("An", "ACCEPT").of("initial")
    office.says("An", "UPDATE MGMT: 40 k an hour")
    assert managed.id in office.state.stopped
    assert public.id not in office.state.stopped
    office.says("An", "UPDATE Half is back.")
    assert public.id in office.state.stopped


def test_no_copy_for_a_confidential_incident() -> None:
    office = Office()
    office.proposes("Lotte", "Fraud", "Confidential: yes")
    came = office.says("An", "ACCEPT")
    assert "initial" not in came.kinds
    assert not {"holding", "update", "reminder", "missed"} & set(office.passes(minutes(180)).kinds)


CRISIS = {
    "[update]": '[[audience]]\nname = "crisis"\nlists = ["management"]\ndetail = "management"\nevery = "60m"\n'
    'via = ["email"]\nconfidential = true\n\n[update]'
}


def test_only_the_audiences_named_for_it_hear_of_a_confidential_incident() -> None:
    office = Office(CRISIS)
    office.proposes("Lotte", "Fraud", "Confidential: yes")
    came = office.says("An", "ACCEPT")
    assert came.to("initial") == {"Laura", "Marc"}
    assert all(notice.confidential for notice in came.of("initial"))
    assert office.passes(minutes(61)).to("holding") == {"Laura", "Marc"}
    assert office.says("An", "RESOLVE").to("all-clear") == {"Laura", "Marc"}


def test_an_audience_that_is_gone_hears_the_end() -> None:
    office = Office().accepted()
    gone = {'name = "stakeholders"': 'name = "staff"', 'lists = ["all-staff"]': 'lists = ["operators"]'}
    office.configuration = office.state.configuration = Office(gone).configuration
    came = office.says("An", "RESOLVE")
    assert came.to("all-clear") >= Office().names("all-staff")
    assert {n.detail for n in came.of("all-clear") if n.audience == "stakeholders"} == {"public"}


def test_whoever_heard_anything_hears_the_end() -> None:
    office = Office({"+12125550106,management;all-staff": "+12125550106,incident-managers"})
    office.accepted()
    office.configuration = office.state.configuration = Office(
        {"+12125550106,management;all-staff": "+12125550106,service-desk"}
    ).configuration
    came = office.says("An", "RESOLVE")
    (farewell,) = [n for n in came.of("all-clear") if office.who("Laura") in n.recipients]
    assert (farewell.detail, farewell.content.summary) == ("public", "")


def test_nobody_hears_the_end_twice() -> None:
    office = Office().accepted()
    office.says("Nadia", "STATUS")
    came = office.says("An", "RESOLVE")
    everyone = [who for n in came.notices for who in n.recipients if n.kind in ("all-clear", "decision-resolved")]
    assert "Lotte" in came.to("proposer-over")
    copies = came.copies("all-clear")
    assert set(copies.values()) == {1}
    assert everyone


def test_management_hears_who_is_on_it_and_what_is_missing() -> None:
    office = Office()
    office.proposes("Lotte", "Web shop is down", "Service: web shop")
    came = office.says("An", "ACCEPT")
    paged = came.of("page")
    assert paged, came.kinds
    first = office.first(paged[0].recipients[0])
    assert "done-join" in office.says(first, "JOIN").kinds
    told = office.says("An", "UPDATE Half is back. MGMT: 40 orders an hour wait.")
    by_depth = {n.detail.value: n.content for n in told.of("update")}
    assert [name.split()[0] for name in by_depth["management"].people] == [first]
    assert by_depth["management"].crews
    assert by_depth["management"].meeting is None
    assert (by_depth["public"].people, by_depth["public"].crews, by_depth["public"].meeting) == ((), (), None)


ENTRY = "Laura Chen,laura.chen@acme.example,+12125550106,management;all-staff,en,America/New_York\n"


def test_one_who_is_no_contact_any_more_hears_the_end() -> None:
    office = Office().accepted()
    laura = office.who("Laura")
    office.configuration = office.state.configuration = Office({ENTRY: ""}).configuration
    came = office.says("An", "RESOLVE")
    assert [n.kind for n in came.notices if laura in n.recipients] == ["all-clear"]


def test_confidential_midway_those_outside_hear_nothing_more_and_know_of_nothing() -> None:
    office = Office().accepted()
    public, managed = [n for n in office.state.notices.values() if n.kind == "initial"]
    office.says("An", "CONFIDENTIAL")
    assert {public.id, managed.id} <= set(office.state.stopped)
    came = office.says("An", "UPDATE Half is back. MGMT: 40 k an hour")
    assert came.kinds == ["done-update"]
    assert office.says("Laura", "STATUS MI-1").kinds == ["no-such-incident"]
    assert office.says("Nadia", "STATUS").kinds == ["no-incident"]
    assert "status" in office.says("Lotte", "STATUS", by="email", evidence=Evidence.DOMAIN).kinds
    ended = office.says("An", "RESOLVE")
    insiders = {"An", "James", "Claire", "Lotte", *(office.first(s.contact) for s in office.incident.team)}
    assert {office.first(who) for n in ended.notices for who in n.recipients} <= insiders
    assert all(notice.confidential for notice in ended.notices)


def test_several_incidents_in_one_answer_and_the_confidential_one_is_a_number() -> None:
    office = Office()
    office.proposes("Lotte", "Fraud", "Confidential: yes")
    office.now += minutes(5)
    office.proposes("Nadia", "Printers in Ghent are dead")
    lines = office.says("An", "STATUS").one("status").content.lines
    assert {line.title for line in lines} == {"", "Printers in Ghent are dead"}


def test_help_shows_every_verb_that_works_and_other_answers_the_few() -> None:
    office = Office().accepted()
    every = set(office.says("An", "HELP").one("help").content.forms)
    few = set(office.says("An", "NOTE It rains").one("done-note").content.forms)
    assert few < every
    assert {"TEAM", "BRIDGE", "DEPUTY", "HANDOVER", "SERVICE", "CONFIDENTIAL", "NOTE"} <= every
    assert "TAKE" not in every
    assert set(office.says("Nadia", "HELP").one("help").content.forms) == {"STATUS"}


@pytest.mark.parametrize("who", ["An", "James", "Lotte", "Tom", "Laura"])
@pytest.mark.parametrize("words", [(), ("ACCEPT",), ("REJECT",), ("ACCEPT", "RESOLVE")], ids=" then ".join)
def test_every_verb_that_help_shows_does_something(words: tuple[str, ...], who: str) -> None:
    def office() -> Office:
        here = Office()
        here.proposes()
        for each in words:
            here.says("An", each)
        return here

    for verb in office().says(who, "HELP MI-1").one("help").content.forms:
        answered = set(office().says(who, f"{verb} MI-1 web shop").kinds)
        assert answered, verb
        assert not {"not-allowed", "not-in-charge", "wrong-status"} & answered, (verb, answered)
