"""murphyd loaded once and forked for each start, so that none of many starts takes the second that loading takes.

In: a line for each start, a JSON list of log, operation to die at (0: none) and folder. Out: its process number, and a
line with its exit code once it has ended; only then comes the next.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.end_to_end import dying

WITHIN = 60.0


class Loaded:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def start(self, log: Path, operation: int, folder: Path) -> "Forked":
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(log), operation, str(folder)]).encode() + b"\n")
        async with asyncio.timeout(WITHIN):
            return Forked(await self.number(), self)

    async def number(self) -> int:
        """The next that it says. Raises ValueError once it has ended."""
        assert self._process.stdout is not None
        return int(await self._process.stdout.readline())


class Forked:
    """What DaemonProcess needs of a process."""

    def __init__(self, pid: int, loaded: Loaded) -> None:
        self.pid = pid
        self._end = asyncio.create_task(loaded.number())

    @property
    def returncode(self) -> int | None:
        return self._end.result() if self._end.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._end)

    def send_signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


@asynccontextmanager
async def loaded() -> AsyncIterator[Loaded]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield Loaded(process)
    finally:
        process.kill()
        await process.wait()


def main() -> None:
    for line in sys.stdin:
        log, operation, folder = json.loads(line)
        pid = os.fork()
        if pid == 0:
            end = os.open(log, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
            os.dup2(end, sys.stdout.fileno())
            os.dup2(end, sys.stderr.fileno())
            dying.main(operation, Path(folder))
            return
        say(pid)
        say(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
