"""Exercises: the real procedure for those who take part, never mistaken, ended by anything real."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.types import Result
from daemon.core.drill_times import office_hours
from daemon.core.drilling import refusal
from daemon.core.exercise import taking_part
from daemon.core.model import OPEN, Incident, Over, Status
from daemon.core.stimuli import DrillAsked, DrillStopped
from tests.core.test_records import TAKING_PART, Step, known, steps
from tests.core.vocabulary import NEXT, Came, Edits, Office, minutes

MANAGERS = {"An", "James", "Claire"}


def drill(office: Office, **more: Any) -> Came:
    return office.gets(DrillAsked("console 1", **more))


def on(office: Office) -> Incident:
    return office.state.incidents[f"DR-{office.state.last_drill}"]


def accepted(office: Office, by: str = "An", **more: Any) -> Incident:
    drill(office, **more)
    came = office.says(by, "ACCEPT DR-1")
    assert "done-accept" in came.kinds, came.kinds
    return on(office)


def test_the_managers_are_asked_and_it_is_numbered_apart() -> None:
    office = Office()
    came = drill(office, words="The web shop is down", service="webshop")
    assert came.to("decision-request") == MANAGERS
    assert came.kinds == ["decision-request"]
    assert (on(office).id, on(office).services, on(office).drill) == ("DR-1", ("webshop",), True)
    assert office.state.last_incident == 0
    office.gets(DrillStopped("console 2"))
    office.proposes()
    assert office.incident.id == "MI-1"
    assert known(office.restored()) == known(office.state)


def test_it_goes_on_as_the_real_one_does() -> None:
    office = Office()
    drill(office)
    came = office.passes(minutes(5))
    assert came.to("decision-request") == MANAGERS
    came = office.says("An", "ACCEPT DR-1 We are looking into it.")
    assert came.to("initial") == office.names("all-staff") | office.names("management")
    assert came.to("decision-accepted") == {"James", "Claire"}
    came = office.says("An", "RESOLVE DR-1 All is well.")
    assert came.to("all-clear") == office.names("all-staff") | office.names("management")
    assert on(office).status is Status.RESOLVED


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("", "ACCEPT", Status.PROPOSED),
        ("", "1 accept", Status.PROPOSED),
        ("", "REJECT: only a test", Status.PROPOSED),
        ("ACCEPT DR-1", "RESOLVE all is well", Status.ACCEPTED),
        ("ACCEPT DR-1", "UPDATE half is back", Status.ACCEPTED),
        ("", "ACCEPT DR-1", Status.ACCEPTED),
        ("", "dr1 accept", Status.ACCEPTED),
        ("", "REJECT DR-1: only a test", Status.REJECTED),
        ("ACCEPT DR-1", "RESOLVE DR-1 all is well", Status.RESOLVED),
    ],
)
def test_its_verbs_need_its_number(before: str, words: str, after: Status) -> None:
    office = Office()
    drill(office)
    if before:
        office.says("An", before)
    came = office.says("An", words)
    assert on(office).status is after
    if "1" not in words:
        assert came.kinds == ["which-incident"]
        assert [line.incident for line in came.one("which-incident").content.lines] == ["DR-1"]


def test_its_mail_alone_is_not_its_number() -> None:
    office = Office()
    request = drill(office).one("decision-request")
    came = office.says("An", "ACCEPT", by="email", answering=request)
    assert (came.kinds, on(office).status) == (["which-incident"], Status.PROPOSED)
    came = office.says("An", "ACCEPT DR-1", by="email", answering=request)
    assert "done-accept" in came.kinds


def test_a_new_mail_with_a_verb_is_no_real_proposal() -> None:
    office = Office()
    accepted(office)
    came = office.says("An", "UPDATE half is back", by="email", subject="Exercise")
    assert (came.kinds, office.state.last_incident) == (["which-incident"], 0)


def test_a_plain_verb_means_the_real_one_though_the_exercise_was_there_first() -> None:
    office = Office()
    request = drill(office).one("decision-request")
    office.proposes()
    came = office.says("An", "ACCEPT")
    assert "done-accept" in came.kinds
    assert office.incident.status is Status.ACCEPTED
    came = office.says("James", "ACCEPT", by="email", answering=request)
    assert [line.incident for line in came.one("which-incident").content.lines] == ["DR-1", "MI-1"]
    came = office.says("James", "TAKE MI-1", by="email", answering=request)
    assert "take-waits" in came.kinds
    came = office.says("An", "ACCEPT DR-1")
    assert came.kinds == ["wrong-status"]


def test_a_plain_verb_does_not_bring_back_what_was_real_either() -> None:
    """A manager who forgets the number must not accept yesterday's rejected proposal."""
    office = Office()
    office.proposes()
    office.says("An", "REJECT: only a test")
    office.passes(timedelta(hours=20))
    drill(office)
    came = office.says("An", "ACCEPT")
    assert [line.incident for line in came.one("which-incident").content.lines] == ["DR-1", "MI-1"]
    assert office.incident.status is Status.REJECTED


