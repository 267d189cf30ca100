"""Messages that are no plain command: a clear answer to whom we know, silence to strangers, never a stopped daemon."""

import pytest

from daemon.sandbox.mail_client import AUTHENTICATED
from tests.scenarios.play import BOTH, INBOX, MANAGERS, talking

VERIFIED = {"Authentication-Results": AUTHENTICATED}
EVE = "eve@evil.example"
STRANGE_PHONE = "+32499999999"


async def test_a_strangers_proposal_is_held_and_the_stranger_hears_nothing() -> None:
    async with talking() as talk:
        await talk.mails_as(EVE, "Your web shop is down", "Believe me.")
        talk.all_get(MANAGERS, "decision-request", *BOTH)
        talk.nothing_else()
        await talk.passes("1h")
        talk.nothing_else()
        await talk.texts("An", "REJECT spam")
        talk.gets("An", "done-reject", "sms")
        talk.decided("decision-rejected", "An")
        talk.nothing_else()


async def test_or_refused() -> None:
    async with talking({'unknown = "hold"': 'unknown = "refuse"'}) as talk:
        await talk.mails_as(EVE, "Your web shop is down", "Believe me.")
        await talk.texts_as(STRANGE_PHONE, "PROPOSE your web shop is down")
        talk.nothing_else()


async def test_a_strangers_texts_are_met_with_silence() -> None:
    async with talking() as talk:
        await talk.proposed()
        for words in ("ACCEPT MI-1", "STATUS", "hello?", "UPDATE MI-1 it is all over", "7", ""):
            await talk.texts_as(STRANGE_PHONE, words)
        talk.nothing_else()
        assert talk.organization.daemon.state.incidents["MI-1"].status == "proposed"


async def test_a_strangers_reply_is_met_with_silence() -> None:
    async with talking() as talk:
        await talk.mails("Lotte", "Web shop is down", "")
        received = talk.gets("Lotte", "proposal-received").mail
        talk.forget()
        assert received is not None
        thread = {"In-Reply-To": str(received["Message-ID"]), **VERIFIED}
        await talk.mails_as(EVE, "Re: down", "ACCEPT MI-1", headers=thread, to=str(received["Reply-To"]))
        talk.nothing_else()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(bytes(range(256)) * 8, id="binary"),
        pytest.param(b"Subject: Web shop is down\r\n\r\nNobody can order.\r\n", id="without a sender"),
        pytest.param(b"From: <>\r\nSubject: Web shop is down\r\n\r\nNobody can order.\r\n", id="an empty sender"),
    ],
)
async def test_what_nobody_sent_is_no_proposal(raw: bytes) -> None:
    async with talking() as talk:
        await talk.organization.mail.deliver(raw, INBOX)
        await talk.organization.settle()
        talk.nothing_else()
        assert not talk.organization.daemon.state.incidents
        assert talk.organization.daemon.state.handled


async def test_an_empty_mail() -> None:
    async with talking() as talk:
        await talk.mails("Nadia", "", "")
        talk.gets("Nadia", "proposal-empty")
        await talk.mails_as(EVE, "", "")
        talk.nothing_else()


async def test_a_binary_mail_and_garbage() -> None:
    async with talking() as talk:
        await talk.mails_as("nadia.benali@acme.example", "", bytes(range(256)) * 40, headers=VERIFIED)
        talk.gets("Nadia", "proposal-empty")
        for raw in (b"", b"\x00\xff\xfe", b"From: \r\n\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x"):
            await talk.organization.mail.deliver(raw, "incidents@acme.example")
            await talk.organization.settle()
        talk.forget()
        await talk.proposed()


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        pytest.param("I can't accept this", "not-understood", "ACCEPT MI-1", id="a sentence"),
        pytest.param("FROBNICATE MI-1", "not-understood", "ACCEPT MI-1", id="an unknown verb"),
        pytest.param("ACEPT", "did-you-mean", "ACCEPT MI-1", id="a slip"),
        pytest.param("ACCEPT MI-9", "no-such-incident", "MI-9", id="a number that does not exist"),
        pytest.param("UPDATE MI-1 half is back", "not-in-charge", "ACCEPT MI-1", id="a verb for another status"),
        pytest.param("BRIDGE MI-1", "not-in-charge", "ACCEPT MI-1", id="a verb of whoever is in charge"),
    ],
)
async def test_a_manager_gets_a_clear_answer(words: str, kind: str, says: str) -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.texts("James", words)
        talk.gets("James", kind, "sms", words=[says])
        await talk.replies("James", words)
        talk.gets("James", kind, "email", words=[says])
        talk.nothing_else()


