"""How the document calls things: channels, ladders, spans of time, people. In English."""

from collections.abc import Iterable
from datetime import timedelta

from config.types import Contact, Detail, Ladder, Rung
from daemon.document.model import Words, dial, joined, mail_to
from daemon.render.times import duration, locale_of
from daemon.render.times import joined as listed

CHANNELS = {"email": "email", "sms": "text message", "voice": "voice call", "gsm": "text by our own modem"}
DEPTHS = {Detail.PUBLIC: "public", Detail.MANAGEMENT: "management"}

_ENGLISH = locale_of("en")


def channel(name: str) -> str:
    return CHANNELS.get(name, name)


def rung(channels: Rung) -> str:
    """Channels tried together."""
    return " and ".join(channel(name) for name in channels) + (" together" if len(channels) > 1 else "")


def ladder(via: Ladder) -> str:
    """Rungs in order: what is tried, and what if it fails."""
    return ("; if that fails, ".join(rung(channels) for channels in via)) or "nothing"


def lasting(span: timedelta) -> str:
    return duration(span, _ENGLISH) if span else "0 minutes"


def every(span: timedelta) -> str:
    """As in "every hour", "every 90 minutes"."""
    text = lasting(span)
    return "every " + (text[2:] if text.startswith("1 ") and text.count(" ") == 1 else text)


def after(span: timedelta) -> str:
    """A moment as minutes from the beginning: 5, 90."""
    minutes = span.total_seconds() / 60
    return f"{minutes:.0f}" if minutes == int(minutes) else f"{minutes:.1f}"


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def sentence(names: Iterable[str]) -> str:
    """Ann, Bob and Cy."""
    return listed(list(names), _ENGLISH)


def phones(contact: Contact) -> Words:
    return joined([dial(number) for number in contact.phones]) if contact.phones else "none"


def emails(contact: Contact) -> Words:
    return joined([mail_to(address) for address in contact.emails]) if contact.emails else "none"


def wishes(contact: Contact) -> str:
    """By what, and when, this person wants to be reached."""
    if not contact.reach:
        return "any way"
    return ", ".join(
        channel(reach.channel) + (f" {reach.start:%H:%M}-{reach.end:%H:%M}" if reach.start and reach.end else "")
        for reach in contact.reach
    )
