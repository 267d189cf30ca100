"""Every command of ours that a document shows is run, on the example organization with its daemon; and restoring is
done as the page says."""

import ast
import asyncio
import os
import re
import shlex
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from daemon.sandbox.organization import Organization
from daemon.sandbox.twilio_server import TwilioServer
from tests.architecture.test_shown import OURS, PAGES, commands
from tests.architecture.tree import ROOT
from tests.end_to_end.surroundings import surroundings

SPOKEN = re.compile(r"`(murphyd [^`\n]+)`")
"""Within a sentence."""

NOT_RUN = {
    "murphyd sandbox": "somebody sits before it; tests/commands/test_sandbox.py types in their place",
    "murphyd run": "it goes on until it is ended: tests/end_to_end/test_run.py",
    "murphyd init": "it asks: tests/setup/test_init.py answers",
    "murphyd contacts import export.csv --lists all-staff": "it reads a file of another program: tests/importing",
    "murphyd sandbox --scenario drill": "a scenario: tests/scenarios/test_drill.py plays it",
    "murphyd sandbox --scenario outage": "a scenario: tests/packaging plays it",
    "murphyd procedure --card --pdf card.pdf": "PDFs take long: tests/procedure/test_command.py",
    "murphyd procedure --pdf procedure.pdf": "the same",
    "murphyd review MI-7 --pdf review.pdf": "the same: tests/review/test_forms.py",
}
"""What is shown and not run here, and why."""

ONLY_NAMED = frozenset({
    "murphyd say", "murphyd show", "murphyd state", "murphyd state backup", "murphyd state export", "murphyd review",
    "murphyd contacts import",
})  # fmt: skip
"""Speaks of a command without its arguments."""

GENERATED = "commands.md"
"""Has the forms of commands, not commands: made from them."""

ALONE = "murphyd state compact"
"""Wants the state for itself."""

JAMES = "+447912555102"
WEAK = 1
EXITS = {"check": (0, WEAK)}
"""The example has weaknesses, as everybody has."""

RUN = """
import ast, sys
from typer.testing import CliRunner
from daemon.cli import app
for words in ast.literal_eval(sys.stdin.read()):
    got = CliRunner().invoke(app, words)
    print(repr((words, got.exit_code, got.output, repr(got.exception))))
"""


def shown() -> list[str]:
    written = [page.read_text() for page in PAGES if page.name != GENERATED]
    spoken = {line for text in written for line in SPOKEN.findall(text)}
    return sorted({*OURS, *spoken} - NOT_RUN.keys() - ONLY_NAMED)


def words(command: str, folder: Path) -> list[str]:
    """With what the document leaves to its reader filled in, and the folder of this configuration."""
    filled = {
        "NAME": "An Peeters", "DIR": str(folder / "backup"), "FILE": str(folder / "file"), "[LIST]": "operators",
    }  # fmt: skip
    filled["/var/backups/murphyd"] = str(folder / "backups")
    filled["procedure.md"] = filled["FILE"]
    given = [filled.get(word, word) for word in shlex.split(command.partition(">")[0])[1:]]
    alone = given in (["--version"], ["init", "--example"])
    return given if alone else [*given, "--config", str(folder / "etc")]


async def ran(lines: Sequence[Sequence[str]], folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=folder
    )
    async with asyncio.timeout(300):
        said, _ = await process.communicate(repr(lines).encode())
    results = [ast.literal_eval(line) for line in said.decode().splitlines()]
    assert len(results) == len(lines)
    wrong = [result for result in results if result[1] not in EXITS.get(result[0][0], (0,))]
    assert not wrong, "\n".join(f"{words}: exit {code}: {said[-300:]}" for words, code, said, _ in wrong)


