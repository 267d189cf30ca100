"""An event loop whose clock runs only while nothing is to be done: a deadline passes where nobody answers, and never
because the machine was busy. What must come in time beside a server that is silent does, however slow the machine.
"""

import asyncio
import selectors
from collections.abc import Mapping
from time import monotonic
from typing import Any

STEP = 0.01
"""Seconds that count at most for what is done at a time, however long it took."""


class _Waiting(selectors.BaseSelector):
    """The system's selector, with a clock of the time that it had to wait."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self._last = self.now = monotonic()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = self._real.select(timeout)
        waited = 0.0 if found or timeout is None else max(timeout, 0.0)
        last, self._last = self._last, monotonic()
        self.now += min(self._last - last, waited + STEP)
        return found

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class UnhurriedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._waiting = _Waiting()
        super().__init__(self._waiting)

    def time(self) -> float:
        return self._waiting.now
