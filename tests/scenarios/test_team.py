"""The team is paged over the real wires: declines, silence, a key pressed, nobody left, and where it meets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from tests.scenarios.play import BOTH, MANAGERS, Talk, talking

CHECK = "check = false                    # the sandbox leaves this machine alone"
URL = 'url = "https://meet.acme.example/major"'
BY_VOICE = {'answer_within = "3m"\nvia = ["sms", "email"]': 'answer_within = "3m"\nvia = ["voice"]'}
NO_WEBHOOK = {'inbound = ["poll", "webhook"]': 'inbound = ["poll"]', 'poll_every = "10s"': 'poll_every = "1s"'}
SEEN_BY_ALL = ("An", "James", "Claire")


@asynccontextmanager
async def web_bridge() -> AsyncIterator[tuple[dict[str, int], str]]:
    """A bridge's web page that answers with `status`, and its address."""
    answer = {"status": 200}

    async def page(_: web.Request) -> web.Response:
        return web.Response(status=answer["status"])

    application = web.Application()
    application.router.add_get("/major", page)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield answer, f"http://127.0.0.1:{runner.addresses[0][1]}/major"
    finally:
        await runner.cleanup()


async def paged(talk: Talk, service: str = "payments", channel: str = "sms") -> None:
    """An accepted; Hugo (database) and Tom (network) are paged."""
    await talk.proposed(body=f"Service: {service}")
    await talk.texts("An", "ACCEPT")
    talk.gets("An", "done-accept", "sms")
    talk.decided("decision-accepted", "An", "proposer-accepted")
    talk.staff_gets("initial")
    talk.all_get(("Hugo", "Tom"), "page", channel)
    talk.nothing_else()


async def test_one_declines_one_is_silent_and_the_next_ones_come() -> None:
    async with talking() as talk:
        await paged(talk)
        await talk.texts("Tom", "decline, I am on a train")
        talk.gets("Tom", "done-decline", "sms", words=["JOIN"])
        talk.gets("Pieter", "page", "sms", words=["JOIN MI-1", "+3225550100", "482915"])
        talk.gets("An", "roster", "sms", words=["Pieter Jacobs", "Hugo Moreau"])
        talk.nothing_else()
        await talk.texts("Pieter", "JOIN")
        talk.gets("Pieter", "done-join", "sms", words=["482915"])
        talk.gets("An", "roster", "sms", words=["Pieter Jacobs"])
        talk.nothing_else()
        await talk.passes("3m")
        talk.gets("David", "page", "sms")
        talk.gets("An", "roster", "sms", words=["David Kim"])
        talk.nothing_else()
        await talk.texts("David", "join mi-1")
        talk.gets("David", "done-join", "sms")
        talk.gets("An", "roster", "sms", words=["David Kim"])
        talk.gets("Hugo", "page-over", "sms")
        await talk.texts("Hugo", "JOIN")
        talk.gets("Hugo", "page-over", "sms")
        talk.nothing_else()
        await talk.passes("14m")
        talk.nothing_else()


async def test_joined_by_mail_and_left_again() -> None:
    async with talking({'via = ["sms", "email"]': 'via = ["email"]'}) as talk:
        await paged(talk, channel="email")
        await talk.replies("Tom", "JOIN\n\nGive me five minutes.\n\nTom")
        talk.gets("Tom", "done-join", words=["482915"])
        talk.gets("An", "roster", "sms")
        await talk.replies("Tom", "DECLINE my shift is over")
        talk.gets("Tom", "done-decline")
        talk.gets("Pieter", "page", words=["JOIN", "https://meet.acme.example/major"])
        talk.gets("An", "roster", "sms", words=["Pieter Jacobs"])
        talk.nothing_else()


async def test_nobody_is_left_and_all_managers_hear_it_once() -> None:
    async with talking() as talk:
        await paged(talk)
        await talk.texts("Hugo", "JOIN")
        talk.gets("Hugo", "done-join", "sms")
        talk.gets("An", "roster", "sms")
        for name, following in (("Tom", "Pieter"), ("Pieter", "Rosa")):
            await talk.texts(name, "DECLINE")
            talk.gets(name, "done-decline", "sms")
            talk.gets(following, "page", "sms")
            talk.gets("An", "roster", "sms", words=[following])
        await talk.texts("Rosa", "DECLINE MI-1")
        talk.gets("Rosa", "done-decline", "sms")
        talk.all_get(MANAGERS, "team-exhausted", *BOTH)
        talk.nothing_else()
        await talk.texts("An", "TEAM MI-1 +sofie")
        talk.gets("An", "done-team", "sms", words=["Sofie Maes"])
        talk.gets("Sofie", "page", *BOTH)
        await talk.texts("Sofie", "JOIN")
        talk.gets("Sofie", "done-join", "sms")
        talk.gets("An", "roster", "sms", words=["Sofie Maes"])
        await talk.texts("An", "TEAM plumbing")
        talk.gets("An", "no-such-name", "sms", words=["plumbing"])
        await talk.passes("10m")
        talk.nothing_else()


