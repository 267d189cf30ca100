"""`murphyd run` as a process of its own, on the example organization's procedure and people."""

import asyncio
import json
import os
import shutil
import signal
import sys
from pathlib import Path

import daemon.sandbox.organization
from daemon.sandbox.ports import free_port
from tests.end_to_end.loaded import Forked, Loaded

EXAMPLE = daemon.sandbox.organization.EXAMPLE
STARTS_WITHIN = 60.0
ENDS_WITHIN = 60.0


class DaemonProcess:
    """`settings` is the text of murphyd.toml with `{web_port}` and `{state_dir}` to be filled in."""

    def __init__(self, folder: Path, settings: str) -> None:
        self.config = folder / "etc"
        self.state = folder / "state"
        self.log = folder / "murphyd.log"
        self.web_port = free_port()
        self.config.mkdir()
        for name in ("procedure.toml", "contacts.csv"):
            shutil.copy(EXAMPLE / name, self.config)
        filled = settings.replace("{web_port}", str(self.web_port)).replace("{state_dir}", str(self.state))
        (self.config / "murphyd.toml").write_text(filled)
        self._process: asyncio.subprocess.Process | Forked | None = None

    async def fork(self, program: Loaded, operation: int = 0) -> None:
        """Starts it without loading it anew, and does not wait. It dies at this operation of its store; 0: at none."""
        self._process = await program.start(self.log, operation, self.config)

    async def spawn(self, *command: str) -> None:
        """Starts it, or another command in its place, and does not wait."""
        arguments = command or (sys.executable, "-m", "daemon", "run", "--config", str(self.config))
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(*arguments, stderr=log, env={**os.environ})

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def ended(self, within: float) -> None:
        """Waits for its end. Raises TimeoutError."""
        assert self._process is not None
        async with asyncio.timeout(within):
            await self._process.wait()

    async def start(self, *command: str) -> None:
        """Returns once its log says `ready`."""
        begun = self.log.stat().st_size if self.log.exists() else 0
        await self.spawn(*command)
        assert self._process is not None
        async with asyncio.timeout(STARTS_WITHIN):
            while not self._said_ready(begun):
                if self._process.returncode is not None:
                    raise RuntimeError(
                        f"murphyd ended with {self._process.returncode}:\n{self.log.read_text()[-3000:]}"
                    )
                await asyncio.sleep(0.02)

    def _said_ready(self, since: int) -> bool:
        lines = self.log.read_bytes()[since:].splitlines()
        return any(b'"event": "ready"' in line for line in lines)

    async def stop(self) -> int:
        """SIGTERM; its exit code."""
        return await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """SIGKILL: it learns nothing of its end."""
        await self._end(signal.SIGKILL)

    async def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(number)
        async with asyncio.timeout(ENDS_WITHIN):
            return await process.wait()

    def events(self, name: str) -> list[dict[str, object]]:
        """What it logged under this name."""
        found = []
        for line in self.log.read_text().splitlines():
            if line.startswith("{") and json.loads(line).get("event") == name:
                found.append(json.loads(line))
        return found
