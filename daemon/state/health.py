"""How the disk is doing, and who wants to hear of it."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from daemon.state.values import Health, StoreDown

Waiting = tuple[bytes, asyncio.Future[None]]
"""A line to append (none in a mere request to wait), and who waits for it."""


class Vitals:
    """The store's health; may be told from any thread, tells in the event loop's."""

    def __init__(self) -> None:
        self.health = Health(ok=True, reason="", since=datetime.now(UTC))
        self.listeners: list[Callable[[Health], None]] = []
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._down = ""
        self._warnings: dict[str, str] = {}

    def down(self, reason: str) -> None:
        """Commits are in memory only from now on; "" when they are durable again, and what failed beside them may."""
        with self._lock:
            self._down = reason
            if not reason:
                self._warnings.clear()
            self._tell()

    def warn(self, what: str, reason: str) -> None:
        """Commits are durable and `what` beside them is not; "" takes it back."""
        with self._lock:
            self._warnings[what] = reason
            self._tell()

    def settle(self, waiting: Sequence[Waiting], reason: str = "") -> None:
        """Ends the waiting: all is durable, or the store is down for this reason."""
        self._call(_settle, waiting, reason)

    def _tell(self) -> None:
        warnings = "; ".join(f"{what}: {reason}" for what, reason in self._warnings.items() if reason)
        ok, reason = not self._down, self._down or warnings
        if (ok, reason) != (self.health.ok, self.health.reason):
            self.health = Health(ok, reason, datetime.now(UTC))
            for listener in self.listeners:
                self._call(listener, self.health)

    def _call(self, work: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(work, *arguments)


def _settle(waiting: Sequence[Waiting], reason: str) -> None:
    for _, future in waiting:
        if future.done():
            continue
        if reason:
            future.set_exception(StoreDown(reason))
            future.exception()  # nobody need await it: `health` says it too
        else:
            future.set_result(None)


def reason_of(fault: Exception) -> str:
    """For people, without a path or a number."""
    if isinstance(fault, TimeoutError):
        return "the disk does not answer"
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault) or type(fault).__name__
