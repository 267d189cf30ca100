"""A process that commits without end, and says on standard output what was acknowledged: the kill test ends it.

Each commit numbers one counter of a client and puts a document of the same number into two tables.
"""

import asyncio
import sys
from pathlib import Path

from daemon.state.store import Drop, Limits, Put, open_store

CLIENTS = 4


async def main(folder: Path) -> None:
    store = await open_store(folder, limits=Limits(garbage=2000, journal=5000))
    assert not store.damage, store.damage
    assert store.health.ok

    async def client(name: str) -> None:
        number = store.table("counters").get(name, {"number": 0})["number"]
        while True:
            number += 1
            raw = await store.keep(f"{name} {number}".encode()) if number % 8 == 0 else ""
            document = {"number": number, "raw": raw, "words": "x" * (number % 300)}
            changes = [Put("counters", name, document), Put(name, str(number), document)]
            await store.commit([*changes, Drop(name, str(number - 20))])
            sys.stdout.write(f"{name} {number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(client(f"c{number}") for number in range(CLIENTS)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
