"""What goes through a channel, and how it ended. Standard library only.

A channel has one verb, `send`. It never decides: a failure says why, and whether trying again can help.
"""

from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable


class Retry(StrEnum):
    """What to do after a failure."""

    SAME = "same"
    """The same rung again, after a pause."""
    NEXT = "next"
    """The next rung now; this one may work for a later notice."""
    NEVER = "never"
    """The next rung now, and never this channel for this address again."""
    DOWN = "down"
    """The channel itself is down: the next rung now, for everybody."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed. `code` is the wire's ("550 5.1.1", "30005", "timeout"); `reason` is for people."""

    code: str
    reason: str
    retry: Retry
    retry_after: timedelta | None = None


class Result(StrEnum):
    """How an attempt stands, as far as its channel knows."""

    SENT = "sent"
    """Taken over by the next system (SMTP 250, Twilio's queued); no word from the handset or mailbox."""
    DELIVERED = "delivered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """The connection was lost after the message and before the answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one `send` came to. `ref` is the provider's id, for receipts to refer to. `by` is the relay used."""

    result: Result
    ref: str = ""
    failure: Failure | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One serialised message (CRLF line ends) and its envelope (RFC 5321). `envid` goes into DSN (RFC 3461).

    `head`, whole lines, is this recipient's own; `body`, what follows it, may be the same object for thousands, so that
    it is got ready for the wire once.
    """

    sender: str
    recipient: str
    head: bytes
    message_id: str
    envid: str = ""
    body: bytes = b""

    @property
    def raw(self) -> bytes:
        return self.head + self.body


@dataclass(frozen=True, slots=True)
class Text:
    """One text message; `recipient` in E.164."""

    recipient: str
    body: str


@dataclass(frozen=True, slots=True)
class Call:
    """One voice call: `body` is spoken in `language`, twice. `keys` maps a digit to what it stands for.

    Where `conference` is set, the words are said once and the person is put into the conference of that name.
    """

    recipient: str
    language: str
    body: str
    keys: tuple[tuple[str, str], ...] = ()
    conference: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Words for one person by a named channel, and what its address may be made of: `email` and `phone` may be "".

    `recipient` is the contact's id.
    """

    recipient: str
    title: str
    body: str
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""


Message = Mail | Text | Call | Post


class Channel(Protocol):
    """A way out. `send` returns within its deadline and raises only on cancellation."""

    @property
    def name(self) -> str: ...

    async def send(self, message: Message) -> Outcome: ...


@runtime_checkable
class Streaming(Channel, Protocol):
    """A channel to which many messages, one after another, cost less than each by itself."""

    async def stream(self, pull: Callable[[], Message | None], settle: Callable[[Message, Outcome], None]) -> None:
        """Sends what `pull` gives until it gives None, or earlier; settles each message pulled, once.

        Raises only on cancellation.
        """
        ...


@runtime_checkable
class Finder(Protocol):
    """A channel that can be asked about an attempt whose outcome is unknown."""

    async def find(self, message: Message, since: datetime, known: Container[str] = ()) -> Outcome | None:
        """The outcome of a message to this recipient with this text sent after `since`; None if there is none.

        Those whose provider's id is `known` are other messages with the same words. Raises ChannelDown when it
        cannot be known now.
        """
        ...


class ChannelDown(Exception):
    """The other side cannot be reached or used now."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox has been read: RFC 3501 UIDVALIDITY; mail up to `baseline` was there at first sight."""

    uidvalidity: int
    baseline: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class MailArrival:
    """A message read from a mailbox. `raw` is cut at 5 MB (`size` says how long it was). `received` is INTERNALDATE."""

    source: str
    position: Position
    raw: bytes
    size: int
    received: datetime


@dataclass(frozen=True, slots=True)
class FirstSight:
    """A source never seen before: `waiting` messages lie there and will not be acted on."""

    source: str
    position: Position | None
    waiting: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class TextArrival:
    """A text that came in. `ref` is the provider's id."""

    source: str
    ref: str
    sender: str
    recipient: str
    body: str
    received: datetime
    media: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Later word of an attempt that was sent, by the provider's id."""

    source: str
    ref: str
    result: Result
    failure: Failure | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """A way in went up or down; `reason` is for people."""

    source: str
    up: bool
    reason: str


Arrival = MailArrival | TextArrival | FirstSight | Receipt | SourceState

Deliver = Callable[[Arrival], Awaitable[bool]]
"""Hands an arrival on; returns True once its effect is durable (acknowledge it), False when it is not (don't)."""
