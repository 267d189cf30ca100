"""The board in a real browser: on a laptop, a phone and a wall, in light and dark, live, and with scripts off."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from daemon.sandbox.organization import Organization
from tests.browser.conftest import OpenPage
from tests.browser.looking import DEADLINE, Watched, Weight, axe, screenshot
from tests.core.vocabulary import minutes
from tests.web.stage import Shown, Stage, busy, shown
from tests.web.test_board_daemon import LINK, address

MOST = 200_000
"""Bytes of a page with its style, script and icon."""

PATHS = {"board": "/board", "incident": "/board/MI-3", "people": "/board/MI-3/people"}


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Shown]:
    async with shown(busy(60)) as here:
        yield here


async def fits(page: Page) -> bool:
    """Nothing sticks out: whoever reads it does not scroll sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_is_for_everybody_and_light(open_page: OpenPage, site: Shown, scheme: str) -> None:
    laptop = await open_page(1440, 900, scheme=scheme)
    phone = await open_page(390, 844, scheme=scheme)
    for name, path in PATHS.items():
        for page, device in ((laptop, "wide"), (phone, "phone")):
            weight = await Weight.of(page)
            await page.goto(site.url + path)
            await screenshot(page, f"board-{name}-{device}-{scheme}", whole=True)
            assert await fits(page), (path, device)
            assert weight.bytes < MOST
        await axe(laptop)
    await axe(phone)


async def test_long_words_do_not_make_anybody_scroll_sideways(open_page: OpenPage) -> None:
    stage = Stage()
    stage.proposes(words="Webshop" * 30, body="Impact: " + "x" * 500)
    stage.says("An", "ACCEPT " + "https://status.acme.example/" + "a" * 400)
    stage.says("An", "BRIDGE https://meet.acme.example/" + "b" * 300)
    async with shown(stage) as here:
        page = await open_page(320, 640)
        for path in ("/board", "/board/MI-1", "/board/MI-1/people", "/board?wall"):
            await page.goto(here.url + path)
            assert await fits(page), path


async def test_a_wall_shows_all_that_is_under_way_without_scrolling(open_page: OpenPage, site: Shown) -> None:
    page = await open_page(1920, 1080, scheme="dark")
    await page.goto(f"{site.url}/board?wall")
    await screenshot(page, "board-wall")
    await axe(page)
    for words in ("Card terminals in Antwerp", "Web shop shows an error", "the modem does not answer"):
        await expect(page.get_by_text(words)).to_be_in_viewport()
    sizes = "[...document.querySelectorAll('article dd')].map((e) => parseFloat(getComputedStyle(e).fontSize))"
    assert min(await page.evaluate(sizes)) >= 22, "pixels, to be read from afar"
    await page.get_by_role("link", name=re.compile("Web shop shows")).click()
    await expect(page).to_have_url(re.compile(r"MI-3\?wall$"))


async def test_what_happens_shows_without_a_reload_and_is_said_once(page: Page, site: Shown) -> None:
    await page.goto(f"{site.url}/board/MI-3")
    await page.evaluate("window.unloaded = false")
    await expect(page.locator("#news")).to_have_text("")
    link = page.get_by_role("link", name=re.compile("Person by person"))
    await link.focus()
    site.stage.says("An", "NOTE MI-3 the release is taken back")
    newest = page.locator("#timeline li[data-key]").first
    await expect(newest).to_contain_text("An Peeters noted: the release is taken back")
    await expect(page.locator("#news")).to_have_text(re.compile("MI-3: An Peeters noted"))
    site.stage.passes(minutes(1))
    site.stage.says("An", "RESOLVE MI-3 everything works again")
    await expect(page.locator("#head .badge").first).to_have_text("resolved")
    await expect(page.locator("#reached")).to_contain_text("all-clear")
    await expect(page).to_have_title(re.compile("MI-3 resolved"))
    await expect(link).to_be_focused()
    assert await page.evaluate("window.unloaded === false")


async def test_after_an_upgrade_an_open_page_loads_its_new_style_and_script(page: Page, site: Shown) -> None:
    await page.goto(f"{site.url}/board")
    await page.evaluate("document.querySelector('script').setAttribute('src', '/assets/board.before.js')")
    async with page.expect_event("load", timeout=DEADLINE):
        site.stage.says("An", "NOTE MI-3 anything")
    await expect(page.get_by_role("heading", name="Web shop")).to_be_visible()


async def test_after_the_clock_was_set_an_open_page_counts_down_by_the_new_time(page: Page, site: Shown) -> None:
    await page.goto(f"{site.url}/board/MI-3")
    left = page.locator("#facts [data-left]")
    await expect(left).to_have_text(re.compile(r"^in \d\d:\d\d$"))
    site.stage.clock.move_to(site.stage.now + minutes(40))
    site.stage.says("Claire", "NOTE MI-3 the clock was wrong")
    await expect(left).to_have_text(re.compile("^late by"))


