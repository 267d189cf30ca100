"""How attempts end: outcomes, receipts and bounces, what is reported, and what a stopped notice does no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from channels.types import Failure, Result, Retry
from daemon.core.notices import Notice
from daemon.core.stimuli import Begun, Exhausted, Returned
from parsers.types import Bounce, BouncedRecipient, BounceKind
from tests.core.vocabulary import BUSY, NEXT, REFUSED, WAY_DOWN, Came, Office, example, minutes

LANDLINE = Failure("30006", "a landline", Retry.NEVER)


def told(office: Office) -> Notice:
    """The notice to the stakeholders, from everybody's point of view."""
    office.accepted()
    return next(n for n in office.state.notices.values() if n.kind == "initial" and n.audience == "stakeholders")


def letter(office: Office, notice: Notice, name: str) -> str:
    tally = office.state.tallies[notice.id]
    return chr(tally.letters[tally.places[office.who(name)]])


@pytest.mark.parametrize(
    ("result", "failure", "ending"),
    [
        pytest.param(Result.SENT, None, "s", id="taken by the relay"),
        pytest.param(Result.FAILED, REFUSED, " ", id="refused for ever: the text's turn"),
        pytest.param(Result.FAILED, BUSY, " ", id="busy: again later"),
        pytest.param(Result.UNCERTAIN, BUSY, " ", id="nobody knows: again later"),
    ],
)
def test_how_a_mail_ends(result: Result, failure: Failure | None, ending: str) -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", result, failure)
    assert letter(office, notice, "Nadia") == ending


def test_a_refused_address_is_not_used_again() -> None:
    office = Office()
    office.ends(told(office), "Nadia", "email", Result.FAILED, REFUSED)
    assert ("email", "nadia.benali@acme.example") in office.state.barred


def test_the_operators_hear_once_that_a_channel_is_down_and_once_that_it_is_back() -> None:
    office = Office()
    notice = told(office)
    came = office.ends(notice, "Nadia", "email", Result.FAILED, WAY_DOWN)
    came += office.ends(notice, "Lotte", "email", Result.FAILED, WAY_DOWN)
    assert came.copies("channel-down") == {"Sofie": 1, "Tom": 1}
    back = office.ends(notice, "Hugo", "email", Result.SENT)
    assert back.copies("channel-up") == {"Sofie": 1, "Tom": 1}


@pytest.mark.parametrize(
    ("result", "failure", "ending"),
    [
        pytest.param(Result.DELIVERED, None, "d", id="delivered"),
        pytest.param(Result.SENT, None, " ", id="sent is not the last word yet"),
        pytest.param(Result.FAILED, NEXT, "u", id="failed after all, and no rung is left"),
    ],
)
def test_a_receipt_of_a_text(result: Result, failure: Failure | None, ending: str) -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.FAILED, REFUSED)
    office.ends(notice, "Nadia", "sms", Result.SENT)
    office.receipt(notice, "Nadia", result, failure)
    assert letter(office, notice, "Nadia") == ending


def test_why_somebody_was_not_reached_is_known_also_after_a_restart() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.FAILED, REFUSED)
    office.ends(notice, "Nadia", "sms", Result.FAILED, NEXT)
    for state in (office.state, office.restored()):
        assert state.tallies[notice.id].why == {office.who("Nadia"): "unknown handset"}


def test_a_receipt_that_says_never_bars_the_number() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.FAILED, REFUSED)
    office.ends(notice, "Nadia", "sms", Result.SENT)
    office.receipt(notice, "Nadia", Result.FAILED, LANDLINE)
    assert ("sms", "+32470550115") in office.state.barred


def test_a_receipt_can_show_the_channel_down() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.FAILED, REFUSED)
    office.ends(notice, "Nadia", "sms", Result.SENT)
    suspended = Failure("30002", "account suspended", Retry.DOWN)
    assert "channel-down" in office.receipt(notice, "Nadia", Result.FAILED, suspended).kinds


def test_no_receipt_in_ten_minutes_and_sent_is_the_last_word() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.FAILED, REFUSED)
    office.ends(notice, "Nadia", "sms", Result.SENT)
    office.now += minutes(10)
    office.gets(Exhausted(((notice.id, office.who("Nadia")),)))
    assert letter(office, notice, "Nadia") == "s"


