"""`murphyd run` on a disk that is full as long as a file of this name is there."""

import asyncio
import sys
from pathlib import Path

from daemon.commands.run import run
from daemon.logs import configure_logs
from daemon.sandbox.disk import CutDisk


class FlagDisk(CutDisk):
    def __init__(self, flag: Path) -> None:
        self._flag = flag

    def _fail(self, path: Path | None = None) -> None:
        self.broken = self._flag.exists()
        super()._fail(path)


if __name__ == "__main__":
    configure_logs()
    asyncio.run(run(Path(sys.argv[2]), Path("/nonexistent"), FlagDisk(Path(sys.argv[1]))))
