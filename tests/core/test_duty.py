"""Who of a list is called first: by rota, by calendar, all year round; and what is kept of a calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from daemon.core.duty import calling_order
from daemon.core.facts import Shift
from daemon.core.stimuli import DutyRead
from tests.core.vocabulary import START, Came, Edits, Office, minutes

BEFORE = '[[bridge]]\nname = "Conference"'
ROTA: Edits = {
    BEFORE: '[[duty]]\nlist = "network-engineers"\n'
    'rota = ["rosa.alvarez@acme.example", "Tom.Baker@acme.example"]\nstarts = 2026-01-05T09:00:00\n\n' + BEFORE
}
UNDATED: Edits = {
    BEFORE: '[[duty]]\nlist = "network-engineers"\nrota = ["tom.baker@acme.example", "rosa.alvarez@acme.example"]\n\n'
    + BEFORE
}
CALENDAR: Edits = {BEFORE: '[[duty]]\nlist = "network-engineers"\ncalendar = "network.ics"\n\n' + BEFORE}
MANAGERS: Edits = {BEFORE: '[[duty]]\nlist = "incident-managers"\nrota = ["claire.dubois@acme.example"]\n\n' + BEFORE}
LIST = "network-engineers"


def order(office: Office, at: datetime) -> str:
    return " ".join(office.first(who) for who in calling_order(office.state, LIST, at))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-01-04T12:00Z", "Tom Pieter Rosa", id="before it begins, the list's own order"),
        pytest.param("2026-01-05T07:59Z", "Tom Pieter Rosa", id="a minute before, at nine in Brussels"),
        pytest.param("2026-01-05T08:00Z", "Rosa Tom Pieter", id="the first one"),
        pytest.param("2026-01-12T07:59Z", "Rosa Tom Pieter", id="to the end of her week"),
        pytest.param("2026-01-12T08:00Z", "Tom Pieter Rosa", id="the second one"),
        pytest.param("2026-01-19T08:00Z", "Rosa Tom Pieter", id="and around again"),
        pytest.param("2026-03-30T06:59Z", "Tom Pieter Rosa", id="summer time: still nine on the wall, before"),
        pytest.param("2026-03-30T07:00Z", "Rosa Tom Pieter", id="and from then on"),
        pytest.param("2026-10-26T07:59Z", "Tom Pieter Rosa", id="winter time again, before"),
        pytest.param("2026-10-26T08:00Z", "Rosa Tom Pieter", id="and from then on, too"),
    ],
)
def test_rota(at: str, expected: str) -> None:
    assert order(Office(ROTA), datetime.fromisoformat(at)) == expected


@pytest.mark.parametrize(
    ("starts", "at", "turn"),
    [
        pytest.param("2026-03-22T02:30:00", "2026-03-29T01:29Z", "before", id="the hour that is skipped, before"),
        pytest.param("2026-03-22T02:30:00", "2026-03-29T01:30Z", "after", id="the hour that is skipped, after"),
        pytest.param("2026-10-18T02:30:00", "2026-10-25T00:29Z", "before", id="the hour that comes twice, before"),
        pytest.param("2026-10-18T02:30:00", "2026-10-25T00:30Z", "after", id="the first time"),
        pytest.param("2026-10-18T02:30:00", "2026-10-25T01:10Z", "after", id="it does not turn back"),
        pytest.param("2026-10-18T02:30:00", "2026-10-25T01:40Z", "after", id="the second time changes nothing"),
    ],
)
def test_turns_in_the_hour_that_clocks_change(starts: str, at: str, turn: str) -> None:
    edits = {old: new.replace("2026-01-05T09:00:00", starts) for old, new in ROTA.items()}
    expected = {"before": "Rosa Tom Pieter", "after": "Tom Pieter Rosa"}[turn]
    assert order(Office(edits), datetime.fromisoformat(at)) == expected


def test_without_a_beginning_turns_change_on_mondays() -> None:
    office = Office(UNDATED)
    sunday, monday = datetime(2026, 3, 1, 22, 59, tzinfo=UTC), datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    assert order(office, sunday).split()[0] != order(office, monday).split()[0]
    assert order(office, monday) == order(office, monday + timedelta(days=6, hours=23))


def on_duty(office: Office, who: str = "Rosa", hours: float = 8) -> Came:
    shift = Shift(office.who(who), START, START + timedelta(hours=hours))
    return office.gets(DutyRead(LIST, (shift,)))


class TestCalendar:
    def test_first_while_on_duty(self) -> None:
        office = Office(CALENDAR)
        assert order(office, START) == "Tom Pieter Rosa"
        on_duty(office)
        assert order(office, START) == "Rosa Tom Pieter"
        assert order(office, START + timedelta(hours=8)) == "Tom Pieter Rosa"

    def test_two_on_duty_are_both_first(self) -> None:
        office = Office(CALENDAR)
        shifts = tuple(Shift(office.who(who), START, START + minutes(60)) for who in ("Rosa", "Pieter"))
        office.gets(DutyRead(LIST, shifts))
        assert order(office, START) == "Rosa Pieter Tom"

    def test_who_has_left_the_list_is_not_called(self) -> None:
        office = Office(CALENDAR)
        on_duty(office, "Jan")
        assert order(office, START) == "Tom Pieter Rosa"

    def test_unreadable_the_last_copy_counts_and_the_operators_hear_once(self) -> None:
        office = Office(CALENDAR)
        on_duty(office)
        read = office.now
        office.now += minutes(5)
        came = office.gets(DutyRead(LIST, None, "its server cannot be reached"))
        assert came.to("duty-stale") == office.names("operators")
        content = came.one("duty-stale").content
        assert (content.name, content.at) == (LIST, read)
        assert office.gets(DutyRead(LIST, None, "its server cannot be reached")).facts == ()
        assert order(office, START) == "Rosa Tom Pieter"

    @pytest.mark.parametrize(
        ("well_for", "heard"),
        [
            pytest.param(5, [], id="minutes: it comes and goes, and they know"),
            pytest.param(60, ["duty-stale"], id="an hour: it was well, and is not any more"),
        ],
    )
    def test_readable_again_and_then_not(self, well_for: int, heard: list[str]) -> None:
        office = Office(CALENDAR)
        on_duty(office)
        assert office.gets(DutyRead(LIST, None, "gone")).kinds == ["duty-stale"]
        on_duty(office)
        office.now += minutes(1)
        on_duty(office, hours=9)
        office.now += minutes(well_for - 1)
        office.state = office.restored()
        assert office.gets(DutyRead(LIST, None, "gone")).kinds == heard

    def test_never_readable_the_lists_own_order_counts(self) -> None:
        office = Office(CALENDAR)
        came = office.gets(DutyRead(LIST, None, "No such file or directory"))
        assert came.one("duty-stale").content.at is None
        assert order(office, START) == "Tom Pieter Rosa"

    def test_what_has_not_changed_is_not_written_again(self) -> None:
        office = Office(CALENDAR)
        on_duty(office)
        assert on_duty(office).facts == ()

    def test_the_copy_outlives_a_restart(self) -> None:
        office = Office(CALENDAR)
        on_duty(office)
        office.gets(DutyRead(LIST, None, "gone"))
        assert office.restored() == office.state
        assert office.restored().rosters[LIST].shifts == office.state.rosters[LIST].shifts


def test_the_team_is_called_in_that_order() -> None:
    office = Office(CALENDAR)
    on_duty(office)
    office.proposes("Lotte", "Nothing works")
    assert office.says("An", "ACCEPT").to("page") == {"Rosa"}


def test_the_managers_are_asked_together_the_one_on_duty_first() -> None:
    office = Office(MANAGERS)
    request = office.proposes().one("decision-request")
    assert [office.first(who) for who in request.recipients] == ["Claire", "An", "James"]
