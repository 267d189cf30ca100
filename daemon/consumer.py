"""The one consumer and one writer: stimulus -> decide -> apply -> commit -> acknowledge and release.

What has been decided is acted on only after its commit is durable; while the disk is down, from memory.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import structlog

from daemon import records
from daemon.clock import Clock
from daemon.core import ticking
from daemon.core.deadlines import next_deadline
from daemon.core.decide import decide
from daemon.core.facts import Fact, Handled
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import Exhausted, PartChanged, Returned, Said, Settlements, Stimulus, Tick
from daemon.state.store import Change, Store, StoreDown

log = structlog.get_logger()

QUEUE = 2000
"""Groups of stimuli that wait at most; then whoever brings more waits."""

TOGETHER = 50
"""Groups decided one after another and written down by one commit, at most: as many as a mailbox brings at a time."""

COMMIT_WITHIN = 20.0
"""Seconds after which a commit that is not durable counts as failed."""

DECIDING = "deciding"
"""The part that the operators hear of where a decision fails."""

_Decided = tuple[Sequence[Fact], list[Change]]

Release = Callable[[Sequence[Fact]], None]
Observe = Callable[[Stimulus, Sequence[Fact]], None]


@dataclass(slots=True)
class _Group:
    stimuli: tuple[Stimulus, ...]
    durable: asyncio.Future[bool] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    facts: list[Fact] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Commit:
    """Groups whose changes are written down together."""

    groups: Sequence[_Group]
    durable: asyncio.Future[None] | None


class Consumer:
    """`releases` get the facts of each commit, in order, once they may be acted on.

    `observe` sees each stimulus and what it came to, `on_commit` the seconds that a commit took.
    """

    def __init__(self, state: State, store: Store, clock: Clock) -> None:
        self.state = state
        self._store = store
        self._clock = clock
        self.releases: list[Release] = []
        self.observe: Observe = lambda _stimulus, _facts: None
        self.on_commit: Callable[[float], None] = lambda _seconds: None
        self._queue: asyncio.Queue[_Group] = asyncio.Queue(QUEUE)
        self._commits: asyncio.Queue[_Commit] = asyncio.Queue(QUEUE)
        self._busy = 0  # groups put and not yet released
        self.handled = 0
        self.concluded = 0

    async def put(self, *stimuli: Stimulus) -> bool:
        """Returns when their effect is durable (True), or is held in memory only (False)."""
        group = _Group(stimuli)
        self._busy += 1
        try:
            await self._queue.put(group)
        except asyncio.CancelledError:
            self._busy -= 1
            raise
        return await group.durable

    def tick(self) -> None:
        """Time has passed. Dropped when the queue is full: a later tick does the same."""
        if not self._queue.full():
            self._busy += 1
            self._queue.put_nowait(_Group((Tick(),)))

    @property
    def idle(self) -> bool:
        return not self._busy

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._decide())
            tasks.create_task(self._conclude())

    async def _decide(self) -> None:
        while True:
            groups = [await self._queue.get()]
            while len(groups) < TOGETHER and not self._queue.empty():
                groups.append(self._queue.get_nowait())
            now = self._clock.now()
            for group in groups:
                for stimulus in group.stimuli:
                    decided, written = self._decided(stimulus)
                    self.observe(stimulus, decided)
                    group.facts += decided
                    group.changes += written
                self.handled += 1
            for commit in self._committed(groups):
                await self._commits.put(commit)
            deadline = next_deadline(self.state)
            if deadline is not None and deadline <= now and any(group.facts for group in groups):
                self.tick()
            await asyncio.sleep(0)

    def _committed(self, groups: Sequence[_Group]) -> Sequence[_Commit]:
        """All as one; where the store refuses a document, each group by itself, so that the others are kept."""
        changes = [change for group in groups for change in group.changes]
        if changes and len(groups) > 1:
            with suppress(Exception):
                return [_Commit(groups, self._store.commit(changes))]
        return [_Commit((group,), self._written(group.changes)) for group in groups]

    def _written(self, changes: Sequence[Change]) -> asyncio.Future[None] | None:
        """Whoever waits must hear of a store that refuses, as of one that is down: it must not end the consumer."""
        if not changes:
            return None
        try:
            return self._store.commit(changes)
        except Exception as fault:
            log.exception("refused by the store", changes=len(changes))
            refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            refused.set_exception(StoreDown(f"refused: {type(fault).__name__}"))
            return refused

    def _decided(self, stimulus: Stimulus) -> _Decided:
        """What follows, applied. A decision that fails must not stop the others, nor be tried for ever."""
        try:
            return self._applied(stimulus)
        except Exception as fault:
            log.exception("decision failed", stimulus=type(stimulus).__name__)
            if len(parts := _parts(self.state, stimulus)) > 1:
                return _together(self._decided(part) for part in parts)
            now = self._clock.now()
            handled = (Handled(stimulus.key, now),) if isinstance(stimulus, Said | Returned) else ()
            changes = records.commit(self.state, handled)
            return _together(((handled, changes), self._told(stimulus, fault)))

    def _applied(self, stimulus: Stimulus) -> _Decided:
        facts = decide(self.state, stimulus, self._clock.now())
        return facts, records.commit(self.state, facts)

    def _told(self, stimulus: Stimulus, fault: Exception) -> _Decided:
        """The operators hear of it, once until the next start."""
        reason = f"what follows from {type(stimulus).__name__} cannot be decided ({type(fault).__name__})"
        with suppress(Exception):
            return self._applied(PartChanged(DECIDING, up=False, reason=reason))
        return (), []

    async def _conclude(self) -> None:
        while True:
            commit = await self._commits.get()
            facts: Sequence[Fact] = [fact for group in commit.groups for fact in group.facts]
            kept = False
            try:
                kept = await self._kept(commit.durable)
                if not kept:
                    facts = self._unsaved(facts)
                self._release(facts)
            finally:
                for group in commit.groups:
                    self._busy -= 1
                    self.concluded += 1
                    if not group.durable.done():
                        group.durable.set_result(kept)

    def _release(self, facts: Sequence[Fact]) -> None:
        for release in self.releases:
            try:
                release(facts)
            except Exception:
                log.exception("could not be released", facts=len(facts))

    def _unsaved(self, facts: Sequence[Fact]) -> list[Fact]:
        """The same facts; their notices say that they are held in memory only."""
        told = [
            replace(fact, content=replace(fact.content, unsaved=True)) if isinstance(fact, Notice) else fact
            for fact in facts
        ]
        changes = records.commit(self.state, [fact for fact in told if isinstance(fact, Notice)])
        if (durable := self._written(changes)) is not None:
            durable.add_done_callback(lambda done: done.exception())
        return told

    async def _kept(self, durable: asyncio.Future[None] | None) -> bool:
        if durable is None:
            return True
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(COMMIT_WITHIN):
                await durable
            self.on_commit(loop.time() - began)
        except (StoreDown, TimeoutError) as fault:
            log.error("not written down, acting on from memory", reason=str(fault) or "the disk does not answer")
            return False
        return True


def _parts(state: State, stimulus: Stimulus) -> Sequence[Stimulus]:
    """A batch, one by one: the others are not to be lost with the one that cannot be decided."""
    match stimulus:
        case Tick(""):
            return [Tick(part) for part in ticking.parts(state)]
        case Settlements(settled):
            return [Settlements((one,)) for one in settled]
        case Exhausted(deliveries):
            return [Exhausted((one,)) for one in deliveries]
    return [stimulus]


def _together(decided: Iterable[_Decided]) -> _Decided:
    facts: list[Fact] = []
    changes: list[Change] = []
    for each, written in decided:
        facts += each
        changes += written
    return facts, changes
