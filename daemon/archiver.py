"""Moves what the core has archived, an incident or a month's notices, to a file each; a crash loses nothing.

The fact `Archived` is committed first, with the last numbers given; then the documents are durable in the archive, and
only then dropped. What a crash left of this is found at the start: an archived one that still has documents.
Of the last ones archived a line stays, to list them by; of those before, their archives tell.
"""

import asyncio
from collections.abc import Sequence
from itertools import islice

import structlog

from daemon import records
from daemon.core.facts import Archived, Fact
from daemon.pulse import Work
from daemon.state.store import Drop, Store, StoreDown

log = structlog.get_logger()

MOST_LINES = 5_000
"""About 5 MB. To list one without a line, its whole archive is read."""


class Archiver:
    """While the disk fails, what waits is tried again whenever something happens, at the latest at the next tick."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting = dict.fromkeys(records.unmoved(store))
        self._wake = asyncio.Event()
        self.work = Work()
        self.release(())

    def release(self, facts: Sequence[Fact]) -> None:
        """What has been decided may be acted on."""
        self._waiting.update({fact.name: None for fact in facts if isinstance(fact, Archived)})
        if self._waiting:
            self._wake.set()

    @property
    def idle(self) -> bool:
        return not (self.work.busy or self._wake.is_set())

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            with self.work:
                self._wake.clear()
                await self._move()

    async def _move(self) -> None:
        try:
            for name in tuple(self._waiting):
                with self.work:
                    await self._store.archive(name, records.of_archive(self._store, name))
                del self._waiting[name]
                log.info("archived")
            if old := self._old_lines():
                await self._store.commit(old)
        except StoreDown as down:
            log.warning("nothing can be archived now", reason=down.reason)

    def _old_lines(self) -> list[Drop]:
        lines = self._store.table("archived")
        old = islice(lines, max(0, len(lines) - MOST_LINES))
        return [Drop("archived", name) for name in old if name not in self._waiting]
