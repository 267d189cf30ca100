"""The team: who is called, in which order, what each answer comes to, and what the manager sees."""

import pytest

from daemon.core.content import Crew
from daemon.core.model import SeatStatus
from daemon.core.stimuli import Exhausted
from tests.core.vocabulary import Came, Office, minutes

NEED_TWO = {'list = "network-engineers"\nneed = 1': 'list = "network-engineers"\nneed = 2'}
EMAIL_TOO = {"incident-managers;all-staff,nl": "incident-managers;network-engineers;all-staff,nl"}


def accepted(edits: dict[str, str] | None = None, service: str = "web shop") -> tuple[Office, Came]:
    office = Office(edits or {})
    office.proposes("Lotte", "It is down", f"Service: {service}" if service else "")
    return office, office.says("An", "ACCEPT")


def seats(office: Office) -> dict[str, str]:
    return {office.first(seat.contact): seat.status.value for seat in office.incident.team}


def crew(came: Came, kind: str, discipline: str) -> Crew:
    return next(crew for crew in came.of(kind)[-1].content.crews if crew.discipline == discipline)


def test_on_accept_the_first_of_each_discipline_is_paged() -> None:
    office, came = accepted()
    assert came.events == ["Accepted", "BridgeSet", "TeamCalled", "Paged", "Paged", "Paged"]
    assert came.to("page") == {"Rosa", "Hugo", "Tom"}
    assert {notice.content.discipline: office.first(notice.recipients[0]) for notice in came.of("page")} == {
        "web": "Rosa",
        "database": "Hugo",
        "network": "Tom",
    }
    assert [crew.discipline for crew in came.one("done-accept").content.crews] == ["web", "database", "network"]
    assert "roster" not in came.kinds, "the answer to ACCEPT has it"


def test_a_page_goes_first_by_its_disciplines_ladder_and_says_how_to_answer_by_when_and_where_to_meet() -> None:
    office, came = accepted()
    for notice in came.of("page"):
        assert notice.via == (("sms",), ("email",))
        assert notice.priority.name == "PAGE"
        assert notice.content.forms == ("JOIN", "DECLINE")
        assert notice.content.summary == "It is down"
        assert notice.content.manager == "An Peeters"
        assert notice.content.meeting is not None
        assert (notice.content.meeting.phone, notice.content.meeting.pin) == ("+3225550100", "482915")
    web = next(notice for notice in came.of("page") if notice.content.discipline == "web")
    assert web.content.due == office.now + minutes(5)


def test_no_service_named_and_the_star_says_whom_to_page() -> None:
    _, came = accepted(service="")
    assert came.to("page") == {"Tom"}


def test_the_service_comes_after_the_acceptance_and_pages_whom_it_needs() -> None:
    office, _ = accepted(service="")
    came = office.says("An", "SERVICE webshop")
    assert came.to("page") == {"Rosa", "Hugo"}
    assert office.incident.needed == ("network", "web", "database")


def test_what_no_service_needs_any_more_is_released() -> None:
    office, _ = accepted(service="email")
    assert seats(office) == {"Jan": "asked", "Tom": "asked"}
    came = office.says("An", "SERVICE payments")
    assert came.to("page-over") == {"Jan"}
    assert came.to("page") == {"Hugo"}
    assert office.incident.needed == ("network", "database")


def test_enough_join_and_the_manager_sees_each_of_them() -> None:
    office, _ = accepted()
    came = office.says("Tom", "JOIN")
    assert came.events == ["EngineerJoined"]
    assert came.to("done-join") == {"Tom"}
    assert came.one("done-join").content.meeting is not None
    assert came.to("roster") == {"An"}
    assert came.one("roster").via == (("sms",), ("email",))
    assert crew(came, "roster", "network") == Crew("network", ("Tom Baker",), (), 0)
    assert crew(came, "roster", "web") == Crew("web", (), ("Rosa Alvarez",), 1)
    assert came.one("roster").content.actor == "Tom Baker"
    assert office.says("Rosa", "JOIN").one("roster").content.people == (), "nobody failed to answer"
    assert "page" not in came.kinds


