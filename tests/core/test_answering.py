"""What is written to a review: which words are an answer, which are a command, and what calendars say."""

from datetime import UTC, datetime, timedelta

import pytest

from daemon.core.identity import Evidence, Identity
from daemon.core.model import Attendance
from daemon.core.review_events import Attending
from daemon.core.stimuli import CalendarReplied
from parsers.types import CalendarAnswer, CalendarReply
from tests.core.reviews import in_review, questions, review
from tests.core.vocabulary import Came, Office, minutes

ANSWERS = [
    pytest.param("The spare was missing.", id="plain words"),
    pytest.param("UPDATE frequency was too low", id="a verb that cannot work any more"),
    pytest.param("Status page was wrong for the first hour", id="a verb that asks, in a sentence"),
    pytest.param("Team was called too late", id="a verb of the team"),
    pytest.param("Joining the bridge took ten minutes", id="nearly a verb"),
    pytest.param("Done well: the runbook", id="DONE without a number"),
    pytest.param("Action was taken too late", id="ACTION without a name"),
    pytest.param("Handover between the two shifts was not clear", id="HANDOVER to nobody"),
    pytest.param("Reviewed the logs, the spare was missing", id="REVIEWED in a sentence"),
    pytest.param("Accept that we have no spare?", id="a question with a verb"),
    pytest.param("Action should have been taken by Friday", id="ACTION in a sentence with a day"),
]


@pytest.mark.parametrize("words", ANSWERS)
@pytest.mark.parametrize("name", ["An", "Tom"])
def test_words_in_reply_to_the_questions_are_an_answer(words: str, name: str) -> None:
    office, came = in_review()
    came = office.says(name, words, by="email", answering=questions(came, name), raw="raw")
    assert (came.events, came.kinds) == (["ReviewAnswered"], ["done-answer"])
    (event,) = (fact for fact in came.facts if type(fact).__name__ == "ReviewAnswered")
    assert (event.words, event.raw) == (words, "raw")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        pytest.param("An", "REVIEWED", "done-reviewed", id="REVIEWED alone"),
        pytest.param("An", "Reviewed.", "done-reviewed", id="and a full stop"),
        pytest.param("An", "REVIEWED the spares are ordered", "done-reviewed", id="in capitals, with words"),
        pytest.param("An", "reviewed MI-1 it is all done", "done-reviewed", id="with the number"),
        pytest.param("An", "HANDOVER Laura Chen", "review-handed-over", id="HANDOVER and a name"),
        pytest.param("An", "REOPEN MI-1 the errors are back", "done-reopen", id="REOPEN"),
        pytest.param("Tom", "STATUS", "status", id="STATUS"),
        pytest.param("Tom", "HELP", "help", id="HELP"),
        pytest.param("An", "NOTE the log is at noon", "done-note", id="NOTE"),
        pytest.param("An", "REVEIWED", "did-you-mean", id="nearly REVIEWED"),
    ],
)
def test_a_command_that_works_is_obeyed(name: str, words: str, kind: str) -> None:
    office, came = in_review()
    assert kind in office.says(name, words, by="email", answering=questions(came, name)).kinds


def test_a_second_answer_is_kept_too_and_not_confirmed_again() -> None:
    office, came = in_review()
    asked = questions(came)
    office.says("Tom", "The spare was missing.", by="email", answering=asked)
    again = office.says("Tom", "And the runbook is old.", by="email", answering=asked)
    assert (again.events, again.kinds) == (["ReviewAnswered"], [])


def test_a_photo_alone_is_an_answer() -> None:
    office, came = in_review()
    came = office.says("Tom", "", by="email", answering=questions(came), attachments=("rack.jpg (1200 bytes)",))
    (event,) = (fact for fact in came.facts if type(fact).__name__ == "ReviewAnswered")
    assert event.attachments == ("rack.jpg (1200 bytes)",)  # type: ignore[union-attr]


def test_nothing_at_all_is_none() -> None:
    office, came = in_review()
    assert office.says("Tom", "", by="email", answering=questions(came)).events != ["ReviewAnswered"]


def test_thanks_for_the_all_clear_is_no_answer() -> None:
    office, came = in_review()
    after = office.says("Nadia", "Thanks!", by="email", answering=came.of("all-clear")[0])
    assert after.events == ["Heard"]


