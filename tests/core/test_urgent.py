"""Which rung is next where it is urgent: Nadia must be reached by a page or a decision request, not only sent to."""

from datetime import timedelta

import pytest

from channels.types import Failure, Retry
from config.types import Ladder
from daemon.core.delivery import Ending
from daemon.core.ladder import GIVE_UP, Step
from daemon.core.notices import Priority
from daemon.core.tried import CALL_AGAIN
from daemon.core.usable import CALLS_WITHIN
from tests.core import rungs
from tests.core.rungs import DELIVERED, FAILED, NO_PHONE, PHONE, SENT, UNREACHED, E, G, S, done, sends, shown, waits
from tests.core.samples import T
from tests.core.vocabulary import BUSY, NEXT, minutes

V = ("voice", PHONE)
CALLED: Ladder = (("email", "sms"), ("voice",))
TEXT_FIRST: Ladder = (("sms",), ("email",))
WAKES: Ladder = (("sms",), ("voice",), ("gsm",))
UNREACHABLE = Failure("30003", "handset unreachable", Retry.SAME)
SPAM = Failure("30007", "filtered as spam by the carrier", Retry.NEXT)
NO_ANSWER = Failure("no-answer", "nobody answered", Retry.NEXT)
BOTH_OUT = (("email", SENT, None, 0), ("sms", SENT, None, 0))


def step(*tried: rungs.Tried, via: Ladder = CALLED, at: float = 0, **more: object) -> Step:
    return rungs.step(*tried, via=via, at=at, **{"priority": Priority.PAGE, **more})  # type: ignore[arg-type]


