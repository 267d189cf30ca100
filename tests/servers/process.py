"""Real servers of the distribution, started by tests on loopback, each in a folder of its own."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from daemon.sandbox.ports import free_port

STARTS_WITHIN = 60.0
"""Seconds a server may take to listen, on a machine that is busy."""
_PLACES = ("/usr/local/sbin", "/usr/sbin", "/sbin")


class ServerMissing(RuntimeError):
    """The test needs a server that is not there; the message names the one command that installs it."""


def program(name: str, packages: str) -> str:
    """The full path of a server's program. Raises ServerMissing."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_PLACES]))
    if found is None:
        raise ServerMissing(f"{name} is missing: apt-get install --no-install-recommends {packages}")
    if os.geteuid() != 0:
        raise ServerMissing(f"{name} can be started by root only: run the tests as root, or in a container")
    return found


def free_ports(count: int) -> list[int]:
    """Ports on loopback that nobody uses, or is given meanwhile."""
    return [free_port() for _ in range(count)]


@contextmanager
def server_folder() -> Iterator[Path]:
    """A new folder that the servers' users can enter, with a path short enough for Unix sockets."""
    folder = Path(tempfile.mkdtemp(prefix="murphy-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def listening(port: int, log: Path) -> None:
    """Return once something listens on the port. Raises RuntimeError with the end of the server's log."""
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    return
    except TimeoutError:
        raise RuntimeError(f"the server did not start: {tail(log)}") from None


async def run(*command: str | Path, ok: Sequence[int] = (0,)) -> str:
    """Run a command to its end; its output. Raises RuntimeError."""
    process = await asyncio.create_subprocess_exec(
        *map(str, command), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    async with asyncio.timeout(STARTS_WITHIN):
        output, _ = await process.communicate()
    text = output.decode(errors="replace")
    if process.returncode not in ok:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {text[-2000:]}")
    return text


def tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else "no log was written"
