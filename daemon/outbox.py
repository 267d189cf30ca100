"""Notices become attempts: the ladder says which, urgent ones first; each outcome goes back to the core.

Nothing is decided here. What must not be repeated blindly is written down before it is tried. Each channel has a lane
of its own: one that is slow, hangs or asks for a pause holds up nobody who waits for another.
"""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from channels.types import Channel, Failure, Message, Outcome, Result, Retry, Streaming
from daemon.attempts import REPEATABLE, Attempts, Put, Render, broken
from daemon.clock import Clock
from daemon.core.delivery import AttemptStatus
from daemon.core.facts import Fact, HealthChanged, Opened
from daemon.core.health import LONG_PAUSE, TOO_MANY, Condition
from daemon.core.ladder import Done, Send, Wait, next_step
from daemon.core.notices import Notice, Priority
from daemon.core.settling import delivery_of, ways
from daemon.core.state import State
from daemon.core.stimuli import Exhausted, Observed, Settled, Settlements, Stimulus
from daemon.lanes import Lane, Work
from daemon.rates import Pace, Rate, unlimited
from daemon.sending_log import attempted

log = structlog.get_logger()

TURNS = 3
"""So often one attempt waits out a pause that its channel asks for, before that counts as a failure."""

STALLED = 5.0
"""Seconds without an outcome of many attempts on a channel, after which it is passed over."""

LOOKS = 10
"""Within that time: if this machine stood still, the channel need not have."""

PROMPT = frozenset({"email", "sms"})
"""Channels that answer in a second or two; a modem may take its time."""

PAUSE = 1.0
"""Seconds, where a channel asks for a pause and does not say how long."""

BATCH = 500
"""Outcomes settled together at most."""

HANGS = Outcome(Result.UNCERTAIN, failure=Failure("stalled", "it does not answer", Retry.DOWN))
WENT_DOWN = Outcome(Result.FAILED, failure=Failure("down", "it went down meanwhile", Retry.DOWN))


@dataclass(slots=True)
class _Pump:
    """Deliveries of one priority to be looked at, notice by notice."""

    waiting: deque[tuple[int, Iterable[str]]] = field(default_factory=deque)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    busy: bool = False