CASES = {
    "a text waits two minutes for its receipt": (step(*BOTH_OUT, at=1), waits(120)),
    "no receipt: the call, though a mail is out": (step(*BOTH_OUT, at=120), sends(1, V)),
    "another time as configured": (step(*BOTH_OUT, at=30, receipt_within=timedelta(seconds=30)), sends(1, V)),
    "a receipt is enough": (
        step(("email", SENT, None, 0), ("sms", DELIVERED, None, 5)),
        done(Ending.DELIVERED, "sms"),
    ),
    "a receipt that comes after the call was made is enough": (
        step(("sms", DELIVERED, None, 0), ("voice", SENT, None, 120), via=WAKES, at=130),
        done(Ending.DELIVERED, "sms"),
    ),
    "an audience's text is not followed by another way": (
        step(("sms", SENT, None, 0), via=TEXT_FIRST, at=120, priority=Priority.MANAGEMENT),
        waits(600),
    ),
    "no receipt, no other rung: sent is its last word, ten minutes on": (
        step(*BOTH_OUT, via=(("email", "sms"),), at=600),
        done(Ending.SENT, "email"),
    ),
    "no receipt, no other rung: it may still come": (step(*BOTH_OUT, via=(("email", "sms"),), at=120), waits(600)),
    "the text failed and the mail is out: the call": (
        step(("email", SENT, None, 0), ("sms", FAILED, NEXT, 1), at=1),
        sends(1, V),
    ),
    "the text failed for now and the mail is out: the text again": (
        step(("email", SENT, None, 0), ("sms", FAILED, BUSY, 0), at=5),
        sends(0, S),
    ),
    "the text failed for now for fifteen seconds: the call": (
        step(("email", SENT, None, 0), ("sms", FAILED, BUSY, 0), ("sms", FAILED, BUSY, 5), at=15),
        sends(1, V),
    ),
    "texts are down and the mail is out: the modem": (
        step(("email", SENT, None, 0), via=rungs.TOGETHER, down=("sms",)),
        sends(1, G),
    ),
    "nobody without a phone is waited for": (
        step(("email", SENT, None, 0), who=NO_PHONE),
        done(Ending.SENT, "email"),
    ),
    "a mail alone is the end where the ladder says so": (
        step(("email", SENT, None, 0), via=(("email",), ("sms",))),
        done(Ending.SENT, "email"),
    ),
    "a text by the modem has no receipt, and is enough": (
        step(("gsm", SENT, None, 0), via=(("gsm",), ("email",))),
        done(Ending.SENT, "gsm"),
    ),
    "a call that was made is waited on": (step(("voice", SENT, None, 0), via=(("voice",), ("gsm",)), at=1), waits(90)),
    "and comes twice": (step(("voice", SENT, None, 0), via=(("voice",), ("gsm",)), at=90), sends(0, V)),
    "a call that could not be made is none of the two": (
        step(("voice", FAILED, BUSY, 0), ("voice", SENT, None, 5), via=(("voice",), ("gsm",)), at=95),
        sends(0, V),
    ),
    "after two calls without a key or a verb: the next rung": (
        step(("voice", SENT, None, 0), ("voice", SENT, None, 90), via=(("voice",), ("gsm",)), at=120),
        sends(1, G),
    ),
    "a call that nobody took: the next rung at once": (
        step(("voice", FAILED, NO_ANSWER, 0), via=(("voice",), ("gsm",)), at=30),
        sends(1, G),
    ),
    "and the second call beside it": (
        step(("voice", FAILED, NO_ANSWER, 0), ("gsm", SENT, None, 30), via=(("voice",), ("gsm",)), at=90),
        sends(0, V),
    ),
    "nobody took two calls: unreached": (
        step(("voice", FAILED, NO_ANSWER, 0), ("voice", FAILED, NO_ANSWER, 90), via=(("voice",),), at=120),
        done(UNREACHED, reason="nobody answered"),
    ),
    "an audience is called once": (
        step(("voice", SENT, None, 0), via=(("voice",),), at=600, priority=Priority.STAKEHOLDERS),
        done(Ending.SENT, "voice"),
    ),
    "called often enough lately: the next rung": (
        step(via=(("voice",), ("gsm",)), calls={PHONE: tuple(T - minutes(n) for n in (9, 5, 4, 1))}),
        sends(1, G),
    ),
    "called often enough, and no other way: later": (
        step(via=(("voice",),), calls={PHONE: tuple(T - minutes(n) for n in (9, 5, 4, 1))}),
        waits(60),
    ),
    "called often enough, but long ago": (
        step(via=(("voice",),), calls={PHONE: tuple(T - CALLS_WITHIN for _ in range(4))}),
        sends(0, V),
    ),
    "the handset cannot be reached: a call at once, which no rung makes": (
        step(("sms", FAILED, UNREACHABLE, 40), via=(("sms",),), at=40),
        sends(0, V),
    ),
    "and the text again beside it": (
        step(("sms", FAILED, UNREACHABLE, 40), ("voice", SENT, None, 40), via=(("sms",),), at=45),
        sends(0, S),
    ),
    "the handset cannot be reached: the rung that calls at once": (
        step(("sms", FAILED, UNREACHABLE, 40), via=WAKES, at=40),
        sends(1, V),
    ),
    "and the text again beside that": (
        step(("sms", FAILED, UNREACHABLE, 40), ("voice", SENT, None, 40), via=WAKES, at=45),
        sends(0, S),
    ),
    "beside a mail, too: the text is tried again while the call is made": (
        step(("email", SENT, None, 0), ("sms", FAILED, UNREACHABLE, 0), ("voice", FAILED, NO_ANSWER, 0)),
        waits(5),
    ),
    "an audience's text to such a handset is tried again, without a call": (
        step(("sms", FAILED, UNREACHABLE, 0), via=(("sms",),), priority=Priority.STAKEHOLDERS),
        waits(5),
    ),
    "an audience's text to such a handset: the mail at once": (
        step(("sms", FAILED, UNREACHABLE, 0), via=TEXT_FIRST, priority=Priority.STAKEHOLDERS),
        sends(1, E),
    ),
    "filtered as spam: once more, at once": (step(("sms", FAILED, SPAM, 3), via=TEXT_FIRST, at=3), sends(0, S)),
    "filtered twice: the next rung": (
        step(("sms", FAILED, SPAM, 3), ("sms", FAILED, SPAM, 6), via=TEXT_FIRST, at=6),
        sends(1, E),
    ),
    "nothing new is begun after four hours": (
        step(*BOTH_OUT, at=GIVE_UP.total_seconds()),
        done(Ending.SENT, "email"),
    ),
    "what was never tried for four hours is not sent any more": (
        step(at=GIVE_UP.total_seconds()),
        done(UNREACHED, reason="too old to be of use"),
    ),
}


@pytest.mark.parametrize(("came", "expected"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_next_step(came: Step, expected: tuple[object, ...]) -> None:
    assert shown(came) == expected


def test_two_calls_come_within_three_minutes() -> None:
    assert timedelta(0) < CALL_AGAIN < minutes(3)
