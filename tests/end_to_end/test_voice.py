"""A manager who hears no text is called, and decides by a key."""

from daemon.sandbox.conversation import Conversation
from daemon.sandbox.organization import Organization

EDITS = {
    'after = "5m"\nwho = "incident-managers"\nvia = ["sms"]': 'after = "5m"\nwho = "incident-managers"\nvia = ["voice"]'
}
MANAGERS = ("An Peeters", "James Whitfield", "Claire Dubois")


async def test_a_key_decides() -> None:
    async with Organization(edits=EDITS) as organization:
        talk = Conversation(organization)
        await talk.texts("Emma Clarke", "PROPOSE Tills are down")
        talk.hears("Emma Clarke", "sms", "MI-1")
        for name in MANAGERS:
            talk.hears(name, "email", "MI-1")
            talk.hears(name, "sms", "MI-1")
        await talk.passes("5m")
        phones = organization.twilio.phones
        numbers = [organization.person(name).phones[0] for name in MANAGERS]
        assert [len(phones.calls(number)) for number in numbers] == [1, 1, 1]
        assert "Press 1 to accept" in phones.calls(numbers[1])[0].twiml
        talk.all_hear(MANAGERS, "voice", "Emma Clarke")
        talk.nothing_else()

        await talk.presses("James Whitfield", "1")
        assert organization.daemon.state.incidents["MI-1"].manager == "james.whitfield@acme.example"
        talk.hears("James Whitfield", "sms", "MI-1", "You are the incident manager")


async def test_without_a_webhook_the_call_says_what_to_text_back() -> None:
    edits = {
        **EDITS,
        'inbound = ["poll", "webhook"]': 'inbound = ["poll"]',
        'poll_every = "10s"': 'poll_every = "1s"',
        'public_url = "http': '# public_url = "http',
    }
    async with Organization(edits=edits) as organization:
        talk = Conversation(organization)
        await talk.texts("Emma Clarke", "PROPOSE Tills are down")
        await talk.passes("5m")
        number = organization.person("James Whitfield").phones[0]
        (call,) = organization.twilio.phones.calls(number)
        assert "<Gather" not in call.twiml
        assert "Press 1" not in call.twiml
        assert "+ 3 2 4 6 0 0 0 0 0 0 0" in call.twiml
        assert await organization.twilio.press(number, "1") == ""

        await talk.texts("James Whitfield", "ACCEPT MI-1")
        assert organization.daemon.state.incidents["MI-1"].manager == "james.whitfield@acme.example"
