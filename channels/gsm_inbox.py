"""Texts that came in by the modem: files that gammu-smsd puts into inbox/, removed once delivered.

The parts of a long text are files of one name but for the last number; `inboxformat` may be any of Gammu's.
"""

import asyncio
import errno
import hashlib
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from channels.beside import Beside
from channels.types import Deliver, FirstSight, SourceState, TextArrival

SOURCE = "gsm"
NAME = re.compile(r"(?P<text>IN\d{8}_\d{6}_\d+_(?P<sender>.*))_(?P<part>\d+)\.(?P<kind>txt|bin)")
OLD = "old-"
"""What lay there at first sight is kept under this prefix."""
LONGEST = 64 * 1024
"""Bytes read of one file."""
MOST = 1000
"""Files looked at in one round."""
DISK_WITHIN = 10.0
"""Seconds for one piece of work on the folder."""

DETAIL = b"; This file format was designed for Gammu"
DETAIL_TEXT = re.compile(r"^Text\d+ = ([0-9A-Fa-f]*)\s*$", re.MULTILINE)
MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    text: str
    sender: str
    part: int
    size: int
    modified: int


class GsmInbox:
    """Texts to `number` (E.164), looked for every `poll_every` seconds."""

    def __init__(
        self,
        inbox: Path,
        number: str,
        *,
        poll_every: float = 1.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        disk_within: float = DISK_WITHIN,
    ) -> None:
        self._inbox = inbox
        self._number = number
        self._poll_every = poll_every
        self._sleep = sleep
        self._beside = Beside(1, disk_within)
        self._up: bool | None = None
        self.beats = 0
        """Counts on as long as it is watched."""

    async def watch(self, deliver: Deliver, since: datetime | None) -> None:
        """Delivers every text until cancelled, at least once; and SourceState on each change.

        `since` None is for a source never seen before: FirstSight is delivered, and what lies there is set
        aside. `received` is when gammu-smsd wrote the file: the modem's own time names no zone.
        """
        self._up = None
        known = since is not None
        before: dict[str, list[_File]] = {}
        try:
            while True:
                self.beats += 1
                try:
                    if known:
                        before = await self._round(deliver, before)
                    else:
                        known = await self._first_sight(deliver)
                    await self._report(deliver, up=True, reason="")
                except OSError as problem:
                    reason = problem.strerror or errno.errorcode.get(problem.errno or 0, "unreadable")
                    await self._report(deliver, up=False, reason=f"gammu-smsd's inbox: {reason}")
                await self._sleep(self._poll_every)
        finally:
            self._beside.close()

    async def _first_sight(self, deliver: Deliver) -> bool:
        texts = await self._beside.run(self._look)
        if not await deliver(FirstSight(SOURCE, None, len(texts), datetime.now(UTC))):
            return False
        for file in (file for files in texts.values() for file in files):
            await self._beside.run(partial(file.path.rename, file.path.with_name(OLD + file.path.name)))
        return True

    async def _round(self, deliver: Deliver, before: dict[str, list[_File]]) -> dict[str, list[_File]]:
        """Delivers the texts that are as they were a round ago: the others are still being written."""
        texts = await self._beside.run(self._look)
        for text, files in texts.items():
            if before.get(text) != files:
                continue
            if not await deliver(await self._beside.run(partial(self._arrival, files))):
                break
            for file in files:
                await self._beside.run(partial(file.path.unlink, missing_ok=True))
        return texts

    def _look(self) -> dict[str, list[_File]]:
        """Texts, oldest first, each with its parts in order."""
        texts: dict[str, list[_File]] = defaultdict(list)
        for path in sorted(self._inbox.iterdir())[:MOST]:
            if match := NAME.fullmatch(path.name):
                state = path.stat()
                part = _File(path, match["text"], match["sender"], int(match["part"]), state.st_size, state.st_mtime_ns)
                texts[part.text].append(part)
        return dict(sorted(texts.items(), key=lambda text: min(file.modified for file in text[1])))

    def _arrival(self, files: list[_File]) -> TextArrival:
        parts = sorted(files, key=lambda file: file.part)
        body = "".join(_decoded(file.path) for file in parts)
        # Gammu uses a name again once its file is gone, so two texts of one second may share it.
        digest = hashlib.sha256(body.encode(errors="replace")).hexdigest()[:16]
        return TextArrival(
            source=SOURCE,
            ref=f"{parts[0].text}_{digest}",
            sender=parts[0].sender,
            recipient=self._number,
            body=body,
            received=datetime.fromtimestamp(max(file.modified for file in files) / 1e9, UTC),
            media=sum(file.path.suffix == ".bin" for file in parts),
        )

    async def _report(self, deliver: Deliver, *, up: bool, reason: str) -> None:
        if self._up is not up and await deliver(SourceState(SOURCE, up, reason)):
            self._up = up


def _decoded(path: Path) -> str:
    """The words in a file of any inboxformat: unicode, detail or standard; none in an 8-bit one."""
    if path.suffix == ".bin":
        return ""
    with path.open("rb") as file:
        raw = file.read(LONGEST)
    if raw.startswith(DETAIL):
        digits = "".join(DETAIL_TEXT.findall(raw.decode(errors="replace")))
        text = bytes.fromhex(digits[: len(digits) // 4 * 4]).decode("utf-16-be", errors="replace")
    elif charset := MARKS.get(raw[:2]):
        text = raw[2:].decode(charset, errors="replace")
    else:
        text = raw.decode(errors="replace")
    return text.rstrip("\0")
