"""What of a command is words, what is for management only, and when either is in doubt."""

import pytest

from parsers.command import MAX_WORDS, parse_command
from parsers.management import part
from parsers.types import Verb
from tests.parsers.inbounds import mail

WORDS = [
    ("UPDATE mail is back", "UPDATE", "", "mail is back", "the rest of the line"),
    ("UPDATE 2 of 3 databases are back", "UPDATE", "", "2 of 3 databases are back", "a number that is about databases"),
    ("UPDATE 7 servers are back", "UPDATE", "", "7 servers are back", "a plain number before words is words"),
    ("RESOLVE 90% of users work", "RESOLVE", "", "90% of users work", "a share"),
    ("NOTE 3 restarts did not help", "NOTE", "", "3 restarts did not help", "a plain number after NOTE"),
    ("UPDATE 7:30 we meet", "UPDATE", "", "7:30 we meet", "a time is no number with a colon"),
    ("UPDATE 7: mail is back", "UPDATE", "7", "mail is back", "a number with a colon is one anywhere"),
    ("UPDATE #7 mail is back", "UPDATE", "7", "mail is back", "a hash number is one anywhere"),
    ("UPDATE MI-7 mail is back", "UPDATE", "MI-7", "mail is back", "the form that we show"),
    ("MI-7 UPDATE mail is back", "UPDATE", "MI-7", "mail is back", "the number first"),
    ("Update: mail is back", "UPDATE", "", "mail is back", "a colon"),
    ("Update - mail is back", "UPDATE", "", "mail is back", "a dash"),
    ("*UPDATE* mail is *really* back", "UPDATE", "", "mail is *really* back", "only the verb in bold"),
    ('"UPDATE mail is back"', "UPDATE", "", "mail is back", "all of it in quotes"),
    ('UPDATE "Mail" is back', "UPDATE", "", '"Mail" is back', "quotes that belong to the words"),
    (
        "UPDATE Mail is back\nand fast\n\nTell all.",
        "UPDATE",
        "",
        "Mail is back\nand fast\n\nTell all.",
        "several lines",
    ),
    ("UPDATE\nMail is back", "UPDATE", "", "Mail is back", "words on the next line"),
    ("Hi,\nUPDATE Mail\nis back", "UPDATE", "", "Mail\nis back", "a greeting above"),
    ("UPDATE Mail is back. Is yours?", "UPDATE", "", "Mail is back. Is yours?", "a question inside the words"),
    ("UPDATE MI-7 Is yours back?", "UPDATE", "MI-7", "Is yours back?", "a question where the number makes it plain"),
    ("UPDATE No change since nine", "UPDATE", "", "No change since nine", "no, as a word to say"),
    ("RESOLVE No data was lost", "RESOLVE", "", "No data was lost", "no, as a word to say"),
    ("UPDATE Ünï‑cödé 😀 stays", "UPDATE", "", "Ünï‑cödé 😀 stays", "letters stay as written"),
    ("ACCEPT we are on it", "ACCEPT", "", "we are on it", "words in small letters behind capitals"),
    ("ACCEPT the team is on it", "ACCEPT", "", "the team is on it", "an article behind capitals"),
    ("accept 7: we are on it", "ACCEPT", "7", "we are on it", "words behind a number"),
    (
        "Accept. We do not know the cause yet",
        "ACCEPT",
        "",
        "We do not know the cause yet",
        "not, in a sentence of its own",
    ),
    ("REJECT not a major incident", "REJECT", "", "not a major incident", "not, in a reason"),
    ("reject, duplicate of 5", "REJECT", "", "duplicate of 5", "a comma"),
    ("REJECT same as yesterday", "REJECT", "", "same as yesterday", "a verb of every day in a reason"),
    ("REJECT only one user", "REJECT", "", "only one user", "only, in a reason"),
    ("DECLINE I can't today", "DECLINE", "", "I can't today", "a negation in a reason"),
    ("WITHDRAW 7 false alarm", "WITHDRAW", "7", "false alarm", "a number and a reason"),
    ("DOWNGRADE MI-7 one site only", "DOWNGRADE", "MI-7", "one site only", "a reason"),
    ("REOPEN it broke again", "REOPEN", "", "it broke again", "a reason"),
    ("TEAM network, database", "TEAM", "", "network, database", "names"),
    ("TEAM +jan -piet", "TEAM", "", "+jan -piet", "signs"),
    ("TEAM -piet", "TEAM", "", "-piet", "a sign first"),
    ("SERVICE mail", "SERVICE", "", "mail", "a service"),
    ("EVERY 20m", "EVERY", "", "20m", "a time is no incident"),
    ("EVERY 20 management", "EVERY", "", "20 management", "an audience named management"),
    ("EVERY MI-7 20m", "EVERY", "MI-7", "20m", "a number and a time"),
    ("HANDOVER Jan Smith", "HANDOVER", "", "Jan Smith", "a name"),
    ("hand over Jan", "HANDOVER", "", "Jan", "in two words"),
    ("HANDOVER Jan\n\nPiet", "HANDOVER", "", "Jan", "the sender's own name below is not the name"),
    ("DEPUTY: Jan", "DEPUTY", "", "Jan", "a colon"),
    ("ACTION Jan: patch it by Friday", "ACTION", "", "Jan: patch it by Friday", "an action"),
    ("DONE 3", "DONE", "", "3", "an action's number is no incident's"),
    ("DONE #3", "DONE", "", "#3", "an action's number with a hash"),
    ("DONE MI-7 3", "DONE", "MI-7", "3", "an incident and an action"),
    ("BRIDGE NEXT", "BRIDGE", "", "NEXT", "the next bridge"),
    ("BRIDGE https://meet.acme.example/x\nPIN 1", "BRIDGE", "", "https://meet.acme.example/x\nPIN 1", "another bridge"),
    ("8 SAME 7", "SAME", "8", "7", "which proposal, and which incident"),
]

