"""Which lines are commands, and which only look like one."""

import pytest

from parsers.command import parse_command
from parsers.types import Command, Medium, Problem, Verb
from parsers.verbs import CARRIER, DEFAULT_VERBS
from tests.parsers.inbounds import mail

BARE = [
    ("ACCEPT", "ACCEPT", "", "capitals"),
    ("accept", "ACCEPT", "", "small letters"),
    ("aCCept", "ACCEPT", "", "any case"),
    ("Accept.", "ACCEPT", "", "a full stop"),
    ("ACCEPT!!!", "ACCEPT", "", "exclamation marks"),
    ("ACCEPT MI-7!", "ACCEPT", "MI-7", "a number and a mark"),
    ("accept mi-7", "ACCEPT", "MI-7", "a number in small letters"),
    ("ACCEPT MI7", "ACCEPT", "MI-7", "a number without its dash"),
    ("ACCEPT MI 7", "ACCEPT", "MI-7", "a number with a space for its dash"),
    ("ACCEPT MI–7", "ACCEPT", "MI-7", "a dash that the phone made long"),
    ("ACCEPT MI‑7", "ACCEPT", "MI-7", "a non-breaking hyphen"),
    ("ACCEPT MI-007", "ACCEPT", "MI-7", "leading zeros"),
    ("ACCEPT DR-1", "ACCEPT", "DR-1", "a drill's number"),
    ("ACCEPT #7", "ACCEPT", "7", "a hash number"),
    ("ACCEPT #MI-7", "ACCEPT", "MI-7", "a hash before the whole number"),
    ("ACCEPT 7:", "ACCEPT", "7", "a number with a colon"),
    ("ACCEPT 7", "ACCEPT", "7", "a plain number after a deciding verb"),
    ("ACCEPT: 7", "ACCEPT", "7", "a colon before the number"),
    ("ACCEPT,7", "ACCEPT", "7", "a comma for the space"),
    ("ACCEPT-7", "ACCEPT", "7", "a dash for the space"),
    ("ACCEPT (MI-7)", "ACCEPT", "MI-7", "a number in brackets"),
    ("[MI-7] accept", "ACCEPT", "MI-7", "a number in brackets first"),
    ("7 accept", "ACCEPT", "7", "the number first"),
    ("accept incident 7", "ACCEPT", "7", "a word before the number"),
    ("ACCEPT nr. MI-7", "ACCEPT", "MI-7", "short for number"),
    ("7: accept", "ACCEPT", "7", "the number first, with a colon"),
    ("7. accept", "ACCEPT", "7", "the number first, with a full stop"),
    ("#7 accept", "ACCEPT", "7", "the hash number first"),
    ("MI-7 ACCEPT", "ACCEPT", "MI-7", "the whole number first"),
    ("MI-7: accept", "ACCEPT", "MI-7", "the whole number first, with a colon"),
    ("*accept*", "ACCEPT", "", "bold as typed"),
    ("**ACCEPT** MI-7", "ACCEPT", "MI-7", "bold as in Markdown"),
    ("_accept_", "ACCEPT", "", "underlined as typed"),
    ('"ACCEPT"', "ACCEPT", "", "in straight quotes"),
    ("“Accept”", "ACCEPT", "", "in curly quotes"),
    ("«ACCEPT»", "ACCEPT", "", "in angled quotes"),
    ("(accept)", "ACCEPT", "", "in brackets"),
    ("<ACCEPT>", "ACCEPT", "", "in angle brackets, as instructions show it"),
    ("- accept", "ACCEPT", "", "as an item of a list"),
    ("ａｃｃｅｐｔ　ＭＩ－７", "ACCEPT", "MI-7", "full-width letters, space and digits"),
    ("ACCEPT\u00a0MI-7", "ACCEPT", "MI-7", "a non-breaking space"),
    ("AC\u200bCEPT\ufeff", "ACCEPT", "", "zero-width characters inside"),
    ("AC\u00adCEPT", "ACCEPT", "", "a soft hyphen inside"),
    ("ACCEPT ٧", "ACCEPT", "7", "Arabic digits"),
    ("✅ accept", "ACCEPT", "", "a tick before it"),
    ("👍🏽 ACCEPT 👍🏽", "ACCEPT", "", "thumbs around it"),
    ("accept😀", "ACCEPT", "", "emoji without a space"),
    ("ACCEPT 7️⃣", "ACCEPT", "7", "a keycap digit"),
    ("Hi, accept", "ACCEPT", "", "a greeting with a comma"),
    ("Hi accept", "ACCEPT", "", "a greeting without one"),
    ("Hi Murphy, accept", "ACCEPT", "", "a greeting with a name"),
    ("Hi team - ACCEPT", "ACCEPT", "", "a greeting with a word that is a verb too"),
    ("Murphy, accept MI-7", "ACCEPT", "MI-7", "its name"),
    ("Goedemorgen, accept", "ACCEPT", "", "a greeting in Dutch"),
    ("Grüß Gott, accept", "ACCEPT", "", "a greeting in German"),
    ("Здравствуйте! accept", "ACCEPT", "", "a greeting in Russian"),
    ("Hello Murphy,\nACCEPT", "ACCEPT", "", "a greeting on a line by itself"),
    ("Dear all\n\nAccept 7", "ACCEPT", "7", "a greeting, a blank line, the verb"),
    ("Hi team\naccept", "ACCEPT", "", "a greeting of the team is not TEAM"),
    ("Thanks!\nACCEPT", "ACCEPT", "", "thanks on a line by itself"),
    ("ok, accept", "ACCEPT", "", "ok before it"),
    ("Yes, accept", "ACCEPT", "", "yes before it"),
    ("accept, thanks!", "ACCEPT", "", "thanks behind it are no public words"),
    ("Accept please", "ACCEPT", "", "please behind it"),
    ("accept, no problem", "ACCEPT", "", "no problem is no negation"),
    ("ACCEPT 7 merci beaucoup", "ACCEPT", "7", "thanks in French"),
    ("Accept.\nThanks\nJan De Smet\nHead of IT", "ACCEPT", "", "thanks and a name below"),
    ("JOIN in 5 min", "JOIN", "", "when an engineer joins is no number"),
    ("JOIN 5 minutes", "JOIN", "", "minutes are no incident"),
    ("join, on my way", "JOIN", "", "on my way"),
    ("TAKE MI-7", "TAKE", "MI-7", "TAKE with a number"),
    ("take 7", "TAKE", "7", "TAKE with a plain number"),
    ("SAME 7", "SAME", "7", "SAME with a plain number"),
    ("STATUS", "STATUS", "", "STATUS"),
    ("status?", "STATUS", "", "asking is how people ask for STATUS"),
    ("Status MI-7?", "STATUS", "MI-7", "STATUS with a number"),
    ("STATUS 7", "STATUS", "7", "a plain number where no words can follow"),
    ("UPDATE 7", "UPDATE", "7", "a number and nothing else is a number"),
    ("RESOLVE 7", "RESOLVE", "7", "a number and nothing else is a number"),
    ("help?", "HELP", "", "HELP with a question mark"),
    ("HELP", "HELP", "", "HELP by mail"),
    ("STOP", "STOP", "", "STOP by mail"),
    ("CONFIDENTIAL", "CONFIDENTIAL", "", "CONFIDENTIAL"),
    ("NEW", "NEW", "", "NEW"),
    ("REVIEWED MI-7", "REVIEWED", "MI-7", "REVIEWED"),
]

