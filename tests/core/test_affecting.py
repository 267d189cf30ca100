"""SERVICE and CONFIDENTIAL: what an incident affects, and who may know of it from then on."""

import pytest

from channels.types import Result
from daemon.core.identity import Evidence
from tests.core.vocabulary import WAY_DOWN, Edits, Office, example, minutes

SECRET: Edits = {'disciplines = ["web", "database", "network"]': 'disciplines = ["web"]\nconfidential = true'}
RENAMED: Edits = {'name = "webshop"': 'name = "shop"', 'aliases = ["web shop", "shop", "site"]': "aliases = []"}
MAIL_ONLY: Edits = {'via = ["email+sms"]': 'via = ["email", "sms"]'}


@pytest.mark.parametrize(
    ("words", "services"),
    [
        pytest.param("SERVICE webshop", ("webshop",), id="its name"),
        pytest.param("SERVICE Web shop", ("webshop",), id="its public name"),
        pytest.param("service: outlook", ("email",), id="an alias"),
        pytest.param("SERVICE WEB-SHOP", ("webshop",), id="with a dash"),
        pytest.param("SERVICE webshop, payments", ("webshop", "payments"), id="two, with a comma"),
        pytest.param("SERVICE webshop and card", ("webshop", "payments"), id="two, with a word between"),
        pytest.param("SERVICE webshop payments", ("webshop", "payments"), id="two, with nothing between"),
        pytest.param("SERVICE Email and calendar", ("email",), id="a name with a word between in it"),
        pytest.param("SERVICE outlook, mail", ("email",), id="one by two of its names"),
        pytest.param("SERVICE MI-1 webshop", ("webshop",), id="with the number"),
        pytest.param("SERVICE 1 webshop", ("webshop",), id="with a plain number"),
    ],
)
def test_services(words: str, services: tuple[str, ...]) -> None:
    office = Office().accepted()
    came = office.says("An", words)
    assert came.events[0] == "ServicesSet"
    assert office.incident.services == services
    assert (came.to("done-service"), came.to("decision-service")) == ({"An"}, {"James", "Claire"})


@pytest.mark.parametrize(
    ("words", "name", "near"),
    [
        pytest.param("SERVICE webshp", "webshp", {"Web shop"}, id="a slip shows what is near"),
        pytest.param("SERVICE webshop, robots", "robots", {"Email and calendar", "Web shop", "Payments"}, id="unknown"),
        pytest.param("SERVICE webshop robots", "webshop robots", {"Web shop"}, id="a word too many"),
        pytest.param("SERVICE", "", {"Email and calendar", "Web shop", "Payments"}, id="none named"),
        pytest.param("SERVICE 2 webshop", "2 webshop", {"Web shop"}, id="another number"),
        pytest.param(f"SERVICE {'shop ' * 500}", None, {"Web shop"}, id="far too many words"),
    ],
)
def test_nothing_is_guessed(words: str, name: str | None, near: set[str]) -> None:
    office = Office().accepted()
    came = office.says("An", words)
    assert (came.kinds, came.events) == (["no-such-name"], [])
    content = came.one("no-such-name").content
    assert name is None or content.name == name
    assert set(content.people) == near


def test_any_manager_may_also_of_a_proposal() -> None:
    office = Office()
    office.proposes()
    assert office.says("James", "SERVICE webshop").kinds == ["done-service", "decision-service"]
    assert office.says("Lotte", "SERVICE email").kinds == ["not-allowed"]


def test_not_once_it_is_over() -> None:
    office = Office().accepted()
    office.says("An", "RESOLVE")
    assert office.says("An", "SERVICE MI-1 webshop").kinds == ["wrong-status"]


class TestFollow:
    def test_the_team_follows_at_once(self) -> None:
        office = Office().accepted()
        came = office.says("An", "SERVICE payments")
        assert "Hugo" in came.to("page")

    def test_the_audiences_hear_its_public_name_from_then_on(self) -> None:
        office = Office().accepted()
        office.says("An", "SERVICE payments")
        came = office.says("An", "UPDATE Half is back.")
        assert {n.content.impact for n in came.of("update")} == {
            "Customers may be unable to pay by card, in shops and online."
        }

    def test_what_is_out_goes_by_another_channel_first(self) -> None:
        office = Office().accepted()
        office.says("An", "SERVICE email")
        assert {n.via[0] for n in office.says("An", "UPDATE x").of("update")} == {("sms", "email")}

    def test_asked_only_by_what_is_out_they_are_asked_again_by_what_works(self) -> None:
        office = Office(MAIL_ONLY)
        first = office.proposes().one("decision-request")
        office.sends(first)
        office.now += minutes(1)
        came = office.says("James", "SERVICE email")
        (second,) = came.of("decision-request")
        assert (first.via, second.via) == ((("email",), ("sms",)), (("sms", "email"),))
        assert second.content.again
        assert "Asked" not in came.events
        assert office.passes(minutes(4.1)).of("decision-request")

    def test_asked_by_text_as_well_they_are_not_asked_again(self) -> None:
        office = Office()
        office.proposes()
        assert office.says("James", "SERVICE email").of("decision-request") == []