DOUBTS = [
    ("ACCEPT MI-7 4821", "the code of a text, to be taken out before anything is sent on"),
    ("ACCEPT 7 0482", "a code with a leading zero"),
    ("ACCEPT 0482", "a code without a number"),
    ("ACCEPT. Who is on call?", "a question would go to the public"),
    ("accept we are on it", "words run into the verb"),
    ("Accept delivery", "words run into the verb"),
    ("ACCEPT thanks Jan", "thanks and a name"),
    ("ACCEPT Jan", "a name"),
    ("ACCEPT\n\nJan", "a name below"),
    ("ACCEPT\nUPDATE MI-7 we are on it", "one more command below"),
    ("UPDATE Mail is back\nRESOLVE", "one more command below"),
    ("UPDATE " + "x" * (MAX_WORDS + 1), "words too long to keep"),
]

MARKS = [
    ("back MGMT: lost 5", "back", "lost 5", True, "a colon"),
    ("back. MGMT lost 5", "back.", "lost 5", True, "capitals behind a sentence"),
    ("back\nMGMT lost 5", "back", "lost 5", True, "a line of its own"),
    ("back\nmgmt\nlost 5", "back", "lost 5", True, "alone on its line"),
    ("back MGMT - lost 5", "back", "lost 5", True, "a dash"),
    ("back\nmgmt – lost 5", "back", "lost 5", True, "a long dash"),
    ("back [MGMT] lost 5", "back", "lost 5", True, "brackets"),
    ("back\n*MGMT:* lost 5", "back", "lost 5", True, "bold"),
    ("back\n#mgmt: lost 5", "back", "lost 5", True, "a hash"),
    ("back (for management only: lost 5)", "back", "lost 5", True, "between brackets, in words"),
    ("back\nFor management: lost 5", "back", "lost 5", True, "for management"),
    ("back\nMGMT ONLY: lost 5", "back", "lost 5", True, "only"),
    ("back\nM\u200bGMT: lost 5", "back", "lost 5", True, "a zero-width character inside"),
    ("back\nＭＧＭＴ：lost 5", "back", "lost 5", True, "full-width"),
    ("back\nMGT: lost 5", "back", "lost 5", True, "a shorter form"),
    ("back\nMANAGEMENT: lost 5\nmore", "back", "lost 5\nmore", True, "in full, and all that follows"),
    ("back. Management: lost 5", "back.", "lost 5", True, "in full, in the line"),
    ("back\nDIRECTIE: 5 kwijt", "back", "5 kwijt", True, "Dutch"),
    ("back\nDIRECTION : perdu 5", "back", "perdu 5", True, "French, with its space"),
    ("back\nPour la direction : perdu 5", "back", "perdu 5", True, "French, in words"),
    ("back\nGeschäftsleitung: 5 verloren", "back", "5 verloren", True, "German"),
    ("back\nDIRECCIÓN: perdidos 5", "back", "perdidos 5", True, "Spanish"),
    ("back\nLedningen: 5", "back", "5", True, "Swedish"),
    ("MGMT: only this", "", "only this", True, "nothing for the public"),
    ("back MGMT: a MGMT: b", "back", "a MGMT: b", True, "the first mark counts"),
    ("back mgmt lost 5", "back", "lost 5", False, "in the line, without a mark"),
    ("back, tell mgmt we lost 5", "back, tell", "we lost 5", False, "perhaps an ordinary word"),
    ("back, management: lost 5", "back,", "lost 5", False, "perhaps a part of the sentence"),
    ("back MGMR: lost 5", "back", "lost 5", False, "misspelt"),
    ("back\nMangement: lost 5", "back", "lost 5", False, "misspelt in full"),
    ("back\nMANAGEMENT lost 5", "back", "lost 5", False, "capitals, without a mark"),
    ("back MGMT:", "back", "", False, "nothing behind it"),
    ("back\nManagement summary: lost 5", "back", "summary: lost 5", False, "a title that begins with it"),
    ("management has been informed", "management has been informed", "", True, "an ordinary word"),
    ("the direction of travel: north", "the direction of travel: north", "", True, "an ordinary word"),
    ("no mark at all", "no mark at all", "", True, "none"),
]


