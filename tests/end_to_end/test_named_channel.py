"""A named channel in the whole daemon: a decision request is posted to each manager's own place in a chat."""

from typing import Any

from aiohttp import web

from daemon.sandbox.conversation import Conversation
from daemon.sandbox.organization import Organization
from daemon.sandbox.ports import free_port

CHAT = '[[other]]\nname = "chat"\nurl = "json://127.0.0.1:{port}/{{contact.email}}"\n\n[web]'


async def test_managers_are_asked_in_the_chat_and_by_text_where_it_is_down() -> None:
    posts: list[tuple[str, dict[str, Any]]] = []

    async def take(request: web.Request) -> web.Response:
        posts.append((request.path, await request.json()))
        return web.Response()

    app = web.Application()
    app.add_routes([web.post("/{path:.*}", take)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    edits = {
        "[web]": CHAT.format(port=port),
        'via = ["email+sms"]': 'via = ["chat", "sms"]',
    }
    async with Organization(edits=edits) as organization:
        talk = Conversation(organization)
        await talk.texts("Emma Clarke", "PROPOSE Tills are down")
        talk.hears("Emma Clarke", "sms", "MI-1")
        talk.nothing_else()
        assert sorted(path for path, _ in posts) == [
            "/an.peeters@acme.example",
            "/claire.dubois@acme.example",
            "/james.whitfield@acme.example",
        ]
        (james,) = [post for path, post in posts if path.startswith("/james")]
        assert "MI-1" in james["title"]
        assert "ACCEPT MI-1" in james["message"]

        await runner.cleanup()
        await talk.passes("2m")
        await talk.texts("Nadia Benali", "PROPOSE The warehouse has no network")
        for name in ("An Peeters", "James Whitfield", "Claire Dubois"):
            talk.hears(name, "sms", "MI-2", "ACCEPT MI-2")
