"""What ended so long ago that it leaves memory: incidents, and the notices of past months that belong to none.

Whoever keeps the state moves what is written down of it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile

from daemon.core.exercise import last_drill
from daemon.core.facts import Archived
from daemon.core.model import OPEN
from daemon.core.notices import archive_of, month_of
from daemon.core.review_times import given_up, in_review
from daemon.core.state import State


def archive(state: State, now: datetime) -> Iterator[Archived]:
    """Never what has a delivery that has not ended, nor the last exercise: the next one is compared with it."""
    before = now - state.configuration.settings.state.archive_after
    kept = {drill.id for drill in (last_drill(state, False), last_drill(state, True)) if drill}
    over = (i for i in state.incidents.values() if i.status not in OPEN and i.ended and i.id not in kept)
    waits = {i.id for i in in_review(state) if not given_up(i, now)}
    ripe = [i.id for i in over if i.ended and i.ended <= before and i.id not in waits]
    past = takewhile(lambda notice: month_of(notice.at) < month_of(before), state.notices.values())
    ripe += dict.fromkeys(archive_of(notice.incident, notice.at) for notice in past if not notice.incident)
    under_way = {archive_of(notice.incident, notice.at) for notice in state.unfinished()} if ripe else set()
    for name in ripe:
        if name not in under_way:
            yield Archived(name, state.last_incident, state.last_notice, state.last_chunk, state.last_drill)
