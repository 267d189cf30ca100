"""Canaries: mails to our own mailbox through each relay, and texts to a phone that is always on, now and then.

What does not come back, or is not taken, tells of a broken path before an incident needs it. A canary's own token
says when and through which relay it was sent, so one that comes back after a restart still counts.
"""

import asyncio
import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import structlog

from channels.smtp import State
from channels.types import Channel, ChannelDown, Mail, Outcome, Receipt, Result, Text
from config.types import Canary, Mailbox, Relay, Settings
from daemon.clock import Clock
from daemon.core.stimuli import CanaryBack, CanaryLost, Observed
from daemon.pulse import Work
from daemon.render.mail import Sender
from daemon.ways import Ways
from parsers.types import Inbound

log = structlog.get_logger()

EMAIL = "email"

WITHIN = 300.0
"""Seconds in which a canary must be back."""

AGAIN = 60.0
"""Seconds between rounds, at most, while something is wrong."""

FIRST_LOOK = 0.5
"""Seconds to the first look at a text's receipt; the pauses double."""

MODEM_EVERY = timedelta(days=1)
"""The modem's texts cost more than they show, where Twilio is there as well."""

OLD = timedelta(days=1)
"""A canary older than this shows nothing any more."""

WORDS = "Murphy tests by this text that texts arrive. No answer is needed."

_TOKEN = re.compile(r"\bcanary-([0-9]{10,16})-([a-z2-7]{16})\b", re.IGNORECASE | re.ASCII)

Put = Callable[..., Awaitable[bool]]


async def _now() -> None:
    """Nothing is waited for."""


