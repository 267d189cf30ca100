"""Of what was archived long ago no line stays in memory; it is listed all the same."""

from pathlib import Path
from typing import Any

from daemon.archiver import MOST_LINES
from daemon.history import entries
from daemon.state.disk import Disk
from daemon.state.store import Drop, Put, open_store, read_store
from tests.commands.test_archiving_killed import archived, written

OLDEST = "MI-2"


async def test_only_the_last_lines_stay_and_all_are_listed(tmp_path: Path) -> None:
    office, _ = await written(tmp_path)
    store = await open_store(tmp_path)
    row: dict[str, Any] = {**store.table("incidents")["MI-1"], "summary": "The oldest"}
    await store.commit([Put("incidents", OLDEST, row)])
    await store.archive(OLDEST, [Drop("incidents", OLDEST)])
    names = [f"MI-{number}" for number in range(2, MOST_LINES + 2)]
    numbers = {"last_incident": MOST_LINES + 1, "last_notice": 1, "last_chunk": 1, "last_drill": 0}
    await store.commit([Put("archived", name, {"name": name, **numbers, **row}) for name in names])
    await store.close()

    state = await archived(tmp_path, office, Disk())

    after = read_store(tmp_path)
    assert list(after.table("archived")) == [*names[1:], "MI-1"]
    listed = {entry.incident: (entry.title, entry.archived) for entry in entries(after)}
    assert listed.keys() == {"MI-1", *names}
    assert listed[OLDEST] == ("The oldest", True)
    assert state.last_incident == MOST_LINES + 1