UNCLEAR = [
    ("I can't accept this", "a negation"),
    ("I can’t accept this", "a negation with a curly apostrophe"),
    ("I do not accept", "a negation"),
    ("don't accept", "a negation first"),
    ("Do not resolve yet", "a negation before a word of every day"),
    ("No, accept", "no before it"),
    ("ACCEPT not", "a negation behind"),
    ("accept? no", "a question, and its answer"),
    ("ACCEPT I can't", "taken back at once"),
    ("JOIN not possible", "a negation behind JOIN"),
    ("RESOLVE not yet", "a negation behind RESOLVE"),
    ("REJECT. Not!", "a negation alone behind a refusal"),
    ("❌ accept", "a cross before it"),
    ("accept 👎", "a thumb down behind it"),
    ("accept?", "a question"),
    ("Accept MI-7?", "a question with a number"),
    ("ACCEPT？", "a full-width question mark"),
    ("accept?!", "a question, loud"),
    ("accept!?", "a question, loud"),
    ("Should I accept?", "a question around it"),
    ("Accept the delivery tomorrow?", "a question about something else"),
    ("Accept the delivery tomorrow", "about something else"),
    ("Accept my apologies", "about something else"),
    ("Update on this?", "asks for an update"),
    ("update please", "asks for an update"),
    ("Update me when done", "asks for an update"),
    ("accept or reject?", "both"),
    ("accept or reject", "both, without the mark"),
    ("ACCEPT / REJECT", "both, with a slash"),
    ("ACCEPT/REJECT MI-7", "both, as our own message shows it"),
    ("ACCEPT REJECT", "both, side by side"),
    ("accept and join", "two verbs"),
    ("accept, or maybe reject", "both"),
    ("ACCEPT. No wait, REJECT", "both, one after the other"),
    ("ACCEPT\nREJECT", "both, on two lines"),
    ("JOIN or DECLINE", "both answers to a page"),
    ("UPDATE or RESOLVE", "two verbs"),
    ("I accept", "inside a sentence"),
    ("please accept", "asks somebody else"),
    ("Jan, accept it please", "asks somebody else"),
    ("We will join later", "inside a sentence"),
    ("I'll take it", "said, not commanded"),
    ("Je vais accept MI-7", "inside a sentence"),
    ("can you UPDATE everyone", "a word of every day, in capitals"),
    ("Thanks for flagging\nACCEPT", "below a line that says something"),
    ("ACCEPT if nobody else can", "a condition"),
    ("accept only if it is mail", "a condition"),
    ("REJECT unless it is mail", "a condition on a refusal"),
    ("accept later", "not now"),
    ("Accept tomorrow", "not now"),
    ("accept the fact that it is down", "a sentence"),
    ("ACCEPT 7 and 8", "two numbers"),
    ("ACCEPT MI-7, MI-8", "two numbers"),
    ("7 ACCEPT 8", "two numbers"),
    ("take care", "TAKE inside an idiom"),
    ("Take your time", "TAKE inside a sentence"),
    ("join us for lunch", "JOIN inside a sentence"),
    ("same here, nothing works", "SAME inside a sentence"),
    ("New phone, who is this", "NEW inside a sentence"),
    ("Status quo", "STATUS inside an expression"),
    ("Service is back", "a sentence about the service"),
    ("Bridge is down again", "a sentence about the bridge does not replace it"),
    ("team is doing great", "a sentence about the team"),
    ("Team, the network is down", "the team is spoken to"),
    ("help me with my printer", "HELP inside a sentence"),
    ("STOP calling me", "STOP in capitals inside a sentence is not an opt-out"),
    ("Stop calling me", "STOP inside a sentence is not an opt-out"),
    ("~accept~", "struck out"),
    ("!accept", "a programmer's not"),
    ("re-accept", "part of another word"),
    ("Liked “MI-7 proposed. Reply ACCEPT MI-7”", "a phone's reaction that cites our text"),
    ("yes", "YES by mail is no verb"),
    ("CANCEL", "CANCEL by mail is no verb"),
]

