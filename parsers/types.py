"""What the bytes that came in mean. Standard library only.

A parser is total: whatever the bytes, it returns one of these. A refusal is a value with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Medium(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    VOICE = "voice"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Address:
    """An RFC 5322 mailbox, or a phone number in E.164 as `address`. Lower case; "" where there is none."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """`content` is cut at the parser's limit; `size` is the decoded size, in bytes."""

    name: str
    content_type: str
    size: int
    content: bytes


class Automatic(StrEnum):
    """Why a message is not a person's (RFC 3834 and what programs really send)."""

    AUTO_SUBMITTED = "auto-submitted"
    AUTO_REPLY = "auto-reply"
    BULK = "bulk"
    LIST = "list"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    CALENDAR = "calendar"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message that came in, by any medium.

    `visible_text` is what the person wrote: no quotation, signature, disclaimer or "Sent from…".
    `deciding_line` is its first line, "" where there is none. `sure` is false where that line cannot be
    told from a quotation: it must never decide alone. `public_text` is `visible_text` up to the first line
    that may be a quotation, separator or signature: all that may be sent on; `public_sure` is false where
    that cut was a guess. `text` is the whole decoded text. `fingerprint` is a SHA-256 (hex) over From,
    Date, Subject and decoded text, or over sender, text and id of an SMS.
    """

    medium: Medium
    sender: Address
    senders: tuple[Address, ...]
    recipients: tuple[Address, ...]
    subject: str
    text: str
    visible_text: str
    deciding_line: str
    sure: bool
    public_text: str
    public_sure: bool
    message_id: str
    references: tuple[str, ...]
    date: datetime | None
    automatic: Automatic | None
    authentication_results: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    fingerprint: str
    faults: tuple[str, ...]


class Verb(StrEnum):
    PROPOSE = "PROPOSE"
    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    SAME = "SAME"
    NEW = "NEW"
    SERVICE = "SERVICE"
    CONFIDENTIAL = "CONFIDENTIAL"
    UPDATE = "UPDATE"
    TEAM = "TEAM"
    JOIN = "JOIN"
    DECLINE = "DECLINE"
    BRIDGE = "BRIDGE"
    NOTE = "NOTE"
    EVERY = "EVERY"
    DEPUTY = "DEPUTY"
    HANDOVER = "HANDOVER"
    TAKE = "TAKE"
    DOWNGRADE = "DOWNGRADE"
    RESOLVE = "RESOLVE"
    REOPEN = "REOPEN"
    ACTION = "ACTION"
    DONE = "DONE"
    REVIEWED = "REVIEWED"
    STATUS = "STATUS"
    HELP = "HELP"
    STOP = "STOP"
    START = "START"


Verbs = Mapping[str, Verb]
"""Spellings, upper case, of every language in use -> the verb."""


class Problem(StrEnum):
    """Why a message is no command. Nothing is guessed."""

    EMPTY = "empty"
    """Nothing that the person wrote was found."""
    NO_VERB = "no-verb"
    """Plain words: no line of it looks like a command."""
    SLIP = "slip"
    """One letter away from `suggestion`."""
    UNCLEAR = "unclear"
    """A verb is in it, but so is a negation, a question or another verb, or it stands inside a sentence."""
    UNSURE = "unsure"
    """The line that has the verb may be a quotation."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a message asks for. Exactly one of `verb` and `problem` is set.

    `incident` is the number as written ("MI-7", "DR-1", or "7" where no prefix was), "" where none was.
    `words` is what follows, up to the end of what may be sent on; `management` is what followed MGMT.
    `words_sure` is false where the end of the words, or the MGMT mark, is in doubt: the sender sees what
    each audience would get and confirms first.
    """

    verb: Verb | None
    problem: Problem | None = None
    suggestion: Verb | None = None
    incident: str = ""
    words: str = ""
    management: str = ""
    words_sure: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed incident, as its proposer wrote it.

    `summary` is the subject or first line, `details` the rest without the optional lines `Service:`,
    `Impact:` and `Confidential:`, whose values are the other fields ("" and False where absent).
    """

    summary: str
    details: str
    service: str
    impact: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A line "ACTION name: what by date" of a reply: its parts as written, "" for a part that it lacks.

    `due` is the day meant, as seen from when it was written; None where no date can be understood. It is not `sure`
    where no mark or capitals set ACTION apart: it is a sentence like any other unless it begins with a name.
    """

    line: str
    name: str
    what: str
    due: date | None
    sure: bool = True


class CalendarAnswer(StrEnum):
    """What somebody's calendar program answers to an invitation (RFC 5546 section 3.2)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    COUNTER = "counter"
    """Another time is asked for."""


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """`uid` is the invitation's; `attendee` an address, lower case; `start` (aware) is set for a COUNTER."""

    answer: CalendarAnswer
    uid: str
    revision: int
    attendee: str
    start: datetime | None = None
    comment: str = ""


class BounceKind(StrEnum):
    """What a report says of a recipient: RFC 3464's Action, as far as it changes anything."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class BouncedRecipient:
    """`status` is RFC 3463's ("5.1.1"), "" where unknown. `permanent` is false for what may yet work."""

    address: str
    status: str
    reason: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report (RFC 3464, or what looks like one). Tied to ours by `envelope_id` or `message_id`."""

    kind: BounceKind
    recipients: tuple[BouncedRecipient, ...]
    envelope_id: str
    message_id: str
