"""`murphyd sandbox` by hand: whatever is typed, it goes on, and shows what comes of it."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from daemon.sandbox.outage import OUTAGE
from daemon.sandbox.switchboard import SWITCHES

ROOT = Path(__file__).parents[2]

UNUSABLE = (
    "frob", "mail", "mail nobody x", "mail lotte", "reply", "reply an ACCEPT", "text nobody x", "see", "cut",
    "cut world", "mend world", "wait", "wait 5", "wait 2d", "wait 25h", "wait 99999999999999h", "wait ٣m",
    "speed", "speed fast", "drill stop", "press an", "press an 1",
)  # fmt: skip


async def typed(*lines: str) -> list[str]:
    """What it shows. Raises AssertionError where it does not end well."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "sandbox",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    async with asyncio.timeout(120):
        shown, errors = await process.communicate("".join(f"{line}\n" for line in lines).encode())
    assert (process.returncode, errors) == (0, b"")
    return [line.rstrip() for line in shown.decode().splitlines()]


async def test_the_demo_is_as_the_readme_shows_it_and_says_what_happens() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "sandbox", "--scenario", "outage", "--speed", "6000",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env={**os.environ, "COLUMNS": "80"},
    )  # fmt: skip
    async with asyncio.timeout(120):
        shown, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    lines = shown.decode().splitlines()
    assert [line for line in lines if line != line.rstrip() or len(line) > 80] == []
    excerpt = (ROOT / "README.md").read_text().partition("```text\n")[2].partition("```")[0]
    flat, told = " ".join(shown.decode().split()), excerpt.replace("…", "\n").splitlines()
    assert [line for line in told if " ".join(line.split()) not in flat] == []
    assert [step.happens in flat and step.seen in flat for step in OUTAGE.steps] == [True] * len(OUTAGE.steps)


async def test_what_cannot_be_done_is_told_and_nothing_ends() -> None:
    shown = await typed(*UNUSABLE, "mail lotte Web shop is down | Nobody can order.", "quit")
    assert any("Murphy texts An Peeters" in line for line in shown)
    start = shown.index(next(line for line in shown if "no command" in line))
    end = shown.index(next(line for line in shown if "Lotte Claes mails Murphy" in line))
    assert len([line for line in shown[start:end] if line]) == len(UNUSABLE)


@pytest.mark.parametrize("cut", [("relay", "voice", "disk"), ("mailbox", "modem"), ("sms", "daemon")], ids="+".join)
async def test_whatever_is_cut_can_be_mended_also_after_a_restart(cut: tuple[str, ...]) -> None:
    cuts, mends = ([f"{verb} {what}" for what in cut] for verb in ("cut", "mend"))
    shown = await typed(
        "mail lotte Web shop is down", *cuts, *cuts, "text an ACCEPT", "restart", "wait 4m",
        *mends, *mends, "wait 10m", "text an STATUS", "see an",
    )  # fmt: skip
    for switch in SWITCHES:
        assert sum(switch.back in line for line in shown) == (switch.name in cut), "nothing is mended twice"
    assert any("done-accept" in line for line in shown)
    assert any(line.endswith("status") for line in shown)


async def test_the_address_of_its_page_is_printed_and_the_page_is_there_while_nobody_types() -> None:
    """With the end of input at once: then SIGTERM ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "sandbox", "--no-browser",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(120):
        while b"http://" not in (line := await process.stdout.readline()):
            assert line
        address = re.search(r"http://127\.0\.0\.1:\d+/", line.decode())
        assert address
        async with aiohttp.ClientSession() as http, http.get(address[0]) as page:
            assert page.status == 200
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


async def test_an_interrupt_ends_it_before_another_line_is_typed() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "sandbox", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"frob\n")
    async with asyncio.timeout(120):
        while b"no command" not in (line := await process.stdout.readline()):
            assert line
        process.send_signal(signal.SIGINT)
        await process.stdout.read()
        assert await process.wait() == 130
