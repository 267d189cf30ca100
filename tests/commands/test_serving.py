"""Which calls of `murphyd run` do without Typer, and that a fault is said alike in both."""

import subprocess
import sys
from pathlib import Path

import pytest

from daemon.commands.serving import plain

ELSE = [
    ["run", "--help"],
    ["run", "--config"],
    ["run", "--config=DIR"],
    ["run", "--config", "/no/such/folder"],
    ["check", "--config", "."],
    [],
]


def test_as_the_unit_calls_it(tmp_path: Path) -> None:
    assert plain(["run", "--config", str(tmp_path)]) == tmp_path


@pytest.mark.parametrize("arguments", ELSE, ids=lambda words: " ".join(words) or "nothing")
def test_the_rest_is_for_typer(arguments: list[str]) -> None:
    assert plain(arguments) is None


def test_a_fault_is_a_readable_line_and_exit_2() -> None:
    code = "from pathlib import Path; from daemon.commands.serving import serve; serve(Path('/no/such/folder'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "murphyd.toml is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_daemon_is_loaded_without_what_commands_and_few_mails_need() -> None:
    code = """
import sys
from pathlib import Path
from daemon.commands.serving import _serve
try:
    _serve(Path("/no/such/folder"))
except Exception as fault:
    print(type(fault).__name__)
print(*(name for name in ("rich", "typer", "pygments", "dns", "dkim") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ConfigurationFaults"]
