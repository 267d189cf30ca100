"""Notices become attempts: the ladder says which, urgent ones first; each outcome goes back to the core.

Nothing is decided here. What must not be repeated blindly is written down before it is tried. Each channel has a lane
of its own: one that is slow, hangs or asks for a pause holds up nobody who waits for another.
"""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from weakref import WeakValueDictionary

import structlog

from channels.types import Channel, ChannelDown, Failure, Finder, Message, Outcome, Result, Retry, Text
from config.types import Contact
from daemon.clock import Clock
from daemon.core.delivery import UNKNOWN, Attempt, AttemptStatus
from daemon.core.facts import Fact, HealthChanged, Opened
from daemon.core.health import LONG_PAUSE, TOO_MANY, Condition
from daemon.core.ladder import Done, Send, Wait, next_step
from daemon.core.notices import Notice, Priority
from daemon.core.settling import delivery_of, ways
from daemon.core.state import State
from daemon.core.stimuli import Begun, Exhausted, Observed, Settled, Settlements, Stimulus
from daemon.core.tried import FILTERED
from daemon.harmless import harmless
from daemon.lanes import Lane, Work
from daemon.rates import Rate

log = structlog.get_logger()

REPEATABLE = frozenset({"email"})
"""Channels on which a message sent twice is one message (the same Message-ID)."""

SEND_WITHIN = 90.0
"""Seconds for one attempt in all; each channel has shorter deadlines of its own."""

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

Put = Callable[..., Awaitable[bool]]
Render = Callable[[Notice, Contact, str, str], Message]


@dataclass(slots=True)
class _Pump:
    """Deliveries of one priority to be looked at, notice by notice."""

    waiting: deque[tuple[int, Iterable[str]]] = field(default_factory=deque)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    busy: bool = False


