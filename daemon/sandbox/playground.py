"""One example organization at a time, its clock, its switches, and the scenario that is played step by step.

Whoever sits there, at the page or at the terminal, plays in the same one.
"""

import asyncio
import contextlib
import secrets
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Self

from daemon.sandbox.conversation import Conversation, Unexpected
from daemon.sandbox.organization import START, Organization, Seen
from daemon.sandbox.scenarios import SCENARIOS
from daemon.sandbox.steps import Scenario, Step
from daemon.sandbox.switchboard import Switchboard

MOVE_EVERY = 0.2
"""Seconds of real time between moves of the clock."""

REST = 3.0
"""Seconds of real time that what was said gets to have its answer; it comes later where something is cut."""

STEADY = 10
"""Looks in a row that find nothing under way: a mail may still be on its way in."""

MOVED = 3
"""So many are enough where only time has passed."""

STUCK = timedelta(minutes=5)
"""So far the clock goes at once where what is due cannot be done."""

SCENARIO_SPEED = 240.0
"""Times real time: five minutes within a scenario's step take little more than a second."""

EDITS = {'via = ["sms"]\nrepeat': 'via = ["voice", "sms"]\nrepeat', 'poll_every = "10s"': 'poll_every = "1s"'}
"""Managers who do not decide are called, so that there is a call to be seen; texts that waited come soon."""

KEPT = 1500
"""Messages: more than anybody reads, and days of them do not fill this machine's memory."""


class Shown(Conversation):
    """What does not come as the script says is noted, and it goes on: somebody may have joined in. What is cut is cut
    at the switchboard.
    """

    def __init__(self, organization: Organization, switches: Switchboard) -> None:
        super().__init__(organization, speed=SCENARIO_SPEED)
        self.missing: list[str] = []
        self._switches = switches

    async def cuts_relay(self) -> None:
        await self._switches.turn("relay", whole=False)

    async def mends_relay(self) -> None:
        await self._switches.turn("relay", whole=True)

    def hears(self, name: str, channel: str, *words: str) -> Seen:
        try:
            return super().hears(name, channel, *words)
        except Unexpected as unexpected:
            self.missing.append(str(unexpected))
            return Seen(self.organization.clock.now(), channel, name, "", False, "", "")

    def nothing_else(self) -> None:
        try:
            super().nothing_else()
        except Unexpected as unexpected:
            self.missing.append(str(unexpected))
            self._left.clear()


class Playing:
    """A scenario under way: `done` steps of it are."""

    def __init__(self, scenario: Scenario, organization: Organization, switches: Switchboard) -> None:
        self.scenario = scenario
        self.done = 0
        self.under_way = False
        self._talk = Shown(organization, switches)

    @property
    def next(self) -> Step | None:
        return self.scenario.steps[self.done] if self.done < len(self.scenario.steps) else None

    @property
    def last(self) -> Step | None:
        return self.scenario.steps[self.done - 1] if self.done else None

    @property
    def missing(self) -> list[str]:
        return self._talk.missing

    async def step(self) -> None:
        """The next one, if there is one and none is under way."""
        step = self.next
        if step is None or self.under_way:
            return
        self.under_way = True
        try:
            await step.play(self._talk)
        except (TimeoutError, KeyError, ValueError) as fault:
            self._talk.missing.append(f"The script could not go on: {fault or 'Murphy is still at it'}")
        finally:
            self.under_way = False
            self.done += 1


class Playground:
    """An async context manager. `run` counts the organizations there were: each begins anew. No other has its `id`."""

    def __init__(self, *, speed: float = 1.0, start: datetime | None = None) -> None:
        self.speed = speed
        self.id = secrets.token_hex(8)
        self.run = 0
        self.playing: Playing | None = None
        self.organization: Organization
        self.switches: Switchboard
        self._start = start
        self._stack = AsyncExitStack()
        self._busy = asyncio.Lock()

    async def __aenter__(self) -> Self:
        await self._open(self._start or datetime.now(UTC).replace(microsecond=0))
        self._clock = asyncio.create_task(self._move_clock())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._clock.cancel()
        await asyncio.wait({self._clock})
        await self._stack.aclose()

    async def anew(self, scenario: str = "") -> None:
        """An organization to which nothing has happened, with a scenario to step through. Raises KeyError."""
        chosen = SCENARIOS[scenario] if scenario else None
        async with self._busy:
            before, self._stack = self._stack, AsyncExitStack()
            await self._open(START if chosen else datetime.now(UTC).replace(microsecond=0))
            self.playing = Playing(chosen, self.organization, self.switches) if chosen else None
            await before.aclose()

    async def _open(self, start: datetime) -> None:
        organization = Organization(start=start, modem=True, edits=EDITS, board_here=True, most=KEPT)
        await self._stack.enter_async_context(organization)
        self.organization, self.switches = organization, Switchboard(organization)
        self.run += 1

    @property
    def held(self) -> bool:
        """Whether the clock stands still: a script that is not over says by itself when time passes."""
        return self._busy.locked() or (self.playing is not None and self.playing.next is not None)

    async def step(self) -> None:
        """The scenario's next step."""
        async with self._busy:
            if self.playing:
                await self.playing.step()

    async def turn(self, name: str, *, whole: bool) -> None:
        """Raises KeyError for a name that is no switch's."""
        async with self._busy:
            await self.switches.turn(name, whole=whole)

    async def restart(self) -> None:
        async with self._busy:
            await self.switches.restart()

    async def pass_time(self, duration: timedelta) -> None:
        """At once, from one thing that falls due to the next."""
        async with self._busy:
            end = self.organization.clock.now() + duration
            while (now := self.organization.clock.now()) < end:
                due = self._due()
                if due is not None and due <= now:  # it waits for something that is cut
                    due = now + STUCK
                await self._move_to(min(due, end) if due else end)

    async def to_next(self) -> None:
        """To when something next falls due, if anything does."""
        async with self._busy:
            if due := self._due():
                await self._move_to(due)

    def _due(self) -> datetime | None:
        return self.organization.daemon.next_wake() if self.organization.alive else None

    async def _move_to(self, when: datetime) -> None:
        self.organization.clock.move_to(when)
        self._wake()
        await self.rest(MOVED)

    async def rest(self, looks: int = STEADY) -> None:
        """What was said has its answer, unless something is cut."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REST):
                if self.switches.all_whole:
                    await self.organization.settle()
                    return
                steady = 0
                while steady < looks:
                    await asyncio.sleep(0.01)
                    steady = 0 if self.organization.alive and not self.organization.daemon.idle else steady + 1

    def _wake(self) -> None:
        if self.organization.alive:
            self.organization.daemon.wake()

    async def _move_clock(self) -> None:
        loop = asyncio.get_running_loop()
        before = loop.time()
        while True:
            await asyncio.sleep(MOVE_EVERY)
            now = loop.time()
            if self.speed and not self.held:
                clock = self.organization.clock
                clock.move_to(clock.now() + timedelta(seconds=(now - before) * self.speed))
                self._wake()
            before = now