class Outbox:
    """`capacity` is the number of attempts at once on each channel, `rates` how fast it may begin them.

    `on_wait` is called when `next` comes earlier. `moved` counts on as long as anything is begun or settled.
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
        self._channels = channels
        self._capacity = capacity
        self._clock = clock
        self._put = put
        self._attempts = Attempts(state, render, put)
        self.on_wait: Callable[[], None] = lambda: None
        self._pumps = {priority: _Pump() for priority in Priority}
        self._rates = rates or {}
        self._lanes = self._new_lanes()
        self._trials: dict[str, datetime] = {}
        self._down = {name for name, health in state.health.items() if health.down}
        self._ways = replace(ways(state), trials=self._trials)
        self._active: set[tuple[int, str, str]] = set()
        self._ended: set[tuple[int, str, str]] = set()
        self._later: list[tuple[datetime, int, int, str]] = []
        self._outcomes: asyncio.Queue[Settled] = asyncio.Queue(BATCH * 4)
        self._room = asyncio.Event()
        self._settling = 0
        self._place = itertools.count()
        self.moved = 0

    def _new_lanes(self) -> dict[str, Lane]:
        return {name: Lane(Rate(self._rates.get(name, unlimited))) for name in self._channels}

    def release(self, facts: Sequence[Fact]) -> None:
        """What has been decided may be acted on."""
        for fact in facts:
            match fact:
                case Notice():
                    self._consider(fact, fact.recipients)
                case Opened(delivery):
                    mine = {(delivery.notice, delivery.contact, attempt.channel) for attempt in delivery.attempts}
                    self._active -= mine & self._ended
                    if all(attempt.status is not AttemptStatus.SENDING for attempt in delivery.attempts):
                        self._consider(self._state.notices[delivery.notice], (delivery.contact,))
                case HealthChanged(channel, health):
                    self._changed(channel, down=health.down)
                case _:
                    pass

    def _resume(self) -> None:
        """After a start, the first or one after a fault: everything that has not ended goes on."""
        self._active.clear()
        self._later.clear()
        self._lanes = self._new_lanes()
        self._trials.clear()
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
            for name in PROMPT & self._channels.keys():
                tasks.create_task(self._watch(name))
            tasks.create_task(self._settle())

    def _consider(self, notice: Notice, contacts: Iterable[str]) -> None:
        pump = self._pumps[notice.priority]
        pump.waiting.append((notice.id, contacts))
        pump.filled.set()

    def _changed(self, channel: str, *, down: bool) -> None:
        """Nobody waits any longer for a channel that works again, or has turned out to be down."""
        tried = self._trials.pop(channel, None)
        if tried is None and down is (channel in self._down):
            return
        (self._down.add if down else self._down.discard)(channel)
        waiting, self._later = self._later, []
        for _, _, number, contact in waiting:
            self._again(number, contact)
        lane = self._lanes.get(channel)
        if lane and self._passed_over(channel):
            self._emptied(lane)

    def _emptied(self, lane: Lane) -> None:
        """What waits for a channel that is passed over is looked at again; what is written down as begun goes on."""
        for work in lane.empty():
            if work.turn:
                lane.put(work)
            else:
                self._active.discard(work.key)
                self._again(work.notice, work.contact)

    def _again(self, number: int, *contacts: str) -> None:
        if notice := self._state.notices.get(number):  # else it is archived
            self._consider(notice, contacts)

    async def _pump(self, priority: Priority, pump: _Pump) -> None:
        while True:
            pump.busy = False
            await pump.filled.wait()
            pump.busy = True
            ended: dict[tuple[int, str], None] = {}
            while pump.waiting:
                number, contacts = pump.waiting.popleft()
                for count, contact in enumerate(contacts):
                    if self._step(priority, number, contact):
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
            self.moved += 1

    def _step(self, priority: Priority, number: int, contact: str) -> bool:
        """Asks the ladder, and does as it says; True where the delivery has ended."""
        notice = self._state.notices.get(number)
        if notice is None or self._over(number, contact):
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
        if work.key in self._active:
            return
        if self._ways.condition(work.channel, now) is Condition.SUSPECT:
            self._trials.setdefault(work.channel, now)
        self._active.add(work.key)
        self._lanes[work.channel].put(work)

    async def _work(self, name: str) -> None:
        lane = self._lanes[name]
        channel = self._channels[name]
        streaming = channel if name in REPEATABLE and isinstance(channel, Streaming) else None
        while True:
            work = await lane.get()
            if streaming and lane.waiting:
                await self._stream(lane, streaming, work)
                continue
            try:
                settled = await self._worked(lane, channel, work)
            finally:
                lane.done()
            if settled:
                await self._outcomes.put(settled)

    async def _stream(self, lane: Lane, channel: Streaming, first: Work) -> None:
        """Many, one after another: as long as something waits in the lane, the most urgent first each time."""
        waiting = [first]
        begun: dict[int, tuple[Message, Work, datetime]] = {}

        def pull() -> Message | None:
            while work := waiting.pop() if waiting else self._next_of(lane):
                message = self._message(lane, channel, work)
                if message is not None:
                    begun[id(message)] = (message, work, self._clock.now())
                    return message
            return None

        def settle(message: Message, outcome: Outcome) -> None:
            _, work, began = begun.pop(id(message))
            lane.done()
            if settled := self._outcome(lane, work, began, outcome):
                self._outcomes.put_nowait(settled)

        try:
            await channel.stream(pull, settle)
        except Exception as fault:
            log.exception("channel failed", channel=first.channel)
            for message, _, _ in tuple(begun.values()):
                settle(message, broken(fault))
        while self._outcomes.qsize() >= BATCH:
            self._room.clear()
            await self._room.wait()

    def _next_of(self, lane: Lane) -> Work | None:
        """What may be begun at once; nothing while many outcomes wait to be written down."""
        return lane.take() if self._outcomes.qsize() < BATCH else None

    def _message(self, lane: Lane, channel: Channel, work: Work) -> Message | None:
        """None where it is not to be sent now, or where how it ends is known already."""
        self.moved += 1
        if not self._skipped(work):
            made = WENT_DOWN if self._passed_over(work.channel) else self._attempts.message(channel, work)
            if not isinstance(made, Outcome):
                return made
            if settled := self._outcome(lane, work, self._clock.now(), made):
                self._outcomes.put_nowait(settled)
        lane.done()
        return None

    async def _worked(self, lane: Lane, channel: Channel, work: Work) -> Settled | None:
        """What came of it; None where it was not tried, or is tried in a moment."""
        self.moved += 1
        if self._skipped(work):
            return None
        began = self._clock.now()
        outcome = WENT_DOWN if self._passed_over(work.channel) else await self._attempts.make(channel, work)
        return self._outcome(lane, work, began, outcome)

    def _skipped(self, work: Work) -> bool:
        """Whether it is over, or is looked at again because its channel went down; what was begun has an outcome."""
        if self._over(work.notice, work.contact):
            self._dropped(work)
            return True
        if work.turn or not self._passed_over(work.channel):
            return False
        self._dropped(work)
        self._again(work.notice, work.contact)
        return True

    def _outcome(self, lane: Lane, work: Work, began: datetime, outcome: Outcome) -> Settled | None:
        """None where its channel asks for a pause: then it waits for another turn."""
        if work.turn < TURNS and (pause := _pause_asked(outcome)):
            lane.rate.pause(pause)
            lane.put(replace(work, turn=work.turn + 1))
            return None
        settled = Settled(work.notice, work.contact, work.rung, work.channel, work.address, began, outcome)
        attempted(self._state, settled, work.why)
        return settled

    async def _watch(self, name: str) -> None:
        """A channel that hangs is known to be down before its own deadlines are over."""
        lane = self._lanes[name]
        ended, looks = 0, 0
        while True:
            await asyncio.sleep(STALLED / LOOKS)
            looks = looks + 1 if lane.waited_for and lane.ended == ended else 0
            ended = lane.ended
            if looks >= LOOKS and not self._passed_over(name):
                await self._put(Observed(name, HANGS))

    def _passed_over(self, name: str) -> bool:
        """It went down while this waited. Who is tried on it for want of anything else goes on."""
        health = self._state.health.get(name)
        return health is not None and health.down and not health.lost and self._clock.now() < health.until

    def _dropped(self, work: Work) -> None:
        self._active.discard(work.key)
        self._trials.pop(work.channel, None)

    async def _settle(self) -> None:
        """Outcomes go to the core together: one commit for as many as are there."""
        while True:
            batch = [await self._outcomes.get()]
            self._settling += 1
            while len(batch) < BATCH and not self._outcomes.empty():
                batch.append(self._outcomes.get_nowait())
            self._ended = {(s.notice, s.contact, s.channel) for s in batch}
            try:
                settlements: Stimulus = Settlements(tuple(batch))
                await self._put(settlements)
            finally:
                for settled in batch:
                    self._trials.pop(settled.channel, None)
                self._active -= {key for key in self._ended if self._over(key[0], key[1])}
                self._ended = set()
                self._attempts.settled(settled.outcome.ref for settled in batch)
                self._settling -= 1
                self.moved += 1
                self._room.set()

    def _over(self, number: int, contact: str) -> bool:
        board = self._state.boards.get(number)
        return board is None or number in self._state.stopped or board.ended(contact)


def _pause_asked(outcome: Outcome) -> float:
    """Seconds, where the channel did not take it and asks to be slower for a short while; else 0."""
    failure = outcome.failure
    if failure is None or failure.code not in TOO_MANY or outcome.result is not Result.FAILED:
        return 0.0
    if failure.retry_after and failure.retry_after >= LONG_PAUSE:
        return 0.0
    return failure.retry_after.total_seconds() if failure.retry_after else PAUSE
