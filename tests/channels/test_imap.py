"""A mailbox as a way in, against a working server: what is handed on, when, what is moved, and what never is."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from channels.imap import Login, Mailbox, Rhythm
from channels.types import FirstSight, MailArrival, Position, SourceState
from daemon.sandbox.faults import Drop, Hang, Refuse
from daemon.sandbox.mail_server import PASSWORD, MailServer
from daemon.sandbox.mail_server_imap import ImapServer
from tests.channels.mail_case import Desk, about, stopped, until

US = "incidents@acme.example"
NOW = datetime(2026, 3, 1, 9, 30, 15, tzinfo=UTC)
QUICK = Rhythm(connect=2.0, command=2.0, poll=0.05, first=0.01, longest=0.05, login=0.05)
MEGABYTE = 1024 * 1024


class Case:
    """A mail server, and a mailbox that can be watched again and again."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.desk = Desk()
        self.watch: asyncio.Task[None] | None = None

    def mailbox(self, **changes: object) -> Mailbox:
        login = Login("127.0.0.1", self.server.imap_port, "none", US, PASSWORD)
        return Mailbox("incidents", login, **{"rhythm": QUICK, **changes})  # type: ignore[arg-type]

    async def start(self, position: Position | None = None, mailbox: Mailbox | None = None) -> None:
        self.watch = asyncio.create_task((mailbox or self.mailbox()).watch(self.desk, position))
        await until(lambda: self.desk.is_up)

    async def stop(self) -> None:
        if self.watch is not None:
            await stopped(self.watch)
            self.watch = None

    async def restart(self, position: Position | None) -> None:
        await self.stop()
        self.desk = Desk()
        await self.start(position)

    async def arrive(self, *topics: str) -> None:
        for topic in topics:
            await self.server.deliver(about(topic), US)

    async def count(self, folder: str = "INBOX") -> int:
        return (await (await self.server.imap.folder(US, folder)).snapshot()).exists

    async def empty(self, left: int = 0) -> None:
        """Wait until the INBOX holds no more than this."""
        async with asyncio.timeout(45):
            while await self.count() != left:  # noqa: ASYNC110 (a mailbox has no event)
                await asyncio.sleep(0.005)


@pytest.fixture
async def case() -> AsyncIterator[Case]:
    server = MailServer(now=lambda: NOW)
    await server.start()
    case = Case(server)
    yield case
    await case.stop()
    await server.stop()


async def test_what_lies_there_at_first_sight_is_counted_and_left_alone(case: Case) -> None:
    await case.arrive("old 1", "old 2", "old 3")
    await case.start()
    await case.arrive("new")
    await until(lambda: len(case.desk.mails) == 1)
    await case.empty(left=3)
    sight = case.desk.arrivals[0]
    assert isinstance(sight, FirstSight)
    assert (sight.source, sight.waiting) == ("incidents", 3)
    assert case.desk.subjects == ["new"]
    assert await case.count("Done") == 1


async def test_a_message_is_handed_on_whole_with_its_date_and_place(case: Case) -> None:
    await case.start()
    await case.arrive("proposal")
    await until(lambda: bool(case.desk.mails))
    (arrival,) = case.desk.mails
    sight = case.desk.arrivals[0]
    assert isinstance(sight, FirstSight)
    assert sight.position is not None
    assert arrival.raw == about("proposal")
    assert arrival.size == len(arrival.raw)
    assert (arrival.source, arrival.received) == ("incidents", NOW)
    assert arrival.position == Position(
        sight.position.uidvalidity, sight.position.baseline, sight.position.baseline + 1
    )


async def test_nothing_is_moved_before_it_is_durable_and_what_is_not_is_tried_again(case: Case) -> None:
    await case.start()
    stubborn: set[str] = {"b"}
    case.desk.durable = lambda arrival: not any(b"Subject: %s\r" % word.encode() in arrival.raw for word in stubborn)
    await case.arrive("a", "b", "c")
    await case.empty(left=1)
    await until(lambda: case.desk.subjects.count("b") >= 3)
    assert case.desk.subjects.count("a") == case.desk.subjects.count("c") == 1
    stubborn.clear()
    await case.empty()
    assert await case.count("Done") == 3


