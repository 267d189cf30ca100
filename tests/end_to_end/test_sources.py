"""What the ways in may bring, against the whole daemon."""

import asyncio
import shutil
from pathlib import Path

from channels.types import TextArrival
from daemon.commands.state import backup
from daemon.core.kinds import Kind
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.mail_client import new_mail
from daemon.sandbox.organization import Organization

OURS, DESK = "incidents@acme.example", "desk@acme.example"
TWO_MAILBOXES = {
    "[[relay]]": """[[mailbox]]
name = "desk"
address = "desk@acme.example"
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "desk@acme.example"
password = "sandbox"
authserv_id = "mx.acme.example"

[[relay]]"""
}


def proposals(organization: Organization) -> list[str]:
    return sorted(incident.summary for incident in organization.daemon.state.incidents.values())


async def left_in(organization: Organization, address: str) -> int:
    inbox = await organization.mail.imap.folder(address)
    return len([message async for message in inbox.messages()])


async def test_the_same_mail_in_two_mailboxes_and_again_in_one_counts_once(tmp_path: Path) -> None:
    async with Organization() as one:  # its ports are in no other's settings
        port = one.mail.imap_port
        edits = {old: new.replace("{imap_port}", str(port)) for old, new in TWO_MAILBOXES.items()}
        async with Organization(edits=edits) as organization:
            raw = new_mail(
                organization.person("Lotte"), OURS, "Web shop is down", "It is.", organization.clock.now(), 1
            )
            await asyncio.gather(*(organization.mail.deliver(raw, OURS) for _ in range(3)), one.mail.deliver(raw, DESK))
            async with asyncio.timeout(45):
                while await left_in(organization, OURS) + await left_in(one, DESK):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            assert proposals(organization) == ["Web shop is down"]


async def test_mails_with_one_message_id_and_different_texts_all_count() -> None:
    async with Organization() as organization:
        lotte, now = organization.person("Lotte"), organization.clock.now()
        for subject in ("Web shop is down", "Phones are dead"):
            await organization.mail.deliver(new_mail(lotte, OURS, subject, "It is.", now, 1), OURS)
        async with asyncio.timeout(45):
            while await left_in(organization, OURS):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert proposals(organization) == ["Phones are dead", "Web shop is down"]


async def test_a_text_that_comes_by_webhook_and_poll_at_once_counts_once() -> None:
    async with Organization() as organization:
        text = TextArrival("twilio", "SM1", "+32470550114", "+32460000000", "PROPOSE Tills", organization.clock.now())
        assert all(await asyncio.gather(*(organization.daemon.inbox.deliver(text) for _ in range(5))))
        assert proposals(organization) == ["Tills"]


async def test_half_an_emoji_keeps_back_no_other_text() -> None:
    """JSON lets a lone surrogate through, which a carrier that cuts a text leaves."""
    async with Organization(edits={'poll_every = "10s"': 'poll_every = "1s"'}) as organization:
        organization.twilio.webhook = ""
        talk = Conversation(organization)
        await talk.texts("Emma Clarke", "PROPOSE Tills are down \ud83d")
        talk.hears("Emma Clarke", "sms", "MI-1")
        await talk.texts("Nadia Benali", "PROPOSE Phones are dead")
        talk.hears("Nadia Benali", "sms", "MI-2")


async def test_on_a_restored_backup_nothing_is_acted_on_again_and_older_replies_count(tmp_path: Path) -> None:
    async with Organization(edits={'poll_every = "10s"': 'poll_every = "1s"'}) as organization:
        await organization.texts("Emma Clarke", "PROPOSE Tills are down")
        await organization.settle()
        state = organization.configuration.settings.state.directory
        backup(state, tmp_path / "backup")
        await organization.twilio.text(organization.person("An").phones[0], "REJECT MI-1 not that bad")
        async with asyncio.timeout(45):
            while organization.daemon.state.incidents["MI-1"].status != "rejected":  # noqa: ASYNC110 (the daemon tells nobody)
                await asyncio.sleep(0.02)
        await organization.stop()
        shutil.rmtree(state)
        shutil.move(tmp_path / "backup", state)

        await organization.start()
        told = [n.content for n in organization.daemon.state.notices.values() if n.kind is Kind.FIRST_SIGHT]
        assert [(content.source, content.count) for content in told] == [("twilio", 2)]
        await organization.replies("James Whitfield", "ACCEPT")
        await organization.settle()
        incident = organization.daemon.state.incidents["MI-1"]
        assert (incident.status, incident.manager) == ("accepted", organization.person("James").id)
