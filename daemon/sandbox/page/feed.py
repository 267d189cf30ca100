"""What every open page is told, as server-sent events (WHATWG HTML, section 9.2): all that is, then what changes.

`begin` empties a page and gives the people; `messages`, `story`, `standing`, `lesson` and `clock` follow.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from daemon.sandbox.organization import Organization
from daemon.sandbox.page.lesson import Lesson
from daemon.sandbox.page.people import people
from daemon.sandbox.page.standing import standing
from daemon.sandbox.page.story import Story
from daemon.sandbox.playground import Playground
from daemon.sandbox.seen import Seen

LOOK_EVERY = 0.15
"""Seconds."""

MOST_WAITING = 500
"""Events that a page may lag behind before it is cut off: it connects again by itself."""

CHUNK = 60
"""Messages in one event."""

NEWEST = 40
"""Of each person's texts and calls, and of each one's mails, so many are shown to a page that is opened."""

GATHER = "<Gather"


class Feed:
    """`run` looks; each page has a queue from `join` on, in which None is the end."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._pages: set[asyncio.Queue[bytes | None]] = set()
        self._begin()

    def _begin(self) -> None:
        self._run = self._playground.run
        self._organization = self._playground.organization
        contacts = self._organization.configuration.people.contacts.values()
        self._ids = {contact.name: contact.id for contact in contacts}
        self._story = Story(self._organization)
        self._lesson = Lesson()
        self._read = 0
        self._last: dict[str, bytes] = {}

    def join(self) -> asyncio.Queue[bytes | None]:
        """The events for one page from now on, after all that it must know; None ends them."""
        page: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)
        self._look()
        for event in self._everything():
            page.put_nowait(event)
        self._pages.add(page)
        return page

    def leave(self, page: asyncio.Queue[bytes | None]) -> None:
        self._pages.discard(page)

    async def run(self) -> None:
        """Until cancelled; then every page's stream ends."""
        try:
            while True:
                self._look()
                await asyncio.sleep(LOOK_EVERY)
        finally:
            for page in list(self._pages):
                self._end(page)

    def _look(self) -> None:
        if self._run != self._playground.run:
            self._begin()
            self._tell(*self._everything())
        lines = self._story.read(self._playground)
        self._tell(*self._messages(self._numbered(self._read)))
        self._read = self._organization.seen.total
        if lines:
            self._tell(_event("story", [line.shown() for line in lines]))
        now = dict(self._now())
        self._tell(*(event for kind, event in now.items() if self._last.get(kind) != event))
        self._last = now

    def _now(self) -> Iterator[tuple[str, bytes]]:
        yield "standing", _event("standing", standing(self._playground))
        yield "lesson", _event("lesson", None if self._playground.playing else self._lesson.shown(self._playground))
        now = self._organization.clock.now().replace(microsecond=0)
        yield "clock", _event("clock", now.isoformat())

    def _everything(self) -> Iterator[bytes]:
        here = {"sandbox": self._playground.id, "run": self._run, "board": self._organization.board}
        yield _event("begin", here | people(self._organization.configuration))
        yield from self._messages(_newest(self._numbered(0)))
        if lines := self._story.lines:
            yield _event("story", [line.shown() for line in lines])
        yield from (event for _, event in self._now())

    def _tell(self, *events: bytes) -> None:
        for page in list(self._pages):
            try:
                for event in events:
                    page.put_nowait(event)
            except asyncio.QueueFull:
                self._end(page)

    def _end(self, page: asyncio.Queue[bytes | None]) -> None:
        self._pages.discard(page)
        while not page.empty():
            page.get_nowait()
        page.put_nowait(None)

    def _numbered(self, start: int) -> Sequence[tuple[int, Seen]]:
        """The people's messages from this number on."""
        seen = self._organization.seen
        numbered = enumerate(seen.since(start), max(start, seen.left_out))
        return [(number, one) for number, one in numbered if one.person in self._ids]

    def _messages(self, seen: Sequence[tuple[int, Seen]]) -> Iterator[bytes]:
        for first in range(0, len(seen), CHUNK):
            chunk = seen[first : first + CHUNK]
            yield _event("messages", [_message(self._organization, n, self._ids[one.person], one) for n, one in chunk])


def _newest(seen: Sequence[tuple[int, Seen]]) -> Sequence[tuple[int, Seen]]:
    counts: Counter[tuple[str, bool]] = Counter()
    found = []
    for number, one in reversed(seen):
        counts[place := (one.person, one.channel == "email")] += 1
        if counts[place] <= NEWEST:
            found.append((number, one))
    return found[::-1]


def _message(organization: Organization, number: int, who: str, seen: Seen) -> dict[str, Any]:
    return {
        "number": number,
        "who": who,
        "at": seen.at.isoformat(),
        "channel": seen.channel,
        "mine": seen.inbound,
        "subject": seen.subject,
        "text": seen.text,
        "keys": seen.channel == "voice" and not seen.inbound and _asks_for_a_key(organization, seen),
    }


def _asks_for_a_key(organization: Organization, seen: Seen) -> bool:
    return any(GATHER in call.twiml and call.at == seen.at for call in organization.twilio.phones.calls(seen.address))


def _event(kind: str, data: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
