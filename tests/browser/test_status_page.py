"""The status page as a web server shows it, in a real browser: on a phone and on a wall, light and dark."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from aiohttp import web

from daemon.status_page.writing import publish
from tests.browser.conftest import OpenPage
from tests.browser.looking import Weight, axe, screenshot
from tests.core.vocabulary import Office
from tests.status_page.test_pages import accepted, everything

MOST_BYTES = 200_000


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where the folder is served, of an organization with one incident open and one over."""
    office = Office()
    accepted(office, "The payment provider is being called.")
    office.now += timedelta(minutes=40)
    office.says("An", "RESOLVE MI-1 All is well again.")
    office.now += timedelta(hours=3)
    office.says("Lotte", "Service: payments\n\nNo cards.", by="email", subject="Cards")
    office.says("An", "ACCEPT MI-2 We look into it.")
    office.now += timedelta(minutes=20)
    office.says("An", "UPDATE MI-2 " + "Cards work in some shops. " * 12)
    publish(tmp_path, everything(office), ())
    app = web.Application()
    app.router.add_static("/", tmp_path)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (2560, "dark")])
@pytest.mark.parametrize("name", ["index", "MI-2"])
async def test_it_is_legible_and_accessible(
    open_page: OpenPage, address: str, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = await open_page(width, 800, scheme=scheme)
    weight = await Weight.of(page)
    await page.goto(f"{address}/{name}.html")
    await screenshot(page, f"status-{name}-{width}-{scheme}", whole=True)
    await axe(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width, "nothing to scroll sideways"
    assert weight.bytes < MOST_BYTES


async def test_it_works_without_scripts_and_by_its_links(open_page: OpenPage, address: str) -> None:
    page = await open_page(390, 800, scripts=False)
    await page.goto(f"{address}/index.html")
    await page.get_by_role("link", name="All messages about MI-2").click()
    assert await page.get_by_role("heading", level=1).inner_text() == "MI-2 Payments"
    await page.get_by_role("link", name="All incidents").click()
    assert await page.get_by_role("heading", level=1).inner_text() == "Status of Acme Retail"
    colour = await page.locator("body").evaluate("body => getComputedStyle(body).fontFamily")
    assert "system-ui" in colour, "the style sheet is there"
