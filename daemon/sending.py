"""What waits in the lanes is sent, as many at once as each channel takes; what came of it goes back to the core.

Each channel has a lane of its own: one that is slow, hangs or asks for a pause holds up nobody who waits for another.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from channels.types import Channel, Failure, Message, Outcome, Result, Retry, Streaming
from daemon.attempts import REPEATABLE, Attempts, Put, Render, broken
from daemon.clock import Clock
from daemon.core.delivery import Delivery
from daemon.core.health import LONG_PAUSE, TOO_MANY
from daemon.core.state import State
from daemon.core.stimuli import Observed, Settled, Settlements
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

Again = Callable[[int, str], None]
"""Looks again at the delivery of this notice to this contact."""


class Sending:
    """`capacity` is the number of attempts at once on each channel, `rates` how fast it may begin them.

    `trials` are the suspect channels that an attempt is trying, since when. `moved` counts on as long as anything is
    begun or settled.
    """

    def __init__(
        self,
        state: State,
        channels: Mapping[str, Channel],
        capacity: Mapping[str, int],
        render: Render,
        clock: Clock,
        put: Put,
        rates: Mapping[str, Pace],
        again: Again,
    ) -> None:
        self._state = state
        self._channels = channels
        self._capacity = capacity
        self._clock = clock
        self._put = put
        self._rates = rates
        self._again = again
        self._attempts = Attempts(state, render, put)
        self.trials: dict[str, datetime] = {}
        self.moved = 0
        self._active: set[tuple[int, str, str]] = set()
        self._ended: set[tuple[int, str, str]] = set()
        self._outcomes: asyncio.Queue[Settled] = asyncio.Queue(BATCH * 4)
        self._room = asyncio.Event()
        self._settling = False
        self._lanes = self._new_lanes()

    def _new_lanes(self) -> dict[str, Lane]:
        return {name: Lane(Rate(self._rates.get(name, unlimited))) for name in self._channels}

    def forget(self) -> None:
        """Nothing waits or is under way: after a start, the first or one after a fault."""
        self._active.clear()
        self._lanes = self._new_lanes()
        self.trials.clear()

    def start(self, tasks: asyncio.TaskGroup) -> None:
        for name in self._channels:
            for _ in range(self._capacity.get(name, 1)):
                tasks.create_task(self._work(name))
        for name in PROMPT & self._channels.keys():
            tasks.create_task(self._watch(name))
        tasks.create_task(self._settle())

    @property
    def idle(self) -> bool:
        return not (self._active or self._settling) and self._outcomes.empty()

    def queued(self, work: Work) -> bool:
        """Whether it waits or is under way already."""
        return work.key in self._active

    def queue(self, work: Work) -> None:
        self._active.add(work.key)
        self._lanes[work.channel].put(work)

    def opened(self, delivery: Delivery) -> None:
        """What has been settled, and goes on, may be tried again on the same channel."""
        mine = {(delivery.notice, delivery.contact, attempt.channel) for attempt in delivery.attempts}
        self._active -= mine & self._ended

    def pass_over(self, channel: str) -> None:
        """Who waits for a channel that went down is looked at again; what is written down as begun goes on."""
        lane = self._lanes.get(channel)
        if lane is None or not self._passed_over(channel):
            return
        for work in lane.empty():
            if work.turn:
                lane.put(work)
            else:
                self._active.discard(work.key)
                self._again(work.notice, work.contact)

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
        if self._state.over(work.notice, work.contact):
            self._dropped(work)
            return True
        if work.turn or not self._passed_over(work.channel):
            return False
        self._dropped(work)
        self._again(work.notice, work.contact)
        return True

    def _dropped(self, work: Work) -> None:
        self._active.discard(work.key)
        self.trials.pop(work.channel, None)

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

    async def _settle(self) -> None:
        """Outcomes go to the core together: one commit for as many as are there."""
        while True:
            batch = [await self._outcomes.get()]
            self._settling = True
            while len(batch) < BATCH and not self._outcomes.empty():
                batch.append(self._outcomes.get_nowait())
            self._ended = {(s.notice, s.contact, s.channel) for s in batch}
            try:
                await self._put(Settlements(tuple(batch)))
            finally:
                for settled in batch:
                    self.trials.pop(settled.channel, None)
                self._active -= {key for key in self._ended if self._state.over(key[0], key[1])}
                if not self._active:
                    self._active.clear()  # a set keeps the room for as many as it ever held
                self._ended = set()
                self._attempts.settled(settled.outcome.ref for settled in batch)
                self._settling = False
                self.moved += 1
                self._room.set()


def _pause_asked(outcome: Outcome) -> float:
    """Seconds, where the channel did not take it and asks to be slower for a short while; else 0."""
    failure = outcome.failure
    if failure is None or failure.code not in TOO_MANY or outcome.result is not Result.FAILED:
        return 0.0
    if failure.retry_after and failure.retry_after >= LONG_PAUSE:
        return 0.0
    return failure.retry_after.total_seconds() if failure.retry_after else PAUSE
