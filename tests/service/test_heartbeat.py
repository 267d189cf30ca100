"""The sign of life to whoever watches from outside: given while all is well, and its failing is told, once."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from config.types import Heartbeat, Secret
from daemon.heartbeat import OFTEN, Heart
from tests.service.test_supervisor import Told


@dataclass
class Watcher:
    """Somebody's dead man's switch."""

    url: str = ""
    status: int = 200
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        return web.Response(status=self.status, headers={"Location": self.url})


@asynccontextmanager
async def watcher() -> AsyncIterator[Watcher]:
    there = Watcher()
    app = web.Application()
    app.router.add_get("/{path:.*}", there.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ping/s3cret"
    try:
        yield there
    finally:
        await runner.cleanup()


def heart(url: str, told: Told, well: Callable[[], bool] = lambda: True) -> Heart:
    return Heart(Heartbeat(Secret(url), timedelta(minutes=1)), well, told)


async def test_it_is_given() -> None:
    told = Told()
    async with watcher() as there:
        await heart(there.url, told).beat()
        assert there.asked == ["/ping/s3cret"]
    assert told.said == [("heartbeat", True, "")]


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_its_failing_is_told_once_and_its_working_again(status: int) -> None:
    told = Told()
    with capture_logs() as logs:
        async with watcher() as there:
            there.status = status
            ours = heart(there.url, told)
            for _ in range(OFTEN + 3):
                await ours.beat()
            assert told.said == [("heartbeat", False, f"its server answers {status}")]
            there.status = 204
            await ours.beat()
        assert told.said[1:] == [("heartbeat", True, "")]
        assert len(there.asked) == OFTEN + 4
    assert len([log for log in logs if log["event"] == "heartbeat failed"]) == OFTEN + 3
    assert "s3cret" not in str(logs)


async def test_nobody_there_is_told_without_the_address() -> None:
    told = Told()
    with capture_logs() as logs:
        ours = heart("http://127.0.0.1:9/ping/s3cret", told)
        for _ in range(OFTEN):
            await ours.beat()
    assert told.said == [("heartbeat", False, "its server cannot be reached")]
    assert "s3cret" not in str(logs)


async def test_nothing_is_given_while_something_is_stuck() -> None:
    """Its silence is the alarm."""
    async with watcher() as there:
        looked = 0

        def well() -> bool:
            nonlocal looked
            looked += 1
            if looked > 3:
                raise InterruptedError
            return False

        ours = Heart(Heartbeat(Secret(there.url), timedelta(0)), well, Told())
        with pytest.raises(InterruptedError):
            await ours.run()
        assert there.asked == []
