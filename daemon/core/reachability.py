"""What an exercise showed: who was reached, by which channel, in how many seconds, and who was not.

Of several notices to one person the first that arrived counts, in seconds from the first that was meant for them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median_low

from daemon.core.content import Reachability, Reached, Way
from daemon.core.delivery import ANSWERED, Ended, Ending
from daemon.core.events import Event
from daemon.core.notices import Notice
from daemon.core.state import State

ARRIVED = frozenset({Ending.DELIVERED, Ending.SENT})

UNDER_WAY = "no outcome yet"
NO_WAY = "no address on any channel of the ladder"

MOST_ROWS = 200
"""People who are listed one by one; of more, only those not reached, as many."""


@dataclass(frozen=True, slots=True)
class Fate:
    """A notice of the exercise, and how its deliveries ended, by contact; those `going` have been begun.

    Who is in neither has not been tried.
    """

    notice: Notice
    ended: Mapping[str, Ended]
    going: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """One person. `channel` is "" for whom nothing reached, `delivered` true where a receipt says so.

    `answered` is true for whoever wrote or pressed a key. `tried` is false where the exercise was over first.
    `reason` is why nothing reached the person, or which channels failed before one did.
    """

    contact: str
    channel: str = ""
    seconds: int = 0
    delivered: bool = False
    answered: bool = False
    tried: bool = True
    reason: str = ""

    @property
    def reached(self) -> bool:
        return bool(self.channel) or self.answered


def fates(state: State, drill: str) -> list[Fate]:
    """The notices of an exercise that is in memory."""
    found = []
    for notice in state.notices.values():
        if notice.incident == drill:
            tally = state.tallies[notice.id]
            ended = state.drilled.get(notice.id, {})
            going = state.deliveries.get(notice.id, {}).keys()
            found.append(Fate(notice, {who: one for who, one in ended.items() if tally.ended(who)}, going))
    return found


def reach(fates: Iterable[Fate], events: Iterable[Event]) -> tuple[Reach, ...]:
    """Everybody to whom something was to be sent, in the order in which that was."""
    people: dict[str, Reach] = {}
    since: dict[str, datetime] = {}
    for fate in sorted(fates, key=lambda fate: fate.notice.id):
        for who in fate.notice.recipients:
            ended = fate.ended.get(who)
            known = people.setdefault(who, Reach(who, tried=False))
            if known.channel or (ended is not None and ended.ending is Ending.STOPPED):
                continue
            if ended is None:
                if who in fate.going:
                    since.setdefault(who, fate.notice.at)
                    people[who] = Reach(who, reason=known.reason or UNDER_WAY)
                continue
            start = since.setdefault(who, fate.notice.at)
            if ended.ending in ARRIVED:
                seconds = ended.seconds + int((fate.notice.at - start).total_seconds())
                failed = "" if ended.reason == ANSWERED else ended.reason
                in_vain = "; ".join(dict.fromkeys(filter(None, (known.reason, failed))))
                people[who] = Reach(who, ended.channel, seconds, ended.ending is Ending.DELIVERED, reason=in_vain)
            elif ended.ending is Ending.UNREACHED:
                people[who] = Reach(who, reason=ended.reason or NO_WAY)
    answered = {who for event in events if (who := getattr(event, "by", "")) in people}
    return tuple(_answered(one) if one.contact in answered else one for one in people.values())


def _answered(one: Reach) -> Reach:
    return replace(one, answered=True, tried=True)


def figures(
    now: tuple[Reach, ...], name: Callable[[str], str], before: str = "", last: tuple[Reach, ...] = ()
) -> Reachability:
    """The exercise in figures, beside those of the last one, whose number is `before`."""
    tried = [one for one in now if one.tried]
    arrived = [one for one in tried if one.channel]
    missing = [one for one in tried if not one.reached]
    rows = [one for one in tried if one.reached] if len(tried) <= MOST_ROWS else []
    old = {one.contact: one.reached for one in last if one.tried}
    return Reachability(
        people=len(tried),
        reached=len(tried) - len(missing),
        answered=sum(one.answered for one in tried),
        untried=len(now) - len(tried),
        median=_median(arrived),
        worst=max((one.seconds for one in arrived), default=None),
        ways=_ways(arrived),
        missing=tuple(Reached(name(one.contact), reason=one.reason) for one in missing[:MOST_ROWS]),
        rows=tuple(Reached(name(one.contact), one.channel, one.seconds, one.answered, one.reason) for one in rows),
        before=before,
        before_people=len(old),
        before_reached=sum(old.values()),
        before_median=_median([one for one in last if one.channel]),
        newly=tuple(name(one.contact) for one in missing if old.get(one.contact) is True)[:MOST_ROWS],
        again=tuple(name(one.contact) for one in tried if one.reached and old.get(one.contact) is False)[:MOST_ROWS],
    )


def _ways(arrived: Iterable[Reach]) -> tuple[Way, ...]:
    """The channels, the one that reached most people first."""
    seconds: dict[str, list[int]] = {}
    for one in arrived:
        seconds.setdefault(one.channel, []).append(one.seconds)
    ways = [Way(channel, len(those), median_low(those), max(those)) for channel, those in seconds.items()]
    return tuple(sorted(ways, key=lambda way: (-way.people, way.channel)))


def _median(arrived: Iterable[Reach]) -> int | None:
    seconds = [one.seconds for one in arrived]
    return median_low(seconds) if seconds else None
