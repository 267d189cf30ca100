"""Whatever the message, there is an answer; and what no person wrote as a command never becomes one."""

from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.command import MAX_WORDS, parse_command
from parsers.management import part
from parsers.proposal import parse_proposal
from parsers.sms import normalize_number, parse_sms
from parsers.types import Command, Medium, Problem, Verb
from parsers.verbs import DEFAULT_VERBS
from tests.parsers.inbounds import mail

PIECES = [
    *DEFAULT_VERBS, "accept", "Reject", "MI-7", "#7", "7", "7:", "hi", "thanks", "not", "?", "!", ".", ",", ":",
    "-", "*", "\n", "or", "MGMT", "management:", "é", "\u200b", "\u0301", "＃", "７", "👍", "'", '"', ">", "Re:",
    "words", " ", "\x00", "ﷺ", "\ud800",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=200)


@given(texts, texts, texts, st.booleans(), st.booleans(), st.sampled_from(Medium))
@example("'" * 5000, "Re:" * 5000, "", True, True, Medium.EMAIL)
@example("ﷺ" * 3000, "", "ﷺ" * 10, True, True, Medium.SMS)
@example("ACCEPT " + "-" * 100_000, "", "", True, True, Medium.EMAIL)
@example("UPDATE " + "mgmt " * 20_000, "", "", True, True, Medium.EMAIL)
@example("accept\n" * 50_000, "", "", True, True, Medium.EMAIL)
@settings(max_examples=600, deadline=None)
def test_every_message_is_a_command_or_a_problem(
    text: str, subject: str, public: str, sure: bool, public_sure: bool, medium: Medium
) -> None:
    inbound = mail(text, subject=subject, public_text=public, sure=sure, public_sure=public_sure, medium=medium)
    command = parse_command(inbound)
    assert (command.verb is None) is (command.problem is not None)
    assert (command.suggestion is not None) is (command.problem is Problem.SLIP)
    assert len(command.words) + len(command.management) <= MAX_WORDS
    if command.verb is None:
        assert command == Command(None, command.problem, command.suggestion, command.incident)


@given(texts.filter(str.strip), st.sampled_from(Medium))
@settings(max_examples=300, deadline=None)
def test_an_unsure_line_never_commands(text: str, medium: Medium) -> None:
    assert parse_command(mail(text, sure=False, medium=medium)).verb is None


@given(
    st.sampled_from(["not", "never", "can't", "don't", "niet", "nicht", "pas"]), st.sampled_from(list(DEFAULT_VERBS))
)
def test_a_negated_verb_never_commands(negation: str, verb: str) -> None:
    for text in (f"I {negation} {verb} this", f"{negation} {verb}", f"we {negation} {verb.lower()} MI-7"):
        assert parse_command(mail(text)).problem is Problem.UNCLEAR, text


@given(
    st.sampled_from(["ACCEPT", "accept", "Take", "JOIN", "WITHDRAW"]),
    st.sampled_from(["?", " ?", "？", "?!", " MI-7?"]),
)
def test_a_question_never_commands(verb: str, mark: str) -> None:
    assert parse_command(mail(verb + mark)).problem is Problem.UNCLEAR


@given(st.text(alphabet="abcdefgh MGTmgt:-.\n\u200b*(", max_size=300))
@settings(max_examples=300)
def test_the_public_part_never_holds_the_mark(text: str) -> None:
    parted = part(text)
    assert not any(word in {"mgmt", "mgt"} for word in parted.words.lower().split())


@given(texts, texts)
@settings(max_examples=300, deadline=None)
@example("(" * 10_000, ":" * 100_000)
@example("", "service " * 20_000)
@example("", ";a:" * 20_000)
@example("", "confidential:\n" * 20_000)
def test_every_message_reads_as_a_proposal(subject: str, text: str) -> None:
    proposal = parse_proposal(subject, text)
    assert "\n" not in proposal.summary
    assert len(proposal.summary) <= 201


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_every_text_is_read(sender: str, recipient: str, body: str) -> None:
    inbound = parse_sms(sender, recipient, body, "SM1", datetime(2026, 11, 23, tzinfo=UTC))
    assert inbound.deciding_line == inbound.visible_text.partition("\n")[0].strip()
    assert parse_command(inbound).verb in {None, *Verb}
    number = normalize_number(sender, "BE")
    assert number is None or (number.startswith("+") and number[1:].isdigit())
