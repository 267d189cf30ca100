"""The web shop is down; then the mail relay is, too. From the proposal to the all-clear."""

from daemon.sandbox.conversation import Conversation

MANAGERS = ("An Peeters", "James Whitfield", "Claire Dubois")


async def outage(talk: Conversation) -> None:
    """Proposed by mail, decided by text, told to everyone by mail, by text when mail fails, and ended.

    Three engineers are paged: two join, the third is silent, and the next one is called.
    """
    await talk.mails(
        "Emma Clarke",
        "Web shop shows an error to every customer",
        "Service: web shop\nImpact: no orders since 08:50\n\nThe checkout answers 500. Three stores have called.",
    )
    talk.hears("Emma Clarke", "email", "MI-1")
    for name in MANAGERS:
        talk.hears(name, "email", "MI-1", "ACCEPT MI-1", "Emma Clarke")
        talk.hears(name, "sms", "MI-1", "ACCEPT MI-1")
    talk.nothing_else()

    await talk.passes("2m")
    await talk.texts("James Whitfield", "Accept")
    talk.hears("James Whitfield", "sms", "MI-1", "UPDATE MI-1")
    _decided(talk, "James Whitfield")
    talk.hears("Emma Clarke", "email", "MI-1", "James Whitfield")
    _everyone(talk, "email")
    await _team(talk)
    talk.nothing_else()

    await talk.replies("Claire Dubois", "REJECT looks like a network hiccup")
    talk.hears("Claire Dubois", "email", "MI-1", "James Whitfield")
    talk.nothing_else()

    await talk.passes("7m")
    await talk.texts("James Whitfield", "UPDATE MI-1 The database is being restored. MGMT: 40 orders a minute are lost")
    talk.hears("James Whitfield", "sms", "MI-1")
    _everyone(talk, "email", "The database is being restored.")
    talk.nothing_else()

    await talk.cuts_relay()
    await talk.passes("5m")
    await talk.texts("James Whitfield", "UPDATE MI-1 Orders work again for half of our customers.")
    talk.hears("James Whitfield", "sms", "MI-1")
    talk.hears("Sofie Maes", "sms", "email")
    talk.hears("Tom Baker", "sms", "email")
    _everyone(talk, "sms", "Orders work again for half of our customers.")
    talk.nothing_else()

    await talk.mends_relay()
    await talk.passes("20m")
    for channel in ("email", "sms"):
        talk.hears("James Whitfield", channel, "MI-1", "08:47")
        talk.hears("Sofie Maes", channel, "email")
        talk.hears("Tom Baker", channel, "email")
    talk.nothing_else()

    await talk.texts("James Whitfield", "RESOLVE MI-1 The web shop works for everybody.")
    talk.hears("James Whitfield", "sms", "MI-1")
    _decided(talk, "James Whitfield")
    talk.hears("Emma Clarke", "email", "MI-1")
    for name in ("Tom Baker", "Rosa Alvarez", "David Kim"):
        talk.hears(name, "sms", "MI-1")
    _everyone(talk, "email", "The web shop works for everybody.")
    await talk.passes("61m", watched=False)
    talk.nothing_else()


async def _team(talk: Conversation) -> None:
    """Two of three join; in the place of the silent one the next is paged, and the silent one told."""
    for name in ("Rosa Alvarez", "Hugo Moreau", "Tom Baker"):
        talk.hears(name, "sms", "MI-1", "JOIN", "482915")
    talk.nothing_else()
    await _joins(talk, "Tom Baker")
    await _joins(talk, "Rosa Alvarez")
    await talk.passes("3m")
    talk.hears("David Kim", "sms", "MI-1", "JOIN", "482915")
    talk.hears("James Whitfield", "sms", "MI-1", "David Kim")
    await _joins(talk, "David Kim")
    talk.hears("Hugo Moreau", "sms", "MI-1")


async def _joins(talk: Conversation, name: str) -> None:
    await talk.texts(name, "Join")
    talk.hears(name, "sms", "MI-1")
    talk.hears("James Whitfield", "sms", "MI-1", name)


def _decided(talk: Conversation, decider: str) -> None:
    """The other managers hear of the decision, by mail and by text."""
    for name in MANAGERS:
        if name != decider:
            talk.hears(name, "email", "MI-1", decider)
            talk.hears(name, "sms", "MI-1", decider)


def _everyone(talk: Conversation, channel: str, *words: str) -> None:
    """One copy to everybody on the audiences' lists; who has no email is told by text all the same."""
    for name in talk.on_list("all-staff"):
        reached = channel if talk.organization.person(name).emails else "sms"
        talk.hears(name, reached, "MI-1", *words)
