"""A proposal comes in: held, refused, late, empty, confidential; and who is asked."""

import pytest

from config.types import Detail
from daemon.core.identity import Evidence
from tests.core.vocabulary import Edits, Office, minutes

REFUSE: Edits = {'unknown = "hold"': 'unknown = "refuse"'}
ONLY_DESK: Edits = {'from = ["*@acme.example"]': 'from = ["*.benali@acme.example"]'}
PROPOSED = ["proposal-received", "decision-request"]


@pytest.mark.parametrize(
    ("edits", "who", "by", "kinds", "hold"),
    [
        pytest.param({}, "Lotte", "email", PROPOSED, None, id="a contact who may, by mail"),
        pytest.param({}, "new@acme.example", "email", PROPOSED, None, id="somebody not on file who may, by mail"),
        pytest.param({}, "NEW@Acme.Example", "email", PROPOSED, None, id="in any case"),
        pytest.param(ONLY_DESK, "Lotte", "email", PROPOSED, "unknown", id="a contact who may not: held, and told"),
        pytest.param({**ONLY_DESK, **REFUSE}, "Lotte", "email", ["proposal-refused"], None, id="or refused, and told"),
        pytest.param(ONLY_DESK, "Lotte", "sms", PROPOSED, None, id="by text every contact may"),
        pytest.param(
            {}, "eve@evil.example", "email", ["decision-request"], "unknown", id="a stranger: held, in silence"
        ),
        pytest.param(REFUSE, "eve@evil.example", "email", [], None, id="or refused, in silence"),
        pytest.param(
            {}, "+32999888777", "sms", ["decision-request"], "unknown", id="a stranger's text: held, in silence"
        ),
        pytest.param(REFUSE, "+32999888777", "sms", [], None, id="or refused, in silence, too"),
    ],
)
def test_who_may_propose(edits: Edits, who: str, by: str, kinds: list[str], hold: str | None) -> None:
    office = Office(edits)
    words = "Web shop is down"
    came = office.proposes(who, words) if by == "email" else office.says(who, f"PROPOSE {words}")
    assert came.kinds == kinds
    if "decision-request" in kinds:
        assert office.incident.hold == hold
        assert came.to("decision-request") == {"An", "James", "Claire"}


@pytest.mark.parametrize(
    ("who", "subject", "body", "kinds"),
    [
        pytest.param("Lotte", "", "", ["proposal-empty"], id="an empty mail of somebody we know"),
        pytest.param("new@acme.example", "", " \n ", ["proposal-empty"], id="or of somebody who may propose"),
        pytest.param("eve@evil.example", "", "", [], id="an empty mail of a stranger"),
    ],
)
def test_empty(who: str, subject: str, body: str, kinds: list[str]) -> None:
    came = Office().proposes(who, subject, body)
    assert came.kinds == kinds
    assert came.events == []


def test_an_empty_text() -> None:
    assert Office().says("Lotte", "PROPOSE").kinds == ["proposal-empty"]


def test_a_late_one_goes_to_the_managers_held_and_the_ladder_is_not_climbed() -> None:
    office = Office()
    came = office.proposes(late=True)
    assert came.kinds == PROPOSED
    assert came.one("decision-request").content.hold == "late"
    assert "decision-request" not in office.passes(minutes(60)).kinds


def test_a_held_one_of_a_stranger_says_nothing_to_the_stranger_ever() -> None:
    office = Office()
    came = office.proposes("eve@evil.example")
    came += office.passes(minutes(15))
    came += office.says("An", "ACCEPT MI-1")
    came += office.says("An", "RESOLVE")
    assert "eve@evil.example" not in {who for notice in came.notices for who in notice.recipients}


@pytest.mark.parametrize(
    ("body", "services"),
    [
        pytest.param("Service: web shop", ("webshop",), id="by alias"),
        pytest.param("Service: Web shop, card", ("webshop", "payments"), id="two"),
        pytest.param("service: PAYMENTS", ("payments",), id="by name, in any case"),
        pytest.param("Service: *", (), id="the star is no name"),
        pytest.param("All is broken", (), id="none"),
    ],
)
def test_services(body: str, services: tuple[str, ...]) -> None:
    office = Office()
    office.proposes("Lotte", "Help", body)
    assert office.incident.services == services


def test_a_service_that_is_none_of_ours_stays_in_the_words() -> None:
    office = Office()
    office.proposes("Lotte", "Help", "Service: warehouse robots\n\nThey stopped.")
    assert office.incident.details == "Service: warehouse robots\n\nThey stopped."


