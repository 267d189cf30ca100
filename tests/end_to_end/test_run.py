"""`murphyd run` as an operator has it: faults, reload, the last good copy, a second daemon, a clean end."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from daemon.sandbox.twilio_server import TwilioServer
from daemon.state.store import read_store
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.surroundings import QUICK, surroundings

OPERATOR = "+447912555105"


class Town:
    def __init__(self, murphyd: DaemonProcess, twilio: TwilioServer) -> None:
        self.murphyd, self.twilio = murphyd, twilio

    def told(self, *words: str) -> bool:
        return any(all(word in text.body for word in words) for text in self.twilio.phones.inbox(OPERATOR))

    async def until(self, true: Callable[[], bool], what: str) -> None:
        async with asyncio.timeout(60):
            while not true():  # noqa: ASYNC110 (it lies in another process)
                await asyncio.sleep(0.05)

    def break_procedure(self) -> None:
        file = self.murphyd.config / "procedure.toml"
        file.write_text(file.read_text().replace('every = "60m"', 'evry = "60m"'))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with surroundings(tmp_path, QUICK) as around:
        yield Town(around.murphyd, around.twilio)


async def command(*arguments: str) -> tuple[int, str]:
    """Exit code and standard error of a murphyd command."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", *arguments, stderr=asyncio.subprocess.PIPE, env={**os.environ}
    )
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    return process.returncode or 0, errors.decode()


async def test_faults_are_a_line_each_and_exit_2(town: Town) -> None:
    settings = town.murphyd.config / "murphyd.toml"
    settings.write_text(settings.read_text().replace("language =", "langage =").replace('name = "primary"', "name = 7"))
    town.break_procedure()
    templates = town.murphyd.config / "templates"
    templates.mkdir()
    (templates / "en.toml").write_text('[all-clear]\ntext = "{{ words"\n')
    code, errors = await command("run", "--config", str(town.murphyd.config))
    assert code == 2
    lines = errors.strip().splitlines()
    assert len(lines) == 4
    files = ("murphyd.toml: ", "procedure.toml: ", "templates/en.toml: all-clear.text: ")
    assert all(line.startswith(files) for line in lines), errors


async def test_a_faulty_folder_is_refused_at_reload_and_at_start_and_the_operators_are_told(town: Town) -> None:
    await town.murphyd.start()
    town.break_procedure()
    town.murphyd.send(signal.SIGHUP)
    await town.until(lambda: town.told("configuration"), "the operators hear of the refused configuration")
    assert await town.murphyd.stop() == 0

    told = len(town.twilio.phones.inbox(OPERATOR))
    await town.murphyd.start()
    await town.until(lambda: len(town.twilio.phones.inbox(OPERATOR)) > told, "and again at a start with the good copy")
    assert await town.murphyd.stop() == 0


async def test_a_reload_takes_a_new_procedure(town: Town) -> None:
    await town.murphyd.start()
    contacts = town.murphyd.config / "contacts.csv"
    contacts.write_text(contacts.read_text() + "New Person,new@acme.example,+32470550190,all-staff,en,\n")
    town.murphyd.send(signal.SIGHUP)
    await town.until(lambda: len(town.murphyd.events("ready")) == 2, "it is ready again")
    assert town.murphyd.events("the configuration is reloaded")
    assert await town.murphyd.stop() == 0


async def test_a_reload_waits_for_the_disk_as_it_would_lose_what_is_in_memory_only(town: Town) -> None:
    full = town.murphyd.config.parent / "full"
    town.twilio.webhook = f"http://127.0.0.1:{town.murphyd.web_port}/twilio/sms"
    await town.murphyd.spawn(sys.executable, "-m", "tests.end_to_end.full", str(full), str(town.murphyd.config))
    await town.until(lambda: bool(town.murphyd.log.exists() and town.murphyd.events("ready")), "it is ready")
    full.touch()
    await town.twilio.text(OPERATOR, "PROPOSE Tills are down")
    await town.until(lambda: town.told("Murphy can't write"), "the operators hear of the disk")
    town.murphyd.send(signal.SIGHUP)
    await town.until(lambda: town.told("configuration", "while the disk fails"), "and why nothing is reloaded")
    full.unlink()
    await town.until(lambda: bool(read_store(town.murphyd.state).table("incidents")), "it is written down after all")
    await town.until(lambda: len(town.murphyd.events("ready")) == 2, "and then it is reloaded")
    assert await town.murphyd.stop() == 0


async def test_a_reload_that_cannot_be_used_here_brings_back_the_one_in_force(town: Town) -> None:
    await town.murphyd.start()
    settings = town.murphyd.config / "murphyd.toml"
    file = settings.with_name("a-file")
    file.touch()
    settings.write_text(settings.read_text().replace(f'directory = "{town.murphyd.state}"', f'directory = "{file}"'))
    town.murphyd.send(signal.SIGHUP)
    await town.until(lambda: town.told("configuration", "it cannot be used here"), "the operators are told")
    await town.twilio.text(OPERATOR, "PROPOSE Tills are down")
    await town.until(lambda: town.told("MI-1"), "it works")
    assert await town.murphyd.stop() == 0


async def test_a_taken_port_of_the_web_server_holds_up_nothing_and_the_operators_hear_of_it(town: Town) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # without listening: Twilio's reports are refused at once
        settings = town.murphyd.config / "murphyd.toml"
        port = taken.getsockname()[1]
        settings.write_text(settings.read_text().replace(f':{town.murphyd.web_port}"', f':{port}"'))
        await town.murphyd.start()
        await town.until(lambda: town.told("web server", "Address already in use"), "the operators are told")
        await town.twilio.text(OPERATOR, "PROPOSE Tills are down")
        await town.until(lambda: town.told("MI-1"), "it works all the same")
    await town.until(lambda: town.told("web server", "works again"), "it listens once the port is free")
    assert await town.murphyd.stop() == 0


async def test_a_signal_to_end_is_obeyed_from_the_first_moment_on(town: Town) -> None:
    """Before the program itself is loaded: one of these is early enough, also where this test is slow."""
    for _ in range(10):
        await town.murphyd.spawn()
        await town.until(lambda: catches(town.murphyd.pid, signal.SIGTERM), "it listens to signals")
        assert await town.murphyd.stop() == 0
        if not town.murphyd.state.exists():
            return
        shutil.rmtree(town.murphyd.state)
    raise AssertionError("each had begun")


def catches(pid: int, number: signal.Signals) -> bool:
    """proc_pid_status(5): the mask of signals with handlers."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    mask = next(line.split()[1] for line in lines if line.startswith("SigCgt:"))
    return bool(int(mask, 16) & 1 << (number - 1))


async def test_a_second_daemon_on_the_same_state_says_who_holds_it(town: Town) -> None:
    await town.murphyd.start()
    code, errors = await command("run", "--config", str(town.murphyd.config))
    assert code == 2
    assert f"process {town.murphyd.pid}" in errors
    assert "Traceback" not in errors
    assert await town.murphyd.stop() == 0
