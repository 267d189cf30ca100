"""The managers are mailed the procedure when it has changed, with the files; nobody else, and never twice."""

import asyncio
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from daemon import restoring
from daemon.core.notices import Priority
from daemon.core.stimuli import ProcedureWritten
from daemon.document.page import page
from daemon.procedure.card import card
from daemon.procedure.copies import Copies
from daemon.procedure.document import procedure
from daemon.sandbox.organization import Organization, Seen
from tests.core.vocabulary import Edits, Office

NO_MAIL: Edits = {"James Whitfield,james.whitfield@acme.example;jw@home.example,": "James Whitfield,,"}

WITHIN = 240.0


def test_the_first_version_is_mailed_once() -> None:
    office = Office()
    came = office.gets(ProcedureWritten("a1"))
    assert came.to("procedure") == {"An", "James", "Claire"}
    assert came.one("procedure").via == (("email",),)
    assert came.one("procedure").priority is Priority.STAKEHOLDERS
    assert office.gets(ProcedureWritten("a1")).notices == []


def test_a_change_is_mailed_again() -> None:
    office = Office()
    office.gets(ProcedureWritten("a1"))
    assert office.gets(ProcedureWritten("b2")).to("procedure") == {"An", "James", "Claire"}


def test_a_manager_without_email_is_left_alone() -> None:
    assert Office(NO_MAIL).gets(ProcedureWritten("a1")).to("procedure") == {"An", "Claire"}


def test_it_is_no_part_of_an_incident() -> None:
    office = Office()
    office.proposes()
    assert office.gets(ProcedureWritten("a1")).one("procedure").incident == ""


def test_in_a_confidential_incident_nobody_is_mailed_and_after_it_everybody() -> None:
    office = Office()
    office.proposes(body="Confidential: yes")
    assert office.gets(ProcedureWritten("a1")).facts == ()
    assert office.state.procedure_version == ""
    office.says("An", "REJECT MI-1 not now")
    assert office.gets(ProcedureWritten("a1")).to("procedure") == {"An", "James", "Claire"}


async def test_the_core_hears_of_it_until_it_has_told_somebody() -> None:
    office, heard = Office(), 0
    office.proposes(body="Confidential: yes")
    ready = asyncio.Event()
    ready.set()

    async def put(stimulus: ProcedureWritten) -> bool:
        nonlocal heard
        heard += 1
        if heard == 2:
            office.says("An", "REJECT MI-1 not now")
        office.gets(stimulus)
        return True

    async with asyncio.timeout(WITHIN):
        await Copies(office.configuration).tell(ready, put, lambda: office.state.procedure_version, again=0.0)
    assert (heard, office.state.procedure_version != "") == (2, True)


def test_a_restart_knows_which_version_was_told() -> None:
    office = Office()
    office.gets(ProcedureWritten("a1"))
    office.state = restoring.restore(office.configuration, office.tables)
    assert office.state.procedure_version == "a1"
    assert office.gets(ProcedureWritten("a1")).notices == []


async def mailed(acme: Organization, count: int) -> list[Seen]:
    """Waits, in real time, until so many mails have come: writing them takes its time beside the clock."""
    async with asyncio.timeout(WITHIN):
        while len(acme.seen) < count:  # noqa: ASYNC110 (the organization tells nobody)
            await asyncio.sleep(0.05)
    await acme.settle()
    return acme.seen


def files(seen: Seen) -> Iterator[EmailMessage]:
    assert seen.mail is not None
    return (part for part in seen.mail.iter_attachments() if isinstance(part, EmailMessage))


@pytest.fixture
async def acme() -> Organization:
    return Organization(tell_procedure=True)


async def test_the_mail_has_the_page_the_card_and_their_pdfs(acme: Organization) -> None:
    async with acme:
        seen = await mailed(acme, 3)
        assert {one.person.split()[0] for one in seen} == {"An", "James", "Claire"}
        for one in seen:
            attached = {part.get_filename(): part.get_payload(decode=True) for part in files(one)}
            assert list(attached) == ["procedure.html", "card.html", "procedure.pdf", "card.pdf"]
            assert attached["procedure.html"] == page(procedure(acme.configuration)).encode()
            assert attached["card.html"] == page(card(acme.configuration), card=True).encode()
            assert bytes(attached["card.pdf"]).startswith(b"%PDF-")
            assert one.text.strip()
        assert acme.daemon.state.procedure_version == procedure(acme.configuration).version
