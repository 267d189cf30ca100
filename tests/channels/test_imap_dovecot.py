"""The mailbox against a real Dovecot: TLS, IDLE, restarts, every way of moving, and what is refused."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.imap import Login, Mailbox, Rhythm
from channels.types import FirstSight, Position
from tests.channels.mail_case import Desk, about, stopped, until
from tests.servers.certificates import certificates
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot

US = "incidents@acme.example"
QUICK = Rhythm(connect=5.0, command=10.0, poll=0.1, first=0.02, longest=0.1, login=0.1)


@pytest.fixture
async def server() -> AsyncIterator[Dovecot]:
    async with dovecot() as server:
        yield server


class Case:
    def __init__(self, server: Dovecot, security: str = "tls", ca_file: Path | None = None, **changes: object) -> None:
        port = server.tls_port if security == "tls" else server.port
        login = Login("127.0.0.1", port, security, US, PASSWORD, ca_file=ca_file or server.certificates.ca_file)  # type: ignore[arg-type]
        self.mailbox = Mailbox("incidents", login, **{"rhythm": QUICK, **changes})  # type: ignore[arg-type]
        self.desk = Desk()

    async def __aenter__(self) -> Desk:
        self.watch = asyncio.create_task(self.mailbox.watch(self.desk, self.position))
        await until(lambda: self.desk.is_up)
        return self.desk

    async def __aexit__(self, *_: object) -> None:
        await stopped(self.watch)

    position: Position | None = None

    def at(self, position: Position | None) -> "Case":
        self.position = position
        return self


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
async def test_mail_arrives_by_idle_and_is_moved(server: Dovecot, security: str) -> None:
    rhythm = Rhythm(renew=600.0, poll=600.0)
    async with Case(server, security, rhythm=rhythm) as desk:
        await server.deliver(about("one"), US)
        await until(lambda: desk.subjects == ["one"])
        await until(lambda: len(server.messages(US, "Done")) == 1)
        await server.deliver(about("two"), "incidents+token@acme.example")
        await until(lambda: desk.subjects == ["one", "two"])
        await until(lambda: len(server.messages(US, "Done")) == 2)
        await until(lambda: server.messages(US) == [])


async def test_a_restart_of_the_server_loses_and_repeats_nothing(server: Dovecot) -> None:
    async with Case(server) as desk:
        await server.deliver(about("before"), US)
        await until(lambda: len(server.messages(US, "Done")) == 1)
        await server.stop()
        await until(lambda: not desk.is_up)
        await server.start()
        await server.deliver(about("after"), US)
        await until(lambda: len(server.messages(US, "Done")) == 2)
        assert desk.subjects == ["before", "after"]
        assert desk.is_up


async def test_what_came_while_we_were_away_is_caught_up(server: Dovecot) -> None:
    async with Case(server) as desk:
        first = desk.arrivals[0]
    assert isinstance(first, FirstSight)
    topics = [f"n{number}" for number in range(70)]
    for topic in topics:
        await server.deliver(about(topic), US)
    async with Case(server).at(first.position) as desk:
        await until(lambda: len(server.messages(US, "Done")) == 70)
        assert desk.subjects == topics


async def test_another_uidvalidity_is_a_first_sight(server: Dovecot) -> None:
    async with Case(server) as desk:
        await server.deliver(about("handled"), US)
        await until(lambda: len(server.messages(US, "Done")) == 1)
        position = desk.mails[0].position
    await server.deliver(about("waiting"), US)
    async with Case(server):
        pass
    await server.stop()
    server.renumber(US)
    await server.start()
    async with Case(server).at(position) as desk:
        sight = desk.arrivals[0]
        assert isinstance(sight, FirstSight)
        assert sight.position is not None
        assert (sight.waiting, sight.position.uidvalidity) == (1, position.uidvalidity + 1)
        await server.deliver(about("new"), US)
        await until(lambda: desk.subjects == ["new"])


WAYS = ["IMAP4rev1 IDLE MOVE UIDPLUS", "IMAP4rev1 IDLE UIDPLUS", "IMAP4rev1 IDLE", "IMAP4rev1"]


@pytest.mark.parametrize("capability", WAYS)
async def test_every_way_of_moving_works(capability: str) -> None:
    async with dovecot(capability=capability) as server:
        async with Case(server, done="Erledigt & fertig äöü") as desk:
            for topic in ("one", "two", "three"):
                await server.deliver(about(topic), US)
            folder = "Erledigt &- fertig &AOQA9gD8-"
            await until(lambda: len(server.messages(US, folder)) == 3)
            left = 0 if "UIDPLUS" in capability else 3
            await until(lambda: len(server.messages(US)) == left)
        assert desk.subjects == ["one", "two", "three"]


async def test_a_folder_that_cannot_be_made_is_told_and_mail_still_comes_once(server: Dovecot) -> None:
    async with Case(server, done="x" * 300) as desk:
        await server.deliver(about("one"), US)
        await until(lambda: "cannot be moved" in desk.states[-1].reason)
        await server.deliver(about("two"), US)
        await until(lambda: len(desk.mails) == 2)
        assert desk.is_up
    assert desk.subjects == ["one", "two"]
    assert len(server.messages(US)) == 2


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_of_another_authority_is_refused(server: Dovecot, security: str, tmp_path: Path) -> None:
    case = Case(server, security, ca_file=certificates(tmp_path).ca_file)
    trouble = await case.mailbox.check()
    assert trouble is not None
    assert trouble.code == "certificate"


async def test_a_wrong_password_is_told(server: Dovecot) -> None:
    login = Login("127.0.0.1", server.port, "none", US, "wrong")
    trouble = await Mailbox("incidents", login, rhythm=QUICK).check()
    assert trouble is not None
    assert trouble.code == "login"


async def test_a_big_message_is_cut_at_five_megabytes(server: Dovecot) -> None:
    async with Case(server) as desk:
        await server.deliver(about("huge", 7 * 1024 * 1024), US)
        await until(lambda: len(server.messages(US, "Done")) == 1)
        (arrival,) = desk.mails
        assert len(arrival.raw) == 5 * 1024 * 1024
        assert arrival.size > 7 * 1024 * 1024
