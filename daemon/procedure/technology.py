"""What can fail, which channels go with it, and what is left of a ladder then. Assumes no channel is marked down."""

from dataclasses import dataclass

from config.types import Configuration, Contact, Ladder
from daemon.core import settling
from daemon.core.ladder import bypass
from daemon.core.saying import CONSOLE
from daemon.core.state import State
from daemon.core.usable import Never, Ways, untried
from daemon.procedure.rehearsal import NOON


@dataclass(frozen=True, slots=True)
class Technology:
    """`lost` are the channels that go with it; `names` are what a bridge's `depends_on` may call it."""

    title: str
    meaning: str
    lost: frozenset[str]
    names: frozenset[str]


def configured(configuration: Configuration) -> frozenset[str]:
    """The channels that reach people, as the daemon has it."""
    return settling.configured(State(configuration)) - {CONSOLE}


def technologies(configuration: Configuration) -> tuple[Technology, ...]:
    """The failures that a procedure must survive."""
    there = configured(configuration)
    found = [
        Technology(
            "Email fails",
            "our mail server, the relay or the mailbox cannot be used",
            frozenset({"email"}),
            frozenset({"email", "mail"}),
        ),
        Technology(
            "The internet fails",
            "where Murphy runs, or everywhere: no mail to the outside, no texts or calls by a provider on the internet",
            there - {"gsm"} | {"email", "sms", "voice"},
            frozenset({"internet", "network"}),
        ),
        Technology(
            "Telephony fails",
            "no texts, no calls, no dialling in",
            frozenset({"sms", "voice", "gsm"}),
            frozenset({"telephony", "telephone", "phone", "phones"}),
        ),
    ]
    if configuration.settings.twilio and "gsm" in there:
        twilio = Technology(
            "The provider of texts and calls fails",
            "Twilio cannot be reached, refuses, or is suspended",
            frozenset({"sms", "voice"}),
            frozenset({"twilio"}),
        )
        found.insert(2, twilio)
    return tuple(found)


def left(via: Ladder, lost: frozenset[str], there: frozenset[str]) -> Ladder:
    """The rungs that still work, in the order in which the daemon would try them."""
    usable = there - lost
    rungs = (tuple(name for name in rung if name in usable) for rung in bypass(via, lost))
    return tuple(dict.fromkeys(rung for rung in rungs if rung))


def reachable(contact: Contact, via: Ladder, there: frozenset[str], *, urgent: bool) -> bool:
    """Whether any rung may be tried at all for this person: by the daemon's own judgement of addresses and wishes."""
    ways = Ways(there, {}, {})
    verdicts = (untried(name, contact, ways, NOON, urgent=urgent) for rung in via for name in rung)
    return not all(isinstance(verdict, Never) for verdict in verdicts)


def unreachable(
    configuration: Configuration, who: tuple[str, ...], via: Ladder, *, urgent: bool = True
) -> tuple[str, ...]:
    """The names of those whom no rung reaches."""
    contacts = configuration.people.contacts
    there = configured(configuration)
    known = (contacts[one] for one in who if one in contacts)
    return tuple(contact.name for contact in known if not reachable(contact, via, there, urgent=urgent))
