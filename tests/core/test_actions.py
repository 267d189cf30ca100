"""Actions agreed in a review: read, echoed, told, reminded of, done; nothing is guessed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from daemon.core.model import Status
from tests.core.reviews import in_review, questions
from tests.core.vocabulary import Office, minutes

DAY = timedelta(days=1)
WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("words", "owner", "what", "due"),
    [
        pytest.param("ACTION Tom: order disks by 2026-03-04", "Tom Baker", "order disks", WEDNESDAY, id="by text"),
        pytest.param("ACTION MI-1 Tom Baker: order disks by Wednesday", "Tom Baker", "order disks", WEDNESDAY, id="n"),
        pytest.param("Action me: order disks by tomorrow", "An Peeters", "order disks", date(2026, 3, 3), id="me"),
        pytest.param("ACTIE ik: schijven tegen morgen", "An Peeters", "schijven", date(2026, 3, 3), id="nl"),
        pytest.param("ACTION claire dubois: disques pour le 4 mars", "Claire Dubois", "disques", WEDNESDAY, id="fr"),
        pytest.param("ACTION laura.chen@acme.example: buy by 4/3", "Laura Chen", "buy", WEDNESDAY, id="by address"),
        pytest.param("ACTION Tom will order disks by Wednesday", "Tom Baker", "order disks", WEDNESDAY, id="no colon"),
        pytest.param("ACTION Nadia: train by 4 March", "Nadia Benali", "train", WEDNESDAY, id="anybody"),
        pytest.param("action Tom Baker, order, before 4 March", "Tom Baker", "order", WEDNESDAY, id="a comma"),
        pytest.param("ACTION me, order disks by tomorrow", "An Peeters", "order disks", date(2026, 3, 3), id="me, "),
        pytest.param("ACTION item: Tom to order by Wednesday", "Tom Baker", "order", WEDNESDAY, id="an item"),
    ],
)
def test_an_action_is_read(words: str, owner: str, what: str, due: date) -> None:
    office, _ = in_review()
    came = office.says("An", words)
    assert came.events == ["ActionAgreed"]
    (shown,) = came.one("done-action").content.actions
    assert (shown.number, shown.owner, shown.what, shown.due) == (1, owner, what, due)
    others = set() if owner == "An Peeters" else {owner.split(maxsplit=1)[0]}
    assert came.to("action-agreed") == others


@pytest.mark.parametrize(
    ("words", "lacks", "people"),
    [
        pytest.param("ACTION Xavier: order disks by tomorrow", "name", (), id="nobody of that name"),
        pytest.param("ACTION Thom: order disks by tomorrow", "name", ("Tom Baker",), id="nearly a name"),
        pytest.param("ACTION Tom Hugo: order disks by tomorrow", "name", None, id="two names"),
        pytest.param("ACTION Tom: order disks", "date", (), id="no day"),
        pytest.param("ACTION Tom: order disks by Friday 4 March", "date", (), id="a day that does not exist"),
        pytest.param("ACTION Tom: order disks by Monday or Tuesday", "date", (), id="two days"),
        pytest.param("ACTION Tom: order disks by 1 March", "date", (), id="yesterday"),
        pytest.param("ACTION Tom: order disks by 1/3/2056", "date", (), id="in thirty years"),
        pytest.param("ACTION Tom: by Wednesday", "what", (), id="nothing to do"),
    ],
)
def test_nothing_is_guessed(words: str, lacks: str, people: tuple[str, ...] | None) -> None:
    office, _ = in_review()
    came = office.says("An", words)
    assert (came.events, came.kinds) == ([], ["no-action"])
    content = came.one("no-action").content
    assert (content.reason, content.people) == (lacks, (words,))
    assert people is None or content.next_people == people


def test_of_two_people_of_one_name_none_is_taken() -> None:
    office, _ = in_review({"Nadia Benali": "Sam Benali", "Oliver Grant": "Sam Grant"})
    content = office.says("An", "ACTION Sam: train the desk by tomorrow").one("no-action").content
    assert (content.reason, set(content.next_people)) == ("several", {"Sam Benali", "Sam Grant"})


def test_of_several_lines_some_may_be_understood() -> None:
    office, came = in_review()
    words = "The spare was missing in the rack.\nACTION Tom: order disks by tomorrow\nACTION Xavier: buy by Friday\nBye"
    came = office.says("Rosa", words, by="email", answering=questions(came, "Rosa"))
    assert came.events == ["ReviewAnswered", "ActionAgreed"]
    assert came.kinds == ["done-action", "action-agreed"]
    content = came.one("done-action").content
    assert [action.what for action in content.actions] == ["order disks"]
    assert (content.people, content.reason) == (("ACTION Xavier: buy by Friday",), "name")


def test_the_same_line_twice_is_one_action() -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by tomorrow")
    again = office.says("An", "ACTION tom: Order disks by 3 March")
    assert (again.events, again.kinds) == ([], ["done-action"])


def test_the_number_of_a_list_is_no_incident() -> None:
    office, came = in_review()
    words = "ACTION 3: Tom: order disks by tomorrow"
    assert office.says("Rosa", words, by="email", answering=questions(came, "Rosa")).events == ["ActionAgreed"]


@pytest.mark.parametrize(
    ("name", "words", "events", "kind"),
    [
        pytest.param("Tom", "DONE 1", ["ActionDone"], "done-done", id="by its owner"),
        pytest.param("Tom", "DONE MI-1 #1 they are in", ["ActionDone"], "done-done", id="with all numbers, and words"),
        pytest.param("Tom", "done", ["ActionDone"], "done-done", id="without a number: there is just one of theirs"),
        pytest.param("An", "done 1", ["ActionDone"], "done-done", id="by the review's owner"),
        pytest.param("Tom", "DONE 2", [], "no-such-action", id="another number"),
        pytest.param("An", "DONE", [], "no-such-action", id="without a number, of somebody else"),
        pytest.param("Nadia", "DONE 1", [], "not-allowed", id="by one without a part in it"),
    ],
)
def test_done(name: str, words: str, events: list[str], kind: str) -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Wednesday")
    came = office.says(name, words)
    assert came.events == events
    assert kind in came.kinds
    assert came.to("action-done") == ({"An"} if events and name != "An" else set())


def test_done_twice_changes_nothing() -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Wednesday")
    office.says("Tom", "DONE 1")
    again = office.says("Tom", "DONE 1")
    assert (again.events, again.kinds) == ([], ["done-done"])


def test_its_owner_is_reminded_in_the_morning_until_it_is_done() -> None:
    office, came = in_review()
    for name in ("An", "Rosa", "Hugo", "Tom"):
        office.says(name, "Nothing to add.", by="email", answering=questions(came, name))
    office.says("An", "ACTION Rosa: order disks by Wednesday")
    came = office.passes(4 * DAY)
    # Rosa lives in New York.
    assert [notice.at for notice in came.of("action-reminder")] == [
        datetime(2026, 3, day, 13, 0, tzinfo=UTC) for day in (3, 4, 5)
    ]
    assert came.to("action-reminder") == {"Rosa"}
    assert [a.overdue for n in came.of("action-reminder") for a in n.content.actions] == [False, False, True]
    office.says("Rosa", "DONE 1")
    assert "action-reminder" not in office.passes(4 * DAY).kinds


def test_actions_of_one_person_come_in_one_reminder() -> None:
    office, _ = in_review()
    for what in ("order disks", "test them"):
        office.says("An", f"ACTION Tom: {what} by Wednesday")
    came = office.passes(1 * DAY + minutes(60))
    (notice,) = came.of("action-reminder")
    assert [action.what for action in notice.content.actions] == ["order disks", "test them"]


def test_they_go_on_after_the_review_and_when_it_is_reopened() -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Friday")
    office.says("An", "REVIEWED")
    assert "action-reminder" in office.passes(4 * DAY).kinds
    office.says("An", "REOPEN MI-1 the errors are back")
    assert office.says("Tom", "DONE MI-1 1").events == ["ActionDone"]


def test_of_an_owner_not_on_file_any_more_the_reviews_owner_is_reminded() -> None:
    office, _ = in_review()
    office.says("An", "ACTION Nadia: train the desk by Wednesday")
    gone = Office({"nadia.benali@acme.example": "nadia.b@acme.example"}).configuration
    office.configuration = office.state.configuration = gone
    assert office.passes(1 * DAY + minutes(60)).to("action-reminder") == {"An"}


@pytest.mark.parametrize("words", ["ACTION MI-1 Tom: order disks by tomorrow", "DONE MI-1 1", "REVIEWED MI-1"])
def test_before_the_all_clear_there_is_nothing_to_review(words: str) -> None:
    office = Office().accepted()
    came = office.says("An", words)
    assert came.events == []
    assert office.incident.status is Status.ACCEPTED


@pytest.mark.parametrize("words", ["DONE 1, 2", "done 1 and 2", "DONE actions 1 + 2 all in", "Done #1 en #2"])
def test_several_are_done_at_once(words: str) -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Friday")
    office.says("An", "ACTION Tom: test them by Friday")
    came = office.says("Tom", words)
    assert came.events == ["ActionDone", "ActionDone"]
    assert came.copies("action-done") == {"An": 1}
    assert all(action.done for action in came.one("done-done").content.actions)


def test_of_several_nothing_is_done_where_one_is_unknown() -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Friday")
    came = office.says("Tom", "DONE 1, 7")
    assert (came.events, came.one("no-such-action").content.name) == ([], "7")


@pytest.mark.parametrize("words", ["It is done", "I did it yesterday", "Can't make it, Monday?"])
def test_who_answers_a_reminder_in_other_words_hears_how_to_say_that_it_is_done(words: str) -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Wednesday")
    reminder = office.passes(DAY).one("action-reminder")
    for _ in range(2):
        came = office.says("Tom", words, by="email", answering=reminder)
        (shown,) = came.one("done-answer").content.actions
        assert (came.events, shown.number) == (["ReviewAnswered"], 1)


def test_of_an_action_that_nobody_does_its_owner_hears_less_and_less() -> None:
    office, _ = in_review()
    office.says("An", "ACTION Tom: order disks by Wednesday")
    came = office.passes(31 * DAY)
    days = [(notice.at.date() - WEDNESDAY).days for notice in came.of("action-reminder")]
    assert days == [-1, 0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28]
