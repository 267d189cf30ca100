"""Email by SMTP: relays in order of preference, the next one at once where one cannot be reached or used.

An outcome is SENT once a relay has taken the message, UNCERTAIN where the connection was lost before its answer and
no other relay took it: one with the same Message-ID again does less harm than none.
"""

import asyncio
from collections.abc import Callable, Sequence

from channels.resolver import Resolver
from channels.smtp_relay import Attempt, Relay, RelayState, State
from channels.smtp_settings import Deadlines, Patience, RelaySettings
from channels.types import Failure, Mail, Message, Outcome, Result, Retry

__all__ = ["Deadlines", "Patience", "RelaySettings", "RelayState", "Smtp", "State"]


_NOT_MAIL = Outcome(Result.FAILED, failure=Failure("kind", "not an email", Retry.NEXT))


class Smtp:
    """The channel "email". To be made and closed in a running loop.

    A caller that has no more than `capacity` sends in flight waits for nobody else's.
    """

    name = "email"

    def __init__(
        self,
        relays: Sequence[RelaySettings],
        *,
        deadlines: Deadlines | None = None,
        patience: Patience | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        resolver = resolver or Resolver()
        self._relays = [Relay(one, deadlines or Deadlines(), patience or Patience(), resolver) for one in relays]
        self._distrusted: set[str] = set()

    @property
    def capacity(self) -> int:
        """Transactions at once by the relay preferred."""
        return self._relays[0].settings.sessions if self._relays else 1

    @property
    def relays(self) -> tuple[RelayState, ...]:
        """How each relay stands now, in order of preference."""
        return tuple(relay.state for relay in self._relays)

    @property
    def first(self) -> str:
        """The relay that the next message is offered to."""
        order = self._order()
        return next((r.settings.name for r in order if r.state.state is not State.DOWN), order[0].settings.name)

    def distrust(self, name: str) -> None:
        """Ask this relay last: it takes messages and loses them."""
        self._distrusted.add(name)

    def trust(self, name: str) -> None:
        self._distrusted.discard(name)

    async def check(self) -> tuple[RelayState, ...]:
        """Connect and log in to each relay, without sending; how each stands."""
        return tuple(await asyncio.gather(*(relay.check() for relay in self._relays)))

    async def send(self, message: Message) -> Outcome:
        """Raises only on cancellation; what was being sent then may have been taken or not."""
        if not isinstance(message, Mail):
            return _NOT_MAIL
        return await self._by(self._order(), message, [])

    async def _by(self, relays: Sequence[Relay], mail: Mail, tried: list[Attempt]) -> Outcome:
        for relay in relays:
            attempt = await relay.send(mail)
            if not attempt.elsewhere:
                return attempt.outcome
            tried.append(attempt)
        return _sum(tried)

    async def stream(self, pull: Callable[[], Message | None], settle: Callable[[Message, Outcome], None]) -> None:
        """Like `send` for each that `pull` gives, one after another; ends when it gives None, or at a loss.

        What a session with pipelining cannot be had for goes one by one. Raises only on cancellation.
        """
        left: list[tuple[Mail, Attempt]] = []

        def mails() -> Mail | None:
            while (message := pull()) is not None:
                if isinstance(message, Mail):
                    return message
                settle(message, _NOT_MAIL)
            return None

        def streamed(mail: Mail, attempt: Attempt) -> None:
            if attempt.elsewhere:
                left.append((mail, attempt))
            else:
                settle(mail, attempt.outcome)

        first = self._order()[0]
        if not await first.stream(mails, streamed) and (mail := mails()) is not None:
            settle(mail, await self.send(mail))
        others = [relay for relay in self._order() if relay is not first]
        for mail, attempt in left:
            failure = attempt.outcome.failure
            unsent = attempt.outcome.result is Result.FAILED and failure is not None and failure.code == "lost"
            settle(mail, await self.send(mail) if unsent else await self._by(others, mail, [attempt]))

    async def through(self, name: str, mail: Mail) -> Outcome:
        """By this relay and no other. Raises KeyError, and on cancellation as `send`."""
        relay = {relay.settings.name: relay for relay in self._relays}[name]
        return (await relay.send(mail)).outcome

    def _order(self) -> list[Relay]:
        return sorted(self._relays, key=lambda relay: relay.settings.name in self._distrusted)

    async def close(self) -> None:
        for relay in self._relays:
            await relay.close()


def _sum(tried: Sequence[Attempt]) -> Outcome:
    """What may be out is; else what a relay that works said weighs more than the relays that are down."""
    failed = [(attempt.outcome, attempt.outcome.failure) for attempt in tried]
    for outcome, _ in failed:
        if outcome.result is Result.UNCERTAIN:
            return outcome
    for outcome, failure in failed:
        if failure is not None and failure.retry is not Retry.DOWN:
            return outcome
    failures = [(outcome.by, failure) for outcome, failure in failed if failure is not None]
    if not failures:
        return Outcome(Result.FAILED, failure=Failure("none", "no relay is configured", Retry.DOWN))
    reasons = "; ".join(f"relay {name}: {failure.reason}" for name, failure in failures)
    after = min((failure.retry_after for _, failure in failures if failure.retry_after), default=None)
    return Outcome(Result.FAILED, failure=Failure(failures[0][1].code, reasons, Retry.DOWN, after), by=failures[0][0])
