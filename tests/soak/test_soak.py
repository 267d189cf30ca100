"""A few days at a run: nothing grows that should not. `make soak` is the same for weeks, with figures."""

from collections.abc import Mapping
from itertools import pairwise

from bench.soaking import alive, soak

SESSIONS = 20
"""A relay's eight, both ends of which are here, come and go."""

DAYS = 5
A_DAY = 2
"""Incidents."""

TO_COME_AND_GO = 50
"""Objects of one class; there are some 300 messages a day."""

KEPT = ("daemon.core.notices.", "daemon.core.content.", "daemon.core.tally.", "daemon.render.")
"""Notices that belong to no incident stay until the month after theirs has begun, and rendered ones in caches."""

CACHED = 2 * 256
"""Notices, by the two caches of what was rendered."""


async def test_nothing_grows_but_what_is_meant_to() -> None:
    classes: list[Mapping[str, int]] = []
    samples = await soak(DAYS, A_DAY, lambda _: classes.append(alive()[0]), archive_after="1d")
    first, last = samples[2], samples[-1]
    assert last.incidents == DAYS * A_DAY
    assert last.descriptors <= first.descriptors + SESSIONS, "file descriptors"
    assert last.tasks <= first.tasks + SESSIONS, "tasks"
    assert not [sample.orphans for sample in samples if any(sample.orphans.values())]
    assert last.rows["incidents"] == last.rows["timelines"] <= 3 * A_DAY + 2
    incoming = [sample.rows["handled"] for sample in samples]
    assert max(b - a for a, b in pairwise(incoming)) <= 2 * incoming[0], "one for each message"

    before, after = classes[2], classes[-1]
    added = {kind: number - before.get(kind, 0) for kind, number in after.items() if not kind.startswith(KEPT)}
    assert {kind: more for kind, more in added.items() if more > TO_COME_AND_GO} == {}, "objects by class"
    kind = "daemon.core.notices.Notice"
    assert after[kind] - before[kind] <= last.rows["notices"] + CACHED + TO_COME_AND_GO
