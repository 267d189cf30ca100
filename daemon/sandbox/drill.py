"""An exercise for the managers and the service desk, ended by something real: nobody can take one for the other."""

from daemon.core.stimuli import DrillAsked
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.outage import MANAGERS

DESK = ("Lotte Claes", "Nadia Benali")
REPORTED = (*MANAGERS, "Sofie Maes", "Tom Baker")

WORD = {"en": "EXERCISE", "nl": "OEFENING", "fr": "EXERCICE"}
"""The first word of everything, in its reader's language."""


async def drill(talk: Conversation) -> None:
    """A verb without the number is asked back; what is real is decided without one; a report follows."""
    organization = talk.organization
    organization.remark("An operator: murphyd drill --lists incident-managers,service-desk --service payments")
    asked = DrillAsked("console 1", ("incident-managers", "service-desk"), service="payments")
    await organization.daemon.consumer.put(asked)
    await organization.settle()
    for name in MANAGERS:
        for channel in ("email", "sms"):
            _marked(talk, name, channel, "ACCEPT DR-1")
    talk.nothing_else()

    await talk.texts("Claire Dubois", "ACCEPT")
    _marked(talk, "Claire Dubois", "sms", "DR-1")
    await talk.texts("Claire Dubois", "ACCEPT DR-1")
    _marked(talk, "Claire Dubois", "sms", "RESOLVE DR-1")
    for name in MANAGERS[:2]:
        for channel in ("email", "sms"):
            _marked(talk, name, channel, "Claire Dubois")
    for name in (*MANAGERS, *DESK):
        _marked(talk, name, "email")
    talk.nothing_else()

    await talk.passes("4m")
    await talk.mails("Nadia Benali", "Tills in Ghent do not start", "Service: web shop\n\nThis is no exercise.")
    talk.hears("Nadia Benali", "email", "MI-1")
    for name in MANAGERS:
        for channel in ("email", "sms"):
            talk.hears(name, channel, "MI-1", "ACCEPT MI-1")
            _marked(talk, name, channel)
    for name in DESK:
        _marked(talk, name, "email")
    talk.nothing_else()

    await talk.texts("An Peeters", "REJECT: one till only")
    talk.hears("An Peeters", "sms", "MI-1")
    for name in MANAGERS[1:]:
        for channel in ("email", "sms"):
            talk.hears(name, channel, "MI-1", "An Peeters")
    talk.hears("Nadia Benali", "email", "MI-1")
    await talk.passes("20m", watched=False)
    for name in REPORTED:
        talk.hears(name, "email", "DR-1")
    await talk.passes("61m", watched=False)
    talk.nothing_else()


def _marked(talk: Conversation, name: str, channel: str, *words: str) -> None:
    """This person gets it on this channel, and its first word says what it is."""
    talk.hears(name, channel, WORD[talk.organization.person(name).language], "DR-1", *words)
