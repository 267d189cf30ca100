"""One relay: a pool of kept sessions, and a breaker that takes it out of use while it is down.

A relay that is down is never waited for: a probe in the background finds out when it is back.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from channels.resolver import Resolver
from channels.smtp_kept import Kept
from channels.smtp_opening import open_session
from channels.smtp_pipeline import OutOfStep, Pipeline, Pull
from channels.smtp_replies import Refusal, Refused
from channels.smtp_session import Lost, Session
from channels.smtp_settings import Deadlines, Patience, RelaySettings
from channels.types import Failure, Mail, Outcome, Result, Retry

_log = logging.getLogger(__name__)

LOCKOUT_PAUSE = 60.0
"""Seconds, at least, between two tries of a login that was refused: directories lock accounts."""


class State(StrEnum):
    UP = "up"
    TRIAL = "trial"
    """It answers again; one message tries it, and the others wait a moment for what that one finds."""
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class RelayState:
    """How a relay stands. `failure` is the last one, None since it works; `open_sessions` are connections kept."""

    name: str
    state: State
    failure: Failure | None
    open_sessions: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one relay came to. `elsewhere`: another relay may do better."""

    outcome: Outcome
    elsewhere: bool = False


class Relay:
    """Bounded to `settings.sessions` transactions at once, first come first served."""

    def __init__(self, settings: RelaySettings, deadlines: Deadlines, patience: Patience, resolver: Resolver) -> None:
        self.settings = settings
        self._deadlines = deadlines
        self._patience = patience
        self._resolver = resolver
        self._slots = asyncio.Semaphore(settings.sessions)
        self._kept: Kept[Session] = Kept(settings.sessions, patience.idle)
        self._pipes: Kept[Pipeline] = Kept(settings.sessions, patience.idle)
        self._in_step = True
        self._state = State.UP
        self._trying = False
        self._tried = asyncio.Event()
        self._failure: Failure | None = None
        self._pause = patience.first
        self._probe: asyncio.Task[None] | None = None

    @property
    def state(self) -> RelayState:
        return RelayState(self.settings.name, self._state, self._failure, len(self._kept) + len(self._pipes))

    async def send(self, mail: Mail) -> Attempt:
        """At once where the relay is down; else waits for a session. Raises only on cancellation."""
        if not await self._usable():
            return self._skipped()
        async with self._slots:
            if not await self._usable():
                return self._skipped()
            trial = self._trying = self._state is State.TRIAL
            if trial:
                self._tried.clear()
            try:
                attempt = await self._transact(mail)
                _heed_cancellation()
                return attempt
            finally:
                if trial:
                    self._trying = False
                    self._tried.set()

    async def stream(self, pull: Pull, settle: Callable[[Mail, Attempt], None]) -> bool:
        """Like `send` for each that `pull` gives, until it gives None, on one session with pipelining.

        False, with nothing pulled, where that is not to be had: the relay is not up, does not offer it, or once
        answered out of step. Raises only on cancellation.
        """
        if not self._may_stream():
            return False
        async with self._slots:
            pipe = await self._pipe() if self._may_stream() else None
            if pipe is None:
                return False
            try:
                await pipe.run(
                    lambda: pull() if self._state is State.UP else None,
                    lambda mail, how: settle(mail, self._streamed(how)),
                )
            except OutOfStep:
                self._in_step = False
            except Lost:
                pass
            except BaseException:
                pipe.abort()
                raise
            self._pipes.keep(pipe)
            return True

    def _may_stream(self) -> bool:
        return self._in_step and self._state is State.UP

    async def _pipe(self) -> Pipeline | None:
        if pipe := self._pipes.take():
            return pipe
        self._kept.drop()
        try:
            client = await open_session(self.settings, self._deadlines, self._resolver)
        except Refused as refused:
            _heed_cancellation()
            self._went_down(refused.refusal.failure)
            return None
        if client.supports_extension("pipelining"):
            return Pipeline(client, self._deadlines)
        self._in_step = False
        self._kept.keep(Session(client, self._deadlines))
        return None

    def _streamed(self, how: str | Refused | Lost) -> Attempt:
        match how:
            case str():
                self._works()
                return Attempt(Outcome(Result.SENT, ref=how, by=self.settings.name))
            case Refused():
                return self._refused(how.refusal)
            case Lost(code="lost", sent=False):
                failure = Failure(how.code, str(how), Retry.DOWN)
                return Attempt(Outcome(Result.FAILED, failure=failure, by=self.settings.name), elsewhere=True)
            case _:
                return self._lost(how)

    async def check(self) -> RelayState:
        """Open a session, as far as being ready for mail, and say how the relay stands."""
        try:
            session = await Session.open(self.settings, self._deadlines, self._resolver)
        except Refused as refused:
            _heed_cancellation()
            self._went_down(refused.refusal.failure)
        else:
            self._kept.keep(session)
            _heed_cancellation()
            if self._state is State.DOWN:
                self._state = State.TRIAL
        return self.state

    async def close(self) -> None:
        if self._probe is not None:
            self._probe.cancel()
            await asyncio.gather(self._probe, return_exceptions=True)
        self._kept.close()
        self._pipes.close()

    async def _usable(self) -> bool:
        """While one message tries a relay that is back, the others wait a moment for what it finds."""
        if self._state is State.TRIAL and self._trying:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience.trial):
                    await self._tried.wait()
        return self._state is State.UP or (self._state is State.TRIAL and not self._trying)

    def _skipped(self) -> Attempt:
        failure = self._failure or Failure("down", "being tried again", Retry.DOWN)
        return Attempt(Outcome(Result.FAILED, failure=failure, by=self.settings.name), elsewhere=True)

    async def _transact(self, mail: Mail) -> Attempt:
        while True:
            session = self._kept.take()
            kept = session is not None
            try:
                session = session or await self._opened()
                words = await session.transact(mail)
            except Refused as refused:
                if kept and session is not None and not session.is_open:
                    session.abort()
                    continue
                if session is not None:
                    self._kept.keep(session)
                return self._refused(refused.refusal)
            except Lost as lost:
                if session is not None:
                    session.abort()
                if kept and lost.code == "lost" and not lost.sent:
                    continue
                return self._lost(lost)
            except BaseException:
                if session is not None:
                    session.abort()
                raise
            self._kept.keep(session)
            self._works()
            return Attempt(Outcome(Result.SENT, ref=words, by=self.settings.name))

    async def _opened(self) -> Session:
        """Raises Refused."""
        self._pipes.drop()
        return await Session.open(self.settings, self._deadlines, self._resolver)

    def _refused(self, why: Refusal) -> Attempt:
        failure = why.failure
        if failure.retry is Retry.DOWN:
            failure = self._went_down(failure)
        else:
            self._works()
        return Attempt(Outcome(Result.FAILED, failure=failure, by=self.settings.name), why.elsewhere)

    def _lost(self, lost: Lost) -> Attempt:
        failure = self._went_down(Failure(lost.code, str(lost), Retry.DOWN))
        result = Result.UNCERTAIN if lost.sent else Result.FAILED
        return Attempt(Outcome(result, failure=failure, by=self.settings.name), elsewhere=True)

    def _works(self) -> None:
        self._state = State.UP
        self._failure = None
        self._pause = self._patience.first

    def _went_down(self, failure: Failure) -> Failure:
        self._state = State.DOWN
        self._failure = replace(failure, retry_after=failure.retry_after or timedelta(seconds=self._pause))
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._until_back(), name=f"probe of relay {self.settings.name}")
        return self._failure

    async def _until_back(self) -> None:
        """Probe after a pause that doubles; only a message that went through makes it short again.

        A probe that dies is one that did not get through: the relay is not given up for it.
        """
        while self._state is State.DOWN:
            pause, self._pause = self._pause, min(self._pause * 2, self._patience.longest)
            if self._failure is not None and self._failure.code.startswith("535"):
                pause = max(pause, LOCKOUT_PAUSE)
            await asyncio.sleep(pause)
            try:
                await self.check()
            except Exception:
                _log.exception("the probe of relay %s failed in a way of its own", self.settings.name)


def _heed_cancellation() -> None:
    """Python 3.11's wait_for, which aiosmtplib uses, loses a cancellation that comes together with an answer."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
