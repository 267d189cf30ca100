"""A refresh token that the provider replaced outlives the process, in the state folder, for its owner only."""

from pathlib import Path

import pytest

from channels.oauth import Grant, TokenSource
from daemon.state.tokens import FOLDER, KeptToken, copy_tokens
from tests.channels.test_oauth import Provider, granted, provider

__all__ = ["provider"]


def source(at: Provider, directory: Path, configured: str = "refresh-1") -> TokenSource:
    """What a daemon makes at its start."""
    given = Grant(at.url, "murphy", configured)
    return TokenSource(given, kept=KeptToken(directory, configured))


async def test_after_a_restart_the_newest_one_is_used(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", refresh_token="refresh-2"), granted("two"), granted("three")]
    assert await source(provider, tmp_path)() == "one"
    assert await source(provider, tmp_path)() == "two"
    assert await source(provider, tmp_path, "refresh-new")() == "three"
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-1", "refresh-2", "refresh-new"]


async def test_mailbox_and_relay_by_one_grant_share_it(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", 0, refresh_token="refresh-2"), granted("a", 0, refresh_token="3"), granted("b")]
    mailbox, relay = source(provider, tmp_path), source(provider, tmp_path)
    assert [await mailbox(), await relay(), await mailbox()] == ["one", "a", "b"]
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-1", "refresh-2", "3"]


async def test_it_is_for_its_owner_only_and_its_name_tells_nothing(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", refresh_token="refresh-2")]
    await source(provider, tmp_path)()
    (file,) = (tmp_path / FOLDER).iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert file.read_text() == "refresh-2"
    assert "refresh" not in file.name


async def test_a_backup_has_it(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", refresh_token="refresh-2"), granted("two")]
    for name in ("state", "backup"):
        (tmp_path / name).mkdir()
    await source(provider, tmp_path / "state")()
    copy_tokens(tmp_path / "state", tmp_path / "backup")
    await source(provider, tmp_path / "backup")()
    assert provider.asked[-1]["refresh_token"] == "refresh-2"


async def test_a_disk_that_fails_holds_up_nothing_and_is_told(
    provider: Provider, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    provider.answers = [granted("one", 0, refresh_token="refresh-2"), granted("two")]
    (tmp_path / FOLDER).touch()
    tokens = source(provider, tmp_path)
    assert [await tokens(), await tokens()] == ["one", "two"]
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-1", "refresh-2"]
    assert "cannot be kept" in caplog.text
    assert "refresh-2" not in caplog.text
