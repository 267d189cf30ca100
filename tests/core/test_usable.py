"""What keeps a channel from being used for a person now, and why: quiet hours, their own wish, doubts about it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from config.types import Contact, Quiet, Reach
from daemon.core.facts import Barred
from daemon.core.health import FIRST_PAUSE, Health
from daemon.core.ladder import Done, Send, Step, Wait
from daemon.core.notices import Priority
from daemon.core.usable import quiet_until
from tests.core.rungs import DOWN, FAILED, NADIA, NO_MAIL, SENT, UNREACHED, E, S, done, sends, shown, step, waits
from tests.core.samples import T
from tests.core.vocabulary import REFUSED, minutes

NIGHT = Quiet(time(22), time(7), ("sms", "voice"))
LATE = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
"""Eleven at night in Brussels, five in the afternoon in New York."""
TILL_SEVEN = 8 * 3600.0

SUSPECT = Health(True, T - minutes(1), T, FIRST_PAUSE, "refused")
LOST = Health(True, T, T, FIRST_PAUSE, "lost", lost=T)
SOFT = {E: Barred(*E, "mailbox full", T, T + timedelta(days=1))}


def wishes(*reach: Reach) -> Contact:
    return replace(NADIA, reach=reach)


MAIL_AND_NIGHTLY_TEXT = wishes(Reach("email"), Reach("sms", time(22), time(7)))

CASES = {
    "quiet hours leave the mail": (step(quiet=NIGHT, since=LATE), sends(0, E)),
    "quiet hours: who has no mail is told in the morning": (
        step(quiet=NIGHT, since=LATE, who=NO_MAIL),
        waits((LATE - T).total_seconds() + TILL_SEVEN),
    ),
    "quiet hours end, and the night does not count as too late": (
        step(quiet=NIGHT, since=LATE, who=NO_MAIL, at=TILL_SEVEN),
        sends(1, S),
    ),
    "quiet hours: a mail that was refused is followed in the morning": (
        step(("email", FAILED, REFUSED, 0), quiet=NIGHT, since=LATE, barred=(E,)),
        waits((LATE - T).total_seconds() + TILL_SEVEN),
    ),
    "it is not night where the recipient is": (
        step(quiet=NIGHT, since=LATE, who=replace(NO_MAIL, timezone="America/New_York")),
        sends(1, S),
    ),
    "managers and those paged are never left to sleep": (
        step(quiet=NIGHT, since=LATE, who=NO_MAIL, priority=Priority.DECISION),
        sends(1, S),
    ),
    "a channel that the person does not want is passed over": (step(who=wishes(Reach("sms"))), sends(1, S)),
    "texts at night only: by day there is mail": (step(who=MAIL_AND_NIGHTLY_TEXT), sends(0, E)),
    "texts at night only: at night they come": (
        step(("email", FAILED, REFUSED, 0), barred=(E,), who=MAIL_AND_NIGHTLY_TEXT, since=LATE),
        sends(1, S),
    ),
    "texts at night only: what mail cannot bring waits for the night": (
        step(("email", FAILED, REFUSED, 0), barred=(E,), who=MAIL_AND_NIGHTLY_TEXT),
        waits(13 * 3600),
    ),
    "texts at night only: what is urgent does not wait for the night": (
        step(("email", FAILED, REFUSED, 0), barred=(E,), who=MAIL_AND_NIGHTLY_TEXT, priority=Priority.DECISION),
        sends(1, S),
    ),
    "who wants texts takes them from the modem too": (
        step(via=(("sms",), ("gsm",)), down=("sms",), who=wishes(Reach("sms"))),
        sends(1, ("gsm", S[1])),
    ),
    "who wants nothing that the ladder has is not reached": (
        step(who=wishes(Reach("ntfy"))),
        done(UNREACHED, reason="no address on any channel of the ladder"),
    ),
    "who opted out of texts gets none by the modem either": (
        step(via=(("gsm",), ("email",)), barred=(S,)),
        sends(1, E),
    ),
    "the last mail bounced for a reason that may pass: the text": (step(bars=SOFT), sends(1, S)),
    "the last mail bounced, and there is no other way: the mail": (step(bars=SOFT, via=(("email",),)), sends(0, E)),
    "a day later the mail again": (step(bars=SOFT, since=T + timedelta(days=1)), sends(0, E)),
    "a suspect channel is tried": (step(health={"email": SUSPECT}), sends(0, E)),
    "by one at a time; the others wait a moment": (
        step(health={"email": SUSPECT}, trials={"email": T}, at=1),
        waits(5),
    ),
    "and then go by the next rung": (step(health={"email": SUSPECT}, trials={"email": T}, at=5), sends(1, S)),
    "beside a trial the other channel of the rung goes": (
        step(health={"email": SUSPECT}, trials={"email": T}, via=(("email", "sms"),), at=1),
        sends(0, S),
    ),
    "a channel that loses what it takes is passed over": (step(health={"email": LOST}), sends(1, S)),
    "a channel that loses what it takes is better than nothing": (
        step(health={"email": LOST}, via=(("email",),)),
        sends(0, E),
    ),
    "better than waiting for one that is down, too": (
        step(health={"email": LOST, "sms": DOWN}),
        sends(0, E),
    ),
}


@pytest.mark.parametrize(("came", "expected"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_next_step(came: Step, expected: tuple[object, ...]) -> None:
    assert shown(came) == expected


@pytest.mark.parametrize(
    ("came", "kind", "reason"),
    [
        pytest.param(step(), Send, "rung 1", id="the first rung"),
        pytest.param(step(down=("email",)), Send, "email is down", id="passed over as it is down"),
        pytest.param(step(who=NO_MAIL), Send, "no address for email", id="no address"),
        pytest.param(step(configured=frozenset({"sms"})), Send, "no email here", id="not configured"),
        pytest.param(step(quiet=NIGHT, since=LATE, who=NO_MAIL), Wait, "quiet hours until 07:00", id="quiet hours"),
        pytest.param(step(who=wishes(Reach("sms"))), Send, "email is not wanted", id="not wanted"),
        pytest.param(step(health={"email": LOST}), Send, "email loses messages", id="its canary was lost"),
        pytest.param(step(bars=SOFT), Send, "email bounced last time", id="bounced last time"),
        pytest.param(
            step(("email", FAILED, REFUSED, 0), barred=(E,)), Send, "no such user", id="refused, in its words"
        ),
        pytest.param(step(("sms", SENT, None, 0), via=(("sms",),)), Wait, "a receipt", id="a receipt"),
        pytest.param(
            step(("email", FAILED, REFUSED, 0), via=(("email",),), barred=(E,)), Done, "no such user", id="end"
        ),
    ],
)
def test_each_step_says_why(came: Step, kind: type[Step], reason: str) -> None:
    assert isinstance(came, kind)
    assert came.reason == reason


def brussels(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """In UTC, on a day of 2026 in winter time."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        pytest.param((22, 7), brussels(2, 21, 59), None, id="not yet"),
        pytest.param((22, 7), brussels(2, 22), brussels(3, 7), id="from ten"),
        pytest.param((22, 7), brussels(3, 6, 59), brussels(3, 7), id="until seven"),
        pytest.param((22, 7), brussels(3, 7), None, id="over"),
        pytest.param((12, 14), brussels(2, 13), brussels(2, 14), id="hours of one day"),
        pytest.param((22, 7), brussels(28, 23), brussels(29, 6), id="the night that is an hour shorter"),
        pytest.param(
            (22, 7), brussels(25, 0, month=10), brussels(25, 7, month=10), id="the night that is an hour longer"
        ),
        pytest.param((22, 2.5), brussels(28, 23), brussels(29, 2, 30), id="an end that no clock shows that night"),
        pytest.param(
            (1, 2.5),
            brussels(25, 2, 10, month=10),
            brussels(25, 2, 30, month=10),
            id="an hour that comes twice: the second",
        ),
    ],
)
def test_quiet_hours_in_a_zone(hours: tuple[float, float], now: datetime, until: datetime | None) -> None:
    start, end = (time(int(hour), round(hour % 1 * 60)) for hour in hours)
    assert quiet_until(Quiet(start, end, ("sms",)), "Europe/Brussels", now) == until
