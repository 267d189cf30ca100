"""How long the store waits for the disk, and how much it lets lie."""

from dataclasses import dataclass

LAST_WRITE = 5.0
LAST_COMPACTION = 2.0
"""Seconds at the end of the daemon, which has ten for everything. A compaction may be broken off at any point."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`deadline`: seconds until a disk operation counts as hung. `retries`: pauses before tries to recover, in
    seconds; the last one repeats. `garbage`: bytes of outdated lines below which nothing is compacted. `journal`:
    bytes after which a new journal is begun, as every start copies the newest one. `compaction`: seconds until one
    counts as hung; the largest state takes some ten."""

    deadline: float = 10.0
    retries: tuple[float, ...] = (1, 2, 5, 10, 30)
    garbage: int = 4 << 20
    journal: int = 8 << 20
    compaction: float = 300.0