def test_who_answers_an_exercise_that_is_over_hears_each_time_how_to_report_something_real() -> None:
    office = Office()
    accepted(office)
    office.says("Nadia", "Thanks")
    office.gets(DrillStopped("k"))
    for _ in range(2):
        assert office.says("Nadia", "Our tills are down!", by="email", answering="DR-1").kinds == ["drill-reply"]


def test_something_real_ends_it_after_the_managers_are_asked() -> None:
    office = Office()
    office.sends(drill(office).one("decision-request"))
    came = office.says("An", "ACCEPT DR-1")
    for notice in came.of("initial"):
        if "Laura" not in came.office.first(notice.recipients[0]):
            office.ends(notice, "Nadia", "email", Result.SENT)
            break
    came = office.proposes()
    real = came.one("decision-request")
    came += office.ticks()
    over = came.of("drill-over")
    assert all(real.id < notice.id and real.priority < notice.priority for notice in over)
    assert came.to("drill-over") == {*MANAGERS, "Nadia"}
    assert {notice.content.reason for notice in over} == {"real"}
    assert all(n.incident == "MI-1" or n.kind == "drill-over" for n in office.state.unfinished())
    assert (on(office).status, on(office).exercise.over) == (Status.CANCELED, Over.REAL)  # type: ignore[union-attr]
    assert office.passes(minutes(3)).to("drill-over") == set()


def test_its_report_waits_until_nothing_real_is_open() -> None:
    office = Office()
    accepted(office)
    office.proposes("Hugo", "Payments are refused")
    assert office.passes(minutes(50)).of("drill-report") == []
    office.says("An", "REJECT MI-1 It is only one shop")
    assert office.ticks().to("drill-report") == MANAGERS | {"Sofie", "Tom"}


def test_nobody_learns_that_something_confidential_began() -> None:
    office = Office()
    office.sends(drill(office).one("decision-request"))
    office.proposes(words="A theft", body="In the vault.\nConfidential: yes")
    came = office.ticks()
    assert {notice.content.reason for notice in came.of("drill-over")} == {"early"}
    assert "theft" not in repr(came.of("drill-over")).lower()


@pytest.mark.parametrize("verb", ["REOPEN MI-1 again", "ACCEPT MI-1"])
def test_what_was_over_and_is_open_again_ends_it_too(verb: str) -> None:
    office = Office()
    office.proposes()
    office.says("An", "REJECT: only a test")
    office.passes(timedelta(hours=1))
    drill(office)
    came = office.says("An", verb)
    came += office.ticks()
    assert office.incident.status is Status.ACCEPTED
    assert on(office).status is Status.CANCELED
    assert came.events[-1] == "DrillEnded"


def test_nobody_decides_and_it_ends_by_itself() -> None:
    office = Office({'undecided = "keep-asking"': 'undecided = "accept"'})
    office.sends(drill(office).one("decision-request"))
    came = office.passes(minutes(30))
    assert (on(office).status, came.to("drill-over")) == (Status.CANCELED, MANAGERS)
    assert came.one("drill-over").content.reason == "undecided"
    came = office.passes(timedelta(hours=8))
    assert came.kinds == ["drill-report"]


