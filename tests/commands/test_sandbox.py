"""`murphyd sandbox` by hand: whatever is typed, it goes on, and shows what comes of it."""

import asyncio
import os
import signal
import sys

import pytest

from daemon.sandbox.switchboard import NAMES, SWITCHES

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
    async with asyncio.timeout(60):
        shown, errors = await process.communicate("".join(f"{line}\n" for line in lines).encode())
    assert (process.returncode, errors) == (0, b"")
    return [line.rstrip() for line in shown.decode().splitlines()]


async def test_what_cannot_be_done_is_told_and_nothing_ends() -> None:
    shown = await typed(*UNUSABLE, "mail lotte Web shop is down | Nobody can order.", "quit")
    assert any("Murphy texts An Peeters" in line for line in shown)
    start = shown.index(next(line for line in shown if "no command" in line))
    end = shown.index(next(line for line in shown if "Lotte Claes mails Murphy" in line))
    assert len([line for line in shown[start:end] if line]) == len(UNUSABLE)


@pytest.mark.parametrize("what", NAMES)
async def test_whatever_is_cut_can_be_mended_also_after_a_restart(what: str) -> None:
    shown = await typed(
        "mail lotte Web shop is down", f"cut {what}", f"cut {what}", "text an ACCEPT", "restart", "wait 4m",
        f"mend {what}", f"mend {what}", "wait 10m", "text an STATUS", "see an",
    )  # fmt: skip
    back = next(switch.back for switch in SWITCHES if switch.name == what)
    assert sum(back in line for line in shown) == 1, "the second time there was nothing to mend"
    assert any("done-accept" in line for line in shown)
    assert any(line.endswith("status") for line in shown)


async def test_an_interrupt_ends_it_before_another_line_is_typed() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "sandbox", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"frob\n")
    async with asyncio.timeout(60):
        while b"no command" not in await process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        await process.stdout.read()
        assert await process.wait() == 130
