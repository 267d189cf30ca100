"""The units: systemd finds no fault in them, and they may do as little as possible."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

FOLDER = ROOT / "systemd"
UNITS = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".service", ".timer"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
EXPOSED_AT_MOST = 1.5


def analyze(*words: str) -> str:
    """What systemd-analyze(1) says, about units that it finds in the folder given only."""
    done = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units with a command that is there."""
    for name in UNITS:
        text = (FOLDER / name).read_text()
        assert text.count("/opt/murphyd/bin/murphyd ") == ("ExecStart=" in text)
        (tmp_path / name).write_text(text.replace("/opt/murphyd/bin/murphyd", "/bin/true"))
    return tmp_path


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_no_fault(installed: Path, name: str) -> None:
    assert analyze("verify", "--recursive-errors=no", "--man=no", str(installed / name)) == ""


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_as_little_as_possible(name: str) -> None:
    said = analyze("security", "--offline=true", "--no-pager", str(FOLDER / name))
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert found, said
    assert float(found[1]) <= EXPOSED_AT_MOST


def test_the_timer_starts_its_service() -> None:
    assert {name.removesuffix(".timer") + ".service" for name in UNITS if name.endswith(".timer")} <= set(SERVICES)


def test_the_user_of_the_units_is_made() -> None:
    users = set(re.findall(r"^User=(\S+)$", "".join((FOLDER / n).read_text() for n in SERVICES), re.MULTILINE))
    made = re.findall(r"^u (\S+)", (FOLDER / "murphyd.sysusers.conf").read_text(), re.MULTILINE)
    assert users == set(made)


def test_the_folders_that_the_units_name_are_made() -> None:
    text = "".join((FOLDER / name).read_text() for name in SERVICES)
    named = set(re.findall(r"(?:ReadWritePaths|ReadOnlyPaths)=(/\S+)|LoadCredential=\w+:(\S+)", text))
    made = set(re.findall(r"^d (\S+)", (FOLDER / "murphyd.tmpfiles.conf").read_text(), re.MULTILINE))
    assert {a or b for a, b in named} <= made
