"""A verb, a number and why: what the reason denies is not what the verb says; what takes the verb back still does."""

from pathlib import Path

import pytest

from daemon.render.catalog import load_verbs
from parsers.command import parse_command
from parsers.types import Problem, Verb
from tests.parsers.inbounds import mail

VERBS = load_verbs(Path("none"), ("en", "nl", "fr", "de", "es"))

REASONS = [
    ("REOPEN MI-1 once more", "REOPEN", "once more", "once, of a time before"),
    ("REOPEN MI-1 once again the mail is down", "REOPEN", "once again the mail is down", "once again"),
    ("ACCEPT MI-1 after all", "ACCEPT", "after all", "after all"),
    ("REOPEN MI-1 after all it is not over", "REOPEN", "after all it is not over", "after all, and why"),
    ("reopen mi-1 not fixed", "REOPEN", "not fixed", "not, of the repair"),
    ("REOPEN MI-1 still not working", "REOPEN", "still not working", "still not"),
    ("REOPEN MI-1 it is not solved yet", "REOPEN", "it is not solved yet", "not yet, of the repair"),
    ("REOPEN MI-1 it doesn't work for half of us", "REOPEN", "it doesn't work for half of us", "it does not work"),
    ("REOPEN MI-1 nothing works", "REOPEN", "nothing works", "nothing works"),
    ("REOPEN MI-1 nobody can log in", "REOPEN", "nobody can log in", "nobody can"),
    ("REOPEN MI-1 users cannot log in", "REOPEN", "users cannot log in", "users cannot"),
    ("ACCEPT MI-1 mail is not working", "ACCEPT", "mail is not working", "what does not work"),
    ("ACCEPT MI-1 the users can't log in", "ACCEPT", "the users can't log in", "who cannot, behind an article"),
    ("REOPEN MI-1 a second disk failed", "REOPEN", "a second disk failed", "an article that is a verb in French"),
    ("REJECT MI-1 none", "REJECT", "none", "no reason"),
    ("REJECT MI-1 nothing", "REJECT", "nothing", "no reason, otherwise"),
    ("WITHDRAW MI-1 none", "WITHDRAW", "none", "no reason to withdraw"),
    ("DOWNGRADE MI-1 none", "DOWNGRADE", "none", "no reason to downgrade"),
    ("REJECT MI-1 not a major incident", "REJECT", "not a major incident", "not, in a refusal's reason"),
    ("REJECT MI-1 no one is affected", "REJECT", "no one is affected", "no one, in a refusal's reason"),
    ("HEROPEN MI-1 niet opgelost", "REOPEN", "niet opgelost", "Dutch: not solved"),
    ("HEROPEN MI-1 de mail werkt niet", "REOPEN", "de mail werkt niet", "Dutch: the mail does not work"),
    ("HEROPEN MI-1 nog eens", "REOPEN", "nog eens", "Dutch: once more"),
    ("WEIGER MI-1 geen", "REJECT", "geen", "Dutch: no reason"),
    ("ROUVRIR MI-1 pas résolu", "REOPEN", "pas résolu", "French: not solved"),
    ("ROUVRIR MI-1 le courriel ne fonctionne pas", "REOPEN", "le courriel ne fonctionne pas", "French: does not work"),
    ("ACCEPTER MI-1 quand même", "ACCEPT", "quand même", "French: all the same"),
    ("ROUVRIR MI-1 encore une fois", "REOPEN", "encore une fois", "French: once more"),
    ("REJETER MI-1 aucune", "REJECT", "aucune", "French: no reason"),
    ("WIEDERERÖFFNEN MI-1 nicht behoben", "REOPEN", "nicht behoben", "German: not repaired"),
    ("WIEDERERÖFFNEN MI-1 die Mail geht nicht", "REOPEN", "die Mail geht nicht", "German: the mail does not work"),
    ("WIEDERERÖFFNEN MI-1 es ist wieder kaputt", "REOPEN", "es ist wieder kaputt", "German: it, a verb in Spanish"),
    ("WIEDERERÖFFNEN MI-1 noch einmal", "REOPEN", "noch einmal", "German: once more"),
    ("ABLEHNEN MI-1 keine", "REJECT", "keine", "German: no reason"),
    ("REABRIR MI-1 no funciona", "REOPEN", "no funciona", "Spanish: does not work"),
    ("REABRIR MI-1 el correo no está resuelto", "REOPEN", "el correo no está resuelto", "Spanish: not solved"),
    ("REABRIR MI-1 otra vez", "REOPEN", "otra vez", "Spanish: once more"),
    ("RECHAZAR MI-1 ninguna", "REJECT", "ninguna", "Spanish: no reason"),
]

