"""What connecting everywhere shows: real servers, and each thing that can be wrong with them."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiohttp import web

from config.types import Bridge, Configuration, Duty, Inway, Mailbox, Other, Relay, Secret, Security, Twilio
from daemon.checking.findings import Severity
from daemon.checking.probing import Probe, probe_all
from daemon.sandbox.faults import Answer, Drop, Hang, Refuse, Step
from daemon.sandbox.faults import Fault as SmtpFault
from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.ports import free_port
from daemon.sandbox.twilio_faults import GARBAGE, SILENT, Fault, Kind
from daemon.sandbox.twilio_server import TOKEN, TwilioServer
from daemon.web.server import WebServer
from tests.core.vocabulary import example
from tests.servers.certificates import Certificates, certificates
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.postfix import Postfix, postfix

US = "incidents@acme.example"


def only(
    *, boxes: tuple[Mailbox, ...] = (), relays: tuple[Relay, ...] = (), twilio: Twilio | None = None, **others: Any
) -> Configuration:
    """The example with nothing to connect to but this. `others` are the procedure's."""
    whole = example()
    settings = replace(whole.settings, mailboxes=boxes, relays=relays, twilio=twilio, others=others.pop("named", ()))
    return replace(whole, settings=settings, procedure=replace(whole.procedure, **{"bridges": (), **others}))


def box(server: Dovecot, **changes: Any) -> Mailbox:
    (usual,) = example().settings.mailboxes
    ours = {"username": US, "password": Secret(PASSWORD), "ca_file": server.certificates.ca_file}
    return replace(usual, port=server.tls_port, security=Security.TLS, **{**ours, **changes})


def relay(server: Postfix, trusts: Dovecot, **changes: Any) -> Relay:
    (usual,) = example().settings.relays
    ours = {"username": US, "password": Secret(PASSWORD), "ca_file": trusts.certificates.ca_file}
    return replace(usual, port=server.submission_port, security=Security.STARTTLS, **{**ours, **changes})


async def one(configuration: Configuration, *, within: float = 45.0) -> Probe:
    (probe,) = await probe_all(configuration, within=within)
    return probe


def fault(probe: Probe) -> str:
    assert not probe.ok
    (finding,) = probe.findings
    assert (finding.severity, finding.rule) == (Severity.FAULT, "connection")
    assert finding.cure
    assert PASSWORD not in str(finding)
    return finding.problem


def weak(probe: Probe) -> Mapping[str, str]:
    assert probe.ok, probe.came
    assert {finding.severity for finding in probe.findings} <= {Severity.WEAKNESS}
    return {finding.rule: finding.problem for finding in probe.findings}


async def test_a_real_mailbox_and_a_real_relay_and_what_can_be_wrong_with_them(tmp_path_factory: Any) -> None:
    stranger = certificates(tmp_path_factory.mktemp("ca")).ca_file
    async with dovecot() as imap, postfix(imap, US) as smtp:
        good, out = await probe_all(only(boxes=(box(imap),), relays=(relay(smtp, imap),)))
        assert weak(good) == {}
        assert good.came == "logged in, INBOX holds 0, Done will be made"
        assert weak(out) == {}
        assert out.came == f"STARTTLS, logged in, takes mail from {US}, at most 1 MB, DSN, PIPELINING"
        assert imap.messages(US) == [], "nothing is sent"

        assert "refused the login" in fault(await one(only(boxes=(box(imap, password=Secret("wrong")),))))
        assert "open the folder 'Nowhere'" in fault(await one(only(boxes=(box(imap, folder="Nowhere"),))))
        assert "certificate is not valid" in fault(await one(only(boxes=(box(imap, ca_file=stranger),))))
        assert "login" in fault(await one(only(relays=(relay(smtp, imap, password=Secret("wrong")),))))
        assert "certificate is not valid" in fault(await one(only(relays=(relay(smtp, imap, ca_file=stranger),))))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        pytest.param(3, "its certificate ends in 2 days", id="ends soon"),
        pytest.param(20, "", id="ends later"),
    ],
)
async def test_a_certificate_that_ends_soon_is_a_weakness(days: int, said: str) -> None:
    async with dovecot(ends=datetime.now(UTC) + timedelta(days=days)) as imap:
        assert weak(await one(only(boxes=(box(imap),)))).get("certificate", "")[: len(said) or None] == said


async def test_a_certificate_that_has_ended_is_a_fault() -> None:
    async with dovecot(ends=datetime.now(UTC) - timedelta(hours=1)) as imap:
        assert "expired" in fault(await one(only(boxes=(box(imap),))))


async def test_a_mailbox_without_idle_is_a_weakness() -> None:
    async with dovecot(capability="IMAP4rev1 UIDPLUS") as imap:
        assert "IDLE" in weak(await one(only(boxes=(box(imap),))))["no-idle"]


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


def simulated(mail: MailServer) -> tuple[Mailbox, Relay]:
    settings = example().settings
    return replace(settings.mailboxes[0], port=mail.imap_port), replace(settings.relays[0], port=mail.smtp_port)