class Canaries:
    """`run` sends them; `seen` knows one that came in. `watched` says whether a source can be read now.

    `within` and `poll` are seconds: for a canary to be back, and the longest between looks at a text's receipt.
    """

    def __init__(
        self,
        settings: Settings,
        ways: Ways,
        secret: bytes,
        clock: Clock,
        put: Put,
        watched: Callable[[str], bool],
        *,
        within: float = WITHIN,
        poll: float = 10.0,
        ready: Callable[[], Awaitable[object]] = _now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._rules = settings.canary or Canary(timedelta(minutes=15), "")
        self._ways = ways
        self._secret = secret
        self._clock = clock
        self._put = put
        self._watched = watched
        self._within = within
        self._poll = poll
        self._ready = ready
        self._sleep = sleep
        self._back: dict[str, asyncio.Event] = {}
        self._receipted = False
        self._modem_at: datetime | None = None
        self.work = Work()

    async def run(self) -> None:
        every = self._rules.every.total_seconds()
        await self._ready()  # what is sent before a mailbox was first seen would not count as new there
        while True:
            with self.work:
                well = await self.round()
            await self._sleep(every if well else min(every, AGAIN))

    async def round(self) -> bool:
        """One canary on each way; whether all is well, as far as can be known."""
        mail, boxes, phone = self._ways.mail, self._settings.mailboxes, self._rules.phone
        ways: list[Awaitable[bool]] = []
        if mail is not None and boxes:
            ways += [self._mail(relay, boxes[0]) for relay in self._settings.relays]
        if phone and "sms" in self._ways.channels:
            ways.append(self._text(phone))
        if phone and "gsm" in self._ways.channels and self._modem_is_due():
            ways.append(self._modem(phone))
        return all(await asyncio.gather(*ways))

    def seen(self, inbound: Inbound) -> tuple[CanaryBack, ...] | None:
        """None for what is no canary of ours; nothing for one that is too old to show anything."""
        for text in (inbound.subject, inbound.message_id):
            if (found := _TOKEN.search(text)) and (relay := self._relay_of(found[1], found[2].lower())):
                sent = datetime.fromtimestamp(int(found[1]) / 1000, UTC)
                took = max(self._clock.now() - sent, timedelta(0))
                if took > OLD:
                    return ()
                if self._ways.mail is not None:
                    self._ways.mail.trust(relay)
                if event := self._back.get(found[0].lower()):
                    event.set()
                log.info("canary back", relay=relay, seconds=round(took.total_seconds(), 1))
                return tuple(CanaryBack(channel, sent, took) for channel in self._channels_of(relay))
        return None

    async def _mail(self, relay: Relay, box: Mailbox) -> bool:
        mail = self._ways.mail
        assert mail is not None
        sent, token = self._clock.now(), self._token(relay.name)
        back = self._back[token] = asyncio.Event()
        channels = self._channels_of(relay.name)
        try:
            outcome = await mail.through(relay.name, _letter(relay, box, token, sent))
            if outcome.result is Result.FAILED:
                no_other = all(one.state is State.DOWN for one in mail.relays)
                return await self._not_taken(outcome, *(c for c in channels if c != EMAIL), *([EMAIL] * no_other))
            async with asyncio.timeout(self._within):
                await back.wait()
        except TimeoutError:
            return await self._lost(channels, relay, box, sent)
        finally:
            del self._back[token]
        return True

    async def _lost(self, channels: Sequence[str], relay: Relay, box: Mailbox, sent: datetime) -> bool:
        """A relay that loses mail is asked last from now on; the one in its place shows at once what it can."""
        if not self._watched(box.name):
            log.info("a canary cannot be seen: its mailbox cannot be read", relay=relay.name, mailbox=box.name)
            return True
        mail = self._ways.mail
        assert mail is not None
        log.warning("canary lost", relay=relay.name)
        mail.distrust(relay.name)
        reason = f"{relay.name} took a mail to {box.address}, which did not arrive within {_minutes(self._within)}"
        await self._put(*(CanaryLost(channel, sent, reason) for channel in channels))
        other = next((one for one in self._settings.relays if one.name == mail.first), relay)
        if other is not relay and EMAIL in channels:
            await self._mail(other, box)
        return False

    async def _text(self, phone: str) -> bool:
        sent = self._clock.now()
        outcome = await self._ways.channels["sms"].send(Text(phone, WORDS))
        if outcome.result in (Result.FAILED, Result.UNCERTAIN):
            return await self._not_taken(outcome, "sms")
        receipt = await self._receipt(outcome.ref)
        if receipt is None:
            if self._receipted:  # else its carrier may give none
                reason = f"a text to {phone} had no receipt within {_minutes(self._within)}"
                await self._put(CanaryLost("sms", sent, reason))
            return not self._receipted
        if receipt.result is Result.FAILED:
            return await self._not_taken(Outcome(Result.FAILED, receipt.ref, receipt.failure, "twilio"), "sms")
        self._receipted = True
        await self._put(CanaryBack("sms", sent, max(receipt.at - sent, timedelta(0))))
        return True

    async def _receipt(self, ref: str) -> Receipt | None:
        """Its last word, asked for until it comes; None where there is none in time."""
        assert self._ways.texts is not None
        pause = FIRST_LOOK
        try:
            async with asyncio.timeout(self._within):
                while True:
                    try:
                        for receipt in await self._ways.texts.receipts([ref]):
                            if receipt.result is not Result.SENT:
                                return receipt
                    except ChannelDown as down:
                        log.info("a canary's receipt cannot be asked for", reason=down.failure.reason)
                    await self._sleep(pause)
                    pause = min(pause * 2, self._poll)
        except TimeoutError:
            return None

    async def _modem(self, phone: str) -> bool:
        sent = self._modem_at = self._clock.now()
        modem: Channel = self._ways.channels["gsm"]
        outcome = await modem.send(Text(phone, WORDS))
        if outcome.result is not Result.SENT:
            return await self._not_taken(outcome, "gsm")
        await self._put(CanaryBack("gsm", sent, self._clock.now() - sent))
        return True

    def _modem_is_due(self) -> bool:
        if "sms" not in self._ways.channels or self._modem_at is None:
            return True
        return self._clock.now() - self._modem_at >= MODEM_EVERY

    async def _not_taken(self, outcome: Outcome, *channels: str) -> bool:
        failure = outcome.failure
        log.warning("canary not taken", by=outcome.by, reason=failure.reason if failure else "")
        await self._put(*(Observed(channel, outcome) for channel in channels))
        return False

    def _channels_of(self, relay: str) -> tuple[str, ...]:
        """Where there are several relays, each is told of by its name; the channel is as good as its first relay."""
        named = (f"{EMAIL} ({relay})",) if len(self._settings.relays) > 1 else ()
        return (*named, EMAIL) if self._ways.mail is None or self._ways.mail.first == relay else named

    def _token(self, relay: str) -> str:
        at = str(round(self._clock.now().timestamp() * 1000))
        return f"canary-{at}-{self._mac(relay, at)}"

    def _relay_of(self, at: str, mac: str) -> str:
        """The relay that a token was made for; "" where it is none of ours."""
        names = (relay.name for relay in self._settings.relays)
        return next((name for name in names if hmac.compare_digest(self._mac(name, at), mac)), "")

    def _mac(self, relay: str, at: str) -> str:
        message = "\0".join(("murphy canary 1", relay, at))
        return b32encode(hmac.new(self._secret, message.encode(), hashlib.sha256).digest()[:10]).decode().lower()


def _letter(relay: Relay, box: Mailbox, token: str, now: datetime) -> Mail:
    """The token is in the subject as well: some relays give every mail a Message-ID of their own."""
    sender = Sender.of(relay.sender, box.address, "")
    head = (
        f"To: {box.address}",
        f"Subject: {token}",
        f"Date: {format_datetime(now)}",
        f"Message-ID: <{token}@{sender.domain}>",
        "Auto-Submitted: auto-generated",
        "X-Murphy: canary",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=us-ascii",
    )
    body = "Murphy mails this to itself, to see that mail arrives. It moves it away once it has seen it."
    raw = sender.header + "\r\n".join((*head, "", body, ""))
    return Mail(sender.address, box.address, raw.encode(), f"<{token}@{sender.domain}>")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds >= 60 else f"{seconds:g} seconds"
