"""What takes a verb back: the line below it, a question behind it, a sentence around it; and verbs beside farewells."""

import pytest

from parsers.command import parse_command
from parsers.email import parse_email
from parsers.types import Command, Problem, Verb
from tests.parsers.inbounds import mail
from tests.parsers.mails.clients import mail as raw_mail

TAKEN_BACK = {
    "another verb below": "ACCEPT\nNo wait, REJECT",
    "another verb below a blank line": "ACCEPT\n\nActually reject it",
    "another verb after a colon": "ACCEPT\n\nScratch that: DECLINE",
    "a choice": "ACCEPT\nor REJECT?",
    "a lone question mark": "ACCEPT\n?",
    "a lone negation": "ACCEPT\nnot",
    "a sentence wrapped behind the verb": "ACCEPT\nis what I'd say if it were Monday",
    "a wrapped condition": "ACCEPT\nif Bob agrees",
    "a wrapped delay": "TAKE\nlater today",
    "a wrapped doubt": "TAKE\nor not?",
    "a wrapped all-clear that is none": "RESOLVE\nnot yet",
    "an all-clear that is none": "RESOLVE is not done",
    "an all-clear with a condition": "RESOLVE when mail is back",
    "an all-clear that is asked": "RESOLVE? not yet",
    "an update that is asked": "UPDATE MI-7 ?",
    "a verb that is what the sentence is about": "ACCEPT MI-7 is wrong",
    "the same, with no number": "Same here",
}


@pytest.mark.parametrize("text", TAKEN_BACK.values(), ids=TAKEN_BACK.keys())
def test_taken_back(text: str) -> None:
    assert parse_command(mail(text)) == Command(None, Problem.UNCLEAR)


KEPT = {
    "words for the public below": ("ACCEPT\nMail is down for everyone.", Verb.ACCEPT, "Mail is down for everyone."),
    "words that begin with no": ("ACCEPT\nNo mail in Ghent since nine.", Verb.ACCEPT, "No mail in Ghent since nine."),
    "a reason with the other verb": ("REJECT\n\nAccept it next week", Verb.REJECT, "Accept it next week"),
    "a bullet before the verb": ("• accept", Verb.ACCEPT, ""),
    "the all-clear of what is back": ("RESOLVE is back since ten", Verb.RESOLVE, "is back since ten"),
    "an update of a service": ("UPDATE not yet back, sorry", Verb.UPDATE, "not yet back, sorry"),
}


@pytest.mark.parametrize(("text", "verb", "words"), KEPT.values(), ids=KEPT.keys())
def test_kept(text: str, verb: Verb, words: str) -> None:
    command = parse_command(mail(text))
    assert (command.verb, command.words) == (verb, words)


def test_a_new_mail_with_a_decision_as_its_subject_and_only_a_farewell_below() -> None:
    assert parse_command(mail("Regards,\nAnn", subject="ACCEPT MI-7")) == Command(Verb.ACCEPT, incident="MI-7")
    assert parse_command(mail("Regards,\nAnn", subject="ACCEPT?")).verb is None
    assert parse_command(mail("I can't", subject="ACCEPT MI-7")).verb is None


def test_thanks_for_somebody_s_decision_is_none() -> None:
    assert parse_command(mail("Thanks,\nAnn", subject="Re: ACCEPT MI-7")).verb is None


@pytest.mark.parametrize("tag", ["[EXTERNAL] ", "[Ext] ", "*EXT* ", "(External) "])
def test_a_gateway_s_tag_before_the_subject(tag: str) -> None:
    assert parse_command(mail("", subject=f"{tag}ACCEPT MI-7")).verb is Verb.ACCEPT


STRUCK = ("<s>{}</s>", "<strike>{}</strike>", '<b style="text-decoration:line-through">{}</b>')


@pytest.mark.parametrize("tag", STRUCK)
def test_a_verb_that_is_struck_out(tag: str) -> None:
    assert parse_command(parse_email(raw_mail(("text/html", tag.format("ACCEPT"))))).verb is None