async def test_a_place_never_passes_over_what_was_not_taken(case: Case) -> None:
    await case.start()
    case.desk.durable = lambda arrival: b"Subject: b\r" not in arrival.raw
    await case.arrive("a")
    await case.empty()
    await case.arrive("b")
    await until(lambda: "b" in case.desk.subjects)
    await case.arrive("c", "d")
    await case.empty(left=1)
    first = case.desk.mails[0].position.last_uid
    assert {arrival.position.last_uid for arrival in case.desk.mails[1:] if b": c\r" in arrival.raw} <= {first}
    last = case.desk.mails[-1].position
    await case.restart(last)
    await until(lambda: "b" in case.desk.subjects)
    assert "a" not in case.desk.subjects


async def test_what_arrived_while_away_comes_once_and_in_order(case: Case) -> None:
    await case.start()
    await case.arrive("before")
    await case.empty()
    kept = case.desk.mails[-1].position
    await case.stop()
    topics = [f"n{number}" for number in range(130)]
    await case.arrive(*topics)
    await case.restart(kept)
    await case.empty()
    assert case.desk.subjects == topics
    assert not [arrival for arrival in case.desk.arrivals if isinstance(arrival, FirstSight)]
    assert await case.count("Done") == 131


async def test_after_a_restart_handled_mail_is_only_moved(case: Case) -> None:
    await case.start()
    sight = case.desk.arrivals[0]
    assert isinstance(sight, FirstSight)
    assert sight.position is not None
    await case.stop()
    await case.arrive("handled", "new")
    base = sight.position
    await case.restart(Position(base.uidvalidity, base.baseline, base.baseline + 1))
    await case.empty()
    assert case.desk.subjects == ["new"]
    assert await case.count("Done") == 2


async def test_a_new_uidvalidity_is_a_first_sight(case: Case) -> None:
    await case.start()
    await case.arrive("a")
    await case.empty()
    kept = case.desk.mails[-1].position
    await case.stop()
    await case.arrive("b")
    await case.server.imap.renumber(US)
    await case.restart(kept)
    await case.arrive("c")
    await until(lambda: bool(case.desk.mails))
    await case.empty(left=1)
    sight = case.desk.arrivals[0]
    assert isinstance(sight, FirstSight)
    assert sight.waiting == 1
    assert case.desk.subjects == ["c"]


async def test_a_first_sight_that_is_not_durable_is_told_again_before_anything_else(case: Case) -> None:
    told: list[object] = []

    async def desk(arrival: object) -> bool:
        told.append(arrival)
        return len(told) > 2

    case.watch = asyncio.create_task(case.mailbox().watch(desk, None))
    await until(lambda: len(told) >= 4)
    assert [type(arrival) for arrival in told[:4]] == [FirstSight, FirstSight, FirstSight, SourceState]


async def test_an_error_in_the_desk_counts_as_not_durable(case: Case) -> None:
    await case.start()
    failures = iter([True, False])

    def durable(_arrival: MailArrival) -> bool:
        if next(failures, False):
            raise RuntimeError("disk full")
        return True

    case.desk.durable = durable
    await case.arrive("a")
    await case.empty()
    assert case.desk.subjects == ["a", "a"]


async def test_a_server_without_idle_is_polled(case: Case) -> None:
    await case.server.stop()
    case.server = MailServer(imap=ImapServer(PASSWORD, idle=False))
    await case.server.start()
    await case.start()
    await case.arrive("a")
    await case.empty()
    assert case.desk.subjects == ["a"]
    await case.server.stop()


