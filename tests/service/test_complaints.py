"""A mailbox that works and complains: the operators hear it once in a while, however often it is said."""

from datetime import timedelta
from typing import Any, cast

import pytest

from channels.types import SourceState
from daemon.clock import MovedClock
from daemon.core.stimuli import SourceChanged, SourceComplained, Stimulus
from daemon.inbox import COMPLAINT_EVERY, MOST_COMPLAINTS, Inbox
from tests.core.vocabulary import Office

FULL = "the mailbox is full"
BOX = "incidents"


class Told:
    """What the consumer would get."""

    def __init__(self) -> None:
        self.stimuli: list[Stimulus] = []

    async def put(self, *stimuli: Stimulus) -> bool:
        self.stimuli += stimuli
        return True


class Desk:
    def __init__(self) -> None:
        office = Office()
        self.told, self.clock = Told(), MovedClock(office.now)
        unread = cast("Any", None)
        self.inbox = Inbox(office.state, unread, self.told, self.clock, unread)

    async def hears(self, *reasons: str, up: bool = True) -> list[Stimulus]:
        """What it comes to that the mailbox says these, one after another."""
        self.told.stimuli.clear()
        for reason in reasons:
            assert await self.inbox.deliver(SourceState(BOX, up, reason))
        return list(self.told.stimuli)

    def passes(self, duration: timedelta) -> None:
        self.clock.move_to(self.clock.now() + duration)


async def test_one_that_comes_and_goes_is_told_once_in_six_hours() -> None:
    desk = Desk()
    assert await desk.hears(FULL, "", FULL, "", FULL) == [SourceComplained(BOX, FULL)]
    desk.passes(COMPLAINT_EVERY - timedelta(seconds=1))
    assert await desk.hears("", FULL) == []
    desk.passes(timedelta(seconds=1))
    assert await desk.hears("", FULL) == [SourceComplained(BOX, FULL)]


@pytest.mark.parametrize("number", [1, MOST_COMPLAINTS, MOST_COMPLAINTS + 5])
async def test_one_with_ever_other_words_is_told_a_few_times(number: int) -> None:
    desk = Desk()
    words = [f"{FULL}: {n}" for n in range(number)]
    assert await desk.hears(*words) == [SourceComplained(BOX, one) for one in words[:MOST_COMPLAINTS]]
    desk.passes(COMPLAINT_EVERY)
    assert await desk.hears("other words") == [SourceComplained(BOX, "other words")]


async def test_that_it_is_down_is_no_complaint() -> None:
    desk = Desk()
    assert await desk.hears("the password is refused", up=False) == [
        SourceChanged(BOX, False, "the password is refused")
    ]