def test_a_second_join_is_answered_and_changes_nothing() -> None:
    office, _ = accepted()
    office.says("Tom", "JOIN")
    came = office.says("Tom", "JOIN MI-1")
    assert came.kinds == ["done-join"]
    assert came.events == []


def test_declined_and_the_next_one_is_called() -> None:
    office, _ = accepted()
    came = office.says("Tom", "DECLINE I am on a train")
    assert came.events == ["EngineerDeclined", "Paged"]
    assert came.to("page") == {"Pieter"}
    assert came.one("roster").content.words == "I am on a train"
    assert crew(came, "roster", "network") == Crew("network", (), ("Pieter Jacobs",), 1)
    assert came.to("done-decline") == {"Tom"}


def test_silent_for_answer_within_and_the_next_one_is_called() -> None:
    office, _ = accepted()
    assert office.passes(minutes(2.9)).events == []
    came = office.passes(minutes(0.1))
    assert came.events == ["EngineerSilent", "EngineerSilent", "Paged", "Paged"]
    assert came.to("page") == {"David", "Pieter"}
    assert seats(office)["Tom"] == "silent"
    assert came.one("roster").content.people == ("Hugo Moreau", "Tom Baker"), "both in one line"


def test_who_is_on_another_incident_is_called_last() -> None:
    office, _ = accepted()
    office.says("Tom", "JOIN")
    office.now += minutes(5)
    office.proposes("Nadia", "Cards are refused", "Service: payments")
    came = office.says("James", "ACCEPT MI-2")
    assert came.to("page") == {"Hugo", "Pieter"}, "Hugo was silent there, and Tom is busy"
    office.says("Pieter", "DECLINE MI-2")
    assert office.says("Rosa", "DECLINE MI-2").to("page") == {"Tom"}


def test_who_has_just_been_asked_for_another_incident_is_called_last() -> None:
    office, _ = accepted()
    office.now += minutes(1)
    office.proposes("Nadia", "Cards are refused", "Service: payments")
    assert office.says("James", "ACCEPT MI-2").to("page") == {"David", "Pieter"}


def test_whoever_was_released_comes_back_into_the_same_place() -> None:
    office, _ = accepted()
    office.says("Tom", "JOIN")
    office.says("An", "TEAM -Tom")
    came = office.says("An", "TEAM +Tom")
    assert came.to("page") == {"Tom"}, "nobody else is called in his place"
    assert came.one("page").content.discipline == "network"


def test_whoever_is_asked_for_another_discipline_is_not_told_to_stay_away() -> None:
    office, _ = accepted()
    office.says("Hugo", "JOIN")
    office.passes(minutes(11))
    came = office.says("An", "SERVICE payments")
    assert (came.to("page-over"), came.to("page")) == ({"David"}, {"Rosa"})
    assert came.one("page-over").content.reason == "released"


def test_nobody_is_called_for_two_disciplines_at_once() -> None:
    office, _ = accepted()
    office.says("Tom", "DECLINE")
    came = office.says("Pieter", "DECLINE")
    assert came.kinds == ["done-decline", "team-exhausted"], "Rosa has been asked for the web"


def test_an_exhausted_discipline_is_escalated_once_to_the_manager_and_all_managers() -> None:
    office, _ = accepted(service="payments")
    office.says("Tom", "DECLINE")
    office.says("Pieter", "DECLINE")
    came = office.says("Rosa", "DECLINE")
    assert came.events == ["EngineerDeclined", "DisciplineExhausted"]
    assert came.copies("team-exhausted") == {"An": 1, "James": 1, "Claire": 1}
    content = came.of("team-exhausted")[0].content
    assert (content.discipline, content.count) == ("network", 1)
    assert content.people == ("Tom Baker", "Pieter Jacobs", "Rosa Alvarez")
    assert "roster" not in came.kinds, "the escalation has it"
    later = office.says("Hugo", "JOIN")
    assert later.kinds == ["done-join", "roster"]
    assert crew(later, "roster", "network").exhausted
    assert "team-exhausted" not in office.passes(minutes(20)).kinds


