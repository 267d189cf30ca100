"""The daily check beside a running daemon: what it finds goes to the operators, each finding once."""

import asyncio
from collections.abc import Callable

from daemon.core.notices import Kind, Notice
from daemon.core.stimuli import Inspected
from daemon.inspections import Inspections
from daemon.sandbox.organization import Organization

WITHIN = 120.0


async def until(fits: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not fits():  # noqa: ASYNC110 (it goes on beside)
            await asyncio.sleep(0.02)


async def test_its_findings_are_told_once_what_is_new_by_itself_and_what_is_back_again() -> None:
    async with Organization() as here:
        rounds = 0

        async def put(found: Inspected) -> bool:
            nonlocal rounds
            rounds += 1
            return await here.daemon.consumer.put(found)

        def told() -> list[Notice]:
            return [n for n in here.daemon.state.notices.values() if n.kind is Kind.CHECK_FINDINGS]

        async def looked() -> None:
            before = rounds
            await until(lambda: rounds >= before + 2)

        state = here.configuration.settings.state.directory
        running = asyncio.create_task(Inspections(here.configuration, put, first=0.0, every=0.01).run())
        try:
            await until(lambda: bool(told()))
            await looked()
            (first,) = told()
            assert {here.configuration.people.contacts[who].name for who in first.recipients} == {
                "Sofie Maes",
                "Tom Baker",
            }
            assert first.content.count >= len(first.content.people) > 0
            state.chmod(0o755)
            await looked()
            assert [notice.content.count for notice in told()[1:]] == [1]
            assert "is open to other users" in told()[1].content.people[0]
            state.chmod(0o700)
            await looked()
            state.chmod(0o755)
            await looked()
            assert [notice.content.count for notice in told()[1:]] == [1, 1]
        finally:
            running.cancel()
        await here.settle()
        mails = [seen for seen in here.seen if seen.person == "Sofie Maes" and "is open to other users" in seen.text]
        assert len(mails) == 2
