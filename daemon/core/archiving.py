"""Which incidents ended so long ago that they leave memory. Whoever keeps the state moves what is written down."""

from collections.abc import Iterator
from datetime import datetime

from daemon.core.facts import Archived
from daemon.core.model import OPEN
from daemon.core.state import State


def archive(state: State, now: datetime) -> Iterator[Archived]:
    """Never one of which a delivery has not ended."""
    after = state.configuration.settings.state.archive_after
    ripe = [i.id for i in state.incidents.values() if i.status not in OPEN and i.ended and now - i.ended >= after]
    under_way = {notice.incident for notice in state.unfinished()} if ripe else set()
    for number in ripe:
        if number not in under_way:
            yield Archived(number, state.last_incident, state.last_notice, state.last_chunk)
