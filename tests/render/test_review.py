"""The review in words: days in full, questions to answer between, actions whose owner and day show, nothing secret."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from daemon.core.content import Agreed, Lacks
from daemon.core.kinds import Kind
from daemon.render.catalog import load_verbs, ours
from daemon.render.checking import check_templates
from daemon.render.examples import full
from daemon.render.times import locale_of, written
from parsers.actions import parse_actions
from parsers.segments import segments
from parsers.types import Verb
from tests.render.test_kinds import body, parsed
from tests.render.world import LANGUAGES, NOWHERE, mail, reader, renderer, saying, text

OF_REVIEW = [kind for kind in Kind if kind.startswith(("review-", "action-"))]
AGAIN = (Kind.REVIEW_INVITED, Kind.REVIEW_QUESTIONS)
ACTION = Agreed(3, "Ann Maes", "Replace the switch", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Tuesday 1 December 2026", "Wednesday 2 December 2026"),
        ("nl", "dinsdag 1 december 2026", "woensdag 2 december 2026"),
        ("fr", "mardi 1er décembre 2026", "mercredi 2 décembre 2026"),
        ("de", "Dienstag, 1. Dezember 2026", "Mittwoch, 2. Dezember 2026"),
        ("es", "martes, 1 de diciembre de 2026", "miércoles, 2 de diciembre de 2026"),
    ],
)
def test_a_day_has_its_weekday_and_year(language: str, first: str, second: str) -> None:
    locale = locale_of(language)
    assert (written(date(2026, 12, 1), locale), written(date(2026, 12, 2), locale)) == (first, second)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.ACTION_AGREED, Kind.ACTION_REMINDER, Kind.DONE_ACTION, Kind.NO_SUCH_ACTION])
def test_an_action_has_its_number_what_and_the_day_in_full(kind: Kind, language: str) -> None:
    who = reader(language=language)
    notice = saying(kind, actions=(ACTION,), people=(), reason="")
    for said in (text(notice, who), renderer().words(notice, who).body):
        assert f"3. {'' if kind.startswith('action-') else 'Ann Maes: '}Replace the switch, " in said
        assert written(ACTION.due, locale_of(language)) in said


@pytest.mark.parametrize(
    ("actions", "form"),
    [
        pytest.param((ACTION,), "DONE MI-7 3", id="the only one"),
        pytest.param((replace(ACTION, number=2, done=True), ACTION), "DONE MI-7 3", id="the only open one"),
        pytest.param((replace(ACTION, number=2), ACTION), "DONE MI-7 number", id="two"),
    ],
)
def test_the_verb_is_shown_with_the_number_where_one_can_be_meant(actions: tuple[Agreed, ...], form: str) -> None:
    notice = saying(Kind.ACTION_REMINDER, actions=actions, forms=(Verb.DONE,))
    assert text(notice).endswith(f"Reply {form}.")
    assert f"- {form}\n" in renderer().words(notice, reader()).footer


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_actions_fit_a_text_and_all_stand_in_the_mail(language: str) -> None:
    what = "Write down who may restart the mail server, and where that is written down. " * 2
    many = tuple(Agreed(number, "Ann Maes", what, date(2026, 12, number)) for number in range(1, 8))
    notice, who = saying(Kind.ACTION_REMINDER, actions=many), reader(language=language)
    assert segments(text(notice, who)).segments <= 3
    assert "DONE MI-7" in text(notice, who)
    html = body(parsed(mail(notice, who).raw), "html")
    assert [f"<li>{number}. Write down" in html for number in range(1, 8)] == [True] * 7
    assert html.count("list-style:none") == 1, "no dot stands before a number; one stands before each verb"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_numbered_with_room_between(language: str) -> None:
    questions = ours(language).questions()
    assert len(questions) == 6
    for kind in (Kind.REVIEW_QUESTIONS, Kind.REVIEW_REMINDER):
        said = renderer().words(full(kind), reader(language=language)).body
        assert "\n\n".join(f"{n}. {question}" for n, question in enumerate(questions, 1)) in said
        assert "ACTION" not in " ".join(questions)
        assert "ACTION" in said


def test_the_organization_s_own_questions_take_their_place(tmp_path: Path) -> None:
    own = renderer().words(saying(Kind.REVIEW_QUESTIONS, questions=("Who was missing?",)), reader()).body
    assert "1. Who was missing?" in own
    assert "2. " not in own
    (tmp_path / "en.toml").write_text('[phrases]\nreview_questions = "Why?\\nAnd then?"\n', encoding="utf-8")
    assert check_templates(tmp_path) == ()
    said = renderer(templates=tmp_path).words(full(Kind.REVIEW_QUESTIONS), reader()).body
    assert "1. Why?\n\n2. And then?\n\n" in said


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("", "14:00 on Friday 20 March 2026 (Brussels time)"),
        ("Asia/Tokyo", "22:00 on Friday 20 March 2026 (Tokyo time)"),
        ("Pacific/Auckland", "02:00 on Saturday 21 March 2026 (Auckland time)"),
    ],
)
def test_people_meet_by_the_reader_s_clock(zone: str, when: str) -> None:
    for kind in (Kind.REVIEW_INVITED, Kind.REVIEW_MOVED, Kind.REVIEW_OFF):
        assert when in text(full(kind), reader(timezone=zone))
        assert when in renderer().words(full(kind), reader(timezone=zone)).body


def test_a_moment_s_day_is_that_of_the_reader() -> None:
    late = saying(Kind.REVIEW_REMINDER, due=datetime(2026, 3, 20, 23, 30, tzinfo=UTC))
    assert "it ends on Saturday 21 March 2026" in renderer().words(late, reader()).body


def test_a_review_is_a_thread_of_its_own() -> None:
    assert {str(parsed(mail(full(kind)).raw)["Subject"]) for kind in OF_REVIEW} == {
        "[MI-7] Review: Nobody in Ghent can send mail"
    }
    assert str(parsed(mail(full(Kind.ALL_CLEAR)).raw)["Subject"]) == "[MI-7] Nobody in Ghent can send mail"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lacks", Lacks)
def test_each_thing_that_a_line_lacks_is_said_in_other_words(lacks: Lacks, language: str) -> None:
    others = {text(saying(Kind.NO_ACTION, reason=other.value), reader(language=language)) for other in Lacks}
    said = text(saying(Kind.NO_ACTION, reason=lacks.value), reader(language=language))
    assert len(others) == len(Lacks)
    assert "ACTION An: a better plan by Friday" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_confidential_one_neither_actions_nor_lines_are_repeated(language: str) -> None:
    who, secret = reader(language=language), "Zanzibar"
    loud = (replace(ACTION, what=secret),)
    for kind in (*OF_REVIEW, Kind.DONE_ACTION, Kind.NO_ACTION, Kind.DONE_DONE, Kind.DONE_REVIEWED, Kind.DONE_ANSWER):
        line = (f"ACTION Ann: {secret}",) if kind in (Kind.DONE_ACTION, Kind.NO_ACTION) else ()
        notice = replace(saying(kind, actions=loud, people=line, words=secret), confidential=True)
        said = mail(notice, who).raw.decode() + renderer().words(notice, who).body + text(notice, who)
        assert secret not in said
    lacking = replace(saying(Kind.NO_ACTION, people=(secret,)), confidential=True)
    assert "Ann Maes" in text(lacking, who), "what is wrong with the line is said all the same"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_for_another_time_says_when(language: str) -> None:
    wish = saying(Kind.REPLY, meet=full(Kind.REVIEW_MOVED).content.meet, words="I am away on Friday")
    for said in (text(wish, reader(language=language)), renderer().words(wish, reader(language=language)).body):
        assert "14:00" in said
        assert "I am away on Friday" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_an_action_is_understood_and_the_pattern_is_none(language: str) -> None:
    verbs = load_verbs(NOWHERE, [language])
    shown = text(saying(Kind.NO_ACTION, people=()), reader(language=language)).split(": ACTION ")
    example = f"ACTION {shown[1].partition('. ')[0]}"
    ((read, *rest), _) = parse_actions(example, date(2026, 3, 17), verbs)
    assert rest == []
    assert read.name.removeprefix("MI-7").strip() == "Ann Maes"
    assert read.what
    assert read.due == date(2026, 3, 20), "the Friday after that Tuesday"
    asked = renderer().words(full(Kind.REVIEW_QUESTIONS), reader(language=language)).body
    pattern = f"ACTION {asked.partition('ACTION ')[2].splitlines()[0]}"
    assert [line for line in parse_actions(pattern, date(2026, 3, 17), verbs)[0] if line.due] == []


def test_invited_and_asked_again_after_a_reopening() -> None:
    invited, asked = (renderer().words(saying(kind, again=True), reader()).body for kind in AGAIN)
    assert invited.startswith("Again: this invitation counts")
    assert asked.startswith("Again: what you have answered before is kept.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.REVIEW_INVITED, Kind.REVIEW_MOVED])
def test_where_to_meet_is_said_or_whom_to_ask(kind: Kind, language: str) -> None:
    who = reader(language=language)
    there, nowhere = (renderer().words(saying(kind, meeting=m), who).body for m in (full(kind).content.meeting, None))
    assert "- https://meet.acme.example/major" in there
    (asked,) = (row for row in nowhere.splitlines() if row not in there.splitlines())
    assert asked.endswith(" Sofie Peeters.")