def test_a_colleague_on_file_to_whom_it_was_forwarded_may_answer_and_a_stranger_may_not() -> None:
    office, came = in_review()
    after = office.says("Nadia", "I saw the disk fail.", by="email", answering=questions(came))
    assert after.events == ["ReviewAnswered"]
    unsure = office.says("Marc", "So did I.", by="email", answering=questions(came), evidence=Evidence.NONE)
    assert unsure.events == ["Heard"]
    stranger = office.says("eve@evil.example", "So did I.", by="email", answering=questions(came))
    assert (stranger.events, stranger.kinds) == ([], [])


def test_lines_action_of_who_may_not_agree_them_are_kept_as_words() -> None:
    office, came = in_review()
    words = "I saw it.\nACTION Tom: order disks by tomorrow"
    after = office.says("Nadia", words, by="email", answering=questions(came))
    assert after.events == ["ReviewAnswered"]
    assert after.kinds == ["done-answer", "not-allowed"]


def test_an_answer_with_actions_in_it_is_kept_as_it_was_written() -> None:
    office, came = in_review()
    words = "The spare was missing in the rack.\nACTION Tom: order disks by tomorrow\nACTION Xavier: buy a rack\nTom"
    after = office.says("Tom", words, by="email", answering=questions(came))
    (event,) = (fact for fact in after.facts if type(fact).__name__ == "ReviewAnswered")
    assert event.words == words  # type: ignore[union-attr]


def test_actions_alone_between_the_questions_are_no_answer() -> None:
    office, came = in_review()
    words = "> 2. What made it harder than it had to be?\nACTION Tom: order disks by tomorrow"
    assert office.says("Tom", words, by="email", answering=questions(came)).events == ["ActionAgreed"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        pytest.param("MI-1 the spare was missing", "the spare was missing", id="the number first"),
        pytest.param("mi1: the spare was missing", "the spare was missing", id="as phones write it"),
        pytest.param("the spare was missing", "", id="without a number nobody knows what it is about"),
        pytest.param("MI-9 the spare was missing", "", id="another number"),
        pytest.param("MI-1", "", id="only the number"),
    ],
)
def test_a_text_is_an_answer_by_its_number(words: str, kept: str) -> None:
    office, _ = in_review()
    came = office.says("Tom", words)
    found = [fact.words for fact in came.facts if type(fact).__name__ == "ReviewAnswered"]  # type: ignore[union-attr]
    assert found == ([kept] if kept else [])


def test_a_text_with_a_verb_is_a_command_though_it_cannot_work_any_more() -> None:
    office, _ = in_review()
    assert office.says("An", "MI-1 UPDATE all is still fine").kinds == ["wrong-status"]


def test_a_text_with_the_number_of_one_who_is_not_asked_is_none() -> None:
    office, _ = in_review()
    assert "ReviewAnswered" not in office.says("Nadia", "MI-1 when will it work?").events


def test_verbs_without_a_number_mean_the_review_though_another_incident_is_open() -> None:
    office, _ = in_review()
    office.proposes(words="Phones are down")
    assert "done-action" in office.says("An", "ACTION Tom: order disks by tomorrow").kinds
    assert office.says("Tom", "DONE 1").events == ["ActionDone"]
    assert office.says("An", "REVIEWED").events == ["Reviewed"]


UID = "review.mi-1@acme.example"
LATER = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)


def calendar(
    office: Office, name: str, answer: CalendarAnswer, *, evidence: Evidence = Evidence.DOMAIN, **more: object
) -> Came:
    office.letters += 1
    who = office.who(name)
    contact = who if who in office.configuration.people.contacts else None
    fields = {"revision": 0, "start": None, "comment": "", **more}
    reply = CalendarReply(answer=answer, uid=UID, attendee=who, **fields)  # type: ignore[arg-type]
    identity = Identity(contact, who, name, evidence)
    return office.gets(CalendarReplied(f"mail {office.letters}", identity, "MI-1", reply, "raw"))


