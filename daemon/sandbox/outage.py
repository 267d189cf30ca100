"""The web shop is down; then the mail relay is, too. From the proposal to the all-clear."""

from daemon.sandbox.conversation import Conversation
from daemon.sandbox.steps import Scenario, Step

MANAGERS = ("An Peeters", "James Whitfield", "Claire Dubois")
JOINED = ("Tom Baker", "Rosa Alvarez", "David Kim")


async def _proposed(talk: Conversation) -> None:
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


async def _accepted(talk: Conversation) -> None:
    await talk.passes("2m")
    await talk.texts("James Whitfield", "Accept")
    talk.hears("James Whitfield", "sms", "MI-1", "UPDATE MI-1")
    _decided(talk, "James Whitfield")
    talk.hears("Emma Clarke", "email", "MI-1", "James Whitfield")
    _everyone(talk, "email")
    for name in ("Rosa Alvarez", "Hugo Moreau", "Tom Baker"):
        talk.hears(name, "sms", "MI-1", "JOIN", "482915")
    talk.nothing_else()


async def _two_join(talk: Conversation) -> None:
    await _joins(talk, "Tom Baker")
    await _joins(talk, "Rosa Alvarez")


async def _one_is_silent(talk: Conversation) -> None:
    await talk.passes("3m")
    talk.hears("David Kim", "sms", "MI-1", "JOIN", "482915")
    talk.hears("James Whitfield", "sms", "MI-1", "David Kim")
    await _joins(talk, "David Kim")
    talk.hears("Hugo Moreau", "sms", "MI-1")
    talk.nothing_else()


async def _too_late(talk: Conversation) -> None:
    await talk.replies("Claire Dubois", "REJECT looks like a network hiccup")
    talk.hears("Claire Dubois", "email", "MI-1", "James Whitfield")
    talk.nothing_else()


async def _updated(talk: Conversation) -> None:
    await talk.passes("7m")
    await talk.texts("James Whitfield", "UPDATE MI-1 The database is being restored. MGMT: 40 orders a minute are lost")
    talk.hears("James Whitfield", "sms", "MI-1")
    _everyone(talk, "email", "The database is being restored.")
    talk.nothing_else()


async def _relay_cut(talk: Conversation) -> None:
    await talk.cuts_relay()
    await talk.passes("5m")


async def _updated_by_text(talk: Conversation) -> None:
    await talk.texts("James Whitfield", "UPDATE MI-1 Orders work again for half of our customers.")
    talk.hears("James Whitfield", "sms", "MI-1")
    talk.hears("Sofie Maes", "sms", "email")
    talk.hears("Tom Baker", "sms", "email")
    _everyone(talk, "sms", "Orders work again for half of our customers.")
    talk.nothing_else()


async def _relay_back(talk: Conversation) -> None:
    await talk.mends_relay()
    await talk.passes("20m")
    for channel in ("email", "sms"):
        talk.hears("James Whitfield", channel, "MI-1", "08:47")
        talk.hears("Sofie Maes", channel, "email")
        talk.hears("Tom Baker", channel, "email")
    talk.nothing_else()


async def _resolved(talk: Conversation) -> None:
    await talk.texts("James Whitfield", "RESOLVE MI-1 The web shop works for everybody.")
    talk.hears("James Whitfield", "sms", "MI-1")
    _decided(talk, "James Whitfield")
    talk.hears("Emma Clarke", "email", "MI-1")
    for name in JOINED:
        talk.hears(name, "sms", "MI-1")
    _everyone(talk, "email", "The web shop works for everybody.")
    for name in ("James Whitfield", *JOINED):  # the invitation, and the questions
        talk.hears(name, "email", "[MI-1] Review")
        talk.hears(name, "email", "[MI-1] Review")
    await talk.passes("61m", watched=False)
    talk.nothing_else()


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


OUTAGE = Scenario(
    "outage",
    "An outage",
    "The web shop is down; then the mail relay is, too.",
    (
        Step(
            "Emma Clarke, an engineer, mails a proposal: the web shop shows an error to every customer.",
            "The three incident managers are asked at once, by mail and by text. Emma hears that it came in.",
            _proposed,
        ),
        Step(
            "Two minutes later James Whitfield, at home, texts one word: Accept.",
            "He is in charge. The others hear that he is, all staff get the first notice, and three engineers are "
            "paged with the bridge in the text.",
            _accepted,
        ),
        Step(
            "Tom and Rosa text: Join.",
            "James gets the team in one line after each. Hugo, the third one, has not answered.",
            _two_join,
        ),
        Step(
            "Three minutes pass, and Hugo is silent. The next one, David Kim, is paged, and joins.",
            "Nobody had to notice, or to look up a number. Hugo is told that he is not needed any more.",
            _one_is_silent,
        ),
        Step(
            "Claire reads her mail late, and rejects.",
            "The first decision holds: she alone is told who decided, and when.",
            _too_late,
        ),
        Step(
            "James texts an update; what follows MGMT is for management only.",
            "Everybody gets the update by mail. Only Laura and Marc read what the outage costs.",
            _updated,
        ),
        Step(
            "The mail relay is cut, and five minutes pass.",
            "Nothing was due, so Murphy has not noticed yet.",
            _relay_cut,
        ),
        Step(
            "James texts the next update.",
            "Every mail is refused, and every person gets a text instead, at once. The operators are told.",
            _updated_by_text,
        ),
        Step(
            "The relay is back, and twenty minutes pass without a word from James.",
            "He is reminded that management was promised an update, and by when; the operators hear that mail works.",
            _relay_back,
        ),
        Step(
            "James resolves it.",
            "The all-clear goes to everybody who had heard of it, by mail again. Those who worked on it are invited to "
            "the review, with its questions. Nothing else was sent.",
            _resolved,
        ),
    ),
)
