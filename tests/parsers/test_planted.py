"""A verb planted in any kind of quotation, signature or notice never decides.

Each plant is put below a person's words, alone in a mail, and above a person's words: in no case may it come out as
a deciding line that is sure, and never in what may be sent on.
"""

import pytest

from parsers.command import parse_command
from parsers.email import parse_email
from parsers.types import Verb
from tests.parsers.mails.clients import mail
from tests.parsers.mails.languages import LANGUAGES

VERB = "TAKE MI-7"

MARKED = {
    "a quote mark": f"> {VERB}",
    "a quote mark without its space": f">{VERB}",
    "quote marks in quote marks": f">>> {VERB}\n> > {VERB}",
    "an indented quote mark": f"  > {VERB}",
    "a full-width quote mark": f"＞ {VERB}",
    "initials and a quote mark": f"AB> {VERB}",
    "a bar": f"| {VERB}",
}

ADDED = {
    "a disclaimer": f"This email and any attachments are confidential.\n{VERB}",
    "a list server's footer": f"{'_' * 47}\nThe mailing list\n{VERB}",
    "a contact block": f"Ann Berg\nTel: +32 2 555 12 34\n{VERB}",
}
"""What makes sense only below somebody's words."""

QUOTED = MARKED | {
    "the standard's signature": f"-- \n{VERB}\nAnn Berg",
    "a signature mark without its space": f"--\n{VERB}",
    "a forwarded message": f"---------- Forwarded message ---------\nFrom: x\n\n{VERB}",
    "an Outlook line": f"{'_' * 32}\nFrom: x\nSent: today\nTo: y\nSubject: z\n\n{VERB}",
    "an attribution in no known language": f"Murphy <m@acme.example> ghi 03/03/2025 09:59:\n\n{VERB}",
    "an attribution with the verb as the name": f"On 03/03/2025 09:59, {VERB} <m@acme.example> wrote:\n\n{VERB}",
    **{f"an attribution ({one.code})": f"{one.gmail}\n\n{VERB}\n" for one in LANGUAGES},
    **{f"an older message ({one.code})": f"{one.original}\n\n{VERB}\n" for one in LANGUAGES},
    **{
        f"a header block ({one.code})": "\n".join(f"{label}: {VERB}" for label in one.labels) + f"\n\n{VERB}"
        for one in LANGUAGES
    },
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n")]


@pytest.mark.parametrize("plant", (QUOTED | ADDED).values(), ids=(QUOTED | ADDED).keys())
def test_below_the_words_of_a_person(plant: str) -> None:
    inbound = parse_email(mail(("text/plain", f"ACCEPT MI-8\n\n{plant}\n")))
    assert lines(inbound.visible_text) == ["ACCEPT MI-8"]
    assert inbound.deciding_line == "ACCEPT MI-8"
    assert inbound.public_text == "ACCEPT MI-8"
    command = parse_command(inbound)
    assert (command.verb, command.incident, command.words) == (Verb.ACCEPT, "MI-8", "")


@pytest.mark.parametrize("plant", QUOTED.values(), ids=QUOTED.keys())
def test_alone_in_a_mail(plant: str) -> None:
    inbound = parse_email(mail(("text/plain", f"{plant}\n")))
    assert not (inbound.sure and VERB in inbound.deciding_line)
    assert not inbound.public_sure or VERB not in inbound.public_text
    assert parse_command(inbound).verb is None


@pytest.mark.parametrize("plant", MARKED.values(), ids=MARKED.keys())
def test_above_the_words_of_a_person(plant: str) -> None:
    inbound = parse_email(mail(("text/plain", f"{plant}\n\nACCEPT MI-8\n")))
    assert (inbound.deciding_line, inbound.sure) == ("ACCEPT MI-8", True)
    assert lines(inbound.visible_text) == ["ACCEPT MI-8"]
    assert parse_command(inbound).verb is Verb.ACCEPT


@pytest.mark.parametrize("width", range(55, 100))
def test_a_quoted_line_that_was_wrapped_without_care(width: int) -> None:
    """The second half of a long quoted line stands without its mark, at whatever width the program wraps."""
    words = "please answer this proposal of today in the next half an hour, as the desk has asked you to "
    first = (words * 2)[: width - 2].rpartition(" ")[0]
    inbound = parse_email(mail(("text/plain", f"> {first}\nACCEPT MI-7\n> and so on\n")))
    assert not inbound.sure
    assert parse_command(inbound).verb is None