PLAIN_WORDS = [
    ("thanks, when will it work?", "a question of the audience"),
    ("How long will it take?", "take, of every day"),
    ("Any news on the service?", "service, of every day"),
    ("Thanks for the update", "update, of every day"),
    ("The team is great", "team, of every day"),
    ("status.acme.example is down", "a host name"),
    ("accept@acme.example bounced", "an address"),
    ("acceptance is high", "a longer word"),
    ("7 team members joined", "a number that counts"),
    ("3 new servers are down", "a number that counts"),
    ("a̶c̶c̶e̶p̶t̶", "struck out letter by letter"),
    ("АССЕРТ", "Cyrillic letters that look alike"),
    ("John", "a name one letter from JOIN"),
    ("Very good", "one letter from EVERY"),
    ("Joint venture", "one letter from JOIN"),
    ("nope", "one letter from NOTE"),
    ("Expect me at nine", "one letter from a verb"),
    ("Hello Murphy", "only a greeting, with more below that may be quoted"),
    ("👍", "an emoji"),
    ("Hi mail is down", "a greeting that goes on without a comma"),
    ("Hi mail down", "a greeting that goes on without a comma"),
    ("👎👎", "emoji that may mean a refusal"),
]

SLIPS = [
    ("acept", "ACCEPT", "", "a letter too few"),
    ("Acccept.", "ACCEPT", "", "a letter too many"),
    ("accrpt", "ACCEPT", "", "another letter"),
    ("acecpt", "ACCEPT", "", "two letters exchanged"),
    ("Acept MI-7", "ACCEPT", "MI-7", "a slip with a number"),
    ("aceept 7", "ACCEPT", "7", "a slip with a plain number"),
    ("Hi, acept", "ACCEPT", "", "a slip behind a greeting"),
    ("accepted", "ACCEPT", "", "a form of the verb"),
    ("Accepted, thanks", "ACCEPT", "", "a form of the verb, with thanks"),
    ("joining", "JOIN", "", "a form of the verb"),
    ("jion", "JOIN", "", "two letters exchanged in a short verb"),
    ("Resolved", "RESOLVE", "", "a form of the verb"),
    ("reslove all good", "RESOLVE", "", "a slip with words"),
    ("UPDTE mail is back", "UPDATE", "", "a slip in capitals, with words"),
    ("stauts", "STATUS", "", "a slip of STATUS"),
    ("accept7", "ACCEPT", "", "a number that sticks to the verb"),
]