@pytest.mark.parametrize(("key", "answer"), [("1", "done-join"), ("2", "done-decline")])
async def test_a_key_pressed_in_the_call(key: str, answer: str) -> None:
    async with talking(BY_VOICE) as talk:
        await paged(talk, channel="voice")
        await talk.presses("Tom", key)
        talk.gets("Tom", answer, "sms")
        talk.gets("An", "roster", "sms")
        if answer == "done-decline":
            talk.gets("Pieter", "page", "voice")
        talk.nothing_else()
        await talk.passes("2m")
        talk.all_get(("Hugo", "Pieter") if answer == "done-decline" else ("Hugo",), "page", "voice")
        talk.nothing_else()


async def test_the_end_is_told_to_the_team_and_nobody_is_called_after_it() -> None:
    async with talking() as talk:
        await paged(talk)
        await talk.texts("Tom", "JOIN")
        talk.gets("Tom", "done-join", "sms")
        talk.gets("An", "roster", "sms")
        await talk.texts("An", "RESOLVE MI-1 Cards work again.")
        talk.gets("An", "done-resolve", "sms")
        talk.all_get(("Tom", "Hugo"), "page-over", "sms")
        talk.decided("decision-resolved", "An", "proposer-over")
        talk.staff_gets("all-clear")
        talk.review_opens("An", "Tom")
        await talk.texts("Hugo", "JOIN MI-1")
        talk.gets("Hugo", "wrong-status", "sms")
        await talk.passes("2h")
        talk.nothing_else()


async def test_a_restart_in_the_middle_of_the_calling() -> None:
    async with talking() as talk:
        await paged(talk)
        await talk.texts("Hugo", "JOIN")
        talk.gets("Hugo", "done-join", "sms")
        talk.gets("An", "roster", "sms")
        await talk.restarts()
        talk.nothing_else()
        await talk.passes("3m")
        talk.gets("Pieter", "page", "sms")
        talk.gets("An", "roster", "sms")
        talk.nothing_else()


async def test_the_bridges_page_breaks_and_everybody_is_sent_to_the_next() -> None:
    async with web_bridge() as (answer, url), talking({URL: f'url = "{url}"', CHECK: ""}) as talk:
        await paged(talk)
        answer["status"] = 503
        await talk.passes("1m")
        talk.nothing_else()
        await talk.passes("10s")
        talk.all_get(("Hugo", "Tom"), "bridge", "sms", words=["771204"])
        talk.all_get(SEEN_BY_ALL, "bridge", *BOTH, words=["771204", "Conference"])
        talk.gets("Lotte", "bridge", words=["771204"])
        talk.nothing_else()
        answer["status"] = 200
        await talk.passes("1m")
        talk.nothing_else()


async def test_a_bridge_that_is_broken_before_anybody_is_paged_is_in_no_page() -> None:
    async with web_bridge() as (answer, url), talking({URL: f'url = "{url}"', CHECK: ""}) as talk:
        answer["status"] = 404
        await talk.proposed(body="Service: payments")
        await talk.passes("10s")
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An", "proposer-accepted")
        talk.staff_gets("initial")
        for name in ("Hugo", "Tom"):
            assert url not in talk.gets(name, "page", "sms", words=["771204"]).text
        talk.nothing_else()


async def test_bridge_again_next_and_in_the_managers_own_words() -> None:
    async with talking() as talk:
        await paged(talk)
        await talk.texts("An", "BRIDGE")
        talk.gets("An", "done-bridge", "sms", words=["482915"])
        talk.all_get(("Hugo", "Tom"), "bridge", "sms", words=["482915"])
        for words, shown in (("BRIDGE MI-1 next", "771204"), ("BRIDGE MI-1 Room 4.12", "Room 4.12")):
            await talk.texts("An", words)
            talk.gets("An", "done-bridge", "sms", words=[shown])
            talk.all_get(("Hugo", "Tom"), "bridge", "sms", words=[shown])
            talk.all_get(("James", "Claire"), "bridge", *BOTH, words=[shown])
            talk.gets("Lotte", "bridge", words=[shown])
        talk.nothing_else()


@pytest.mark.parametrize("edits", [pytest.param({}, id="by webhook"), pytest.param(NO_WEBHOOK, id="without a webhook")])
async def test_bridge_call_dials_everyone_into_one_conference(edits: dict[str, str]) -> None:
    async with talking(edits) as talk:
        await paged(talk)
        await talk.texts("Tom", "JOIN")
        talk.gets("Tom", "done-join", "sms")
        talk.gets("An", "roster", "sms")
        await talk.texts("An", "BRIDGE CALL")
        talk.gets("An", "done-bridge", "sms")
        talk.all_get(("An", "Tom", "Hugo"), "bridge-call", "voice")
        for name in ("An", "Tom", "Hugo"):
            (call,) = talk.organization.twilio.phones.calls(talk.organization.person(name).phones[0])
            assert "<Dial><Conference>murphy MI-1</Conference></Dial>" in call.twiml
        await talk.passes("2m")
        talk.nothing_else()


async def test_what_an_engineer_writes_without_a_verb_reaches_the_manager() -> None:
    async with talking() as talk:
        await paged(talk)
        await talk.texts("Tom", "on my way")
        talk.gets("Tom", "not-understood", "sms", words=["JOIN MI-1"])
        talk.gets("An", "reply", *BOTH, words=["on my way"])
        talk.nothing_else()
