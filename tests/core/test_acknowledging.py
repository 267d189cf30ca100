"""Whoever answers is called no more; an answer that anybody can have written silences nobody's pager."""

import pytest

from channels.types import Result
from daemon.core.identity import Evidence
from tests.core.test_settling import bounces, letter
from tests.core.vocabulary import Office, minutes


@pytest.mark.parametrize(
    ("words", "evidence", "expected"),
    [
        pytest.param("STATUS MI-1", Evidence.NUMBER, "d", id="a question is an answer"),
        pytest.param("MI-1 on my way", Evidence.NUMBER, "d", id="so are plain words"),
        pytest.param("STATUS MI-1", Evidence.NONE, " ", id="but not what anybody can have written"),
        pytest.param("HELP", Evidence.NUMBER, "d", id="the only incident is meant"),
    ],
)
def test_an_answer_ends_what_asks(words: str, evidence: Evidence, expected: str) -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.ends(request, "An", "sms", Result.SENT)
    office.now += minutes(1)
    office.says("An", words, evidence=evidence)
    assert letter(office, request, "An") == expected
    assert letter(office, request, "James") == " "


def test_who_answers_before_anything_is_out_needs_it_no_more() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.says("An", "STATUS MI-1")
    assert letter(office, request, "An") == "x"


def test_what_was_written_before_the_question_is_no_answer_to_it() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.ends(request, "An", "sms", Result.SENT)
    office.says("An", "STATUS MI-1", ago=minutes(3))
    assert letter(office, request, "An") == " "


def test_an_answer_still_to_be_sent_is_sent_whatever_its_reader_writes() -> None:
    office = Office().accepted()
    answer = office.says("An", "UPDATE MI-1 Half is back.").one("done-update")
    office.now += minutes(1)
    office.says("An", "STATUS MI-1")
    assert letter(office, answer, "An") == " "


def test_a_decision_ends_the_question_for_everybody_and_each_once() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.ends(request, "An", "sms", Result.SENT)
    came = office.says("An", "REJECT MI-1")
    assert request.id in office.state.stopped
    ended = [f for f in came.facts if type(f).__name__ == "Finished" and f.notice == request.id]  # type: ignore[union-attr]
    assert len(ended) == 1


def test_a_mail_from_an_address_that_bounced_opens_it_again() -> None:
    office = Office().accepted()
    notice = office.says("An", "UPDATE MI-1 Half is back.").of("update")[0]
    who = notice.recipients[0]
    office.ends(notice, who, "email", Result.SENT)
    bounces(office, notice, who)
    address = office.state.person(who).emails[0]
    assert ("email", address) in office.state.barred
    office.says(who, "STATUS", by="email", answering=notice, evidence=Evidence.TOKEN)
    assert ("email", address) not in office.state.barred
