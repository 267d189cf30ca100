"""Mail that pretends: through the mailbox, into the whole daemon. Nothing is decided, and the person is asked."""

import pytest

from daemon.core.model import Status
from tests.trust.scene import CLAIRE, FAILED, JAMES, PASSED, SILENT, Stage, stage

OTHERS = "Authentication-Results: mx.evil.example; dmarc=pass header.from=acme.example"

ASKED = {
    "a From header alone": [f"From: {JAMES}"],
    "a From header alone, our server says nothing of it": [SILENT, f"From: {JAMES}"],
    "our server says that it failed": [FAILED, f"From: {JAMES}"],
    "the sender's own Authentication-Results below our server's": [FAILED, PASSED, f"From: {JAMES}"],
    "the sender's own Authentication-Results above our server's": [OTHERS, FAILED, f"From: {JAMES}"],
    "the sender's own, above, hides that ours passed": [OTHERS, PASSED, f"From: {JAMES}"],
    "another organization's server": [OTHERS, f"From: {JAMES}"],
    "a domain above ours passed": [
        "Authentication-Results: mx.acme.example; dmarc=pass header.from=example", f"From: {JAMES}",
    ],
}  # fmt: skip


@pytest.mark.parametrize("head", ASKED.values(), ids=ASKED)
async def test_without_evidence_the_person_is_asked_by_text_and_nothing_is_decided(head: list[str]) -> None:
    async with stage() as here:
        await here.proposed()
        await here.posts(*head, "Subject: Re: [MI-1]")
        assert here.undecided
        here.asked_to_confirm("James")


SILENCE = {
    "a display name that is a manager's": ['From: "James Whitfield" <eve@evil.example>'],
    "a display name that is a manager's address": [f'From: "{JAMES}" <eve@evil.example>'],
    "two From headers": [f"From: {JAMES}", "From: eve@evil.example"],
    "two From headers, the manager's below": ["From: eve@evil.example", f"From: {JAMES}"],
    "two addresses in From": [f"From: {JAMES}, eve@evil.example"],
    "a Sender that differs": [f"From: {JAMES}", "Sender: eve@evil.example"],
    "a Cyrillic letter in the name": ["From: jаmes.whitfield@acme.example"],
    "a Cyrillic letter in the domain": ["From: james.whitfield@аcme.example"],
    "a full-width letter": ["From: ｊames.whitfield@acme.example"],
    "the same in Punycode": ["From: james.whitfield@xn--cme-5cd.example"],
    "a domain that begins as ours": ["From: james.whitfield@acme.example.evil.example"],
    "a route in the address": ["From: <@acme.example:james.whitfield@evil.example>"],
    "a comment in the address": ["From: james.whitfield@evil.example(@acme.example)"],
}  # fmt: skip


async def test_somebody_else_gets_silence_even_with_the_managers_token() -> None:
    async with stage() as here:
        await here.proposed()
        token = here.token(JAMES)
        to = f"incidents+{token}@acme.example"
        for case, head in SILENCE.items():
            await here.posts(PASSED, *head, "Subject: Re: [MI-1]", f"In-Reply-To: <{token}@acme.example>", to=to)
            assert here.undecided, case
            assert not here.sent(), case


async def _with(here: Stage, token: str, *head: str, who: str = JAMES, body: str = "ACCEPT MI-1") -> None:
    to = f"incidents+{token}@acme.example"
    await here.posts(*head, f"From: {who}", "Subject: Re: [MI-1]", to=to, body=body)


async def test_a_token_of_another_person() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(CLAIRE))
        assert here.undecided
        here.asked_to_confirm("James")


async def test_a_token_of_another_incident() -> None:
    async with stage() as here:
        await here.proposed()
        await here.talk.mails("Nadia Benali", "The lift is stuck", "On the third floor.")
        here.forget()
        await _with(here, here.token(JAMES, "MI-2"))
        assert here.undecided
        here.talk.hears("James", "email", "MI-1", "MI-2")
        here.talk.nothing_else()


async def test_a_token_altered_to_another_incident() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(JAMES, "MI-2").replace("mi2-", "mi1-"))
        assert here.undecided
        here.asked_to_confirm("James")


async def test_a_token_that_has_expired() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(JAMES, days_ago=31))
        assert here.undecided
        here.asked_to_confirm("James")


