"""`/healthz`, `/readyz` and the figures of a running daemon say what is so at that moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp

from daemon.sandbox.organization import Organization


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await true():  # noqa: ASYNC110 (a page tells nobody)
            await asyncio.sleep(0.02)


async def asked(here: Organization, path: str) -> tuple[int, str]:
    web = here.configuration.settings.web
    async with aiohttp.ClientSession() as session, session.get(f"http://{web.host}:{web.port}/{path}") as answer:
        return answer.status, await answer.text()


async def status(here: Organization, path: str) -> int:
    return (await asked(here, path))[0]


async def test_readyz_says_whether_every_way_in_is_watched_now() -> None:
    async with Organization() as here:
        assert await status(here, "readyz") == 200
        await here.cut_mailbox()
        assert await status(here, "readyz") == 503
        assert await status(here, "healthz") == 200, "all else goes on"
        await here.mend_mailbox()
        assert await status(here, "readyz") == 200


async def test_a_watcher_that_dies_is_not_ready_and_comes_back_without_a_word() -> None:
    async with Organization() as here:
        inbox = here.daemon.inbox
        inbox.lost("incidents", "an error of our own")
        assert await status(here, "readyz") == 503
        assert await inbox._source("incidents", True, "")
        assert await status(here, "readyz") == 200
        await here.settle()
        assert not here.seen


async def test_healthz_says_that_nothing_is_durable_or_nobody_can_be_reached() -> None:
    async with Organization() as here:
        assert await status(here, "healthz") == 200
        await here.cut_disk()
        await here.texts("James", "STATUS")
        await until(lambda: _is(here, "healthz", 503))
        await here.mend_disk()
        await until(lambda: _is(here, "healthz", 200))
        await here.settle()
        await here.cut_relay()
        await here.cut_sms()
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await until(lambda: _is(here, "healthz", 503))
        await here.mend_relay()
        await here.mend_sms()
        await here.pass_time(timedelta(minutes=6))
        await until(lambda: _is(here, "healthz", 200))


async def _is(here: Organization, path: str, wanted: int) -> bool:
    return await status(here, path) == wanted
