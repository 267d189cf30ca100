"""An exercise for the managers and the service desk, ended by something real: nobody can take one for the other."""

from daemon.core.stimuli import DrillAsked
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.outage import MANAGERS
from daemon.sandbox.steps import Scenario, Step

DESK = ("Lotte Claes", "Nadia Benali")
REPORTED = (*MANAGERS, "Sofie Maes", "Tom Baker")

WORD = {"en": "EXERCISE", "nl": "OEFENING", "fr": "EXERCICE"}
"""The first word of everything, in its reader's language."""


async def _begun(talk: Conversation) -> None:
    organization = talk.organization
    organization.remark("An operator: murphyd drill --lists incident-managers,service-desk --service payments")
    asked = DrillAsked("console 1", ("incident-managers", "service-desk"), service="payments")
    await organization.daemon.consumer.put(asked)
    await organization.settle()
    for name in MANAGERS:
        for channel in ("email", "sms"):
            _marked(talk, name, channel, "ACCEPT DR-1")
    talk.nothing_else()


async def _asked_back(talk: Conversation) -> None:
    await talk.texts("Claire Dubois", "ACCEPT")
    _marked(talk, "Claire Dubois", "sms", "DR-1")


async def _accepted(talk: Conversation) -> None:
    await talk.texts("Claire Dubois", "ACCEPT DR-1")
    _marked(talk, "Claire Dubois", "sms", "RESOLVE DR-1")
    for name in MANAGERS[:2]:
        for channel in ("email", "sms"):
            _marked(talk, name, channel, "Claire Dubois")
    for name in (*MANAGERS, *DESK):
        _marked(talk, name, "email")
    talk.nothing_else()


async def _something_real(talk: Conversation) -> None:
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


async def _rejected(talk: Conversation) -> None:
    await talk.texts("An Peeters", "REJECT: one till only")
    talk.hears("An Peeters", "sms", "MI-1")
    for name in MANAGERS[1:]:
        for channel in ("email", "sms"):
            talk.hears(name, channel, "MI-1", "An Peeters")
    talk.hears("Nadia Benali", "email", "MI-1")


async def _reported(talk: Conversation) -> None:
    await talk.passes("20m", watched=False)
    for name in REPORTED:
        talk.hears(name, "email", "DR-1")
    await talk.passes("61m", watched=False)
    talk.nothing_else()


def _marked(talk: Conversation, name: str, channel: str, *words: str) -> None:
    """This person gets it on this channel, and its first word says what it is."""
    talk.hears(name, channel, WORD[talk.organization.person(name).language], "DR-1", *words)


DRILL = Scenario(
    "drill",
    "An exercise",
    "An exercise, which something real ends.",
    (
        Step(
            "An operator begins an exercise for the managers and the service desk.",
            "The managers are asked as in earnest. The first word of everything says that it is an exercise, in each "
            "one's language.",
            _begun,
        ),
        Step(
            "Claire texts ACCEPT, without the number.",
            "She is asked back: in an exercise a verb counts only with the number, so that nobody decides by mistake.",
            _asked_back,
        ),
        Step(
            "Claire texts ACCEPT DR-1.",
            "She is in charge of the exercise. Only those who take part hear of it.",
            _accepted,
        ),
        Step(
            "Four minutes later Nadia proposes something real.",
            "The exercise ends at once, and those in it are told so; the managers are asked about MI-1.",
            _something_real,
        ),
        Step(
            "An rejects it, with a reason: one till only.",
            "A verb without a number means what is real. The other managers and Nadia hear what An said.",
            _rejected,
        ),
        Step(
            "Twenty minutes later the report is sent.",
            "Whom the exercise reached, by what and in how many seconds, to the managers and operators.",
            _reported,
        ),
    ),
)
