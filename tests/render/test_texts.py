"""Text messages, calls and named channels: few parts, the number first, the verbs last."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.types import Call, Post, Text
from config.types import Detail, OnSilence
from daemon.core.content import Meeting
from daemon.core.kinds import Kind
from daemon.render.examples import full
from daemon.render.fitting import SEGMENTS
from parsers.segments import Encoding, segments
from tests.render.world import LANGUAGES, POLLED, WEBHOOK, call, reader, renderer, saying, text

LONG = "The supplier is replacing the controller of the second storage shelf. " * 20


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (Kind.DECISION_REQUEST, ("MI-7: Tom Claes", "Reply ACCEPT MI-7, REJECT MI-7 reason or STATUS MI-7.")),
        (Kind.UPDATE, ("MI-7: The supplier", "Next update by 14:35 (Brussels time).")),
        (Kind.ALL_CLEAR, ("MI-7: Resolved: ", "This is the last message about it.")),
        (Kind.DECISION_REJECTED, ("MI-7: Sofie Peeters rejected", "Reply ACCEPT MI-7 or STATUS MI-7.")),
        (Kind.CONFIRM_WORDS, ("MI-7: Not sent yet.", "Reply UPDATE MI-7 words.")),
    ],
)
def test_long_words_are_shortened_and_nothing_else(kind: Kind, kept: tuple[str, str]) -> None:
    said = text(saying(kind, words=LONG, summary=LONG, management=LONG, proposed_impact=LONG, impact=LONG, title=LONG))
    beginning, end = kept
    assert said.startswith(beginning)
    assert said.endswith(end)
    assert "..." in said
    assert "...." not in said
    counted = segments(said)
    assert counted.segments == SEGMENTS.get(kind, 2)
    assert counted.encoding is Encoding.GSM


def test_words_that_fit_are_whole() -> None:
    words = "x" * 250
    assert words in text(replace(saying(Kind.UPDATE, words=words, management="", manager=""), detail=Detail.PUBLIC))


@settings(max_examples=150, deadline=None)
@given(words=st.text(max_size=1500), title=st.text(max_size=300))
def test_any_words_fit(words: str, title: str) -> None:
    said = text(replace(saying(Kind.UPDATE, words=words, title=title), detail=Detail.PUBLIC))
    assert segments(said).segments <= SEGMENTS[Kind.UPDATE]
    assert said.startswith("MI-7: ")
    assert said.endswith("Next update by 14:35 (Brussels time).")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("words", "shown", "encoding"),
    [
        pytest.param("“Quoted” – it’s back…", '"Quoted" - it\'s back...', Encoding.GSM, id="typographic signs"),
        pytest.param(
            "Le réseau est rétabli dès midi", "Le réseau est rétabli dès midi", Encoding.GSM, id="GSM has é, è"
        ),
        pytest.param(
            "Le système même, sans délai, être, fenêtre, hôtel", "Le système meme", Encoding.GSM, id="GSM lacks ê"
        ),
        pytest.param("Сеть снова работает", "Сеть снова работает", Encoding.UCS2, id="another script stays"),
    ],
)
def test_signs_that_cost_more_parts_are_made_plainer(words: str, shown: str, encoding: Encoding) -> None:
    said = text(saying(Kind.UPDATE, words=words))
    assert shown in said
    assert segments(said).encoding is encoding


def test_accents_stay_where_they_cost_nothing() -> None:
    assert "être" in text(saying(Kind.DECISION_RESOLVED, words="Peut-être", forms=(), actor="Zoë"))


@pytest.mark.parametrize(
    ("kind", "language", "begins"),
    [
        (Kind.DECISION_REQUEST, "en", "MI-7: again: Tom Claes proposes"),
        (Kind.DECISION_REQUEST, "nl", "MI-7: opnieuw: Tom Claes stelt"),
        (Kind.UPDATE, "de", "MI-7: erneut: Email and calendar: We have"),
    ],
)
def test_a_repetition_says_so_first(kind: Kind, language: str, begins: str) -> None:
    assert text(saying(kind, again=True), reader(language=language)).startswith(begins)


@pytest.mark.parametrize("kind", [Kind.DECISION_REQUEST, Kind.UPDATE, Kind.STATUS])
def test_a_confidential_text_has_no_content(kind: Kind) -> None:
    said = text(replace(full(kind), confidential=True))
    secrets = ("Ghent", "standstill", "second server", "40 orders", "Email and calendar")
    assert [secret for secret in secrets if secret in said] == []
    assert said.startswith("MI-7: ")


def test_a_held_proposal_says_why() -> None:
    assert "make sure it is real" in text(saying(Kind.DECISION_REQUEST, hold="unknown"))
    assert "came in late" in text(saying(Kind.DECISION_REQUEST, hold="late", summary=LONG))


def test_many_names_become_a_few_and_a_number() -> None:
    said = text(saying(Kind.UNREACHED, people=tuple(f"Person {n}" for n in range(30))))
    assert "Person 0, Person 1, Person 2 and 27 more" in said


@pytest.mark.parametrize(
    ("on_silence", "confidential", "said"),
    [
        (OnSilence.HOLDING, False, "A holding update went out instead"),
        (OnSilence.REMIND, False, "Nothing was sent"),
        (OnSilence.HOLDING, True, "A holding update went out instead"),
    ],
)
def test_a_missed_update_says_what_went_out(on_silence: OnSilence, confidential: bool, said: str) -> None:
    assert said in text(replace(full(Kind.MISSED), confidential=confidential), on_silence=on_silence)


def test_a_decision_can_be_made_by_key() -> None:
    asked = call(full(Kind.DECISION_REQUEST), reader(language="fr"), twilio=WEBHOOK)
    assert asked.language == "fr"
    assert asked.keys == (("1", "ACCEPT MI-7"), ("2", "REJECT MI-7"))
    assert "Appuyez sur 1" in asked.body


def test_a_call_without_words_of_its_own_speaks_the_text_without_verbs() -> None:
    heard = call(full(Kind.REMINDER))
    assert heard.keys == ()
    assert heard.body.startswith("MI-7: Your update is due")
    assert "UPDATE MI-7" not in heard.body


@pytest.mark.parametrize(("channel", "kind"), [("sms", Text), ("gsm", Text), ("voice", Call), ("ntfy", Post)])
def test_each_channel_gets_its_own_message(channel: str, kind: type) -> None:
    message = renderer().render(full(Kind.UPDATE), reader(), channel, "+32470000001")
    assert isinstance(message, kind)
    assert message.recipient == ("sofie@acme.example" if kind is Post else "+32470000001")


def test_a_named_channel_gets_the_words_of_the_mail() -> None:
    message = renderer().render(full(Kind.DECISION_REQUEST), reader(), "ntfy", "sofie")
    assert isinstance(message, Post)
    assert message.title == "[MI-7] Nobody in Ghent can send mail · proposed"
    assert message.body.startswith("Tom Claes proposes")
    assert "\n- ACCEPT MI-7\n" in message.body


def test_while_the_disk_is_down_those_with_a_part_in_it_know() -> None:
    assert "Held in memory only" in text(saying(Kind.DONE_ACCEPT, unsaved=True))
    assert "memory" not in text(saying(Kind.DONE_ACCEPT, unsaved=False))
    assert "memory" not in text(saying(Kind.UPDATE, unsaved=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_answered_by_key_where_keys_are_heard_and_else_by_text(language: str) -> None:
    who = reader(language=language)
    heard, polled = (call(full(Kind.PAGE), who, twilio=way) for way in (WEBHOOK, POLLED))
    assert heard.keys == (("1", "JOIN MI-7"), ("2", "DECLINE MI-7"))
    assert "1" in heard.body
    assert "JOIN" not in heard.body
    assert polled.keys == ()
    assert "+ 3 2 4 6 0 0 0 0 0 0 0" in polled.body
    assert "JOIN 7" in polled.body
    nowhere = call(full(Kind.PAGE), who)
    assert nowhere.keys == ()
    assert "JOIN" not in nowhere.body


@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.REMINDER, Kind.DONE_JOIN, Kind.BRIDGE, Kind.PROPOSER_ACCEPTED])
def test_link_dial_in_and_pin_are_never_cut(kind: Kind) -> None:
    said = text(saying(kind, summary=LONG, title=LONG, words=LONG, reason=LONG, last_word=None))
    assert "https://meet.acme.example/major or +3220000000 PIN 1234" in said


def test_the_manager_s_own_words_stand_in_the_place_of_a_bridge() -> None:
    said = text(saying(Kind.PAGE, meeting=Meeting(words="Room 4, second floor")))
    assert "Bridge: Room 4, second floor." in said


def test_same_asks_for_the_number_of_the_other_and_new_for_its_own() -> None:
    assert text(full(Kind.SAME_REQUEST)).endswith("Reply SAME MI-6 or NEW MI-7.")


def test_who_was_asked_and_who_is_next() -> None:
    asked = saying(Kind.DECISION_REQUEST, next_people=("Tom Baker",))
    said = call(asked).body + renderer().words(asked, reader()).body
    assert "Asked: Ann Maes and Sofie Peeters" in said
    assert "Next, at 14:35 (Brussels time): Tom Baker" in said


def test_a_call_says_how_to_dial_in_and_no_link() -> None:
    for kind in (Kind.PAGE, Kind.REMINDER):
        heard = call(full(kind)).body
        assert "+ 3 2 2 0 0 0 0 0 0 0" in heard
        assert "https" not in heard


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_released_is_not_told_that_there_are_enough(language: str) -> None:
    who = reader(language=language)
    enough, released = (text(saying(Kind.PAGE_OVER, reason=why), who) for why in ("enough have joined", "released"))
    assert len(released) < len(enough)
    assert released.split(":")[1].strip(" .").split(".")[0] in enough


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_alone_tells_who_was_asked_where_the_next_are_others(language: str) -> None:
    who = reader(language=language)
    others = text(saying(Kind.DECISION_REQUEST, people=("An Peeters",), next_people=("Tom Baker",)), who)
    assert others.index("An Peeters") < others.index("Tom Baker")
    same = text(saying(Kind.DECISION_REQUEST, people=("An Peeters",), next_people=("An Peeters",)), who)
    assert same.count("An Peeters") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_same_people_are_asked_again_nobody_is_said_to_be_next(language: str) -> None:
    def said(following: tuple[str, ...]) -> tuple[str, str]:
        asked = saying(Kind.DECISION_REQUEST, people=("An Peeters", "Tom Baker"), next_people=following)
        who = reader(language=language)
        return renderer().words(asked, who).body.rsplit("\n", 1)[-1], text(asked, who)

    (others, others_text), (same, same_text), (some, _) = map(
        said, (("Claire Dubois",), ("An Peeters", "Tom Baker"), ("Tom Baker",))
    )
    first = re.split(r"[,:]", others)[0]
    assert first not in same
    assert first not in same_text
    assert first in others_text
    assert first not in some
    assert "An Peeters" not in same
    assert some.endswith("Tom Baker")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.DONE_SAME, Kind.DONE_REJECT])
def test_it_is_said_that_the_proposer_is_told_only_where_that_is_so(kind: Kind, language: str) -> None:
    who = reader(language=language)
    told, not_told = saying(kind, people=("Tom Claes",)), saying(kind, people=())
    assert len(text(not_told, who)) < len(text(told, who))
    assert len(renderer().words(not_told, who).body) < len(renderer().words(told, who).body)
