"""The short way of the ladder, for what is out at the first try, comes to what the walk over the rungs comes to."""

from datetime import time, timedelta
from itertools import product

import pytest

from config.types import Detail, Ladder, Quiet
from daemon.core.content import Content
from daemon.core.delivery import Attempt, AttemptStatus, Delivery
from daemon.core.kinds import Kind
from daemon.core.ladder import Ways, _plain, _Walk, next_step
from daemon.core.notices import Notice, Priority
from tests.core.rungs import ALL, DOWN, LADDER, NADIA, TOGETHER
from tests.core.samples import T

THREE: Ladder = (("ntfy",), ("voice",), ("gsm",))
LADDERS: tuple[Ladder, ...] = (LADDER, TOGETHER, (("email",),), (("sms",), ("email",)), THREE)
NIGHT = Quiet(time(0, 0), time(23, 59), ("email", "sms", "gsm"))
WAYS = [
    Ways(ALL, {}, {}),
    Ways(frozenset(), {}, {}),
    Ways(ALL, dict.fromkeys(ALL, DOWN), {}),
    Ways(ALL, {}, {}, quiet=NIGHT),
]
AFTER = [timedelta(0), timedelta(seconds=31), timedelta(minutes=11), timedelta(hours=5)]


@pytest.mark.parametrize("priority", Priority)
@pytest.mark.parametrize("status", AttemptStatus)
def test_it_comes_to_what_the_walk_comes_to(status: AttemptStatus, priority: Priority) -> None:
    plain = 0
    for via, ways, after in product(LADDERS, WAYS, AFTER):
        notice = Notice(1, "MI-1", Kind.UPDATE, T, "staff", ("nadia",), Detail.PUBLIC, via, priority, Content())
        for rung, channels in enumerate(via):
            for channel in channels:
                attempts = (Attempt(rung, channel, "somewhere", status, T, T + timedelta(seconds=1)),)
                if _plain(notice, attempts):
                    plain += 1
                    walked = _Walk(notice, attempts, NADIA, ways, T + after).step()
                    assert next_step(notice, Delivery(1, "nadia", attempts), NADIA, ways, T + after) == walked
    assert bool(plain) is (status is AttemptStatus.SENT and priority in (Priority.MANAGEMENT, Priority.STAKEHOLDERS))
