"""Where a proposal names no service, those it speaks of are suggested, and the channels they take out are doubted."""

import pytest

from daemon.core.identity import Evidence
from tests.core.vocabulary import Office


@pytest.mark.parametrize(
    ("subject", "body", "suggested"),
    [
        pytest.param("The shop is down", "", "webshop", id="an alias in the subject"),
        pytest.param("Nothing works", "Outlook hangs, and every CARD is refused.", "email, payments", id="in the body"),
        pytest.param("Web shop: nobody can order", "", "webshop", id="its public name"),
        pytest.param("Workshop flooded", "The mailman slipped.", "", id="a part of a word is none"),
        pytest.param("Outlook hangs", "Service: payments", "", id="a service is named"),
        pytest.param("The tills are dead", "", "", id="none is spoken of"),
    ],
)
def test_what_is_suggested_to_the_managers(subject: str, body: str, suggested: str) -> None:
    came = Office().proposes("Lotte", subject, body)
    assert {notice.content.name for notice in came.of("decision-request")} == {suggested}
    assert came.one("proposal-received").content.name == ""


def test_a_channel_that_may_be_out_is_not_relied_upon() -> None:
    office = Office()
    came = office.proposes("Lotte", "Outlook hangs for everybody")
    assert came.one("proposal-received").via == (("sms", "email"),)
    told = office.says("An", "ACCEPT").of("initial")
    assert {notice.via for notice in told} == {(("sms", "email"),)}


def test_mail_stays_evidence_until_somebody_says_that_it_is_affected() -> None:
    office = Office()
    asked = office.proposes("Lotte", "I got a mail: the tills are dead").one("decision-request")
    came = office.says("An", "ACCEPT", by="email", answering=asked, evidence=Evidence.TOKEN)
    assert "done-accept" in came.kinds


def test_a_suggestion_calls_nobody_but_those_of_the_star() -> None:
    office = Office()
    office.proposes("Lotte", "The shop is down")
    assert office.says("An", "ACCEPT").to("page") == {"Tom"}
    assert office.says("An", "SERVICE webshop").to("page") == {"Rosa", "Hugo"}
