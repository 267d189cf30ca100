"""What systemd hears over its socket (sd_notify(3)): ready, alive, reloading, ending, and how it stands."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from daemon import systemd
from daemon.sandbox.organization import Organization
from daemon.upkeep import status
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.surroundings import surroundings


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """systemd's end of the socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
        end.bind(str(tmp_path / "notify"))
        end.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "900000")
        yield end


class Heard:
    """The messages in order, as they come."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.all: list[dict[str, str]] = []

    async def until(self, key: str) -> dict[str, str]:
        """The next message with this key."""
        async with asyncio.timeout(60):
            while True:
                raw = await asyncio.get_running_loop().sock_recv(self._end, 4096)
                said = dict(line.partition("=")[::2] for line in raw.decode().splitlines())
                self.all.append(said)
                if key in said:
                    return said


@pytest.fixture
async def murphyd(manager: socket.socket, tmp_path: Path) -> AsyncIterator[DaemonProcess]:
    async with surroundings(tmp_path) as around:
        yield around.murphyd


async def test_from_the_start_to_the_end(murphyd: DaemonProcess, manager: socket.socket) -> None:
    heard = Heard(manager)
    before = time.monotonic_ns() // 1000
    await murphyd.spawn()
    assert (await heard.until("READY"))["READY"] == "1"
    assert (await heard.until("WATCHDOG"))["WATCHDOG"] == "1"
    murphyd.send(signal.SIGHUP)
    reloading = await heard.until("RELOADING")
    assert before < int(reloading["MONOTONIC_USEC"]) < time.monotonic_ns() // 1000
    assert (await heard.until("READY"))["READY"] == "1"
    await heard.until("WATCHDOG")
    ended = asyncio.create_task(murphyd.stop())
    assert (await heard.until("STOPPING"))["STOPPING"] == "1"
    assert await ended == 0
    assert {message["STATUS"] for message in heard.all if "STATUS" in message} >= {"Waiting", "Ending"}


def stopped(pid: int) -> bool:
    """Whether each of its threads is (proc_pid_stat(5))."""
    stats = [task.joinpath("stat").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return all(stat.rpartition(")")[2].split()[0] == "T" for stat in stats)


async def test_no_sign_of_life_while_the_process_hangs(murphyd: DaemonProcess, manager: socket.socket) -> None:
    """A process that is stopped feeds nothing, and feeds again once it goes on."""
    heard = Heard(manager)
    await murphyd.spawn()
    await heard.until("WATCHDOG")
    os.kill(murphyd.pid, signal.SIGSTOP)
    async with asyncio.timeout(60):
        while not stopped(murphyd.pid):  # noqa: ASYNC110 (one of its threads may be about to write)
            await asyncio.sleep(0.01)
    while True:
        try:
            manager.recv(4096)
        except BlockingIOError:
            break
    await asyncio.sleep(1.0)
    with pytest.raises(BlockingIOError):
        manager.recv(4096)
    os.kill(murphyd.pid, signal.SIGCONT)
    assert await heard.until("WATCHDOG")
    assert await murphyd.stop() == 0


@pytest.mark.parametrize("address", ["", "/nowhere/at/all", "@nobody-listens-here"])
def test_nothing_depends_on_who_listens(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    systemd.ready("Waiting")


async def test_the_status_says_what_is_open_and_what_does_not_work_in_a_line() -> None:
    async with Organization() as organization:
        state = organization.daemon.state
        assert status(state) == "Waiting"
        await organization.mails("Lotte", "Web shop is down", "Service: web shop")
        await organization.settle()
        assert status(state) == "Open: MI-1"
        await organization.mails("Nadia", "Money is missing", "Confidential: yes\n\nNobody must know.")
        await organization.settle()
        assert status(state) == "Open: MI-1"
        await organization.cut_mailbox()
        await organization.settle()
        assert status(state) == "Open: MI-1; not working: incidents"
