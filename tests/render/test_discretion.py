"""A confidential notice says its number, who, when, where to meet, what to answer; nothing of what it is about."""

from dataclasses import replace

import pytest

from config.types import Detail
from daemon.core.content import Content, Crew, Line, Meeting
from daemon.core.kinds import Kind
from daemon.core.model import Status
from daemon.core.notices import Notice
from daemon.render.examples import PUBLIC, full
from parsers.types import Verb
from tests.render.test_kinds import body, parsed
from tests.render.world import LANGUAGES, WEBHOOK, call, mail, reader, text

SECRET = "Zanzibar"
ROLES = [kind for kind in Kind if full(kind).incident]
TELLING = ("title", "summary", "details", "impact", "proposed_impact", "words", "management", "reason", "discipline")
LOUD = dict.fromkeys(TELLING, SECRET)


def content(kind: Kind) -> Content:
    """Everything of the example, with the secret wherever words about the incident may stand."""
    kept = full(kind).content
    crews = tuple(Crew(SECRET, crew.joined, crew.asked, crew.missing, crew.exhausted) for crew in kept.crews)
    lines = (Line("MI-6", Status.ACCEPTED, SECRET),)
    return replace(kept, **LOUD, crews=crews, lines=lines)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROLES)
def test_no_word_of_its_content_goes_out(kind: Kind, language: str) -> None:
    for detail in Detail if kind in PUBLIC else (Detail.MANAGEMENT,):
        notice = replace(full(kind), content=content(kind), detail=detail, confidential=True)
        who = reader(language=language)
        raw = parsed(mail(notice, who).raw)
        said = "".join((str(raw), body(raw, "plain"), body(raw, "html"), text(notice, who), call(notice, who).body))
        assert SECRET not in said


@pytest.mark.parametrize("kind", [Kind.DECISION_SERVICE, Kind.DONE_SERVICE])
def test_the_affected_services_are_not_named(kind: Kind) -> None:
    notice = replace(full(kind), content=replace(full(kind).content, name=SECRET), confidential=True)
    assert SECRET not in text(notice)


def test_a_name_that_could_tell_what_it_is_about_is_not_offered() -> None:
    loud = replace(full(Kind.NO_SUCH_NAME).content, verb=Verb.SERVICE, name=SECRET, people=(SECRET,))
    assert SECRET not in text(replace(full(Kind.NO_SUCH_NAME), content=loud, confidential=True))
    people = replace(loud, verb=Verb.HANDOVER, name="An", people=("An Claes",))
    assert "An Claes" in text(replace(full(Kind.NO_SUCH_NAME), content=people, confidential=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.INITIAL, Kind.BRIDGE, Kind.DONE_JOIN, Kind.REMINDER])
def test_where_to_meet_is_said(kind: Kind, language: str) -> None:
    meeting = Meeting("Conference", "https://meet.acme.example/major", "+3220000000", "1234")
    notice = replace(full(kind), content=replace(full(kind).content, meeting=meeting), confidential=True)
    for said in (text(notice, reader(language=language)), body(parsed(mail(notice).raw), "plain")):
        assert "https://meet.acme.example/major" in said
        assert "+3220000000 PIN 1234" in said


def test_a_page_is_answered_by_key_all_the_same() -> None:
    asked = call(replace(full(Kind.PAGE), confidential=True), twilio=WEBHOOK)
    assert asked.keys == (("1", "JOIN MI-7"), ("2", "DECLINE MI-7"))
    assert "confidential" in asked.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_not_said_that_words_go_out_which_do_not(language: str) -> None:
    real, quiet = full(Kind.DONE_UPDATE), replace(full(Kind.DONE_UPDATE), confidential=True)
    who = reader(language=language)
    goes_out = text(real, who).partition(". ")[0].removeprefix("MI-7: ")
    assert goes_out not in text(quiet, who)
    assert goes_out.split()[-1] not in body(parsed(mail(quiet, who).raw), "plain")


PROMISES = {
    Kind.DECISION_REQUEST: (
        "goes to everyone", "gaat naar iedereen", "part à tout le monde", "geht an alle", "va a todos",
    ),
    Kind.DONE_ACCEPT: ("tell everyone", "zeg dan aan iedereen", "dites à tous", "sagen Sie allen", "diga a todos"),
    Kind.REMINDER: ("Write what is known", "Schrijf wat", "Dites ce que", "Schreiben Sie", "Escriba lo que"),
    Kind.DECISION_RESOLVED: (
        "Everyone who heard of it", "Wie ervan hoorde", "Tous ceux qui en ont entendu", "Alle, die davon wussten",
        "todos los que lo supieron",
    ),
    Kind.DONE_RESOLVE: (
        "the all-clear is going out", "iedereen krijgt dat", "tous en sont avertis", "alle erfahren es",
        "se avisa a todos",
    ),
}  # fmt: skip
"""In the order of LANGUAGES: what is said where words go out, and everybody hears of it."""


@pytest.mark.parametrize(("language", "at"), [pytest.param(name, at, id=name) for at, name in enumerate(LANGUAGES)])
@pytest.mark.parametrize("kind", PROMISES)
def test_nor_is_it_promised_to_who_writes_them(kind: Kind, language: str, at: int) -> None:
    who = reader(language=language)
    real, quiet = (body(parsed(mail(notice, who).raw), "plain") for notice in (full(kind), _confidential(kind)))
    assert PROMISES[kind][at] in real
    assert PROMISES[kind][at] not in quiet
    assert "all-clear is going out" not in text(_confidential(kind), who)


def _confidential(kind: Kind) -> Notice:
    return replace(full(kind), confidential=True)
