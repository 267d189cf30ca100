"""What else is heard: strangers, doubtful mail, plain words, STOP and START, questions."""

import pytest

from daemon.core.identity import Evidence
from parsers.types import Verb
from tests.core.situations import WORDS, office
from tests.core.vocabulary import Office, minutes


@pytest.mark.parametrize(
    ("name", "words", "subject"),
    [
        pytest.param("+32999888777", "ACCEPT MI-1", None, id="a text with a verb"),
        pytest.param("+32999888777", "STATUS", None, id="STATUS by text"),
        pytest.param("+32999888777", "HELP", None, id="HELP by text"),
        pytest.param("+32999888777", "STOP", None, id="STOP by text, which the carrier answers"),
        pytest.param("+32999888777", "hello?", None, id="plain words by text"),
        pytest.param("eve@evil.example", "ACCEPT MI-1", "Re: [MI-1]", id="a mail that answers ours"),
        pytest.param("eve@evil.example", "STOP", "", id="STOP by mail"),
    ],
)
def test_a_stranger_hears_nothing(name: str, words: str, subject: str | None) -> None:
    there = office("proposed")
    mail = subject is not None
    came = there.says(
        name, words, by="email" if mail else "sms", subject=subject or "", answering="MI-1" if subject else None,
        evidence=Evidence.DOMAIN if mail else Evidence.NONE,
    )  # fmt: skip
    assert came.notices == []
    assert came.events == []


def test_the_same_message_a_second_time_does_nothing() -> None:
    there = office("accepted")
    assert there.says("An", "UPDATE Half is back.", key="twilio SM1").kinds == ["update", "done-update"]
    assert there.says("An", "UPDATE Half is back.", key="twilio SM1").facts == ()


SENDERS = {"WITHDRAW": "Lotte", "TAKE": "James", "REOPEN": "James", "JOIN": "Tom", "DECLINE": "Tom"}


@pytest.mark.parametrize(
    ("verb", "words"),
    [pytest.param(verb, words, id=verb) for verb, words in WORDS.items() if verb not in ("STATUS", "HELP")],
)
def test_without_evidence_nothing_is_done_and_the_other_channel_asks(verb: str, words: str) -> None:
    there = office("rejected" if verb == "REOPEN" else "accepted" if verb != "ACCEPT" else "proposed")
    who = SENDERS.get(verb, "An")
    came = there.says(who, words, by="email", answering="MI-1", evidence=Evidence.NONE)
    assert came.kinds == ["confirm-sender"]
    assert came.one("confirm-sender").via[0] == ("sms",)
    assert came.events == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        pytest.param("I can't accept this", "not-understood", id="a sentence with a verb in it is no command"),
        pytest.param("ACEPT", "did-you-mean", id="one letter away from a verb"),
        pytest.param("who is on it?", "not-understood", id="plain words"),
    ],
)
def test_nothing_is_guessed(words: str, kind: str) -> None:
    there = office("proposed")
    came = there.says("An", words)
    assert came.kinds == [kind]
    assert came.one(kind).content.forms == (Verb.ACCEPT, Verb.REJECT, Verb.STATUS)
    assert there.incident.status == "proposed"


def test_did_you_mean_says_what() -> None:
    assert office("proposed").says("An", "ACEPT").one("did-you-mean").content.suggestion is Verb.ACCEPT


def test_a_verbless_reply_is_answered_once_and_counted_for_the_manager() -> None:
    there = office("accepted")
    first = there.says("Nadia", "thanks, when will it work?", by="email", answering="MI-1")
    assert first.kinds == ["next-word"]
    assert first.one("next-word").content.due == there.incident.promises["stakeholders"].due
    assert there.says("Nadia", "hello?", by="email", answering="MI-1").notices == []
    assert there.says("Hugo", "and the terminals?").kinds == ["next-word"]
    assert there.incident.replies == 3
    assert there.passes(minutes(25)).one("reminder").content.replies == 3


