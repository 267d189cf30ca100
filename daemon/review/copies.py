"""Each person's copies of each notice: by which channel it went, what became of it, and the message written anew.

A mail is not kept as it went out: it follows from the notice, the person and the configuration, and comes out the same,
byte for byte, as long as neither that person's line nor the configuration has changed since.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from channels.types import Call, Mail, Message, Post, Text
from config.types import Contact
from daemon.core import events as e
from daemon.core.delivery import AttemptStatus, Ended, Ending, Trial
from daemon.core.notices import Notice
from daemon.history import History, Sent

ENDINGS: dict[Ending | None, str] = {
    Ending.DELIVERED: "delivered",
    Ending.SENT: "sent",
    Ending.UNREACHED: "unreached",
    Ending.STOPPED: "stopped",
    None: "under way",
}

LONGEST = 40
"""Characters of a channel's name in a file's."""

OUT = frozenset({AttemptStatus.SENT, AttemptStatus.DELIVERED})

Render = Callable[[Notice, Contact, str, str], Message]
"""As Renderer.render."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One message that went to a person, `seconds` after its notice. `address` is "" where it is not known any more."""

    channel: str
    address: str
    seconds: int
    path: str


def fate(sent: Sent, who: str) -> tuple[str, Ended | None]:
    """How the notice to this person stands, in a word."""
    ended = sent.ended.get(who)
    stopped = Ending.STOPPED if sent.stopped and who not in sent.open else None
    return ENDINGS[ended.ending if ended else stopped], ended


def trials_of(sent: Sent, who: str) -> tuple[Trial, ...]:
    """Every attempt known of, also the one that only the ending tells of; its address is "" then."""
    tried, ended = sent.attempts.get(who, ()), sent.ended.get(who)
    if ended is None or ended.ending not in (Ending.SENT, Ending.DELIVERED):
        return tried
    if any(trial.channel == ended.channel and trial.status in OUT for trial in tried):
        return tried
    status = AttemptStatus.DELIVERED if ended.ending is Ending.DELIVERED else AttemptStatus.SENT
    return (*tried, Trial(who, ended.channel, "", status, ended.seconds))


def folder_of(notice: Notice) -> str:
    return f"sent/{notice.id:06}-{notice.kind.value}"


def copies(sent: Sent, who: str, place: int, contact: Contact | None) -> tuple[Copy, ...]:
    """What went out to this person, who is `place` among the notice's recipients (from 1)."""
    found: list[Copy] = []
    names: list[str] = []
    for trial in trials_of(sent, who):
        if trial.status in OUT:
            end = "eml" if trial.channel == "email" else "txt"
            channel = "".join(c if c.isascii() and c.isalnum() else "-" for c in trial.channel)[:LONGEST]
            names.append(channel)
            again = names.count(channel)
            name = f"{place:06}-{channel}{f'.{again}' if again > 1 else ''}.{end}"
            address = trial.address or (_usual(contact, trial.channel) if contact else "")
            found.append(Copy(trial.channel, address, trial.seconds, f"{folder_of(sent.notice)}/{name}"))
    return tuple(found)


def _usual(contact: Contact, channel: str) -> str:
    addresses = contact.emails if channel == "email" else contact.phones if channel in ("sms", "gsm", "voice") else ()
    return next(iter(addresses), "")


class Anew:
    """Writes an incident's messages as they went out."""

    def __init__(self, found: History, render: Render) -> None:
        self._render = render
        marks = (event.at for event in found.events if isinstance(event, e.MadeConfidential))
        self._confidential: datetime | None = min(marks, default=None)

    def message(self, notice: Notice, contact: Contact, copy: Copy) -> bytes:
        """Raises ValueError where it cannot be written any more."""
        sent = notice.at + timedelta(seconds=copy.seconds)
        if self._confidential is not None and sent >= self._confidential:
            notice = replace(notice, confidential=True)
        try:
            message = self._render(notice, contact, copy.channel, copy.address)
        except Exception as fault:
            raise ValueError(f"it cannot be written any more ({type(fault).__name__})") from fault
        return b"".join(_bytes(message))


def _bytes(message: Message) -> Iterator[bytes]:
    """A mail as it is handed over; of the others the words alone."""
    match message:
        case Mail(raw=raw):
            yield raw
        case Text(body=body):
            yield body.encode()
        case Call(body=body, keys=keys):
            yield f"{body}\n".encode()
            yield "".join(f"key {key}: {command}\n" for key, command in keys).encode()
        case Post(title=title, body=body):
            yield f"{title}\n\n{body}\n".encode()
