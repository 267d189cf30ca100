"""Whatever happens, what is written down adds up to the state, and no decision fails."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.types import Failure, Result
from daemon import records
from daemon.core import events as e
from daemon.core.delivery import AttemptStatus
from daemon.core.facts import Archived
from daemon.core.state import State
from daemon.core.stimuli import Begun, DrillAsked, DrillStopped, FirstSeen, SourceChanged
from tests.core.vocabulary import BUSY, NEXT, REFUSED, WAY_DOWN, Came, Edits, Office, minutes

PEOPLE = ("An", "James", "Claire", "Lotte", "Nadia", "Laura", "Oliver", "Tom", "eve@evil.example", "+32999888777")
WORDS = (
    "ACCEPT", "REJECT no", "WITHDRAW", "UPDATE Half is back. MGMT: 40 k", "UPDATE", "RESOLVE All is back.", "TAKE",
    "REOPEN again", "DOWNGRADE false alarm", "NOTE called", "EVERY 20m stakeholders", "EVERY 2h", "STATUS", "HELP",
    "", "STOP", "START", "PROPOSE cards refused", "ACEPT", "thanks, when?", "ACCEPT MI-2", "ACCEPT MI-1",
    "UPDATE MGMT: x", "ACCEPT DR-1", "RESOLVE DR-1 fine", "JOIN DR-1", "JOIN DR-2", "UPDATE DR-1 Half is back.",
    "SAME 1", "SAME", "MI-2 SAME 1", "SAME 2", "NEW", "NEW 2", "SERVICE web shop", "SERVICE email", "CONFIDENTIAL",
    "DEPUTY Claire", "HANDOVER James", "HANDOVER Claire", "JOIN", "DECLINE", "PROPOSE web shop is down",
)  # fmt: skip
OUTCOMES: tuple[tuple[Result, Failure | None], ...] = (
    (Result.SENT, None),
    (Result.DELIVERED, None),
    (Result.UNCERTAIN, BUSY),
    (Result.FAILED, BUSY),
    (Result.FAILED, NEXT),
    (Result.FAILED, REFUSED),
    (Result.FAILED, WAY_DOWN),
)
SETTINGS: tuple[Edits, ...] = (
    {},
    {'on_silence = "holding"': 'on_silence = "remind"'},
    {'undecided = "keep-asking"': 'undecided = "accept"'},
    {'every = "30m"': 'every = "90m"', 'unknown = "hold"': 'unknown = "refuse"'},
    {"[review]\n": '[drill]\nevery = "1d"\nroll_call_every = "2d"\n\n[review]\n'},
)

Step = Callable[[Office], Came]


def nothing(office: Office) -> Came:
    return Came((), office)


def attempt(pick: int, who: int, channel: str, outcome: tuple[Result, Failure | None]) -> Step:
    """Somebody's delivery of some notice comes to an outcome, where such a person has such a channel."""

    def step(office: Office) -> Came:
        notices = [n for n in office.state.notices.values() if any(channel in rung for rung in n.via)]
        if not notices:
            return nothing(office)
        notice = notices[pick % len(notices)]
        contact = notice.recipients[who % len(notice.recipients)]
        person = office.state.person(contact)
        if not (person.emails if channel == "email" else person.phones):
            return nothing(office)
        if channel == "sms" and pick % 2:
            rung = next(n for n, channels in enumerate(notice.via) if channel in channels)
            office.gets(Begun(((notice.id, contact, rung, channel, person.phones[0]),)))
        return office.ends(notice, contact, channel, *outcome)

    return step


def receipt(pick: int, outcome: tuple[Result, Failure | None]) -> Step:
    def step(office: Office) -> Came:
        waiting = list(office.state.refs.values())
        if not waiting:
            return nothing(office)
        number, who = waiting[pick % len(waiting)]
        return office.receipt(office.state.notices[number], who, *outcome)

    return step


def says(who: str, words: str, mail: bool, ago: int, sure: bool) -> Step:
    by = "email" if mail and not who.startswith("+") else "sms"
    answering = "MI-1" if by == "email" and ago % 2 else None
    return lambda office: office.says(who, words, by=by, answering=answering, ago=minutes(ago), sure=sure)


def exercise(roll_call: bool, lists: tuple[str, ...], stop: bool) -> Step:
    def step(office: Office) -> Came:
        office.letters += 1
        key = f"console {office.letters}"
        return office.gets(DrillStopped(key) if stop else DrillAsked(key, lists, roll_call=roll_call))

    return step


TAKING_PART: tuple[tuple[str, ...], ...] = ((), ("incident-managers", "web-engineers"), ("incident-managers",))

