"""`murphyd state`, and how the commands find the state folder whatever the configuration is like."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from config.faults import ConfigurationFaults
from daemon.commands.place import LAST_GOOD, find
from daemon.state.lock import Lock
from daemon.state.store import read_store
from tests.commands.murphyd import Murphyd


def test_what_is_intact_is_said_to_be(murphyd: Murphyd) -> None:
    done = murphyd.run("state", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith("1 archives: intact")


def test_damage_is_a_line_each_and_the_rest_is_still_shown(murphyd: Murphyd, tmp_path: Path) -> None:
    damaged = murphyd.copy(tmp_path / "damaged")
    archive = damaged.state / "archive" / "MI-1.jsonl"
    archive.write_bytes(archive.read_bytes().replace(b"we look into it", b"we look into IT"))
    done = damaged.run("state", "verify")
    assert done.returncode == 2
    assert done.stdout.splitlines()[-1].endswith("damaged")
    assert all(line.startswith("murphyd: MI-1.jsonl: line ") for line in done.stderr.splitlines())
    journal = max(damaged.state.glob("journal-*.jsonl"))
    journal.write_bytes(journal.read_bytes().replace(b"does not answer", b"does not ANSWER", 1))
    done = damaged.run("incidents")
    assert done.returncode == 0
    assert "MI-2" in done.stdout
    assert f"{journal.name}: line" in done.stderr


def test_a_backup_is_a_state_folder_of_its_own(murphyd: Murphyd, tmp_path: Path) -> None:
    copied = murphyd.copy(tmp_path / "copied")
    assert copied.run("state", "backup", str(tmp_path / "backup")).returncode == 0
    shutil.rmtree(copied.state)
    shutil.move(tmp_path / "backup", copied.state)
    for words in (["incidents"], ["show", "1"]):
        assert copied.run(*words).stdout == murphyd.run(*words).stdout


def test_backups_in_turn_keep_the_newest_and_remove_nothing_else(murphyd: Murphyd, tmp_path: Path) -> None:
    for name in ("murphyd-2026-01-01T034000Z", "murphyd-2026-01-02T034000Z", "mine", "murphyd-old"):
        (tmp_path / name).mkdir()
    done = murphyd.run("state", "backup", "--keep", "2", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    left = sorted(path.name for path in tmp_path.iterdir() if path.name != "murphyd")
    assert left[:2] == ["mine", "murphyd-2026-01-02T034000Z"]
    assert left[-1] == "murphyd-old"
    (new,) = left[2:-1]
    assert read_store(tmp_path / new).table("incidents")


def test_a_backup_overwrites_nothing(murphyd: Murphyd, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    done = murphyd.run("state", "backup", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is not empty" in done.stderr


def test_an_export_is_opened_by_stock_tinydb(murphyd: Murphyd, tmp_path: Path) -> None:
    assert murphyd.run("state", "export", str(tmp_path / "state.json")).returncode == 0
    with TinyDB(tmp_path / "state.json", access_mode="r") as base:
        assert [row["manager"] for row in base.table("incidents")] == ["james.whitfield@acme.example", ""]


def test_compacting_keeps_everything(murphyd: Murphyd, tmp_path: Path) -> None:
    copied = murphyd.copy(tmp_path / "copied")
    assert copied.run("state", "compact").returncode == 0
    assert [path.name[:8] for path in sorted(copied.state.glob("*.jsonl"))] == ["snapshot"]
    assert copied.run("show", "2").stdout == murphyd.run("show", "2").stdout


def test_beside_a_running_daemon_all_is_read_and_nothing_compacted(murphyd: Murphyd, tmp_path: Path) -> None:
    copied = murphyd.copy(tmp_path / "copied")
    lock = Lock(copied.state)
    try:
        assert copied.run("show", "2").returncode == 0
        assert copied.run("state", "verify").returncode == 0
        done = copied.run("state", "compact")
    finally:
        lock.release()
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is in use by process" in done.stderr


def test_reading_changes_nothing(murphyd: Murphyd, tmp_path: Path) -> None:
    copied = murphyd.copy(tmp_path / "copied")
    before = {path: path.read_bytes() for path in copied.state.rglob("*") if path.is_file()}
    for words in (["incidents"], ["show", "1"], ["state", "verify"], ["state", "export", str(tmp_path / "x")]):
        copied.run(*words)
    assert {path: path.read_bytes() for path in copied.state.rglob("*") if path.is_file()} == before


def test_without_a_state_folder_one_line_says_so(murphyd: Murphyd, tmp_path: Path) -> None:
    copied = murphyd.copy(tmp_path / "copied")
    shutil.rmtree(copied.state)
    done = copied.run("incidents")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(copied.state) in done.stderr


def _without(name: str) -> Callable[[Path], object]:
    return lambda etc: (etc / name).unlink()


def _with_settings(old: str, new: str) -> Callable[[Path], object]:
    def edit(etc: Path) -> None:
        settings = etc / "murphyd.toml"
        assert old in settings.read_text()
        settings.write_text(settings.read_text().replace(old, new))

    return edit


@pytest.mark.parametrize(
    ("spoil", "names"),
    [
        pytest.param(_without("procedure.toml"), True, id="no procedure"),
        pytest.param(_with_settings('password = "sandbox"', ""), True, id="a secret that only the daemon is given"),
        pytest.param(_with_settings("[twilio]", "[twillio]"), True, id="an unknown table"),
        pytest.param(_with_settings('timezone = "Europe/Brussels"', "timezone = 3"), True, id="a faulty zone"),
        pytest.param(_without("contacts.csv"), False, id="no contacts: addresses stand for names"),
    ],
)
def test_a_faulty_configuration_is_enough_to_read(
    murphyd: Murphyd, tmp_path: Path, spoil: Callable[[Path], object], names: bool
) -> None:
    copied = murphyd.copy(tmp_path / "copied")
    spoil(copied.home / "etc")
    done = copied.run("incidents", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    manager = json.loads(done.stdout)["incidents"][1]["manager_name"]
    assert manager == ("James Whitfield" if names else "james.whitfield@acme.example")


def test_without_readable_settings_the_last_good_copy_says_where(murphyd: Murphyd, tmp_path: Path) -> None:
    usual = murphyd.copy(tmp_path / "copied").state
    shutil.copytree(tmp_path / "copied" / "etc", usual / LAST_GOOD)
    place = find(tmp_path / "nowhere", usual)
    assert place.state == usual
    assert place.name("an.peeters@acme.example") == "An Peeters"
    assert len(read_store(place.state).table("incidents")) == 2


def test_with_neither_the_fault_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFaults, match=r"murphyd\.toml"):
        find(tmp_path / "nowhere", tmp_path / "empty")
