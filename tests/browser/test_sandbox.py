"""The sandbox in the browser, played as by somebody who has never seen it: incidents, while their technology fails."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from daemon.sandbox.page.server import PageServer
from daemon.sandbox.phones import PhoneText
from daemon.sandbox.playground import Playground
from tests.browser.conftest import OpenPage
from tests.browser.looking import Watched, Weight, axe, screenshot

HEAVIEST = 200_000
"""Bytes."""


@pytest_asyncio.fixture(loop_scope="session")
async def playground() -> AsyncIterator[Playground]:
    async with Playground(speed=1.0) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def address(playground: Playground) -> AsyncIterator[str]:
    async with PageServer(playground) as server:
        yield server.address


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(page: Page, address: str) -> AsyncIterator[Page]:
    """The page, open; it is closed before the server is."""
    await page.goto(address)
    await expect(page.get_by_role("article")).to_have_count(16)
    yield page
    await page.close()


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name)


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=f"Phone of {name}")


def mailbox(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=f"Mailbox of {name}")


def incident(page: Page) -> Locator:
    return page.locator("#incidents")


async def texts(page: Page, name: str, words: str) -> None:
    await page.get_by_label(f"Text Murphy as {name}").fill(words)
    await page.get_by_role("button", name=f"Send text as {name}").click()


async def follows(page: Page, task: str) -> None:
    """The steps have come to this one; what helps is shown."""
    await expect(page.locator(".tasks [aria-current=step]")).to_have_text(task)
    await page.get_by_role("button", name="Show me").click()


async def test_a_whole_incident_by_the_first_steps_with_the_mail_cut_and_murphy_killed(
    sandbox: Page, playground: Playground
) -> None:
    page = sandbox
    weight = await Weight.of(page)
    await page.reload()

    await follows(page, "Propose")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(incident(page)).to_contain_text("MI-1 proposed")
    await expect(mailbox(page, "Lotte Claes")).to_contain_text("MI-1")
    for name in ("An Peeters", "James Whitfield", "Claire Dubois"):
        await expect(phone(page, name)).to_contain_text("ACCEPT MI-1")
        await expect(card(page, name)).to_contain_text("is asked", use_inner_text=True)

    await follows(page, "Accept")
    await page.keyboard.press("Enter")
    await expect(incident(page)).to_contain_text("An Peeters is in charge")
    await expect(card(page, "Claire Dubois")).not_to_contain_text("is asked", use_inner_text=True)

    await card(page, "Rosa Alvarez").get_by_role("button", name="JOIN").first.click()
    await expect(incident(page)).to_contain_text("Rosa joined")

    await follows(page, "Update")
    await page.keyboard.press("Enter")
    await expect(mailbox(page, "Nadia Benali")).to_contain_text("We have found the cause.")

    await follows(page, "Cut the mail")
    await page.keyboard.press("Enter")
    await expect(page.locator("#switch-relay")).to_contain_text("Murphy has not noticed yet")

    await follows(page, "Update again")
    await page.keyboard.press("Enter")
    await expect(phone(page, "Nadia Benali")).to_contain_text("half of our customers")
    await expect(phone(page, "Marc Lambert")).to_contain_text("half of our customers")
    await expect(mailbox(page, "Nadia Benali")).not_to_contain_text("half of our customers")
    await expect(page.locator("#switch-relay")).to_contain_text("Murphy: down")
    await expect(page.locator("#lines")).to_contain_text("Murphy finds that no mail gets out")
    await axe(page)
    await screenshot(page, "sandbox-mail-cut")

    await follows(page, "Kill Murphy")
    await page.keyboard.press("Enter")
    await expect(page.locator("#switch-daemon")).to_contain_text("killed")
    await texts(page, "An Peeters", "UPDATE MI-1 Nearly everybody can order.")
    assert not playground.organization.alive
    await page.get_by_role("button", name="Start: Murphy").click()
    await expect(phone(page, "Nadia Benali")).to_contain_text("Nearly everybody can order.")

    await follows(page, "Restore the mail")
    await page.keyboard.press("Enter")
    await expect(page.locator("#switch-relay")).to_contain_text("works")
    due = page.get_by_role("button", name="To what is due next")
    for _ in range(9):
        if await page.locator(".tasks [aria-current=step]").inner_text() != "Restore the mail":
            break
        await due.click()
        await expect(due).to_be_enabled()

    await follows(page, "Resolve")
    await page.keyboard.press("Enter")
    await expect(incident(page)).to_contain_text("MI-1 resolved")
    await expect(mailbox(page, "Nadia Benali")).to_contain_text("The web shop works for everybody.")

    await expect(mailbox(page, "Rosa Alvarez")).to_contain_text("You are invited to the review of MI-1")
    await follows(page, "Review")
    await mailbox(page, "Rosa Alvarez").get_by_role("button", name="Answer as Rosa Alvarez").first.click()
    await expect(page.locator("#lesson")).to_contain_text("That was an incident")
    assert weight.bytes < HEAVIEST


async def test_a_manager_who_does_not_answer_is_called_and_presses_a_key(sandbox: Page) -> None:
    page = sandbox
    await page.get_by_role("button", name="Pause").click()
    await page.get_by_role("button", name="Propose an incident…").click()
    await page.get_by_label("By", exact=True).select_option("text")
    await page.get_by_label("What has failed").fill("Nobody <b>can</b> pay")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(phone(page, "James Whitfield")).to_contain_text("Nobody <b>can</b> pay")
    for _ in range(9):  # what is tried again before that is due, too
        if await phone(page, "James Whitfield").get_by_text("Call:").count():
            break
        await page.get_by_role("button", name="To what is due next").click()
        await expect(page.get_by_role("button", name="To what is due next")).to_be_enabled()
    await page.get_by_role("button", name="Press 1 as James Whitfield").click()
    await expect(incident(page)).to_contain_text("James Whitfield is in charge")
    await page.get_by_role("button", name="60×").click()
    await expect(page.locator("#lines")).to_contain_text("page")


async def test_the_board_is_one_click_away_and_shows_the_incident(sandbox: Page, watched: Watched) -> None:
    page = sandbox
    await page.get_by_role("button", name="Propose an incident…").click()
    await page.get_by_label("What has failed").fill("tills are down")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(incident(page)).to_contain_text("MI-1 proposed")
    async with page.expect_popup() as opened:
        await page.get_by_role("link", name="The board").click()
    board = await opened.value
    watched.watch(board)
    await expect(board.get_by_role("main")).to_contain_text("tills are down")
    await board.close()


async def test_an_answer_by_mail_goes_to_the_mail_that_it_answers(sandbox: Page) -> None:
    page = sandbox
    await card(page, "Emma Clarke").get_by_role("button", name="Emma Clarke").click()
    await page.get_by_text("New mail as Emma Clarke").click()
    await page.get_by_label("Subject of a new mail of Emma Clarke").fill("Cards are refused everywhere")
    await page.get_by_role("button", name="Send mail as Emma Clarke").click()
    letter = mailbox(page, "Claire Dubois").locator("details").first
    await letter.locator("summary").click()
    await letter.get_by_label("Answer of Claire Dubois").fill("REJECT one shop only")
    await letter.get_by_role("button", name="Answer as Claire Dubois").click()
    await expect(incident(page)).to_contain_text("MI-1 rejected")
    await expect(mailbox(page, "Emma Clarke")).to_contain_text("one shop only")


async def test_with_twilio_cut_those_who_run_the_incident_get_texts_by_the_modem(sandbox: Page) -> None:
    page = sandbox
    await page.get_by_role("button", name="Cut: Twilio texts").click()
    await expect(page.locator("#switch-sms")).to_contain_text("cut")
    await page.get_by_role("button", name="Propose an incident…").click()
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(phone(page, "An Peeters")).to_contain_text("by the modem")
    await expect(page.locator("#switch-sms")).to_contain_text("Murphy: down (the account is not active)")
    await card(page, "An Peeters").get_by_role("button", name="ACCEPT").first.click()
    await expect(incident(page)).to_contain_text("An Peeters is in charge")


async def test_a_scenario_is_stepped_through_to_its_end_as_its_script_says(sandbox: Page) -> None:
    page = sandbox
    await page.get_by_role("button", name="An exercise").click()
    place = page.locator("#scenario-body")
    for step in range(1, 7):
        await page.get_by_role("button", name="Next step").click()
        await expect(place).to_contain_text(f"Step {step} of 6.")
    await expect(place).to_contain_text("This was all of it.")
    await expect(place).not_to_contain_text("another way")
    await expect(phone(page, "Claire Dubois")).to_contain_text("EXERCICE")
    await expect(page.locator("#clock")).to_have_text(re.compile(r"^10:2\d:\d\d$"))
    await axe(page)
    await page.get_by_role("button", name="begin anew").click()
    await expect(page.get_by_role("button", name="An outage")).to_be_visible()
    await expect(page.locator("#lesson")).to_contain_text("Propose a major incident as Lotte")


async def test_after_a_lost_connection_all_is_there_and_half_written_words_are_too(
    page: Page, playground: Playground, watched: Watched
) -> None:
    async with PageServer(playground) as server:
        await page.goto(server.address)
        await card(page, "Lotte Claes").get_by_role("button", name="Lotte Claes").click()
        await texts(page, "Lotte Claes", "STATUS")
        await expect(phone(page, "Lotte Claes").locator(".bubble")).to_have_count(2)
        await page.get_by_label("Text Murphy as Lotte Claes").fill("half a sen")
        watched.expected += ["ERR_", "403"]
    await expect(page.get_by_role("alert")).to_contain_text("The sandbox does not answer")
    await playground.organization.texts("Lotte Claes", "STATUS")
    async with PageServer(playground, server.port):
        await expect(phone(page, "Lotte Claes").locator(".bubble")).to_have_count(4)
        await expect(page.get_by_role("alert")).to_be_hidden()
        await expect(page.get_by_label("Text Murphy as Lotte Claes")).to_have_value("half a sen")
        await page.get_by_role("button", name="Send text as Lotte Claes").click()
        await expect(page.get_by_role("alert")).to_contain_text("reload the page")
        await page.close()


async def test_a_page_shows_the_newest_and_says_what_is_left_out_also_one_opened_later(
    sandbox: Page, address: str, playground: Playground, open_page: OpenPage
) -> None:
    organization = playground.organization
    number = organization.person("Hugo Moreau").phones[0]
    later = await open_page(320, 640, scheme="dark")
    for page, first in ((sandbox, 0), (later, 60)):
        for word in range(first, first + 60):
            organization.twilio.phones.receive(PhoneText(organization.clock.now(), "", number, f"word {word}."))
        if page is later:
            await page.goto(address)
        await expect(phone(page, "Hugo Moreau")).to_contain_text(f"word {first + 59}.")
        await expect(phone(page, "Hugo Moreau").locator(".bubble")).to_have_count(40)
        await expect(phone(page, "Hugo Moreau")).not_to_contain_text(f"word {first + 19}.")
    await expect(phone(sandbox, "Hugo Moreau")).to_contain_text("Older ones are left out.")
    await expect(phone(later, "Hugo Moreau")).to_contain_text("Older ones are left out.")
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert await later.evaluate(wide), "nothing to scroll sideways"
    await axe(later)
    await screenshot(later, "sandbox-phone-dark")
    await later.close()


async def test_a_page_that_finds_another_sandbox_at_its_address_loads_it_anew(
    page: Page, playground: Playground, watched: Watched
) -> None:
    watched.expected += ["ERR_", "403"]
    async with PageServer(playground) as server:
        await page.goto(server.address)
        await card(page, "Oliver Grant").get_by_role("button", name="Oliver Grant").click()
        await texts(page, "Oliver Grant", "STATUS")
        await expect(phone(page, "Oliver Grant").locator(".bubble")).to_have_count(2)
    await expect(page.get_by_role("alert")).to_contain_text("The sandbox does not answer")
    async with Playground() as other, PageServer(other, server.port):
        await expect(page.get_by_role("alert")).to_be_hidden()
        await expect(page.locator(".bubble")).to_have_count(0)
        await card(page, "Oliver Grant").get_by_role("button", name="Oliver Grant").click()
        await texts(page, "Oliver Grant", "STATUS")
        await expect(phone(page, "Oliver Grant").locator(".bubble")).to_have_count(2)
        await page.close()


async def seen(page: Page, *, hidden: bool) -> None:
    """As when its tab is left, or shown again."""
    await page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


async def test_a_seventh_tab_lives_and_a_tab_that_is_shown_again_has_all_that_came(page: Page, address: str) -> None:
    """A browser has six connections to one server."""
    tabs = [page, *[await page.context.new_page() for _ in range(6)]]
    for tab in tabs:
        await tab.goto(address)
        await expect(tab.get_by_role("article")).to_have_count(16)
        await seen(tab, hidden=tab is not tabs[-1])
    await card(tabs[-1], "Oliver Grant").get_by_role("button", name="Oliver Grant").click()
    await texts(tabs[-1], "Oliver Grant", "STATUS")
    await expect(phone(tabs[-1], "Oliver Grant").locator(".bubble")).to_have_count(2)
    await seen(tabs[-1], hidden=True)
    await seen(page, hidden=False)
    await expect(phone(page, "Oliver Grant").locator(".bubble")).to_have_count(2)
    for tab in tabs:
        await tab.close()