numbers = st.integers(0, 10_000)
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(says, st.sampled_from(PEOPLE), st.sampled_from(WORDS), st.booleans(), st.integers(0, 30), st.booleans()),
    st.builds(lambda who: lambda office: office.proposes(who), st.sampled_from(PEOPLE[:10])),
    st.builds(lambda m: lambda office: office.passes(minutes(m)), st.integers(0, 70)),
    st.builds(lambda m: lambda office: office.jumps(minutes(m)), st.integers(-20, 600)),
    st.builds(attempt, numbers, numbers, st.sampled_from(("email", "sms")), st.sampled_from(OUTCOMES)),
    st.builds(receipt, numbers, st.sampled_from(OUTCOMES[1:])),
    st.builds(exercise, st.booleans(), st.sampled_from(TAKING_PART), st.sampled_from((False, False, True))),
)


def known(state: State) -> dict[str, object]:
    """All that the state knows, but for what is learned afresh after a start."""
    return {
        "incidents": state.incidents,
        "timelines": state.timelines,
        "notices": state.notices,
        "tallies": {number: (bytes(tally.letters), tally.left) for number, tally in state.tallies.items()},
        "deliveries": {number: begun for number, begun in state.deliveries.items() if begun},
        "stopped": state.stopped,
        "refs": state.refs,
        "told": state.told,
        "drafts": state.drafts,
        "barred": state.barred,
        "sources": state.sources,
        "unwatched": state.unwatched,
        "ailing": (state.ailing, state.findings),
        "health": {channel: (health.down, health.since, health.pause) for channel, health in state.health.items()},
        "handled": state.handled,
        "last": (state.last_incident, state.last_notice, state.last_chunk, state.last_drill),
        "drilled": state.drilled,
        "next_drills": state.next_drills,
        "rosters": state.rosters,
    }


@settings(max_examples=150)
@given(st.sampled_from(SETTINGS), st.lists(steps, max_size=25))
def test_whatever_happens_it_is_all_written_down(edits: Edits, steps: list[Step]) -> None:
    office = Office(edits)
    for step in steps:
        step(office)
    assert known(office.restored()) == known(office.state)


@settings(max_examples=150)
@given(st.sampled_from(SETTINGS), st.lists(steps, max_size=25))
def test_whatever_happened_nothing_stays_due_and_nobody_gets_two_copies(edits: Edits, steps: list[Step]) -> None:
    office = Office(edits)
    for step in steps:
        for notice in step(office).notices:
            assert len(set(notice.recipients)) == len(notice.recipients)
    office.ticks()
    for number, tally in office.state.tallies.items():
        assert tally.left == bytes(tally.letters).count(b" "), number
    for incident in office.state.incidents.values():
        assert all(promise.due > office.now for promise in incident.promises.values()) or incident.status != "accepted"


def test_an_attempt_that_was_under_way_has_an_outcome_that_nobody_knows() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.gets(Begun(((request.id, office.who("An"), 0, "sms", "+32470550101"),)))
    (attempt,) = office.restored().deliveries[request.id][office.who("An")].attempts
    assert attempt.status is AttemptStatus.UNCERTAIN


@pytest.mark.parametrize("away", [minutes(1), minutes(200), timedelta(days=3)])
def test_after_a_start_it_carries_on_as_if_nothing_had_happened(away: timedelta) -> None:
    there, here = Office().accepted(), Office().accepted()
    here.state = here.restored()
    assert there.jumps(away).facts == here.jumps(away).facts


def test_sources_and_words_in_doubt_are_remembered() -> None:
    office = Office().accepted()
    office.gets(FirstSeen("incidents", None, office.now, 3))
    office.gets(SourceChanged("incidents", False, "no route"))
    office.says("An", "UPDATE Half is back.", sure=False)
    assert known(office.restored()) == known(office.state)
    assert office.restored().drafts


def test_the_operators_hear_what_lay_in_a_new_source() -> None:
    came = Office().gets(FirstSeen("incidents", None, None, 3))
    assert came.to("first-sight") == {"Sofie", "Tom"}
    assert came.one("first-sight").content.count == 3


def test_what_happens_to_an_incident_as_it_leaves_memory_is_written_down_with_it() -> None:
    office = Office()
    office.proposes()
    office.says("An", "ACCEPT")
    office.says("An", "RESOLVE")
    state = office.state
    noted = e.Noted("MI-1", office.now, "an.peeters@acme.example", "late")
    gone = Archived("MI-1", state.last_incident, state.last_notice, state.last_chunk)
    assert [change.table for change in records.commit(state, (noted, gone))] == ["timeline", "archived"]