def test_nobody_ends_it_and_its_time_is_up() -> None:
    office = Office()
    accepted(office, lasts=minutes(45))
    came = office.passes(minutes(44))
    assert "holding" in came.kinds
    came = office.passes(minutes(1))
    assert (on(office).status, "DrillEnded" in came.events) == (Status.CANCELED, True)
    came = office.passes(timedelta(hours=8))
    assert came.kinds == ["drill-report"]


def test_only_those_on_the_lists_hear_of_it() -> None:
    office = Office()
    lists = ("incident-managers", "web-engineers")
    came = drill(office, lists=lists, service="webshop")
    came += office.says("James", "ACCEPT DR-1")
    came += office.passes(minutes(90))
    came += office.says("James", "RESOLVE DR-1 fine")
    told = {office.first(who) for notice in came.notices for who in notice.recipients}
    assert told <= MANAGERS | {"Rosa", "David"}
    assert came.to("initial") == MANAGERS | {"Rosa", "David"}
    assert office.passes(minutes(40)).to("drill-report") == MANAGERS | {"Sofie", "Tom"}


def test_nobody_outside_it_is_paged_by_name() -> None:
    office = Office()
    accepted(office, lists=("incident-managers", "web-engineers"))
    came = office.says("An", "TEAM DR-1 +Hugo")
    assert (came.kinds, came.to("no-such-name")) == (["no-such-name"], {"An"})
    assert office.says("An", "TEAM DR-1 +David").to("page") == {"David"}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (DrillAsked("k", lists=("all-stuff",)), "there is no list all-stuff"),
        (DrillAsked("k", lists=("management",)), "no incident manager takes part"),
        (DrillAsked("k", service="fax"), "there is no service fax"),
        (DrillAsked("k", lasts=minutes(2)), "ten minutes at least"),
    ],
)
def test_what_cannot_begin(asked: DrillAsked, why: str) -> None:
    office = Office()
    assert why in refusal(office.state, asked)
    assert office.gets(asked).facts == ()


def test_none_begins_beside_another_or_beside_something_real() -> None:
    office = Office()
    drill(office)
    assert office.gets(DrillAsked("k2")).facts == ()
    office = Office()
    office.proposes()
    assert office.gets(DrillAsked("k2")).facts == ()
    assert office.state.last_drill == 0


def test_asked_twice_by_one_request_it_begins_once() -> None:
    office = Office()
    drill(office)
    office.gets(DrillStopped("k"))
    assert drill(office).facts == ()


def test_once_over_it_stays_over() -> None:
    office = Office()
    accepted(office)
    office.says("An", "RESOLVE DR-1 fine")
    assert office.says("An", "HELP DR-1").one("help").content.forms == ("NOTE", "STATUS")
    for words in ("REOPEN DR-1 again", "ACCEPT DR-1", "TAKE DR-1", "UPDATE DR-1 more"):
        assert office.says("An", words).kinds == ["wrong-status"], words
    assert "done-note" in office.says("An", "NOTE DR-1 the second number is wrong").kinds


def test_it_opens_no_flood_and_fills_none() -> None:
    office = Office()
    for number in range(4):
        office.gets(DrillAsked(f"k{number}"))
        office.gets(DrillStopped(f"s{number}"))
    came = office.proposes()
    assert office.incident.hold is None
    assert came.to("decision-request") == MANAGERS


def test_a_reply_without_a_verb_is_kept_and_says_how_to_report_something_real() -> None:
    office = Office()
    accepted(office)
    came = office.says("Nadia", "Is this real? The tills do not work!")
    assert came.kinds == ["drill-reply"]
    assert came.one("drill-reply").content.forms == ("PROPOSE",)
    assert office.says("Nadia", "Hello?").kinds == []
    assert on(office).replies == 2