def test_a_receipt_of_nothing_we_know_is_nothing() -> None:
    office = Office()
    assert office.receipt(told(office), "Nadia", Result.DELIVERED).facts == ()


def bounces(office: Office, notice: Notice, name: str, kind: BounceKind = BounceKind.FAILED, **more: bool) -> Came:
    who = office.who(name)
    gone = BouncedRecipient(office.state.person(who).emails[0], "5.1.1", "no such user", more.get("permanent", True))
    office.letters += 1
    return office.gets(Returned(f"mail {office.letters}", Bounce(kind, (gone,), "", ""), (notice.id, who)))


def test_a_bounce_opens_a_mail_that_was_sent_and_the_text_takes_its_turn() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.SENT)
    assert letter(office, notice, "Nadia") == "s"
    bounces(office, notice, "Nadia")
    assert letter(office, notice, "Nadia") == " "
    assert ("email", "nadia.benali@acme.example") in office.state.barred
    office.ends(notice, "Nadia", "sms", Result.DELIVERED)
    assert letter(office, notice, "Nadia") == "d"


def test_a_bounce_for_now_makes_the_address_a_way_of_last_resort_for_a_day() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.SENT)
    bounces(office, notice, "Nadia", permanent=False)
    assert letter(office, notice, "Nadia") == " "
    bar = office.state.barred["email", "nadia.benali@acme.example"]
    assert bar.until == office.now + timedelta(days=1)
    assert office.restored().barred == office.state.barred


@pytest.mark.parametrize("kind", [BounceKind.DELAYED, BounceKind.DELIVERED])
def test_word_of_a_delay_changes_nothing(kind: BounceKind) -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.SENT)
    bounces(office, notice, "Nadia", kind)
    assert letter(office, notice, "Nadia") == "s"


def test_a_bounce_of_a_page_whose_text_was_delivered_sends_no_second_text() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.ends(request, "An", "email", Result.SENT)
    office.ends(request, "An", "sms", Result.SENT)
    office.receipt(request, "An", Result.DELIVERED)
    assert letter(office, request, "An") == "d"
    bounces(office, request, "An")
    assert letter(office, request, "An") == "d"
    assert ("email", "an.peeters@acme.example") in office.state.barred


def test_a_bounce_for_nobody_we_wrote_to_is_nothing() -> None:
    office = Office()
    notice = told(office)
    came = office.gets(Returned("mail x", Bounce(BounceKind.FAILED, (), "", ""), (notice.id, "eve@evil.example")))
    assert [type(fact).__name__ for fact in came.facts] == ["Handled"]


def test_the_manager_gets_those_not_reached_once_when_the_last_delivery_ended() -> None:
    office = Office()
    notice = told(office)
    came = Came((), office)
    for who in notice.recipients:
        name = office.first(who)
        if name in ("Nadia", "Hugo"):
            came += office.ends(notice, who, "email", Result.FAILED, REFUSED)
            came += office.ends(notice, who, "sms", Result.FAILED, NEXT)
        elif name == "Oliver":
            assert "unreached" not in came.kinds
            came += office.ends(notice, who, "sms", Result.DELIVERED)
        else:
            came += office.ends(notice, who, "email", Result.SENT)
    assert came.to("unreached") == {"An"}
    assert came.one("unreached").content.people == ("Hugo Moreau", "Nadia Benali")


def test_of_the_all_clear_too() -> None:
    office = Office().accepted()
    notice = next(n for n in office.says("An", "RESOLVE").of("all-clear") if n.audience == "management")
    came = office.ends(notice, "Laura", "email", Result.SENT)
    came += office.ends(notice, "Marc", "email", Result.FAILED, REFUSED)
    came += office.ends(notice, "Marc", "sms", Result.FAILED, NEXT)
    assert came.to("unreached") == {"An"}


def test_nobody_is_reported_where_everybody_was_reached() -> None:
    office = Office()
    notice = told(office)
    came = office.sends(notice)
    came += office.ends(notice, "Oliver", "sms", Result.DELIVERED)
    assert came.kinds == []
    assert office.state.tallies[notice.id].left == 0


