"""The last good copy loads as the folder did, is for its owner only, and is replaced whole or not at all."""

import stat
from pathlib import Path

import pytest

from config.lastgood import digest, keep_copy
from config.load import load
from tests.config.conftest import Folder


@pytest.fixture
def rich(folder: Folder) -> Folder:
    """A folder with a template, and with secrets in files inside and outside it."""
    (folder.path / "templates" / "nl").mkdir(parents=True)
    folder.write("templates/nl/initial.txt", "{{ incident }}")
    (folder.path / "secrets").mkdir()
    folder.write("secrets/relay", "in a file")
    folder.write("notes.txt", "not the configuration's")
    (folder.path.parent / "outside").write_text("elsewhere")
    folder.edit("murphyd.toml", 'password = "hunter2-relay"', 'password_file = "secrets/relay"')
    outside = folder.path.parent / "outside"
    folder.edit("murphyd.toml", 'password = "hunter2-mailbox"', f'password_file = "{outside}"')
    return folder


def test_the_copy_loads_as_the_folder_did(rich: Folder, tmp_path: Path) -> None:
    to = tmp_path / "state" / "last-good"
    assert keep_copy(rich.path, to)
    copy, original = load(to, {}), rich.load()
    assert (copy.settings, copy.procedure, copy.people) == (original.settings, original.procedure, original.people)
    assert (copy.templates / "nl" / "initial.txt").read_text() == "{{ incident }}"
    assert not (to / "notes.txt").exists()
    assert digest(to) == digest(rich.path)


def test_only_its_owner_may_look(rich: Folder, tmp_path: Path) -> None:
    keep_copy(rich.path, tmp_path / "last-good")
    for path in (tmp_path / "last-good").resolve().rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE((tmp_path / "last-good").resolve().stat().st_mode) == 0o700


def test_a_new_copy_takes_the_place_of_the_old_one(rich: Folder, tmp_path: Path) -> None:
    to = tmp_path / "state" / "last-good"
    for name in ("One", "Two", "Three"):
        rich.write("contacts.csv", f"name,email,lists\n{name},an@acme.example,incident-managers\n")
        keep_copy(rich.path, to)
        assert name in (to / "contacts.csv").read_text()
    assert len(list(to.parent.iterdir())) == 2


def test_what_a_crash_left_behind_is_no_obstacle(rich: Folder, tmp_path: Path) -> None:
    keep_copy(rich.path, tmp_path / "last-good")
    half = tmp_path / "last-good.2"
    half.mkdir()
    (half / "murphyd.toml").write_text("ha")
    (tmp_path / "last-good.link").symlink_to("last-good.2")
    assert load(tmp_path / "last-good", {})
    assert keep_copy(rich.path, tmp_path / "last-good")
    assert load(tmp_path / "last-good", {})
    assert sorted(p.name for p in tmp_path.glob("last-good*")) == ["last-good", "last-good.3"]


def test_a_folder_that_changed_since_is_not_kept(rich: Folder, tmp_path: Path) -> None:
    loaded = digest(rich.path)
    rich.write("contacts.csv", "garbage")
    assert not keep_copy(rich.path, tmp_path / "last-good", loaded)
    assert not (tmp_path / "last-good").exists()


@pytest.mark.parametrize(
    "name", ["murphyd.toml", "contacts.csv", "templates/nl/initial.txt", "secrets/relay", "../outside"]
)
def test_the_digest_changes_with_every_file_that_counts(rich: Folder, name: str) -> None:
    before = digest(rich.path)
    assert digest(rich.path) == before
    rich.write(name, (rich.path / name).read_bytes() + b"\n")
    assert digest(rich.path) != before


def test_the_digest_does_not_change_with_others(rich: Folder) -> None:
    before = digest(rich.path)
    rich.write("notes.txt", "changed")
    assert digest(rich.path) == before


@pytest.mark.parametrize("content", [b"\xff", b"[", b'ca_file = "../../etc/passwd"', b'x_file = "\\u0000"', b"a = 1"])
def test_a_faulty_folder_has_a_digest_too(folder: Folder, content: bytes) -> None:
    folder.write("murphyd.toml", content)
    assert len(digest(folder.path)) == 64


def test_a_folder_that_cannot_be_read_whole_is_not_kept(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "contacts.csv").unlink()
    (folder.path / "contacts.csv").mkdir()
    assert not keep_copy(folder.path, tmp_path / "last-good", digest(folder.path))


def test_a_folder_that_is_not_there_has_a_digest_too(tmp_path: Path) -> None:
    assert digest(tmp_path / "nowhere") == digest(tmp_path / "never")
