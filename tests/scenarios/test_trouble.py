"""The technology around it fails, and the job goes on."""

import pytest

from daemon.sandbox.faults import Answer, Drop, Hang, Step
from daemon.sandbox.relay import Envelope, Relay
from daemon.sandbox.twilio_faults import SERVER_ERROR, TAKEN_DROP, Fault, refused, too_many, undelivered
from tests.scenarios.play import BOTH, MANAGERS, Talk, talking

NADIA = "nadia.benali@acme.example"
OLIVER_PHONE = "+447912555116"


async def updates(talk: Talk, words: str = "Half is back.") -> None:
    await talk.texts("An", f"UPDATE MI-1 {words}")
    talk.gets("An", "done-update", "sms")


async def test_one_recipient_refused_for_ever_gets_the_text_at_once() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.mail.relay.fault(Step.RCPT, Answer("550 5.1.1 No such user"), NADIA)
        await updates(talk)
        talk.staff_gets("update", but=["Nadia"])
        talk.gets("Nadia", "update", "sms")
        talk.nothing_else()
        await talk.organization.mail.relay.mend()
        await updates(talk)
        talk.staff_gets("update", but=["Nadia"])
        talk.gets("Nadia", "update", "sms")
        talk.nothing_else()


async def test_one_recipient_refused_for_now_gets_the_text_after_the_patience() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.mail.relay.fault(Step.RCPT, Answer("451 4.7.1 Greylisted"), NADIA)
        await updates(talk)
        talk.staff_gets("update", but=["Nadia"])
        talk.nothing_else()
        await talk.passes("30s")
        talk.nothing_else()
        await talk.passes("30s")
        talk.gets("Nadia", "update", "sms")
        await talk.passes("10m")
        talk.nothing_else()


async def test_one_recipient_refused_once_gets_the_mail_on_the_second_try() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.mail.relay.fault(Step.RCPT, Answer("451 4.7.1 Greylisted"), NADIA, times=1)
        await updates(talk)
        talk.staff_gets("update", but=["Nadia"])
        await talk.passes("5s")
        talk.gets("Nadia", "update")
        await talk.passes("10m")
        talk.nothing_else()


async def test_the_relay_drops_the_connection_after_one_message_which_may_come_by_both_ways() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.mail.relay.fault(Step.CONTENT, Drop(taken=True), "laura.chen@acme.example", times=1)
        await talk.texts("An", "UPDATE MI-1 MGMT: 40 orders a minute are lost")
        talk.gets("An", "done-update", "sms")
        talk.gets("Laura", "update", *BOTH)
        await talk.passes("10m")
        talk.gets("Marc", "update", "sms" if talk.got("Marc", "sms") else "email")
        talk.ignores("channel-down", "channel-up")
        talk.nothing_else()


async def test_the_relay_is_down_and_everybody_is_texted() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.cuts_relay()
        await updates(talk)
        talk.staff_gets("update", "sms")
        talk.all_get(("Sofie", "Tom"), "channel-down", "sms")
        talk.nothing_else()
        await talk.mends_relay()
        await talk.passes("1m")
        await talk.replies("Nadia", "STATUS")
        talk.gets("Nadia", "status")
        talk.all_get(("Sofie", "Tom"), "channel-up", *BOTH)
        await updates(talk, "All is back.")
        talk.staff_gets("update")
        talk.nothing_else()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(None, id="cannot be reached"),
        pytest.param(SERVER_ERROR, id="answers 500"),
    ],
)
async def test_twilio_fails_and_the_managers_still_get_their_mail(fault: Fault | None) -> None:
    async with talking() as talk:
        talk.organization.twilio.fault = fault
        if fault is None:
            await talk.organization.cut_sms()
        await talk.mails("Lotte", "Web shop is down", "")
        talk.gets("Lotte", "proposal-received")
        talk.all_get(MANAGERS, "decision-request")
        await talk.replies("James", "ACCEPT")
        talk.gets("James", "done-accept")
        talk.all_get(("An", "Claire"), "decision-accepted")
        talk.gets("Lotte", "proposer-accepted")
        talk.all_get(talk.on_list("all-staff", with_email=True), "initial")
        talk.gets("Tom", "page")
        talk.all_get(("Sofie", "Tom"), "channel-down")
        talk.nothing_else()


async def test_twilio_asks_to_slow_down_and_the_text_goes_a_little_later() -> None:
    async with talking() as talk:
        await talk.accepted()
        talk.organization.twilio.faults[OLIVER_PHONE] = too_many(2)
        await updates(talk)
        talk.staff_gets("update", but=["Oliver"])
        talk.organization.twilio.faults.clear()
        await talk.passes("1m")
        talk.gets("Oliver", "update", "sms")
        talk.nothing_else()


