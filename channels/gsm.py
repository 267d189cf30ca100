"""The channel "gsm": a modem driven by gammu-smsd's files service, which works with the internet down.

A text is a file put into outbox/; gammu-smsd moves it to sent/ or error/. Source: Gammu's "Files backend".
"""

import asyncio
import errno
import re
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Container
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from channels.beside import Beside, NotBegun
from channels.types import ChannelDown, Failure, Message, Outcome, Result, Retry, Text

PHONE = re.compile(r"\+?\d{3,15}")
"""It becomes part of a file's name."""

CLOCK_SKEW = timedelta(minutes=1)
WINDOW = 60.0
AT_ONCE = 4
"""Pieces of work on the folders."""
DISK_WITHIN = 10.0
"""Seconds for one of them."""

_NO_TEXT = Failure("not-a-text", "this channel carries texts only", Retry.NEXT)
_EMPTY = Failure("empty", "the text was empty", Retry.NEXT)
_NO_NUMBER = Failure("number", "not a valid phone number", Retry.NEVER)
_REFUSED = Failure("error", "the modem could not send it", Retry.NEXT)
_IGNORED = Failure("timeout", "gammu-smsd did not take it in time; withdrawn", Retry.DOWN)
_VANISHED = Failure("vanished", "gammu-smsd took it and left no trace", Retry.NEXT)


class Gsm:
    """At most `per_minute` texts in any minute; `deadline`, in seconds, is for the modem to get one text further."""

    name = "gsm"

    def __init__(
        self,
        outbox: Path,
        sent: Path,
        error: Path,
        *,
        per_minute: int = 20,
        deadline: float = 60.0,
        watch_every: float = 0.25,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        disk_within: float = DISK_WITHIN,
    ) -> None:
        self._outbox = outbox
        self._sent = sent
        self._error = error
        self._deadline = deadline
        self._watch_every = watch_every
        self._sleep = sleep
        self._clock = clock
        self._beside = Beside(AT_ONCE, disk_within)
        self._progress = 0.0
        self._recent: deque[float] = deque(maxlen=per_minute)

    async def send(self, message: Message) -> Outcome:
        if failure := _unfit(message) or self._too_many():
            return Outcome(Result.FAILED, failure=failure, by="gsm")
        assert isinstance(message, Text)
        name = f"OUTA{datetime.now():%Y%m%d_%H%M%S}_00_{message.recipient}_{secrets.token_hex(4)}.txtd"
        try:
            await self._beside.run(partial(self._put, name, _encoded(message.body)))
        except OSError as problem:
            later = isinstance(problem, TimeoutError) and not isinstance(problem, NotBegun)
            return Outcome(Result.UNCERTAIN if later else Result.FAILED, ref=name, failure=_disk(problem), by="gsm")
        started = self._clock()
        try:
            while not (outcome := await self._beside.run(partial(self._fate, name))):
                if self._clock() > max(started, self._progress) + self._deadline:
                    return await self._beside.run(partial(self._withdraw, name))
                await self._sleep(self._watch_every)
        except OSError as problem:
            return Outcome(Result.UNCERTAIN, ref=name, failure=_disk(problem), by="gsm")
        self._progress = self._clock()
        return outcome

    async def find(self, message: Message, since: datetime, known: Container[str] = ()) -> Outcome | None:
        if _unfit(message):
            return None
        assert isinstance(message, Text)
        try:
            return await self._beside.run(partial(self._search, message, since - CLOCK_SKEW, known))
        except OSError as problem:
            raise ChannelDown(_disk(problem)) from problem

    def close(self) -> None:
        """Nothing is sent any more."""
        self._beside.close()

    def _too_many(self) -> Failure | None:
        now = self._clock()
        full = len(self._recent) == self._recent.maxlen
        wait = self._recent[0] + WINDOW - now if full else 0.0
        if wait > 0:
            return Failure("rate", "over the modem's rate", Retry.SAME, timedelta(seconds=wait))
        self._recent.append(now)
        return None

    def _put(self, name: str, content: bytes) -> None:
        draft = self._outbox / f".{name}"
        draft.write_bytes(content)
        draft.chmod(0o644)  # gammu-smsd runs as another user
        draft.rename(self._outbox / name)

    def _fate(self, name: str) -> Outcome | None:
        """How it ended; None while it is in the outbox. Each look is in the order in which the file moves."""
        waits = (self._outbox / name).exists()
        if (self._sent / name).exists():
            return Outcome(Result.SENT, ref=name, by="gsm")
        if (self._error / name).exists():
            return Outcome(Result.FAILED, ref=name, failure=_REFUSED, by="gsm")
        return None if waits else Outcome(Result.UNCERTAIN, ref=name, failure=_VANISHED, by="gsm")

    def _withdraw(self, name: str) -> Outcome:
        """Else it would be sent, stale, when the modem comes back."""
        try:
            (self._outbox / name).unlink()
        except FileNotFoundError:
            return self._fate(name) or Outcome(Result.UNCERTAIN, ref=name, failure=_VANISHED, by="gsm")
        except OSError as problem:
            return Outcome(Result.UNCERTAIN, ref=name, failure=_disk(problem), by="gsm")
        return Outcome(Result.FAILED, ref=name, failure=_IGNORED, by="gsm")

    def _search(self, message: Text, since: datetime, known: Container[str]) -> Outcome | None:
        content = _encoded(message.body)
        for folder, result, failure in (
            (self._sent, Result.SENT, None),
            (self._outbox, Result.SENT, None),
            (self._error, Result.FAILED, _REFUSED),
        ):
            for file in sorted(folder.glob(f"OUT*_{message.recipient}_*"), reverse=True):
                written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                if file.name not in known and written >= since and file.read_bytes() == content:
                    return Outcome(result, ref=file.name, failure=failure, by="gsm")
        return None


def _unfit(message: Message) -> Failure | None:
    if not isinstance(message, Text):
        return _NO_TEXT
    if not PHONE.fullmatch(message.recipient):
        return _NO_NUMBER
    return None if message.body else _EMPTY


def _encoded(body: str) -> bytes:
    """UTF-16 with its mark: gammu-smsd reads anything else by the locale that it was started in."""
    return b"\xff\xfe" + body.encode("utf-16-le", errors="replace")


def _disk(problem: OSError) -> Failure:
    code = errno.errorcode.get(problem.errno or 0, "OSError")
    return Failure(code, f"gammu-smsd's folders: {problem.strerror or 'unusable'}", Retry.DOWN)
