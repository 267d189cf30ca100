"""Time passes: rungs, reminders, holding updates, who takes charge; each once, however late."""

from datetime import timedelta

import pytest

from daemon.core.apply import apply
from daemon.core.facts import Handled
from daemon.core.ticking import KEPT_KEYS, MOST_KEYS, tick
from tests.core.vocabulary import Came, Edits, Office, example, minutes

REMIND: Edits = {'on_silence = "holding"': 'on_silence = "remind"'}
ACCEPT: Edits = {'undecided = "keep-asking"': 'undecided = "accept"'}
AN_LEFT: Edits = {
    "An Peeters,an.peeters@acme.example,+32470550101,incident-managers;all-staff,nl,Europe/Brussels\n": ""
}
NO_REPEAT: Edits = {'via = ["sms"]\nrepeat = "5m"': 'via = ["sms"]'}
MANAGERS = {"An", "James", "Claire"}


def at(came: Came, kind: str) -> list[int]:
    """The minutes, from the beginning, at which notices of this kind were given."""
    start = came.office.incident.proposed
    return sorted({int((notice.at - start).total_seconds() // 60) for notice in came.of(kind)})


# The ladder of decisions


def test_rungs_are_climbed_and_the_last_repeats() -> None:
    office = Office()
    came = office.proposes() + office.passes(minutes(21))
    assert at(came, "decision-request") == [0, 5, 10, 15, 20]
    assert [n.content.again for n in came.of("decision-request")] == [False, True, True, True, True]
    assert [n.via for n in came.of("decision-request")][:2] == [(("email", "sms"),), (("sms",),)]


def test_without_repeat_the_last_rung_is_climbed_once() -> None:
    office = Office(NO_REPEAT)
    assert at(office.proposes() + office.passes(minutes(60)), "decision-request") == [0, 5]


def test_after_ten_minutes_the_proposer_hears_once_who_has_been_asked() -> None:
    office = Office()
    came = office.proposes() + office.passes(minutes(60))
    assert at(came, "proposal-waiting") == [10]
    assert came.one("proposal-waiting").content.people == ("An Peeters", "James Whitfield", "Claire Dubois")
    assert came.to("proposal-waiting") == {"Lotte"}
    assert came.one("proposal-waiting").content.due == office.incident.proposed + minutes(15)


def test_and_a_held_one_that_nobody_is_asked_again() -> None:
    office = Office()
    office.proposes(late=True)
    assert office.passes(minutes(60)).one("proposal-waiting").content.due is None


@pytest.mark.parametrize("words", ["ACCEPT", "REJECT"])
def test_a_decision_ends_the_asking(words: str) -> None:
    office = Office()
    office.proposes()
    office.passes(minutes(6))
    office.says("An", words)
    assert not any(n.kind == "decision-request" for n in office.state.unfinished())
    came = office.passes(minutes(20))
    assert not {"decision-request", "proposal-waiting"} & set(came.kinds)


def test_a_withdrawal_ends_it_too() -> None:
    office = Office()
    office.proposes()
    office.says("Lotte", "WITHDRAW")
    assert office.passes(minutes(60)).kinds == []


def test_nobody_decides_and_the_procedure_keeps_asking() -> None:
    office = Office()
    office.proposes()
    office.passes(minutes(60))
    assert office.incident.status == "proposed"


def test_nobody_decides_and_the_procedure_accepts_with_nobody_in_charge() -> None:
    office = Office(ACCEPT)
    came = office.proposes() + office.passes(minutes(30))
    assert (office.incident.status, office.incident.manager) == ("accepted", "")
    assert at(came, "decision-unmanaged") == [30]
    assert came.to("decision-unmanaged") == MANAGERS
    assert came.to("proposer-accepted") == {"Lotte"}
    assert came.to("initial") == office.names("all-staff")
    assert office.says("James", "TAKE").to("done-take") == {"James"}


def test_a_held_proposal_is_never_accepted_by_the_clock() -> None:
    office = Office(ACCEPT)
    office.proposes("eve@evil.example")
    office.passes(minutes(120))
    assert office.incident.status == "proposed"


# The promised updates


def test_a_reminder_ten_minutes_before_and_an_update_in_time_keeps_it_quiet() -> None:
    office = Office().accepted()
    assert at(office.passes(minutes(25)), "reminder") == [20]
    office.says("An", "UPDATE Half is back.")
    came = office.passes(minutes(29))
    assert came.kinds == ["reminder"]


def test_nobody_writes_holding_updates_on_time_for_each_audience() -> None:
    office = Office().accepted()
    came = office.passes(minutes(61))
    held = {(int((n.at - office.incident.proposed).total_seconds() // 60), n.audience) for n in came.of("holding")}
    assert held == {(30, "management"), (60, "management"), (60, "stakeholders")}
    assert {n.content.words for n in came.of("holding")} == {""}
    assert all(
        n.content.due is not None and n.content.last_word == office.incident.accepted for n in came.of("holding")
    )


def test_the_manager_hears_of_each_one_missed_and_how_many() -> None:
    office = Office().accepted()
    came = office.passes(minutes(61))
    assert [n.content.count for n in came.of("missed")] == [1, 2]
    assert came.to("missed") == {"An"}


def test_two_missed_and_the_others_are_asked_to_take_it_and_again_after_two_more() -> None:
    office = Office().accepted()
    came = office.passes(minutes(200))
    assert at(came, "take-request") == [60, 120, 180]
    assert came.to("take-request") == MANAGERS - {"An"}
    assert office.says("Claire", "TAKE").kinds == ["done-take", "decision-taken"]
    assert office.incident.manager == office.who("Claire")


def test_a_manager_who_is_not_on_file_any_more_is_no_manager() -> None:
    office = Office().accepted()
    office.configuration = office.state.configuration = example(AN_LEFT)
    assert office.passes(minutes(31)).to("take-request") == {"James", "Claire"}
    assert office.says("James", "TAKE").kinds == ["done-take", "decision-taken"]


def test_whom_a_rung_had_asked_may_take_it_where_there_is_no_other_manager() -> None:
    office = Office(
        {
            'after = "0m"\nwho = "incident-managers"': 'after = "0m"\nwho = "operators"',
            "+447912555102,incident-managers;all-staff": "+447912555102,all-staff",
            "+32470550103,incident-managers;all-staff": "+32470550103,all-staff",
        }
    ).accepted(words="ACCEPT MI-1")
    assert office.passes(minutes(61)).to("take-request") == {"Sofie", "Tom"}


def test_the_new_manager_starts_with_none_missed() -> None:
    office = Office().accepted()
    office.passes(minutes(61))
    office.says("Claire", "TAKE")
    office.now += minutes(1)
    assert office.says("James", "TAKE").kinds == ["take-waits", "take-announced"]


def test_an_update_in_between_begins_the_count_anew() -> None:
    office = Office().accepted()
    office.passes(minutes(31))
    office.says("An", "UPDATE Half is back.")
    assert "take-request" not in office.passes(minutes(40)).kinds


def test_only_reminding_promises_move_on_and_nothing_goes_to_the_audiences() -> None:
    office = Office(REMIND).accepted()
    came = office.passes(minutes(61))
    assert "holding" not in came.kinds
    assert at(came, "missed") == [30, 60]
    assert at(came, "take-request") == [60]


@pytest.mark.parametrize("edits", [pytest.param({}, id="holding"), pytest.param(REMIND, id="only reminding")])
def test_an_audience_whose_people_all_hear_at_anothers_interval_lapses(edits: Edits) -> None:
    office = Office(edits).accepted()
    office.says("An", "EVERY 20m stakeholders")
    came = office.passes(minutes(65))
    assert at(came, "reminder") == [10, 30, 50]
    assert at(came, "missed") == [20, 40, 60]
    assert set(office.incident.promises) == {"stakeholders"}
    assert {"Laura", "Marc"} <= came.to("holding") or edits


def test_its_people_hear_no_later_than_they_were_promised() -> None:
    office = Office().accepted()
    office.passes(minutes(25))
    office.says("An", "EVERY 20m stakeholders")
    came = office.passes(minutes(10))
    assert at(came, "holding") == [30]
    assert {"Laura", "Marc"} <= came.to("holding")


def test_a_longer_interval_holds_from_the_next_notice_on() -> None:
    office = Office().accepted()
    office.says("An", "EVERY 2h")
    came = office.passes(minutes(200))
    assert at(came, "holding") == [30, 60, 150, 180]


# Taking charge


def test_a_take_waits_five_minutes_and_happens() -> None:
    office = Office().accepted()
    office.says("James", "TAKE")
    assert "done-take" not in office.passes(minutes(4)).kinds
    came = office.passes(minutes(1))
    assert came.to("done-take") == {"James"}
    assert came.to("decision-taken") == MANAGERS - {"James"}


def test_the_manager_objects_by_take() -> None:
    office = Office().accepted()
    assert office.says("James", "TAKE").to("take-announced") == {"An"}
    assert office.says("An", "TAKE").to("take-objected") == {"James"}
    assert not office.passes(minutes(10)).of("done-take")
    assert office.incident.manager == office.who("An")


def test_a_take_repeated_does_not_begin_to_wait_anew() -> None:
    office = Office().accepted()
    office.says("James", "TAKE")
    office.now += minutes(4)
    assert office.says("James", "TAKE").kinds == ["take-waits"]
    assert "done-take" in office.passes(minutes(1)).kinds


def test_a_take_does_not_outlive_the_incident() -> None:
    office = Office().accepted()
    office.says("James", "TAKE")
    office.says("An", "RESOLVE")
    office.now += minutes(60)
    office.says("An", "REOPEN")
    assert "done-take" not in office.passes(minutes(10)).kinds


# However late


def test_away_for_hours_one_late_update_settles_all_that_was_missed() -> None:
    office = Office().accepted()
    came = office.jumps(minutes(185))
    assert came.copies("holding") == dict.fromkeys(office.names("all-staff"), 1)
    assert came.copies("missed") == {"An": 1}
    assert "reminder" not in came.kinds
    assert {p.missed for p in office.incident.promises.values()} == {1}
    assert all(p.due > office.now for p in office.incident.promises.values())


def test_away_for_hours_before_a_decision_each_rung_is_climbed_once() -> None:
    office = Office()
    office.proposes()
    came = office.jumps(minutes(185))
    assert came.copies("decision-request") == dict.fromkeys(MANAGERS, 1)
    assert came.copies("proposal-waiting") == {"Lotte": 1}


def test_away_while_somebody_waited_to_take_it() -> None:
    office = Office().accepted()
    office.says("James", "TAKE")
    came = office.jumps(minutes(185))
    assert came.kinds.index("done-take") < came.kinds.index("holding")
    assert came.to("missed") == {"James"}


def test_a_clock_that_goes_back_says_nothing_twice() -> None:
    office = Office().accepted()
    office.passes(minutes(31))
    assert office.jumps(-minutes(20)).kinds == []


def test_a_second_tick_at_the_same_moment_does_nothing() -> None:
    office = Office().accepted()
    office.passes(minutes(30))
    assert tuple(tick(office.state, office.now)) == ()


def test_nothing_is_due_once_it_is_over() -> None:
    office = Office().accepted()
    office.says("An", "RESOLVE")
    assert office.passes(minutes(600)).kinds == []


def test_a_reminder_that_could_not_be_sent_is_not_said_after_the_update() -> None:
    office = Office().accepted()
    reminder = office.passes(minutes(20)).one("reminder")
    office.says("An", "UPDATE Half is back.")
    assert reminder.id in office.state.stopped


def test_of_updates_missed_while_nothing_could_be_sent_the_manager_hears_the_last() -> None:
    office = Office().accepted()
    first, second = office.passes(minutes(61)).of("missed")
    assert first.id in office.state.stopped
    assert second.id not in office.state.stopped


# Messages that have had their effect


@pytest.mark.parametrize(
    ("ages", "forgotten"),
    [
        pytest.param([KEPT_KEYS, timedelta(0)], 1, id="one that is too old"),
        pytest.param([KEPT_KEYS - timedelta(days=1)], 0, id="not before"),
        pytest.param([timedelta(0)] * (MOST_KEYS + 3), 3, id="the oldest of a flood"),
    ],
)
def test_the_keys_of_messages_are_forgotten_in_time(ages: list[timedelta], forgotten: int) -> None:
    office = Office()
    keys = [f"mail {number}" for number in range(len(ages))]
    apply(office.state, (Handled(key, office.now - age) for key, age in zip(keys, ages, strict=True)))
    office.ticks()
    assert list(office.state.handled) == keys[forgotten:]
