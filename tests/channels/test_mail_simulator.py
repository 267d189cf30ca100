"""The simulated mail server, by the standard library's clients: it works, and shows every fault that it is told to."""

import asyncio
import imaplib
import smtplib
from collections.abc import AsyncIterator, Callable

import pytest

from daemon.sandbox.faults import Answer, Drop, Fault, Hang, Refuse, Slow, Step
from daemon.sandbox.mail_server import PASSWORD, MailServer, ReceivedMail
from daemon.sandbox.relay import Relay
from tests.channels.mail_case import RAW, WITHIN, about

ANN = "ann@acme.example"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


def send(server: MailServer, *recipients: str, within: float = WITHIN) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=within) as client:
        return client.sendmail("bob@acme.example", recipients or [ANN], RAW)


async def test_what_is_mailed_lies_in_the_mailbox_of_everyone_it_is_for(server: MailServer) -> None:
    seen: list[ReceivedMail] = []
    server.on_mail = seen.append
    await asyncio.to_thread(send, server, ANN, "Carol+tag@Acme.example")
    assert [mail.raw for mail in server.mailbox(ANN)] == [RAW]
    (carol,) = server.mailbox("carol@acme.example")
    assert (carol.envelope.sender, carol.envelope.recipient) == ("bob@acme.example", "Carol+tag@Acme.example")
    assert len(seen) == 2


def read(server: MailServer, password: str = PASSWORD) -> list[bytes]:
    client = imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=WITHIN)
    try:
        client.login(ANN, password)
        client.select("INBOX")
        _, found = client.search(None, "ALL")
        parts = [client.fetch(number.decode(), "(BODY.PEEK[])")[1][0] for number in found[0].split()]
        return [bytes(part[1]) for part in parts if part is not None]
    finally:
        client.shutdown()


async def test_the_same_mail_is_read_by_imap(server: MailServer) -> None:
    await asyncio.to_thread(send, server)
    await server.deliver(about("by hand"), ANN)
    first, second = await asyncio.to_thread(read, server)
    assert first == b"Return-Path: <bob@acme.example>\r\n" + RAW
    assert second == about("by hand")


async def test_a_wrong_password_opens_no_mailbox(server: MailServer) -> None:
    with pytest.raises(imaplib.IMAP4.error):
        await asyncio.to_thread(read, server, "wrong")


FAULTS: list[tuple[Step, Fault, type[Exception]]] = [
    (Step.CONNECT, Refuse(), ConnectionRefusedError),
    (Step.BANNER, Answer("554 5.7.1 No"), smtplib.SMTPConnectError),
    (Step.BANNER, Hang(), smtplib.SMTPServerDisconnected),
    (Step.BANNER, Slow(30), smtplib.SMTPServerDisconnected),
    (Step.EHLO, Answer("550 5.7.1 No"), smtplib.SMTPHeloError),
    (Step.EHLO, Drop(), smtplib.SMTPServerDisconnected),
    (Step.MAIL, Answer("451 4.3.0 Later"), smtplib.SMTPSenderRefused),
    (Step.MAIL, Hang(), smtplib.SMTPServerDisconnected),
    (Step.RCPT, Answer("550 5.1.1 Who?"), smtplib.SMTPRecipientsRefused),
    (Step.RCPT, Drop(), smtplib.SMTPServerDisconnected),
    (Step.DATA, Answer("451 4.3.0 Later"), smtplib.SMTPDataError),
    (Step.DATA, Hang(), smtplib.SMTPServerDisconnected),
    (Step.CONTENT, Answer("554 5.6.0 No"), smtplib.SMTPDataError),
    (Step.CONTENT, Answer("421 4.3.2 Closing"), smtplib.SMTPResponseException),
    (Step.CONTENT, Drop(), smtplib.SMTPServerDisconnected),
    (Step.CONTENT, Hang(), smtplib.SMTPServerDisconnected),
]


@pytest.mark.parametrize(("step", "fault", "error"), FAULTS, ids=[f"{row[0]} {row[1]}" for row in FAULTS])
async def test_a_fault_shows_at_its_step_and_is_gone_when_mended(
    server: MailServer, step: Step, fault: Fault, error: type[Exception]
) -> None:
    await server.relay.fault(step, fault)
    with pytest.raises(error):
        await asyncio.to_thread(send, server, within=0.4 if isinstance(fault, Hang | Slow) else WITHIN)
    assert server.mailbox(ANN) == []
    await server.relay.mend()
    await asyncio.to_thread(send, server)
    assert len(server.mailbox(ANN)) == 1


async def test_a_connection_can_be_dropped_after_the_message_was_taken(server: MailServer) -> None:
    await server.relay.fault(Step.CONTENT, Drop(taken=True))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        await asyncio.to_thread(send, server)
    assert len(server.mailbox(ANN)) == 1


async def test_a_fault_can_be_for_some_recipients_and_for_some_times(server: MailServer) -> None:
    await server.relay.fault(Step.RCPT, Answer("550 5.1.1 Who?"), "Gone@acme.example", times=2)
    for _ in range(2):
        refused = await asyncio.to_thread(send, server, ANN, "gone@acme.example")
        assert list(refused) == ["gone@acme.example"]
    assert await asyncio.to_thread(send, server, "gone@acme.example") == {}
    assert (len(server.mailbox(ANN)), len(server.mailbox("gone@acme.example"))) == (2, 1)


IMAP_FAULTS: list[tuple[Refuse | Hang | Drop, bool]] = [(Refuse(), True), (Hang(), True), (Drop(), False)]


@pytest.mark.parametrize(("fault", "lasts"), IMAP_FAULTS, ids=str)
async def test_imap_faults_cut_what_is_open_and_last_until_mended(
    server: MailServer, fault: Refuse | Hang | Drop, lasts: bool
) -> None:
    client = await asyncio.to_thread(imaplib.IMAP4, "127.0.0.1", server.imap_port, WITHIN)
    await server.imap.fault(fault)
    await asyncio.to_thread(_fails, client.noop)
    client.shutdown()
    if lasts:
        await asyncio.to_thread(_fails, lambda: imaplib.IMAP4("127.0.0.1", server.imap_port, 0.2))
    await server.imap.mend()
    assert await asyncio.to_thread(read, server) == []


def _fails(operation: Callable[[], object]) -> None:
    with pytest.raises((OSError, imaplib.IMAP4.abort)):
        operation()


async def test_a_second_relay_can_deliver_into_the_same_mailboxes(server: MailServer) -> None:
    backup = Relay(server.accept)
    await backup.start()
    await server.relay.fault(Step.CONNECT, Refuse())

    def by_backup() -> None:
        with smtplib.SMTP("127.0.0.1", backup.port, timeout=WITHIN) as client:
            client.sendmail("bob@acme.example", [ANN], RAW)

    await asyncio.to_thread(by_backup)
    assert len(server.mailbox(ANN)) == 1
    await backup.stop()
