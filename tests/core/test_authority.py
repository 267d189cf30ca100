"""Who may do what, and what evidence it takes."""

import pytest

from daemon.core.authority import RULES, Role, roles
from daemon.core.hear import HANDLERS
from daemon.core.identity import Evidence
from parsers.types import Verb
from tests.core.vocabulary import Office, minutes

MAY = {
    Verb.ACCEPT: {"manager"},
    Verb.REJECT: {"manager"},
    Verb.REOPEN: {"manager"},
    Verb.TAKE: {"manager"},
    Verb.NOTE: {"manager", "team"},
    Verb.WITHDRAW: {"proposer"},
    Verb.UPDATE: {"in-charge", "deputy"},
    Verb.RESOLVE: {"in-charge", "deputy"},
    Verb.SAME: {"manager", "proposer"},
    Verb.NEW: {"manager", "proposer"},
    Verb.SERVICE: {"manager"},
    Verb.CONFIDENTIAL: {"manager", "proposer"},
    Verb.TEAM: {"in-charge"},
    Verb.JOIN: {"paged", "team"},
    Verb.DECLINE: {"paged", "team"},
    Verb.BRIDGE: {"in-charge"},
    Verb.DEPUTY: {"in-charge"},
    Verb.HANDOVER: {"in-charge", "owner"},
    Verb.ACTION: {"asked", "owner", "manager"},
    Verb.DONE: {"asked", "owner", "manager"},
    Verb.REVIEWED: {"owner"},
    Verb.DOWNGRADE: {"in-charge"},
    Verb.EVERY: {"in-charge"},
}


@pytest.mark.parametrize(
    ("verb", "who"), [pytest.param(v, w, id=f"{v}: {', '.join(sorted(w))}") for v, w in MAY.items()]
)
def test_who_may(verb: Verb, who: set[str]) -> None:
    assert {role.value for role in RULES[verb].roles} == who
    assert RULES[verb].evidence >= Evidence.NUMBER


def test_every_verb_that_is_obeyed_has_a_rule() -> None:
    assert set(HANDLERS) == set(MAY)


RUNG = 'after = "5m"\nwho = "incident-managers"'


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("An", {Role.CONTACT, Role.MANAGER, Role.IN_CHARGE}, id="who accepted"),
        pytest.param("James", {Role.CONTACT, Role.MANAGER}, id="another manager"),
        pytest.param("Lotte", {Role.CONTACT, Role.PROPOSER}, id="who proposed"),
        pytest.param("Nadia", {Role.CONTACT}, id="anybody else on file"),
        pytest.param("eve@evil.example", set(), id="a stranger"),
    ],
)
def test_roles(name: str, expected: set[Role]) -> None:
    office = Office().accepted()
    assert roles(office.state, office.incident, office.who(name)) == expected


def test_whom_a_rung_has_asked_may_decide_from_then_on() -> None:
    office = Office({RUNG: 'after = "5m"\nwho = "operators"'})
    office.proposes()
    assert office.says("Sofie", "ACCEPT MI-1").kinds == ["not-allowed"]
    assert office.passes(minutes(5)).to("decision-request") == {"Sofie", "Tom"}
    assert office.says("Sofie", "ACCEPT MI-1").one("done-accept").recipients == (office.who("Sofie"),)
    assert office.incident.manager == office.who("Sofie")


def test_the_one_in_charge_keeps_it_after_leaving_the_list() -> None:
    office = Office().accepted()
    gone = Office({"incident-managers;all-staff,nl": "all-staff,nl"}).configuration
    office.configuration = office.state.configuration = gone
    assert "done-update" in office.says("An", "UPDATE Half is back.").kinds
