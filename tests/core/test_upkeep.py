"""What the operators hear of Murphy's own parts and of the daily check: once each, over restarts too."""

import pytest

from daemon.core.stimuli import Inspected, PartChanged
from tests.core.vocabulary import Office

CERTIFICATE = ("certificate relay.primary", "relay.primary: its certificate ends in 13 days")
LATER = ("certificate relay.primary", "relay.primary: its certificate ends in 12 days")
BALANCE = ("low-balance twilio", "twilio: its balance is 4.10 USD")


def test_a_part_that_fails_is_told_once_and_when_it_works_again() -> None:
    office = Office()
    assert office.gets(PartChanged("web", True)).kinds == []
    told = office.gets(PartChanged("web", False, "127.0.0.1:8080 is taken")).one("part-down")
    assert (told.content.source, told.content.reason) == ("web", "127.0.0.1:8080 is taken")
    assert {office.first(who) for who in told.recipients} == {"Sofie", "Tom"}
    assert office.gets(PartChanged("web", False, "still")).kinds == []
    assert office.gets(PartChanged("outbox", False, "ValueError")).kinds == ["part-down"]
    assert office.restored().ailing == {"web", "outbox"}
    assert office.gets(PartChanged("web", True)).kinds == ["part-up"]
    assert office.restored().ailing == {"outbox"}


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        pytest.param([()], [0], id="nothing found, nothing said"),
        pytest.param([(CERTIFICATE,), (CERTIFICATE,)], [1, 0], id="the same is told once"),
        pytest.param([(CERTIFICATE,), (LATER,)], [1, 0], id="other figures are no other finding"),
        pytest.param([(CERTIFICATE,), (LATER, BALANCE)], [1, 1], id="only what is new"),
        pytest.param([(BALANCE,), (), (BALANCE,)], [1, 0, 1], id="what was gone and is back is told again"),
    ],
)
def test_findings_are_told_once_each(checks: list[tuple[tuple[str, str], ...]], told: list[int]) -> None:
    office = Office()
    for found, count in zip(checks, told, strict=True):
        came = office.gets(Inspected(found))
        assert sum(notice.content.count for notice in came.of("check-findings")) == count
        assert office.restored().findings == {key for key, _ in found}


def test_a_weakness_goes_by_mail_and_names_the_first_few() -> None:
    office = Office()
    notice = office.gets(Inspected(tuple((f"k{n}", f"finding {n}") for n in range(30)))).one("check-findings")
    assert (len(notice.content.people), notice.content.count) == (10, 30)
    assert notice.via[0] == ("email",)
