"""The browser tests see what is wrong: otherwise they could not fail."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Page

from tests.browser.looking import Watched, Weight, axe

GOOD = "<!doctype html><html lang=en><title>Good</title><main><h1>Good</h1><p>Words</p></main></html>"
PALE = GOOD.replace("<p>", "<p style='color: #ddd; background: #fff'>")
SCRIPT = GOOD.replace("</main>", "<script>1</script></main>")


@pytest_asyncio.fixture(loop_scope="session")
async def address() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        body = {"/good": GOOD, "/pale": PALE, "/script": SCRIPT}.get(request.path, "")
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        return web.Response(text=body, content_type="text/html", headers={"Content-Security-Policy": policy})

    app = web.Application()
    app.router.add_get("/{any:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_good_page_passes_and_is_weighed(page: Page, address: str) -> None:
    weight = await Weight.of(page)
    await page.goto(f"{address}/good")
    await axe(page)
    assert len(GOOD) < weight.bytes < len(GOOD) + 2000


async def test_words_that_are_too_pale_are_found_with_their_place(page: Page, address: str) -> None:
    await page.goto(f"{address}/pale")
    with pytest.raises(AssertionError, match=r"color-contrast \(serious\)[^\n]*\n +p: "):
        await axe(page)


async def test_a_breach_of_the_policy_is_seen(page: Page, address: str, watched: Watched) -> None:
    await page.goto(f"{address}/script")
    assert len(watched.wrong()) == 1
    watched.expected.append("Content Security Policy")
    assert watched.wrong() == []