async def test_twilio_takes_a_text_and_drops_the_connection_and_it_is_sent_once() -> None:
    async with talking() as talk:
        await talk.accepted()
        talk.organization.twilio.faults[OLIVER_PHONE] = TAKEN_DROP
        await updates(talk)
        talk.organization.twilio.faults.clear()
        await talk.passes("10m")
        talk.staff_gets("update")
        talk.nothing_else()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(refused(21211), id="refused as invalid"),
        pytest.param(undelivered(30005), id="undelivered after all"),
    ],
)
async def test_who_is_reached_by_nothing_is_reported_to_the_manager_once(fault: Fault) -> None:
    async with talking() as talk:
        await talk.accepted()
        talk.organization.twilio.faults[OLIVER_PHONE] = fault
        await updates(talk)
        talk.staff_gets("update", but=["Oliver"])
        talk.gets("An", "unreached", *BOTH, words=["Oliver Grant"])
        await talk.passes("10m")
        talk.nothing_else()


async def test_texts_come_in_by_webhook_only() -> None:
    async with talking({'inbound = ["poll", "webhook"]': 'inbound = ["webhook"]'}) as talk:
        await talk.accepted()
        await updates(talk)
        talk.staff_gets("update")
        talk.nothing_else()


async def test_texts_come_in_by_polling_only() -> None:
    edits = {'inbound = ["poll", "webhook"]': 'inbound = ["poll"]', 'poll_every = "10s"': 'poll_every = "1s"'}
    async with talking(edits) as talk:
        await talk.accepted()
        talk.nothing_else()


async def test_the_mailbox_cannot_be_read_for_a_while_and_what_arrived_is_handled_after() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.organization.cut_mailbox()
        await talk.organization.replies("James", "ACCEPT")
        await talk.organization.mend_mailbox()
        await talk.organization.settle()
        talk.gets("James", "done-accept")
        talk.decided("decision-accepted", "James", "proposer-accepted")
        talk.staff_gets("initial")
        talk.team_paged()
        for kind in ("source-down", "source-up"):
            talk.all_get(("Sofie", "Tom"), kind, *BOTH)
        talk.nothing_else()


async def test_a_service_that_takes_out_email_is_told_of_by_text_first() -> None:
    async with talking() as talk:
        await talk.mails("Lotte", "No mail", "Service: outlook")
        talk.gets("Lotte", "proposal-received", *BOTH)
        talk.all_get(MANAGERS, "decision-request", *BOTH)
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An")
        talk.gets("Lotte", "proposer-accepted", *BOTH)
        talk.staff_gets("initial", "sms")
        talk.all_get(talk.on_list("all-staff", with_email=True), "initial")
        talk.all_get(("Jan", "Tom"), "page", "sms")
        talk.nothing_else()


async def test_a_bounce_of_a_mail_that_was_sent_brings_the_text() -> None:
    async with talking() as talk:
        await talk.accepted()
        await updates(talk)
        talk.staff_gets("update", but=["Nadia"])
        mail = talk.gets("Nadia", "update").mail
        assert mail is not None
        await talk.organization.mail.deliver(_report(str(mail["Message-ID"])), "incidents@acme.example")
        await talk.organization.settle()
        talk.gets("Nadia", "update", "sms")
        talk.nothing_else()


def _report(message_id: str) -> bytes:
    """A delivery report (RFC 3464), as a mail server sends it."""
    lines = f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.acme.example
To: incidents@acme.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report.1@mx.acme.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.acme.example

Final-Recipient: rfc822; {NADIA}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""
    return lines.replace("\n", "\r\n").encode()


async def test_the_relay_hangs_and_everybody_is_texted_in_time() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.mail.relay.fault(Step.BANNER, Hang())
        for session in tuple(talk.organization.mail.relay.sessions):
            session.cut()
        await updates(talk)
        talk.staff_gets("update", "sms")
        talk.all_get(("Sofie", "Tom"), "channel-down", "sms")
        talk.nothing_else()


async def test_everybody_is_told_by_the_second_relay_where_the_first_is_down() -> None:
    second = '\n\n[[relay]]\nname = "second"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n\n[twilio]'
    spare = Relay(_taking)
    await spare.start()
    try:
        async with talking({"[twilio]": second.format(port=spare.port)}) as talk:
            spare.take = talk.organization.mail.accept
            await talk.accepted()
            await talk.cuts_relay()
            await updates(talk)
            talk.staff_gets("update")
            talk.nothing_else()
    finally:
        await spare.stop()


async def _taking(_envelope: Envelope, _raw: bytes) -> None:
    raise AssertionError("not yet")
