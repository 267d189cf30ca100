"""`murphyd say` and `murphyd propose`, with a daemon and without one."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from daemon.commands.acting import act
from daemon.commands.place import find
from daemon.console.requests import Refusal
from daemon.state.lock import Lock
from tests.commands import typed as forked
from tests.commands.murphyd import Murphyd
from tests.commands.typed import Done
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.surroundings import surroundings


async def typed(config: Path, *words: str) -> Done:
    """One after the other: who types the next one waits for the last."""
    return await asyncio.to_thread(forked.typed, *words, "--config", str(config))


@pytest.fixture
async def murphyd_process(tmp_path: Path) -> AsyncIterator[DaemonProcess]:
    async with surroundings(tmp_path) as around:
        yield around.murphyd


async def test_from_the_first_word_without_a_daemon_to_the_last_with_one(murphyd_process: DaemonProcess) -> None:
    etc, state = murphyd_process.config, murphyd_process.state
    state.mkdir(mode=0o700)
    left = await typed(etc, "propose", "The", "shop is down", "--as", "lotte claes", "--service", "webshop")
    assert (left.returncode, left.stderr) == (0, "")
    assert left.stdout == "No daemon runs here. It is written down, and will be done once, when murphyd starts next.\n"
    await murphyd_process.start()
    async with asyncio.timeout(60):
        while not (await typed(etc, "incidents")).stdout.count("The shop is down"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    said = await typed(etc, "say", "MI-1", "ACCEPT", "--as", "James")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("[MI-1] The shop is down")
    again = await typed(etc, "say", "MI-1", "accept", "--as", "Claire")
    assert again.returncode == 1, "nothing came of it"
    assert "James Whitfield" in again.stdout
    options = await typed(etc, "say", "MI-1", "NOTE", "-gateway", "--as", "James", "is", "back")
    assert options.returncode == 0
    shown = json.loads((await typed(etc, "show", "MI-1", "--json")).stdout)
    assert [event["text"] for event in shown["timeline"] if event["event"] == "Noted"] == [
        "James Whitfield noted: -gateway is back"
    ]
    await murphyd_process.stop()
    assert not (state / "console.sock").exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param(
            ("say", "MI-2", "ACCEPT"),
            "say who speaks: --as NAME. The incident managers are An Peeters, James Whitfield, Claire Dubois",
            id="nobody speaks",
        ),
        pytest.param(
            ("propose", "fire", "--as", "Zoe"),
            'nobody on file is called "Zoe"; `murphyd contacts` lists everybody',
            id="a stranger proposes",
        ),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(murphyd: Murphyd, words: tuple[str, ...], fault: str) -> None:
    before = sorted(murphyd.state.iterdir())
    done = murphyd.run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"murphyd: {fault}\n")
    assert sorted(murphyd.state.iterdir()) == before


def test_a_daemon_that_does_not_listen_is_not_passed_over(murphyd: Murphyd, tmp_path: Path) -> None:
    copy = murphyd.copy(tmp_path / "copy")
    lock = Lock(copy.state)
    with pytest.raises(Refusal, match="does not listen at its console"):
        act(find(copy.home / "etc", copy.state), {"do": "say"}, within=0)
    lock.release()


def test_damage_is_left_for_the_daemon_to_find(murphyd: Murphyd, tmp_path: Path) -> None:
    copy = murphyd.copy(tmp_path / "copy")
    newest = max(copy.state.glob("*.jsonl"))
    whole = newest.read_bytes()
    newest.write_bytes(whole[:200] + b"?" + whole[201:])
    done = copy.run("say", "MI-2", "NOTE", "hello", "--as", "An")
    assert done.returncode == 2
    assert "is damaged" in done.stderr
    assert newest.read_bytes()[200:201] == b"?"
