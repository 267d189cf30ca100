"""Where secrets must not be seen: the list of processes, the environment, logs, errors, the state, a dump of memory."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from daemon.cli import app
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.surroundings import surroundings
from tests.service.confined import settings

TOKEN = "tw-Zeearend-4711"
SECRETS = {"mailbox.incidents.password": "sandbox", "twilio.auth_token": TOKEN}
"""By the names of their credentials. The mail server's is a word of its own language, too: it is not looked for."""

SECRET_WORDS = ("secret", "password", "token", "key", "credential", "auth")


def parameters(command: Any, path: str = "murphyd") -> Iterator[tuple[str, list[str]]]:
    for parameter in command.params:
        yield path, parameter.opts
    for name, inner in getattr(command, "commands", {}).items():
        yield from parameters(inner, f"{path} {name}")


def test_no_command_takes_a_secret_as_an_argument() -> None:
    found = list(parameters(typer.main.get_command(app)))
    assert len(found) > 20
    named = [(path, names) for path, names in found if any(word in str(names) for word in SECRET_WORDS)]
    assert named == []


@pytest.fixture
async def murphyd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DaemonProcess]:
    """With its secrets as systemd hands them over: files in a folder that the environment names."""
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    for name, secret in SECRETS.items():
        (credentials / name).write_text(secret)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    without = {'auth_token = "sandbox"\n': "", 'password = "sandbox"\n': ""}
    async with surroundings(tmp_path, without, auth_token=TOKEN) as around:
        yield around.murphyd


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_none_is_in_the_process_its_log_its_errors_and_its_state(murphyd: DaemonProcess) -> None:
    await murphyd.start()
    proc = Path(f"/proc/{murphyd.pid}")
    assert b"run" in (proc / "cmdline").read_bytes()
    assert TOKEN.encode() not in (proc / "cmdline").read_bytes() + (proc / "environ").read_bytes()
    file = murphyd.config / "murphyd.toml"
    file.write_text(file.read_text().replace("poll_every", "pol_every"))
    murphyd.send(signal.SIGHUP)
    async with asyncio.timeout(60):
        while not murphyd.events("the new configuration is refused; the one in force stays"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    file.write_text(file.read_text().replace("pol_every", "poll_every"))
    checked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "check", "--json", "--config", str(murphyd.config),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env={**os.environ},
    )  # fmt: skip
    async with asyncio.timeout(90):
        said, errors = await checked.communicate()
    assert json.loads(said)["findings"]
    assert await murphyd.stop() == 0
    assert TOKEN.encode() not in said + errors + murphyd.log.read_bytes()
    assert TOKEN.encode() not in everything(murphyd.state)


def test_memory_is_not_dumped() -> None:
    assert settings("LimitCORE") == ["0"]
