"""What was sent before things changed is not applied: its sender is told what happened since, and asked again."""

from datetime import timedelta

import pytest

from tests.core.vocabulary import Came, Office, minutes


def rejected_then(words: str, ago: timedelta) -> Came:
    office = Office()
    office.proposes()
    office.now += minutes(10)
    office.says("James", "REJECT")
    office.now += minutes(1)
    return office.says("An", words, ago=ago)


@pytest.mark.parametrize(
    ("words", "sent_ago", "kind"),
    [
        pytest.param("ACCEPT MI-1", 5, "stale", id="an ACCEPT sent before the REJECT"),
        pytest.param("ACCEPT MI-1", 0, "done-accept", id="an ACCEPT sent after it reopens it"),
        pytest.param("REOPEN MI-1", 5, "stale", id="a REOPEN sent before the REJECT"),
        pytest.param("REJECT MI-1", 5, "already-decided", id="another REJECT sent before it: who decided, and when"),
    ],
)
def test_sent_before_a_rejection(words: str, sent_ago: float, kind: str) -> None:
    assert kind in rejected_then(words, minutes(sent_ago)).kinds


@pytest.mark.parametrize(
    ("words", "sent_ago", "kind"),
    [
        pytest.param("UPDATE Half is back.", 14, "done-update", id="an UPDATE fourteen minutes old"),
        pytest.param("UPDATE Half is back.", 16, "stale", id="an UPDATE sixteen minutes old"),
        pytest.param("RESOLVE All is back.", 14, "done-resolve", id="a RESOLVE fourteen minutes old"),
        pytest.param("RESOLVE All is back.", 16, "stale", id="a RESOLVE sixteen minutes old"),
        pytest.param("NOTE called them", 16, "done-note", id="a NOTE has time"),
        pytest.param("EVERY 20m", 16, "done-every", id="an interval has time"),
        pytest.param("DOWNGRADE false alarm", 16, "done-downgrade", id="a DOWNGRADE of this manager's time"),
    ],
)
def test_old_words(words: str, sent_ago: float, kind: str) -> None:
    office = Office().accepted()
    office.now += minutes(20)
    came = office.says("An", words, ago=minutes(sent_ago))
    assert kind in came.kinds
    if kind == "stale":
        assert came.events == []


@pytest.mark.parametrize("words", ["UPDATE Half is back.", "RESOLVE", "DOWNGRADE", "EVERY 20m"])
def test_sent_before_it_was_taken_and_handed_back(words: str) -> None:
    office = Office().accepted()
    office.now += minutes(10)
    office.says("James", "TAKE")
    office.passes(minutes(5))
    office.says("An", "TAKE")
    office.passes(minutes(5))
    assert office.incident.manager == office.who("An")
    came = office.says("An", words, ago=minutes(8))
    assert came.kinds == ["stale"]
    assert came.events == []


def test_a_take_sent_before_somebody_else_took_charge() -> None:
    office = Office().accepted()
    office.now += minutes(10)
    office.says("James", "TAKE")
    office.passes(minutes(5))
    assert office.says("Claire", "TAKE", ago=minutes(3)).kinds == ["stale"]


def test_the_answer_says_how_it_stands_now() -> None:
    content = rejected_then("ACCEPT MI-1", minutes(5)).one("stale").content
    assert (content.status, content.verb) == ("rejected", "ACCEPT")


def test_an_answer_to_a_notice_is_newer_than_the_notice_whatever_the_senders_clock_says() -> None:
    office = Office()
    office.proposes()
    done = office.says("An", "ACCEPT").one("done-accept")
    office.now += minutes(1)
    came = office.says("An", "UPDATE Half is back.", by="email", answering=done, ago=minutes(60))
    assert "done-update" in came.kinds


def test_a_reply_to_an_old_notice_is_as_old_as_its_date_says() -> None:
    office = Office()
    office.proposes()
    done = office.says("An", "ACCEPT").one("done-accept")
    office.now += minutes(60)
    came = office.says("An", "UPDATE Half is back.", by="email", answering=done, ago=minutes(40))
    assert came.kinds == ["stale"]
