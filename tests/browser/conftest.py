"""A real browser: Debian's Chromium, headless, driven by Playwright. One for all tests of a process, each with pages
of its own in an empty profile. Without Chromium the tests fail.

All tests here share one loop, since the browser lives in it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.looking import ARGUMENTS, DEADLINE, Watched, chromium

expect.set_options(timeout=DEADLINE)

OpenPage = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium(), args=list(ARGUMENTS), headless=True, timeout=DEADLINE
        )
        yield launched
        await launched.close()


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, watched: Watched) -> AsyncIterator[OpenPage]:
    """Opens pages: of a size in pixels, light or dark, with scripts or without.

    At its end no page may have said an error in its console or asked anything of another machine.
    """
    contexts = []

    async def opened(
        width: int = 1280,
        height: int = 800,
        *,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        still: bool = True,
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce" if still else "no-preference",
        )
        context.set_default_timeout(DEADLINE)
        contexts.append(context)
        page = await context.new_page()
        watched.watch(page)
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert watched.wrong() == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page: OpenPage) -> Page:
    """A laptop's, in light."""
    return await open_page()
