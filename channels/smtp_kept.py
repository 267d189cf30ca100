"""Sessions kept open for the next message, the newest first; those unused for too long are closed."""

import asyncio
from typing import Generic, Protocol, TypeVar


class Keepable(Protocol):
    @property
    def is_open(self) -> bool: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...


T = TypeVar("T", bound=Keepable)


class Kept(Generic[T]):
    """At most `most` of them, each for `idle` seconds."""

    def __init__(self, most: int, idle: float) -> None:
        self._most = most
        self._idle = idle
        self._sessions: list[tuple[float, T]] = []
        self._sweep: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._sessions)

    def take(self) -> T | None:
        while self._sessions:
            session = self._sessions.pop()[1]
            if session.is_open:
                return session
            session.abort()
        return None

    def keep(self, session: T) -> None:
        if not session.is_open or len(self._sessions) >= self._most:
            session.abort()
            return
        self._sessions.append((asyncio.get_running_loop().time(), session))
        self._sweep_later()

    def drop(self) -> None:
        """Closes the one unused for longest, to make room for another connection."""
        if self._sessions:
            self._sessions.pop(0)[1].close()

    def close(self) -> None:
        if self._sweep is not None:
            self._sweep.cancel()
        while self._sessions:
            self._sessions.pop()[1].close()

    def _sweep_later(self) -> None:
        if self._sweep is None and self._sessions:
            oldest = self._sessions[0][0]
            self._sweep = asyncio.get_running_loop().call_at(oldest + self._idle, self._close_idle)

    def _close_idle(self) -> None:
        self._sweep = None
        limit = asyncio.get_running_loop().time() - self._idle
        while self._sessions and self._sessions[0][0] <= limit:
            self._sessions.pop(0)[1].close()
        self._sweep_later()
