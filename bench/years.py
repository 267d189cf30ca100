"""A state folder as after years: all that is kept of long ago is there, in its greatest number.

`python -m bench.years FOLDER TIME`, before the daemon's first start; the time is now, in ISO 8601.
"""

import asyncio
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from daemon.archiver import MOST_LINES
from daemon.core.facts import Archived, Handled
from daemon.core.model import Status
from daemon.core.ticking import MOST_KEYS
from daemon.records import dump, without_key
from daemon.state.store import Change, Put, open_store

AT_ONCE = 2_000
RECENT = timedelta(days=100)
"""The keys are younger: none is forgotten for its age in this soak, but one for each message that comes."""

NOTICES = 40
"""Of each archived incident."""


async def age(directory: Path, now: datetime) -> None:
    store = await open_store(directory)
    rest = chain(keys(now), lines(now))
    while together := list(islice(rest, AT_ONCE)):
        await store.commit(together)
    await store.close()


def keys(now: datetime) -> Iterator[Change]:
    """Of as many messages as are remembered, half by mail and half by text."""
    made = random.Random(8)
    for number in range(MOST_KEYS):
        key = f"twilio SM{made.randbytes(16).hex()}" if number % 2 else f"<{made.randbytes(18).hex()}@mail.example>"
        yield Put("inbox", key, without_key(Handled(key, now - RECENT * (1 - number / MOST_KEYS))))


def lines(now: datetime) -> Iterator[Change]:
    """Of as many archived incidents as can be listed without their archives."""
    for number in range(1, MOST_LINES + 1):
        name, at = f"MI-{number}", (now - RECENT).isoformat()
        archived = dump(Archived(name, number, NOTICES * number, NOTICES * number, 0))
        line = {"status": Status.REVIEWED.value, "since": at, "proposed": at, "manager": "an"}
        yield Put("archived", name, {**archived, **line, "summary": f"Trouble {number}"})


if __name__ == "__main__":
    asyncio.run(age(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])))
