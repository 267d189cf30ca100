"""Nobody can take an exercise for the real thing: its first word says what it is, whatever the channel and language."""

from dataclasses import replace
from pathlib import Path

import pytest

from channels.types import Post
from config.types import Detail
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.examples import PUBLIC, full
from daemon.render.fitting import SEGMENTS, SEGMENTS_OF_OTHERS
from daemon.render.renderer import Renderer
from parsers.segments import segments
from tests.render.test_kinds import body, parsed
from tests.render.world import LANGUAGES, WEBHOOK, call, configuration, mail, reader, renderer, text, token

WORD = {"en": "EXERCISE", "nl": "OEFENING", "fr": "EXERCICE", "de": "ÜBUNG", "es": "SIMULACRO"}
OURS = [kind for kind in Kind if full(kind).incident]


def drill(kind: Kind) -> Notice:
    return replace(full(kind), incident="DR-1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", OURS)
def test_every_message_of_an_exercise_begins_with_the_word(kind: Kind, language: str) -> None:
    notice, who, word = drill(kind), reader(language=language), WORD[language]
    message = parsed(mail(notice, who).raw)
    sms = text(notice, who)
    assert str(message["Subject"]).startswith(f"{word} [DR-1] ")
    assert body(message, "plain").startswith(f"{word} · ")
    page = body(message, "html")
    assert page.index(word, page.index("<body")) < page.index("Acme Retail", page.index("<body"))
    assert sms.startswith(f"{word} DR-1: ")
    assert call(notice, who).body.upper().startswith(word)
    post = renderer().render(notice, who, "ntfy", "sofie")
    assert isinstance(post, Post)
    assert post.title.startswith(word)
    assert segments(sms).segments <= SEGMENTS.get(kind, SEGMENTS_OF_OTHERS)


@pytest.mark.parametrize("kind", OURS)
def test_its_verbs_carry_its_number(kind: Kind) -> None:
    notice = drill(kind)
    assert "MI-7" not in text(notice) + body(parsed(mail(notice).raw), "plain")
    keys = call(notice, twilio=WEBHOOK).keys
    assert [words.split()[1] for _, words in keys] == ["DR-1"] * len(keys)


@pytest.mark.parametrize("kind", sorted(PUBLIC))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_reads_the_word_too(kind: Kind, language: str) -> None:
    notice = replace(full(kind, Detail.PUBLIC), incident="DR-1")
    assert text(notice, reader(language=language)).startswith(WORD[language])


@pytest.mark.parametrize("left_out", ["", "  ", "{% if count == -1 %}x{% endif %}", "{{ nothing }}"])
def test_an_organization_can_word_the_mark_and_not_leave_it_out(tmp_path: Path, left_out: str) -> None:
    phrases = "".join(f"{name} = '{left_out}'\n" for name in ("exercise", "exercise_text", "exercise_voice"))
    (tmp_path / "en.toml").write_text(f"[phrases]\n{phrases}", encoding="utf-8")
    notice = drill(Kind.PAGE)
    assert text(notice, templates=tmp_path).startswith("EXERCISE DR-1: ")
    assert call(notice, templates=tmp_path).body.upper().startswith("EXERCISE")
    assert body(parsed(mail(notice, templates=tmp_path).raw), "plain").startswith("EXERCISE")
    (tmp_path / "nl.toml").write_text("[phrases]\nexercise = 'PROEF'\n", encoding="utf-8")
    assert Renderer(configuration(templates=tmp_path), token).words(notice, reader(language="nl")).mark == "PROEF"


def test_a_roll_call_does_not_look_like_an_incident() -> None:
    subjects = {str(parsed(mail(drill(Kind.ROLL_CALL), reader(language=one)).raw)["Subject"]) for one in LANGUAGES}
    assert "EXERCISE [DR-1] Can we reach you?" in subjects
    assert len(subjects) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_real_never_has_the_word(language: str) -> None:
    told = {Kind.DRILL_OVER, Kind.DRILL_REPLY, Kind.ROLL_CALL}
    for kind in OURS:
        if kind not in told:
            notice = full(kind)
            assert WORD[language] not in text(notice, reader(language=language)), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exercise_that_something_real_ended_does_not_say_that_nothing_failed(language: str) -> None:
    said = body(parsed(mail(full(Kind.DRILL_OVER), reader(language=language)).raw), "plain")
    usual = body(parsed(mail(drill(Kind.PAGE), reader(language=language)).raw), "plain")
    sentence = [row for row in usual.splitlines() if row][1]
    assert sentence not in said
