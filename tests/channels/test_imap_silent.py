"""A mailbox whose server falls silent, refuses or cuts at one command, again and again: it is told of, and goes on."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from channels.imap import Login, Mailbox, Rhythm
from daemon.sandbox.imap_faults import ImapFault, ImapStep, ImapWire
from daemon.sandbox.mail_server import PASSWORD, MailServer
from tests.channels.mail_case import Desk, about, stopped, until

US = "incidents@acme.example"
RHYTHM = Rhythm(connect=2.0, command=0.3, poll=0.05, first=0.01, longest=0.05, login=0.05, steady=0.0, renew=0.05)
"""Every connection counts as one that lasted: only what it did can show that it was of no use."""


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest.mark.parametrize("step", [ImapStep.LOGIN, ImapStep.SELECT, ImapStep.SEARCH, ImapStep.FETCH], ids=str)
@pytest.mark.parametrize("fault", [ImapFault.HANG, ImapFault.NO, ImapFault.DROP], ids=str)
async def test_a_server_that_fails_whenever_it_is_asked_is_told_of_and_its_mail_comes_in_the_end(
    server: MailServer, step: ImapStep, fault: ImapFault
) -> None:
    wire = ImapWire(server.imap_port)
    await wire.start()
    desk = Desk()
    mailbox = Mailbox("incidents", Login("127.0.0.1", wire.port, "none", US, PASSWORD), rhythm=RHYTHM)
    watch = asyncio.create_task(mailbox.watch(desk, None))
    await until(lambda: desk.is_up)
    rounds = mailbox.beats
    await wire.strike(step, fault)
    await until(lambda: mailbox.beats > rounds)  # the search that was on its way found nothing
    await server.deliver(about("shop"), US)
    await until(lambda: any(state.reason for state in desk.states))
    assert desk.mails == []
    await wire.mend()
    await until(lambda: len(desk.mails) == 1)
    await stopped(watch)
    await wire.stop()
