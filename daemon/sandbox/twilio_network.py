"""What happens between the simulated Twilio and the phones: texts both ways, calls, keys, callbacks.

Its clock is given; nothing in it waits for time to pass.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree

import aiohttp
from twilio.request_validator import RequestValidator

from daemon.sandbox.phones import PhoneCall, Phones, PhoneText
from daemon.sandbox.twilio_carrier import carrier_answer
from daemon.sandbox.twilio_faults import Fault, Kind
from daemon.sandbox.twilio_ledger import Record, call_form, inbound_form, new_sid, status_form

WEBHOOK_DEADLINE = 15.0


def utcnow() -> datetime:
    return datetime.now(UTC)


class TwilioNetwork:
    """`number` is the organization's; `webhook` is the URL for texts that come in, "" for none.

    `callbacks` has the URL and answer (0: none) of every request that was made to Murphy.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        number: str,
        phones: Phones | None = None,
        now: Callable[[], datetime] = utcnow,
        webhook: str = "",
    ) -> None:
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.number = number
        self.phones = phones or Phones()
        self.webhook = webhook
        self.opted_out: set[str] = set()
        self.callbacks: list[tuple[str, int]] = []
        self._now = now
        self._messages: dict[str, Record] = {}
        self._calls: dict[str, Record] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    async def settle(self) -> None:
        """Waits until every message and call has got as far as it will, and its callbacks were made."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def text(self, sender: str, body: str, *, media: int = 0) -> str:
        """A person texts our number; returns its sid, once the webhook, if there is one, was called."""
        now = self._now()
        sid = new_sid("SM")
        record = Record(sid, sender, self.number, body, "inbound", "received", now, now, sent=now, media=media)
        self._messages[sid] = record
        if answer := carrier_answer(sender, body, self.opted_out):
            self.phones.receive(PhoneText(now, self.number, sender, answer, carrier=True))
        if self.webhook:
            form = inbound_form(record, self.account_sid)
            if not 200 <= (await self._post(self.webhook, form))[0] < 300:
                await self._post(self.webhook, form)
        return sid

    async def press(self, number: str, key: str) -> str:
        """The person presses a key in the latest call; returns the TwiML answered, "" where no key was asked for."""
        call = next(record for record in reversed(self._calls.values()) if record.recipient == number)
        gather = ElementTree.fromstring(call.body).find("Gather")  # noqa: S314 (what Murphy itself sent)
        if gather is None:
            return ""
        form = call_form(call, self.account_sid) | {"Digits": key, "CallStatus": "in-progress"}
        return (await self._post(gather.get("action", ""), form))[1]

    async def report(self, sid: str, status: str, code: int = 0) -> None:
        """Moves a message to a status, with its callback; "delivered" puts it on the phone."""
        record = self._messages[sid]
        record.status, record.code, record.updated = status, code, self._now()
        if status == "sent":
            record.sent = record.updated
        if status == "delivered":
            self.phones.receive(PhoneText(record.updated, record.sender, record.recipient, record.body))
        if record.callback:
            await self._post(record.callback, status_form(record, self.account_sid))

    def _send(self, record: Record, fault: Fault | None) -> None:
        self._messages[record.sid] = record
        self._start(self._carry(record.sid, fault))

    def _dial(self, record: Record, fault: Fault | None) -> None:
        self._calls[record.sid] = record
        self._start(self._ring(record, fault))

    async def _carry(self, sid: str, fault: Fault | None) -> None:
        await self.report(sid, "sent")
        match fault:
            case Fault(Kind.LATER, code=code):
                await self.report(sid, "undelivered", code)
            case Fault(Kind.STUCK):
                pass
            case _:
                await self.report(sid, "delivered")

    async def _ring(self, record: Record, fault: Fault | None) -> None:
        taken = not (fault and fault.kind in (Kind.LATER, Kind.STUCK))
        record.status, record.updated = "completed" if taken else "no-answer", self._now()
        if taken:
            self.phones.ring(PhoneCall(record.updated, record.sender, record.recipient, record.body))
        if record.callback:
            await self._post(record.callback, call_form(record, self.account_sid))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connect(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WEBHOOK_DEADLINE))

    async def _disconnect(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _post(self, url: str, form: Mapping[str, str]) -> tuple[int, str]:
        """A signed request to Murphy, and its answer; status 0 where there was none."""
        signature = RequestValidator(self.auth_token).compute_signature(url, form)
        assert self._session
        try:
            async with self._session.post(url, data=form, headers={"X-Twilio-Signature": signature}) as answer:
                status, body = answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            status, body = 0, ""
        self.callbacks.append((url, status))
        return status, body