@pytest.mark.parametrize(
    ("text", "verb", "number", "words"), [c[:4] for c in WORDS], ids=[f"{c[4]}: {c[0]!r}" for c in WORDS]
)
def test_words(text: str, verb: str, number: str, words: str) -> None:
    command = parse_command(mail(text))
    assert (command.verb, command.incident, command.words) == (Verb(verb), number, words)
    assert command.words_sure
    assert not command.management


@pytest.mark.parametrize("text", [c[0] for c in DOUBTS], ids=[c[1] for c in DOUBTS])
def test_words_in_doubt_are_not_sent_without_asking(text: str) -> None:
    command = parse_command(mail(text))
    assert command.verb in {Verb.ACCEPT, Verb.UPDATE}
    assert not command.words_sure


@pytest.mark.parametrize(
    ("text", "words", "management", "sure"), [c[:4] for c in MARKS], ids=[f"{c[4]}: {c[0]!r}" for c in MARKS]
)
def test_what_follows_the_mark_is_for_management_only(text: str, words: str, management: str, sure: bool) -> None:
    parted = part(text)
    assert (parted.words, parted.management, parted.sure) == (words, management, sure)


@pytest.mark.parametrize("verb", ["UPDATE", "RESOLVE", "DOWNGRADE", "REOPEN", "ACCEPT"])
def test_the_mark_holds_for_every_verb_whose_words_go_to_the_public(verb: str) -> None:
    command = parse_command(mail(f"{verb} MI-7 Mail is down\nMGMT: lost 5"))
    assert (command.words, command.management, command.words_sure) == ("Mail is down", "lost 5", True)


def test_a_note_is_kept_whole() -> None:
    assert parse_command(mail("NOTE MGMT: informed")).words == "MGMT: informed"


def test_words_end_where_a_quotation_may_begin() -> None:
    command = parse_command(mail("UPDATE back\nwell\n-- \nold", public_text="UPDATE back\nwell"))
    assert (command.words, command.words_sure) == ("back\nwell", True)


def test_a_guessed_end_of_the_words_is_in_doubt() -> None:
    command = parse_command(mail("UPDATE back\nJan", public_sure=False))
    assert (command.verb, command.words_sure) == (Verb.UPDATE, False)


def test_a_guessed_end_does_not_matter_where_there_are_no_words() -> None:
    assert parse_command(mail("ACCEPT", public_sure=False)).words_sure


def test_words_that_may_not_be_sent_on_at_all_are_in_doubt() -> None:
    command = parse_command(mail("UPDATE back", public_text=""))
    assert not command.words_sure


@pytest.mark.parametrize("control", ["\x00", "\x07", "\r", "\x1b[31m", "\x85"])
def test_words_carry_no_control_characters(control: str) -> None:
    words = parse_command(mail(f"UPDATE back{control}Bcc: x@evil.example")).words
    assert not any(ord(char) < 32 and char != "\n" for char in words)
