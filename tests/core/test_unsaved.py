"""A notice that turns out to be held in memory only says so, and is otherwise as it was."""

from dataclasses import replace

from daemon import records
from daemon.core.facts import Stopped
from tests.core.vocabulary import Office


def test_one_that_was_stopped_meanwhile_stays_stopped() -> None:
    office = Office()
    notice = office.proposes().one("decision-request")
    records.commit(office.state, [Stopped(notice.id, office.now, "decided")])
    unsaved = replace(notice, content=replace(notice.content, unsaved=True))
    records.commit(office.state, [unsaved])
    assert office.state.notices[notice.id].content.unsaved
    assert notice.id not in {one.id for one in office.state.unfinished()}
