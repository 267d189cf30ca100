"""Delivery evidence, channels that were down, the timeline's clocks, and what the record shows of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.types import Contact, Detail, Ladder
from daemon.core.content import Content
from daemon.core.delivery import ANSWERED, Ended, Ending
from daemon.core.kinds import Kind
from daemon.core.notices import Notice, Priority
from daemon.history import Sent
from daemon.review.delivery import POINTS, Curve, curves, evidence, rank
from daemon.review.health import spells
from daemon.review.picture_delivery import description
from daemon.review.report import report
from daemon.review.timeline import local
from tests.review.synthetic import large
from tests.review.vocabulary import NUMBER, accepted, at, joined

LADDER: Ladder = (("email",), ("sms",))


def sent(
    number: int,
    ended: Mapping[str, tuple[Ending, str, int, str]],
    *,
    kind: Kind = Kind.INITIAL,
    audience: str = "staff",
    minute: float = 0,
    waiting: Sequence[str] = (),
    stopped: str = "",
) -> Sent:
    who = (*ended, *waiting)
    notice = Notice(
        number, NUMBER, kind, at(minute), audience, who, Detail.PUBLIC, LADDER, Priority.STAKEHOLDERS, Content()
    )
    return Sent(notice, {one: Ended(one, *values) for one, values in ended.items()}, frozenset(), stopped)


def by(channel: str, seconds: int, ending: Ending = Ending.SENT, reason: str = "") -> tuple[Ending, str, int, str]:
    return (ending, channel, seconds, reason)


LOST = (Ending.UNREACHED, "", 0, "no such address")
PEOPLE = {
    "ann": Contact("ann", "Ann", ("ann@acme.example",), ("+32470000001",), (), "en", ""),
    "bob": Contact("bob", "Bob", (), ("+32470000002",), (), "en", ""),
}


def test_one_notice_by_channel() -> None:
    went = {
        "ann": by("sms", 40, Ending.DELIVERED),
        "bob": by("sms", 10, Ending.DELIVERED),
        "cy": by("email", 3),
        "dee": by("email", 9),
        "eve": LOST,
        "flo": (Ending.STOPPED, "", 0, "replaced"),
    }
    (one,) = evidence([sent(1, went, waiting=["gus"])], (), PEOPLE)
    assert (one.people, one.reached, one.unreached, one.stopped, one.under_way) == (7, 4, 1, 1, 1)
    assert one.reasons == (("no such address", 1),)
    email, sms = one.channels
    assert (email.channel, email.people, email.delivered, email.fallen_back) == ("email", 2, 0, 0)
    assert (sms.people, sms.delivered, sms.median, sms.p90, sms.worst) == (2, 2, 10, 40, 40)
    assert sms.fallen_back == 1, "Ann has an address for mail; Bob has none, so a text is his first"


@pytest.mark.parametrize(
    ("share", "came"), [(0.5, 2), (0.9, 4), (1.0, 4), (0.0, 1)], ids=["median of four", "90%", "worst", "first"]
)
def test_nearest_ranks(share: float, came: int) -> None:
    assert rank([1, 2, 3, 4], share) == came


def test_those_who_answered() -> None:
    """An answer counts at the last notice before it that it can be an answer to."""
    asked = [
        sent(n, {"an": by("sms", 2), "rosa": by("sms", 2)}, kind=kind, audience="", minute=minute)
        for n, kind, minute in ((1, Kind.DECISION_REQUEST, 0), (2, Kind.DECISION_REQUEST, 5), (3, Kind.PAGE, 6))
    ]
    found = {one.kind: one for one in evidence(asked, (accepted(5.5), joined(9, "rosa")), {})}
    assert {kind: one.acknowledged for kind, one in found.items()} == {Kind.DECISION_REQUEST: 1, Kind.PAGE: 1}


def test_a_delivery_that_an_answer_ended() -> None:
    (one,) = evidence([sent(1, {"ann": by("sms", 2, Ending.DELIVERED, ANSWERED)})], (), {})
    assert (one.acknowledged, one.channels[0].delivered) == (1, 1)


def test_notices_to_a_few_people_stand_together_by_kind() -> None:
    pages = [sent(n, {f"p{n}": by("sms", n)}, kind=Kind.PAGE, audience="") for n in range(1, 5)]
    (one,) = evidence(pages, (), {})
    assert (one.notices, one.people, one.channels[0].worst) == (4, 4, 4)


def test_nothing_more_was_tried() -> None:
    (one,) = evidence([sent(1, {"ann": by("sms", 2)}, waiting=["bob"], stopped="decided")], (), {})
    assert (one.reached, one.stopped, one.under_way) == (1, 1, 0)


def test_a_curve_is_thinned_and_keeps_its_ends() -> None:
    (one,) = curves([sent(1, {f"p{n}": by("email", 3 * n) for n in range(1000)})])
    assert len(one.points) == POINTS
    assert (one.points[0], one.points[-1]) == ((0, 1), (2997, 1000))
    assert list(one.points) == sorted(one.points)


def test_a_notice_that_reached_nobody_has_a_curve_without_a_channel() -> None:
    (one,) = curves([sent(1, {"eve": LOST})])
    assert (one.people, one.channel, one.points) == (1, "", ())


@pytest.mark.parametrize(
    ("reached", "seconds", "words"),
    [
        pytest.param(50_000, 40, "text message 100% within 40 s", id="all"),
        pytest.param(49_999, 1678, "text message over 99% within 28 minutes", id="all but one"),
        pytest.param(1, 2, "text message under 1% within 2 s", id="only one"),
    ],
)
def test_nearly_all_are_not_all(reached: int, seconds: int, words: str) -> None:
    only = Curve(Kind.INITIAL, "staff", at(0), 50_000, "sms", ((seconds, reached),))
    shown = description(replace(report(large(20)), curves=(only,)))
    assert shown == f"First notice, to staff: 50,000 people; {words}."


def heard(minute: float, kind: Kind, source: str = "email") -> Notice:
    made = sent(1, {"an": by("sms", 1)}, kind=kind, audience="", minute=minute).notice
    return replace(made, incident="", content=Content(source=source, reason="cut"))


SPELLS: tuple[tuple[str, list[tuple[float, Kind]], list[tuple[float, float | None]]], ...] = (
    ("down and up again", [(5, Kind.CHANNEL_DOWN), (9, Kind.CHANNEL_UP)], [(5, 9)]),
    ("down to the end", [(5, Kind.CHANNEL_DOWN)], [(5, None)]),
    ("down since before", [(-60, Kind.CHANNEL_DOWN), (9, Kind.CHANNEL_UP)], [(-60, 9)]),
    ("up again before it began", [(-60, Kind.CHANNEL_DOWN), (-9, Kind.CHANNEL_UP)], []),
    ("down after its end", [(50, Kind.CHANNEL_DOWN)], []),
    ("lost, then down: one spell", [(5, Kind.CANARY_LOST), (6, Kind.CHANNEL_DOWN), (9, Kind.CHANNEL_UP)], [(5, 9)]),
    ("up without having been down", [(5, Kind.CHANNEL_UP)], []),
    ("a way in", [(5, Kind.SOURCE_DOWN), (9, Kind.SOURCE_UP)], [(5, 9)]),
    ("a way in of the same name is another", [(5, Kind.CHANNEL_DOWN), (9, Kind.SOURCE_UP)], [(5, None)]),
)


@pytest.mark.parametrize(("said", "health", "came"), SPELLS, ids=[case[0] for case in SPELLS])
def test_a_channel_that_was_down(
    said: str, health: list[tuple[float, Kind]], came: list[tuple[float, float | None]]
) -> None:
    found = spells([heard(minute, kind) for minute, kind in health], at(0), at(30))
    assert [(one.since, one.until) for one in found] == [
        (at(since), None if until is None else at(until)) for since, until in came
    ]


BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "00:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30 (UTC+0200)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "02:30 (UTC+0100)"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "03:30"),
        (datetime(2026, 10, 26, 2, 30, tzinfo=UTC), "Mon 26 Oct 03:30"),
    ],
    ids=["before", "the first of two", "the second of two", "after", "another day"],
)
def test_the_hour_that_comes_twice(moment: datetime, shown: str) -> None:
    assert local(moment, BRUSSELS, datetime(2026, 10, 25, 12, tzinfo=UTC)) == shown


def test_what_the_record_shows_of_a_long_one() -> None:
    assert report(large(1250)).record_factors == (
        "Nobody decided for 14 minutes; the target is 10 minutes.",
        "The team was whole after 17 minutes; the target is 15 minutes.",
        "It was brought back once after it was thought to be over.",
        "3 people were in charge, one after the other.",
        "1 of 2 database engineers asked did not answer.",
        "1 update to stakeholders was missed; a holding update stood in once.",
        "3 updates to management were missed; a holding update stood in 3 times.",
        "Email was down for 1 hour 5 minutes of the incident.",
        "The way in incidents could not be read for 12 minutes of the incident.",
        "Text message was down for 12 minutes of the incident.",
        "2 of 1,250 people were not reached by the first notice to stakeholders (no channel is left), the worst of 13 "
        "notices that did not reach all.",
        "28 notices reached people by a later rung only, up to 1,248 people at once (text message).",
    )


def test_a_telephone_not_on_file_is_not_told_whole() -> None:
    record = large(10)
    assert record.name("+32470123456") == "somebody not on file (telephone …56)"
    assert record.now - record.history.incident.proposed == timedelta(hours=30)
