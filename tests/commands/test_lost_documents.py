"""Whichever document damage takes: the rest is restored and shown, and nothing is numbered or written over it."""

from datetime import timedelta

import pytest

from channels.types import Result
from daemon import restoring
from daemon.core.stimuli import Tick
from daemon.history import entries, history
from tests.core.vocabulary import Office

CROWD = "\n".join(f"Person {n},p{n}@acme.example,,all-staff;management,en," for n in range(25))


def busy() -> Office:
    """Two incidents, a crowd told, outcomes, an open delivery, a stopped notice, a draft, an opted out number."""
    office = Office({"Oliver Grant,": f"{CROWD}\nOliver Grant,"})
    office.proposes()
    office.says("An", "ACCEPT we look into it")
    for notice in tuple(office.state.unfinished())[:3]:
        office.sends(notice)
    office.says("An", "UPDATE half is back", sure=False)
    office.says("An", "UPDATE half is back")
    office.says("Hugo", "STOP")
    office.says("An", "EVERY 20m")
    office.passes(timedelta(minutes=45))
    office.proposes("Nadia", "Cards are refused")
    office.says("James", "ACCEPT MI-2")
    last = tuple(office.state.unfinished())[-1]
    office.ends(last, office.first(last.recipients[0]), "sms", Result.SENT)
    return office


OFFICE = busy()
DOCUMENTS = [(table, key) for table, rows in OFFICE.tables.rows.items() for key in rows if table != "inbox"]


def test_there_is_something_of_everything_to_lose() -> None:
    tables = {table for table, _ in DOCUMENTS}
    assert tables >= {"timeline", "incidents", "notices", "recipients", "outcomes", "deliveries", "stopped", "barred"}


@pytest.mark.parametrize("table", sorted({table for table, _ in DOCUMENTS}))
def test_any_one_document(table: str) -> None:
    for key in [key for where, key in DOCUMENTS if where == table]:
        office = Office(OFFICE.edits, now=OFFICE.now)
        office.tables.rows = {name: dict(rows) for name, rows in OFFICE.tables.rows.items()}
        del office.tables.rows[table][key]
        office.state = restoring.restore(office.configuration, office.tables)
        before = {name: dict(rows) for name, rows in office.tables.rows.items()}
        state, whole = office.state, OFFICE.state
        lost_last = (table, key) == ("outcomes", str(whole.last_chunk))
        assert (state.last_incident, state.last_notice) == (whole.last_incident, whole.last_notice)
        assert state.last_chunk == whole.last_chunk or lost_last

        office.gets(Tick())
        office.says("James", "NOTE MI-2 the bank was called")
        office.proposes("Lotte", "A third one")
        for name in ("timeline", "notices", "outcomes"):
            rows = office.tables.table(name)
            assert all(rows.get(old) == row for old, row in before.get(name, {}).items()), f"{table} {key}: {name}"
        for entry in entries(office.tables):
            shown = history(office.tables, entry.incident)
            assert shown is not None or (table, key) == ("timeline", f"{entry.incident} 00001")
