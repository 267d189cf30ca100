"""What the state is to the rest of the daemon: changes in, tables out, and how the disk is doing.

A second implementation needs nothing but this file.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

Document = Mapping[str, Any]
"""JSON values only: what comes back after a restart is equal to what was put."""

Rows = Mapping[str, Document]
"""A table: documents by key, in the order of their first put."""


@dataclass(frozen=True, slots=True)
class Put:
    """The document under `key` is this one from now on."""

    table: str
    key: str
    document: Document


@dataclass(frozen=True, slots=True)
class Drop:
    """There is no document under `key` from now on; none before is no fault."""

    table: str
    key: str


Change = Put | Drop


@dataclass(frozen=True, slots=True)
class Health:
    """How the disk is doing. `ok` is false while commits are held in memory only.

    `reason` is for people. `ok` with a reason is a warning: commits are durable, something beside them is not.
    """

    ok: bool
    reason: str
    since: datetime


class StoreDown(Exception):
    """The commit is in memory and not on the disk. The store tries again by itself; the caller need not."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StateLocked(Exception):
    """Another process works on this folder. `pid` is None where it could not be found out."""

    def __init__(self, directory: Path, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(f"{directory} is in use by {holder}")
        self.directory = directory
        self.pid = pid


class StateDamaged(Exception):
    """What is stored is not what was written; one line for people each."""

    def __init__(self, damage: Sequence[str]) -> None:
        super().__init__("; ".join(damage))
        self.damage = tuple(damage)


class Reading(Protocol):
    """Stored documents and messages, to be read."""

    @property
    def damage(self) -> Sequence[str]:
        """What was found damaged when the files were read, one line for people each."""
        ...

    def table(self, name: str) -> Rows:
        """A live, read-only view; empty where there is no such table."""
        ...

    def raw(self, name: str) -> bytes:
        """The message kept under this name. Raises FileNotFoundError, StateDamaged."""
        ...

    def archived(self, name: str) -> Mapping[str, Rows] | None:
        """The documents of one archive, by table; None where there is no such archive."""
        ...

    def archives(self) -> Sequence[str]:
        """The names of all archives, sorted."""
        ...


class Store(Reading, Protocol):
    """The state of one running daemon. One writer, one event loop."""

    @property
    def health(self) -> Health: ...

    @property
    def size(self) -> int:
        """Bytes of the tables on disk."""
        ...

    def on_health(self, tell: Callable[[Health], None]) -> None:
        """Calls `tell` in the event loop at every change of `health` from now on."""
        ...

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        """Applies all of it to memory at once, in call order; the future is done when it is durable.

        All or nothing over every table. The future raises StoreDown while the disk fails. With no changes it is
        done when everything before it is durable. Raises TypeError or ValueError, and changes nothing, where a
        document is not JSON (a NaN is not).
        """
        ...

    def keep(self, raw: bytes) -> Awaitable[str]:
        """Keeps a raw message, durable when it returns, and gives its name (SHA-256, hex). Raises StoreDown."""
        ...

    def drop_raws(self, before: float) -> Awaitable[int]:
        """Removes the raw messages kept before this time (seconds since 1970); how many. Raises StoreDown."""
        ...

    def archive(self, name: str, changes: Sequence[Drop]) -> Awaitable[None]:
        """Moves these documents into the archive `name`, together with what it already holds. Raises StoreDown."""
        ...

    async def close(self) -> None:
        """Writes what waits, then lets the folder go."""
        ...
