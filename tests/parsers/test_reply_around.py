"""The words of the person are found between what programs write around them, by client, language and place."""

import pytest

from parsers.command import parse_command
from parsers.email import parse_email
from tests.parsers.mails.around import ATTRIBUTIONS, HEADS, ONLY_ABOVE_MARKS, PROGRAMS
from tests.parsers.mails.clients import mail
from tests.parsers.mails.html_bodies import HTML, OTHER_WORDS
from tests.parsers.mails.replies import BELOW, PLACES, WORDS, WORDS_ONLY

MARKED = "> old words\n> TAKE MI-7\n"
BARE = "old words\nTAKE MI-7\n"
QUOTED = f"On Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n{MARKED}"


def lines(text: str) -> list[str]:
    return [line.strip().lstrip("*• ") for line in text.split("\n") if line.strip()]


def holds(body: str, words: str = WORDS, kind: str = "text/plain") -> None:
    inbound = parse_email(mail((kind, body)))
    assert lines(inbound.visible_text) == lines(words)
    assert inbound.deciding_line == words.partition("\n")[0]
    assert inbound.sure
    assert parse_command(inbound).verb is None


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_above_an_attribution(name: str) -> None:
    line = ATTRIBUTIONS[name]
    holds(f"{WORDS}\n\n{line}\n\n{MARKED}")
    holds(f"{WORDS}\n{line}\n{MARKED}")
    holds(f"{WORDS}\n\n{line}\n\n\n{MARKED}\n\n\n")
    if name not in ONLY_ABOVE_MARKS:
        holds(f"{WORDS}\n\n{line}\n\n{BARE}")


@pytest.mark.parametrize("name", sorted(ONLY_ABOVE_MARKS))
def test_a_weak_attribution_above_bare_lines_ends_what_may_be_sent_on(name: str) -> None:
    inbound = parse_email(mail(("text/plain", f"{WORDS}\n\n{ATTRIBUTIONS[name]}\n\n{BARE}")))
    assert inbound.public_text == WORDS
    assert not inbound.public_sure


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_above_copied_headers(head: str) -> None:
    holds(f"{WORDS}\n\n{head}\n\n{BARE}")
    holds(f"{WORDS}\n\nThanks,\nAnn\n\n{head}\n\n{BARE}", f"{WORDS}\nThanks,\nAnn")


@pytest.mark.parametrize("line", PROGRAMS)
def test_a_program_s_line_is_not_the_person_s(line: str) -> None:
    holds(f"{WORDS}\n\n{line}\n")
    holds(f"{WORDS}\n\n{line}\n\n{QUOTED}")


@pytest.mark.parametrize("words", WORDS_ONLY)
def test_words_that_look_like_a_program_s_are_kept(words: str) -> None:
    inbound = parse_email(mail(("text/plain", words)))
    assert inbound.visible_text == words.strip()
    assert inbound.deciding_line == words.partition("\n")[0].strip()


@pytest.mark.parametrize("below", BELOW)
def test_what_is_added_below_is_left_out(below: str) -> None:
    holds(f"{WORDS}\n\n{below}\n")


@pytest.mark.parametrize(("text", "words"), PLACES.values(), ids=PLACES.keys())
def test_where_the_words_stand(text: str, words: str) -> None:
    holds(text, words)


@pytest.mark.parametrize("body", HTML.values(), ids=HTML.keys())
def test_html(body: str) -> None:
    holds(body, kind="text/html")


@pytest.mark.parametrize(("body", "words"), OTHER_WORDS.values(), ids=OTHER_WORDS.keys())
def test_html_with_other_words(body: str, words: str) -> None:
    holds(body, words, kind="text/html")