def test_more_are_needed_than_there_are() -> None:
    office, came = accepted({**NEED_TWO, "network-engineers;all-staff,nl": "all-staff,nl"}, "payments")
    assert came.to("page") == {"Hugo", "Tom", "Rosa"}
    came = office.says("Rosa", "DECLINE")
    assert crew(came, "team-exhausted", "network") == Crew("network", (), ("Tom Baker",), 2, True)


def test_two_are_needed_and_two_are_called_at_once() -> None:
    office, came = accepted(NEED_TWO, "payments")
    assert came.to("page") == {"Hugo", "Tom", "Pieter"}
    came = office.says("Pieter", "JOIN")
    assert crew(came, "roster", "network") == Crew("network", ("Pieter Jacobs",), ("Tom Baker",), 1)


def test_the_incident_manager_is_not_paged() -> None:
    edits = {"network-engineers;all-staff,en,Europe/London": "all-staff,en,Europe/London", **EMAIL_TOO}
    office, came = accepted(edits, "payments")
    assert "An" in office.names("network-engineers")
    assert came.to("page") == {"Hugo", "Pieter"}


def test_a_late_join_is_welcome_while_somebody_is_missing_and_the_other_is_told() -> None:
    office, _ = accepted()
    office.passes(minutes(3))
    came = office.says("Tom", "JOIN")
    assert came.events == ["EngineerJoined", "Released"]
    assert came.to("done-join") == {"Tom"}
    assert came.to("page-over") == {"Pieter"}
    assert seats(office)["Pieter"] == "spared"
    late = office.says("Pieter", "JOIN")
    assert late.kinds == ["page-over"]
    assert late.events == []


def test_a_late_join_after_enough_is_thanked_and_told_to_stand_by() -> None:
    office, _ = accepted()
    office.passes(minutes(3))
    came = office.says("Pieter", "JOIN")
    assert came.to("page-over") == {"Tom"}, "who was silent may read the page at last"
    late = office.says("Tom", "JOIN")
    assert late.to("page-over") == {"Tom"}
    assert seats(office)["Tom"] == "spared"


def test_who_declined_and_comes_after_all_is_welcome_while_somebody_is_missing() -> None:
    office, _ = accepted()
    office.says("Tom", "DECLINE")
    assert office.says("Tom", "JOIN").events == ["EngineerJoined", "Released"]


def test_who_leaves_is_replaced_and_the_spared_are_called_again() -> None:
    office, _ = accepted()
    office.passes(minutes(3))
    office.says("Tom", "JOIN")
    came = office.says("Tom", "DECLINE my shift is over")
    assert seats(office)["Tom"] == "left"
    assert came.to("page") == {"Pieter"}
    assert came.to("roster") == {"An"}


@pytest.mark.parametrize("words", ["JOIN", "DECLINE"])
def test_who_was_not_paged_may_not(words: str) -> None:
    office, _ = accepted()
    came = office.says("Nadia", words)
    assert came.kinds == ["not-allowed"]
    assert came.one("not-allowed").content.meeting is None


def test_an_answer_to_an_earlier_page_does_not_count() -> None:
    office, _ = accepted()
    office.now += minutes(1)
    office.says("An", "RESOLVE It works.")
    office.now += minutes(60)
    office.says("An", "REOPEN MI-1")
    assert office.says("Tom", "JOIN", ago=minutes(60)).kinds == ["stale"]
    assert office.says("Tom", "JOIN").events == ["EngineerJoined"]


def test_a_page_that_nothing_can_deliver_passes_to_the_next_at_once() -> None:
    edits = {"Tom Baker,tom.baker@acme.example,+447912555105": "Tom Baker,tom.baker@acme.example,"}
    office, came = accepted({**edits, 'via = ["sms", "email"]': 'via = ["sms"]'})
    page = next(notice for notice in came.of("page") if notice.content.discipline == "network")
    came = office.gets(Exhausted(((page.id, office.who("Tom")),)))
    assert came.events == ["EngineerSilent", "Paged"]
    assert came.to("page") == {"Pieter"}


