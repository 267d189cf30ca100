"""Whatever is said, and whenever: nobody is called twice, nobody too many, and the journal gives back the same."""

import random
from datetime import timedelta

import pytest

from daemon.core.crew import missing, need, seats
from daemon.core.model import SeatStatus, Status
from daemon.core.stimuli import BridgeTried, Exhausted
from tests.core.vocabulary import Came, Office

NAMES = ("Tom", "Pieter", "Rosa", "Hugo", "David", "Jan", "Emma", "An", "James", "Claire", "Lotte", "Nadia")
WORDS = (
    "JOIN", "JOIN", "DECLINE", "TEAM network", "TEAM -network", "TEAM +Tom -Rosa", "TEAM messaging -web", "TEAM",
    "BRIDGE", "BRIDGE NEXT", "BRIDGE CALL", "BRIDGE room 4", "SERVICE webshop", "SERVICE email, payments", "TAKE",
    "HANDOVER James", "RESOLVE ok", "REOPEN", "DOWNGRADE no", "on my way", "STATUS", "TEAM +Rosa +Jan -database",
    "DEPUTY Tom", "ACCEPT",
)  # fmt: skip
TWO = {'list = "network-engineers"\nneed = 1': 'list = "network-engineers"\nneed = 2'}
STEPS = 60


def step(office: Office, chance: random.Random) -> Came:
    match chance.random():
        case kind if kind < 0.25:
            return office.passes(timedelta(seconds=chance.choice((10, 60, 180, 400))))
        case kind if kind < 0.3:
            return office.gets(
                BridgeTried(chance.choice(("Conference", "Dial-in")), chance.random() < 0.5, "no answer")
            )
        case kind if kind < 0.35:
            pages = [notice for notice in office.state.unfinished() if notice.kind == "page"]
            return office.gets(Exhausted(tuple((page.id, page.recipients[0]) for page in pages[:1])))
    office.now += timedelta(seconds=chance.choice((0, 1, 20)))
    return office.says(chance.choice(NAMES), chance.choice(WORDS))


@pytest.mark.parametrize("seed", range(12))
def test_the_team_stays_in_order(seed: int) -> None:
    chance = random.Random(seed)
    office = Office(TWO if seed % 2 else {})
    office.proposes("Lotte", "It is down", f"Service: {chance.choice(('web shop', 'email', 'payments'))}")
    office.says("An", "ACCEPT")
    for _ in range(STEPS):
        step(office, chance)
        incident, state = office.incident, office.state
        people = [seat.contact for seat in incident.team]
        assert len(people) == len(set(people))
        for name in incident.needed if incident.status is Status.ACCEPTED else ():
            asked = seats(incident, name, SeatStatus.ASKED)
            assert len(asked) <= need(state, name)
            assert not asked or missing(state, incident, name)
        if incident.status is not Status.ACCEPTED:
            assert not [n for n in state.unfinished() if n.kind in ("page", "bridge", "roster")]
    assert office.restored().incidents == office.state.incidents