async def test_every_command_that_is_shown_works(tmp_path: Path) -> None:
    every = shown()
    assert len(every) > 20
    drills = [command for command in every if command.startswith("murphyd drill") and "--" in command]
    begun = [c for c in drills if "--stop" not in c and "--report" not in c]
    about = [c for c in every if "DR-1" in c]
    assert begun
    assert about
    assert ALONE in every
    others = [command for command in every if not command.startswith("murphyd drill") and command not in about]
    async with Organization() as here:
        etc = here.configuration.templates.parent
        (tmp_path / "etc").symlink_to(etc)
        stop = words("murphyd drill --stop", tmp_path)
        await ran(
            [line for command in ["murphyd drill", *begun] for line in (words(command, tmp_path), stop)], tmp_path
        )
        await ran([words(command, tmp_path) for command in about], tmp_path)
        for number in range(7):
            await here.mails("Lotte", f"Trouble {number}", f"Service: web shop\n\nNothing of {number} works.")
            await here.settle()
        written = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "daemon", *words("murphyd procedure", tmp_path), stdout=asyncio.subprocess.PIPE
        )
        text, _ = await written.communicate()
        (tmp_path / "file").write_bytes(text)  # what `procedure --check FILE` compares with; `state export` replaces it
        others.sort(key=lambda command: "export" in command)
        once = {tuple(words(command, tmp_path)): None for command in others if command != ALONE}
        await ran([*once], tmp_path)
        await here.stop()
        await ran([words(ALONE, tmp_path)], tmp_path)
        assert (tmp_path / "backup").is_dir()


def test_what_is_not_run_is_shown_somewhere_or_not_listed() -> None:
    text = "".join(page.read_text() for page in PAGES)
    assert not [c for c in (*NOT_RUN, *ONLY_NAMED) if c not in text]


# Restoring, as docs/operate.md says


@pytest.fixture
def restore() -> list[str]:
    page = ROOT / "docs/operate.md"
    lines = commands(page)
    first = lines.index("systemctl stop murphyd")
    return lines[first : lines.index("systemctl start murphyd", first) + 1]


async def test_a_backup_is_restored_on_another_host_as_the_page_says(tmp_path: Path, restore: list[str]) -> None:
    """By the page's own commands, with /var below a folder of this test, its user in the place of the
    service's, and signals in that of systemctl."""
    backups, state = tmp_path / "var/backups/murphyd", tmp_path / "var/lib/murphyd"
    async with surroundings(tmp_path, {"{state_dir}": str(state)}) as around:
        murphyd, twilio = around.murphyd, around.twilio
        murphyd.state = state
        twilio.webhook = f"http://127.0.0.1:{murphyd.web_port}/twilio/sms"
        state.parent.mkdir(parents=True)
        await murphyd.start()
        await twilio.text("+447912555105", "PROPOSE Tills are down")
        await until_said(twilio, "MI-1")
        await done(f"{sys.executable} -m daemon state backup --keep 14 {backups} --config {murphyd.config}")
        (backup,) = backups.iterdir()
        for command in restore:
            match command.split():
                case ["systemctl", "stop", "murphyd"]:
                    assert await murphyd.stop() == 0
                    mail_seen = state / "not-in-the-backup"
                    mail_seen.touch()
                case ["systemctl", "start", "murphyd"]:
                    await murphyd.start()
                case _:
                    here = command.replace("/var/", f"{tmp_path}/var/")
                    here = here.replace("murphyd:murphyd", f"{os.getuid()}:{os.getgid()}")
                    await done(re.sub(r"murphyd-\d{4}-\d\d-\d\dT\d{6}Z", backup.name, here))
        assert not (state / "not-in-the-backup").exists()
        assert (state.with_name("murphyd.before") / "not-in-the-backup").exists()
        await twilio.text(JAMES, "ACCEPT MI-1 We are on it")
        await until_said(twilio, "MI-1", "You are the incident manager")
        assert murphyd.alive
        murphyd.send(signal.SIGTERM)
        await murphyd.ended(90)


async def done(command: str) -> None:
    process = await asyncio.create_subprocess_shell(command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    async with asyncio.timeout(90):
        _, errors = await process.communicate()
    assert process.returncode == 0, (command, errors.decode())


async def until_said(twilio: TwilioServer, *said: str, to: str = JAMES) -> None:
    async with asyncio.timeout(90):
        while not any(all(word in text.body for word in said) for text in twilio.phones.inbox(to)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
