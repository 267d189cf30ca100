"""Notices become attempts: the ladder says which, urgent ones first; each outcome goes back to the core.

Nothing is decided here. What must not be repeated blindly is written down before it is tried.
"""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakValueDictionary

import structlog

from channels.types import Channel, ChannelDown, Failure, Finder, Message, Outcome, Result, Retry
from config.types import Contact
from daemon.clock import Clock
from daemon.core.delivery import UNKNOWN, Attempt, AttemptStatus
from daemon.core.facts import Fact, HealthChanged, Opened
from daemon.core.ladder import Done, Send, Wait, next_step
from daemon.core.notices import Notice, Priority
from daemon.core.settling import delivery_of, ways
from daemon.core.state import State
from daemon.core.stimuli import Begun, Exhausted, Settled, Settlements, Stimulus

log = structlog.get_logger()

REPEATABLE = frozenset({"email"})
"""Channels on which a message sent twice is one message (the same Message-ID)."""

SEND_WITHIN = 90.0
"""Seconds for one attempt in all; each channel has shorter deadlines of its own."""

ROOM = 500
"""Attempts of one priority that wait for a channel at most; the rest stays in the notice's list of recipients."""

BATCH = 500
"""Outcomes settled together at most."""

Put = Callable[..., Awaitable[bool]]
Render = Callable[[Notice, Contact, str, str], Message]


@dataclass(frozen=True, slots=True, order=True)
class _Work:
    priority: int
    place: int
    notice: int = field(compare=False)
    contact: str = field(compare=False)
    rung: int = field(compare=False)
    channel: str = field(compare=False)
    address: str = field(compare=False)

    @property
    def key(self) -> tuple[int, str, str]:
        return self.notice, self.contact, self.channel


@dataclass(slots=True)
class _Pump:
    """Deliveries of one priority to be looked at, notice by notice."""

    waiting: deque[tuple[int, Iterable[str]]] = field(default_factory=deque)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(ROOM))
    busy: bool = False


