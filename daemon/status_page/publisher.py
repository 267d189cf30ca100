"""Keeps the pages as the state has it: a moment after what changes them, and once at the start; never in the way.

What is decided and said does not wait for it: the pages are made and written in a thread, with a deadline. Where they
cannot be written the operators hear of it, and it is tried again and again.
"""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from channels.beside import Beside
from config.types import Configuration
from daemon.clock import Clock
from daemon.core.events import Event
from daemon.core.facts import Archived, Fact
from daemon.core.state import State
from daemon.pulse import Work
from daemon.render.renderer import Renderer
from daemon.status_page.document import FEED, pages
from daemon.status_page.feed import feed
from daemon.status_page.picture import Picture, look
from daemon.status_page.speech import Speech
from daemon.status_page.writing import publish
from daemon.supervisor import Tell

PART = "status page"

TOGETHER = 0.5
"""Seconds for what changes together to be written together."""

WRITTEN_WITHIN = 30.0
AGAIN_AFTER = 30.0
"""Seconds."""

CONCERNS = (Event, Archived)

log = structlog.get_logger()


class StatusPage:
    """`release` gets what has been decided and may be known; `run`, supervised, writes."""

    def __init__(
        self, configuration: Configuration, state: State, renderer: Renderer, clock: Clock, tell: Tell
    ) -> None:
        settings = configuration.settings.status_page
        assert settings is not None
        self._settings = settings
        self._speech = Speech.of(configuration, renderer)
        self._state = state
        self._clock = clock
        self._tell = tell
        self._beside = Beside(1, WRITTEN_WITHIN)
        self._changed = asyncio.Event()
        self._changed.set()
        self._picture: Picture | None = None
        self.work = Work()

    def release(self, facts: Sequence[Fact]) -> None:
        """Called with every tick, too: what ended long ago leaves."""
        expires = self._picture.expires if self._picture else None
        if any(isinstance(fact, CONCERNS) for fact in facts) or (expires and expires <= self._clock.now()):
            self._changed.set()

    async def run(self) -> None:
        try:
            while True:
                await self._changed.wait()
                await asyncio.sleep(TOGETHER)
                self._changed.clear()
                with self.work:
                    written = await self._write()
                if not written:
                    await self._again()
        finally:
            self._beside.close()

    async def _write(self) -> bool:
        """Whether the pages show how it stands."""
        picture = look(self._state, self._settings.keep, self._clock.now())
        if picture == self._picture:
            return True
        try:
            await self._beside.run(lambda: publish(self._settings.directory, self._files(picture), picture.hidden))
        except OSError as fault:
            self._picture = None
            why = fault.strerror or type(fault).__name__
            log.warning("the status page cannot be written", reason=why)
            await self._tell(PART, False, f"it cannot be written: {why}")
            return False
        self._picture = picture
        await self._tell(PART, True, "")
        return True

    def _files(self, picture: Picture) -> Mapping[str, bytes]:
        return {**pages(picture, self._speech), FEED: feed(picture, self._speech, self._settings.url)}

    async def _again(self) -> None:
        """In a while, or as soon as there is something new to write."""
        try:
            async with asyncio.timeout(AGAIN_AFTER):
                await self._changed.wait()
        except TimeoutError:
            self._changed.set()