class TestCalendars:
    def test_who_comes_is_kept_and_nobody_is_told(self) -> None:
        office, _ = in_review()
        came = calendar(office, "Tom", CalendarAnswer.ACCEPTED)
        assert (came.events, came.kinds) == (["Attending"], [])
        assert review(office).attendance == {office.who("Tom"): Attendance.ACCEPTED}
        assert calendar(office, "Tom", CalendarAnswer.ACCEPTED).events == []
        assert calendar(office, "Tom", CalendarAnswer.DECLINED).events == ["Attending"]

    def test_the_same_mail_twice_is_one(self) -> None:
        office, _ = in_review()
        calendar(office, "Tom", CalendarAnswer.ACCEPTED)
        office.letters -= 1
        assert calendar(office, "Tom", CalendarAnswer.DECLINED).facts == ()

    def test_a_comment_goes_to_the_owner(self) -> None:
        office, _ = in_review()
        came = calendar(office, "Tom", CalendarAnswer.DECLINED, comment="I am on leave")
        assert came.to("reply") == {"An"}
        assert (came.one("reply").content.words, came.one("reply").content.meet) == ("I am on leave", None)

    def test_and_is_kept_with_the_incident_whoever_wrote_it(self) -> None:
        office, _ = in_review()
        for _ in range(2):
            came = calendar(office, "An", CalendarAnswer.ACCEPTED, comment="The spare was missing")
            (event,) = (fact for fact in came.facts if isinstance(fact, Attending))
            assert (event.words, came.kinds) == ("The spare was missing", [])

    def test_the_owner_moves_it(self) -> None:
        office, _ = in_review()
        came = calendar(office, "An", CalendarAnswer.COUNTER, start=LATER)
        assert came.events == ["ReviewMoved"]
        assert came.to("review-moved") == {"An", "Tom", "Rosa", "Hugo"}
        assert (review(office).meets, review(office).revision) == (LATER, 1)

    @pytest.mark.parametrize(
        "more",
        [
            pytest.param({"start": LATER, "evidence": Evidence.NONE}, id="nothing shows that it is from the owner"),
            pytest.param({"start": LATER - timedelta(days=30)}, id="a time that is past"),
            pytest.param({"start": None}, id="no time that can be read"),
            pytest.param({"start": LATER, "revision": -1}, id="an invitation of before"),
        ],
    )
    def test_and_does_not(self, more: dict[str, object]) -> None:
        office, _ = in_review()
        came = calendar(office, "An", CalendarAnswer.COUNTER, **more)  # type: ignore[arg-type]
        assert (came.events, came.kinds) == ([], [])

    def test_another_time_that_anybody_else_wants_goes_to_the_owner(self) -> None:
        office, _ = in_review()
        came = calendar(office, "Tom", CalendarAnswer.COUNTER, start=LATER, comment="On Wednesday?")
        assert (came.events, came.to("reply")) == ([], {"An"})
        content = came.one("reply").content
        assert content.meet is not None
        assert (content.words, content.meet.start) == ("On Wednesday?", LATER)

    @pytest.mark.parametrize("name", ["Nadia", "eve@evil.example"])
    def test_of_who_is_not_invited_nothing_is_taken(self, name: str) -> None:
        office, _ = in_review()
        assert calendar(office, name, CalendarAnswer.ACCEPTED).events == []

    def test_nothing_is_taken_while_it_is_reopened(self) -> None:
        office, _ = in_review()
        office.says("An", "REOPEN MI-1 the errors are back")
        assert calendar(office, "Tom", CalendarAnswer.ACCEPTED).events == []

    def test_an_answer_to_the_invitation_of_before_is_not_taken(self) -> None:
        office, _ = in_review()
        calendar(office, "An", CalendarAnswer.COUNTER, start=LATER)
        assert calendar(office, "Tom", CalendarAnswer.ACCEPTED).events == []
        assert calendar(office, "Tom", CalendarAnswer.ACCEPTED, revision=1).events == ["Attending"]


def test_a_confidential_incidents_actions_are_confirmed_by_text() -> None:
    office, came = in_review()
    office.says("An", "CONFIDENTIAL MI-1")
    office.passes(minutes(1))
    words = "The spare was missing in the rack.\nACTION Tom: order disks by tomorrow"
    after = office.says("An", words, by="email", answering=questions(came, "An"))
    assert after.events == ["ReviewAnswered"]
    assert "confirm-sender" in after.kinds
