"""One attempt: written in the contact's words and handed to its channel, whatever comes of it.

What must not be repeated blindly is looked for where its outcome was unknown, and written down before it is tried.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog

from channels.types import Channel, ChannelDown, Failure, Finder, Message, Outcome, Result, Retry, Text
from config.types import Contact
from daemon.core.delivery import UNKNOWN, Attempt
from daemon.core.notices import Notice
from daemon.core.settling import delivery_of
from daemon.core.state import State
from daemon.core.stimuli import Begun
from daemon.core.tried import FILTERED
from daemon.harmless import harmless
from daemon.lanes import Work

log = structlog.get_logger()

REPEATABLE = frozenset({"email"})
"""Channels on which a message sent twice is one message (the same Message-ID)."""

SEND_WITHIN = 90.0
"""Seconds for one attempt in all; each channel has shorter deadlines of its own."""

NO_ANSWER = Failure("timeout", "no answer in time", Retry.SAME)
UNWRITTEN = Outcome(Result.FAILED, failure=Failure("render", "the message could not be written", Retry.NEXT))

Put = Callable[..., Awaitable[bool]]
Render = Callable[[Notice, Contact, str, str], Message]


class Attempts:
    def __init__(self, state: State, render: Render, put: Put) -> None:
        self._state = state
        self._render = render
        self._put = put
        self._claimed: set[str] = set()
        self._numbers: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def message(self, channel: Channel, work: Work) -> Message | Outcome:
        """What is to be sent, or how it ends because it could not be written."""
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
            return UNWRITTEN
        if isinstance(message, Text) and self._filtered(work):
            return replace(message, body=harmless(message.body))
        return message

    async def make(self, channel: Channel, work: Work) -> Outcome:
        message = self.message(channel, work)
        if isinstance(message, Outcome):
            return message
        if work.channel in REPEATABLE:
            return await self._send(channel, work, message)
        # One at a time to a number: an equal text under way must not be taken for one whose outcome is unknown.
        async with self._numbers.setdefault(work.address, asyncio.Lock()):
            outcome = await self._once(channel, work, message)
            self._claimed.add(outcome.ref)
            return outcome

    def settled(self, refs: Iterable[str]) -> None:
        """The providers' ids of these are in the state from now on."""
        self._claimed.difference_update(refs)

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
            return Outcome(Result.UNCERTAIN, failure=NO_ANSWER)
        except Exception as fault:
            log.exception("channel failed", channel=work.channel, notice=work.notice)
            return broken(fault)

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
            return Outcome(Result.UNCERTAIN, failure=NO_ANSWER)


def broken(fault: Exception) -> Outcome:
    """A channel raised what it never should."""
    return Outcome(Result.UNCERTAIN, failure=Failure(type(fault).__name__, "the channel broke", Retry.SAME))
