"""A question about a proposal that reaches nobody who may decide."""

from channels.types import Result
from daemon.core.notices import Notice
from tests.core.vocabulary import NEXT, Came, Office, minutes


def in_vain(office: Office, notice: Notice, *names: str) -> Came:
    """Every way to these people fails."""
    came = Came((), office)
    for name in names:
        for channel in dict.fromkeys(channel for rung in notice.via for channel in rung):
            came += office.ends(notice, name, channel, Result.FAILED, NEXT)
    return came


def test_nobody_was_reached_the_next_rung_at_once_and_the_operators_hear() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    came = in_vain(office, request, *(office.first(who) for who in request.recipients))
    assert came.copies("unreached") == {"Sofie": 1, "Tom": 1}
    assert len([notice for notice in office.state.notices.values() if notice.kind == "decision-request"]) == 2


def test_one_was_reached_and_nobody_else_hears() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    first, *others = (office.first(who) for who in request.recipients)
    office.ends(request, first, "sms", Result.DELIVERED)
    assert in_vain(office, request, *others).kinds == []


def test_the_operators_hear_it_once_and_nothing_of_what_is_confidential() -> None:
    office = Office()
    office.proposes(body="Confidential: yes")
    said = []
    for _ in range(3):
        for request in [n for n in office.state.notices.values() if n.kind == "decision-request"]:
            said += in_vain(office, request, *(office.first(who) for who in request.recipients)).of("unreached")
        office.passes(minutes(5))
    assert [(notice.incident, notice.content.other, notice.content.title) for notice in said] == [("", "", "")]
