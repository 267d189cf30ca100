"""`murphyd check` as it is typed: its lines, its exit status, its JSON, its colours."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.murphyd import Murphyd
from tests.core.vocabulary import EXAMPLE, FILLED


@pytest.fixture
def folder(tmp_path: Path) -> Murphyd:
    """The example's folder, with a state folder of its own."""
    etc = tmp_path / "etc"
    etc.mkdir()
    for name in ("procedure.toml", "contacts.csv"):
        (etc / name).write_text((EXAMPLE / name).read_text())
    words = (EXAMPLE / "murphyd.toml.in").read_text()
    for key, value in {**FILLED, "state_dir": str(tmp_path / "state")}.items():
        words = words.replace(f"{{{key}}}", str(value))
    (etc / "murphyd.toml").write_text(words)
    return Murphyd(tmp_path)


def change(folder: Murphyd, file: str, old: str, new: str) -> None:
    path = folder.home / "etc" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_weaknesses_are_a_line_each_and_exit_1(folder: Murphyd) -> None:
    change(folder, "procedure.toml", 'repeat = "5m"\n', "")
    done = folder.run("check", "--offline")
    assert (done.returncode, done.stderr) == (1, "")
    wanted = 'weakness  procedure.toml: decide.2.repeat: is missing: then nobody is asked again; write repeat = "5m"'
    assert f"{wanted}  [no-repeat]" in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1].endswith(" weaknesses")
    assert "\x1b" not in done.stdout


def test_faults_exit_2_by_standard_error(folder: Murphyd) -> None:
    change(folder, "procedure.toml", 'every = "60m"', 'evry = "60m"')
    done = folder.run("check", "--offline")
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["fault     procedure.toml"]
    assert done.stdout == f"{folder.home / 'etc'}: 1 fault\n"


def test_a_missing_folder_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    done = Murphyd(tmp_path).run("check")
    assert done.returncode == 2
    assert "murphyd.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_has_all_of_it_and_the_same_exit(folder: Murphyd) -> None:
    done = folder.run("check", "--offline", "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["connections"] == []
    assert {"severity", "rule", "file", "key", "problem", "cure"} == set(document["findings"][0])
    change(folder, "procedure.toml", 'every = "60m"', 'evry = "60m"')
    done = folder.run("check", "--json")
    assert (done.returncode, done.stderr) == (2, "")
    assert [finding["severity"] for finding in json.loads(done.stdout)["findings"]] == ["fault"]


def test_what_does_not_answer_is_a_fault_with_the_time_it_took(folder: Murphyd) -> None:
    """Nothing listens on the example's ports, unless the machine has it: the mailbox's name is none."""
    change(folder, "murphyd.toml", 'host = "127.0.0.1"\nport = 1143\nsecurity = "none"', 'host = "imap.acme.invalid"')
    done = folder.run("check")
    assert done.returncode == 2
    (line,) = (line for line in done.stdout.splitlines() if "mailbox incidents" in line)
    assert line.startswith("failed")
    assert " ms  " in line
    assert "mailbox.incidents: cannot connect: its name cannot be resolved" in done.stderr


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_on_a_terminal_unless_they_are_not_wanted(
    folder: Murphyd, environment: dict[str, str], coloured: bool
) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "daemon", "check", "--offline", "--config", str(folder.home / "etc")]
    subprocess.run(command, stdout=theirs, timeout=60, check=False, env={**os.environ, "TERM": "xterm", **environment})
    os.close(theirs)
    shown = os.read(ours, 65536)
    os.close(ours)
    assert (b"\x1b[" in shown) is coloured
    assert b"one-relay" in shown


def test_a_template_that_fails_and_a_carriers_word_are_faults(folder: Murphyd) -> None:
    templates = folder.home / "etc" / "templates"
    templates.mkdir()
    (templates / "en.toml").write_text('[verbs]\nACCEPT = ["yes"]\n[initial]\nsms = "{{ nothing }}"\n')
    done = folder.run("check", "--offline")
    assert done.returncode == 2
    assert '"yes" is taken by carriers' in done.stderr
    assert "initial.sms" in done.stderr
