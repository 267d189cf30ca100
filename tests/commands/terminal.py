"""A command at a real pseudo-terminal, which is its controlling one: what it shows, and what is typed there."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

WITHIN = 60.0
"""Seconds after which a test gives up."""


class Terminal:
    """`screen` is all that has been shown. Typed lines are echoed by the terminal unless the command forbids it."""

    def __init__(self, *words: str, **environ: str) -> None:
        self._ours, theirs = pty.openpty()
        command = ["setsid", "--ctty", "--wait", sys.executable, "-m", "daemon", *words]
        root = str(Path(__file__).parents[2])
        usual = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        env = {**usual, "TERM": "xterm", "PYTHONPATH": root, "COLUMNS": "200", **environ}
        self._process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=root)
        os.close(theirs)
        self.screen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def expect(self, words: str) -> None:
        """Reads until the words are shown after what was typed last."""
        begin = getattr(self, "_typed", 0)
        until = time.monotonic() + WITHIN
        while words not in self.screen[begin:]:
            assert self._read(until), f"{words!r} is not shown: {self.screen[begin:]!r}"
        self._typed = begin + self.screen[begin:].index(words) + len(words)

    def type(self, words: str) -> None:
        os.write(self._ours, words.encode())

    def answer(self, question: str, words: str) -> None:
        self.expect(question)
        self.type(f"{words}\n")

    def end(self) -> int:
        """Its exit code, once it has ended."""
        until = time.monotonic() + WITHIN
        while self._read(until):
            pass
        return self._process.wait(WITHIN)

    def _read(self, until: float) -> bool:
        if not select.select([self._ours], [], [], max(until - time.monotonic(), 0))[0]:
            return False
        try:
            more = os.read(self._ours, 65536)
        except OSError:  # EIO: the other side is closed
            return False
        self.screen += more.decode("utf-8", "replace")
        return bool(more)