class TestConfidential:
    @pytest.mark.parametrize("who", ["An", "James", "Lotte"])
    def test_who_may(self, who: str) -> None:
        office = Office().accepted()
        came = office.says(who, "CONFIDENTIAL")
        assert came.events[0] == "MadeConfidential"
        assert came.to("decision-confidential") == {"An", "James", "Claire"} - {who}
        assert all(notice.confidential for notice in came.notices if notice.kind.value.endswith("confidential"))

    def test_said_twice(self) -> None:
        office = Office().accepted()
        office.says("An", "CONFIDENTIAL")
        came = office.says("James", "CONFIDENTIAL")
        assert (came.kinds, came.events) == (["done-confidential"], [])

    def test_not_by_others(self) -> None:
        office = Office().accepted()
        assert office.says("Nadia", "CONFIDENTIAL MI-1").kinds == ["not-allowed"]

    def test_the_audiences_hear_nothing_more(self) -> None:
        office = Office().accepted()
        office.says("An", "CONFIDENTIAL")
        came = office.says("An", "UPDATE Half is back.")
        came += office.passes(minutes(180))
        assert {"update", "holding", "reminder", "missed"}.isdisjoint(
            {n.kind.value for n in came.notices if n.audience}
        )
        assert "reminder" not in came.kinds

    def test_what_was_still_on_its_way_to_them_stops(self) -> None:
        office = Office().accepted()
        told = [n.id for n in office.state.notices.values() if n.audience]
        office.says("An", "CONFIDENTIAL")
        assert told
        assert all(number in office.state.stopped for number in told)

    def test_what_had_not_left_yet_to_a_manager_leaves_without_content(self) -> None:
        office = Office()
        request = office.proposes().one("decision-request")
        office.ends(request, "An", "sms", Result.SENT)
        office.ends(request, "James", "sms", Result.FAILED, WAY_DOWN)
        came = office.says("Lotte", "CONFIDENTIAL")
        again = came.one("decision-request")
        assert (again.confidential, came.to("decision-request")) == (True, {"Claire"})
        assert request.id in office.state.stopped

    def test_to_others_it_does_not_exist_though_they_had_heard_of_it(self) -> None:
        office = Office().accepted()
        assert office.says("Nadia", "STATUS MI-1").kinds == ["status"]
        office.says("An", "CONFIDENTIAL")
        assert office.says("Nadia", "STATUS MI-1").kinds == ["no-such-incident"]
        assert office.says("Nadia", "STATUS").kinds == ["no-incident"]
        for who in ("An", "James", "Lotte"):
            assert office.says(who, "STATUS MI-1").kinds == ["status"]

    def test_mail_is_no_evidence_any_more(self) -> None:
        office = Office().accepted()
        office.says("An", "CONFIDENTIAL")
        came = office.says("An", "RESOLVE", by="email", answering="MI-1", evidence=Evidence.DOMAIN)
        assert came.kinds == ["confirm-sender"]

    def test_a_service_that_is_confidential_makes_it_so(self) -> None:
        office = Office(SECRET).accepted()
        came = office.says("An", "SERVICE webshop")
        assert came.events[:2] == ["ServicesSet", "MadeConfidential"]
        assert all(n.confidential for n in came.notices)
        assert "Rosa" in came.to("page")

    def test_a_restart_loses_nothing(self) -> None:
        office = Office().accepted()
        office.says("An", "CONFIDENTIAL")
        assert office.restored() == office.state


def test_a_service_that_is_none_any_more_counts_as_none_named() -> None:
    office = Office()
    office.proposes(body="Service: web shop")
    office.configuration = office.state.configuration = example(RENAMED)
    came = office.says("An", "ACCEPT")
    assert came.to("page") == {"Tom"}, "somebody is called all the same"
    assert {n.content.impact for n in came.of("initial")} == {"Some of our systems may not work as usual."}
