"""The words that a person wrote are found, and nothing else, in the replies of each client in each language."""

from collections.abc import Callable

import pytest

from parsers.email import parse_email
from tests.parsers.mails.clients import CLIENTS, Body, mail
from tests.parsers.mails.languages import LANGUAGES, Language

CASES = [
    pytest.param(client, language, id=f"{client.__name__}-{language.code}")
    for client in CLIENTS
    for language in LANGUAGES
]


def squeezed(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(("client", "language"), CASES)
def test_the_words_of_the_person_are_found_exactly(client: Callable[[Language], Body], language: Language) -> None:
    inbound = parse_email(mail(client(language)))
    assert squeezed(inbound.visible_text) == squeezed(language.words)
    assert inbound.deciding_line == language.words.split("\n")[0]
    assert inbound.sure
    assert inbound.automatic is None
    assert inbound.visible_text.startswith(inbound.public_text)
    assert inbound.faults == ()