TEAM = [
    pytest.param("TEAM messaging", {"Jan"}, set(), id="a discipline"),
    pytest.param("TEAM +messaging", {"Jan"}, set(), id="with a sign"),
    pytest.param("TEAM messaging, Sofie", {"Jan", "Sofie"}, set(), id="a discipline and a person"),
    pytest.param("TEAM +Sofie Maes -Tom", {"Sofie"}, {"Tom"}, id="one in, one out"),
    pytest.param("TEAM -network", set(), {"Tom"}, id="a discipline out"),
    pytest.param("TEAM -Tom Baker +messaging", {"Jan"}, {"Tom"}, id="out first"),
    pytest.param("TEAM Pieter", {"Pieter"}, set(), id="a person of a discipline that misses nobody to call"),
    pytest.param("TEAM Messaging and Sofie.", {"Jan", "Sofie"}, set(), id="with the words of a sentence"),
    pytest.param("TEAM +An", set(), set(), id="the manager is on it anyway"),
    pytest.param("TEAM network", set(), set(), id="a discipline that has been called"),
    pytest.param("TEAM", set(), set(), id="alone it shows the roster"),
]


@pytest.mark.parametrize(("words", "called", "released"), TEAM)
def test_team(words: str, called: set[str], released: set[str]) -> None:
    office, _ = accepted()
    came = office.says("An", words)
    assert came.to("page") == called
    assert came.to("page-over") == released
    done = came.one("done-team").content
    assert {name.split()[0] for name in done.people} == called
    assert {name.split()[0] for name in done.next_people} == released
    assert done.crews
    assert "roster" not in came.kinds


@pytest.mark.parametrize(
    ("words", "named", "candidates"),
    [
        pytest.param("TEAM netwerk", "netwerk", ("network",), id="close to one"),
        pytest.param("TEAM messaging plumbing", "messaging plumbing", None, id="nothing is done by halves"),
        pytest.param("TEAM +Nobody", "Nobody", ("network", "messaging", "database", "web"), id="nobody"),
        pytest.param("TEAM +Sofi", "Sofi", ("Sofie Maes",), id="almost a person"),
    ],
)
def test_an_unknown_name_does_nothing_and_shows_who_could_be_meant(
    words: str, named: str, candidates: tuple[str, ...] | None
) -> None:
    office, _ = accepted()
    came = office.says("An", words)
    assert came.kinds == ["no-such-name"]
    assert came.events == []
    content = came.one("no-such-name").content
    assert content.people
    assert candidates is None or content.people == candidates


def test_of_two_with_one_name_the_engineer_is_meant() -> None:
    office, _ = accepted({"Nadia Benali": "Pieter Maes"})
    assert office.says("An", "TEAM +Pieter").to("page") == {"Pieter"}
    assert office.incident.team[-1].contact == "pieter.jacobs@acme.example"
    assert office.says("An", "TEAM +Pieter Maes").one("page").recipients == ("nadia.benali@acme.example",)


def test_a_whole_letter_after_team_names_nobody() -> None:
    office, _ = accepted()
    assert office.says("An", f"TEAM {'network ' * 5000}").kinds == ["no-such-name"]


def test_a_released_engineer_is_not_replaced_and_cannot_join_again() -> None:
    office, _ = accepted()
    office.says("Tom", "JOIN")
    office.says("An", "TEAM -Tom")
    assert office.says("Tom", "JOIN").kinds == ["page-over"]
    assert seats(office)["Tom"] == "released"
    assert office.passes(minutes(2.9)).of("page") == []


def test_a_released_discipline_calls_nobody_any_more() -> None:
    office, _ = accepted()
    office.says("An", "TEAM -network -web -database")
    assert office.incident.needed == ()
    assert office.passes(minutes(15)).of("page") == []


def test_what_the_manager_released_is_called_again_only_when_it_is_reopened() -> None:
    office, _ = accepted()
    office.says("An", "TEAM -network")
    assert office.says("An", "SERVICE webshop, payments").to("page") == set()
    office.now += minutes(1)
    office.says("An", "RESOLVE It works.")
    office.now += minutes(1)
    assert "Tom" in office.says("An", "REOPEN").to("page")


def test_an_exhausted_discipline_called_again_asks_the_silent_ones_again() -> None:
    office, _ = accepted(service="payments")
    office.passes(minutes(9))
    assert "network" in office.incident.exhausted
    came = office.says("An", "TEAM network")
    assert came.to("page") == {"Tom"}
    assert not office.incident.exhausted & {"network"}


