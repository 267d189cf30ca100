"""A few days at a run: nothing grows that should not. `make soak` is the same for weeks, with figures."""

from itertools import pairwise

from bench.soak import ROWS, Sample, soak

LASTING = frozenset({"handled", "notices", "boards", "_places", "asked"})
"""The keys of what came in stay for 400 days; notices of no incident leave with their month."""

SESSIONS = 20
"""A relay's eight, both ends of which are here, come and go."""

DAYS = 5
A_DAY = 2
"""Incidents."""


async def test_nothing_grows_but_what_is_meant_to() -> None:
    samples: list[Sample] = await soak(DAYS, A_DAY, lambda _: None, archive_after="1d")
    first, last = samples[2], samples[-1]
    assert last.incidents == DAYS * A_DAY
    assert last.descriptors <= first.descriptors + SESSIONS, "file descriptors"
    assert last.tasks <= first.tasks + SESSIONS, "tasks"
    grown = {name: (first.rows[name], last.rows[name]) for name in ROWS if last.rows[name] > first.rows[name]}
    assert grown.keys() <= LASTING, grown
    incoming = [sample.rows["handled"] for sample in samples]
    assert max(b - a for a, b in pairwise(incoming)) <= 2 * incoming[0], "one for each message"
    assert last.rows["incidents"] <= 3 * A_DAY + 2
