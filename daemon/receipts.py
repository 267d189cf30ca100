"""Texts that are out are asked about, as often as texts are polled for, until their last word."""

import asyncio

import structlog

from channels.twilio_inbound import TextPoll
from channels.types import ChannelDown, Deliver, Result
from daemon.core.state import State
from daemon.pulse import Work

log = structlog.get_logger()

AT_ONCE = 50
"""Texts asked about in one round."""


class Receipts:
    """`every` is in seconds."""

    def __init__(self, texts: TextPoll, state: State, deliver: Deliver, every: float) -> None:
        self._texts = texts
        self._state = state
        self._deliver = deliver
        self._every = every
        self.work = Work()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                with self.work:
                    await self._ask()
            except ChannelDown as down:
                log.warning("receipts cannot be asked for", reason=down.failure.reason)

    async def _ask(self) -> None:
        """Raises ChannelDown."""
        refs = list(self._state.refs)
        for first in range(0, len(refs), AT_ONCE):
            for receipt in await self._texts.receipts(refs[first : first + AT_ONCE]):
                if receipt.result is not Result.SENT:
                    await self._deliver(receipt)
