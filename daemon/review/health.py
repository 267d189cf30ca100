"""When a channel was down, or a way in could not be read, while the incident was open: as the operators were told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.core.kinds import Kind
from daemon.core.notices import Notice

DOWN = frozenset({Kind.CHANNEL_DOWN, Kind.CANARY_LOST, Kind.SOURCE_DOWN})
UP = frozenset({Kind.CHANNEL_UP, Kind.SOURCE_UP})
INWARD = frozenset({Kind.SOURCE_DOWN, Kind.SOURCE_UP})


@dataclass(frozen=True, slots=True)
class Spell:
    """`name` is a channel's, or with `inward` a mailbox's or number's; `until` is None where it was not up again."""

    name: str
    since: datetime
    until: datetime | None
    reason: str
    inward: bool = False


def spells(health: Sequence[Notice], start: datetime, end: datetime) -> tuple[Spell, ...]:
    """Those that touch the time from `start` to `end`, whole: one may have begun before. By when they began."""
    found: list[Spell] = []
    open_: dict[tuple[str, bool], int] = {}
    for notice in health:
        key = (notice.content.source, notice.kind in INWARD)
        if notice.kind in DOWN and key not in open_:
            open_[key] = len(found)
            found.append(Spell(key[0], notice.at, None, notice.content.reason, key[1]))
        elif notice.kind in UP and key in open_:
            place = open_.pop(key)
            found[place] = replace(found[place], until=notice.at)
    return tuple(one for one in found if one.since < end and (one.until is None or one.until > start))
