"""The example organization: the real daemon amid its surroundings, started, stopped, killed and cut off from them, by a
clock that is moved by hand.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from channels.smtp import Patience, State
from channels.types import Call, Text
from daemon.app import Daemon, running
from daemon.core.notices import Notice
from daemon.identity.tokens import referred
from daemon.sandbox.disk import CutDisk
from daemon.sandbox.faults import Refuse, Step
from daemon.sandbox.seen import Seen
from daemon.sandbox.surroundings import EXAMPLE, START, Surroundings

__all__ = ["EXAMPLE", "START", "Organization", "Seen"]

SETTLE_WITHIN = 60.0
"""Seconds in real time after which something hangs."""

NO_PAUSE = Patience(first=0.05, longest=0.05)
"""A relay is tried again soon: procedure time may pass faster than real time."""

STEADY = 3
"""Looks in a row that must find nothing under way."""


class StillTimer:
    """The sandbox moves the clock itself, and wakes the daemon."""

    def wake_at(self, when: datetime | None) -> None:
        pass


class Organization(Surroundings):
    """An async context manager, as its surroundings are.

    With `asleep` the daemon is not started; with `board_here` who sits at this machine sees the board; with
    `tell_procedure` the managers are mailed the written procedure.
    """

    def __init__(
        self,
        *,
        start: datetime = START,
        on_message: Callable[[Seen], None] | None = None,
        folder: Path = EXAMPLE,
        edits: Mapping[str, str] | None = None,
        modem: bool = False,
        most: int = 0,
        asleep: bool = False,
        tell_procedure: bool = False,
        board_here: bool = False,
    ) -> None:
        super().__init__(start=start, on_message=on_message, folder=folder, edits=edits, modem=modem, most=most)
        self.patience = NO_PAUSE
        self.daemon: Daemon
        self._asleep = asleep
        self._tell_procedure = tell_procedure
        self._board_here = board_here
        self._running: AsyncExitStack | None = None

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._stack.push_async_callback(self.stop)
        if not self._asleep:
            await self.start()
        return self

    @property
    def board(self) -> str:
        """Where the board is seen."""
        web = self.configuration.settings.web
        return f"http://{web.host}:{web.port}/board"

    @property
    def alive(self) -> bool:
        """Whether the daemon runs."""
        return self._running is not None

    async def start(self, *, settled: bool = True) -> None:
        """Starts the daemon; again after `stop` or `kill`, on the same state. Returns once nothing is under way."""
        stack = AsyncExitStack()
        self.daemon = await stack.enter_async_context(
            running(
                self.configuration,
                self.clock,
                timer=StillTimer(),
                patience=self.patience,
                disk=self.disk,
                tell_procedure=self._tell_procedure,
                inspect=False,
                board_here=self._board_here,
            )
        )
        self._running = stack
        async with asyncio.timeout(SETTLE_WITHIN):
            await self.daemon.ready.wait()
        if settled:
            await self.settle()

    async def stop(self) -> None:
        if self._running is not None:
            await self._running.aclose()
            self._running = None

    async def kill(self) -> None:
        """As by SIGKILL: from this moment nothing more is written, and what is under way gets no time to end."""
        if self._running is None:
            return
        running, self._running = self._running, None
        dead, self.disk = self.disk, CutDisk()
        self.disk.broken, dead.broken = dead.broken, True
        busy = not self.daemon.idle
        ending = asyncio.create_task(running.aclose())
        await asyncio.sleep(0)
        if busy:
            ending.cancel()
        await asyncio.wait({ending})

    def notice_of(self, seen: Seen) -> Notice | None:
        """The notice that a message of Murphy's is: as its Message-ID says, or by the text that it renders to."""
        state = self.daemon.state
        if seen.mail is not None:
            named = referred(str(seen.mail["Message-ID"]).strip("<>").partition("@")[0])
            return state.notices.get(named[1]) if named else None
        who = self.configuration.people.by_phone.get(seen.address, seen.address)
        for notice in reversed(state.notices.values()):
            if notice.at <= seen.at and who in notice.recipients:
                message = self.daemon.renderer.render(notice, state.person(who), seen.channel, seen.address)
                if isinstance(message, Text | Call) and message.body == seen.text:
                    return notice
        return None

    async def cut_relay(self) -> None:
        """Outgoing mail is refused at the door."""
        await self.mail.relay.fault(Step.CONNECT, Refuse())

    async def mend_relay(self) -> None:
        """Returns once the daemon, where it had found it down, can use it again."""
        await self.mail.relay.mend()
        async with asyncio.timeout(SETTLE_WITHIN):
            while self._relay_is_down:  # noqa: ASYNC110 (the channel tells nobody)
                await asyncio.sleep(0.01)

    @property
    def _relay_is_down(self) -> bool:
        mail = self.daemon.ways.mail if self.alive else None
        return any(relay.state is State.DOWN for relay in mail.relays) if mail else False

    async def cut_mailbox(self) -> None:
        """Nobody can read the mailbox, and the daemon has noticed; mail goes on arriving in it."""
        await self.mail.imap.fault(Refuse())
        await self._mailbox_is(up=False)

    async def mend_mailbox(self) -> None:
        """Returns when the daemon reads it again."""
        await self.mail.imap.mend()
        await self._mailbox_is(up=True)

    async def _mailbox_is(self, *, up: bool) -> None:
        async with asyncio.timeout(SETTLE_WITHIN):
            while self.daemon.inbox.up.get("incidents") is not up:  # noqa: ASYNC110 (the daemon tells nobody)
                await asyncio.sleep(0.02)

    async def cut_sms(self) -> None:
        """Twilio cannot be reached."""
        await self.twilio.refuse()

    async def mend_sms(self) -> None:
        await self.twilio.open()

    async def cut_disk(self) -> None:
        """Nothing can be written any more."""
        self.disk.broken = True

    async def mend_disk(self) -> None:
        """Returns once the daemon has noticed: it tries again by itself, in real time."""
        self.disk.broken = False
        async with asyncio.timeout(SETTLE_WITHIN):
            while not self.daemon.store.health.ok:  # noqa: ASYNC110 (the store tells by a callback that stays)
                await asyncio.sleep(0.05)

    async def pass_time(self, duration: timedelta, speed: float = 0.0) -> None:
        """Moves the clock on, from one thing that falls due to the next. At `speed` 60 a minute takes a second."""
        end = self.clock.now() + duration
        while True:
            due = self.daemon.next_wake()
            step = min(max(due, self.clock.now()), end) if due else end
            if speed:
                await asyncio.sleep((step - self.clock.now()).total_seconds() / speed)
            self.clock.move_to(step)
            self.daemon.wake()
            await self.settle()
            if step >= end:
                return

    async def settle(self) -> None:
        """Waits, in real time, until nothing is under way: all mail handled, all decided, all sent."""
        async with asyncio.timeout(SETTLE_WITHIN):
            steady = 0
            while steady < STEADY:
                await asyncio.sleep(0.002)
                await self.twilio.settle()
                steady = steady + 1 if await self._quiet() else 0

    async def _quiet(self) -> bool:
        if not self.daemon.idle:
            return False
        handled = self.daemon.state.handled
        self._sids = [sid for sid in self._sids if f"twilio {sid}" not in handled]
        self._keys = [key for key in self._keys if key not in handled]
        if self._sids:
            return False
        if not self.daemon.inbox.up.get("incidents"):
            return True
        inbox = await self.mail.imap.folder("incidents@acme.example")
        source = self.daemon.state.sources.get("incidents")
        left_alone = source.position.baseline if source and source.position else 0
        waiting = [message async for message in inbox.messages() if message.uid > left_alone]
        return not self._keys and (self.disk.broken or not waiting)
