"""What waits for one channel: the urgent first, at its pace."""

import asyncio
from collections import deque
from dataclasses import dataclass

from daemon.core.notices import Priority
from daemon.rates import Rate

FEW = 3
"""So many may be slow for reasons of their own."""


@dataclass(frozen=True, slots=True)
class Work:
    """One attempt to be made. `why` is the ladder's reason; `turn` counts the pauses waited out."""

    priority: int
    notice: int
    contact: str
    rung: int
    channel: str
    address: str
    why: str = ""
    turn: int = 0

    @property
    def key(self) -> tuple[int, str, str]:
        return self.notice, self.contact, self.channel


class _Ranked(asyncio.Queue[Work]):
    """The most urgent first; among equals the first that came."""

    _first = False

    def _init(self, maxsize: int) -> None:  # noqa: ARG002 (asyncio's hook)
        self._ranks: dict[int, deque[Work]] = {priority: deque() for priority in Priority}
        self._size = 0

    def _put(self, work: Work) -> None:
        rank = self._ranks[work.priority]
        (rank.appendleft if self._first else rank.append)(work)
        self._size += 1

    def _get(self) -> Work:
        self._size -= 1
        for rank in self._ranks.values():
            if rank:
                return rank.popleft()
        raise asyncio.QueueEmpty

    def qsize(self) -> int:
        return self._size

    def empty(self) -> bool:
        return not self._size

    def put_first(self, work: Work) -> None:
        """Before its equals: it was their turn already."""
        self._first = True
        self.put_nowait(work)
        self._first = False


class Lane:
    """What waits for one channel, the urgent first: at most one attempt for each open delivery.

    `ended` counts what has come to an end.
    """

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.ended = 0
        self._busy = 0
        self._queue = _Ranked()

    def put(self, work: Work) -> None:
        if work.turn:
            self._queue.put_first(work)
        else:
            self._queue.put_nowait(work)

    async def get(self) -> Work:
        """The most urgent, once the channel may be used."""
        work = await self._queue.get()
        while wait := self.rate.wait():
            self._queue.put_first(work)
            await asyncio.sleep(wait)
            work = await self._queue.get()
        return self._begun(work)

    def take(self) -> Work | None:
        """The same without waiting; None where nothing waits, or the channel may not be used yet."""
        if self._queue.empty() or self.rate.wait():
            return None
        return self._begun(self._queue.get_nowait())

    def _begun(self, work: Work) -> Work:
        self.rate.start()
        self._busy += 1
        return work

    @property
    def waiting(self) -> bool:
        return not self._queue.empty()

    def empty(self) -> list[Work]:
        """All that waits, taken out: whoever is under way may hang for long."""
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]

    def done(self) -> None:
        """What was got has come to an end."""
        self._busy -= 1
        self.ended += 1

    @property
    def waited_for(self) -> bool:
        """More than a few are under way, or wait for those that are."""
        return self._busy > 0 and self._busy + self._queue.qsize() > FEW and not self.rate.wait()
