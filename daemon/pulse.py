"""Signs of life: whether a task has work under way, how much it has finished, and since when it finishes nothing."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Pulse:
    """`busy` says whether there is work, `done` counts what was finished; `limit` is in seconds."""

    busy: Callable[[], bool]
    done: Callable[[], float]
    limit: float
    _seen: float = -1.0
    _since: float = 0.0
    _idle: bool = True

    def stuck(self, now: float) -> bool:
        """Whether there is work, and none of it was finished for too long. `now` is a monotonic time in seconds."""
        done, busy = self.done(), self.busy()
        if done != self._seen or self._idle:
            self._seen, self._since = done, now
        self._idle = not busy
        return busy and now - self._since > self.limit


class Work:
    """`with work:` stands around each piece of what a task does; between them it waits for the next."""

    def __init__(self) -> None:
        self.done = 0
        self._under_way = 0

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def __enter__(self) -> None:
        self._under_way += 1

    def __exit__(self, *_: object) -> None:
        self._under_way -= 1
        self.done += 1

    def pulse(self, limit: float) -> Pulse:
        """`limit` is in seconds, for one piece."""
        return Pulse(lambda: self.busy, lambda: self.done, limit)
