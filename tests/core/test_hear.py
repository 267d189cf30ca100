"""Each verb by each person in each status gives the answer that the procedure demands, and nothing else changes."""

import pytest

from daemon.core.identity import Evidence
from parsers.types import Verb
from tests.core.vocabulary import Office, minutes

ROLES = {"in charge": "An", "a manager": "James", "the proposer": "Lotte", "a contact": "Nadia"}

WORDS = {
    "ACCEPT": "ACCEPT MI-1",
    "REJECT": "REJECT MI-1 a false alarm",
    "WITHDRAW": "WITHDRAW MI-1 a false alarm",
    "UPDATE": "UPDATE MI-1 Half is back.",
    "RESOLVE": "RESOLVE MI-1 All is back.",
    "DOWNGRADE": "DOWNGRADE MI-1 a false alarm",
    "EVERY": "EVERY MI-1 20m",
    "NOTE": "NOTE MI-1 called them",
    "TAKE": "TAKE MI-1",
    "REOPEN": "REOPEN MI-1 again",
    "STATUS": "STATUS MI-1",
    "HELP": "HELP MI-1",
}

# For each status: by "in charge" (who accepts it where anybody did), a manager, the proposer, a contact.
ANSWERS: dict[str, dict[str, tuple[str, str, str, str]]] = {
    "proposed": {
        "ACCEPT": ("done-accept", "done-accept", "not-allowed", "not-allowed"),
        "REJECT": ("done-reject", "done-reject", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "done-withdraw", "not-allowed"),
        "UPDATE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REOPEN": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
    "rejected": {
        "ACCEPT": ("done-accept", "done-accept", "not-allowed", "not-allowed"),
        "REJECT": ("already-decided", "already-decided", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "wrong-status", "not-allowed"),
        "UPDATE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REOPEN": ("done-reopen", "done-reopen", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
    "accepted": {
        "ACCEPT": ("already-decided", "already-decided", "not-allowed", "not-allowed"),
        "REJECT": ("reject-after-accept", "reject-after-accept", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "wrong-status", "not-allowed"),
        "UPDATE": ("done-update", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("done-resolve", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("done-downgrade", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("done-every", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("already-decided", "take-waits", "not-allowed", "not-allowed"),
        "REOPEN": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
    "resolved": {
        "ACCEPT": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REJECT": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "wrong-status", "not-allowed"),
        "UPDATE": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REOPEN": ("done-reopen", "done-reopen", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
}
ANSWERS["canceled"] = {**ANSWERS["resolved"]}

BEFORE = {
    "proposed": (),
    "rejected": (("James", "REJECT"),),
    "accepted": (("An", "ACCEPT"),),
    "resolved": (("An", "ACCEPT"), ("An", "RESOLVE")),
    "canceled": (("An", "ACCEPT"), ("An", "DOWNGRADE")),
}

CHANGES = {"done-accept", "done-reject", "done-withdraw", "done-update", "done-resolve", "done-downgrade",
           "done-every", "done-note", "done-reopen", "take-waits"}  # fmt: skip


def office(status: str) -> Office:
    office = Office()
    office.proposes()
    for name, words in BEFORE[status]:
        office.now += minutes(1)
        office.says(name, words)
    assert office.incident.status == status
    office.now += minutes(1)
    return office


@pytest.mark.parametrize(
    ("status", "verb", "role", "answer"),
    [
        pytest.param(status, verb, role, answer, id=f"{verb} by {role} when {status}: {answer}")
        for status, verbs in ANSWERS.items()
        for verb, answers in verbs.items()
        for role, answer in zip(ROLES, answers, strict=True)
    ],
)
def test_every_verb_by_everybody_in_every_status(status: str, verb: str, role: str, answer: str) -> None:
    there = office(status)
    before = there.incident
    came = there.says(ROLES[role], WORDS[verb])
    assert [n.kind.value for n in came.notices if n.recipients == (there.who(ROLES[role]),) and n.answers] == [answer]
    assert bool(came.events) is (answer in CHANGES)
    if answer not in CHANGES:
        assert there.incident == before
        assert came.kinds == [answer]


def test_the_table_knows_every_verb_there_is() -> None:
    built = {verb.value for verb in Verb} & set(WORDS)
    assert all(set(verbs) == built for verbs in ANSWERS.values())


def test_a_verb_of_later_says_so() -> None:
    came = Office().accepted().says("An", "BRIDGE MI-1 NEXT")
    assert came.kinds == ["not-built"]
    assert came.events == []


@pytest.mark.parametrize("status", list(BEFORE))
def test_every_answer_lists_only_verbs_that_work(status: str) -> None:
    """What an answer offers, its reader may do: the same verb gives neither refusal nor a wrong status."""
    for name in ROLES.values():
        offered = office(status).says(name, "HELP MI-1").one("help").content.forms
        for verb in offered:
            came = office(status).says(name, WORDS.get(verb.value, verb.value))
            assert not {"not-allowed", "not-in-charge", "wrong-status", "already-decided"} & set(came.kinds), (
                name,
                verb,
            )


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


@pytest.mark.parametrize(
    ("verb", "words"),
    [pytest.param(verb, words, id=verb) for verb, words in WORDS.items() if verb not in ("STATUS", "HELP")],
)
def test_without_evidence_nothing_is_done_and_the_other_channel_asks(verb: str, words: str) -> None:
    there = office("rejected" if verb == "REOPEN" else "accepted" if verb != "ACCEPT" else "proposed")
    who = "Lotte" if verb == "WITHDRAW" else "James" if verb in ("TAKE", "REOPEN") else "An"
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


@pytest.mark.parametrize(
    ("words", "minutes_", "audiences"),
    [
        pytest.param("EVERY 20m", 20, {"stakeholders", "management"}, id="all audiences"),
        pytest.param("EVERY MI-1 2h stakeholders", 120, {"stakeholders"}, id="one audience"),
        pytest.param("EVERY 45 minutes Management", 45, {"management"}, id="in words, in any case"),
        pytest.param("EVERY 1 hour", 60, {"stakeholders", "management"}, id="one hour"),
        pytest.param("EVERY 1 uur", 60, {"stakeholders", "management"}, id="in Dutch"),
    ],
)
def test_every(words: str, minutes_: int, audiences: set[str]) -> None:
    there = office("accepted")
    assert there.says("An", words).kinds == ["done-every"]
    assert dict(there.incident.intervals) == dict.fromkeys(audiences, minutes(minutes_))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("EVERY", id="nothing"),
        pytest.param("EVERY 1m", id="too short"),
        pytest.param("EVERY 3 days", id="too long"),
        pytest.param("EVERY 20m nobody", id="no such audience"),
        pytest.param("EVERY now and then", id="no interval"),
        pytest.param("EVERY 9999h", id="absurd"),
    ],
)
def test_an_interval_that_cannot_be(words: str) -> None:
    there = office("accepted")
    came = there.says("An", words)
    assert came.kinds == ["bad-interval"]
    assert came.one("bad-interval").content.people == ("stakeholders", "management")
    assert there.incident.intervals == {}


@pytest.mark.parametrize("words", ["UPDATE", "UPDATE MI-1", "NOTE"])
def test_words_that_are_missing(words: str) -> None:
    assert office("accepted").says("An", words).kinds == ["no-words"]


def test_words_in_doubt_are_shown_and_confirmed_by_the_verb_alone() -> None:
    there = office("accepted")
    came = there.says("An", "UPDATE Half is back. MGMT: 40 k", sure=False)
    assert came.kinds == ["confirm-words"]
    shown = came.one("confirm-words").content
    assert (shown.words, shown.management) == ("Half is back.", "40 k")
    confirmed = there.says("An", "UPDATE")
    assert confirmed.kinds == ["update", "done-update"]
    assert {n.content.words for n in confirmed.of("update")} == {"Half is back."}
    assert there.says("An", "UPDATE").kinds == ["no-words"]


def test_words_that_were_shown_and_sent_again_otherwise_are_gone() -> None:
    there = office("accepted")
    there.says("An", "UPDATE Wrong", sure=False)
    there.says("An", "UPDATE Right")
    assert there.says("An", "UPDATE").kinds == ["no-words"]


def test_words_shown_to_one_are_not_confirmed_by_another() -> None:
    there = office("accepted")
    there.says("An", "UPDATE Half is back.", sure=False)
    there.now += minutes(61)
    there.says("James", "TAKE")
    there.passes(minutes(6))
    assert there.incident.manager == there.who("James")
    assert there.says("James", "UPDATE").kinds == ["no-words"]


def test_words_shown_before_the_incident_changed_hands_are_gone() -> None:
    there = office("accepted")
    there.says("An", "UPDATE Half is back.", sure=False)
    there.now += minutes(1)
    there.says("An", "RESOLVE")
    there.now += minutes(1)
    there.says("An", "REOPEN")
    assert there.says("An", "UPDATE").kinds == ["no-words"]


def test_accept_with_words_in_doubt_accepts_and_shows_the_words() -> None:
    there = office("proposed")
    came = there.says("An", "ACCEPT MI-1 We are on it.", sure=False)
    assert {"done-accept", "confirm-words"} <= set(came.kinds)
    assert {n.content.words for n in came.of("initial")} == {""}
    assert {n.content.words for n in there.says("An", "UPDATE").of("update")} == {"We are on it."}


def test_resolve_with_words_in_doubt_is_confirmed_first() -> None:
    there = office("accepted")
    assert there.says("An", "RESOLVE All is back.", sure=False).kinds == ["confirm-words"]
    assert there.incident.status == "accepted"
    came = there.says("An", "RESOLVE")
    assert {n.content.words for n in came.of("all-clear")} == {"All is back."}


def test_after_three_puzzled_answers_help_and_every_command_still_have_theirs() -> None:
    there = office("proposed")
    assert [there.says("An", f"what now {number}").kinds for number in range(4)] == [["not-understood"]] * 3 + [[]]
    assert there.says("An", "HELP").kinds == ["help"]
    assert there.says("An", "ACCEPT MI-9").kinds == ["no-such-incident"]
    assert "done-accept" in there.says("An", "ACCEPT").kinds
    assert there.says("An", "UPDATE").kinds == ["no-words"]
