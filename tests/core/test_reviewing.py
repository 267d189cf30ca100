"""The review: who is asked, who owns it, who is reminded when, and how it ends."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.types import Review as Rules
from daemon.core.apply import apply
from daemon.core.facts import Stopped
from daemon.core.model import Status
from daemon.core.review_times import meets
from daemon.core.stimuli import DrillAsked, Exhausted
from parsers.types import Verb
from tests.core.reviews import ASKED, TEAM, in_review, questions, review
from tests.core.vocabulary import Office, minutes

DAY = timedelta(days=1)


def test_the_all_clear_opens_it() -> None:
    office, came = in_review()
    assert came.events[-1] == "ReviewOpened"
    assert came.kinds.index("all-clear") < came.kinds.index("review-invited")
    assert came.to("review-invited") == came.to("review-questions") == ASKED
    assert came.copies("review-questions") == dict.fromkeys(ASKED, 1)
    assert review(office).owner == office.who("An")
    assert review(office).due == office.now + 3 * DAY


def test_whoever_was_ever_in_charge_or_joined_is_asked() -> None:
    office = Office().accepted(body="Service: webshop")
    for name in TEAM:
        office.says(name, "JOIN MI-1")
    office.says("Rosa", "DECLINE MI-1 my shift is over")
    office.passes(minutes(1))
    office.says("An", "HANDOVER James")
    office.says("James", "JOIN MI-1")
    office.says("James", "DEPUTY Claire")
    came = office.says("James", "RESOLVE MI-1 It works again.")
    assert came.to("review-questions") == {*ASKED, "James", "Claire"}
    assert review(office).owner == office.who("James")


def test_who_has_no_mail_gets_the_questions_by_text_and_no_invitation() -> None:
    office = Office({"Hugo Moreau,hugo.moreau@acme.example,": "Hugo Moreau,,"}).accepted(body="Service: webshop")
    office.says("Hugo", "JOIN MI-1")
    came = office.says("An", "RESOLVE MI-1 It works again.")
    assert came.to("review-invited") == {"An"}
    assert came.to("review-questions") == {"An", "Hugo"}
    assert all(notice.via == (("email",), ("sms",)) for notice in came.of("review-questions"))


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param("DOWNGRADE MI-1 one user only", id="a downgrade"),
        pytest.param("REJECT MI-1 one user only", id="a rejection"),
    ],
)
def test_what_was_no_major_incident_is_not_reviewed(ending: str) -> None:
    office = Office()
    office.proposes()
    if ending.startswith("DOWN"):
        office.says("An", "ACCEPT MI-1")
    assert "review-invited" not in office.says("An", ending).kinds
    assert office.incident.status in (Status.CANCELED, Status.REJECTED)
    assert office.incident.review is None


def test_reminders_until_it_is_due_then_its_owner() -> None:
    office, came = in_review()
    office.says("Tom", "The spare was missing.", by="email", answering=questions(came))
    came = office.passes(5 * DAY)
    told = [(n.kind.value, {office.first(who) for who in n.recipients}) for n in came.notices]
    assert told == [
        ("review-reminder", {"An", "Rosa", "Hugo"}),
        ("review-reminder", {"An", "Rosa", "Hugo"}),
        ("review-due", {"An"}),
        ("review-due", {"An"}),
        ("review-due", {"An"}),
    ]
    due = came.of("review-due")[0].content
    assert due.people == ("Tom Baker",)
    assert set(due.next_people) == {"An Peeters", "Rosa Alvarez", "Hugo Moreau"}


def test_of_a_review_that_nobody_closes_its_owner_hears_less_and_less() -> None:
    office, _ = in_review()
    came = office.passes(32 * DAY)
    days = [(notice.at - review(office).due).days for notice in came.of("review-due")]
    assert days == [0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28]


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        pytest.param({}, [(7, {"James", "Claire"})], id="the owner says nothing: the other managers hear it, once"),
        pytest.param({2: ("An", "REVIEWED")}, [], id="the owner closes it: nobody else hears of it"),
        pytest.param({2: ("An", "HANDOVER Tom")}, [(7, {"An", "James", "Claire"})], id="an engineer's: all managers"),
        pytest.param(
            {9: ("James", "HANDOVER Tom")}, [(7, {"James", "Claire"})], id="handed over since: no second time"
        ),
        pytest.param({2: ("An", "REOPEN MI-1 the errors are back")}, [], id="brought back: no review to be late with"),
    ],
)
def test_the_managers_hear_of_a_review_that_its_owner_leaves_open(
    meanwhile: dict[int, tuple[str, str]], told: list[tuple[int, set[str]]]
) -> None:
    office, _ = in_review()
    due, heard = review(office).due, []
    for day in range(-3, 30):
        heard += office.passes(DAY).of("review-overdue")
        if day in meanwhile:
            office.says(*meanwhile[day])
    assert [((n.at - due).days, {office.first(who) for who in n.recipients}) for n in heard] == told


def test_told_that_it_is_left_open_any_manager_may_close_it_or_give_it_away() -> None:
    office, _ = in_review()
    office.passes(9 * DAY)
    assert office.says("James", "REVIEWED").kinds == ["not-allowed"]
    overdue = office.passes(DAY).one("review-overdue").content
    assert (overdue.name, overdue.forms) == ("An Peeters", (Verb.REVIEWED, Verb.HANDOVER, Verb.STATUS))
    assert office.says("Tom", "REVIEWED").kinds == ["not-allowed"]
    assert office.says("James", "HANDOVER Laura Chen").to("review-handed-over") == {"James", "Laura", "An"}
    assert "done-reviewed" in office.says("Claire", "REVIEWED").kinds


def test_nobody_is_reminded_at_night() -> None:
    office = Office(now=datetime(2026, 3, 2, 2, 0, tzinfo=UTC)).accepted()
    office.says("An", "RESOLVE MI-1 It works again.")
    came = office.passes(4 * DAY)
    told = [n for n in came.notices if n.kind.value in ("review-reminder", "review-due")]
    assert [(n.kind.value, f"{n.at.astimezone(BRUSSELS):%d %H:%M}") for n in told] == [
        ("review-reminder", "03 08:00"),
        ("review-reminder", "04 08:00"),
        ("review-due", "05 08:00"),
    ]


def test_where_all_have_answered_nobody_is_reminded_before_it_is_due() -> None:
    office, came = in_review()
    for name in sorted(ASKED):
        office.says(name, "Nothing to add.", by="email", answering=questions(came, name))
    came = office.passes(3 * DAY)
    assert came.kinds == ["review-due"]


def test_after_a_long_sleep_each_is_reminded_once() -> None:
    office, _ = in_review()
    came = office.jumps(30 * DAY)
    assert came.kinds == ["review-due"]
    assert came.copies("review-due") == {"An": 1}


def test_an_owner_not_on_file_any_more_is_replaced_by_the_managers() -> None:
    office, _ = in_review()
    gone = Office({"An Peeters,an.peeters@acme.example,": "Ann Peters,ann.peters@acme.example,"}).configuration
    office.configuration = office.state.configuration = gone
    assert office.jumps(4 * DAY).to("review-due") == {"Ann", "James", "Claire"}
    assert "done-reviewed" in office.says("James", "REVIEWED").kinds


class TestHandover:
    def test_anybody_on_file_owns_it_at_once(self) -> None:
        office, _ = in_review()
        came = office.says("An", "HANDOVER Laura Chen")
        assert came.events == ["ReviewHandedOver"]
        assert came.to("review-handed-over") == {"An", "Laura"}
        assert came.to("review-invited") == {"Laura"}
        assert review(office).owner == office.who("Laura")
        assert office.says("An", "REVIEWED").kinds == ["not-allowed"]
        assert "done-reviewed" in office.says("Laura", "REVIEWED").kinds

    def test_one_who_is_invited_already_is_not_invited_again(self) -> None:
        office, _ = in_review()
        assert "review-invited" not in office.says("An", "HANDOVER Tom").kinds

    def test_nobody_else_may(self) -> None:
        office, _ = in_review()
        assert office.says("Tom", "HANDOVER Hugo").kinds == ["not-allowed"]
        assert office.says("James", "HANDOVER Hugo").kinds == ["not-in-charge"]

    def test_nothing_is_guessed(self) -> None:
        office, _ = in_review()
        came = office.says("An", "HANDOVER Xavier")
        assert (came.kinds, came.events) == (["no-such-name"], [])


class TestReviewed:
    def test_it_closes_and_everybody_hears(self) -> None:
        office, _ = in_review()
        office.passes(4 * DAY)
        came = office.says("An", "REVIEWED the spare disks are ordered")
        assert office.incident.status is Status.REVIEWED
        assert came.to("review-closed") == {*TEAM, "James", "Claire"}
        assert came.to("done-reviewed") == {"An"}
        assert came.one("done-reviewed").content.words == "the spare disks are ordered"
        assert office.passes(9 * DAY).kinds == []

    def test_a_meeting_to_come_is_off(self) -> None:
        office, _ = in_review()
        came = office.says("An", "REVIEWED")
        off = [n for n in came.of("review-closed") if n.content.meet]
        assert [{office.first(who) for who in n.recipients} for n in off] == [ASKED]
        assert [(n.content.meet.off, n.content.meet.revision) for n in off if n.content.meet] == [(True, 1)]

    def test_only_by_its_owner_and_only_once(self) -> None:
        office, _ = in_review()
        assert office.says("Tom", "REVIEWED").kinds == ["not-allowed"]
        office.says("An", "REVIEWED MI-1")
        assert office.says("An", "REVIEWED MI-1").kinds == ["wrong-status"]

    def test_one_written_before_the_all_clear_is_stale(self) -> None:
        office, _ = in_review()
        assert office.says("An", "REVIEWED MI-1", ago=minutes(5)).kinds == ["stale"]

    def test_answers_that_come_later_are_kept(self) -> None:
        office, came = in_review()
        office.says("An", "REVIEWED MI-1")
        after = office.says("Tom", "One thing more.", by="email", answering=questions(came))
        assert (after.events, after.kinds) == (["ReviewAnswered"], ["done-answer"])


class TestReopened:
    def test_the_meeting_is_off_and_reminders_end(self) -> None:
        office, _ = in_review()
        came = office.says("An", "REOPEN MI-1 the errors are back")
        assert came.to("review-off") == ASKED
        meet = came.one("review-off").content.meet
        assert meet is not None
        assert (meet.off, meet.revision) == (True, 1)
        assert office.incident.review is None
        assert not {"review-reminder", "review-due"} & set(office.passes(minutes(60)).kinds)

    def test_resolved_again_all_are_invited_by_the_same_entry(self) -> None:
        office, first = in_review()
        office.says("An", "REOPEN MI-1 the errors are back")
        office.passes(minutes(5))
        came = office.says("An", "RESOLVE MI-1 now it is over")
        one, other = first.of("review-invited")[0].content, came.of("review-invited")[0].content
        assert one.meet is not None
        assert other.meet is not None
        assert one.meet.uid == other.meet.uid
        assert other.meet.revision > one.meet.revision + 1
        assert (one.again, other.again) == (False, True)

    def test_once_reviewed_nothing_is_left_to_call_off(self) -> None:
        office, _ = in_review()
        office.passes(4 * DAY)
        office.says("An", "REVIEWED")
        assert "review-off" not in office.says("An", "REOPEN MI-1 the errors are back").kinds


def test_an_exercise_is_not_reviewed() -> None:
    office = Office()
    office.gets(DrillAsked("key"))
    office.says("An", "ACCEPT DR-1")
    came = office.says("An", "RESOLVE DR-1 it works")
    assert "ReviewOpened" not in came.events
    assert office.says("An", "ACTION DR-1 Tom: check it by tomorrow").kinds == ["no-review"]


BRUSSELS = ZoneInfo("Europe/Brussels")
RULES = Rules(timedelta(days=3), timedelta(days=1), (time(9), time(17)), timedelta(hours=1))


@pytest.mark.parametrize(
    ("now", "within", "when"),
    [
        pytest.param("2026-11-23 10:10", 72, "2026-11-26 10:00", id="a Monday: on Thursday, at the half hour before"),
        pytest.param("2026-11-23 03:00", 72, "2026-11-25 16:00", id="due at night: the end of the day before"),
        pytest.param("2026-11-23 20:00", 72, "2026-11-26 16:00", id="due in the evening: that afternoon"),
        pytest.param("2026-11-26 11:00", 72, "2026-11-27 16:00", id="due on a Sunday: on Friday"),
        pytest.param("2026-11-27 18:00", 24, "2026-11-30 09:00", id="no working day before: the next one"),
        pytest.param("2026-11-27 10:00", 1, "2026-11-27 11:00", id="due in an hour"),
        pytest.param("2026-11-27 15:40", 1, "2026-11-30 09:00", id="no room left today, on a Friday"),
        pytest.param("2026-10-23 10:00", 72, "2026-10-26 09:00", id="over the end of summer time"),
    ],
)
def test_when_they_meet(now: str, within: int, when: str) -> None:
    start = datetime.fromisoformat(now).replace(tzinfo=BRUSSELS).astimezone(UTC)
    found = meets(RULES, BRUSSELS, start, start + timedelta(hours=within))
    assert found.astimezone(BRUSSELS).replace(tzinfo=None) == datetime.fromisoformat(when)
    assert found > start


def test_archiving_waits_for_an_open_review_but_not_for_ever() -> None:
    office, _ = in_review()
    office.jumps(120 * DAY)
    assert "MI-1" in office.state.incidents
    office.jumps(250 * DAY)
    left = tuple((n.id, who) for n in office.state.unfinished() for who in n.recipients)
    told = office.gets(Exhausted(left))
    apply(office.state, [Stopped(notice.id, office.now, "read") for notice in told.notices])
    office.ticks()
    assert "MI-1" not in office.state.incidents


def test_messages_about_an_incident_are_kept_with_it() -> None:
    office = Office()
    office.proposes(raw="proposal")
    office.says("An", "ACCEPT", raw="accept")
    office.says("An", "UPDATE MI-9 what", raw="of none")
    office.says("Nadia", "UPDATE MI-1 what", raw="refused")
    rows = office.tables.table("messages").values()
    assert {(row["incident"], row["raw"]) for row in rows} == {
        ("MI-1", "proposal"),
        ("MI-1", "accept"),
        ("MI-1", "refused"),
    }
