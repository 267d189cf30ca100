"""The words of the ladder's cases: one delivery to Nadia, after each thing that may have happened to it."""

from datetime import datetime, timedelta
from typing import Any

from channels.types import Failure, Retry
from config.types import Contact, Detail, Ladder
from daemon.core.content import Content
from daemon.core.delivery import Attempt, AttemptStatus, Delivery, Ending
from daemon.core.facts import Barred
from daemon.core.health import FIRST_PAUSE, Health
from daemon.core.kinds import Kind
from daemon.core.ladder import Done, Send, Step, Wait, Ways, next_step
from daemon.core.notices import Notice, Priority
from tests.core.samples import T

MAIL, HOME, PHONE = "nadia@acme.example", "nadia@home.example", "+32470550115"
NADIA = Contact("nadia", "Nadia Benali", (MAIL,), (PHONE,), (), "fr", "Europe/Brussels")
TWO_MAILS = Contact("nadia", "Nadia Benali", (MAIL, HOME), (PHONE,), (), "fr", "Europe/Brussels")
NO_MAIL = Contact("nadia", "Nadia Benali", (), (PHONE,), (), "fr", "Europe/Brussels")
NO_PHONE = Contact("nadia", "Nadia Benali", (MAIL,), (), (), "fr", "Europe/Brussels")

LADDER: Ladder = (("email",), ("sms",))
TOGETHER: Ladder = (("email", "sms"), ("gsm",))
ALL = frozenset({"email", "sms", "gsm", "voice", "ntfy"})
DOWN = Health(True, T, T + FIRST_PAUSE, FIRST_PAUSE, "refused")
GREYLISTED = Failure("450", "greylisted", Retry.SAME, timedelta(minutes=10))

SENT, DELIVERED, FAILED = AttemptStatus.SENT, AttemptStatus.DELIVERED, AttemptStatus.FAILED
SENDING, UNCERTAIN = AttemptStatus.SENDING, AttemptStatus.UNCERTAIN

Tried = tuple[str, AttemptStatus, Failure | None, float]
"""Channel, how it ended, why, and how many seconds after the notice."""


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def step(
    *tried: Tried,
    via: Ladder = LADDER,
    who: Contact = NADIA,
    at: float = 0,
    priority: Priority = Priority.STAKEHOLDERS,
    down: tuple[str, ...] = (),
    barred: tuple[tuple[str, str], ...] = (),
    configured: frozenset[str] = ALL,
    since: datetime = T,
    **more: Any,
) -> Step:
    """The step `at` seconds after the notice, which is of `since`. `more` is told to Ways."""
    audience = "staff" if priority in (Priority.MANAGEMENT, Priority.STAKEHOLDERS) else ""
    notice = Notice(1, "MI-1", Kind.UPDATE, since, audience, ("nadia",), Detail.PUBLIC, via, priority, Content())
    addresses = {"email": MAIL, "sms": PHONE, "gsm": PHONE, "voice": PHONE, "ntfy": "nadia"}
    rungs = {channel: number for number, rung in reversed(tuple(enumerate(via))) for channel in rung}
    attempts = tuple(
        Attempt(rungs.get(c, 0), c, addresses[c], status, since + seconds(when), since + seconds(when), "", "", why)
        for c, status, why, when in tried
    )
    bars = {key: Barred(*key, "", since) for key in barred}
    ways = Ways(configured, more.pop("health", dict.fromkeys(down, DOWN)), more.pop("bars", bars), **more)
    return next_step(notice, Delivery(1, "nadia", attempts), who, ways, since + seconds(at))


def sends(rung: int, *tries: tuple[str, str]) -> tuple[object, ...]:
    return (rung, tries)


def waits(until: float) -> tuple[object, ...]:
    return ("wait", until)


def why(step: Step) -> str:
    return step.reason


def done(ending: Ending, channel: str = "", reason: str = "") -> tuple[object, ...]:
    return (ending, channel, reason)


def shown(step: Step) -> tuple[object, ...]:
    match step:
        case Send(rung, tries, _):
            return (rung, tries)
        case Wait(until, _):
            return ("wait", (until - T).total_seconds())
        case Done(ending, channel, _, reason):
            return (ending, channel, reason)


E, S, G = ("email", MAIL), ("sms", PHONE), ("gsm", PHONE)
UNREACHED = Ending.UNREACHED