@pytest.mark.parametrize(
    ("text", "verb", "number"), [case[:3] for case in BARE], ids=[f"{c[3]}: {c[0]!r}" for c in BARE]
)
def test_forgives_what_is_harmless(text: str, verb: str, number: str) -> None:
    assert parse_command(mail(text)) == Command(Verb(verb), incident=number)


@pytest.mark.parametrize("text", [case[0] for case in UNCLEAR], ids=[f"{c[1]}: {c[0]!r}" for c in UNCLEAR])
def test_guesses_nothing(text: str) -> None:
    assert parse_command(mail(text)) == Command(None, Problem.UNCLEAR)


@pytest.mark.parametrize("text", [case[0] for case in PLAIN_WORDS], ids=[f"{c[1]}: {c[0]!r}" for c in PLAIN_WORDS])
def test_plain_words_are_no_command(text: str) -> None:
    below = {"public_text": text, "visible_text": text + "\nmore"} if text.startswith("Hello") else {}
    assert parse_command(mail(text, **below)) == Command(None, Problem.NO_VERB)


@pytest.mark.parametrize(("text", "verb", "number"), [c[:3] for c in SLIPS], ids=[f"{c[3]}: {c[0]!r}" for c in SLIPS])
def test_a_slip_is_asked_about_and_never_executed(text: str, verb: str, number: str) -> None:
    assert parse_command(mail(text)) == Command(None, Problem.SLIP, suggestion=Verb(verb), incident=number)


@pytest.mark.parametrize("verb", [verb for verb in Verb if len(verb) > 4 and verb not in set(CARRIER.values())])
def test_any_two_letters_exchanged_in_a_verb_are_a_slip(verb: Verb) -> None:
    for index in range(len(verb) - 1):
        slip = verb[:index] + verb[index + 1] + verb[index] + verb[index + 2 :]
        if slip != verb:
            assert parse_command(mail(slip)).suggestion is verb, slip


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", ".", "---"])
def test_nothing_written(text: str) -> None:
    assert parse_command(mail(text)) == Command(None, Problem.EMPTY)


@pytest.mark.parametrize("text", ["Hi Murphy,", "Hi Murphy", "Good morning!", "Dear Mr Van Der Berg,"])
def test_a_greeting_and_nothing_else_is_empty(text: str) -> None:
    assert parse_command(mail(text)) == Command(None, Problem.EMPTY)


SUBJECTS = [
    ("ACCEPT", Command(Verb.ACCEPT), "a new mail with the verb as its subject"),
    ("accept MI-7", Command(Verb.ACCEPT, incident="MI-7"), "with a number"),
    ("Re: ACCEPT MI-7", Command(Verb.ACCEPT, incident="MI-7"), "typed behind Re:"),
    ("AW: Accept", Command(Verb.ACCEPT), "typed behind AW:"),
    ("SV: accept", Command(Verb.ACCEPT), "typed behind SV:"),
    ("TR : accept", Command(Verb.ACCEPT), "typed behind TR:"),
    ("RE[2]: Re: accept", Command(Verb.ACCEPT), "typed behind counted prefixes"),
    ("UPDATE MI-7 Mail is back", Command(Verb.UPDATE, incident="MI-7", words="Mail is back"), "a new mail with words"),
    ("Re: UPDATE MI-7 Mail is back", Command(None, Problem.UNSURE), "a quoted subject with a verb"),
    ("Re: ACCEPT the change tonight", Command(None, Problem.UNSURE), "a quoted subject that goes on"),
    ("Re: MI-7 proposed: ACCEPT or REJECT?", Command(None, Problem.EMPTY), "our own subject"),
    ("Re: MI-7 Mail is down", Command(None, Problem.EMPTY), "our own subject without a verb"),
    ("Re: RESOLVE MI-7", Command(None, Problem.UNSURE), "an all-clear is no decision to take from a reply's subject"),
    ("", Command(None, Problem.EMPTY), "no subject either"),
]