class Outbox:
    """`capacity` is the number of attempts at once on each channel, `rates` how many it may begin in a second.

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
        rates: Mapping[str, float] | None = None,
    ) -> None:
        self._state = state
        self._channels = channels
        self._capacity = capacity
        self._render = render
        self._clock = clock
        self._put = put
        self.on_wait: Callable[[], None] = lambda: None
        self._pumps = {priority: _Pump() for priority in Priority}
        self._rates = rates or {}
        self._lanes = self._new_lanes()
        self._trials: dict[str, datetime] = {}
        self._down = {name for name, health in state.health.items() if health.down}
        self._ways = replace(ways(state), trials=self._trials)
        self._active: set[tuple[int, str, str]] = set()
        self._later: list[tuple[datetime, int, int, str]] = []
        self._outcomes: asyncio.Queue[Settled] = asyncio.Queue(BATCH * 4)
        self._claimed: set[str] = set()
        self._numbers: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._settling = 0
        self._place = itertools.count()
        self.moved = 0

    def _new_lanes(self) -> dict[str, Lane]:
        return {name: Lane(Rate(self._rates.get(name, 0.0))) for name in self._channels}

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
        if lane := self._lanes.get(channel):
            if self._passed_over(channel):
                self._emptied(lane)
            self._unpark(lane, every=True)

    def _emptied(self, lane: Lane) -> None:
        """What waits for a channel that is passed over is looked at again; what is written down as begun goes on."""
        for work in lane.empty():
            if work.turn:
                lane.put(work)
            else:
                self._active.discard(work.key)
                self._again(work.notice, work.contact)

    def _unpark(self, lane: Lane, *, every: bool = False) -> None:
        for number, contacts in lane.unpark(every=every):
            self._again(number, *contacts)

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
                    work = Work(priority, next(self._place), number, contact, rung, channel, address, why)
                    self._queue(priority, work, now)
            case Wait(until):
                first = self.next()
                heapq.heappush(self._later, (until, next(self._place), number, contact))
                if first is None or until < first:
                    self.on_wait()
            case Done():
                return True
        return False

    def _queue(self, priority: Priority, work: Work, now: datetime) -> None:
        if work.key in self._active:
            return
        lane = self._lanes[work.channel]
        if not lane.has_room(priority):
            lane.park(priority, work.notice, work.contact)
            return
        if self._ways.condition(work.channel, now) is Condition.SUSPECT:
            self._trials.setdefault(work.channel, now)
        self._active.add(work.key)
        lane.put(work)

    async def _work(self, name: str) -> None:
        lane = self._lanes[name]
        channel = self._channels[name]
        while True:
            work = await lane.get()
            self._unpark(lane)
            try:
                settled = await self._worked(lane, channel, work)
            finally:
                lane.done()
            if settled:
                await self._outcomes.put(settled)

    async def _worked(self, lane: Lane, channel: Channel, work: Work) -> Settled | None:
        """What came of it; None where it was not tried, or is tried in a moment."""
        self.moved += 1
        if self._over(work.notice, work.contact):
            self._dropped(work)
            return None
        began = self._clock.now()
        if self._passed_over(work.channel):
            if work.turn:  # it has been written down as begun
                return Settled(work.notice, work.contact, work.rung, work.channel, work.address, began, WENT_DOWN)
            self._dropped(work)
            self._again(work.notice, work.contact)
            return None
        outcome = await self._attempt(channel, work)
        if work.turn < TURNS and (pause := _pause_asked(outcome)):
            lane.rate.pause(pause)
            lane.put(replace(work, turn=work.turn + 1))
            return None
        settled = Settled(work.notice, work.contact, work.rung, work.channel, work.address, began, outcome)
        self._log(settled, work.why)
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

    async def _attempt(self, channel: Channel, work: Work) -> Outcome:
        """One try, whatever comes of it."""
        notice = self._state.notices[work.notice]
        about = self._state.incidents.get(notice.incident)
        if about is not None and about.confidential and not notice.confidential:
            notice = replace(notice, confidential=True)  # made so since
        if work.channel not in REPEATABLE and not isinstance(channel, Finder) and self._uncertain(work):
            notice = replace(notice, content=replace(notice.content, again=True))
        try:
            message = self._render(notice, self._state.person(work.contact), work.channel, work.address)
        except Exception:
            log.exception("cannot be rendered", notice=work.notice, kind=notice.kind)
            return Outcome(Result.FAILED, failure=Failure("render", "the message could not be written", Retry.NEXT))
        if isinstance(message, Text) and self._filtered(work):
            message = replace(message, body=harmless(message.body))
        if work.channel in REPEATABLE:
            return await self._send(channel, work, message)
        # One at a time to a number: an equal text under way must not be taken for one whose outcome is unknown.
        async with self._numbers.setdefault(work.address, asyncio.Lock()):
            outcome = await self._once(channel, work, message)
            self._claimed.add(outcome.ref)
            return outcome

    async def _once(self, channel: Channel, work: Work, message: Message) -> Outcome:
        """An attempt whose outcome is unknown is looked for first; a new one is written down first."""
        if work.turn:
            return await self._send(channel, work, message)
        before = self._uncertain(work)
        if before is not None and isinstance(channel, Finder):
            found = await self._find(channel, message, before)
            if found is not None:
                return found
        await self._put(Begun(((work.notice, work.contact, work.rung, work.channel, work.address),)))
        return await self._send(channel, work, message)

    async def _send(self, channel: Channel, work: Work, message: Message) -> Outcome:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                return await channel.send(message)
        except TimeoutError:
            return Outcome(Result.UNCERTAIN, failure=Failure("timeout", "no answer in time", Retry.SAME))
        except Exception as fault:
            log.exception("channel failed", channel=work.channel, notice=work.notice)
            return Outcome(Result.UNCERTAIN, failure=Failure(type(fault).__name__, "the channel broke", Retry.SAME))

    def _filtered(self, work: Work) -> bool:
        """Whether the carrier took it for spam."""
        attempts = delivery_of(self._state, work.notice, work.contact).attempts
        return any(a.channel == work.channel and a.failure and a.failure.code == FILTERED for a in attempts)

    def _uncertain(self, work: Work) -> Attempt | None:
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
                await self._put(settlements)
            finally:
                for settled in batch:
                    self._trials.pop(settled.channel, None)
                ended = ((s.notice, s.contact, s.channel) for s in batch)
                self._active -= {key for key in ended if self._over(key[0], key[1])}
                self._claimed -= {settled.outcome.ref for settled in batch}
                self._settling -= 1
                self.moved += 1

    def _over(self, number: int, contact: str) -> bool:
        board = self._state.boards.get(number)
        return board is None or number in self._state.stopped or board.ended(contact)

    def _log(self, settled: Settled, why: str) -> None:
        failure = settled.outcome.failure
        log.info(
            "attempt",
            notice=settled.notice,
            contact=settled.contact,
            channel=settled.channel,
            why=why,
            result=settled.outcome.result,
            by=settled.outcome.by,
            reason=failure.reason if failure else "",
        )


def _pause_asked(outcome: Outcome) -> float:
    """Seconds, where the channel did not take it and asks to be slower for a short while; else 0."""
    failure = outcome.failure
    if failure is None or failure.code not in TOO_MANY or outcome.result is not Result.FAILED:
        return 0.0
    if failure.retry_after and failure.retry_after >= LONG_PAUSE:
        return 0.0
    return failure.retry_after.total_seconds() if failure.retry_after else PAUSE