async def test_the_board_takes_in_a_new_incident_and_counts_down(page: Page, site: Shown) -> None:
    await page.goto(f"{site.url}/board")
    left = page.locator("[data-left]")
    before = await left.inner_text()
    assert re.fullmatch(r"in \d\d:\d\d", before)
    await expect(left).not_to_have_text(before)
    site.stage.proposes("Lotte", words="The phones are silent", body="")
    await expect(page.get_by_role("heading", name="The phones are silent")).to_be_visible()


async def test_a_board_that_hears_nothing_says_so(page: Page, watched: Watched) -> None:
    watched.expected += ["ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING"]
    async with shown(busy()) as here:
        await page.goto(f"{here.url}/board")
        await expect(page.get_by_text("not live")).to_be_hidden()
    await expect(page.get_by_text("not live")).to_be_visible()
    await expect(page.get_by_role("heading", name="Web shop")).to_be_visible()


async def test_with_scripts_off_all_is_there_and_it_loads_again_by_itself(open_page: OpenPage, site: Shown) -> None:
    page = await open_page(scripts=False)
    for path in PATHS.values():
        await page.goto(site.url + path)
        await expect(page.locator("noscript meta[http-equiv=refresh]")).to_have_count(1)
    await page.goto(site.url)
    await expect(page.get_by_text("in 27 minutes")).to_be_visible()
    await page.get_by_role("link", name=re.compile("Web shop shows")).click()
    await expect(page.get_by_text("An Peeters accepted")).to_be_visible()
    await page.get_by_role("link", name=re.compile("Person by person")).click()
    await page.get_by_label("Name or address").fill("lotte")
    await page.get_by_role("button", name="Show").click()
    await expect(page.locator("tbody tr")).to_have_count(1)


async def test_by_keyboard_the_way_to_what_is_shown_is_short(page: Page, site: Shown) -> None:
    await page.goto(f"{site.url}/board")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="To what is shown")).to_be_focused()
    await expect(page.get_by_role("link", name="To what is shown")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name=re.compile("Web shop shows"))).to_be_focused()


async def test_5000_recipients_are_few_bytes_and_soon_painted(
    open_page: OpenPage, record_property: Callable[[str, object], None]
) -> None:
    async with shown(busy(5000)) as here:
        for name, path in PATHS.items():
            page = await open_page(1440, 900)
            weight = await Weight.of(page)
            await page.goto(here.url + path)
            async with asyncio.timeout(DEADLINE / 1000):
                while not await page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            paint = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            record_property(f"first paint of {name} with 5,000 recipients, ms", round(paint))
            assert weight.bytes < MOST
            await screenshot(page, f"board-{name}-5000", whole=True)
        await expect(page.get_by_text("1 to 200 of 5,016")).to_be_visible()


async def test_a_manager_logs_in_by_a_link_and_out(open_page: OpenPage, watched: Watched) -> None:
    watched.expected += ["status of 403"]
    async with Organization() as organization:
        url = address(organization)
        page = await open_page(390, 844)
        await page.goto(url)
        await expect(page).to_have_url(f"{url}/board/login")
        await screenshot(page, "board-login")
        await axe(page)
        await page.get_by_label("Email address or phone number").fill("an.peeters@acme.example")
        await page.get_by_role("button", name="Send me a link").click()
        await expect(page.get_by_role("heading", name="Look at your messages")).to_be_visible()
        await screenshot(page, "board-asked")
        await axe(page)
        await organization.settle()
        link = LINK.search(organization.seen[-1].text)
        assert link
        await page.goto(link[0])
        await screenshot(page, "board-enter")
        await axe(page)
        await page.get_by_role("button", name="Open the board").click()
        await expect(page).to_have_url(f"{url}/board")
        await expect(page.get_by_text("Nothing is under way.")).to_be_visible()
        await expect(page.get_by_text("An Peeters")).to_be_visible()
        await screenshot(page, "board-quiet", whole=True)
        await axe(page)
        other = await page.context.new_page()
        await other.goto(link[0])
        await expect(other.get_by_role("heading", name="This link does not work any more")).to_be_visible()
        await screenshot(other, "board-spent")
        await axe(other)
        await other.goto(f"{url}/board")
        await page.bring_to_front()
        await page.get_by_role("button", name="Log out").click()
        await expect(page).to_have_url(f"{url}/board/login")
        await other.bring_to_front()
        await other.reload()
        await expect(other).to_have_url(f"{url}/board/login")
