"""What waits for one channel: the urgent first, at its pace, and no more of it than is soon done."""

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from daemon.core.notices import Priority
from daemon.rates import Rate

ROOM = 500
"""Attempts of one priority that wait for a channel at most; the rest is looked at again when there is room."""

FEW = 3
"""So many may be slow for reasons of their own."""


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """One attempt to be made. `why` is the ladder's reason; `turn` counts the pauses waited out."""

    priority: int
    place: int
    notice: int = field(compare=False)
    contact: str = field(compare=False)
    rung: int = field(compare=False)
    channel: str = field(compare=False)
    address: str = field(compare=False)
    why: str = field(compare=False, default="")
    turn: int = field(compare=False, default=0)

    @property
    def key(self) -> tuple[int, str, str]:
        return self.notice, self.contact, self.channel


class Lane:
    """What waits for one channel, the urgent first. `parked` are deliveries for which there was no room, in order.

    `ended` counts what has come to an end.
    """

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.ended = 0
        self._busy = 0
        self._queue: asyncio.PriorityQueue[Work] = asyncio.PriorityQueue()
        self._waiting = dict.fromkeys(Priority, 0)
        self._parked: dict[Priority, deque[tuple[int, str]]] = {priority: deque() for priority in Priority}

    def has_room(self, priority: Priority) -> bool:
        return self._waiting[priority] < ROOM

    def put(self, work: Work) -> None:
        self._waiting[Priority(work.priority)] += 1
        self._queue.put_nowait(work)

    async def get(self) -> Work:
        """The most urgent, once the channel may be used."""
        work = await self._queue.get()
        while wait := self.rate.wait():
            self._queue.put_nowait(work)
            await asyncio.sleep(wait)
            work = await self._queue.get()
        self.rate.start()
        self._waiting[Priority(work.priority)] -= 1
        self._busy += 1
        return work

    def take(self) -> Work | None:
        """The same without waiting; None where nothing waits, or the channel may not be used yet."""
        if self._queue.empty() or self.rate.wait():
            return None
        work = self._queue.get_nowait()
        self.rate.start()
        self._waiting[Priority(work.priority)] -= 1
        self._busy += 1
        return work

    @property
    def waiting(self) -> bool:
        return not self._queue.empty()

    def empty(self) -> list[Work]:
        """All that waits, taken out: whoever is under way may hang for long."""
        found = []
        while not self._queue.empty():
            work = self._queue.get_nowait()
            self._waiting[Priority(work.priority)] -= 1
            found.append(work)
        return found

    def done(self) -> None:
        """What was got has come to an end."""
        self._busy -= 1
        self.ended += 1

    @property
    def waited_for(self) -> bool:
        """More than a few are under way, or wait for those that are."""
        return self._busy > 0 and self._busy + sum(self._waiting.values()) > FEW and not self.rate.wait()

    def park(self, priority: Priority, number: int, contact: str) -> None:
        self._parked[priority].append((number, contact))

    def unpark(self, *, every: bool = False) -> Iterator[tuple[int, list[str]]]:
        """Those for whom there is room by now, by notice; a few at a time, as each costs a look."""
        for priority, parked in self._parked.items():
            room = len(parked) if every else ROOM - self._waiting[priority]
            if room < ROOM // 2 and not every:
                continue
            found: dict[int, list[str]] = {}
            for _ in range(min(room, len(parked))):
                number, contact = parked.popleft()
                found.setdefault(number, []).append(contact)
            yield from found.items()
