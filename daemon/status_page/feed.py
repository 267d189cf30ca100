"""The picture as an Atom feed (RFC 4287): an entry for each word to the public, the latest first.

Identifiers are tag URIs (RFC 4151): the same for an entry whenever it is written.
"""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from daemon.core.notices import Notice
from daemon.status_page.document import FEED, INDEX, iso, page_of, paragraphs
from daemon.status_page.picture import Picture, Shown
from daemon.status_page.speech import Speech

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 100
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries has changed."""


def feed(picture: Picture, speech: Speech, url: str) -> bytes:
    """`url` is where people find the folder, without a final slash."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": speech.language})
    words = sorted(((notice, shown) for shown in picture.shown for notice in shown.said), key=_when, reverse=True)
    _text(root, "id", f"tag:{_host(url)},2026:status")
    _text(root, "title", speech.phrase("title"))
    _text(root, "updated", iso(words[0][0].at if words else NEVER))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{url}/{FEED}"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{url}/{INDEX}"})
    _text(SubElement(root, "author"), "name", speech.organization)
    for notice, shown in words[:MOST_ENTRIES]:
        _entry(root, notice, shown, speech, url)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _when(word: tuple[Notice, Shown]) -> tuple[datetime, int, str]:
    notice, shown = word
    return notice.at, notice.id, shown.incident


def _entry(root: Element, notice: Notice, shown: Shown, speech: Speech, url: str) -> None:
    entry = SubElement(root, "entry")
    words = speech.words(notice)
    day = shown.begun.astimezone(UTC).date().isoformat()
    said = f"{iso(notice.at)}.{notice.at.microsecond:06}"  # mails that waited are read in one second
    _text(entry, "id", f"tag:{_host(url)},{day}:{shown.incident}/{notice.kind}/{said}")
    _text(entry, "title", f"{words.subject}: {words.status}" if words.status else words.subject)
    _text(entry, "updated", iso(notice.at))
    href = f"{url}/{page_of(shown.incident)}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    SubElement(entry, "content", {"type": "html"}).text = _legal(paragraphs(words.body))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _legal(text)


def _legal(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold, even escaped."""
    return _ILLEGAL.sub("", text)


def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"