@pytest.mark.parametrize(
    ("step", "trouble", "said"),
    [
        pytest.param(Step.CONNECT, Refuse(), "cannot connect", id="nobody listens"),
        pytest.param(Step.EHLO, Answer("421 4.3.2 Closing down"), "refused our greeting", id="it closes down"),
        pytest.param(Step.MAIL, Answer("550 5.7.1 Sender not allowed"), "takes no mail from", id="not from us"),
        pytest.param(Step.BANNER, Hang(), "no answer within", id="it hangs"),
        pytest.param(Step.MAIL, Drop(), "broke off", id="it breaks off"),
    ],
)
async def test_a_relay_that_fails_at_a_step(mail: MailServer, step: Step, trouble: SmtpFault, said: str) -> None:
    await mail.relay.fault(step, trouble)
    probe = await one(only(relays=(simulated(mail)[1],)), within=0.5 if isinstance(trouble, Hang) else 45.0)
    assert said in fault(probe)


async def test_a_relay_that_takes_only_small_mail_and_tells_nothing_is_weak() -> None:
    async with talking(
        b"220 hi\r\n", b"250-hi\r\n250 SIZE 50000\r\n", b"250 ok\r\n", b"250 ok\r\n", b"221 bye\r\n"
    ) as port:
        found = weak(await one(only(relays=(replace(example().settings.relays[0], port=port),))))
    assert set(found) == {"no-dsn", "small-relay"}


async def test_everything_hangs_and_all_of_it_is_over_at_once(mail: MailServer) -> None:
    async with talking() as port, TwilioServer() as twilio:
        twilio.fault = SILENT
        boxes, relays = zip(*[simulated(mail)] * 3, strict=True)
        silent = only(
            boxes=tuple(replace(box, port=port) for box in boxes),
            relays=tuple(replace(relay, port=port) for relay in relays),
            twilio=account(twilio),
            bridges=(Bridge("Conference", f"http://127.0.0.1:{port}/major", "", "", ()),),
        )
        probes = await probe_all(silent, within=0.5)
    assert [probe.came for probe in probes] == ["no answer within 0.5 s"] * 8


async def test_a_refused_mailbox(mail: MailServer) -> None:
    await mail.imap.fault(Refuse())
    assert "cannot connect" in fault(await one(only(boxes=(simulated(mail)[0],))))


def account(server: TwilioServer, **changes: Any) -> Twilio:
    twilio = example().settings.twilio
    assert twilio
    ours = {"auth_token": Secret(TOKEN), "api_base": server.url, "inbound": (Inway.POLL,), "public_url": ""}
    return replace(twilio, **{**ours, **changes})


async def test_twilio_as_it_should_be() -> None:
    async with TwilioServer() as server:
        probe = await one(only(twilio=account(server)))
        assert weak(probe) == {}
        assert probe.came == "Sandbox, +32460000000 for texts and calls, 250.00 EUR left"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        pytest.param(Fault(Kind.STATUS, 401, 20003), "authentication failed", id="a wrong token"),
        pytest.param(Fault(Kind.STATUS, 500), "", id="it is broken"),
        pytest.param(GARBAGE, "cannot be read", id="no JSON"),
    ],
)
async def test_twilio_that_refuses(trouble: Fault, said: str) -> None:
    async with TwilioServer() as server:
        server.fault = trouble
        assert said in fault(await one(only(twilio=account(server))))


async def test_an_account_that_cannot_be_used() -> None:
    async with TwilioServer() as server:
        server.account.status = "suspended"
        assert "suspended" in fault(await one(only(twilio=account(server))))
        server.account.status = "active"
        assert "+32460000001 is no number of this account" in fault(
            await one(only(twilio=account(server, number="+32460000001")))
        )
        server.account.can["sms"] = False
        assert "takes and sends no texts" in fault(await one(only(twilio=account(server))))


async def test_an_account_that_will_not_do_for_long() -> None:
    async with TwilioServer() as server:
        server.account.type, server.account.balance = "Trial", "3.20"
        server.account.can["voice"] = False
        found = weak(await one(only(twilio=account(server))))
        assert set(found) == {"trial-account", "low-balance", "no-voice"}
        assert found["low-balance"] == "has 3.20 EUR left"


async def test_a_webhook_that_goes_elsewhere_and_an_address_outside_that_does_not_answer() -> None:
    async with TwilioServer(webhook="https://old.acme.example/twilio/sms") as server:
        twilio = account(server, inbound=(Inway.WEBHOOK,), public_url=f"http://127.0.0.1:{free_port()}")
        api, outside = await probe_all(only(twilio=twilio))
    assert "https://old.acme.example/twilio/sms" in weak(api)["webhook-elsewhere"]
    assert not outside.ok
    assert outside.findings[0].severity is Severity.WEAKNESS


