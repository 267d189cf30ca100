"""Style sheet, scripts and icon: small, at an address of their own content, kept by the browser, and nothing else."""

import aiohttp
import pytest

from daemon.web.assets import FOR_EVER, TYPES, Assets
from daemon.web.server import WebServer
from tests.architecture.tree import ROOT

ASSETS = Assets()
NAMES = sorted(file.name for file in (ROOT / "daemon/web/assets").iterdir() if file.suffix in TYPES)
MOST = 12 * 1024
"""Bytes of one file."""


@pytest.mark.parametrize("name", NAMES)
async def test_each_is_served_to_be_kept_and_never_taken_for_something_else(name: str) -> None:
    server = WebServer("127.0.0.1", 0, routes=ASSETS.routes(), healthy=lambda: True, ready=lambda: True)
    async with (
        server,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{server.port}{ASSETS.url(name)}") as answer,
    ):
        body = await answer.read()
        assert answer.status == 200
        assert 0 < len(body) < MOST
        assert answer.headers["Content-Type"].partition(";")[0] == TYPES["." + name.rpartition(".")[2]]
        assert answer.headers["Cache-Control"] == FOR_EVER
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert b"http" not in body.replace(b"http://www.w3.org/2000/svg", b""), "nothing from elsewhere"


@pytest.mark.parametrize(
    "path", ["/assets/", "/assets/murphy.css", "/assets/murphy.000000000000.css", "/assets/../server.py"]
)
async def test_no_other_address_serves_anything(path: str) -> None:
    server = WebServer("127.0.0.1", 0, routes=ASSETS.routes(), healthy=lambda: True, ready=lambda: True)
    async with (
        server,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{server.port}{path}") as answer,
    ):
        assert answer.status == 404
