"""Under what the unit allows it still works: the way of an incident, a reload, a command, a backup, a clean end."""

import asyncio
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.organization import EXAMPLE
from daemon.sandbox.twilio_server import TwilioServer
from tests.architecture.tree import ROOT
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.surroundings import QUICK, surroundings
from tests.service.confined import command, settings
from tests.service.test_units import FOLDER

AN, JAMES = "+32470550101", "+447912555102"

TESTED = {
    "AmbientCapabilities": "no capability is left",
    "CapabilityBoundingSet": "no capability is left",
    "LimitCORE": "set",
    "LimitNOFILE": "set",
    "MemoryDenyWriteExecute": "by prctl(2)",
    "NoNewPrivileges": "by setpriv(1)",
    "PrivateIPC": "a namespace",
    "PrivateTmp": "an empty /tmp",
    "PrivateUsers": "a namespace with one user",
    "ProtectHostname": "a namespace",
    "ProtectSystem": "all else is read-only",
    "ProtectHome": "read-only: the interpreter of the tests may lie there",
    "ProtectControlGroups": "a namespace, without a capability",
    "RestrictAddressFamilies": "by seccomp",
    "RestrictNamespaces": "by seccomp, as clone3 is",
    "RestrictRealtime": "by seccomp: its calls are in @resources",
    "SystemCallErrorNumber": "EPERM",
    "SystemCallFilter": "by seccomp",
    "UMask": "set",
}
NOT_TESTED = {
    "DevicePolicy": "needs systemd as init; no device is opened",
    "KeyringMode": "no keyring is used",
    "LockPersonality": "never changed",
    "MemoryMax": "needs systemd as init; see the soak's figures",
    "PrivateDevices": "needs systemd as init; only urandom is read",
    "ProcSubset": "needs a process namespace; only /proc/self is read",
    "ProtectClock": "a capability, which is gone",
    "ProtectKernelLogs": "a capability, which is gone",
    "ProtectKernelModules": "a capability, which is gone",
    "ProtectKernelTunables": "a capability, which is gone",
    "ProtectProc": "needs a process namespace; no other process is looked at",
    "RemoveIPC": "no such objects are made",
    "RestrictSUIDSGID": "no such files are made",
    "SystemCallArchitectures": "no other architecture runs",
    "TasksMax": "needs systemd as init; see the soak's figures",
}


def test_each_restriction_of_the_unit_is_tested_or_said_to_be_not() -> None:
    text = (FOLDER / "murphyd.service").read_text()
    section = text.partition("\nNoNewPrivileges=")
    keys = {
        line.partition("=")[0] for line in (section[1] + section[2]).partition("[Install]")[0].split() if "=" in line
    }
    assert keys | {"UMask"} == TESTED.keys() | NOT_TESTED.keys()
    assert not TESTED.keys() & NOT_TESTED.keys()


