"""Access tokens against a working token server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from channels.oauth import Grant, TokenSource
from channels.types import ChannelDown


@dataclass
class Provider:
    """Answers each request with the next of `answers`, the last one for ever."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    here: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """It answers while this is set."""

    async def token(self, request: web.Request) -> web.Response:
        self.asked.append({name: str(value) for name, value in (await request.post()).items()})
        self.here.set()
        await self.gate.wait()
        return self.answers.pop(0)


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    provider = Provider()
    provider.gate.set()
    app = web.Application()
    app.router.add_post("/token", provider.token)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    provider.url = f"http://127.0.0.1:{runner.addresses[0][1]}/token"
    yield provider
    await runner.cleanup()


def grant(provider: Provider) -> Grant:
    return Grant(provider.url, "murphy", "refresh-1", "client-secret", "https://mail.example/")


def granted(token: str, seconds: object = 3600, **more: str) -> web.Response:
    return web.json_response({"access_token": token, "expires_in": seconds, "token_type": "Bearer", **more})


async def test_a_token_is_asked_for_once_and_used_until_it_ends(provider: Provider) -> None:
    provider.answers = [granted("one")]
    source = TokenSource(grant(provider))
    assert set(await asyncio.gather(source(), source(), source())) == {"one"}
    assert provider.asked == [
        {
            "grant_type": "refresh_token",
            "client_id": "murphy",
            "refresh_token": "refresh-1",
            "client_secret": "client-secret",
            "scope": "https://mail.example/",
        }
    ]


async def test_a_token_that_has_ended_is_replaced_by_the_newest_refresh_token(provider: Provider) -> None:
    provider.answers = [granted("one", 0, refresh_token="refresh-2"), granted("two")]
    source = TokenSource(grant(provider))
    assert [await source(), await source()] == ["one", "two"]
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-1", "refresh-2"]


async def test_a_token_that_a_server_refused_is_replaced_whatever_its_time(provider: Provider) -> None:
    provider.answers = [granted("one"), granted("two")]
    source = TokenSource(grant(provider))
    source.refused(await source())
    assert await source() == "two"
    source.refused("one")
    assert await source() == "two", "that one was refused before"


@pytest.mark.parametrize(
    "seconds",
    [
        pytest.param("NaN", id="no number"),
        pytest.param("Infinity", id="for ever"),
        pytest.param("1" + "0" * 400, id="a number too great"),
        pytest.param('"\\u00b2"', id="a digit that counts nothing"),
        pytest.param("-1", id="in the past"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="a list"),
    ],
)
async def test_a_time_that_is_none_leaves_it_in_use_for_a_while(provider: Provider, seconds: str) -> None:
    answer = f'{{"access_token": "one", "expires_in": {seconds}}}'
    provider.answers = [web.Response(text=answer), granted("two")]
    source = TokenSource(grant(provider))
    assert await source() == "one"
    assert source._until <= asyncio.get_running_loop().time() + 600


async def test_a_refresh_token_is_not_lost_where_nobody_waits_any_more(provider: Provider) -> None:
    """The relay's deadline passes while the provider has replaced the token already."""
    provider.answers = [granted("one", 0, refresh_token="refresh-2"), granted("two")]
    provider.gate.clear()
    source = TokenSource(grant(provider))
    waiting = asyncio.create_task(source())
    async with asyncio.timeout(45):
        await provider.here.wait()
    waiting.cancel()
    provider.gate.set()
    await asyncio.gather(waiting, return_exceptions=True)
    assert waiting.cancelled()
    assert await source() == "one"
    assert await source() == "two"
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-1", "refresh-2"]


REFUSALS = [
    ("invalid grant", {"error": "invalid_grant"}, 400, "invalid_grant"),
    ("no token in it", {"hello": "there"}, 200, "HTTP 200"),
    ("a list", [1, 2], 200, "HTTP 200"),
    ("a token that is none", {"access_token": 7}, 200, "HTTP 200"),
    ("a token of two lines", {"access_token": "a\r\nb"}, 200, "HTTP 200"),
    ("a token of no letters", {"access_token": "\ud800"}, 200, "HTTP 200"),
]


@pytest.mark.parametrize(("body", "status", "words"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
async def test_a_refusal_is_told_in_words_without_a_secret(
    provider: Provider, body: object, status: int, words: str
) -> None:
    provider.answers = [web.json_response(body, status=status), granted("later")]
    source = TokenSource(grant(provider))
    with pytest.raises(ChannelDown) as caught:
        await source()
    assert words in str(caught.value)
    assert not {"refresh-1", "client-secret"} & set(str(caught.value).split())
    assert await source() == "later", "it is tried again"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<html>", id="a page"),
        pytest.param("", id="nothing"),
        pytest.param("[" * 90_000, id="without an inside"),
        pytest.param('{"expires_in": ' + "9" * 5000, id="a number that is too long to read"),
    ],
)
async def test_an_answer_that_is_no_json_is_told(provider: Provider, body: str) -> None:
    provider.answers = [web.Response(text=body)]
    with pytest.raises(ChannelDown, match="cannot be understood"):
        await TokenSource(grant(provider))()


async def test_an_answer_without_end_is_not_read_to_its_end(provider: Provider) -> None:
    provider.answers = [web.Response(text="x" * 5_000_000)]
    with pytest.raises(ChannelDown, match="cannot be understood"):
        await TokenSource(grant(provider))()


async def test_a_redirect_is_not_followed(provider: Provider) -> None:
    provider.answers = [web.Response(status=307, headers={"Location": provider.url}, text="{}")]
    with pytest.raises(ChannelDown, match="HTTP 307"):
        await TokenSource(grant(provider))()
    assert len(provider.asked) == 1


async def test_a_server_that_hangs_is_given_up(provider: Provider) -> None:
    provider.gate.clear()
    with pytest.raises(ChannelDown, match="cannot be reached"):
        await TokenSource(grant(provider), deadline=0.1)()


async def test_nobody_there_is_told() -> None:
    with pytest.raises(ChannelDown, match="cannot be reached"):
        await TokenSource(Grant("http://127.0.0.1:9/token", "murphy", "refresh-1"))()


def test_nothing_secret_is_printed() -> None:
    assert "secret" not in repr(Grant("https://x/token", "murphy", "secret-token", "secret")).replace("secret=", "")
