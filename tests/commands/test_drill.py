"""`murphyd drill`: with a daemon it begins, ends and reports; without one it says so."""

import asyncio
import json

import pytest

from tests.commands.murphyd import Murphyd
from tests.commands.test_say import murphyd_process, typed
from tests.end_to_end.daemon_process import DaemonProcess

__all__ = ["murphyd_process"]


async def test_an_exercise_from_its_beginning_to_its_report(murphyd_process: DaemonProcess) -> None:
    etc = murphyd_process.config
    await murphyd_process.start()
    begun = await typed(etc, "drill", "--lists", "incident-managers,web-engineers", "--service", "webshop")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert begun.stdout.startswith("DR-1 has begun, for 5 people, until ")
    assert "ACCEPT DR-1" in begun.stdout
    twice = await typed(etc, "drill")
    assert (twice.returncode, twice.stdout) == (2, "")
    assert twice.stderr == "murphyd: DR-1 is still on: end it first, with --stop or RESOLVE DR-1\n"
    said = await typed(etc, "say", "DR-1", "ACCEPT", "--as", "James")
    assert said.returncode == 0
    stopped = await typed(etc, "drill", "--stop")
    assert stopped.stdout.startswith("DR-1 is over.")
    async with asyncio.timeout(60):
        while True:
            report = await typed(etc, "drill", "--report", "DR-1", "--json")
            shown = json.loads(report.stdout)
            if shown["reached"] == 5:
                break
            await asyncio.sleep(0.1)
    assert (shown["drill"], shown["end"], shown["people"]) == ("DR-1", "stopped by an operator", 5)
    assert shown["answered"] == 1
    assert all(one["reached"] for one in shown["contacts"])
    text = await typed(etc, "drill", "--report", "1")
    assert "reached       5 of 5 people" in text.stdout
    assert "James Whitfield" in text.stdout


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param((), "no daemon runs here: an exercise needs it; `murphyd run` starts it", id="without a daemon"),
        pytest.param(("--for", "soon"), '"soon" is no duration', id="how long"),
        pytest.param(("--report", "DR-9"), "there is no DR-9", id="a report of none"),
    ],
)
def test_faults_in_one_line(murphyd: Murphyd, words: tuple[str, ...], fault: str) -> None:
    done = murphyd.run("drill", *words)
    assert done.returncode == 2
    assert fault in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
