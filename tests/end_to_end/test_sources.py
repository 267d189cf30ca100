"""What the ways in may bring, against the whole daemon."""

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
