"""The sandbox's page is for the browser at this machine: other sites' pages and other machines' names get nowhere."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Page
from yarl import URL

from daemon.sandbox.page.server import PageServer
from daemon.sandbox.playground import Playground
from tests.browser.looking import Watched

NEXT = b'{"do":"next"}'


@dataclass(frozen=True, slots=True)
class Place:
    server: PageServer
    playground: Playground
    http: aiohttp.ClientSession
    token: str

    @property
    def good(self) -> dict[str, str]:
        """What the page itself sends."""
        return {
            "Origin": self.server.address.rstrip("/"),
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "X-Sandbox-Token": self.token,
        }

    async def act(self, body: bytes = NEXT, **other: str | None) -> tuple[int, str]:
        """Status and trouble, with other headers in the place of the good ones; None is without."""
        headers = {**self.good, **{name.replace("_", "-"): value for name, value in other.items()}}
        sent = {name: value for name, value in headers.items() if value is not None}
        async with self.http.post(self.server.address + "act", data=body, headers=sent) as answer:
            return answer.status, str((await answer.json()).get("trouble", ""))


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def place() -> AsyncIterator[Place]:
    async with Playground() as playground, PageServer(playground) as server, aiohttp.ClientSession() as http:
        async with http.get(server.address) as page:
            token = (await page.text()).partition('name="token" content="')[2].partition('"')[0]
        yield Place(server, playground, http, token)


async def test_what_the_page_itself_sends_is_done(place: Place) -> None:
    assert len(place.token) > 20
    assert await place.act(b'{"do":"speed","speed":10}') == (200, "")
    assert place.playground.speed == 10


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="a name of its own that leads to loopback"),
        pytest.param({"Origin": "http://evil.example"}, id="another site's page"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, id="another program's page on this machine"),
        pytest.param({"Origin": None}, id="no word of the origin"),
        pytest.param({"Origin": "null"}, id="a sandboxed frame or a file"),
        pytest.param({"Sec_Fetch_Site": "cross-site"}, id="the browser says cross-site"),
        pytest.param({"Sec_Fetch_Site": "same-site"}, id="the browser says same-site: another port"),
        pytest.param({"Content_Type": "text/plain"}, id="a form's type, which needs no leave"),
        pytest.param({"X_Sandbox_Token": None}, id="no token"),
        pytest.param({"X_Sandbox_Token": "x" * 32}, id="a wrong token"),
        pytest.param({"X_Forwarded_For": "192.0.2.1"}, id="through a proxy"),
    ],
)
async def test_what_another_page_sends_does_nothing(place: Place, headers: dict[str, str | None]) -> None:
    place.playground.speed = 1.0
    status, trouble = await place.act(b'{"do":"speed","speed":60}', **headers)
    assert status == 403
    assert trouble
    assert place.playground.speed == 1.0


async def test_another_name_that_leads_here_reads_nothing(place: Place) -> None:
    for path in ("", "events", "main.js"):
        async with place.http.get(place.server.address + path, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
            assert place.token not in await answer.text()


@pytest.mark.parametrize("name", ["..%2f..%2fplayground.py", "%2e%2e%2fserver.py", "index.html", "page", "nothing.js"])
async def test_only_the_page_s_own_files_are_served(place: Place, name: str) -> None:
    async with place.http.get(URL(place.server.address + name, encoded=True)) as answer:
        assert answer.status == 404


async def test_the_policy_allows_nothing_but_its_own_files(place: Place) -> None:
    async with place.http.get(place.server.address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Invalid JSON"),
        (b"[]", "should be an object"),
        (b'{"do":"fly"}', "do"),
        (b'{"do":"speed","speed":7}', "speed"),
        (b'{"do":"text","who":"nobody","words":"x"}', "nobody of that name is here"),
        (b'{"do":"text","who":"an.peeters@acme.example","words":"  "}', "words"),
        (b'{"do":"reply","who":"an.peeters@acme.example","message":999,"words":"x"}', "not here any more"),
        (b'{"do":"press","who":"an.peeters@acme.example","key":"1"}', "has not been called"),
        (b'{"do":"mail","who":"+447912555116","subject":"x"}', "has no mailbox"),
        (b'{"do":"switch","name":"world","whole":false}', "no switch"),
        (b'{"do":"anew","scenario":"flood"}', "no scenario"),
        (b'{"do":"mail","who":"an.peeters@acme.example","subject":"a\\nBcc: x"}', "subject"),
    ],
    ids=lambda value: value.decode() if isinstance(value, bytes) else "",
)
async def test_what_cannot_be_done_is_said_in_words(place: Place, body: bytes, words: str) -> None:
    status, trouble = await place.act(body)
    assert status == 400
    assert words in trouble


async def test_too_much_is_not_read(place: Place) -> None:
    async with place.http.post(place.server.address + "act", data=b"x" * 100_000, headers=place.good) as answer:
        assert answer.status == 413


ATTACK = """<!doctype html><title>Another site</title><link rel="icon" href="data:,"><iframe name="sink"></iframe>
<form id="typed" method="post" target="sink" action="{there}act" enctype="text/plain">
<input name='{{"do":"speed","speed":60,"x":"' value='"}}'></form><form id="plain" method="post" target="sink"
action="{there}act"><input name="do" value="anew"></form>"""

TRIES = """async (there) => {
  const said = [], body = '{"do":"speed","speed":60}', token = { "X-Sandbox-Token": "x" };
  for (const how of [{ method: "POST", mode: "no-cors", body }, { method: "POST", body, headers: token }, {}]) {
    said.push(await fetch(there + (how.method ? "act" : ""), how).then(() => "answered", () => "refused"));
  }
  said.push(await new Promise((done) => {
    const stream = new EventSource(there + "events");
    stream.addEventListener("begin", () => done("read"));
    stream.addEventListener("error", () => { stream.close(); done("refused"); });
  }));
  for (const form of document.forms) {
    const sent = new Promise((done) => document.querySelector("iframe").addEventListener("load", done, { once: true }));
    form.submit();
    await sent;
  }
  return said;
}"""


@pytest.mark.parametrize("name", ["127.0.0.1", "evil.localhost"])
async def test_a_real_page_of_another_site_can_neither_act_nor_read(
    page: Page, place: Place, watched: Watched, name: str
) -> None:
    watched.expected += ["CORS", "ERR_", "403", "frame-ancestors", "evil.localhost"]
    site = web.Application()
    attack = ATTACK.format(there=place.server.address)

    async def index(_: web.Request) -> web.Response:
        return web.Response(text=attack, content_type="text/html")

    site.router.add_get("/", index)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place.playground.speed = 1.0
    await page.goto(f"http://{name}:{runner.addresses[0][1]}/")
    assert await page.evaluate(TRIES, place.server.address) == ["refused"] * 4
    assert (place.playground.speed, place.playground.run) == (1.0, 1)
    rebound = await page.goto(place.server.address.replace("127.0.0.1", "evil.localhost"))
    assert rebound is not None
    assert rebound.status == 403
    await page.close()
    await runner.cleanup()
