"""Durable commits per second: the store beside SQLite (WAL, synchronous=FULL) and stock TinyDB, in one run.

Each figure is the median of three; every commit puts one document of about 300 bytes and is on the disk when it
counts. `python -m bench.store [directory]`: the directory's disk is what is measured.
"""

import asyncio
import json
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from tinydb import TinyDB

from daemon.state.store import Put, open_store

SIZES = (1_000, 10_000, 100_000)
RUNS = 3
WAITING = 256


def document(number: int) -> dict[str, Any]:
    return {
        "incident": f"MI-{number % 50}",
        "contact": f"person{number}@acme.example",
        "state": "sent",
        "attempts": [{"channel": "email", "at": "2026-03-01T10:00:00Z", "ref": f"<{number}@acme.example>"}],
        "note": "Email and calendar are unavailable; the next update comes at 11:00." * 2,
    }


def median_rate(measure: Callable[[], float]) -> float:
    return median(measure() for _ in range(RUNS))


async def ours(folder: Path, size: int) -> tuple[float, float, float]:
    """Single commits a second, with 256 waiting, and the seconds to open."""
    shutil.rmtree(folder, ignore_errors=True)
    store = await open_store(folder)
    for start in range(0, size, 1000):
        await store.commit([Put("deliveries", str(n), document(n)) for n in range(start, start + 1000)])

    async def single() -> float:
        begun = time.perf_counter()
        for n in range(1000):
            await store.commit([Put("deliveries", str(n * 7 % size), document(n))])
        return 1000 / (time.perf_counter() - begun)

    async def client(k: int) -> None:
        for n in range(100):
            await store.commit([Put("deliveries", str((k * 100 + n) % size), document(n))])

    async def many() -> float:
        begun = time.perf_counter()
        await asyncio.gather(*(client(k) for k in range(WAITING)))
        return WAITING * 100 / (time.perf_counter() - begun)

    one = median([await single() for _ in range(RUNS)])
    lots = median([await many() for _ in range(RUNS)])
    await store.close()
    starts = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        store = await open_store(folder)
        starts.append(time.perf_counter() - begun)
        assert len(store.table("deliveries")) == size
        await store.close()
    return one, lots, median(starts)


def sqlite(folder: Path, size: int) -> float:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    base = sqlite3.connect(folder / "state.db", isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE document (tab TEXT, key TEXT, body TEXT, PRIMARY KEY (tab, key)) WITHOUT ROWID")
    put = "INSERT OR REPLACE INTO document VALUES ('deliveries', ?, ?)"
    base.execute("BEGIN")
    base.executemany(put, ((str(n), json.dumps(document(n))) for n in range(size)))
    base.execute("COMMIT")

    def single() -> float:
        begun = time.perf_counter()
        for n in range(1000):
            base.execute(put, (str(n * 7 % size), json.dumps(document(n))))
        return 1000 / (time.perf_counter() - begun)

    rate = median_rate(single)
    base.close()
    return rate


def stock(folder: Path, size: int) -> float:
    """TinyDB's own JSON storage rewrites the file for every update: only a few are measured."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    base = TinyDB(folder / "state.json")
    base.table("deliveries").insert_multiple(document(n) for n in range(size))
    count = max(2, 20_000 // size)

    def single() -> float:
        begun = time.perf_counter()
        for n in range(count):
            base.table("deliveries").update(document(n), doc_ids=[n + 1])
        return count / (time.perf_counter() - begun)

    rate = median_rate(single)
    base.close()
    return rate


def main() -> None:
    parent = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    table = Table(
        title=f"durable commits a second, median of {RUNS} (Python {platform.python_version()}, {os.cpu_count()} cores)"
    )
    for head in ("documents", "one at a time", "256 waiting", "SQLite", "stock TinyDB", "open"):
        table.add_column(head, justify="right")
    with tempfile.TemporaryDirectory(dir=parent) as made:
        folder = Path(made)
        for size in SIZES:
            one, lots, opening = asyncio.run(ours(folder / "ours", size))
            other = sqlite(folder / "sqlite", size)
            slow = stock(folder / "stock", size)
            table.add_row(f"{size:,}", f"{one:,.0f}", f"{lots:,.0f}", f"{other:,.0f}", f"{slow:,.1f}", f"{opening:.2f} s")
    Console().print(table)


if __name__ == "__main__":
    main()
