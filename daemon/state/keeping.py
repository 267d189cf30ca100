"""Raw messages that come together are kept together: a mailbox brings fifty at a time, the disk is waited for once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

Keep = Callable[[Sequence[bytes]], Awaitable[Sequence[str]]]
"""Keeps raw messages; their names, in order. Raises StoreDown."""


@dataclass(slots=True)
class _Group:
    raws: list[bytes] = field(default_factory=list)
    kept: asyncio.Future[Sequence[str]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Keeping:
    """Whoever comes before the event loop has gone round is of one group."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._forming: _Group | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def keep(self, raw: bytes) -> str:
        """Its name, once it is durable. Raises StoreDown."""
        group = self._forming
        if group is None:
            group = self._forming = _Group()
            task = asyncio.get_running_loop().create_task(self._kept(group))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        place = len(group.raws)
        group.raws.append(raw)
        names = await asyncio.shield(group.kept)
        return names[place]

    async def _kept(self, group: _Group) -> None:
        self._forming = None
        try:
            group.kept.set_result(await self._keep(group.raws))
        except Exception as fault:  # it is raised where it is waited for
            group.kept.set_exception(fault)
            group.kept.exception()  # those who wait for it may be gone
