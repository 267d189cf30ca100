"""Which rung is next for an audience: one delivery to Nadia, on each ladder, after each thing that may happen."""

from datetime import timedelta

import pytest

from channels.types import Failure, Retry
from daemon.core.delivery import Ending
from daemon.core.ladder import GIVE_UP, Step
from daemon.core.notices import Priority
from daemon.core.tried import RECEIPT_WITHIN, SENDING_WITHIN
from tests.core.rungs import (
    DELIVERED,
    DOWN,
    FAILED,
    GREYLISTED,
    HOME,
    NO_MAIL,
    NO_PHONE,
    SENDING,
    SENT,
    TOGETHER,
    TWO_MAILS,
    UNCERTAIN,
    UNREACHED,
    E,
    G,
    S,
    done,
    sends,
    shown,
    step,
    waits,
)
from tests.core.vocabulary import BUSY, NEXT, REFUSED, WAY_DOWN

SLOW = Failure("429", "too many requests", Retry.SAME, timedelta(seconds=2))
SUSPECT_AT = DOWN.until

CASES = {
    "nothing tried: the first rung": (step(), sends(0, E)),
    "both channels of a rung go together": (step(via=TOGETHER), sends(0, E, S)),
    "no email address: the next rung at once": (step(who=NO_MAIL), sends(1, S)),
    "no address at all on the ladder: unreached": (
        step(who=NO_PHONE, via=(("sms",),)),
        done(UNREACHED, reason="no address on any channel of the ladder"),
    ),
    "a channel that is not configured is passed over": (step(configured=frozenset({"sms"})), sends(1, S)),
    "a barred address is passed over": (step(barred=(E,)), sends(1, S)),
    "a barred address, but there is another": (step(barred=(E,), who=TWO_MAILS), sends(0, ("email", HOME))),
    "a channel that is down is passed over at once": (step(down=("email",)), sends(1, S)),
    "both channels down: wait for the first pause to end": (step(down=("email", "sms")), waits(30)),
    "one of two together is down: the other goes": (step(via=TOGETHER, down=("sms",)), sends(0, E)),
    "a pause that has ended lets one try through": (step(down=("email", "sms"), at=30), sends(0, E)),
    "refused for ever: the next rung at once": (step(("email", FAILED, REFUSED, 0), barred=(E,)), sends(1, S)),
    "refused for ever, but there is another address": (
        step(("email", FAILED, REFUSED, 0), barred=(E,), who=TWO_MAILS),
        sends(0, ("email", HOME)),
    ),
    "no use trying again: the next rung at once": (step(("email", FAILED, NEXT, 0)), sends(1, S)),
    "no use trying again, and no other rung: unreached, with the reason": (
        step(("email", FAILED, NEXT, 0), via=(("email",),)),
        done(UNREACHED, reason="unknown handset"),
    ),
    "every rung refused: unreached, with the last reason": (
        step(("email", FAILED, REFUSED, 0), ("sms", FAILED, NEXT, 1), barred=(E,)),
        done(UNREACHED, reason="unknown handset"),
    ),
    "busy: patience for stakeholders": (step(("email", FAILED, BUSY, 0)), waits(5)),
    "busy: tried again after the pause": (step(("email", FAILED, BUSY, 0), at=5), sends(0, E)),
    "busy a second time: a longer pause": (
        step(("email", FAILED, BUSY, 0), ("email", FAILED, BUSY, 5), at=5),
        waits(15),
    ),
    "busy for a minute: patience ends, the next rung": (
        step(*(("email", FAILED, BUSY, at) for at in (0, 5, 15, 35)), at=60),
        sends(1, S),
    ),
    "patience ends where the next try would come after it": (
        step(*(("email", FAILED, BUSY, at) for at in (0, 5, 15, 35)), at=35),
        sends(1, S),
    ),
    "whoever asks to come back in ten minutes does not hold up the next rung": (
        step(("email", FAILED, GREYLISTED, 0)),
        sends(1, S),
    ),
    "busy, and the channel is down by now: the next rung at once": (
        step(("email", FAILED, BUSY, 0), down=("email",)),
        sends(1, S),
    ),
    "a decision has fifteen seconds of patience": (
        step(("email", FAILED, BUSY, 0), ("email", FAILED, BUSY, 5), at=6, priority=Priority.DECISION),
        waits(15),
    ),
    "and then the next rung": (
        step(*(("email", FAILED, BUSY, at) for at in (0, 5, 15)), at=15, priority=Priority.DECISION),
        sends(1, S),
    ),
    "busy, and no other rung: tried again and again": (
        step(("email", FAILED, BUSY, 0), via=(("email",),), at=120),
        sends(0, E),
    ),
    "tried for four hours: given up": (
        step(*(("email", FAILED, BUSY, at) for at in (0, 14399)), via=(("email",),), at=GIVE_UP.total_seconds()),
        done(UNREACHED, reason="try later"),
    ),
    "the channel says it is down: the next rung at once": (
        step(("email", FAILED, WAY_DOWN, 0), down=("email",)),
        sends(1, S),
    ),
    "down, and the text failed: wait until the channel is tried again": (
        step(("email", FAILED, WAY_DOWN, 0), ("sms", FAILED, NEXT, 1), at=1, down=("email",)),
        waits(30),
    ),
    "nobody knows whether it went: the same rung again": (
        step(("email", UNCERTAIN, None, 0), at=5),
        sends(0, E),
    ),
    "nobody knows whether it went: not yet again": (step(("email", UNCERTAIN, None, 0)), waits(5)),
    "nobody knows whether it went, and the channel is down: the next rung at once": (
        step(("sms", UNCERTAIN, BUSY, 0), via=(("sms",), ("email",)), down=("sms",)),
        sends(1, E),
    ),
    "nobody knows of one after the other: patience counts from the first": (
        step(*(("email", UNCERTAIN, BUSY, at) for at in (0, 5)), at=10, priority=Priority.DECISION),
        waits(15),
    ),
    "too many for it, after the pauses that it asked for: the next rung at once": (
        step(("email", FAILED, SLOW, 0)),
        sends(1, S),
    ),
    "too many for it, and no other rung: again a little later": (
        step(("email", FAILED, SLOW, 0), via=(("email",),)),
        waits(5),
    ),
    "while another tries the suspect channel, one that failed waits as everybody does": (
        step(("email", FAILED, BUSY, 0), health={"email": DOWN}, trials={"email": SUSPECT_AT}, at=31),
        waits(35),
    ),
    "under way: wait for its outcome, within the patience": (
        step(("email", SENDING, None, 0), at=1, priority=Priority.DECISION),
        waits(15),
    ),
    "under way too long on the only rung: looked at again": (
        step(("sms", SENDING, None, 0), via=(("sms",),), at=100),
        waits(SENDING_WITHIN.total_seconds()),
    ),
    "a mail that was taken is the end": (step(("email", SENT, None, 2)), done(Ending.SENT, "email")),
    "a text that was taken waits for its receipt": (
        step(("sms", SENT, None, 0), via=(("sms",),), at=1),
        waits(RECEIPT_WITHIN.total_seconds()),
    ),
    "no receipt in ten minutes: sent is the last word": (
        step(("sms", SENT, None, 0), via=(("sms",),), at=600),
        done(Ending.SENT, "sms"),
    ),
    "delivered is delivered": (step(("sms", DELIVERED, None, 3), via=(("sms",),)), done(Ending.DELIVERED, "sms")),
    "one of two is out: the other is still tried": (
        step(("sms", SENT, None, 0), via=TOGETHER),
        sends(0, E),
    ),
    "one of two is out, the other refused: no other rung": (
        step(("email", FAILED, REFUSED, 0), ("sms", DELIVERED, None, 0), via=TOGETHER, barred=(E,)),
        done(Ending.DELIVERED, "sms"),
    ),
    "one of two is out, the other under way: wait for it": (
        step(("email", SENT, None, 0), ("sms", SENDING, None, 0), via=TOGETHER, at=1),
        waits(SENDING_WITHIN.total_seconds()),
    ),
    "both of two refused: the next rung": (
        step(("email", FAILED, REFUSED, 0), ("sms", FAILED, NEXT, 0), via=TOGETHER, barred=(E,)),
        sends(1, G),
    ),
    "a named channel goes by the contact's id": (step(via=(("ntfy",),)), sends(0, ("ntfy", "nadia"))),
}


@pytest.mark.parametrize(("came", "expected"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_next_step(came: Step, expected: tuple[object, ...]) -> None:
    assert shown(came) == expected
