"""What the operators have heard of each channel, way in, part of Murphy, and of the disk, as their notices say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daemon.core.kinds import Kind
from daemon.core.notices import Notice

UPS: Mapping[Kind, Kind] = {
    Kind.CHANNEL_DOWN: Kind.CHANNEL_UP,
    Kind.CANARY_LOST: Kind.CHANNEL_UP,
    Kind.SOURCE_DOWN: Kind.SOURCE_UP,
    Kind.PART_DOWN: Kind.PART_UP,
    Kind.STATE_DOWN: Kind.STATE_UP,
}
"""By the word that something is down, the word that it works again."""

OFTEN = 3
"""So many words within a day that it is down, and it comes and goes."""

What = tuple[Kind, str]
"""The word that it works again, and its name: a channel and a way in may have the same. The disk has none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether they last heard that it is down, and when they heard that, the last few times."""

    down: bool = False
    times: tuple[datetime, ...] = ()


def heard_of(notice: Notice) -> What | None:
    """What a notice speaks of; None for any other."""
    kind = UPS.get(notice.kind, notice.kind)
    return (kind, notice.content.source) if kind in UPS.values() else None


def after(before: Heard, notice: Notice) -> Heard:
    if notice.kind in UPS:
        return Heard(True, (*before.times, notice.at)[-OFTEN:])
    return Heard(False, before.times)