def test_the_managers_are_told_what_who_and_how_to_answer() -> None:
    office = Office()
    came = office.proposes("Lotte", "Web shop is down", "Impact: no orders\n\nSince nine.")
    request = came.one("decision-request")
    assert (request.content.summary, request.content.proposed_impact) == ("Web shop is down", "no orders")
    assert (request.content.details, request.content.proposer) == ("Since nine.", "Lotte Claes")
    assert [verb.value for verb in request.content.forms] == ["ACCEPT", "REJECT", "STATUS"]
    assert request.detail is Detail.MANAGEMENT


def test_if_email_is_out_text_goes_first() -> None:
    office = Office()
    office.proposes("Lotte", "No mail", "Service: email")
    came = office.says("An", "ACCEPT")
    assert {n.via for n in came.of("initial")} == {(("sms", "email"),)}


@pytest.mark.parametrize(
    ("who", "subject", "body", "kinds"),
    [
        pytest.param("An", "ACCEPT", "", ["no-incident"], id="a lone decision of a manager, with nothing to decide"),
        pytest.param("Lotte", "Accept", "", ["no-incident"], id="a lone decision of anybody"),
        pytest.param("An", "Status?", "STATUS", ["no-incident"], id="STATUS in a new mail"),
        pytest.param("An", "x", "HELP", ["help"], id="HELP in a new mail"),
        pytest.param(
            "Lotte", "Update of the tills failed", "All tills are dark.", PROPOSED, id="a sentence is a proposal"
        ),
        pytest.param(
            "Lotte", "Cards", "Accept: terminals refuse all cards", PROPOSED, id="words that begin like a verb"
        ),
    ],
)
def test_a_new_mail_that_begins_with_a_verb(who: str, subject: str, body: str, kinds: list[str]) -> None:
    assert Office().proposes(who, subject, body).kinds == kinds


def test_a_managers_decision_in_a_new_mail() -> None:
    office = Office()
    office.proposes()
    assert "done-accept" in office.proposes("An", "the shop", "ACCEPT").kinds


def test_a_mail_that_refers_to_one_of_ours_is_never_a_proposal() -> None:
    office = Office().accepted()
    office.says("Nadia", "The tills are dark", by="email", subject="Tills", answering="MI-1", evidence=Evidence.DOMAIN)
    assert office.state.last_incident == 1


def test_somebody_not_on_file_who_proposed_hears_and_may_withdraw() -> None:
    office = Office()
    received = office.proposes("new@acme.example").one("proposal-received")
    came = office.says("new@acme.example", "WITHDRAW", by="email", answering=received, evidence=Evidence.TOKEN)
    assert came.one("done-withdraw").recipients == ("new@acme.example",)


def test_and_learns_of_no_other_incident() -> None:
    office = Office()
    office.proposes()
    received = office.proposes("new@acme.example", "Cards are refused").one("proposal-received")
    came = office.says("new@acme.example", "STATUS MI-1", by="email", answering=received, evidence=Evidence.TOKEN)
    assert came.kinds == ["no-such-incident"]


def test_numbers_are_given_in_order_and_never_twice() -> None:
    office = Office()
    for _ in range(3):
        office.proposes()
    assert list(office.state.incidents) == ["MI-1", "MI-2", "MI-3"]


def test_of_a_late_one_the_managers_read_when_it_was_written() -> None:
    office = Office()
    came = office.proposes(late=True, ago=minutes(180))
    assert came.one("decision-request").content.proposed == office.now - minutes(180)
    assert office.incident.proposed == office.now


@pytest.mark.parametrize("line", ["Confidential: yes", "Service: email", "confidential : yes"])
def test_a_new_mail_that_begins_with_an_optional_line_is_a_proposal_of_its_own(line: str) -> None:
    office = Office().accepted()
    came = office.proposes("Lotte", "Payroll is open to everybody", f"{line}\n\nSince this morning.")
    assert "Proposed" in came.events
    assert office.incident.id == "MI-2"
    assert not office.state.incidents["MI-1"].confidential


def test_a_new_mail_that_says_only_confidential_is_a_command() -> None:
    office = Office().accepted()
    came = office.proposes("Lotte", "", "CONFIDENTIAL")
    assert came.events[0] == "MadeConfidential"


@pytest.mark.parametrize(
    ("who", "told"),
    [
        pytest.param("eve@evil.example", (), id="a stranger hears nothing, and nothing else is said"),
        pytest.param("Lotte", ("Lotte Claes",), id="the proposer hears it"),
    ],
)
def test_who_rejects_is_told_whether_the_proposer_hears_of_it(who: str, told: tuple[str, ...]) -> None:
    office = Office()
    office.proposes(who)
    came = office.says("An", "REJECT MI-1 Not major")
    assert came.one("done-reject").content.people == told
    assert ("proposer-rejected" in came.kinds) is bool(told)