@pytest.fixture
def home() -> Iterator[Path]:
    """Not below /tmp, which the daemon has a new one of."""
    folder = Path(tempfile.mkdtemp(prefix="murphyd-", dir="/var/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


PROBE = """
import mmap, os, socket, subprocess
def refused(what, *args, **kwargs):
    try:
        what(*args, **kwargs)
    except OSError as fault:
        return fault.errno
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
print([
    refused(open, "/etc/passwd", "a"), refused(open, "daemon/new", "w"), os.listdir("/tmp"),
    refused(mmap.mmap, -1, 4096, prot=7), refused(socket.socket, 17, 3), refused(socket.socket, 16, 3),
    refused(os.nice, -1), refused(os.unshare if hasattr(os, "unshare") else os.chroot, *(
        (0x10000000,) if hasattr(os, "unshare") else ("/",))),
    int(status["CapEff"], 16), int(status["CapBnd"], 16), int(status["NoNewPrivs"]), int(status["Seccomp"]),
    oct(os.umask(0)),
])
"""


def test_what_the_unit_forbids_is_refused_here(home: Path) -> None:
    """Else the other test would show nothing."""
    said = subprocess.run(command(home, sys.executable, "-c", PROBE), capture_output=True, text=True, check=False)
    ours = [ROOT.parts[2]] if ROOT.is_relative_to("/tmp") else []
    assert said.stdout.strip() == str([30, 30, ours, 13, 1, 1, 1, 1, 0, 0, 1, 2, "0o77"]), said.stderr


@pytest.fixture
async def town(home: Path) -> AsyncIterator[tuple[DaemonProcess, TwilioServer, MailServer]]:
    pages = f'[status_page]\ndirectory = "{home}/pages"\nurl = "https://status.acme.example"\n\n[state]'
    (home / "pages").mkdir()
    async with surroundings(home, {**QUICK, "[state]": pages}) as around:
        yield around.murphyd, around.twilio, around.mail


async def test_it_still_works_so(home: Path, town: tuple[DaemonProcess, TwilioServer, MailServer]) -> None:
    murphyd, twilio, mail = town
    run = (sys.executable, "-m", "daemon", "run", "--config", str(murphyd.config))

    async def until(*words: str, phone: str = AN) -> None:
        async with asyncio.timeout(90):
            while not any(all(w in text.body for w in words) for text in twilio.phones.inbox(phone)):
                assert murphyd.alive, murphyd.log.read_text()[-3000:]
                await asyncio.sleep(0.05)

    async def ready(times: int) -> None:
        async with asyncio.timeout(90):
            while len(murphyd.events("ready")) < times:
                assert murphyd.alive, murphyd.log.read_text()[-3000:]
                await asyncio.sleep(0.05)

    await murphyd.spawn(*command(home, *run))
    await ready(1)
    await twilio.text(JAMES, "PROPOSE Tills are down")
    await until("MI-1")
    await twilio.text(AN, "ACCEPT MI-1 we know")
    await until("MI-1", "An Peeters", phone=JAMES)
    murphyd.send(signal.SIGHUP)
    await ready(2)
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "daemon", "say", "MI-1", "RESOLVE", "All", "is", "well.", "--as", "An Peeters",
        "--config", str(murphyd.config), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    async with asyncio.timeout(60):
        said, _ = await asked.communicate()
    assert asked.returncode == 0, said.decode()
    async with asyncio.timeout(90):
        while not any(b"All is well." in letter.raw for letter in mail.mailbox("lotte.claes@acme.example")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    index = home / "pages" / "index.html"
    async with asyncio.timeout(90):
        while not index.exists() or "All is well." not in index.read_text():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert index.stat().st_mode & 0o777 == 0o644, "whatever the unit's UMask"
    assert await murphyd.stop() == 0
    log = murphyd.log.read_text()
    assert not [word for word in ("Traceback", "Read-only", "not permitted", '"level": "error"') if word in log], log
    assert {path.stat().st_mode & 0o077 for path in murphyd.state.rglob("*")} == {0}


def test_the_backup_works_so_too(home: Path) -> None:
    (home / "state").mkdir()
    (home / "etc").mkdir()
    for name in ("procedure.toml", "contacts.csv"):
        shutil.copy(EXAMPLE / name, home / "etc")
    text = (EXAMPLE / "murphyd.toml.in").read_text().replace("{state_dir}", str(home / "state"))
    (home / "etc" / "murphyd.toml").write_text(text.replace("{imap_port}", "1").replace("{smtp_port}", "1").replace(
        "{twilio_port}", "1").replace("{web_port}", "0"))  # fmt: skip
    words = (sys.executable, "-m", "daemon", "state", "backup", "--config", str(home / "etc"), "--keep", "14")
    done = subprocess.run(command(home, *words, str(home)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert settings("Type") == ["notify"]
    assert len(list(home.glob("murphyd-*"))) == 1
