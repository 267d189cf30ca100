"""Duty calendars from files and from the web: read whole, in time, or the reason why not; and the daemon uses them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from config.types import Configuration
from daemon.core.duty import calling_order
from daemon.core.stimuli import DutyRead
from daemon.duty import LARGEST, DutyCalendars
from daemon.sandbox.organization import Organization
from tests.core.vocabulary import example
from tests.duty.test_calendars import HEAD, TAIL, event

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
BEFORE = '[[bridge]]\nname = "Conference"'
ROSA = HEAD + event("SUMMARY:Rosa", "DTSTART:20260301T000000Z", "DURATION:P1D", "RRULE:FREQ=DAILY") + TAIL

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class At:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


def configured(calendar: str) -> Configuration:
    return example({BEFORE: f'[[duty]]\nlist = "network-engineers"\ncalendar = "{calendar}"\n\n{BEFORE}'})


async def read(calendar: str) -> DutyRead:
    found: list[DutyRead] = []

    async def put(stimulus: Any) -> bool:
        found.append(stimulus)
        return True

    await DutyCalendars(configured(calendar), At(), put).read()
    (only,) = found
    return only


@asynccontextmanager
async def serving(answer: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/secret/duty.ics"
    finally:
        await runner.cleanup()


async def test_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "duty.ics").write_text(ROSA)
    found = await read(str(tmp_path / "duty.ics"))
    assert found.shifts is not None
    assert {shift.contact for shift in found.shifts} == {"rosa.alvarez@acme.example"}


async def test_from_the_web() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=ROSA, content_type="text/calendar")

    async with serving(answer) as url:
        assert (await read(url)).shifts


@pytest.mark.parametrize(
    ("status", "text", "reason"),
    [
        pytest.param(404, "", "answers 404", id="not there"),
        pytest.param(503, "", "answers 503", id="down"),
        pytest.param(200, "<html>Sign in</html>", "no calendar", id="a page in its place"),
        pytest.param(200, "x" * (LARGEST + 1), "too large", id="more than is read"),
    ],
)
async def test_from_the_web_in_vain(status: int, text: str, reason: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=text)

    async with serving(answer) as url:
        found = await read(url)
    assert found.shifts is None
    assert reason in found.reason
    assert "secret" not in found.reason


async def test_nobody_listens() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    async with serving(answer) as url:
        pass
    assert (await read(url)).reason == "its server cannot be reached"


@pytest.mark.parametrize("name", ["gone.ics", "."])
async def test_no_such_file(tmp_path: Path, name: str) -> None:
    found = await read(str(tmp_path / name))
    assert found.shifts is None
    assert found.reason


async def test_the_daemon_reads_it_and_calls_who_is_on_duty(tmp_path: Path) -> None:
    path = tmp_path / "duty.ics"
    path.write_text(HEAD + event("SUMMARY:Rosa", "DTSTART:20260101T000000Z", "DURATION:P1D", "RRULE:FREQ=DAILY") + TAIL)
    duty = f'[[duty]]\nlist = "network-engineers"\ncalendar = "{path}"\n\n{BEFORE}'
    async with Organization(edits={BEFORE: duty}) as organization:
        state = organization.daemon.state
        async with asyncio.timeout(45):
            while "network-engineers" not in state.rosters:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        order = calling_order(state, "network-engineers", organization.clock.now())
    assert order[0] == "rosa.alvarez@acme.example"