def test_after_a_reopening_a_reply_is_answered_again() -> None:
    there = office("accepted")
    assert there.says("Nadia", "when will it work?").kinds == ["next-word"]
    assert there.says("Nadia", "and now?").kinds == []
    there.says("An", "RESOLVE MI-1 It works again.")
    there.says("An", "REOPEN MI-1 It is down again.")
    assert there.says("Nadia", "again?").kinds == ["next-word"]


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        pytest.param("Nadia", "stakeholders", id="a stakeholder's"),
        pytest.param("Laura", "management", id="management's"),
        pytest.param("An", "management", id="for a manager, the first of all"),
    ],
)
def test_status_says_when_the_askers_own_next_word_comes(name: str, audience: str) -> None:
    there = office("accepted")
    assert there.says(name, "STATUS").one("status").content.due == there.incident.promises[audience].due


def test_someone_in_no_audience_is_promised_nothing() -> None:
    there = Office({"service-desk;all-staff,nl": "service-desk,nl"}).accepted()
    assert there.says("Lotte", "when will it work?").one("next-word").content.due is None


def test_the_reason_of_a_reopening_is_not_called_words_sent_to_everyone() -> None:
    there = office("resolved")
    came = there.says("James", "REOPEN the disk is full")
    assert {n.content.words for n in came.of("reopened") if n.detail == "public"} == {""}
    assert came.one("proposer-accepted").content.words == ""
    assert {n.content.words for n in came.of("decision-reopened")} == {"the disk is full"}


def test_who_is_asked_which_is_offered_no_verb_without_a_number() -> None:
    there = office("proposed")
    there.proposes("Nadia", "Cards are refused")
    asked = there.says("An", "ACCEPT").one("which-incident").content
    assert (asked.forms, asked.verb) == ((), Verb.ACCEPT)


def test_a_reminder_offers_what_is_wanted_and_no_more() -> None:
    there = office("accepted")
    assert there.passes(minutes(25)).one("reminder").content.forms == (Verb.UPDATE, Verb.RESOLVE)


def test_the_proposers_words_reach_the_manager_each_time() -> None:
    there = office("accepted")
    came = there.says("Lotte", "The phones are out as well", by="email", answering="MI-1")
    assert came.to("reply") == {"An"}
    assert came.one("reply").content.words == "The phones are out as well"
    assert there.says("Lotte", "And the tills").to("reply") == {"An"}


def test_before_anybody_is_in_charge_they_reach_all_managers() -> None:
    assert office("proposed").says("Lotte", "The phones are out as well").to("reply") == {"An", "James", "Claire"}


def test_stop_bars_the_number_and_start_opens_it() -> None:
    there = office("accepted")
    came = there.says("Nadia", "STOP")
    assert came.one("stopped").via == (("email",),)
    assert list(there.state.barred) == [("sms", "+32470550115")]
    there.says("Nadia", "START")
    assert there.state.barred == {}


def test_stop_by_mail_bars_the_senders_numbers() -> None:
    there = office("accepted")
    assert there.says("Nadia", "stop", by="email", subject="stop", evidence=Evidence.DOMAIN).kinds == ["stopped"]
    assert list(there.state.barred) == [("sms", "+32470550115")]


def test_stop_by_forged_mail_bars_nothing() -> None:
    there = office("accepted")
    came = there.says("Nadia", "stop", by="email", subject="stop", evidence=Evidence.NONE)
    assert came.kinds == ["confirm-sender"]
    assert there.state.barred == {}


def test_propose_in_a_reply_is_no_proposal() -> None:
    there = office("accepted")
    came = there.says("Nadia", "PROPOSE cards are refused", by="email", answering="MI-1")
    assert came.kinds == ["not-allowed"]
    assert there.state.last_incident == 1


def test_after_three_puzzled_answers_help_and_every_command_still_have_theirs() -> None:
    there = office("proposed")
    assert [there.says("An", f"what now {number}").kinds for number in range(4)] == [["not-understood"]] * 3 + [[]]
    assert there.says("An", "HELP").kinds == ["help"]
    assert there.says("An", "ACCEPT MI-9").kinds == ["no-such-incident"]
    assert "done-accept" in there.says("An", "ACCEPT").kinds
    assert there.says("An", "UPDATE").kinds == ["no-words"]
