"""What every test in the browser needs: where Chromium is, axe-core, pictures to look at, and what a page weighs."""

import os
from collections.abc import Sequence
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ConsoleMessage, Page, Request

CHROMIUM = Path("/usr/bin/chromium")
"""Debian's."""

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip

DEADLINE = 45_000
"""Milliseconds after which something hangs."""

HERE = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:")

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def chromium() -> Path:
    """Raises AssertionError where it is not: the tests then fail, and are not skipped."""
    assert CHROMIUM.exists(), f"{CHROMIUM} is missing: run scripts/test-servers.sh"
    return CHROMIUM


class Watched:
    """What a page did that it should not: errors in its console (a breach of its policy is one), requests elsewhere.

    A test that breaks the connection itself names what the console may then say in `expected`.
    """

    def __init__(self) -> None:
        self.expected: list[str] = []
        self._wrong: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._wrong.append(f"uncaught: {error}"))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._wrong.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(HERE):
            self._wrong.append(f"asked elsewhere: {request.url}")

    def wrong(self) -> list[str]:
        return [line for line in self._wrong if not any(words in line for words in self.expected)]


class Weight:
    """Bytes that came over the wire for a page, headers included, from its making on."""

    def __init__(self) -> None:
        self.bytes = 0

    @classmethod
    async def of(cls, page: Page) -> "Weight":
        weight = cls()
        session = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: weight.add(event["encodedDataLength"]))
        return weight

    def add(self, length: float) -> None:
        self.bytes += int(length)


async def axe(page: Page, *, but: Sequence[str] = ()) -> None:
    """No violation of WCAG 2.2 AA or of good practice, as axe-core sees it; `but` names rules left out, with a reason
    at the call. Raises AssertionError with each violation and its place.
    """
    options = {
        "runOnly": {"type": "tag", "values": list(RULES)},
        "rules": {rule: {"enabled": False} for rule in but},
        "resultTypes": ["violations"],
    }
    found = (await Axe().run(page, options=options)).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {' '.join(node['target'])}: {node['html'][:200]}\n"
        f"    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not lines, "\n".join(lines)


async def screenshot(page: Page, name: str, *, whole: bool = False) -> None:
    """A picture into the folder that $PICTURES names, for somebody to look at; without it, none."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)
