"""Each fault at each step of SMTP: who takes the message in the end, and what is said about the relay that failed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from channels.smtp import RelaySettings, RelayState, Smtp
from channels.smtp_relay import State
from channels.types import Result, Retry
from daemon.sandbox.faults import Answer, Drop, Fault, Hang, Refuse, Slow, Step
from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.relay import Relay
from tests.channels.mail_case import LONG, NO_PROBE, RAW, SHORT, mail
from tests.servers.certificates import Certificates, certificates

ANN = "ann@acme.example"
LOGIN = ("incidents", "open sesame")


@pytest.fixture(scope="module")
def certs(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certs"))


@dataclass
class Two:
    """A mail server behind two relays; the first wants STARTTLS and a login."""

    server: MailServer
    primary: Relay
    backup: Relay
    ca_file: Path

    def channel(self, fault: Fault | None = None, *, alone: bool = False) -> Smtp:
        primary = RelaySettings("primary", "127.0.0.1", self.primary.port, "starttls", *LOGIN, ca_file=self.ca_file)
        backup = RelaySettings("backup", "127.0.0.1", self.backup.port, "none")
        deadlines = SHORT if isinstance(fault, Hang) or fault == Slow(30.0) else LONG
        return Smtp([primary] if alone else [primary, backup], deadlines=deadlines, patience=NO_PROBE)


@pytest.fixture
async def two(certs: Certificates) -> AsyncIterator[Two]:
    server = MailServer()
    server.relay = Relay(server.accept, starttls=certs.context(), credentials=LOGIN)
    backup = Relay(server.accept)
    await server.start()
    await backup.start()
    yield Two(server, server.relay, backup, certs.ca_file)
    await backup.stop()
    await server.stop()


# Faults of the relay: the step, the fault, and the code that tells the operator.
RELAY_FAULTS: list[tuple[Step, Fault, str]] = [
    (Step.CONNECT, Refuse(), "connect"),
    (Step.BANNER, Answer("421 4.3.2 Busy"), "421 4.3.2"),
    (Step.BANNER, Answer("554 5.7.1 Go away"), "554 5.7.1"),
    (Step.BANNER, Answer("what is this"), "lost"),
    (Step.BANNER, Hang(), "timeout"),
    (Step.BANNER, Drop(), "lost"),
    (Step.BANNER, Slow(30.0), "timeout"),
    (Step.EHLO, Answer("421 4.3.2 Closing"), "421 4.3.2"),
    (Step.EHLO, Answer("550 5.7.1 Bad name"), "550 5.7.1"),
    (Step.EHLO, Hang(), "timeout"),
    (Step.EHLO, Drop(), "lost"),
    (Step.STARTTLS, Answer("454 4.7.0 TLS not available"), "454 4.7.0"),
    (Step.STARTTLS, Answer("501 5.5.4 No"), "501 5.5.4"),
    (Step.STARTTLS, Hang(), "timeout"),
    (Step.STARTTLS, Drop(), "lost"),
    (Step.AUTH, Answer("454 4.7.0 Try later"), "454 4.7.0"),
    (Step.AUTH, Answer("535 5.7.8 Wrong"), "535 5.7.8"),
    (Step.AUTH, Hang(), "timeout"),
    (Step.AUTH, Drop(), "lost"),
    (Step.MAIL, Answer("421 4.4.2 Timeout"), "421 4.4.2"),
    (Step.MAIL, Answer("451 4.3.0 Trouble"), "451 4.3.0"),
    (Step.MAIL, Answer("550 5.7.1 Not as this sender"), "550 5.7.1"),
    (Step.MAIL, Hang(), "timeout"),
    (Step.MAIL, Drop(), "lost"),
    (Step.RCPT, Answer("421 4.3.2 Closing"), "421 4.3.2"),
    (Step.RCPT, Answer("530 5.7.0 Log in first"), "530 5.7.0"),
    (Step.RCPT, Hang(), "timeout"),
    (Step.RCPT, Drop(), "lost"),
    (Step.DATA, Answer("421 4.3.2 Closing"), "421 4.3.2"),
    (Step.DATA, Hang(), "timeout"),
    (Step.DATA, Drop(), "lost"),
    (Step.CONTENT, Answer("421 4.3.2 Closing"), "421 4.3.2"),
]


def _name(row: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in row[:2])


@pytest.mark.parametrize(("step", "fault", "code"), RELAY_FAULTS, ids=map(_name, RELAY_FAULTS))
async def test_a_relay_that_cannot_be_used_is_passed_over_for_the_next_within_the_same_send(
    two: Two, step: Step, fault: Fault, code: str
) -> None:
    await two.primary.fault(step, fault)
    channel = two.channel(fault)
    outcome = await channel.send(mail())
    assert (outcome.result, outcome.by) == (Result.SENT, "backup"), outcome
    assert len(two.server.mailbox(ANN)) == 1
    match channel.relays:
        case (RelayState("primary", State.DOWN, failure, _), RelayState("backup", State.UP, None, 1)):
            assert failure is not None
            assert failure.code == code
        case other:
            raise AssertionError(other)
    before = two.primary.connections
    assert (await channel.send(mail())).by == "backup"
    assert two.primary.connections == before, "a relay known to be down is not even tried"
    await channel.close()


AT_ONCE = [row for row in RELAY_FAULTS if not isinstance(row[1], Hang | Slow)]


@pytest.mark.parametrize(("step", "fault", "code"), AT_ONCE, ids=map(_name, AT_ONCE))
async def test_with_no_other_relay_the_channel_is_down(two: Two, step: Step, fault: Fault, code: str) -> None:
    await two.primary.fault(step, fault)
    channel = two.channel(alone=True)
    outcome = await channel.send(mail())
    assert outcome.result is Result.FAILED
    assert outcome.failure is not None
    assert (outcome.failure.retry, outcome.failure.code) == (Retry.DOWN, code)
    assert outcome.failure.retry_after is not None
    assert two.server.mailbox(ANN) == []
    await channel.close()


# Faults of one recipient or message: the relay stays up.
RECIPIENT_FAULTS: list[tuple[Step, Fault, Retry, str]] = [
    (Step.RCPT, Answer("450 4.2.0 Greylisted"), Retry.SAME, "primary"),
    (Step.RCPT, Answer("550 5.1.1 Unknown"), Retry.NEVER, "primary"),
    (Step.RCPT, Answer("552 5.2.2 Full"), Retry.NEXT, "primary"),
    (Step.CONTENT, Answer("552 5.3.4 Too big"), Retry.NEXT, "primary"),
    (Step.CONTENT, Answer("450 4.2.0 Not now"), Retry.SAME, "primary"),
]


@pytest.mark.parametrize(("step", "fault", "retry", "by"), RECIPIENT_FAULTS, ids=map(_name, RECIPIENT_FAULTS))
async def test_a_refusal_of_one_recipient_is_final_and_leaves_the_relay_in_use(
    two: Two, step: Step, fault: Fault, retry: Retry, by: str
) -> None:
    await two.primary.fault(step, fault, ANN)
    channel = two.channel()
    refused = await channel.send(mail())
    taken = await channel.send(mail("bob@acme.example"))
    assert refused.result is Result.FAILED
    assert refused.failure is not None
    assert (refused.failure.retry, refused.by) == (retry, by)
    assert (taken.result, taken.by) == (Result.SENT, "primary")
    assert two.primary.connections == 1, "the session went on"
    assert (two.server.mailbox(ANN), len(two.server.mailbox("bob@acme.example"))) == ([], 1)
    await channel.close()


# A relay that works but will not take this one: the next relay is asked, and the first stays in use.
ELSEWHERE: list[tuple[Step, Fault]] = [
    (Step.RCPT, Answer("554 5.7.1 Relay access denied")),
    (Step.RCPT, Answer("451 4.3.0 Lookup failure")),
    (Step.DATA, Answer("451 4.3.0 No space")),
    (Step.DATA, Answer("554 5.7.1 No")),
    (Step.CONTENT, Answer("451 4.3.0 Write error")),
    (Step.CONTENT, Answer("554 5.7.1 Spam")),
]


@pytest.mark.parametrize(("step", "fault"), ELSEWHERE, ids=map(_name, ELSEWHERE))
async def test_what_one_relay_will_not_take_is_offered_to_the_next(two: Two, step: Step, fault: Fault) -> None:
    await two.primary.fault(step, fault, ANN)
    channel = two.channel()
    assert (await channel.send(mail())).by == "backup"
    assert (await channel.send(mail("bob@acme.example"))).by == "primary"
    assert len(two.server.mailbox(ANN)) == 1
    await channel.close()


UNCERTAIN: list[tuple[Fault, int]] = [(Drop(taken=True), 1), (Drop(taken=False), 0), (Hang(), 0), (Answer("xyz"), 0)]


@pytest.mark.parametrize(("fault", "arrived"), UNCERTAIN, ids=str)
async def test_a_session_lost_between_the_message_and_its_answer_is_uncertain(
    two: Two, fault: Fault, arrived: int
) -> None:
    await two.primary.fault(Step.CONTENT, fault)
    channel = two.channel(fault, alone=True)
    outcome = await channel.send(mail())
    assert (outcome.result, outcome.by) == (Result.UNCERTAIN, "primary")
    assert len(two.server.mailbox(ANN)) == arrived
    await channel.close()


@pytest.mark.parametrize(("fault", "arrived"), UNCERTAIN, ids=str)
async def test_what_may_be_out_goes_by_the_next_relay_as_the_same_message(two: Two, fault: Fault, arrived: int) -> None:
    await two.primary.fault(Step.CONTENT, fault)
    channel = two.channel(fault)
    outcome = await channel.send(mail())
    assert (outcome.result, outcome.by) == (Result.SENT, "backup")
    assert [letter.raw for letter in two.server.mailbox(ANN)] == [RAW] * (arrived + 1)
    await channel.close()


async def test_what_may_be_out_stays_uncertain_where_the_next_relay_is_down(two: Two) -> None:
    await two.primary.fault(Step.CONTENT, Drop(taken=True))
    await two.backup.stop()
    channel = two.channel()
    outcome = await channel.send(mail())
    assert (outcome.result, outcome.by) == (Result.UNCERTAIN, "primary")
    await channel.close()


async def test_a_slow_relay_is_waited_for_within_the_deadline(two: Two) -> None:
    await two.primary.fault(Step.CONTENT, Slow(0.05))
    channel = two.channel()
    assert (await channel.send(mail())).by == "primary"
    assert len(two.server.mailbox(ANN)) == 1
    await channel.close()


async def test_refused_by_one_relay_weighs_more_than_another_that_is_down(two: Two) -> None:
    await two.primary.fault(Step.RCPT, Answer("554 5.7.1 Relay access denied"))
    await two.backup.stop()
    channel = two.channel()
    outcome = await channel.send(mail())
    assert outcome.failure is not None
    assert (outcome.failure.retry, outcome.by) == (Retry.NEXT, "primary")
    await channel.close()


async def test_all_relays_down_names_each_in_one_reason(two: Two) -> None:
    await two.primary.fault(Step.BANNER, Answer("421 4.3.2 Busy"))
    await two.backup.stop()
    channel = two.channel()
    outcome = await channel.send(mail())
    assert outcome.failure is not None
    assert outcome.failure.retry is Retry.DOWN
    assert "relay primary" in outcome.failure.reason
    assert "relay backup" in outcome.failure.reason
    await channel.close()