class TestRollCall:
    def test_everybody_gets_one_message_and_any_answer_counts(self) -> None:
        office = Office()
        came = drill(office, roll_call=True)
        everybody = {contact.name.split()[0] for contact in office.configuration.people.contacts.values()}
        assert came.copies("roll-call") == dict.fromkeys(everybody, 1)
        assert came.kinds == ["roll-call"]
        for name, words, by in (("Nadia", "JOIN DR-1", "sms"), ("An", "ok, got it", "sms"), ("Hugo", "ok", "email")):
            answering = came.of("roll-call")[0] if by == "email" else None
            assert office.says(name, words, by=by, answering=answering).kinds == ["drill-reply"]
        assert office.says("Nadia", "JOIN DR-1").kinds == []
        came = office.passes(timedelta(days=1))
        assert (came.kinds, on(office).status) == ([], Status.RESOLVED)
        report = office.passes(timedelta(hours=1)).one("drill-report").content.reach
        assert report is not None
        assert report.answered == 3

    def test_it_is_about_no_service(self) -> None:
        office = Office()
        drill(office, roll_call=True)
        content = office.says("Emma", "STATUS").one("status").content
        assert (content.title, content.impact) == ("Roll call", "")

    def test_it_asks_only_the_lists_and_needs_no_manager(self) -> None:
        office = Office()
        came = drill(office, roll_call=True, lists=("service-desk",))
        assert came.to("roll-call") == {"Lotte", "Nadia"}

    def test_managers_and_engineers_are_called_by_their_own_ladder(self) -> None:
        office = Office()
        came = drill(office, roll_call=True)
        via = {office.first(who): notice.via for notice in came.notices for who in notice.recipients}
        assert via["An"] == (("email", "sms"),)
        assert via["Pieter"] == (("sms",), ("email",))
        assert via["Nadia"] == (("email",), ("sms",))

    def test_something_real_ends_it_without_a_word(self) -> None:
        office = Office()
        drill(office, roll_call=True)
        came = office.proposes() + office.ticks()
        assert came.kinds == ["proposal-received", "decision-request"]
        assert on(office).status is Status.CANCELED

    def test_join_without_a_number_answers_it_and_no_other_verb_does(self) -> None:
        office = Office()
        call = drill(office, roll_call=True).of("roll-call")[0]
        assert office.says("Nadia", "JOIN").kinds == ["drill-reply"]
        assert office.says("An", "Join", by="email", answering=call).kinds == ["drill-reply"]
        assert office.says("James", "ACCEPT").kinds == ["which-incident"]
        office.proposes()
        assert office.says("Claire", "JOIN", by="email", answering=call).kinds == ["which-incident"]


@pytest.mark.parametrize(
    ("when", "begins"),
    [
        ("2026-03-02 11:30", "2026-03-02 11:30"),
        ("2026-03-02 03:10", "2026-03-02 10:00"),
        ("2026-03-02 15:00", "2026-03-03 10:00"),
        ("2026-03-05 16:00", "2026-03-09 10:00"),
        ("2026-03-06 11:00", "2026-03-09 10:00"),
        ("2026-03-28 23:30", "2026-03-30 10:00"),
    ],
    ids=["in office hours", "at night", "late in the day", "late on Thursday", "Friday", "the clock is set forward"],
)
def test_it_begins_in_office_hours(when: str, begins: str) -> None:
    zone = ZoneInfo("Europe/Brussels")
    begun = office_hours(Office().state, datetime.fromisoformat(when).replace(tzinfo=zone))
    assert begun == datetime.fromisoformat(begins).replace(tzinfo=zone)