async def test_a_dropped_connection_is_noticed_in_idle_and_caught_up(case: Case) -> None:
    await case.start(mailbox=case.mailbox(rhythm=Rhythm(first=0.01, steady=600.0)))
    await case.server.imap.fault(Drop())
    await case.arrive("while away")
    await until(lambda: bool(case.desk.mails))
    await case.empty()
    assert [state.up for state in case.desk.states] == [True, False, True]


async def test_a_connection_that_lasted_is_replaced_without_a_word(case: Case) -> None:
    mailbox = case.mailbox(rhythm=Rhythm(steady=0.0))
    await case.start(mailbox=mailbox)
    await until(lambda: mailbox.beats > 1)
    await case.server.imap.fault(Drop())
    await until(lambda: case.server.imap.connections == 2)
    await case.arrive("a")
    await case.empty()
    assert [state.up for state in case.desk.states] == [True]


async def test_a_server_that_refuses_is_tried_until_it_is_back(case: Case) -> None:
    await case.start()
    await case.server.imap.fault(Refuse())
    await until(lambda: not case.desk.is_up)
    await case.arrive("a")
    await case.server.imap.mend()
    await case.empty()
    assert case.desk.is_up
    assert case.desk.subjects == ["a"]


async def test_a_server_that_says_nothing_is_given_up_by_the_deadline(case: Case) -> None:
    await case.server.imap.fault(Hang())
    quick = Rhythm(connect=0.1, first=0.01, longest=0.05)
    case.watch = asyncio.create_task(case.mailbox(rhythm=quick).watch(case.desk, None))
    await until(lambda: bool(case.desk.states))
    assert "within 0.1 s" in case.desk.states[0].reason
    await case.server.imap.mend()
    await until(lambda: case.desk.is_up)


async def test_a_wrong_password_is_told_without_it(case: Case) -> None:
    login = Login("127.0.0.1", case.server.imap_port, "none", US, "open sesame")
    case.watch = asyncio.create_task(Mailbox("incidents", login, rhythm=QUICK).watch(case.desk, None))
    await until(lambda: bool(case.desk.states))
    assert not case.desk.states[0].up
    assert "refused the login" in case.desk.states[0].reason
    assert "sesame" not in repr((case.desk.states, login))


async def test_check_says_what_is_wrong(case: Case) -> None:
    assert await case.mailbox().check() is None
    trouble = await case.mailbox(folder="Nowhere").check()
    assert trouble is not None
    assert "'Nowhere'" in trouble.reason
    await case.server.imap.stop()
    refused = await case.mailbox().check()
    assert refused is not None
    assert refused.code == "connect"


async def test_a_message_over_the_limit_is_cut_and_says_how_long_it_was(case: Case) -> None:
    await case.start()
    huge = about("huge", 6 * MEGABYTE)
    await case.server.deliver(about("before"), US)
    await case.server.deliver(huge, US)
    await case.server.deliver(about("after"), US)
    await case.empty()
    assert case.desk.subjects == ["before", "huge", "after"]
    arrival = case.desk.mails[1]
    assert arrival.raw == huge[: 5 * MEGABYTE]
    assert arrival.size == len(huge)


async def test_many_middling_messages_are_fetched_a_few_at_a_time(case: Case) -> None:
    await case.start()
    await case.stop()
    topics = [f"n{number}" for number in range(12)]
    for topic in topics:
        await case.server.deliver(about(topic, MEGABYTE), US)
    sight = case.desk.arrivals[0]
    assert isinstance(sight, FirstSight)
    await case.restart(sight.position)
    await case.empty()
    assert case.desk.subjects == topics


async def test_folders_have_any_name(case: Case) -> None:
    name = 'Erledigt & "geprüft" 済'
    await case.start(mailbox=case.mailbox(done=name))
    await case.arrive("a")
    await case.empty()
    assert await case.count(name) == 1


async def test_a_subaddress_arrives_in_the_same_mailbox(case: Case) -> None:
    await case.start()
    await case.server.deliver(about("reply"), "incidents+token@acme.example")
    await case.empty()
    assert case.desk.subjects == ["reply"]
