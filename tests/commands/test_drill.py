"""`murphyd drill`: with a daemon it begins, ends and reports; without one it says so."""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from daemon.core.model import OPEN
from daemon.core.stimuli import DrillAsked
from daemon.sandbox.organization import Organization
from daemon.sandbox.twilio_faults import refused
from tests.commands.murphyd import Murphyd
from tests.commands.test_say import murphyd_process, typed
from tests.end_to_end.daemon_process import DaemonProcess

__all__ = ["murphyd_process"]


async def on_a_terminal(config: Path, answer: str, *words: str) -> str:
    """What it asks before real messages go to real people; it must do nothing then."""
    ours, theirs = os.openpty()
    try:
        os.write(ours, answer.encode())
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "daemon", *words, "--config", str(config),
            stdin=theirs, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        async with asyncio.timeout(60):
            shown, _ = await process.communicate()
    finally:
        os.close(ours)
        os.close(theirs)
    assert process.returncode == 1
    return shown.decode()


async def reached(etc: Path, people: int) -> dict[str, Any]:
    """The report, once so many have been reached."""
    async with asyncio.timeout(60):
        while True:
            report = await typed(etc, "drill", "--report", "DR-1", "--json")
            shown: dict[str, Any] = json.loads(report.stdout)
            if shown["reached"] == people:
                return shown
            await asyncio.sleep(0.1)


async def test_an_exercise_from_its_beginning_to_its_report(murphyd_process: DaemonProcess) -> None:
    etc = murphyd_process.config
    await murphyd_process.start()
    assert "to 16 people. Begin? [y/N]" in await on_a_terminal(etc, "n\n", "drill")
    begun = await typed(etc, "drill", "--lists", "incident-managers,web-engineers", "--service", "webshop")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert begun.stdout.startswith("DR-1 has begun, for 5 people, until ")
    assert "ACCEPT DR-1" in begun.stdout
    twice = await typed(etc, "drill")
    assert (twice.returncode, twice.stdout) == (2, "")
    assert twice.stderr == "murphyd: DR-1 is still on: end it first, with --stop or RESOLVE DR-1\n"
    await reached(etc, 3)
    said = await typed(etc, "say", "DR-1", "ACCEPT", "--as", "James")
    assert said.returncode == 0
    stopped = await typed(etc, "drill", "--stop")
    assert stopped.stdout.startswith("DR-1 is over.")
    shown = await reached(etc, 5)
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


async def two_roll_calls(home: Path) -> Murphyd:
    """DR-1 reached everybody; before DR-2 Oliver's number has gone, and Pieter's. Then DR-1 is archived."""
    async with Organization() as acme:
        for number in (1, 2):
            asked = DrillAsked(f"console {number}", ("service-desk", "network-engineers", "all-staff"), roll_call=True)
            await acme.daemon.consumer.put(asked)
            await acme.settle()
            await acme.texts("Nadia Benali", f"JOIN DR-{number}")
            await acme.settle()
            await acme.pass_time(timedelta(days=100 if number == 1 else 2))
            for name in ("Oliver Grant", "Pieter Jacobs"):
                acme.twilio.faults[acme.person(name).phones[0]] = refused(21211)
        etc = acme.configuration.templates.parent
        await acme.stop()
        shutil.copytree(etc, home / "etc")
        shutil.copytree(acme.configuration.settings.state.directory, home / "state")
    murphyd = Murphyd(home)
    murphyd.settings.write_text(murphyd.settings.read_text().replace(str(etc.parent), str(home)))
    return murphyd


async def test_a_report_beside_the_last_one_which_is_archived(tmp_path: Path) -> None:
    murphyd = await two_roll_calls(tmp_path)
    text = murphyd.run("drill", "--report", "dr2").stdout
    assert "DR-2  roll call, over" in text
    assert "reached       15 of 16 people" in text
    assert "DR-1 before   16 of 16" in text
    assert "not any more  Oliver Grant" in text
    assert re.search(r"^  Oliver Grant: sms: .+", text, re.MULTILINE)
    assert re.search(r"^  Pieter Jacobs: email after \d+ s; not by sms: .+", text, re.MULTILINE)
    assert re.search(r"^  Nadia Benali: email after \d+ s, answered$", text, re.MULTILINE)
    shown = json.loads(murphyd.run("drill", "--report", "DR-1", "--json").stdout)
    assert (shown["archived"], shown["reached"], shown["before"], shown["answered"]) == (True, 16, "", 1)
    assert shown["messages"] == {"roll-call": 16, "drill-reply": 1}


async def waiting(config: Path, *words: str) -> asyncio.subprocess.Process:
    command = (sys.executable, "-m", "daemon", "drill", "--wait", "--config", str(config), *words)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe)


async def begun(acme: Organization, drill: str) -> None:
    async with asyncio.timeout(60):
        while drill not in acme.daemon.state.incidents:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await acme.settle()


async def ends(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    async with asyncio.timeout(60):
        said, wrong = await process.communicate()
    return process.returncode, said.decode(), wrong.decode()


async def test_waiting_ends_with_the_report() -> None:
    """Also for a script, which gets the one document; Ctrl-C ends the waiting, and not the exercise."""
    async with Organization() as acme:
        etc = acme.configuration.templates.parent
        process = await waiting(etc, "--roll-call")
        assert process.stdout
        async with asyncio.timeout(60):
            assert (await process.stdout.readline()).decode().startswith("DR-1 has begun, for 16 people")
            while b" of " not in (line := await process.stdout.readline()):
                assert line
        await begun(acme, "DR-1")
        assert process.returncode is None
        await acme.pass_time(timedelta(days=1, minutes=40))
        code, said, wrong = await ends(process)
        assert (code, wrong) == (0, "")
        assert "DR-1  roll call, over" in said
        assert "\n  reached       16 of 16 people, " in said

        process = await waiting(etc, "--roll-call", "--json")
        await begun(acme, "DR-2")
        await acme.pass_time(timedelta(days=1, minutes=40))
        code, said, wrong = await ends(process)
        assert (code, wrong) == (0, "")
        assert [json.loads(said)[key] for key in ("drill", "end", "before")] == ["DR-2", "over", "DR-1"]

        process = await waiting(etc, "--roll-call")
        await begun(acme, "DR-3")
        process.send_signal(signal.SIGINT)
        assert (await ends(process))[0] == 130
        assert acme.daemon.state.incidents["DR-3"].status in OPEN