class TestByItself:
    EDITS: ClassVar[Edits] = {'[review]\nwithin = "3d"': '[drill]\nevery = "90d"\n\n[review]\nwithin = "3d"'}

    def test_it_is_announced_the_day_before_and_begins_in_office_hours(self) -> None:
        office = Office(self.EDITS)
        office.ticks()
        came = office.passes(timedelta(days=92))
        assert came.to("drill-soon") == MANAGERS | {"Sofie", "Tom"}
        begun = office.state.timelines["DR-1"][0].at
        assert begun == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # ninety days later it is Sunday
        assert came.one("drill-soon").content.due == begun

    def test_it_waits_while_something_real_is_open(self) -> None:
        office = Office(self.EDITS)
        office.ticks()
        office.passes(timedelta(days=90, hours=12))
        office.proposes()
        came = office.passes(timedelta(days=9))
        assert office.state.last_drill == 0
        assert "drill-soon" not in came.kinds
        office.says("An", "REJECT: only a test")
        came = office.passes(timedelta(days=4))
        assert office.state.last_drill == 1
        assert len(came.of("drill-soon")) == 1
        assert known(office.restored()) == known(office.state)

    @pytest.mark.parametrize(("lists", "begun"), [((), 0), (("incident-managers",), 1)])
    def test_one_begun_by_hand_for_everybody_puts_it_off(self, lists: tuple[str, ...], begun: int) -> None:
        office = Office(self.EDITS)
        office.ticks()
        office.passes(timedelta(days=60))
        drill(office, lists=lists)
        office.passes(timedelta(days=40))
        assert office.state.last_drill == 1 + begun

    def test_after_an_absence_it_does_not_begin_at_once(self) -> None:
        office = Office(self.EDITS)
        office.ticks()
        office.jumps(timedelta(days=100))
        assert office.state.last_drill == 0

    def test_without_the_setting_never(self) -> None:
        office = Office()
        office.passes(timedelta(days=800))
        assert office.state.last_drill == 0


def a_day_later(office: Office) -> Came:
    return office.passes(timedelta(days=1, hours=1))


@settings(max_examples=60)
@given(st.sampled_from(TAKING_PART), st.booleans(), st.lists(steps, max_size=20))
def test_whatever_happens_it_is_alone_and_only_those_who_take_part_hear(
    lists: tuple[str, ...], roll_call: bool, steps: list[Step]
) -> None:
    office = Office()
    came = drill(office, lists=lists, roll_call=roll_call)
    allowed = set(taking_part(office.configuration.people, lists))
    for step in (*steps, a_day_later):
        came += step(office) + office.ticks()
        opened = [incident.drill for incident in office.state.open_incidents()]
        assert opened.count(True) <= 1
        assert not (True in opened and False in opened)
    said = [notice for notice in came.notices if notice.incident == "DR-1" and not notice.answers]
    told = {who for notice in said for who in notice.recipients}
    assert told <= allowed
    assert office.state.incidents["DR-1"].status not in OPEN
    real = any(True for _ in office.state.open_incidents())
    assert real or "DR-1" in {notice.content.other for notice in came.of("drill-report")}


def test_the_report_says_who_was_reached_and_compares() -> None:
    office = Office()
    for number in (1, 2):
        came = office.gets(DrillAsked(f"k{number}", roll_call=True, lists=("service-desk", "management")))
        for notice in came.of("roll-call"):
            for who in notice.recipients:
                name = office.first(who)
                if name == "Marc" and number == 2:
                    office.ends(notice, name, "email", Result.FAILED, NEXT)
                    office.ends(notice, name, "sms", Result.FAILED, NEXT)
                else:
                    office.now += timedelta(seconds=10)
                    office.ends(notice, name, "email", Result.SENT)
        report = office.passes(timedelta(days=2)).one("drill-report").content.reach
    assert report is not None
    assert (report.people, report.reached, report.before, report.before_reached) == (4, 3, "DR-1", 4)
    assert report.newly == ("Marc Lambert",)
    assert [(way.channel, way.people) for way in report.ways] == [("email", 3)]
    assert report.missing[0].reason == "email: unknown handset; sms: unknown handset"
    assert known(office.restored()) == known(office.state)


def test_the_last_one_stays_for_the_next_to_be_compared_with() -> None:
    office = Office()
    for number in (1, 2):
        drill_ = office.gets(DrillAsked(f"k{number}", roll_call=True, lists=("management",)))
        assert drill_.notices
        office.passes(timedelta(days=200))
    assert set(office.state.incidents) == {"DR-2"}
    assert office.restored().last_drill == 2
