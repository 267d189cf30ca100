"""Incidents that ended long ago leave the working state for a file each, and are still found."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.types import Result
from daemon import records
from daemon.core.facts import Archived
from daemon.core.notices import Notice
from daemon.history import entries, history
from daemon.sandbox.organization import Organization
from daemon.state.store import Reading
from tests.core.vocabulary import Came, Office

DAYS = timedelta(days=1)


def left(tables: Reading, number: str) -> list[str]:
    """The tables in which something of this incident is still written down."""
    return [drop.table for drop in records.of_archive(tables, number) if drop.key in tables.table(drop.table)]


def over(office: Office, ending: str) -> Office:
    office.proposes()
    if ending in ("RESOLVE", "DOWNGRADE"):
        office.says("An", "ACCEPT")
    office.says("Lotte" if ending == "WITHDRAW" else "An", f"{ending} it is over")
    if ending == "RESOLVE":
        office.says("An", "REVIEWED MI-1")
    finish(office)
    return office


def finish(office: Office) -> None:
    """Everything that is under way is delivered, on every channel."""
    for notice in tuple(office.state.unfinished()):
        for who in notice.recipients:
            for channel in (channel for rung in notice.via for channel in rung):
                person = office.state.person(who)
                if person.emails if channel == "email" else person.phones:
                    office.ends(notice, who, channel, Result.DELIVERED)
    assert not tuple(office.state.unfinished())


@pytest.mark.parametrize("ending", ["RESOLVE", "REJECT", "WITHDRAW", "DOWNGRADE"])
def test_what_is_over_is_archived_after_its_time_and_no_sooner(ending: str) -> None:
    office = over(Office({"[state]": '[state]\narchive_after = "7d"'}), ending)
    assert office.state.used_refs
    assert not [fact for fact in office.jumps(6 * DAYS).facts if isinstance(fact, Archived)]
    assert [fact.name for fact in office.jumps(1 * DAYS).facts if isinstance(fact, Archived)] == ["MI-1"]
    assert not office.state.incidents
    assert not office.state.timelines
    assert not office.state.used_refs


def test_what_is_open_never_is() -> None:
    office = Office().accepted()
    assert "MI-1" in office.state.incidents
    assert not [fact for fact in office.jumps(400 * DAYS).facts if isinstance(fact, Archived)]


def test_not_while_a_delivery_is_under_way() -> None:
    office = Office().accepted()
    office.says("An", "RESOLVE it is over")
    office.says("An", "REVIEWED MI-1")
    assert any(True for _ in office.state.unfinished())
    assert not [fact for fact in office.jumps(91 * DAYS).facts if isinstance(fact, Archived)]
    assert "MI-1" in office.state.incidents
    finish(office)
    assert [fact for fact in office.ticks().facts if isinstance(fact, Archived)]


def test_a_reply_to_one_that_is_archived_means_no_other() -> None:
    office = over(Office(), "RESOLVE")
    office.jumps(91 * DAYS)
    assert not office.state.incidents
    office.proposes("Nadia", "Cards are refused")
    office.says("An", "ACCEPT")
    office.says("An", "RESOLVE it is over")
    came = office.says("An", "REOPEN it is back", by="email", answering="MI-1")
    assert came.kinds == ["no-such-incident"]
    assert came.events == []


def helped(office: Office) -> Notice:
    notice = office.says("An", "HELP").one("help")
    assert notice.incident == ""
    office.ends(notice, "An", "sms", Result.DELIVERED)
    return notice


def names(came: Came) -> list[str]:
    return [fact.name for fact in came.facts if isinstance(fact, Archived)]


def test_notices_of_no_incident_are_archived_by_their_month() -> None:
    office = Office()
    march = helped(office)
    office.now = datetime(2026, 4, 1, tzinfo=UTC)
    april = helped(office)
    office.now = datetime(2026, 6, 28, tzinfo=UTC)
    assert names(office.ticks()) == [], "90 days before it was still March"
    office.now = datetime(2026, 6, 30, tzinfo=UTC)
    assert names(office.ticks()) == ["notices-2026-03"]
    assert list(office.state.notices) == [april.id]
    assert {drop.key for drop in records.of_archive(office.tables, "notices-2026-03")} >= {str(march.id)}
    assert names(office.ticks()) == []


def test_a_clock_set_back_into_an_archived_month_loses_no_notice() -> None:
    office = Office()
    helped(office)
    office.now = datetime(2026, 7, 15, tzinfo=UTC)
    assert names(office.ticks()) == ["notices-2026-03"]
    office.tables.write(records.of_archive(office.tables, "notices-2026-03"))
    office.now = datetime(2026, 3, 3, tzinfo=UTC)
    late = office.says("An", "HELP").one("help")
    assert list(office.restored().notices) == [late.id]
    assert records.unmoved(office.tables) == []
    assert records.of_archive(office.tables, "notices-2026-03") == []


async def resolved(acme: Organization, subject: str) -> None:
    await acme.mails("Lotte Claes", subject, "Nobody can order.\nService: webshop")
    await acme.settle()
    await acme.texts("An Peeters", "ACCEPT we look into it")
    await acme.settle()
    await acme.texts("An Peeters", "RESOLVE it works again")
    await acme.settle()
    await acme.texts("An Peeters", "REVIEWED MI-1")
    await acme.settle()
    await acme.pass_time(timedelta(minutes=15))


async def test_it_moves_to_a_file_and_is_still_found_also_after_a_restart() -> None:
    async with Organization() as acme:
        await resolved(acme, "The shop is down")
        before = history(acme.daemon.store, "MI-1")
        assert before is not None
        assert not before.archived
        await acme.pass_time(91 * DAYS)
        for restarted in (False, True):
            if restarted:
                await acme.stop()
                await acme.start()
            store = acme.daemon.store
            assert "MI-1" not in acme.daemon.state.incidents
            assert left(store, "MI-1") == []
            assert store.archives() == ["MI-1"]
            after = history(store, "MI-1")
            assert after is not None
            assert after.archived
            assert (after.incident, after.events, after.sent) == (before.incident, before.events, before.sent)
            assert [(entry.incident, entry.archived, entry.status) for entry in entries(store)] == [
                ("MI-1", True, "reviewed")
            ]


async def test_a_month_moves_to_a_file_and_is_no_incident() -> None:
    async with Organization() as acme:
        await acme.texts("An Peeters", "HELP")
        await acme.settle()
        await acme.pass_time(125 * DAYS)
        store = acme.daemon.store
        assert store.archives() == ["notices-2026-03"]
        assert not store.table("notices")
        assert not store.table("outcomes")
        assert entries(store) == []
        last = acme.daemon.state.last_notice
        await acme.stop()
        await acme.start()
        assert acme.daemon.state.last_notice == last > 0


async def test_no_number_is_given_twice_after_archiving_and_a_restart() -> None:
    async with Organization() as acme:
        await resolved(acme, "The shop is down")
        first = acme.daemon.state
        notices, chunks = first.last_notice, first.last_chunk
        await acme.pass_time(91 * DAYS)
        await acme.stop()
        await acme.start()
        await acme.mails("Nadia Benali", "Cards are refused", "In all shops.")
        await acme.settle()
        state = acme.daemon.state
        assert list(state.incidents) == ["MI-2"]
        assert min(number for number, notice in state.notices.items() if notice.incident) > notices
        assert min(int(chunk) for chunk in acme.daemon.store.table("outcomes")) > chunks


async def test_to_reopen_an_archived_one_gets_an_answer() -> None:
    async with Organization() as acme:
        await resolved(acme, "The shop is down")
        await acme.pass_time(91 * DAYS)
        await acme.texts("An Peeters", "REOPEN MI-1 it is back")
        await acme.settle()
        answer = [seen for seen in acme.seen if not seen.inbound and seen.person == "An Peeters"][-1]
        assert "MI-1" in answer.text
        assert "MI-1" not in acme.daemon.state.incidents
