"""The secret: made once, kept, its owner's alone."""

import os
from pathlib import Path

import pytest

from daemon.identity.secret import NAME, load_secret


def test_the_first_start_makes_it_and_the_next_ones_keep_it(tmp_path: Path) -> None:
    secret = load_secret(tmp_path)
    assert len(secret) == 32
    assert load_secret(tmp_path) == secret


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_secret(tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_may_read_is_narrowed(tmp_path: Path) -> None:
    secret = load_secret(tmp_path)
    (tmp_path / NAME).chmod(0o644)
    assert load_secret(tmp_path) == secret
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    secret = load_secret(tmp_path)
    assert len(secret) == 32
    assert load_secret(tmp_path) == secret


def test_what_a_crash_left_half_made_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.new").write_bytes(b"half")
    secret = load_secret(tmp_path)
    assert load_secret(tmp_path) == secret
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert load_secret(tmp_path / "a") != load_secret(tmp_path / "b")


def test_no_folder_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        load_secret(tmp_path / "none")