def test_only_the_incident_manager_calls_the_team() -> None:
    office, _ = accepted()
    assert office.says("James", "TEAM messaging").kinds == ["not-in-charge"]


def test_the_end_stops_open_pages_and_tells_the_team() -> None:
    office, accept = accepted()
    office.sends(next(n for n in accept.of("page") if n.content.discipline == "web"), "sms")
    office.says("Tom", "JOIN")
    office.says("Hugo", "DECLINE")
    came = office.says("An", "RESOLVE It works.")
    assert came.to("page-over") == {"Tom", "Rosa", "David"}
    stopped = {office.state.notices[number].kind.value for number in office.state.stopped}
    assert "page" in stopped
    assert not [n for n in office.state.unfinished() if n.kind == "page"]
    assert office.passes(minutes(60)).of("page") == []


def test_downgraded_and_the_team_is_told() -> None:
    office, _ = accepted()
    assert office.says("An", "DOWNGRADE only one shop").to("page-over") == {"Rosa", "Hugo", "Tom"}


def test_reopened_and_those_who_were_on_it_are_paged_again() -> None:
    office, _ = accepted()
    office.says("Tom", "DECLINE")
    office.says("Pieter", "JOIN")
    office.says("Hugo", "JOIN")
    office.says("An", "RESOLVE It works.")
    office.now += minutes(60)
    came = office.says("James", "REOPEN MI-1 it is down again")
    assert came.to("page") == {"Pieter", "Hugo", "Rosa"}
    assert all(seat.status is SeatStatus.ASKED for seat in office.incident.team)
    assert came.one("done-reopen").content.crews


def test_reopened_and_an_engineer_of_a_service_that_is_none_any_more_is_paged_as_well() -> None:
    office, _ = accepted(service="email")
    office.says("Jan", "JOIN")
    office.says("An", "SERVICE payments")
    office.now += minutes(1)
    office.says("An", "RESOLVE It works.")
    office.now += minutes(1)
    came = office.says("An", "REOPEN")
    assert came.to("page") == {"Jan", "Tom", "Hugo"}
    assert "page-over" not in came.kinds


def test_accepted_by_the_clock_and_the_team_is_paged_all_the_same() -> None:
    office = Office({'undecided = "keep-asking"': 'undecided = "accept"'})
    office.proposes("Lotte", "It is down", "Service: payments")
    came = office.passes(minutes(30))
    assert came.to("page") == {"Hugo", "Tom"}
    assert office.says("Hugo", "JOIN").to("roster") == {"An", "James", "Claire"}, "somebody must see it"


def test_the_teams_words_reach_the_manager() -> None:
    office, _ = accepted()
    came = office.says("Tom", "on my way")
    assert came.to("reply") == {"An"}
    assert came.to("not-understood") == {"Tom"}, "nobody must think that this is JOIN"
    assert came.one("not-understood").content.forms == ("JOIN", "DECLINE")
    office.says("Tom", "JOIN")
    came = office.says("Tom", "the switch in rack 4 is dead")
    assert came.to("reply") == {"An"}
    assert "not-understood" not in came.kinds


@pytest.mark.parametrize(
    ("words", "verbs"),
    [pytest.param("STATUS", ("JOIN", "DECLINE", "STATUS"), id="before"), pytest.param("JOIN", None, id="after")],
)
def test_the_verbs_that_work_for_an_engineer(words: str, verbs: tuple[str, ...] | None) -> None:
    office, _ = accepted()
    notice = office.says("Tom", words).notices[0]
    assert notice.content.forms == (verbs or ("DECLINE", "NOTE", "STATUS"))


def test_a_note_of_an_engineer_who_joined_goes_into_the_timeline() -> None:
    office, _ = accepted()
    assert office.says("Tom", "NOTE switch replaced").kinds == ["not-allowed"]
    office.says("Tom", "JOIN")
    assert office.says("Tom", "NOTE switch replaced").events == ["Noted"]


def test_a_restart_loses_nobody() -> None:
    office, _ = accepted()
    office.says("Tom", "DECLINE")
    office.says("Hugo", "JOIN")
    office.passes(minutes(5))
    assert office.restored().incidents == office.state.incidents
