"""Every kind in every language, with everything to say and with nothing to say."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import product
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.types import Detail
from daemon.core.content import Content
from daemon.core.kinds import Kind
from daemon.core.model import Status
from daemon.core.notices import Notice
from daemon.render.catalog import PARTS, read
from daemon.render.examples import PUBLIC, full, minimal
from daemon.render.fitting import SEGMENTS, SEGMENTS_OF_OTHERS
from parsers.segments import Encoding, segments
from parsers.types import Verb
from tests.render.world import LANGUAGES, call, mail, reader, saying, text

Make = Callable[[Kind, Detail], Notice]
CASES = [
    pytest.param(language, kind, detail, make, id=f"{language}-{kind}-{detail}-{make.__name__}")
    for language, kind, make in product(LANGUAGES, Kind, (full, minimal))
    for detail in (Detail if kind in PUBLIC else (Detail.MANAGEMENT,))
]
LEFTOVER = re.compile(r"\bNone\b|\{[{%]|[%}]\}|  |\(\)|: \.|, \.|(?<!\.)\.\.(?!\.)| ,|\.\s\.")


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return cast(str, part.get_content())


@pytest.mark.parametrize(("language", "kind", "detail", "make"), CASES)
def test_every_kind_has_words(language: str, kind: Kind, detail: Detail, make: Make) -> None:
    notice, who = make(kind, detail), reader(language=language)
    message = parsed(mail(notice, who).raw)
    plain = body(message, "plain")
    sms = text(notice, who)
    for words in (plain, sms, str(message["Subject"]), call(notice, who).body):
        assert not LEFTOVER.search(words), words
        assert len(words) > 3
    assert f'lang="{language}"' in body(message, "html")
    assert segments(sms).segments <= SEGMENTS.get(kind, SEGMENTS_OF_OTHERS)
    if notice.incident == "MI-7":
        assert sms.startswith("MI-7: ")
        assert str(message["Subject"]).startswith("[MI-7] ")
    for verb in notice.content.forms:
        assert verb in sms
        assert (f"\n- {verb}" in plain) is (verb is not Verb.PROPOSE), "a reply is never a proposal"


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("kind", Kind)
def test_texts_need_the_gsm_alphabet_only(language: str, kind: Kind) -> None:
    for notice in (full(kind), minimal(kind)):
        assert segments(text(notice, reader(language=language))).encoding is Encoding.GSM


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_file_says_everything_that_english_says(language: str) -> None:
    table, english = (read(Path("daemon/render/templates") / f"{name}.toml")[0] for name in (language, "en"))
    assert set(table.templates) == set(english.templates)
    assert set(table.forms) == set(Verb)
    assert set(table.status) == set(Status)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_files_have_no_faults(language: str) -> None:
    table, faults = read(Path("daemon/render/templates") / f"{language}.toml")
    assert faults == []
    assert {f"{kind}.{part}" for kind in Kind for part in PARTS[1:3]} <= set(table.templates)


@pytest.mark.parametrize("kind", sorted(PUBLIC))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_reads_only_public_words(kind: Kind, language: str) -> None:
    notice = replace(full(kind), detail=Detail.PUBLIC)
    secrets = ("Ghent", "standstill", "40 orders", "Tom Claes", "Sofie", "Janssens", "Outlook")
    who = reader(language=language, name="", id="x@acme.example", emails=("x@acme.example",))
    said = mail(notice, who).raw.decode() + text(notice, who)
    assert [secret for secret in secrets if secret in said] == []


@pytest.mark.parametrize("kind", sorted(PUBLIC - {Kind.HOLDING}))
def test_management_reads_more(kind: Kind) -> None:
    said = body(parsed(mail(full(kind)).raw), "plain")
    for words in ("40 orders", "Nobody in Ghent", "standstill", "Sofie Peeters", "Luc Janssens"):
        assert words in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_update_is_promised_without_a_time(language: str) -> None:
    for kind in (Kind.INITIAL, Kind.UPDATE, Kind.HOLDING, Kind.ALL_CLEAR):
        notice = minimal(kind, Detail.PUBLIC)
        said = body(parsed(mail(notice, reader(language=language)).raw), "plain") + text(
            notice, reader(language=language)
        )
        assert not re.search(r"\d\d:\d\d", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_holding_update_says_when_the_last_word_came_and_when_the_next_is_due(language: str) -> None:
    notice, who = full(Kind.HOLDING, Detail.PUBLIC), reader(language=language)
    for said in (body(parsed(mail(notice, who).raw), "plain"), text(notice, who)):
        assert "13:35" in said
        assert "14:35" in said


EMPTY = {item.name: getattr(Content(), item.name) for item in fields(Content)}


@settings(max_examples=400, deadline=None)
@given(
    kind=st.sampled_from(Kind),
    language=st.sampled_from(LANGUAGES),
    detail=st.sampled_from(Detail),
    missing=st.sets(st.sampled_from(sorted(EMPTY))),
    status=st.sampled_from(Status),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_whatever_is_missing_the_words_read_well(
    kind: Kind, language: str, detail: Detail, missing: set[str], status: Status, flags: tuple[bool, bool, bool]
) -> None:
    again, unsaved, confidential = flags
    content = replace(full(kind).content, status=status, again=again, unsaved=unsaved)
    content = replace(content, **{name: EMPTY[name] for name in missing})
    notice = replace(full(kind), detail=detail, content=content, confidential=confidential)
    who = reader(language=language)
    message = parsed(mail(notice, who).raw)
    for words in (body(message, "plain"), text(notice, who), str(message["Subject"]), call(notice, who).body):
        assert not LEFTOVER.search(words), words


def test_one_who_is_in_charge_and_answers_take_stays_in_charge() -> None:
    assert "You are in charge, and stay so." in text(saying(Kind.ALREADY_DECIDED, verb=Verb.TAKE))
