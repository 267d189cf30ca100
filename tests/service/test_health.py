"""`/healthz`, `/readyz` and the figures of a running daemon say what is so at that moment."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp

from daemon.sandbox.organization import Organization
from daemon.sandbox.ports import free_port


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


FIGURE = re.compile(r"^(\w+)\{(.*)\} ([0-9.e+]+)$", re.MULTILINE)


async def figures(port: int) -> dict[tuple[str, ...], float]:
    """By the name and the values of the labels."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        assert answer.status == 200
        found = FIGURE.findall(await answer.text())
    return {(name, *re.findall(r'"([^"]*)"', labels)): float(value) for name, labels, value in found}


async def test_the_figures_of_an_incident_are_those_counted_by_hand() -> None:
    port = free_port()
    async with Organization(edits={"[web]": f'[web]\nmetrics = "127.0.0.1:{port}"'}) as here:
        assert await status(here, "metrics") == 404, "with a public_url nobody sees them there"
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await here.settle()
        await here.texts("An", "ACCEPT MI-1 We are on it.")
        await here.settle()
        await here.twilio.text("+3247055999", "hello?")
        await here.cut_relay()
        await here.texts("An", "UPDATE MI-1 Half of it works.")
        await here.settle()
        counted = Counter(seen.channel for seen in here.seen if not seen.inbound)
        read = await figures(port)
    assert counted["sms"] > counted["email"] > 10
    for channel in ("email", "sms"):
        assert read["murphy_attempts_total", channel, "sent"] == counted[channel]
    assert read["murphy_attempts_total", "email", "failed"] > 0
    assert read["murphy_messages_in_total", "sms", "accept"] == 1
    assert read["murphy_messages_in_total", "sms", "update"] == 1
    assert read["murphy_messages_in_total", "sms", "words"] == 1
    assert sum(n for (name, *_), n in read.items() if name == "murphy_messages_in_total") == 4
    assert read["murphy_channel", "email"] == 0
    assert read["murphy_channel", "sms"] == 2
    assert ("murphy_channel", "console") not in read, "it is always up, and reaches nobody"
    ended = sum(n for (name, *_), n in read.items() if name == "murphy_deliveries_total")
    timed = sum(n for (name, *_), n in read.items() if name == "murphy_delivery_seconds_count")
    assert 0 < ended == timed <= sum(counted.values())
