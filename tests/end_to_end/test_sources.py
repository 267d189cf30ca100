"""What the ways in may bring, against the whole daemon."""

import asyncio
import shutil
from pathlib import Path

from daemon.commands.state import backup
from daemon.core.notices import Kind
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.organization import Organization


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
        async with asyncio.timeout(10):
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