class Outbox:
    """`capacity` is the number of attempts at once on each channel; `on_wait` is called when `next` comes earlier."""

    def __init__(
        self,
        state: State,
        channels: Mapping[str, Channel],
        capacity: Mapping[str, int],
        render: Render,
        clock: Clock,
        put: Put,
    ) -> None:
        self._state = state
        self._channels = channels
        self._capacity = capacity
        self._render = render
        self._clock = clock
        self._put = put
        self.on_wait: Callable[[], None] = lambda: None
        self._pumps = {priority: _Pump() for priority in Priority}
        self._lanes: dict[str, asyncio.PriorityQueue[_Work]] = {name: asyncio.PriorityQueue() for name in channels}
        self._active: set[tuple[int, str, str]] = set()
        self._later: list[tuple[datetime, int, int, str]] = []
        self._outcomes: asyncio.Queue[Settled] = asyncio.Queue(BATCH * 4)
        self._claimed: set[str] = set()
        self._numbers: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._settling = 0
        self._place = itertools.count()

    def release(self, facts: Sequence[Fact]) -> None:
        """What has been decided may be acted on."""
        for fact in facts:
            match fact:
                case Notice():
                    self._consider(fact, fact.recipients)
                case Opened(delivery):
                    self._active -= {
                        (delivery.notice, delivery.contact, attempt.channel)
                        for attempt in delivery.attempts
                        if attempt.status is not AttemptStatus.SENDING
                    }
                    if all(attempt.status is not AttemptStatus.SENDING for attempt in delivery.attempts):
                        self._consider(self._state.notices[delivery.notice], (delivery.contact,))
                case HealthChanged(_, health) if not health.down:
                    self._wake_all()
                case _:
                    pass

    def _resume(self) -> None:
        """After a start, the first or one after a fault: everything that has not ended goes on."""
        self._active.clear()
        self._later.clear()
        self._lanes = {name: asyncio.PriorityQueue() for name in self._channels}
        self._pumps = {priority: _Pump() for priority in Priority}
        for notice in tuple(self._state.unfinished()):
            board = self._state.boards[notice.id]
            self._consider(notice, [contact for contact in notice.recipients if not board.ended(contact)])

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
        return not (pumping or self._active or self._settling or not self._outcomes.empty())

    async def run(self) -> None:
        self._resume()
        async with asyncio.TaskGroup() as tasks:
            for priority, pump in self._pumps.items():
                tasks.create_task(self._pump(priority, pump))
            for name in self._channels:
                for _ in range(self._capacity.get(name, 1)):
                    tasks.create_task(self._work(name))
            tasks.create_task(self._settle())

    def _consider(self, notice: Notice, contacts: Iterable[str]) -> None:
        pump = self._pumps[notice.priority]
        pump.waiting.append((notice.id, contacts))
        pump.filled.set()

    def _wake_all(self) -> None:
        """A channel works again: nobody waits for it any longer."""
        waiting, self._later = self._later, []
        for _, _, number, contact in waiting:
            self._again(number, contact)

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
                for count, contact in enumerate(contacts):
                    if await self._step(priority, pump, number, contact):
                        ended[number, contact] = None
                    if count % 100 == 99:
                        await asyncio.sleep(0)
                if ended and (len(ended) >= BATCH or not pump.waiting):
                    await self._exhausted(tuple(ended))
                    ended.clear()
            pump.filled.clear()

    async def _exhausted(self, deliveries: tuple[tuple[int, str], ...]) -> None:
        self._settling += 1
        try:
            await self._put(Exhausted(deliveries))
        finally:
            self._settling -= 1

    async def _step(self, priority: Priority, pump: _Pump, number: int, contact: str) -> bool:
        """Asks the ladder, and does as it says; True where the delivery has ended."""
        notice = self._state.notices.get(number)
        if notice is None or self._over(number, contact):
            return False
        delivery = delivery_of(self._state, number, contact)
        now = self._clock.now()
        match next_step(notice, delivery, self._state.person(contact), ways(self._state), now):
            case Send(rung, tries):
                for channel, address in tries:
                    work = _Work(priority, next(self._place), number, contact, rung, channel, address)
                    if work.key not in self._active:
                        self._active.add(work.key)
                        await pump.room.acquire()
                        self._lanes[channel].put_nowait(work)
            case Wait(until):
                first = self.next()
                heapq.heappush(self._later, (until, next(self._place), number, contact))
                if first is None or until < first:
                    self.on_wait()
            case Done():
                return True
        return False

    async def _work(self, name: str) -> None:
        lane = self._lanes[name]
        channel = self._channels[name]
        while True:
            work = await lane.get()
            self._pumps[Priority(work.priority)].room.release()
            if self._over(work.notice, work.contact):
                self._active.discard(work.key)
                continue
            began = self._clock.now()
            outcome = await self._attempt(channel, work)
            await self._outcomes.put(
                Settled(work.notice, work.contact, work.rung, work.channel, work.address, began, outcome)
            )

    async def _attempt(self, channel: Channel, work: _Work) -> Outcome:
        """One try, whatever comes of it."""
        notice = self._state.notices[work.notice]
        try:
            message = self._render(notice, self._state.person(work.contact), work.channel, work.address)
        except Exception:
            log.exception("cannot be rendered", notice=work.notice, kind=notice.kind)
            return Outcome(Result.FAILED, failure=Failure("render", "the message could not be written", Retry.NEXT))
        if work.channel in REPEATABLE:
            return await self._send(channel, work, message)
        # One at a time to a number: an equal text under way must not be taken for one whose outcome is unknown.
        async with self._numbers.setdefault(work.address, asyncio.Lock()):
            outcome = await self._once(channel, work, message)
            self._claimed.add(outcome.ref)
            return outcome

    async def _once(self, channel: Channel, work: _Work, message: Message) -> Outcome:
        """An attempt whose outcome is unknown is looked for first; a new one is written down first."""
        before = self._uncertain(work)
        if before is not None and isinstance(channel, Finder):
            found = await self._find(channel, message, before)
            if found is not None:
                return found
        await self._put(Begun(((work.notice, work.contact, work.rung, work.channel, work.address),)))
        return await self._send(channel, work, message)

    async def _send(self, channel: Channel, work: _Work, message: Message) -> Outcome:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                return await channel.send(message)
        except TimeoutError:
            return Outcome(Result.UNCERTAIN, failure=Failure("timeout", "no answer in time", Retry.SAME))
        except Exception as fault:
            log.exception("channel failed", channel=work.channel, notice=work.notice)
            return Outcome(Result.UNCERTAIN, failure=Failure(type(fault).__name__, "the channel broke", Retry.SAME))

    def _uncertain(self, work: _Work) -> Attempt | None:
        mine = [a for a in delivery_of(self._state, work.notice, work.contact).attempts if a.channel == work.channel]
        return mine[-1] if mine and mine[-1].status in UNKNOWN else None

    async def _find(self, finder: Finder, message: Message, before: Attempt) -> Outcome | None:
        """What became of an attempt whose outcome is unknown; None where it was never taken."""
        try:
            async with asyncio.timeout(SEND_WITHIN):
                known = self._claimed | self._state.refs.keys() | self._state.used_refs.keys()
                return await finder.find(message, before.at, known)
        except ChannelDown as down:
            return Outcome(Result.UNCERTAIN, failure=down.failure)
        except TimeoutError:
            return Outcome(Result.UNCERTAIN, failure=Failure("timeout", "no answer in time", Retry.SAME))

    async def _settle(self) -> None:
        """Outcomes go to the core together: one commit for as many as are there."""
        while True:
            batch = [await self._outcomes.get()]
            self._settling += 1
            while len(batch) < BATCH and not self._outcomes.empty():
                batch.append(self._outcomes.get_nowait())
            try:
                settlements: Stimulus = Settlements(tuple(batch))
                for settled in batch:
                    self._log(settled)
                await self._put(settlements)
            finally:
                ended = ((s.notice, s.contact, s.channel) for s in batch)
                self._active -= {key for key in ended if self._over(key[0], key[1])}
                self._claimed -= {settled.outcome.ref for settled in batch}
                self._settling -= 1

    def _over(self, number: int, contact: str) -> bool:
        board = self._state.boards.get(number)
        return board is None or number in self._state.stopped or board.ended(contact)

    def _log(self, settled: Settled) -> None:
        failure = settled.outcome.failure
        log.info(
            "attempt",
            notice=settled.notice,
            contact=settled.contact,
            channel=settled.channel,
            result=settled.outcome.result,
            by=settled.outcome.by,
            reason=failure.reason if failure else "",
        )
