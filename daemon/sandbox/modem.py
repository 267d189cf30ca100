"""A modem that works like gammu-smsd's files service: what is put into outbox/ reaches a phone, and moves to sent/.

Without a signal it moves to error/, and nothing comes in until there is one again. Source: Gammu's "Files backend".
"""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from daemon.sandbox.phones import PhoneText

NUMBER = "+32470009999"

OUT = re.compile(r"OUT[A-Z]?\d{8}_\d{6}_\d+_(\+?\d+)_\w+\.txtd?")

LOOK_EVERY = 0.1
"""Seconds of real time."""

SETTINGS = """\
[gsm]
number = "{number}"
inbox = "{folder}/inbox/"
outbox = "{folder}/outbox/"
sent = "{folder}/sent/"
error = "{folder}/error/"
per_minute = 600
"""


class Modem:
    """An async context manager. `signal` may be switched at any moment; `on_text` hears of what reaches a phone."""

    def __init__(self, folder: Path, on_text: Callable[[PhoneText], None], now: Callable[[], datetime]) -> None:
        self.signal = True
        self._folder = folder
        self._on_text = on_text
        self._now = now
        self._waiting: list[tuple[str, str]] = []
        self._count = 0

    @property
    def settings(self) -> str:
        return SETTINGS.format(number=NUMBER, folder=self._folder)

    async def __aenter__(self) -> Self:
        for name in ("inbox", "outbox", "sent", "error"):
            (self._folder / name).mkdir(parents=True)
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    def text(self, sender: str, body: str) -> None:
        """A person texts the modem's number."""
        self._waiting.append((sender, body))

    async def _run(self) -> None:
        while True:
            for file in sorted((self._folder / "outbox").iterdir()):
                if found := OUT.fullmatch(file.name):
                    self._carry(file, found[1])
            while self.signal and self._waiting:
                self._take(*self._waiting.pop(0))
            await asyncio.sleep(LOOK_EVERY)

    def _carry(self, file: Path, number: str) -> None:
        words = file.read_bytes().decode("utf-16")
        file.rename(self._folder / ("sent" if self.signal else "error") / file.name)
        if self.signal:
            self._on_text(PhoneText(self._now(), NUMBER, number, words))

    def _take(self, sender: str, body: str) -> None:
        self._count += 1
        name = f"IN{datetime.now():%Y%m%d_%H%M%S}_{self._count:02}_{sender}_00.txt"
        draft = self._folder / f".{name}"
        draft.write_bytes(b"\xff\xfe" + body.encode("utf-16-le", errors="replace"))
        draft.rename(self._folder / "inbox" / name)
