"""Mail out by a real Postfix and in again from a real Dovecot."""

import asyncio
from dataclasses import replace
from pathlib import Path

from channels.imap import Login, Mailbox
from channels.smtp import RelaySettings, Smtp
from channels.types import Result, Retry
from tests.channels.mail_case import NO_PROBE, Desk, about, mail, stopped, until
from tests.servers.certificates import certificates
from tests.servers.dovecot import PASSWORD, dovecot
from tests.servers.postfix import postfix

US = "incidents@acme.example"
ANN = "ann@acme.example"


async def test_the_whole_way_out_and_in(tmp_path: Path) -> None:
    async with dovecot() as imap, postfix(imap, US, ANN, "jörg@acme.example") as smtp:
        ca_file = imap.certificates.ca_file
        plain = RelaySettings("plain", "127.0.0.1", smtp.port, "none")
        login = RelaySettings("login", "127.0.0.1", smtp.submission_port, "starttls", US, PASSWORD, ca_file=ca_file)
        desk = Desk()
        box = Mailbox("incidents", Login("127.0.0.1", imap.tls_port, "tls", US, PASSWORD, ca_file=ca_file))
        watch = asyncio.create_task(box.watch(desk, None))
        await until(lambda: desk.is_up)
        channel = Smtp([login, plain], patience=NO_PROBE)

        sent = await channel.send(mail(raw=about("MI-1\r\nX-Dots: 1") + b".\r\n..\r\n"))
        assert (sent.result, sent.by) == (Result.SENT, "login")
        assert "queued as" in sent.ref
        await until(lambda: len(imap.messages(ANN)) == 1)
        assert imap.messages(ANN)[0].replace(b"\r\n", b"\n").endswith(b"\nWords.\n.\n..\n")

        await channel.send(mail("incidents+t0ken@acme.example", about("a reply")))
        await until(lambda: "a reply" in desk.subjects)

        assert (await channel.send(mail("jörg@acme.example"))).result is Result.SENT
        await until(lambda: len(desk.mails) == 2)
        assert b"SMTPUTF8 is required" in desk.mails[-1].raw, "Postfix offers it, Dovecot does not"
        unknown = await channel.send(mail("nobody@acme.example"))
        assert unknown.failure is not None
        assert (unknown.failure.code, unknown.failure.retry) == ("550 5.1.1", Retry.NEVER)
        big = await channel.send(mail(raw=about("big", 1_100_000)))
        assert big.failure is not None
        assert (big.failure.code, big.failure.retry) == ("552 5.3.4", Retry.NEXT)

        await channel.send(mail("gone@elsewhere.example", about("for nobody"), envid="MI-1/n2+a"))
        await until(lambda: len(desk.mails) == 3)
        report = desk.mails[-1].raw
        assert b"Original-Envelope-Id: MI-1/n2+a" in report
        assert b"Status: 5.1.1" in report
        await channel.close()

        wrong = Smtp([replace(login, password="wrong")], patience=NO_PROBE)
        refused = await wrong.send(mail())
        assert refused.failure is not None
        assert (refused.failure.code, refused.failure.retry) == ("535 5.7.8", Retry.DOWN)
        await wrong.close()

        (tmp_path / "other").mkdir()
        untrusting = Smtp([replace(login, ca_file=certificates(tmp_path / "other").ca_file)], patience=NO_PROBE)
        distrusted = await untrusting.send(mail())
        assert distrusted.failure is not None
        assert distrusted.failure.code == "certificate"
        await untrusting.close()

        many = Smtp([plain], patience=NO_PROBE)
        outcomes = await asyncio.gather(*(many.send(mail(raw=about(f"n{number}"))) for number in range(60)))
        assert {outcome.result for outcome in outcomes} == {Result.SENT}
        await until(lambda: len(imap.messages(ANN)) == 61)
        await many.close()
        await stopped(watch)