LATE: dict[str, Callable[[Office, Notice], Came]] = {
    "a failure": lambda office, notice: office.ends(notice, "An", "email", Result.FAILED, REFUSED),
    "a receipt": lambda office, notice: office.receipt(notice, "An", Result.FAILED, NEXT),
    "a bounce": lambda office, notice: bounces(office, notice, "An"),
    "an attempt begun too late": lambda office, notice: office.gets(
        Begun(((notice.id, office.who("An"), 0, "sms", "+32470550101"),))
    ),
}


@pytest.mark.parametrize("late", [pytest.param(what, id=name) for name, what in LATE.items()])
def test_a_stopped_notice_is_never_tried_again(late: Callable[[Office, Notice], Came]) -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.ends(request, "An", "sms", Result.SENT)
    office.says("James", "ACCEPT")
    late(office, request)
    assert request.id in office.state.stopped
    assert request not in list(office.state.unfinished())
    assert office.state.deliveries.get(request.id, {}) == {}


def test_what_was_under_way_when_it_was_stopped_still_counts_as_sent() -> None:
    office = Office()
    request = office.proposes().one("decision-request")
    office.says("James", "ACCEPT")
    office.ends(request, "An", "email", Result.SENT)
    assert letter(office, request, "An") == "s"


OPTED_OUT = Failure("21610", "the recipient has opted out with STOP", Retry.NEXT)


def test_who_has_opted_out_is_asked_by_mail_to_opt_in_once_and_gets_no_text_any_more() -> None:
    office = Office()
    first = office.proposes().one("decision-request")
    came = office.ends(first, "An", "sms", Result.FAILED, OPTED_OUT)
    assert came.one("opted-out").via == (("email",),)
    second = office.passes(minutes(5)).one("decision-request")
    assert "opted-out" not in office.ends(second, "An", "sms", Result.FAILED, OPTED_OUT).kinds
    assert ("sms", "+32470550101") in office.state.barred
    office.says("An", "START")
    assert office.state.barred == {}


def test_who_has_no_mail_cannot_be_asked_to_opt_in() -> None:
    office = Office()
    notice = told(office)
    assert "opted-out" not in office.ends(notice, "Oliver", "sms", Result.FAILED, OPTED_OUT).kinds


HUGO_LEFT = {"+32470550112,database-engineers;all-staff": "+32470550112,database-engineers"}


def test_a_newer_update_replaces_an_older_one_for_those_who_hear_it_and_for_nobody_else() -> None:
    office = Office()
    notice = told(office)
    office.ends(notice, "Nadia", "email", Result.SENT)
    office.state.configuration = example(HUGO_LEFT)
    office.says("An", "UPDATE MI-1 Half is back.")
    assert [letter(office, notice, name) for name in ("Nadia", "Lotte", "Hugo")] == ["s", "x", " "]
    assert notice.id not in office.state.stopped


def test_a_mail_under_way_when_a_newer_one_replaced_it_still_counts_as_sent() -> None:
    office = Office()
    notice = told(office)
    office.state.configuration = example(HUGO_LEFT)
    office.says("An", "UPDATE MI-1 Half is back.")
    office.ends(notice, "Lotte", "email", Result.SENT)
    assert letter(office, notice, "Lotte") == "s"
    office.ends(notice, "Sofie", "email", Result.FAILED, BUSY)
    assert letter(office, notice, "Sofie") == "x"


def test_a_bounce_that_comes_late_adds_only_its_own_name_to_those_not_reached() -> None:
    office = Office()
    notice = told(office)
    for who in notice.recipients:
        if office.first(who) == "Oliver":
            office.ends(notice, who, "sms", Result.FAILED, NEXT)
        else:
            office.ends(notice, who, "email", Result.SENT)
    reported = [n.content.people for n in office.state.notices.values() if n.kind == "unreached"]
    assert reported == [("Oliver Grant",)]
    bounces(office, notice, "Nadia")
    late = office.ends(notice, "Nadia", "sms", Result.FAILED, NEXT)
    assert late.one("unreached").content.people == ("Nadia Benali",)
