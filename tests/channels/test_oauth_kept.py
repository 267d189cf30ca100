"""A refresh token that the provider replaced outlives the process, in the state folder, for its owner only."""

import asyncio
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channels.oauth import Grant, TokenSource
from channels.resolver import Resolver
from config.types import Auth, OAuth, Secret
from daemon.grants import Grants
from daemon.state.tokens import FOLDER, KeptToken, copy_tokens
from daemon.ways import login_of, relay_of
from tests.channels.test_oauth import Provider, granted, provider
from tests.core.vocabulary import example

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


async def test_two_that_ask_at_once_use_no_refresh_token_twice(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", refresh_token="refresh-2"), granted("two", refresh_token="refresh-3")]
    daemon, check = source(provider, tmp_path), source(provider, tmp_path)
    assert set(await asyncio.gather(daemon(), check())) == {"one", "two"}
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-1", "refresh-2"]


class Watched(KeptToken):
    """Tells when it could not be had."""

    refused = threading.Event()

    def hold(self) -> Callable[[], None] | None:
        held = super().hold()
        if held is None:
            self.refused.set()
        return held


async def test_while_another_process_has_the_grant_it_is_waited_for(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one")]
    other = KeptToken(tmp_path, "refresh-1")
    release = other.hold()
    assert release
    watched = Watched(tmp_path, "refresh-1")
    asking = asyncio.create_task(TokenSource(Grant(provider.url, "murphy", "refresh-1"), kept=watched, deadline=45)())
    assert await asyncio.to_thread(watched.refused.wait, 45)
    other.keep("refresh-2")
    release()
    assert await asking == "one"
    assert [asked["refresh_token"] for asked in provider.asked] == ["refresh-2"]


async def test_another_process_that_hangs_holds_up_nothing(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one")]
    release = KeptToken(tmp_path, "refresh-1").hold()
    assert release
    kept = KeptToken(tmp_path, "refresh-1")
    assert await TokenSource(Grant(provider.url, "murphy", "refresh-1"), kept=kept, deadline=1)() == "one"
    release()


def test_all_tables_of_one_grant_have_one_source(tmp_path: Path) -> None:
    """Else each would ask for a token of its own."""
    settings = example().settings
    first = OAuth("https://login.acme.example/token", "murphy", None, Secret("refresh-1"), "")
    second = replace(first, refresh_token=Secret("refresh-2"))
    grants = Grants(Resolver(), tmp_path)
    box = replace(settings.mailboxes[0], auth=Auth.XOAUTH2, oauth=first)
    relay = replace(settings.relays[0], auth=Auth.XOAUTH2, oauth=first)
    mailbox = login_of(box, grants).token
    assert mailbox is relay_of(relay, grants).token
    assert mailbox is not relay_of(replace(relay, oauth=second), grants).token
    assert relay_of(replace(relay, auth=Auth.PASSWORD), grants).token is None


async def test_it_is_for_its_owner_only_and_its_name_tells_nothing(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", refresh_token="refresh-2")]
    await source(provider, tmp_path)()
    file, lock = sorted((tmp_path / FOLDER).iterdir())
    assert [path.stat().st_mode & 0o777 for path in (file, lock, file.parent)] == [0o600, 0o600, 0o700]
    assert (file.read_text(), lock.read_text()) == ("refresh-2", "")
    assert "refresh" not in file.name + lock.name


async def test_a_backup_has_it(provider: Provider, tmp_path: Path) -> None:
    provider.answers = [granted("one", refresh_token="refresh-2"), granted("two")]
    for name in ("state", "backup"):
        (tmp_path / name).mkdir()
    await source(provider, tmp_path / "state")()
    copy_tokens(tmp_path / "state", tmp_path / "backup")
    assert len(list((tmp_path / "backup" / FOLDER).iterdir())) == 1
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


async def test_a_disk_that_hangs_holds_up_nothing(
    provider: Provider, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Reading a pipe that nobody writes to never returns."""
    provider.answers = [granted("one", refresh_token="refresh-2")]
    kept = KeptToken(tmp_path, "refresh-1")
    (tmp_path / FOLDER).mkdir()
    os.mkfifo(kept._path)
    assert await TokenSource(Grant(provider.url, "murphy", "refresh-1"), kept=kept, deadline=1)() == "one"
    assert "cannot be kept, and the old one is tried after a restart: the disk does not answer" in caplog.text
    os.close(os.open(kept._path, os.O_WRONLY))
