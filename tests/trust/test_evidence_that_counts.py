"""What must work: each piece of evidence, and one reply by another channel where there is none."""

import pytest

from daemon.core.model import Status
from tests.trust.scene import AN, FAILED, JAMES, PASSED, SILENT, stage

NO_PHONE = "Piet Smit,piet.smit@acme.example,,incident-managers,en,\n"
PIET = "piet.smit@acme.example"


@pytest.mark.parametrize("head", [[], [SILENT]], ids=["no Authentication-Results", "none that says anything"])
async def test_a_reply_token_from_their_own_address(head: list[str]) -> None:
    async with stage() as here:
        await here.proposed()
        to = f"incidents+{here.token(JAMES)}@acme.example"
        await here.posts(*head, f"From: James Whitfield <{JAMES}>", "Subject: Re: [MI-1]", to=to, body="Accept")
        assert here.status is Status.ACCEPTED


async def test_a_reply_token_from_their_other_address() -> None:
    async with stage() as here:
        await here.proposed()
        head = (f"References: <{here.token(JAMES)}@acme.example>", "From: jw@home.example", "Subject: Re: [MI-1]")
        await here.posts(*head, body="Accept")
        assert here.organization.daemon.state.incidents["MI-1"].manager == JAMES


async def test_a_verified_domain() -> None:
    async with stage() as here:
        await here.proposed()
        await here.posts(PASSED, f"From: {JAMES}", "Subject: your request", body="ACCEPT MI-1")
        assert here.status is Status.ACCEPTED


async def test_a_number_on_file() -> None:
    async with stage() as here:
        await here.proposed()
        await here.talk.texts("James", "accept")
        assert here.status is Status.ACCEPTED


async def test_mail_without_evidence_is_confirmed_by_one_text() -> None:
    async with stage() as here:
        await here.proposed()
        await here.posts(f"From: {JAMES}", "Subject: Re: [MI-1]")
        here.asked_to_confirm("James")
        await here.talk.texts("James", "ACCEPT MI-1")
        assert here.status is Status.ACCEPTED


async def test_without_a_phone_on_file_it_is_confirmed_by_a_reply_to_the_address_on_file() -> None:
    async with stage(contacts=NO_PHONE) as here:
        await here.proposed()
        await here.posts(FAILED, f"From: {PIET}", "Subject: Re: [MI-1]")
        assert here.undecided
        asked = here.asked_to_confirm("Piet", by="email")
        assert asked.mail is not None
        head = (f"From: {PIET}", "Subject: Re: [MI-1]", f"In-Reply-To: {asked.mail['Message-ID']}")
        await here.posts(*head, to=str(asked.mail["Reply-To"]), body="ACCEPT MI-1")
        assert here.organization.daemon.state.incidents["MI-1"].manager == PIET


@pytest.mark.parametrize(
    "proposal",
    ["Service: email\n\nNo mail since nine.", "Confidential: yes\n\nMoney is missing."],
    ids=["where the service disables email", "in a confidential incident"],
)
async def test_mail_is_no_evidence(proposal: str) -> None:
    async with stage(contacts=NO_PHONE) as here:
        await here.proposed(proposal)
        to = f"incidents+{here.token(JAMES)}@acme.example"
        await here.posts(PASSED, f"From: {JAMES}", "Subject: Re: [MI-1]", to=to)
        assert here.undecided
        asked = here.talk.hears("James", "sms", "MI-1", "ACCEPT MI-1")
        assert "Money" not in asked.text
        here.forget()
        await here.posts(PASSED, f"From: {PIET}", "Subject: Re: [MI-1]")
        assert here.undecided
        here.asked_to_confirm("Piet", "send it as a text message", by="email")
        await here.talk.texts("James", "ACCEPT MI-1")
        assert here.status is Status.ACCEPTED


async def test_a_proposer_who_is_not_on_file_withdraws_by_replying() -> None:
    async with stage() as here:
        await here.posts(PASSED, "From: New Person <new@acme.example>", "Subject: Tills down", body="All of them.")
        (received,) = [seen for seen in here.sent() if seen.address == "new@acme.example"]
        assert received.mail is not None
        assert "WITHDRAW MI-1" in received.text
        here.forget()
        head = ("From: eve@evil.example", "Subject: Re: [MI-1]", f"In-Reply-To: {received.mail['Message-ID']}")
        await here.posts(*head, to=str(received.mail["Reply-To"]), body="WITHDRAW MI-1")
        to = f"incidents+{here.token(JAMES)}@acme.example"
        await here.posts("From: new@acme.example", "Subject: Re: [MI-1]", to=to, body="WITHDRAW MI-1")
        assert here.undecided
        assert not here.sent()
        head = ("From: new@acme.example", "Subject: Re: [MI-1]", f"In-Reply-To: {received.mail['Message-ID']}")
        await here.posts(*head, to=str(received.mail["Reply-To"]), body="Withdraw\n\nIt was a loose cable.")
        assert here.status is Status.CANCELED
        assert "new@acme.example" in {seen.address for seen in here.sent()}


async def test_a_proposal_of_which_our_server_says_that_it_failed_is_held() -> None:
    async with stage() as here:
        await here.posts(FAILED, "From: Lotte Claes <lotte.claes@acme.example>", "Subject: Tills down", body="All.")
        for name in ("An", "James", "Claire"):
            here.talk.hears(name, "email", "MI-1")
            here.talk.hears(name, "sms", "MI-1")
        here.talk.hears("Lotte", "email", "MI-1")
        await here.talk.passes("9m", watched=False)
        here.talk.nothing_else()


async def test_the_name_of_somebody_not_on_file_never_stands_alone() -> None:
    async with stage() as here:
        await here.posts(PASSED, 'From: "An Peeters" <eve@acme.example>', "Subject: Tills down", body="All of them.")
        for channel in ("email", "sms"):
            asked = here.talk.hears("James", channel, "MI-1")
            assert "eve@acme.example" in asked.text
        assert AN not in here.organization.daemon.state.incidents["MI-1"].proposer


async def test_words_in_the_proposers_name_reach_the_manager_only_with_evidence() -> None:
    async with stage() as here:
        await here.accepted()
        forged = (
            f"In-Reply-To: <{here.token(JAMES)}@acme.example>",
            "From: lotte.claes@acme.example",
            "Subject: Re: x",
        )
        await here.posts(*forged, body="It all works again, resolve it.")
        assert not [seen for seen in here.sent() if seen.person == "James Whitfield"]
        here.forget()
        to = f"incidents+{here.token('lotte.claes@acme.example')}@acme.example"
        await here.posts("From: lotte.claes@acme.example", "Subject: Re: [MI-1]", to=to, body="Now Ghent as well.")
        here.talk.hears("James", "sms", "MI-1", "Ghent")


async def test_a_reply_of_which_only_the_subject_is_left_is_no_proposal() -> None:
    async with stage() as here:
        await here.proposed()
        await here.posts(PASSED, f"From: {JAMES}", "Subject: RE: [MI-1] Tills are down", body="Who is on this?")
        here.talk.hears("James", "email", "MI-1", "Who is on this?")
        here.talk.nothing_else()
        await here.posts(PASSED, "From: eve@acme.example", "Subject: RE: [MI-1] Tills are down", body="A new one.")
        assert list(here.organization.daemon.state.incidents) == ["MI-1", "MI-2"]
        await here.posts(PASSED, f"From: {JAMES}", "Subject: Fwd: [MI-1] From our supplier", body="Their outage.")
        assert list(here.organization.daemon.state.incidents) == ["MI-1", "MI-2", "MI-3"]