@pytest.mark.parametrize(("subject", "command"), [c[:2] for c in SUBJECTS], ids=[f"{c[2]}: {c[0]!r}" for c in SUBJECTS])
def test_the_subject_counts_where_the_body_is_empty(subject: str, command: Command) -> None:
    assert parse_command(mail("", subject=subject)) == command


def test_a_reference_makes_a_subject_a_quoted_one() -> None:
    inbound = mail("", subject="UPDATE MI-7 Mail is back", references=("x@acme.example",))
    assert parse_command(inbound).problem is Problem.UNSURE


@pytest.mark.parametrize("first", ["…", "---", "👍", "\ud800"])
def test_a_body_whose_first_line_has_no_word_is_not_empty(first: str) -> None:
    assert parse_command(mail(f"{first}\nmail is down", subject="UPDATE MI-7 all is well")).verb is None


def test_the_subject_does_not_count_where_the_body_says_something() -> None:
    assert parse_command(mail("REJECT", subject="Re: ACCEPT")).verb is Verb.REJECT


@pytest.mark.parametrize("text", ["REJECT", "👎", "Mail is down here as well"])
def test_a_body_beside_a_new_subject_that_decides_otherwise_is_in_doubt(text: str) -> None:
    assert parse_command(mail(text, subject="ACCEPT")).problem is Problem.UNCLEAR


@pytest.mark.parametrize("text", ["ACCEPT", "UPDATE mail is back", "STOP"])
def test_a_line_that_may_be_a_quotation_never_decides(text: str) -> None:
    assert parse_command(mail(text, sure=False)) == Command(None, Problem.UNSURE)


def test_a_quoted_line_never_decides_even_where_the_mail_parser_took_it_for_words() -> None:
    assert parse_command(mail("> ACCEPT")).problem is Problem.UNSURE


def test_a_verb_below_a_greeting_does_not_count_where_it_may_be_quoted() -> None:
    inbound = mail("Hi Jan,\nACCEPT", public_text="Hi Jan,", public_sure=False)
    assert parse_command(inbound) == Command(None, Problem.NO_VERB)


@pytest.mark.parametrize(("word", "verb"), CARRIER.items())
def test_carriers_words_count_as_a_whole_text_only(word: str, verb: Verb) -> None:
    assert parse_command(mail(f" {word.upper()}. ", medium=Medium.SMS)) == Command(verb)
    assert parse_command(mail(f"{word} the trains are late", medium=Medium.SMS)).verb is None


def test_a_carriers_word_can_be_no_other_verb() -> None:
    verbs = {**DEFAULT_VERBS, "CANCEL": Verb.WITHDRAW, "Yes": Verb.ACCEPT}
    assert parse_command(mail("CANCEL MI-7", medium=Medium.SMS), verbs).verb is None
    assert parse_command(mail("YES", medium=Medium.SMS), verbs).verb is Verb.START


LANGUAGES = {
    **DEFAULT_VERBS,
    "AANVAARDEN": Verb.ACCEPT,
    "ACCEPTÉ": Verb.ACCEPT,
    "ABLEHNEN": Verb.REJECT,
    "ÜBERGEBEN": Verb.HANDOVER,
    "MISE À JOUR": Verb.UPDATE,
    "承認": Verb.ACCEPT,
    "ПРИНЯТЬ": Verb.ACCEPT,
}

SPELLINGS = [
    ("Aanvaarden 7", "ACCEPT", "7", ""),
    ("accepté", "ACCEPT", "", ""),
    ("ACCEPTE", "ACCEPT", "", ""),
    ("accepte\u0301", "ACCEPT", "", ""),
    ("übergeben Jan", "HANDOVER", "", "Jan"),
    ("mise à jour MI-7 : le courriel revient", "UPDATE", "MI-7", "le courriel revient"),
    ("承認", "ACCEPT", "", ""),
    ("принять", "ACCEPT", "", ""),
    ("ACCEPT", "ACCEPT", "", ""),
]


@pytest.mark.parametrize(("text", "verb", "number", "words"), SPELLINGS)
def test_verbs_of_other_languages_stand_beside_the_english_ones(text: str, verb: str, number: str, words: str) -> None:
    assert parse_command(mail(text), LANGUAGES) == Command(Verb(verb), incident=number, words=words)


@pytest.mark.parametrize("text", ["Ich kann nicht ABLEHNEN", "ik wil dit niet aanvaarden", "aanvaarden of ablehnen"])
def test_strictness_holds_in_other_languages(text: str) -> None:
    assert parse_command(mail(text), LANGUAGES).problem is Problem.UNCLEAR