async def test_an_incident_that_is_over() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "RESOLVE")
        talk.forget()
        await talk.passes("2m")
        await talk.replies("James", "ACCEPT")
        talk.gets("James", "wrong-status", words=["REOPEN MI-1"])
        talk.nothing_else()


async def test_two_decide_and_the_first_wins() -> None:
    async with talking() as talk:
        await talk.accepted("An")
        await talk.replies("James", "ACCEPT")
        talk.gets("James", "already-decided", words=["An Peeters"])
        await talk.texts("Claire", "REJECT")
        talk.gets("Claire", "reject-after-accept", "sms", words=["An Peeters", "DOWNGRADE"])
        talk.nothing_else()


async def test_forged_mail_is_asked_to_confirm_by_text() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.mails_as("james.whitfield@acme.example", "decision", "ACCEPT MI-1")
        talk.gets("James", "confirm-sender", "sms", words=["ACCEPT MI-1"])
        talk.nothing_else()
        await talk.texts("James", "ACCEPT MI-1")
        talk.gets("James", "done-accept", "sms")
        talk.decided("decision-accepted", "James", "proposer-accepted")
        talk.staff_gets("initial")
        talk.team_paged()
        talk.nothing_else()


async def test_words_in_doubt_are_shown_and_confirmed_by_update_alone() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.replies("An", "UPDATE Half of the shop is back.\nPiet wrote:\nit was the plug")
        assert "plug" not in talk.gets("An", "confirm-words", words=["Half of the shop is back."]).text.split("Piet")[0]
        talk.nothing_else()
        await talk.replies("An", "UPDATE MI-1")
        talk.gets("An", "done-update")
        talk.staff_gets("update", words=["Half of the shop is back."])
        talk.nothing_else()


async def test_automatic_mail_is_never_answered() -> None:
    async with talking() as talk:
        await talk.accepted()
        for headers in (
            {"Auto-Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"X-Autoreply": "yes"},
            {"X-Auto-Response-Suppress": "All"},
        ):
            await talk.mails_as("nadia.benali@acme.example", "Out of office", "ACCEPT", headers={**VERIFIED, **headers})
        talk.nothing_else()


async def test_the_same_mail_twice_is_handled_once() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.replies("An", "UPDATE Half is back.")
        copy = next(seen for seen in reversed(talk.organization.seen) if seen.inbound).mail
        assert copy is not None
        await talk.organization.mail.deliver(copy.as_bytes(), "incidents@acme.example")
        await talk.organization.settle()
        talk.gets("An", "done-update")
        talk.staff_gets("update")
        talk.nothing_else()


async def test_confidential_goes_to_nobody_but_those_named_and_says_nothing() -> None:
    async with talking() as talk:
        await talk.mails("Lotte", "Fraud in the till", "Confidential: yes\n\nAsk me.")
        talk.gets("Lotte", "proposal-received")
        for name in MANAGERS:
            for channel in BOTH:
                assert "Fraud" not in repr(talk.gets(name, "decision-request", channel))
        await talk.texts("Nadia", "STATUS")
        talk.gets("Nadia", "no-incident", "sms")
        await talk.texts("Nadia", "STATUS MI-1")
        talk.gets("Nadia", "no-such-incident", "sms")
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An", "proposer-accepted")
        assert "Fraud" not in repr(talk.gets("Tom", "page", "sms"))
        await talk.texts("Tom", "JOIN MI-1")
        assert "Fraud" not in repr(talk.gets("Tom", "done-join", "sms"))
        talk.gets("An", "roster", "sms")
        await talk.passes("2h")
        talk.nothing_else()
