"""Notices become attempts: the ladder says which, urgent ones first; each outcome goes back to the core.

Nothing is decided here. What must not be repeated blindly is written down before it is tried.
"""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from channels.types import Channel
from daemon.attempts import Put, Render
from daemon.clock import Clock
from daemon.core.delivery import AttemptStatus
from daemon.core.facts import Fact, HealthChanged, Opened
from daemon.core.health import Condition
from daemon.core.ladder import Done, Send, Wait, next_step
from daemon.core.notices import Notice, Priority
from daemon.core.settling import delivery_of, ways
from daemon.core.state import State
from daemon.core.stimuli import Exhausted
from daemon.lanes import Work
from daemon.rates import Pace
from daemon.sending import Sending

AT_ONCE = 100
"""Deliveries looked at before others get their turn on the loop."""

BATCH = 500
"""Deliveries that ended without an attempt, reported together."""


@dataclass(slots=True)
class _Pump:
    """Deliveries of one priority to be looked at, notice by notice."""

    waiting: deque[tuple[int, Iterable[str]]] = field(default_factory=deque)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    busy: bool = False


class Outbox:
    """`capacity` is the number of attempts at once on each channel, `rates` how fast it may begin them.

    `on_wait` is called when `next` comes earlier.
    """

    def __init__(
        self,
        state: State,
        channels: Mapping[str, Channel],
        capacity: Mapping[str, int],
        render: Render,
        clock: Clock,
        put: Put,
        rates: Mapping[str, Pace] | None = None,
    ) -> None:
        self._state = state
        self._clock = clock
        self._put = put
        self.on_wait: Callable[[], None] = lambda: None
        self._sending = Sending(state, channels, capacity, render, clock, put, rates or {}, self._again)
        self._pumps = {priority: _Pump() for priority in Priority}
        self._down = {name for name, health in state.health.items() if health.down}
        self._ways = replace(ways(state), trials=self._sending.trials)
        self._later: list[tuple[datetime, int, int, str]] = []
        self._exhausting = 0
        self._reported = 0
        self._place = itertools.count()

    @property
    def moved(self) -> int:
        """Counts on as long as anything is begun or settled."""
        return self._sending.moved + self._reported

    def release(self, facts: Sequence[Fact]) -> None:
        """What has been decided may be acted on."""
        for fact in facts:
            match fact:
                case Notice():
                    self._consider(fact, fact.recipients)
                case Opened(delivery):
                    self._sending.opened(delivery)
                    if all(attempt.status is not AttemptStatus.SENDING for attempt in delivery.attempts):
                        self._consider(self._state.notices[delivery.notice], (delivery.contact,))
                case HealthChanged(channel, health):
                    self._changed(channel, down=health.down)
                case _:
                    pass

    def _resume(self) -> None:
        """After a start, the first or one after a fault: everything that has not ended goes on."""
        self._sending.forget()
        self._later.clear()
        self._pumps = {priority: _Pump() for priority in Priority}
        for notice in tuple(self._state.unfinished()):
            tally = self._state.tallies[notice.id]
            self._consider(notice, [contact for contact in notice.recipients if not tally.ended(contact)])

    def wake(self) -> None:
        """Time has passed: looks again at the deliveries whose wait is over."""
        while self._later and self._later[0][0] <= self._clock.now():
            _, _, number, contact = heapq.heappop(self._later)
            self._again(number, contact)

    def next(self) -> datetime | None:
        """When the next wait is over."""
        return self._later[0][0] if self._later else None

    @property
    def idle(self) -> bool:
        pumping = any(pump.busy or pump.waiting for pump in self._pumps.values())
        return self._sending.idle and not (pumping or self._exhausting)

    async def run(self) -> None:
        self._resume()
        async with asyncio.TaskGroup() as tasks:
            for priority, pump in self._pumps.items():
                tasks.create_task(self._pump(priority, pump))
            self._sending.start(tasks)

    def _consider(self, notice: Notice, contacts: Iterable[str]) -> None:
        pump = self._pumps[notice.priority]
        pump.waiting.append((notice.id, contacts))
        pump.filled.set()

    def _changed(self, channel: str, *, down: bool) -> None:
        """Nobody waits any longer for a channel that works again, or has turned out to be down."""
        tried = self._sending.trials.pop(channel, None)
        if tried is None and down is (channel in self._down):
            return
        (self._down.add if down else self._down.discard)(channel)
        waiting, self._later = self._later, []
        for _, _, number, contact in waiting:
            self._again(number, contact)
        self._sending.pass_over(channel)

    def _again(self, number: int, contact: str) -> None:
        if notice := self._state.notices.get(number):  # else it is archived
            self._consider(notice, (contact,))

    async def _pump(self, priority: Priority, pump: _Pump) -> None:
        while True:
            pump.busy = False
            await pump.filled.wait()
            pump.busy = True
            ended: dict[tuple[int, str], None] = {}
            while pump.waiting:
                number, contacts = pump.waiting.popleft()
                for count, contact in enumerate(contacts, 1):
                    if self._step(priority, number, contact):
                        ended[number, contact] = None
                    if count % AT_ONCE == 0:
                        await asyncio.sleep(0)
                if ended and (len(ended) >= BATCH or not pump.waiting):
                    await self._exhausted(tuple(ended))
                    ended.clear()
            pump.filled.clear()

    async def _exhausted(self, deliveries: tuple[tuple[int, str], ...]) -> None:
        self._exhausting += 1
        try:
            await self._put(Exhausted(deliveries))
        finally:
            self._exhausting -= 1
            self._reported += 1

    def _step(self, priority: Priority, number: int, contact: str) -> bool:
        """Asks the ladder, and does as it says; True where the delivery has ended."""
        notice = self._state.notices.get(number)
        if notice is None or self._state.over(number, contact):
            return False
        delivery = delivery_of(self._state, number, contact)
        now = self._clock.now()
        match next_step(notice, delivery, self._state.person(contact), self._ways, now):
            case Send(rung, tries, why):
                for channel, address in tries:
                    work = Work(priority, number, contact, rung, channel, address, why)
                    self._queue(work, now)
            case Wait(until):
                first = self.next()
                heapq.heappush(self._later, (until, next(self._place), number, contact))
                if first is None or until < first:
                    self.on_wait()
            case Done():
                return True
        return False

    def _queue(self, work: Work, now: datetime) -> None:
        if self._sending.queued(work):
            return
        if self._ways.condition(work.channel, now) is Condition.SUSPECT:
            self._sending.trials.setdefault(work.channel, now)
        self._sending.queue(work)
