"""The daemon's canaries: seen when they come back, told when they don't, and never taken for a message."""

import asyncio
from collections.abc import Callable

from daemon.core.health import Health
from daemon.core.kinds import Kind
from daemon.sandbox.faults import Answer, Step
from daemon.sandbox.organization import Organization

PHONE = "+32470550199"
EDITS = {"[web]": f'[canary]\nevery = "15m"\nphone = "{PHONE}"\n\n[web]'}


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 (the daemon tells nobody)
            await asyncio.sleep(0.02)


def good(health: Health | None) -> bool:
    return health is not None and health.good is not None and not health.down


async def test_both_ways_are_known_to_work_before_anything_happens() -> None:
    async with Organization(edits=EDITS) as organization:
        state = organization.daemon.state
        await until(lambda: good(state.health.get("email")) and good(state.health.get("sms")))
        await organization.settle()
        assert state.incidents == {}
        assert list(state.notices) == []
        assert len(organization.twilio.phones.inbox(PHONE)) == 1
        done = await organization.mail.imap.folder("incidents@acme.example", "Done")
        assert len([message async for message in done.messages()]) == 1


async def test_a_relay_that_refuses_is_known_before_anything_happens() -> None:
    organization = Organization(edits=EDITS)
    await organization.mail.relay.fault(Step.MAIL, Answer("550 5.7.1 Not as this sender"))
    async with organization:
        state = organization.daemon.state
        await until(lambda: any(notice.kind is Kind.CHANNEL_DOWN for notice in state.notices.values()))
        await organization.settle()
        (told,) = [notice for notice in state.notices.values() if notice.kind is Kind.CHANNEL_DOWN]
        assert told.content.source == "email"
        for name in ("Sofie Maes", "Tom Baker"):
            assert organization.twilio.phones.inbox(organization.person(name).phones[0])
