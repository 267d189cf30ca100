"""The board of the whole daemon: the link comes by mail or text, over the real wires, and is written down nowhere."""

import asyncio
import re
from pathlib import Path

import aiohttp
from structlog.testing import capture_logs

from daemon.sandbox.organization import Organization
from tests.scenarios.play import Talk

WITHIN = 45.0
LINK = re.compile(r"http://127\.0\.0\.1:[0-9]+/board/enter/([0-9]+-[a-z2-7]{32})")


def address(organization: Organization) -> str:
    return f"http://127.0.0.1:{organization.configuration.settings.web.port}"


async def asks(organization: Organization, session: aiohttp.ClientSession, who: str) -> None:
    url = address(organization)
    async with session.post(f"{url}/board/login", data={"who": who}, headers={"Origin": url}) as answer:
        assert answer.status == 200
    await organization.settle()


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_a_manager_logs_in_by_mail_and_stays_in_after_a_restart() -> None:
    async with Organization() as organization, aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        talk, url = Talk(organization), address(organization)
        with capture_logs() as logs:
            await asks(organization, session, "an.peeters@acme.example")
            mail = talk.gets("An", "board-link", "email")
            found = LINK.search(mail.text)
            assert found
            assert mail.mail
            html = mail.mail.get_body(("html",))
            assert html
            assert f'href="{found[0]}"' in html.get_content()
            async with session.post(found[0], headers={"Origin": url}, allow_redirects=False) as answer:
                assert answer.status == 303
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
                assert cookie.startswith("board="), "in the clear, as at this machine, it cannot be a __Host- one"
        talk.nothing_else()
        secret = found[1].partition("-")[2]
        assert secret not in str(logs)
        assert secret.encode() not in written(organization.configuration.settings.state.directory)
        await organization.stop()
        await organization.start()
        async with session.post(found[0], headers={"Origin": url}) as answer:
            assert answer.status == 403
        async with session.get(f"{url}/board", headers={"Cookie": cookie}) as answer:
            assert "Nothing is under way" in await answer.text()


async def test_the_link_comes_by_text_to_who_asked_by_number_and_where_mail_fails() -> None:
    async with Organization() as organization, aiohttp.ClientSession() as session:
        talk = Talk(organization)
        await asks(organization, session, "+32 470 55 01 03")
        assert LINK.search(talk.gets("Claire", "board-link", "sms").text)
        await organization.cut_relay()
        await asks(organization, session, "james.whitfield@acme.example")
        await talk.passes("2m")
        assert LINK.search(talk.gets("James", "board-link", "sms").text)
        talk.ignores("channel-down")
        talk.nothing_else()


async def test_a_page_that_is_open_hears_what_comes_by_mail() -> None:
    local = {'inbound = ["poll", "webhook"]': 'inbound = ["poll"]', 'public_url = "http': '# public_url = "http'}
    async with Organization(edits=local) as organization, aiohttp.ClientSession() as session:
        talk, url = Talk(organization), address(organization)
        await talk.proposed()
        async with session.get(f"{url}/board") as answer:
            version = re.search(r'data-version="([^"]+)"', await answer.text())
            assert version
        async with session.get(f"{url}/board/events?since={version[1]}") as events, asyncio.timeout(WITHIN):
            assert await events.content.readline() == b"retry: 2000\n"
            await talk.replies("An", "ACCEPT we are on it")
            while not (await events.content.readline()).startswith(b"event: changed"):
                pass
        async with session.get(f"{url}/board") as answer:
            page = await answer.text()
            assert "An Peeters" in page
            assert "we are on it" in page
        async with session.get(f"{url}/metrics") as answer:
            assert answer.status == 200


async def test_with_an_address_of_its_own_it_is_the_board_s_alone() -> None:
    """Twilio has none, so nothing comes by webhook; nobody at this machine is trusted any more, for figures neither."""
    edits = {
        'inbound = ["poll", "webhook"]': 'inbound = ["poll"]',
        'public_url = "http': '# public_url = "http',
        "[web]\n": '[web]\npublic_url = "https://murphy.acme.example"\n',
    }
    async with Organization(edits=edits) as organization, aiohttp.ClientSession() as session:
        url = address(organization)
        for path, status in (("/board", 303), ("/metrics", 404), ("/twilio/sms", 404), ("/healthz", 200)):
            async with session.get(url + path, allow_redirects=False) as answer:
                assert answer.status == status
        form, headers = {"who": "an.peeters@acme.example"}, {"Origin": "https://murphy.acme.example"}
        async with session.post(f"{url}/board/login", data=form, headers=headers) as answer:
            assert answer.status == 200
        await organization.settle()
        talk = Talk(organization)
        assert "https://murphy.acme.example/board/enter/" in talk.gets("An", "board-link", "email").text
        talk.nothing_else()
