"""Canaries over the real wires: what comes back, what is lost though it was taken, and what is not even taken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from channels.imap import Login, Mailbox
from channels.smtp import Patience, Smtp
from channels.types import Arrival, MailArrival
from daemon.canary import Canaries
from daemon.core.stimuli import CanaryBack, CanaryLost, Observed, Stimulus
from daemon.sandbox.faults import Refuse, Step
from daemon.sandbox.mail_server import PASSWORD
from daemon.sandbox.organization import Organization
from daemon.sandbox.relay import Envelope, Relay
from daemon.sandbox.twilio_faults import STUCK, UNAUTHORIZED, undelivered
from daemon.ways import open_ways
from parsers.email import parse_email

BOX = "incidents@acme.example"
PHONE = "+32470550199"
NEVER = Patience(first=600.0, longest=600.0)
BACKUP = '[[relay]]\nname = "backup"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n\n'
CANARY = f'[canary]\nevery = "15m"\nphone = "{PHONE}"\n\n'


@dataclass
class Scene:
    """The mailbox is watched as the daemon does it; `told` is what the core would be told."""

    stack: AsyncExitStack
    organization: Organization
    backup: Relay
    mail: Smtp
    canaries: Canaries
    told: list[Stimulus]
    others: list[MailArrival] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    async def deliver(self, arrival: Arrival) -> bool:
        if isinstance(arrival, MailArrival):
            canary = self.canaries.seen(parse_email(arrival.raw))
            if canary is None:
                self.others.append(arrival)
            self.told += canary or ()
        return True

    def summary(self) -> list[tuple[str, str]]:
        return [
            (type(one).__name__, one.channel)
            for one in self.told
            if isinstance(one, CanaryBack | CanaryLost | Observed)
        ]


async def swallow(_envelope: Envelope, _raw: bytes) -> None:
    """A relay that takes mail and loses it."""


async def enter(stack: AsyncExitStack, *, backup: bool = False, phone: bool = False, within: float = 30.0) -> Scene:
    async def no_mail(_envelope: Envelope, _raw: bytes) -> None:
        raise AssertionError

    second = Relay(no_mail)
    await second.start()
    stack.push_async_callback(second.stop)
    added = (BACKUP.format(port=second.port) if backup else "") + (CANARY if phone else "")
    organization = await stack.enter_async_context(Organization(asleep=True, edits={"[twilio]": added + "[twilio]"}))
    second.take = organization.mail.accept
    ways = await open_ways(organization.configuration, organization.clock, stack, NEVER)
    assert ways.mail is not None
    told: list[Stimulus] = []
    unread: set[str] = set()

    async def put(*stimuli: Stimulus) -> bool:
        told.extend(stimuli)
        return True

    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    canaries = Canaries(
        organization.configuration.settings,
        ways,
        b"secret",
        organization.clock,
        put,
        lambda name: name not in unread,
        within=within,
        sleep=no_pause,
    )
    scene = Scene(stack, organization, second, ways.mail, canaries, told, unread=unread)
    login = Login("127.0.0.1", organization.mail.imap_port, "none", BOX, PASSWORD)
    seen = asyncio.Event()

    async def deliver(arrival: Arrival) -> bool:
        seen.set()
        return await scene.deliver(arrival)

    watch = asyncio.create_task(Mailbox("incidents", login).watch(deliver, None))
    stack.callback(watch.cancel)
    async with asyncio.timeout(45):
        await seen.wait()
    return scene


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as made:
        yield made


async def test_a_mail_through_each_relay_comes_back_and_is_handled(stack: AsyncExitStack) -> None:
    scene = await enter(stack, backup=True)
    assert await scene.canaries.round()
    assert sorted(scene.summary()) == [
        ("CanaryBack", "email"),
        ("CanaryBack", "email (backup)"),
        ("CanaryBack", "email (primary)"),
    ]
    assert scene.others == [], "no canary is taken for a proposal"


async def test_a_relay_that_loses_mail_is_told_of_and_asked_last_from_then_on(stack: AsyncExitStack) -> None:
    scene = await enter(stack, backup=True, within=4.0)
    scene.organization.mail.relay.take = swallow
    assert not await scene.canaries.round()
    assert [one for one in scene.summary() if one[0] == "CanaryLost"] == [
        ("CanaryLost", "email (primary)"),
        ("CanaryLost", "email"),
    ]
    assert scene.summary()[-2:] == [("CanaryBack", "email (backup)"), ("CanaryBack", "email")], "it shows what it can"
    assert scene.mail.first == "backup"
    lost = next(one for one in scene.told if isinstance(one, CanaryLost))
    assert "primary took a mail to incidents@acme.example" in lost.reason

    scene.organization.mail.relay.take = scene.organization.mail.accept
    scene.canaries._within = 45.0
    assert await scene.canaries.round()
    assert scene.mail.first == "primary", "it is trusted again once a canary came back by it"


async def test_with_one_relay_a_mail_that_does_not_come_back_is_lost(stack: AsyncExitStack) -> None:
    scene = await enter(stack, within=0.5)
    scene.organization.mail.relay.take = swallow
    assert not await scene.canaries.round()
    assert scene.summary() == [("CanaryLost", "email")]


async def test_a_mailbox_that_cannot_be_read_shows_nothing_of_the_relay(stack: AsyncExitStack) -> None:
    scene = await enter(stack, within=0.5)
    scene.organization.mail.relay.take = swallow
    scene.unread.add("incidents")
    assert await scene.canaries.round()
    assert scene.summary() == []
    assert scene.mail.first == "primary"


async def test_a_canary_that_no_relay_takes_is_an_outcome_of_the_channel(stack: AsyncExitStack) -> None:
    scene = await enter(stack, backup=True)
    await scene.organization.mail.relay.fault(Step.CONNECT, Refuse())
    assert not await scene.canaries.round()
    assert ("Observed", "email (primary)") in scene.summary()
    assert ("Observed", "email") not in scene.summary(), "the backup works"
    scene.told.clear()
    await scene.backup.stop()
    assert not await scene.canaries.round()
    assert ("Observed", "email") in scene.summary()


async def test_what_came_back_after_a_restart_still_counts(stack: AsyncExitStack) -> None:
    scene = await enter(stack)
    token = scene.canaries._token("primary")
    scene.organization.clock.move_to(scene.organization.clock.now() + timedelta(minutes=7))
    inbound = parse_email(f"From: x@y.example\r\nSubject: Fwd: {token.upper()}\r\n\r\nx\r\n".encode())
    match scene.canaries.seen(inbound):
        case (CanaryBack("email", _, took),):
            assert took == timedelta(minutes=7)
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize(
    "subject",
    ["canary-1772438400000-aaaaaaaaaaaaaaaa", "canary-1-x", "canary", "", "the canary-islands office is down"],
)
async def test_what_is_no_canary_of_ours_is_a_mail_like_any_other(stack: AsyncExitStack, subject: str) -> None:
    scene = await enter(stack)
    assert scene.canaries.seen(parse_email(f"Subject: {subject}\r\n\r\nx\r\n".encode())) is None


async def test_a_text_is_judged_by_its_receipt(stack: AsyncExitStack) -> None:
    scene = await enter(stack, phone=True)
    assert await scene.canaries.round()
    assert ("CanaryBack", "sms") in scene.summary()
    (text,) = scene.organization.twilio.phones.inbox(PHONE)
    assert "No answer is needed" in text.body


async def test_a_text_that_was_refused_or_came_to_nothing_is_an_outcome(stack: AsyncExitStack) -> None:
    scene = await enter(stack, phone=True)
    for fault, code in ((UNAUTHORIZED, "20003"), (undelivered(30034), "30034")):
        scene.told.clear()
        scene.organization.twilio.faults[PHONE] = fault
        assert not await scene.canaries.round()
        (observed,) = (one for one in scene.told if isinstance(one, Observed))
        assert observed.outcome.failure is not None
        assert (observed.channel, observed.outcome.failure.code) == ("sms", code)


async def test_a_missing_receipt_counts_only_where_there_was_one_before(stack: AsyncExitStack) -> None:
    scene = await enter(stack, phone=True, within=0.5)
    scene.organization.twilio.faults[PHONE] = STUCK
    await scene.canaries.round()
    assert ("CanaryLost", "sms") not in scene.summary(), "its carrier may give no receipts at all"
    scene.organization.twilio.faults.clear()
    scene.canaries._within = 45.0
    assert await scene.canaries.round()
    scene.organization.twilio.faults[PHONE] = STUCK
    scene.canaries._within = 0.5
    assert not await scene.canaries.round()
    assert ("CanaryLost", "sms") in scene.summary()
