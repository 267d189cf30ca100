"""What the documents show is so: commands that run, keys that exist, tables and diagrams that are the code's."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config.reference import reference
from daemon.commands.init import example
from daemon.procedure.pages import block, states, verbs
from daemon.setup.answers import read
from tests.architecture.tree import ROOT, files
from tests.procedure.flow import flow

GENERATED = frozenset({"messages.md", "example-procedure.md", "example-review.md"})
PAGES = [path for path in files() if path.suffix == ".md" and path.name not in GENERATED]
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

ELSEWHERE = re.compile(r"^(?:    |)(?:murphyd|make|scripts/\S+|systemctl) .*$", re.MULTILINE)

OUTSIDE = frozenset({
    "adduser", "apt-get", "chgrp", "chown", "cp", "curl", "cut", "git", "install", "journalctl", "mv", "rsync", "sudo",
    "systemctl", "systemd-ask-password",
})  # fmt: skip
"""Commands of the system, which are not ours to run here."""


def commands(page: Path) -> list[str]:
    """Each command of the page's shell blocks, its continued lines joined, without comments."""
    text = "".join(SHELL.findall(page.read_text())).replace("\\\n", " ")
    lines = (re.sub(r"\s+# .*$", "", line).strip() for line in text.splitlines())
    parts = (part.strip() for line in lines if line and not line.startswith("#") for part in line.split("&&"))
    return [part for part in parts if part]


SHOWN = sorted({command for page in PAGES for command in commands(page)})
OURS = [command for command in SHOWN if command.split(maxsplit=1)[0].endswith("murphyd")]


def test_some_are_shown() -> None:
    assert len(OURS) > 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_are_shown_in_shell_blocks_only(page: Path) -> None:
    """Where they are found, and run."""
    assert ELSEWHERE.findall(SHELL.sub("", page.read_text())) == []


@pytest.mark.parametrize("command", [command for command in SHOWN if command not in OURS])
def test_every_other_command_is_a_script_of_ours_or_the_system_s(command: str) -> None:
    name = command.split(maxsplit=1)[0]
    if "=" in name:
        name = command.split()[1]
    if name == "make":
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        assert {word for word in command.split()[1:] if "=" not in word} <= targets
    elif "/" in name and not name.startswith("/"):
        assert (ROOT / name).exists() or name.startswith(".venv/"), command
    else:
        assert name in OUTSIDE, command


HELP = """
import sys
from typer.testing import CliRunner
from daemon.cli import app
for words in eval(sys.argv[1]):
    got = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "300"})
    print(repr((got.exit_code, got.output)))
"""


def test_every_command_of_ours_that_is_shown_is_understood() -> None:
    """Each option and sub-command, asked for its help instead of being done."""
    lines = []
    for command in OURS:
        words = re.sub(r"\s*(>|<<<|\|).*", "", command).split()[1:]
        options = [word.partition("=")[0] for word in words if word.startswith("--")]
        plain = [word for word in words if not word.startswith("-")]
        lines.append((command, plain, options))
    subcommands = [
        plain[:2] if plain[:1] == ["state"] or plain[:2] == ["contacts", "import"] else plain[:1]
        for _, plain, _ in lines
    ]
    done = subprocess.run(
        [sys.executable, "-c", HELP, repr(subcommands)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    for (command, plain, options), said in zip(lines, done.stdout.splitlines(), strict=True):
        code, text = eval(said)
        assert code == 0, command
        if plain:
            assert not [option for option in options if option not in text and option != "--version"], command


KEYS = re.compile(r"`\[+([a-z_]+)\]+ ([a-z_]+)(?: = [^`]*)?`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_key_that_is_named_exists(page: Path) -> None:
    text = reference()
    tables = re.split(r"^### ", text, flags=re.MULTILINE)
    for table, key in KEYS.findall(page.read_text()):
        found = [part for part in tables if re.match(rf"`\[+{table}\]+`", part)]
        assert found, f"[{table}]"
        assert re.search(rf"^\| `{key}` ", found[0], re.MULTILINE), f"[{table}] {key}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_toml_that_is_shown_is_toml(page: Path) -> None:
    for text in re.findall(r"^```toml\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL):
        tomllib.loads(text)


def test_the_verbs_are_those_of_the_code() -> None:
    assert (ROOT / "docs/verbs.md").read_text() == "".join(verbs())


def test_the_diagram_of_states_is_drawn_from_the_table() -> None:
    assert block((ROOT / "docs/concepts.md").read_text(), "stateDiagram") == "".join(states())


def test_the_diagram_of_an_incident_is_what_the_core_tells_whom() -> None:
    assert block((ROOT / "docs/concepts.md").read_text(), "sequenceDiagram") == "".join(flow())


def test_the_answers_that_init_shows_as_an_example_have_no_fault(tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text(example())
    (tmp_path / "mailbox.password").write_text("secret\n")
    assert read(tmp_path / "answers.toml", {}).mailbox.address