async def test_a_token_of_a_day_to_come() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(JAMES, days_ago=-3))
        assert here.undecided
        here.asked_to_confirm("James")


async def test_a_token_in_a_mail_of_which_our_server_says_that_it_failed() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(JAMES), FAILED)
        assert here.undecided
        here.asked_to_confirm("James")


async def test_a_token_decides_once() -> None:
    async with stage() as here:
        await here.proposed()
        token = here.token(JAMES)
        await _with(here, token, body="REJECT MI-1 a false alarm")
        assert here.status is Status.REJECTED
        here.forget()
        await _with(here, token, body="ACCEPT MI-1")
        assert here.status is Status.REJECTED
        here.asked_to_confirm("James")


async def test_beside_a_token_that_has_decided_a_verified_domain_still_counts() -> None:
    async with stage() as here:
        await here.proposed()
        token = here.token(JAMES)
        await _with(here, token, PASSED, body="REJECT MI-1 a false alarm")
        here.forget()
        await _with(here, token, PASSED, body="ACCEPT MI-1")
        assert here.status is Status.ACCEPTED


async def test_a_forwarded_request_answered_by_a_colleague() -> None:
    async with stage() as here:
        await here.proposed()
        token = here.token(JAMES)
        await _with(here, token, PASSED, f"In-Reply-To: <{token}@acme.example>", who="nadia.benali@acme.example")
        assert here.undecided
        here.talk.hears("Nadia", "email", "MI-1")
        here.talk.nothing_else()


async def test_a_reply_to_all_of_a_colleague_who_has_no_evidence() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(JAMES), f"Cc: {JAMES}", who="nadia.benali@acme.example")
        assert here.undecided
        here.talk.hears("Nadia", "email", "MI-1")
        here.talk.nothing_else()


async def test_a_colleague_who_is_a_manager_decides_for_herself() -> None:
    async with stage() as here:
        await here.proposed()
        await _with(here, here.token(JAMES), PASSED, who=CLAIRE)
        assert here.organization.daemon.state.incidents["MI-1"].manager == CLAIRE


async def test_a_stranger_with_a_forwarded_request_learns_nothing_of_a_confidential_incident() -> None:
    async with stage() as here:
        await here.proposed("Confidential: yes\n\nMoney is missing.")
        await _with(here, here.token(JAMES), PASSED, who="nadia.benali@acme.example", body="ACCEPT")
        assert here.undecided
        (seen,) = here.sent()
        assert seen.person == "Nadia Benali"
        assert "Money" not in seen.text + seen.subject


async def test_a_second_copy_of_a_mail_has_no_second_effect() -> None:
    async with stage() as here:
        await here.accepted()
        head = (PASSED, f"From: {JAMES}", "Subject: x", "Message-ID: <same@acme.example>")
        await here.posts(*head, body="UPDATE MI-1 Half is back.")
        assert here.sent()
        here.forget()
        await here.posts(*head, body="UPDATE MI-1 Half is back.")
        here.talk.nothing_else()


async def test_a_forged_stop_stops_nothing() -> None:
    async with stage() as here:
        await here.proposed()
        await here.posts(f"From: {JAMES}", "Subject: x", body="STOP")
        here.talk.hears("James", "sms", "STOP")
        here.talk.nothing_else()
        assert not here.organization.daemon.state.barred


async def test_a_forged_delivery_report_bars_no_address() -> None:
    async with stage() as here:
        await here.proposed()
        token = here.token(JAMES)
        altered = token[:-4] + ("aaaa" if token[-4:] != "aaaa" else "bbbb")
        head = ("From: mailer-daemon@evil.example", "Subject: Undeliverable", "Return-Path: <>", "MIME-Version: 1.0")
        kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
        report = (
            "--b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            f"Original-Envelope-Id: {altered}\r\n\r\nFinal-Recipient: rfc822;{JAMES}\r\nAction: failed\r\n"
            "Status: 5.1.1\r\n\r\n--b--"
        )
        await here.posts(*head, kind, body=report)
        assert not here.organization.daemon.state.barred
        here.talk.nothing_else()
        await here.posts(*head, kind, body=report.replace(altered, token))
        assert list(here.organization.daemon.state.barred) == [("email", JAMES)], "a true one does"
