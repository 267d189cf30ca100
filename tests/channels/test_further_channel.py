"""The channel that docs/channels.md shows how to write does what the page says of channels."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from channels.types import Channel, Post, Result, Retry, Text
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs/channels.md").read_text()
ANN = Post("ann@acme.example", "[MI-7]", "Email is down.", "Ann", "ann@acme.example", "+32470000001")


def example() -> Callable[[str], Channel]:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/channels.md", "exec"), names)
    made: Callable[[str], Channel] = names["Pager"]
    return made


class Company:
    def __init__(self) -> None:
        self.status = 200
        self.pages: list[dict[str, str]] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.pages.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
async def company() -> AsyncIterator[Company]:
    made = Company()
    app = web.Application()
    app.add_routes([web.post("/page", made.take)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/page"
    yield made
    await runner.cleanup()


async def test_it_pages(company: Company) -> None:
    outcome = await example()(company.url).send(ANN)
    assert outcome.result is Result.SENT
    assert company.pages == [{"to": "+32470000001", "text": "[MI-7]: Email is down."}]


@pytest.mark.parametrize(
    ("status", "retry"), [(401, Retry.DOWN), (404, Retry.NEVER), (429, Retry.SAME), (500, Retry.NEXT)]
)
async def test_its_failures_say_what_helps(company: Company, status: int, retry: Retry) -> None:
    company.status = status
    outcome = await example()(company.url).send(ANN)
    assert outcome.failure is not None
    assert (outcome.result, outcome.failure.retry) == (Result.FAILED, retry)


async def test_nobody_there_and_nobody_to_page() -> None:
    channel = example()("http://127.0.0.1:1/page")
    gone, text = await channel.send(ANN), await channel.send(Text("+32470000001", "x"))
    assert [outcome.failure and outcome.failure.retry for outcome in (gone, text)] == [Retry.DOWN, Retry.NEXT]
