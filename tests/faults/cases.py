"""The faults of the outside world, each as one row: which wire, at which step, what happens there."""

import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from daemon.sandbox.faults import Answer, Drop, Fault, Hang, Refuse, Step
from daemon.sandbox.imap_faults import ImapFault, ImapStep
from daemon.sandbox.organization import Organization
from daemon.sandbox.relay import Relay
from daemon.sandbox.twilio_faults import (
    DROP,
    GARBAGE,
    SERVER_ERROR,
    SILENT,
    STUCK,
    TAKEN_DROP,
    TAKEN_SILENT,
    UNAUTHORIZED,
    refused,
    too_many,
    undelivered,
)
from daemon.sandbox.twilio_faults import Fault as TwilioFault

LOGIN = ("incidents", "open sesame")

Strike = Callable[[Organization], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Case:
    """`strike` makes the fault show, at once and for everybody, until the run ends."""

    step: str
    fault: str
    strike: Strike

    @property
    def name(self) -> str:
        return f"{self.step}: {self.fault}"


@dataclass(frozen=True, slots=True)
class ImapCase:
    step: ImapStep
    fault: ImapFault

    @property
    def words(self) -> str:
        return WORDS[self.fault]

    @property
    def name(self) -> str:
        return f"{self.step}: {self.words}"


def _smtp(step: Step, fault: Fault) -> Strike:
    async def strike(organization: Organization) -> None:
        relay = organization.mail.relay
        await relay.fault(step, fault)
        for session in tuple(relay.sessions):  # every step is gone through again
            session.cut()

    return strike


ANSWERS: dict[Step, tuple[str, str]] = {
    Step.BANNER: ("421 4.3.2 Busy", "554 5.7.1 Go away"),
    Step.EHLO: ("421 4.3.2 Closing", "550 5.7.1 Bad name"),
    Step.STARTTLS: ("454 4.7.0 TLS not available", "501 5.5.4 No"),
    Step.AUTH: ("454 4.7.0 Try later", "535 5.7.8 Wrong"),
    Step.MAIL: ("451 4.3.0 Trouble", "550 5.7.1 Not as this sender"),
    Step.RCPT: ("450 4.2.0 Greylisted", "550 5.1.1 Unknown"),
    Step.DATA: ("451 4.3.0 No space", "554 5.7.1 No"),
    Step.CONTENT: ("451 4.3.0 Write error", "554 5.7.1 Spam"),
}

STEPS = {Step.MAIL: "MAIL", Step.RCPT: "RCPT", Step.DATA: "DATA", Step.CONTENT: "after DATA"}
STEPS |= {Step.EHLO: "EHLO", Step.STARTTLS: "STARTTLS", Step.AUTH: "AUTH"}


def _smtp_cases() -> Iterator[Case]:
    yield Case("connect", "refused", _smtp(Step.CONNECT, Refuse()))
    for step, (temporary, permanent) in ANSWERS.items():
        name = STEPS.get(step, step.value)
        yield Case(name, f"`{temporary}`", _smtp(step, Answer(temporary)))
        yield Case(name, f"`{permanent}`", _smtp(step, Answer(permanent)))
        yield Case(name, "silent", _smtp(step, Hang()))
        yield Case(name, "cut", _smtp(step, Drop()))
    yield Case("RCPT", "`421 4.3.2 Closing`", _smtp(Step.RCPT, Answer("421 4.3.2 Closing")))
    yield Case("after DATA", "cut, though the mail was taken", _smtp(Step.CONTENT, Drop(taken=True)))


def _twilio(fault: TwilioFault) -> Strike:
    async def strike(organization: Organization) -> None:
        for contact in organization.configuration.people.contacts.values():
            for phone in contact.phones:
                organization.twilio.faults[phone] = fault

    return strike


async def _unreachable(organization: Organization) -> None:
    await organization.twilio.refuse()


CODES = (20429, 21211, 21408, 21602, 21606, 21608, 21609, 21610, 21611, 21612, 21614, 21617, 21635)
"""Those with which Twilio refuses a text at once."""

LATER = (11200, 14107, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30009, 30022, 30032, 30034)
"""Those with which it says later that a text was not delivered."""

TWILIO = (
    Case("connect", "refused", _unreachable),
    Case("request", "no answer, not taken", _twilio(SILENT)),
    Case("request", "no answer, though taken", _twilio(TAKEN_SILENT)),
    Case("request", "cut, not taken", _twilio(DROP)),
    Case("request", "cut, though taken", _twilio(TAKEN_DROP)),
    Case("answer", "401", _twilio(UNAUTHORIZED)),
    Case("answer", "429, Retry-After 2 s", _twilio(too_many(2))),
    Case("answer", "429, Retry-After 10 min", _twilio(too_many(600))),
    Case("answer", "500", _twilio(SERVER_ERROR)),
    Case("answer", "503", _twilio(TwilioFault(SERVER_ERROR.kind, 503))),
    Case("answer", "201 with garbage", _twilio(GARBAGE)),
    *(Case("answer", f"400 with {code}", _twilio(refused(code))) for code in CODES),
    *(Case("receipt", f"undelivered with {code}", _twilio(undelivered(code))) for code in LATER),
    Case("receipt", "none", _twilio(STUCK)),
)

SMTP = tuple(_smtp_cases())

WORDS = {ImapFault.REFUSE: "refused", ImapFault.NO: "NO", ImapFault.HANG: "silent", ImapFault.DROP: "cut"}

IMAP = (
    ImapCase(ImapStep.CONNECT, ImapFault.REFUSE),
    *(ImapCase(step, fault) for step in ImapStep for fault in (ImapFault.NO, ImapFault.HANG, ImapFault.DROP)),
)


def secured(organization: Organization, context: ssl.SSLContext) -> None:
    """The relay wants STARTTLS and a login, so that a session has every step. To be called before it starts."""
    organization.mail.relay = Relay(organization.mail.accept, starttls=context, credentials=LOGIN)
