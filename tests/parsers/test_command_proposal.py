"""What a proposal says in its optional lines."""

import pytest

from parsers.proposal import MAX_SUMMARY, parse_proposal
from parsers.types import Proposal

CASES = [
    ("Mail is down", "Since nine.", Proposal("Mail is down", "Since nine.", "", "", False), "subject and body"),
    ("Re: FW: Mail is down", "", Proposal("Mail is down", "", "", "", False), "prefixes are no words"),
    (
        "",
        "Mail is down\nSince nine.",
        Proposal("Mail is down", "Since nine.", "", "", False),
        "no subject: the first line",
    ),
    (
        "Mail",
        "Service: email, web\nImpact: nobody can mail\nConfidential: yes\nSince nine.",
        Proposal("Mail", "Since nine.", "email, web", "nobody can mail", True),
        "all the lines",
    ),
    ("Mail", "Since nine.\n\n  service :email", Proposal("Mail", "Since nine.", "email", "", False), "below, loosely"),
    ("Mail", "*Service:* email", Proposal("Mail", "", "email", "", False), "bold"),
    ("Mail", "- Impact = all", Proposal("Mail", "", "", "all", False), "an equals sign"),
    ("Mail", "• Impact: all", Proposal("Mail", "", "", "all", False), "an item of a list"),
    ("Mail", "Service：email", Proposal("Mail", "", "email", "", False), "a full-width colon"),
    (
        "Mail",
        "Service: a\nService: b",
        Proposal("Mail", "Service: b", "a", "", False),
        "the first counts, the rest stays",
    ),
    ("Mail", "Error: timeout", Proposal("Mail", "Error: timeout", "", "", False), "another word with a colon"),
    ("Mail", "The service: gone", Proposal("Mail", "The service: gone", "", "", False), "inside a sentence"),
    (
        "Mail",
        "Dienst: mail\nGevolg: geen mail\nVertrouwelijk: ja",
        Proposal("Mail", "", "mail", "geen mail", True),
        "nl",
    ),
    ("Mail", "Service : mail\nConfidentiel : oui", Proposal("Mail", "", "mail", "", True), "fr, without accents"),
    ("Mail", "Confidentialité : x", Proposal("Mail", "Confidentialité : x", "", "", False), "fr, another word"),
    ("Mail", "Confidentiel : oui\nImpact : tous", Proposal("Mail", "", "", "tous", True), "fr"),
    ("Mail", "Dienst: Post\nAuswirkung: alle\nVertraulich: ja", Proposal("Mail", "", "Post", "alle", True), "de"),
    ("Mail", "Servicio: correo\nImpacto: todos\nConfidencial: sí", Proposal("Mail", "", "correo", "todos", True), "es"),
    ("Mail", "Confidential: no", Proposal("Mail", "", "", "", False), "a no"),
    ("Mail", "Vertrouwelijk: nee", Proposal("Mail", "", "", "", False), "a no in Dutch"),
    ("Mail", "Confidential: please", Proposal("Mail", "", "", "", True), "anything but a no is a yes"),
    ("Mail", "Confidential:", Proposal("Mail", "", "", "", True), "no value is a yes"),
    ("Mail", "Confidential", Proposal("Mail", "", "", "", True), "the word alone is a yes"),
    ("Mail", "CONFIDENTIAL!", Proposal("Mail", "", "", "", True), "the word alone, loud"),
    ("[CONFIDENTIAL] Leak", "", Proposal("Leak", "", "", "", True), "a marked subject"),
    ("Confidential: leak", "", Proposal("leak", "", "", "", True), "a subject that says so"),
    ("Confidential data leaked", "", Proposal("Confidential data leaked", "", "", "", False), "a subject about it"),
    (
        "Mail",
        "Down.\nThis e-mail is confidential.",
        Proposal("Mail", "Down.\nThis e-mail is confidential.", "", "", False),
        "a disclaimer",
    ),
    (
        "",
        "Mail is down since 9; service: email; impact: all; confidential: yes",
        Proposal("Mail is down since 9", "", "email", "all", True),
        "a text in one line",
    ),
    ("", "Mail is down. Service: email", Proposal("Mail is down", "", "email", "", False), "a text in two sentences"),
    ("", "Error 5, code: 7", Proposal("Error 5, code: 7", "", "", "", False), "a text with a colon"),
    ("", "", Proposal("", "", "", "", False), "nothing"),
    (
        "a\r\nBcc: x@evil.example",
        "",
        Proposal("a Bcc: x@evil.example", "", "", "", False),
        "no line break in a summary",
    ),
]


@pytest.mark.parametrize(("subject", "text", "proposal"), [c[:3] for c in CASES], ids=[c[3] for c in CASES])
def test_proposal(subject: str, text: str, proposal: Proposal) -> None:
    assert parse_proposal(subject, text) == proposal


def test_a_long_summary_is_cut_and_kept_whole_in_the_details() -> None:
    subject = "word " * 100
    proposal = parse_proposal(subject, "more")
    assert len(proposal.summary) <= MAX_SUMMARY
    assert proposal.summary.endswith("word…")
    assert proposal.details == subject.strip() + "\nmore"