async def test_a_proxy_that_lets_only_the_webhook_through_is_an_address_that_answers() -> None:
    async def receive(_: web.Request) -> web.Response:
        return web.Response()

    hooks = [web.post("/twilio/sms", receive)]
    async with TwilioServer() as server, WebServer("127.0.0.1", 0, routes=hooks, healthy=bool, ready=bool) as proxy:
        twilio = account(server, inbound=(Inway.WEBHOOK,), public_url=f"http://127.0.0.1:{proxy.port}")
        _, outside = await probe_all(only(twilio=twilio))
    assert outside.ok


CERTIFICATES = {
    "valid": ({}, True, ""),
    "expired": ({"ends": datetime(2026, 1, 1, tzinfo=UTC)}, True, "has expired"),
    "for another name": ({"name": "shop.acme.example"}, True, "is for another address"),
    "by nobody": ({}, False, "is by an authority that nobody knows, or those in between are not sent with it"),
    "by itself": ({"by_itself": True}, False, "is self-signed"),
}


REFUSED = "Twilio refuses that, and nothing comes in by it"


@pytest.mark.parametrize(("made", "trusted", "wrong"), CERTIFICATES.values(), ids=CERTIFICATES.keys())
async def test_what_a_web_certificate_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: dict[str, Any], trusted: bool, wrong: str
) -> None:
    """To the authorities of the system, as OpenSSL is told of them."""
    ours = certificates(tmp_path, made.get("name", "127.0.0.1"), ends=made.get("ends"))
    if made.get("by_itself"):
        ours = itself(tmp_path)
    (tmp_path / "none").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(ours.ca_file if trusted else tmp_path / "none"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "nowhere"))
    hello = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    async with TwilioServer() as server, talking(hello, after=True, tls=ours.context()) as port:
        twilio = account(server, inbound=(Inway.WEBHOOK,), public_url=f"https://127.0.0.1:{port}")
        bridge = Bridge("Conference", f"https://127.0.0.1:{port}/major", "", "", ())
        _, there, outside = await probe_all(only(twilio=twilio, bridges=(bridge,)))
    assert outside.ok is not bool(wrong)
    assert [finding.severity for finding in outside.findings] == [Severity.WEAKNESS] * bool(wrong)
    assert outside.came == (f"seen from here, its certificate {wrong}: {REFUSED}" if wrong else "it answers")
    found = weak(there)
    assert set(found) == ({"certificate-invalid"} if wrong else set())
    assert f"its certificate {wrong}" in found.get("certificate-invalid", "its certificate ")


def itself(folder: Path) -> Certificates:
    """One that nobody else has signed."""
    authority = trustme.CA()
    made = Certificates(folder / "ca.pem", folder / "itself.pem", folder / "itself.key")
    authority.cert_pem.write_to_path(made.chain)
    authority.private_key_pem.write_to_path(made.key)
    return made


async def test_bridges_and_named_channels() -> None:
    async with talking(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", after=True) as port:
        bridges = (
            Bridge("There", f"http://127.0.0.1:{port}/major", "", "", ()),
            Bridge("Gone", f"http://127.0.0.1:{free_port()}/major", "", "", ()),
            Bridge("Elsewhere", f"http://127.0.0.1:{free_port()}/major", "", "", (), check=False),
        )
        named = (Other("chat", Secret("ntfy://ntfy.acme.example/murphy")), Other("odd", Secret("nothing://x")))
        probes = await probe_all(only(bridges=bridges, named=named))
    assert {probe.what: probe.ok for probe in probes} == {
        "channel chat": True, "channel odd": False, "bridge There": True, "bridge Gone": False,
    }  # fmt: skip


async def test_a_name_that_is_none() -> None:
    mailbox = replace(example().settings.mailboxes[0], host="imap.acme.invalid")
    probe, dns = await probe_all(only(boxes=(mailbox,)), within=45.0)
    assert not probe.ok
    assert "imap.acme.invalid cannot be resolved" in fault(dns)


@asynccontextmanager
async def talking(*lines: bytes, after: bool = False, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that says the first line, and the next after each line that it hears; then nothing more.

    With `after`, it says the first only after it has heard something.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number, line in enumerate(lines):
            if number or after:
                await reader.readline()
            writer.write(line)
        with suppress(OSError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def calendar(folder: Path, days: int) -> Configuration:
    """Tom is on duty for a day, in so many days."""
    start = datetime.now(UTC) + timedelta(days=days, hours=-1)
    event = f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{start + timedelta(days=1):%Y%m%dT%H%M%SZ}\r\nSUMMARY:Tom Baker"
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    (folder / "duty.ics").write_text(f"{head}{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", newline="")
    duty = Duty("network-engineers", (), None, "duty.ics")
    return replace(only(duties=(duty,)), templates=folder / "templates")


async def test_a_duty_calendar(tmp_path: Path) -> None:
    (probe,) = await probe_all(calendar(tmp_path, 0), offline=True)
    assert weak(probe) == {}
    assert probe.came == "Tom Baker is on duty now"
    assert set(weak(await one(calendar(tmp_path, 10)))) == {"expired-rota"}
    elsewhere = replace(calendar(tmp_path, 0), templates=tmp_path / "away" / "templates")
    assert "No such file" in fault(await one(elsewhere))
