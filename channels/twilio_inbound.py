"""Texts that came in, and receipts, by asking Twilio: no public address is needed.

Every text is delivered at least once, oldest first; its `ref` (Twilio's sid) tells copies apart.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from channels.twilio_api import TwilioApi, TwilioProblem
from channels.twilio_errors import result_of, result_of_call
from channels.types import ChannelDown, Deliver, Failure, FirstSight, Receipt, Retry, SourceState, TextArrival

SOURCE = "twilio"
PAGE = 100
PAGES = 100
"""At most this many pages in one round."""
RECEIPTS_AT_ONCE = 8
OVERLAP = timedelta(days=1)
"""How late a text may turn up in the list and still be found."""
LONGEST_PAUSE = 60.0
"""Seconds between rounds that fail."""

_log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class TextPoll:
    """Texts to `number` (E.164), asked for every `poll_every` seconds."""

    def __init__(
        self,
        api: TwilioApi,
        number: str,
        *,
        poll_every: float = 10.0,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._api = api
        self._number = number
        self._poll_every = poll_every
        self._sleep = sleep
        self._now = now
        self._seen: dict[str, datetime] = {}
        self._up: bool | None = None
        self.beats = 0
        """Counts on as long as it is watched."""

    async def watch(self, deliver: Deliver, since: datetime | None) -> None:
        """Delivers every text sent at `since` or later, until cancelled; and SourceState on each change.

        `since` may lie well before the last text handled: what is handled again is told apart by `ref`.
        None is for a source never seen before: FirstSight is delivered, and only what comes after it.
        """
        self._up = None
        failures = 0
        while True:
            self.beats += 1
            pause = self._poll_every
            try:
                if since is None:
                    since = await self._first_sight(deliver)
                else:
                    await self._round(deliver, since)
                    since = self._forget(since)
                failures = 0
                await self._report(deliver, up=True, reason="")
            except TwilioProblem as problem:
                failures += 1
                pause = _pause(problem.failure, self._poll_every, failures)
                await self._report(deliver, up=False, reason=problem.failure.reason)
            await self._sleep(pause)

    async def receipts(self, refs: Sequence[str]) -> list[Receipt]:
        """How the messages and calls with these sids stand; those that Twilio does not know are left out.

        Raises ChannelDown.
        """
        receipts: list[Receipt | None] = []
        try:
            for start in range(0, len(refs), RECEIPTS_AT_ONCE):
                some = refs[start : start + RECEIPTS_AT_ONCE]
                receipts += await asyncio.gather(*(self._receipt(ref) for ref in some))
        except TwilioProblem as problem:
            raise ChannelDown(problem.failure) from problem
        return [receipt for receipt in receipts if receipt]

    async def _receipt(self, ref: str) -> Receipt | None:
        call = ref.startswith("CA")
        try:
            found = await self._api.ask((self._api.calls if call else self._api.messages)(ref).fetch_async())
        except TwilioProblem as problem:
            if problem.failure.code in ("20404", "404"):
                return None
            raise
        status = found.status or ""
        result, failure = result_of_call(status) if call else result_of(status, found.error_code or 0)
        updated = found.date_updated
        return Receipt(SOURCE, ref, result, failure, updated if isinstance(updated, datetime) else self._now())

    async def _first_sight(self, deliver: Deliver) -> datetime | None:
        texts = [text for text in await self._page(None) if text.direction == "inbound"]
        # Where nothing waits, whatever appears is new, however far our clock and Twilio's differ.
        since = max((self._at(text) for text in texts), default=self._now() - timedelta(days=1))
        # A restart must not act on the newest that waited; this run may still see others of the same second.
        told = FirstSight(SOURCE, None, len(texts), since + timedelta(seconds=1) if texts else since)
        if not await deliver(told):
            return None
        self._seen.update({text.sid: self._at(text) for text in texts})
        return since

    async def _round(self, deliver: Deliver, since: datetime) -> None:
        """Delivers what is new, up to the first that is not taken: it comes again in the next round.

        One that breaks whoever takes it comes again too, but must not keep back the others.
        """
        new = await self._new(since.replace(microsecond=0))
        new.reverse()
        for text in sorted(new, key=self._at):
            if text.sid in self._seen:
                continue
            try:
                taken = await deliver(self._arrival(text))
            except Exception:
                _log.exception("a text could not be handed on")
                continue
            if not taken:
                return
            self._seen[text.sid] = self._at(text)

    def _forget(self, since: datetime) -> datetime:
        """Where to look from now on; what lies before it is no longer remembered."""
        since = max(since, max(self._seen.values(), default=since) - OVERLAP)
        self._seen = {sid: at for sid, at in self._seen.items() if at >= since.replace(microsecond=0)}
        return since

    async def _new(self, floor: datetime) -> list[Any]:
        """Texts not seen, newest first; reading stops at a page without any: older ones came before it."""
        new: list[Any] = []
        page = await self._page(floor)
        for _ in range(PAGES):
            unseen = [
                text
                for text in page
                if text.direction == "inbound" and text.sid not in self._seen and self._at(text) >= floor
            ]
            new += unseen
            if not unseen or not page.next_page_url:
                break
            page = await self._api.ask(page.next_page_async())
        return new

    async def _page(self, floor: datetime | None) -> Any:
        # The API compares whole days, in UTC.
        after = {"date_sent_after": floor.astimezone(UTC)} if floor else {}
        request = self._api.messages.page_async(to=self._number, page_size=PAGE if floor else 1000, **after)
        return await self._api.ask(request)

    def _at(self, text: Any) -> datetime:
        times = (time for time in (text.date_sent, text.date_created) if isinstance(time, datetime))
        return next(times, None) or self._now()

    def _arrival(self, text: Any) -> TextArrival:
        media = text.num_media or ""
        return TextArrival(
            source=SOURCE,
            ref=text.sid,
            sender=text.from_ or "",
            recipient=text.to or "",
            body=text.body or "",
            received=self._at(text),
            media=int(media) if media.isdigit() else 0,
        )

    async def _report(self, deliver: Deliver, *, up: bool, reason: str) -> None:
        if self._up is not up and await deliver(SourceState(SOURCE, up, reason)):
            self._up = up


def _pause(failure: Failure, poll_every: float, failures: int) -> float:
    if failure.retry is Retry.SAME and failure.retry_after:
        return max(poll_every, failure.retry_after.total_seconds())
    return max(poll_every, min(poll_every * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE))
