"""The operator at the console as a channel: what Murphy answers to a command is printed where it was typed.

Nobody there any more, or a command that was left while no daemon ran: the ladder goes on to mail and text.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from channels.types import Failure, Message, Outcome, Post, Result, Retry
from daemon.consumer import Consumer
from daemon.core.facts import Fact, Handled
from daemon.core.notices import Notice
from daemon.core.saying import CONSOLE
from daemon.core.stimuli import Said, Stimulus

WORDS_WITHIN = 20.0
"""Seconds for the words of an answer that is already decided on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`kinds` of the answers and their `words`, in no order; `durable` as the consumer says."""

    durable: bool
    kinds: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(slots=True)
class _Waiting:
    key: str
    who: str
    answers: list[Notice] = field(default_factory=list)
    words: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)


class Desk:
    """One command at a time."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self._waiting: _Waiting | None = None
        self._turn = asyncio.Lock()
        consumer.releases.append(self._released)

    @property
    def name(self) -> str:
        return CONSOLE

    async def hear(self, said: Said, *also: Stimulus) -> Heard:
        """Has the command decided on, and gives what its sender is answered; nobody waits where it was left before."""
        if also:
            return Heard(await self._consumer.put(said, *also), (), ())
        async with self._turn:
            waiting = _Waiting(said.key, said.identity.contact or said.identity.address)
            self._waiting = waiting
            try:
                durable = await self._consumer.put(said)
                words = [await self._words(waiting) for _ in waiting.answers]
            finally:
                self._waiting = None
        return Heard(durable, tuple(n.kind.value for n in waiting.answers), tuple(filter(None, words)))

    async def send(self, message: Message) -> Outcome:
        waiting = self._waiting
        if waiting is None or not isinstance(message, Post) or message.recipient != waiting.who:
            return Outcome(Result.FAILED, failure=Failure("gone", "nobody waits at the console", Retry.NEXT))
        waiting.words.put_nowait(f"{message.title}\n\n{message.body}".strip())
        return Outcome(Result.DELIVERED)

    def _released(self, facts: Sequence[Fact]) -> None:
        waiting = self._waiting
        if waiting and any(isinstance(fact, Handled) and fact.key == waiting.key for fact in facts):
            waiting.answers = [f for f in facts if isinstance(f, Notice) and f.via and f.via[0] == (CONSOLE,)]

    async def _words(self, waiting: _Waiting) -> str:
        try:
            async with asyncio.timeout(WORDS_WITHIN):
                return await waiting.words.get()
        except TimeoutError:
            return ""
