"""What each attempt came to is written down wherever the ending of its delivery does not tell it."""

from datetime import timedelta

from channels.types import Result
from daemon.core.delivery import AttemptStatus, Ending
from daemon.core.notices import Notice
from daemon.history import Sent, history
from tests.core.vocabulary import REFUSED, Office


def sent(office: Office, notice: Notice) -> Sent:
    told = history(office.tables, "MI-1")
    assert told is not None
    return next(each for each in told.sent if each.notice.id == notice.id)


def fates(office: Office, notice: Notice, name: str) -> list[tuple[str, str, int]]:
    found = sent(office, notice).attempts.get(office.who(name), ())
    return sorted((each.channel, each.status.value, each.seconds) for each in found)


def test_a_rung_of_two_channels_tells_both_though_the_delivery_ends_by_one() -> None:
    """Whichever is known last: what comes after the end is written down, too."""
    office = Office()
    (request,) = office.proposes().of("decision-request")
    for first, second, name in (("email", "sms", "An"), ("sms", "email", "James")):
        office.ends(request, name, first, Result.DELIVERED)
        office.now += timedelta(seconds=4)
        office.ends(request, name, second, Result.DELIVERED)
    assert fates(office, request, "An") == [("email", "delivered", 0), ("sms", "delivered", 4)]
    assert fates(office, request, "James") == [("email", "delivered", 8), ("sms", "delivered", 4)]


def test_a_fallback_tells_what_failed_and_why() -> None:
    office = Office()
    office.proposes()
    (initial,) = (n for n in office.says("An", "ACCEPT").of("initial") if n.audience == "management")
    office.ends(initial, "Laura", "email", Result.FAILED, REFUSED)
    office.now += timedelta(seconds=3)
    office.ends(initial, "Laura", "sms", Result.DELIVERED)
    (mail, text) = sent(office, initial).attempts[office.who("Laura")]
    assert (mail.channel, mail.status, mail.reason) == ("email", AttemptStatus.FAILED, REFUSED.reason)
    assert (text.channel, text.status, text.seconds) == ("sms", AttemptStatus.DELIVERED, 3)
    assert mail.address == office.state.person(office.who("Laura")).emails[0]


def test_one_mail_that_went_out_needs_no_line_of_its_own() -> None:
    """The ending tells all of it: a broadcast to 50,000 people stays small."""
    office = Office()
    office.proposes()
    (initial,) = (n for n in office.says("An", "ACCEPT").of("initial") if n.audience == "stakeholders")
    office.sends(initial)
    told = sent(office, initial)
    assert told.having(Ending.SENT)
    assert not told.attempts


def test_what_had_been_tried_when_it_was_stopped_is_told() -> None:
    office = Office()
    (request,) = office.proposes().of("decision-request")
    office.ends(request, "Claire", "sms", Result.FAILED, REFUSED)
    office.ends(request, "An", "email", Result.SENT)
    office.says("James", "ACCEPT")
    assert fates(office, request, "Claire") == [("sms", "failed", 0)]
    assert fates(office, request, "An") == [("email", "sent", 0)]


def test_all_that_failed_is_told() -> None:
    office = Office()
    office.proposes()
    (initial,) = (n for n in office.says("An", "ACCEPT").of("initial") if n.audience == "management")
    office.ends(initial, "Laura", "email", Result.FAILED, REFUSED)
    assert fates(office, initial, "Laura") == [("email", "failed", 0)], "while it is open, too"
    office.ends(initial, "Laura", "sms", Result.FAILED, REFUSED)
    assert fates(office, initial, "Laura") == [("email", "failed", 0), ("sms", "failed", 0)]


def test_chunks_of_attempts_and_of_endings_never_have_one_number() -> None:
    office = Office()
    (request,) = office.proposes().of("decision-request")
    for channel in ("email", "sms"):
        office.ends(request, "An", channel, Result.DELIVERED)
    attempts, outcomes = set(office.tables.table("attempts")), set(office.tables.table("outcomes"))
    assert attempts
    assert not attempts & outcomes
    assert office.restored().last_chunk == office.state.last_chunk == max(map(int, attempts | outcomes))
