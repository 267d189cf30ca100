"""Every message that was sent, as its first reader in each language got it; where a bridge is, without its PIN.

They are written again from what is stored, in the words of the templates in force now. The messages that went over the
wire are those of the export.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from channels.types import Text
from config.types import Contact, Detail
from daemon.core.delivery import Ending
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.history import Sent
from daemon.render.renderer import Renderer
from daemon.review.delivery import FEW
from daemon.review.record import Record

TEXTS = frozenset({"sms", "gsm"})

MOST_ALIKE = 20
"""Notices of one kind to a few people each that are shown; of more of them only the number."""


@dataclass(frozen=True, slots=True)
class Message:
    """`whom` is an audience, or names. `people` of this language got it, so many by each of `channels`.

    `text` is the mail's, and `short` the text message's, each "" where nobody was to get it so. `like` counts further
    notices of this kind that are not shown.
    """

    at: datetime
    kind: Kind
    whom: str
    people: int
    language: str
    detail: Detail
    channels: tuple[tuple[str, int], ...]
    subject: str
    text: str
    short: str
    like: int = 0


def messages(record: Record) -> tuple[Message, ...]:
    """In the order in which they were handed to the channels."""
    renderer = Renderer(record.configuration, _no_token)
    state = State(record.configuration)
    alike: dict[Kind, int] = {}
    found: list[Message] = []
    for sent in record.history.sent:
        kind = sent.notice.kind
        if not sent.notice.audience and len(sent.notice.recipients) <= FEW:
            alike[kind] = alike.get(kind, 0) + 1
            if alike[kind] > MOST_ALIKE:
                continue
        found += _messages(record, renderer, state, sent)
    shown = {one.kind: place for place, one in enumerate(found)}
    for kind, count in alike.items():
        if count > MOST_ALIKE and kind in shown:
            found[shown[kind]] = replace(found[shown[kind]], like=count - MOST_ALIKE)
    return tuple(found)


def _no_token(*_: object) -> str:
    return ""


def _messages(record: Record, renderer: Renderer, state: State, sent: Sent) -> Iterator[Message]:
    notice = discreet(sent.notice)
    readers: dict[str, list[Contact]] = {}
    for who in notice.recipients:
        contact = state.person(who)
        readers.setdefault(renderer.language(contact), []).append(contact)
    for language, contacts in readers.items():
        channels = _channels(sent, contacts)
        by = {channel for channel, _ in channels} or {name for rung in notice.via for name in rung}
        words = renderer.words(notice, contacts[0])
        mailed = bool(by - TEXTS) or not by
        short = _text(renderer, notice, contacts[0]) if by & TEXTS else ""
        yield Message(
            at=notice.at,
            kind=notice.kind,
            whom=notice.audience or _names(record, notice.recipients),
            people=len(contacts),
            language=language,
            detail=notice.detail,
            channels=channels,
            subject=words.subject if mailed else "",
            text=words.whole().strip() if mailed else "",
            short=short,
        )


def _text(renderer: Renderer, notice: Notice, reader: Contact) -> str:
    message = renderer.render(notice, reader, "sms", "")
    return message.body if isinstance(message, Text) else ""


def discreet(notice: Notice) -> Notice:
    """Without what opens a bridge to whoever reads the report."""
    meeting = notice.content.meeting
    if meeting is None or not (meeting.pin or meeting.phone):
        return notice
    return replace(notice, content=replace(notice.content, meeting=replace(meeting, pin="", phone="")))


def _channels(sent: Sent, contacts: Sequence[Contact]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for contact in contacts:
        ended = sent.ended.get(contact.id)
        if ended and ended.ending in (Ending.SENT, Ending.DELIVERED):
            counts[ended.channel] = counts.get(ended.channel, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _names(record: Record, recipients: Sequence[str]) -> str:
    names = [record.name(who) for who in recipients[:FEW]]
    more = f" and {len(recipients) - FEW} more" if len(recipients) > FEW else ""
    return ", ".join(names) + more
