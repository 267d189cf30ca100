"""Durable commits a second: the store beside SQLite (WAL, synchronous=FULL) and stock TinyDB, in one run.

Every commit puts one document of about 350 bytes, and is on the disk when it counts. Figures are medians of three,
taken in turn, as a disk's speed changes from one second to the next. `python -m bench.store [directory]` measures the
disk that the directory is on.
"""

import asyncio
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from tinydb import TinyDB

from daemon.state.store import Put, Store, open_store

SIZES = (1_000, 10_000, 100_000)
RUNS = 3
SINGLE = 1_000
WAITING = 256
EACH = 100


def document(number: int) -> dict[str, Any]:
    return {
        "incident": f"MI-{number % 50}",
        "contact": f"person{number}@acme.example",
        "state": "sent",
        "attempts": [{"channel": "email", "at": "2026-03-01T10:00:00Z", "ref": f"<{number}@acme.example>"}],
        "note": "Email and calendar are unavailable; the next update comes at 11:00." * 2,
    }


async def filled(folder: Path, size: int) -> Store:
    store = await open_store(folder)
    for number in range(size):
        waiting = store.commit([Put("deliveries", str(number), document(number))])
        if number % 1000 == 999:
            await waiting
    return store


async def single(store: Store, size: int) -> float:
    begun = time.perf_counter()
    for number in range(SINGLE):
        await store.commit([Put("deliveries", str(number * 7 % size), document(number))])
    return SINGLE / (time.perf_counter() - begun)


async def together(store: Store, size: int) -> float:
    """Each of 256 clients waits for its commit before its next one."""

    async def client(first: int) -> None:
        for number in range(first, first + EACH):
            await store.commit([Put("deliveries", str(number % size), document(number))])

    begun = time.perf_counter()
    await asyncio.gather(*(client(number * EACH) for number in range(WAITING)))
    return WAITING * EACH / (time.perf_counter() - begun)


def sqlite(path: Path, size: int) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE document (tab TEXT, key TEXT, body TEXT, PRIMARY KEY (tab, key)) WITHOUT ROWID")
    base.execute("BEGIN")
    base.executemany(_PUT, ((str(number), json.dumps(document(number))) for number in range(size)))
    base.execute("COMMIT")
    return base


_PUT = "INSERT OR REPLACE INTO document VALUES ('deliveries', ?, ?)"


def single_sqlite(base: sqlite3.Connection, size: int) -> float:
    begun = time.perf_counter()
    for number in range(SINGLE):
        base.execute(_PUT, (str(number * 7 % size), json.dumps(document(number))))
    return SINGLE / (time.perf_counter() - begun)


async def threaded_sqlite(base: sqlite3.Connection, size: int) -> float:
    """As a daemon would use it: beside the event loop, which must not wait for a disk."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:
        begun = time.perf_counter()
        for number in range(SINGLE):
            row = (str(number * 7 % size), json.dumps(document(number)))
            await loop.run_in_executor(thread, base.execute, _PUT, row)
        return SINGLE / (time.perf_counter() - begun)


def stock(path: Path, size: int) -> TinyDB:
    base = TinyDB(path)
    base.table("deliveries").insert_multiple(document(number) for number in range(size))
    return base


def single_stock(base: TinyDB, size: int) -> float:
    """It rewrites its file for every update: only a few are measured."""
    count = max(2, 20_000 // size)
    begun = time.perf_counter()
    for number in range(count):
        base.table("deliveries").update(document(number), doc_ids=[number + 1])
    return count / (time.perf_counter() - begun)


async def opening(folder: Path, size: int) -> float:
    begun = time.perf_counter()
    store = await open_store(folder)
    taken = time.perf_counter() - begun
    assert len(store.table("deliveries")) == size
    await store.close()
    return taken


async def measured(folder: Path, size: int) -> list[float]:
    """Commits a second: one at a time, SQLite's beside the loop and in its way, 256 waiting, stock; seconds to open."""
    store = await filled(folder / "ours", size)
    other = sqlite(folder / "state.db", size)
    plain = stock(folder / "state.json", size)
    runs = []
    for _ in range(RUNS):
        one, theirs = await single(store, size), single_sqlite(other, size)
        beside = await threaded_sqlite(other, size)
        runs.append((one, beside, theirs, await together(store, size), single_stock(plain, size)))
    other.close()
    plain.close()
    await store.close()
    starts = [await opening(folder / "ours", size) for _ in range(RUNS)]
    return [*map(median, zip(*runs, strict=True)), median(starts)]


HEADS = (
    "documents",
    "one at a time",
    "SQLite beside the loop",
    "SQLite blocking it",
    "256 waiting",
    "stock TinyDB",
    "open",
)


def main() -> None:
    parent = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    table = Table(title=f"durable commits a second, median of {RUNS} ({machine})")
    for head in (
        "documents",
        "one at a time",
        "SQLite beside the loop",
        "SQLite blocking it",
        "256 waiting",
        "stock TinyDB",
        "open",
    ):
        table.add_column(head, justify="right")
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            *rates, slow, start = asyncio.run(measured(Path(folder), size))
        table.add_row(f"{size:,}", *(f"{rate:,.0f}" for rate in rates), f"{slow:,.1f}", f"{start:.2f} s")
    Console().print(table)


if __name__ == "__main__":
    main()