TAKEN_BACK = [
    ("accept MI-1 only if the network is down", "only if"),
    ("accept MI-1 if nobody else can", "if"),
    ("accept MI-1 after lunch", "after something to come"),
    ("accept MI-1 once I am home", "once, of a time to come"),
    ("REOPEN MI-1 once it fails again", "once, on a condition"),
    ("REOPEN MI-1 if it fails again", "a condition"),
    ("REOPEN MI-1 after lunch", "not now"),
    ("REJECT MI-1 unless it is mail", "a condition on a refusal"),
    ("I do not accept MI-1", "a negation before the verb"),
    ("don't reopen MI-1", "a command not to"),
    ("Please don't reopen MI-1, it works", "a command not to, with a reason"),
    ("REOPEN MI-1 not", "a negation alone"),
    ("REOPEN MI-1 no", "no, alone"),
    ("REOPEN MI-1 no need", "no need"),
    ("REOPEN MI-1 not yet", "not yet"),
    ("REOPEN MI-1 not now please", "not now"),
    ("REOPEN MI-1 not needed", "not needed"),
    ("REOPEN MI-1 is not needed", "a sentence about reopening"),
    ("ACCEPT MI-1 not me", "somebody else"),
    ("ACCEPT MI-1 I can't", "who cannot is the sender"),
    ("ACCEPT MI-1 we cannot take this", "the sender's own cannot"),
    ("ACCEPT MI-1 this is not ours", "not ours"),
    ("ACCEPT MI-1 probably not today", "probably not"),
    ("JOIN MI-1 no way", "no way"),
    ("JOIN MI-1 sorry, can't", "a negation behind an excuse"),
    ("RESOLVE MI-1 not fixed", "an all-clear of what is not repaired"),
    ("RESOLVE MI-1 not yet", "an all-clear that is too early"),
    ("REJECT MI-1 not", "a refusal taken back"),
    ("REJECT MI-1. No!", "a refusal taken back, with a mark"),
    ("REJECT MI-1 or ACCEPT", "both"),
    ("heropen MI-1 niet", "Dutch: not"),
    ("heropen MI-1 als het weer misgaat", "Dutch: if"),
    ("accepteer MI-1 niet vandaag", "Dutch: not today"),
    ("ik accepteer MI-1 niet", "Dutch: a sentence that denies"),
    ("rouvrir MI-1 pas encore", "French: not yet"),
    ("accepter MI-1 si c'est le réseau", "French: if"),
    ("je n'accepte pas MI-1", "French: a sentence that denies"),
    ("wiedereröffnen MI-1 nicht nötig", "German: not needed"),
    ("annehmen MI-1 wenn niemand kann", "German: if"),
    ("ich kann MI-1 nicht annehmen", "German: a sentence that denies"),
    ("reabrir MI-1 no hace falta", "Spanish: no need"),
    ("aceptar MI-1 es un error", "Spanish: a sentence about accepting"),
    ("aceptar MI-1 si nadie puede", "Spanish: if"),
    ("no aceptar MI-1", "Spanish: a command not to"),
]


@pytest.mark.parametrize(
    ("text", "verb", "words"), [c[:3] for c in REASONS], ids=[f"{c[3]}: {c[0]!r}" for c in REASONS]
)
def test_a_reason_is_no_doubt(text: str, verb: str, words: str) -> None:
    command = parse_command(mail(text), VERBS)
    assert (command.verb, command.incident, command.words) == (Verb(verb), "MI-1", words)


@pytest.mark.parametrize("text", [c[0] for c in TAKEN_BACK], ids=[f"{c[1]}: {c[0]!r}" for c in TAKEN_BACK])
def test_a_verb_taken_back_is_asked_about(text: str) -> None:
    command = parse_command(mail(text), VERBS)
    assert command.verb is None
    assert command.problem in {Problem.UNCLEAR, Problem.NO_VERB}
