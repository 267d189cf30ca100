"""The email channel: kept sessions, the breaker, TLS, what is asked of the relay, and what never leaves by accident."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from channels.resolver import Resolver
from channels.smtp import Deadlines, Patience, RelaySettings, Smtp
from channels.smtp_relay import State
from channels.types import Channel, ChannelDown, Failure, Mail, Result, Retry, Text
from daemon.sandbox.faults import Answer, Drop, Hang, Refuse, Slow, Step
from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.relay import Relay
from tests.channels.mail_case import AT_ONCE, LONG, NO_PROBE, RAW, SHORT, Given, mail, until
from tests.servers.certificates import Certificates, certificates

ANN = "ann@acme.example"
US = "incidents@acme.example"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


def settings(relay: Relay, name: str = "primary", sessions: int = 4) -> RelaySettings:
    return RelaySettings(name, "127.0.0.1", relay.port, "none", sessions=sessions)


def channel(*relays: RelaySettings, patience: Patience = NO_PROBE, deadlines: Deadlines = LONG) -> Smtp:
    return Smtp(relays, deadlines=deadlines, patience=patience)


def state(smtp: Smtp) -> State:
    return smtp.relays[0].state


# Sessions


async def test_it_is_a_channel_named_email(server: MailServer) -> None:
    email: Channel = channel(settings(server.relay))
    assert email.name == "email"
    outcome = await email.send(mail())
    assert (outcome.result, outcome.by, outcome.failure) == (Result.SENT, "primary", None)
    assert "taken" in outcome.ref


async def test_one_session_carries_many_messages(server: MailServer) -> None:
    smtp = channel(settings(server.relay))
    for _ in range(20):
        assert (await smtp.send(mail())).result is Result.SENT
    assert len(server.mailbox(ANN)) == 20
    assert server.relay.connections == 1
    await smtp.close()


async def test_no_more_sessions_than_allowed_and_every_message_arrives_once(server: MailServer) -> None:
    smtp = channel(settings(server.relay, sessions=3))
    people = [f"p{number}@acme.example" for number in range(60)]
    outcomes = await asyncio.gather(*(smtp.send(mail(person)) for person in people))
    assert {outcome.result for outcome in outcomes} == {Result.SENT}
    assert [len(server.mailbox(person)) for person in people] == [1] * 60
    assert server.relay.connections <= 3
    await smtp.close()


async def test_a_session_that_the_relay_closed_meanwhile_is_replaced_unnoticed(server: MailServer) -> None:
    smtp = channel(settings(server.relay))
    await smtp.send(mail())
    await server.relay.stop()
    await server.relay.start()
    assert (await smtp.send(mail())).result is Result.SENT
    assert state(smtp) is State.UP
    await smtp.close()


async def test_a_kept_session_that_is_answered_421_is_replaced_unnoticed(server: MailServer) -> None:
    relay = server.relay
    smtp = channel(settings(relay))
    await smtp.send(mail())
    await relay.fault(Step.MAIL, Answer("421 4.4.2 Idle too long"), times=1)
    assert (await smtp.send(mail())).result is Result.SENT
    assert (relay.connections, state(smtp)) == (2, State.UP)
    await smtp.close()


async def test_sessions_not_used_for_a_while_are_closed(server: MailServer) -> None:
    smtp = channel(settings(server.relay), patience=replace(NO_PROBE, idle=0.05))
    await smtp.send(mail())
    assert smtp.relays[0].open_sessions == 1
    await until(lambda: not server.relay.sessions)
    assert smtp.relays[0].open_sessions == 0
    assert (await smtp.send(mail())).result is Result.SENT
    await smtp.close()


async def test_closing_ends_every_session(server: MailServer) -> None:
    smtp = channel(settings(server.relay))
    await asyncio.gather(*(smtp.send(mail()) for _ in range(4)))
    await smtp.close()
    await until(lambda: not server.relay.sessions)


@pytest.mark.parametrize("step", [Step.BANNER, Step.MAIL, Step.RCPT, Step.DATA, Step.CONTENT])
async def test_a_cancelled_send_leaves_no_session_whose_answers_are_shifted(server: MailServer, step: Step) -> None:
    smtp = Smtp([settings(server.relay, sessions=1)], patience=NO_PROBE)
    if step is not Step.BANNER:
        await smtp.send(mail())
    await server.relay.fault(step, Hang())
    sending = asyncio.create_task(smtp.send(mail("bob@acme.example")))
    await until(lambda: any(session.hanging for session in server.relay.sessions))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await until(lambda: not server.relay.sessions)
    server.relay.faults.clear()
    outcome = await smtp.send(mail("carol@acme.example"))
    assert outcome.result is Result.SENT
    assert len(server.mailbox("carol@acme.example")) == 1
    assert server.mailbox("bob@acme.example") == []
    await smtp.close()


async def test_a_refused_message_does_not_spoil_the_next_on_the_same_session(server: MailServer) -> None:
    await server.relay.fault(Step.RCPT, Answer("550 5.1.1 Unknown"), "nobody@acme.example")
    smtp = channel(settings(server.relay))
    for _ in range(3):
        assert (await smtp.send(mail("nobody@acme.example"))).result is Result.FAILED
        assert (await smtp.send(mail())).result is Result.SENT
    assert server.relay.connections == 1
    await smtp.close()


# The breaker


async def test_those_who_wait_for_a_session_learn_at_once_that_the_relay_went_down(server: MailServer) -> None:
    backup = Relay(server.accept)
    await backup.start()
    await server.relay.fault(Step.BANNER, Hang())
    smtp = channel(settings(server.relay, sessions=2), settings(backup, "backup", sessions=2), deadlines=SHORT)
    people = [f"p{number}@acme.example" for number in range(40)]
    outcomes = await asyncio.gather(*(smtp.send(mail(person)) for person in people))
    assert {(outcome.result, outcome.by) for outcome in outcomes} == {(Result.SENT, "backup")}
    assert [len(server.mailbox(person)) for person in people] == [1] * 40
    assert server.relay.connections == 2, "only the first two waited for the deadline"
    await smtp.close()
    await backup.stop()


async def test_a_relay_that_is_back_is_found_by_a_probe_and_used_again(server: MailServer) -> None:
    await server.relay.fault(Step.CONNECT, Refuse())
    smtp = channel(settings(server.relay), patience=AT_ONCE)
    assert (await smtp.send(mail())).result is Result.FAILED
    assert state(smtp) is State.DOWN
    await server.relay.mend()
    await until(lambda: state(smtp) is State.TRIAL)
    assert (await smtp.send(mail())).result is Result.SENT
    assert state(smtp) is State.UP
    assert smtp.relays[0].failure is None
    await smtp.close()


async def test_a_probe_that_dies_is_followed_by_another(server: MailServer, caplog: pytest.LogCaptureFixture) -> None:
    class Faulty(Resolver):
        faults = 0

        async def connect(self, host: str, port: int) -> socket.socket:
            if self.faults:
                self.faults -= 1
                raise LookupError("a fault of our own")
            return await super().connect(host, port)

    faulty = Faulty()
    await server.relay.fault(Step.CONNECT, Refuse())
    smtp = Smtp([settings(server.relay)], deadlines=LONG, patience=AT_ONCE, resolver=faulty)
    assert (await smtp.send(mail())).result is Result.FAILED
    faulty.faults = 2
    await server.relay.mend()
    await until(lambda: state(smtp) is State.TRIAL)
    assert caplog.text.count("the probe of relay") == 2
    assert (await smtp.send(mail())).result is Result.SENT
    await smtp.close()


async def test_the_first_broadcast_after_an_outage_waits_for_the_message_that_tries_the_relay(
    server: MailServer,
) -> None:
    await server.relay.fault(Step.CONNECT, Refuse())
    smtp = channel(settings(server.relay), patience=AT_ONCE)
    assert (await smtp.send(mail())).result is Result.FAILED
    await server.relay.mend()
    await until(lambda: state(smtp) is State.TRIAL)
    await server.relay.fault(Step.CONTENT, Slow(0.05), times=1)
    outcomes = await asyncio.gather(*(smtp.send(mail()) for _ in range(30)))
    assert {outcome.result for outcome in outcomes} == {Result.SENT}, "nobody is sent to the next rung"
    await smtp.close()


async def test_one_message_at_a_time_tries_a_relay_that_only_seems_to_be_back(server: MailServer) -> None:
    backup = Relay(server.accept)
    await backup.start()
    await server.relay.fault(Step.MAIL, Hang())
    smtp = channel(settings(server.relay), settings(backup, "backup"), patience=AT_ONCE, deadlines=SHORT)
    await smtp.send(mail())
    await until(lambda: state(smtp) is State.TRIAL)
    outcomes = await asyncio.gather(*(smtp.send(mail()) for _ in range(10)))
    assert {outcome.by for outcome in outcomes} == {"backup"}
    hung = [session for session in server.relay.sessions if session.hanging]
    assert len(hung) <= 1
    assert len(server.mailbox(ANN)) == 11
    await smtp.close()
    await backup.stop()


async def test_check_says_how_each_relay_stands_without_sending(server: MailServer) -> None:
    backup = Relay(server.accept)
    await backup.start()
    await server.relay.fault(Step.EHLO, Answer("550 5.7.1 No"))
    smtp = channel(settings(server.relay), settings(backup, "backup"))
    primary, other = await smtp.check()
    assert (primary.state, other.state) == (State.DOWN, State.UP)
    assert primary.failure is not None
    assert "greeting" in primary.failure.reason
    assert server.mailbox(ANN) == []
    await smtp.close()
    await backup.stop()


# What is asked of the relay, and what goes over the wire


async def test_delivery_reports_are_asked_for_where_they_are_offered(server: MailServer) -> None:
    smtp = channel(settings(server.relay))
    await smtp.send(mail(envid="MI-7/n=3+a b"))
    (received,) = server.mailbox(ANN)
    assert dict(received.envelope.dsn) == {
        "RET": "HDRS",
        "ENVID": "MI-7/n+3D3+2Ba+20b",
        "NOTIFY": "FAILURE,DELAY",
    }
    await smtp.close()


async def test_a_relay_without_extensions_gets_a_plain_transaction() -> None:
    server = MailServer()
    server.relay = Relay(server.accept, hidden=frozenset({"DSN", "SIZE", "8BITMIME", "SMTPUTF8"}))
    await server.start()
    smtp = channel(settings(server.relay))
    assert (await smtp.send(mail(envid="x"))).result is Result.SENT
    assert server.mailbox(ANN)[0].envelope.dsn == ()
    await smtp.close()
    await server.stop()


BODIES = [
    ("dots at the start of lines", b"Subject: x\r\n\r\n.\r\n..\r\n.hidden\r\nend\r\n", None),
    ("no line end at the end", b"Subject: x\r\n\r\nend", b"Subject: x\r\n\r\nend\r\n"),
    ("bare line feeds around a dot", b"Subject: x\n\nbody\n.\nMAIL FROM:<evil@x>\n", None),
    ("bare carriage returns around a dot", b"Subject: x\r\r.\rRSET\r", None),
    ("eight-bit bytes", "Subject: x\r\n\r\nbœuf ✓\r\n".encode(), None),
    ("nothing at all", b"", b"\r\n"),
    ("a megabyte", b"Subject: x\r\n\r\n" + (b"y" * 70 + b"\r\n") * 15_000, None),
]


@pytest.mark.parametrize(("raw", "arrives"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
async def test_a_message_arrives_as_one_and_whole(server: MailServer, raw: bytes, arrives: bytes | None) -> None:
    smtp = channel(settings(server.relay))
    assert (await smtp.send(mail(raw=raw))).result is Result.SENT
    expected = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n") if arrives is None else arrives
    assert [received.raw for received in server.mailbox(ANN)] == [expected]
    assert server.mailbox("evil@x") == []
    await smtp.close()


UNWRITABLE = ["ann@acme.example>\r\nRSET\r\nMAIL FROM:<x", "ann@acme.example\r\nDATA", "ann\x00@acme.example"]


@pytest.mark.parametrize("recipient", UNWRITABLE, ids=ascii)
async def test_an_address_can_carry_no_command(server: MailServer, recipient: str) -> None:
    smtp = channel(settings(server.relay))
    outcome = await smtp.send(mail(recipient))
    assert outcome.failure is not None
    assert outcome.failure.retry is Retry.NEVER
    assert (await smtp.send(mail())).result is Result.SENT
    assert len(server.mailbox(ANN)) == 1
    await smtp.close()


async def test_an_address_with_letters_beyond_ascii_goes_to_the_relay_that_can_handle_it(server: MailServer) -> None:
    old = Relay(server.accept, hidden=frozenset({"SMTPUTF8"}))
    await old.start()
    smtp = channel(settings(old, "old"), settings(server.relay, "new"))
    assert (await smtp.send(mail("jörg@acme.example"))).by == "new"
    assert (await smtp.send(mail())).by == "old", "the old one stays in use for the others"
    assert len(server.mailbox("jörg@acme.example")) == 1
    await smtp.close()
    await old.stop()


async def test_only_the_domain_beyond_ascii_needs_no_extension() -> None:
    server = MailServer()
    server.relay = Relay(server.accept, hidden=frozenset({"SMTPUTF8"}))
    await server.start()
    smtp = channel(settings(server.relay))
    assert (await smtp.send(mail("bob@bücher.example"))).result is Result.SENT
    assert len(server.mailbox("bob@xn--bcher-kva.example")) == 1
    await smtp.close()
    await server.stop()


# TLS and login


@pytest.fixture(scope="module")
def certs(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certs"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("elsewhere"), "other.example")


TLS = [
    ("starttls, trusted", "starttls", "certs", "certs", ""),
    ("tls, trusted", "tls", "certs", "certs", ""),
    ("starttls, unknown authority", "starttls", "certs", "elsewhere", "certificate"),
    ("tls, unknown authority", "tls", "certs", "elsewhere", "certificate"),
    ("starttls, another name", "starttls", "elsewhere", "elsewhere", "certificate"),
    ("tls, another name", "tls", "elsewhere", "elsewhere", "certificate"),
    ("starttls, by the public authorities", "starttls", "certs", None, "certificate"),
]


@pytest.mark.parametrize(
    ("security", "served", "trusted", "code"), [row[1:] for row in TLS], ids=[row[0] for row in TLS]
)
async def test_only_a_certificate_that_is_verified_is_accepted(
    security: str, served: str, trusted: str | None, code: str, request: pytest.FixtureRequest
) -> None:
    context = request.getfixturevalue(served).context()
    ca_file: Path | None = request.getfixturevalue(trusted).ca_file if trusted else None
    server = MailServer()
    server.relay = Relay(server.accept, **{security: context})
    await server.start()
    relay = RelaySettings("primary", "127.0.0.1", server.smtp_port, security, ca_file=ca_file)  # type: ignore[arg-type]
    smtp = Smtp([relay], patience=NO_PROBE)
    outcome = await smtp.send(mail())
    assert (outcome.failure.code if outcome.failure else "") == code
    assert len(server.mailbox(ANN)) == (0 if code else 1)
    await smtp.close()
    await server.stop()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(None, "cannot be read (No such file or directory)", id="it is not there"),
        pytest.param("", "holds no certificate", id="it is empty"),
        pytest.param("-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n", "holds no", id="it is broken"),
    ],
)
async def test_a_file_of_authorities_that_is_of_no_use_is_named(
    certs: Certificates, tmp_path: Path, content: str | None, reason: str
) -> None:
    server = MailServer()
    server.relay = Relay(server.accept, starttls=certs.context())
    await server.start()
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    smtp = Smtp([RelaySettings("primary", "127.0.0.1", server.smtp_port, "starttls", ca_file=file)], patience=NO_PROBE)
    outcome = await smtp.send(mail())
    assert outcome.failure is not None
    assert outcome.failure.code == "ca_file"
    assert reason in outcome.failure.reason
    await smtp.close()
    await server.stop()


async def test_a_relay_that_hides_starttls_gets_neither_message_nor_password(certs: Certificates) -> None:
    server = MailServer()
    server.relay = Relay(server.accept, starttls=certs.context(), hidden=frozenset({"STARTTLS"}))
    await server.start()
    relay = RelaySettings("primary", "127.0.0.1", server.smtp_port, "starttls", "incidents", "open sesame")
    smtp = Smtp([relay], patience=NO_PROBE)
    outcome = await smtp.send(mail())
    assert outcome.failure is not None
    assert outcome.failure.code == "starttls"
    assert server.mailbox(ANN) == []
    await smtp.close()
    await server.stop()


async def test_a_missing_ca_file_is_a_relay_that_cannot_be_used(server: MailServer, tmp_path: Path) -> None:
    relay = RelaySettings("primary", "127.0.0.1", server.smtp_port, "tls", ca_file=tmp_path / "none.pem")
    smtp = channel(relay)
    outcome = await smtp.send(mail())
    assert outcome.failure is not None
    assert outcome.failure.retry is Retry.DOWN
    await smtp.close()


async def test_a_password_shows_nowhere(certs: Certificates) -> None:
    server = MailServer()
    server.relay = Relay(server.accept, starttls=certs.context(), credentials=("incidents", "another"))
    await server.start()
    secret = "open sesame"
    relay = RelaySettings(
        "primary", "127.0.0.1", server.smtp_port, "starttls", "incidents", secret, ca_file=certs.ca_file
    )
    smtp = Smtp([relay], patience=NO_PROBE)
    refused = await smtp.send(mail())
    await server.relay.fault(Step.AUTH, Answer(f"535 5.7.8 not {secret}"))
    echoed = (await smtp.check())[0].failure
    assert refused.failure is not None
    assert refused.failure.code == "535 5.7.8"
    assert secret not in repr((refused, echoed, relay, smtp.relays))
    await smtp.close()
    await server.stop()


async def test_an_access_token_logs_in_and_a_refused_one_is_told(certs: Certificates) -> None:
    server = MailServer()
    server.relay = Relay(server.accept, starttls=certs.context(), token="ya29.good")
    await server.start()
    given = Given("ya29.bad", "ya29.good")
    relay = RelaySettings(
        "primary", "127.0.0.1", server.smtp_port, "starttls", US, auth="xoauth2", token=given, ca_file=certs.ca_file
    )
    refused = Smtp([relay], patience=NO_PROBE)
    outcome = await refused.send(mail())
    assert outcome.failure is not None
    assert (outcome.failure.code, outcome.failure.retry) == ("535 5.7.8", Retry.DOWN)
    assert "ya29" not in repr(outcome)
    await refused.close()
    taken = Smtp([relay], patience=NO_PROBE)
    assert (await taken.send(mail())).result is Result.SENT
    await taken.close()
    await server.stop()


async def test_no_access_token_is_a_relay_that_cannot_be_used(certs: Certificates) -> None:
    server = MailServer()
    server.relay = Relay(server.accept, starttls=certs.context(), token="ya29.good")
    await server.start()

    class Nothing(Given):
        async def __call__(self) -> str:
            raise ChannelDown(Failure("oauth", "no access token was given: invalid_grant", Retry.DOWN))

    given = Nothing()
    relay = RelaySettings(
        "primary", "127.0.0.1", server.smtp_port, "starttls", US, auth="xoauth2", token=given, ca_file=certs.ca_file
    )
    smtp = Smtp([relay], patience=NO_PROBE)
    outcome = await smtp.send(mail())
    assert outcome.failure is not None
    assert "invalid_grant" in outcome.failure.reason
    await smtp.close()
    await server.stop()


# Odd cases


async def test_without_any_relay_the_channel_is_down() -> None:
    outcome = await Smtp([]).send(mail())
    assert outcome.failure is not None
    assert outcome.failure.retry is Retry.DOWN


async def test_a_text_is_no_email() -> None:
    outcome = await Smtp([]).send(Text("+32470000001", "hello"))
    assert outcome.result is Result.FAILED


async def test_the_last_good_address_serves_while_names_cannot_be_looked_up(server: MailServer) -> None:
    resolver = Resolver({"relay.invalid": ("127.0.0.1",)})
    relay = RelaySettings("primary", "relay.invalid", server.smtp_port, "none")
    smtp = Smtp([relay], patience=NO_PROBE, resolver=resolver)
    assert (await smtp.send(mail())).result is Result.SENT
    await smtp.close()


async def test_the_address_found_is_kept_for_later(server: MailServer) -> None:
    resolver = Resolver()
    smtp = Smtp([RelaySettings("primary", "localhost", server.smtp_port, "none")], resolver=resolver)
    assert (await smtp.send(mail())).result is Result.SENT
    assert "127.0.0.1" in resolver.addresses["localhost"]
    await smtp.close()


async def test_a_relay_that_drops_everybody_costs_nobody_else_a_message(server: MailServer) -> None:
    backup = Relay(server.accept)
    await backup.start()
    smtp = channel(settings(server.relay), settings(backup, "backup"), patience=AT_ONCE)
    people = [f"p{number}@acme.example" for number in range(100)]

    async def cut_now_and_then() -> None:
        for number in range(5):
            await until(lambda: sum(len(server.mailbox(person)) for person in people) >= number * 15)  # noqa: B023
            await server.relay.fault(Step.MAIL, Drop())
            for session in tuple(server.relay.sessions):
                session.cut()
            await server.relay.mend()

    outcomes, _ = await asyncio.gather(
        asyncio.gather(*(smtp.send(Mail("i@acme.example", person, RAW, "<x@y>")) for person in people)),
        cut_now_and_then(),
    )
    for person, outcome in zip(people, outcomes, strict=True):
        match outcome.result:
            case Result.SENT:
                assert len(server.mailbox(person)) == 1
            case Result.UNCERTAIN:
                assert len(server.mailbox(person)) <= 1
            case other:
                raise AssertionError((person, other, outcome))
    await smtp.close()
    await backup.stop()
