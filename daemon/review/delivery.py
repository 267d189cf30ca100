"""Delivery evidence: for each notice and channel how many people it reached, in how many seconds, and whom nothing did.

Seconds are from when a notice was handed to its channels to when it was known to be sent, or delivered where there is
a receipt. Ranks are nearest ranks: the median of four is the second.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from config.types import Contact, Ladder
from daemon.core import events as e
from daemon.core.delivery import ANSWERED, AttemptStatus, Ended, Ending, Trial
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.history import Sent

ARRIVED = frozenset({Ending.DELIVERED, Ending.SENT})

ENDING_OF = {AttemptStatus.DELIVERED: Ending.DELIVERED, AttemptStatus.SENT: Ending.SENT}

PHONES = frozenset({"sms", "voice", "gsm"})

FEW = 3
"""Notices to no more people than this, and to no audience, are shown together by kind."""

POINTS = 150
"""Of a curve; more than can be told apart."""

_DECISION = frozenset({Kind.DECISION_REQUEST, Kind.SAME_REQUEST})
_AUDIENCE = frozenset({Kind.INITIAL, Kind.UPDATE, Kind.HOLDING, Kind.ALL_CLEAR, Kind.CANCELED, Kind.REOPENED})
_PAGE = frozenset({Kind.PAGE, Kind.BRIDGE_CALL})
_REVIEW = frozenset({Kind.REVIEW_QUESTIONS, Kind.REVIEW_INVITED, Kind.REVIEW_REMINDER})

ANSWERS: Mapping[type[e.Event], frozenset[Kind]] = {
    e.Accepted: _DECISION,
    e.Rejected: _DECISION,
    e.MadeSame: _DECISION,
    e.KeptApart: _DECISION,
    e.EngineerJoined: _PAGE,
    e.EngineerDeclined: _PAGE,
    e.HandedOver: frozenset({Kind.HANDOVER_BRIEFING}),
    e.Taken: frozenset({Kind.TAKE_REQUEST, Kind.MISSED}),
    e.TakeAnnounced: frozenset({Kind.TAKE_REQUEST, Kind.MISSED}),
    e.Updated: frozenset({Kind.REMINDER, Kind.MISSED}),
    e.Heard: _AUDIENCE,
    e.ReviewAnswered: _REVIEW,
    e.Attending: _REVIEW,
}
"""By what somebody shows that a notice of one of these kinds arrived."""


@dataclass(frozen=True, slots=True)
class ByChannel:
    """People to whom this channel took it; of a rung of two channels a person may count at both.

    `delivered` of them with a receipt, or by their answer; to the others it was only sent. `acknowledged` answered it:
    something of ANSWERS by them came after it, and before the next one of these kinds to them. `fallen_back` are
    those reached by a later rung than the first that they have an address for. Both count at the one channel that did
    it: the first to take it, or to have a receipt.
    """

    channel: str
    people: int
    delivered: int
    acknowledged: int
    fallen_back: int
    median: int
    p90: int
    worst: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One notice to an audience or group; or, of those to a few people, all of one kind (`notices` of them).

    `people` counts each person once a notice: `reached`, `unreached`, `stopped` (no longer needed before it was out)
    and `under_way` add up to it. `reasons` are why people were not reached, with how many, the most first.
    """

    at: datetime
    kind: Kind
    audience: str
    notices: int
    people: int
    channels: tuple[ByChannel, ...]
    unreached: int
    stopped: int
    under_way: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def reached(self) -> int:
        return self.people - self.unreached - self.stopped - self.under_way

    @property
    def acknowledged(self) -> int:
        return sum(one.acknowledged for one in self.channels)


@dataclass(frozen=True, slots=True)
class Curve:
    """How many of the `people` of a notice one channel had reached after how many seconds, in no more than POINTS.

    Where none reached anybody, there is one without a channel.
    """

    kind: Kind
    audience: str
    at: datetime
    people: int
    channel: str
    points: tuple[tuple[int, int], ...]


def evidence(sent: Sequence[Sent], events: Sequence[e.Event], people: Mapping[str, Contact]) -> tuple[Evidence, ...]:
    """By when the first notice of each line was handed over; the lines of a few people after those of many."""
    answered = _answered(sent, events)
    many = [one for one in sent if _many(one.notice)]
    few: dict[Kind, list[Sent]] = {}
    for one in sent:
        if not _many(one.notice):
            few.setdefault(one.notice.kind, []).append(one)
    return tuple(_evidence(group, answered, people) for group in (*([one] for one in many), *few.values()))


def _many(notice: Notice) -> bool:
    return bool(notice.audience) or len(notice.recipients) > FEW


def _answered(sent: Sequence[Sent], events: Sequence[e.Event]) -> frozenset[tuple[int, str]]:
    """Each notice with each person who answered it."""
    found = {(s.notice.id, who) for s in sent for who, one in s.ended.items() if one.reason == ANSWERED}
    places = {s.notice.id: frozenset(s.notice.recipients) for s in sent}
    for event in events:
        kinds, by = ANSWERS.get(type(event)), getattr(event, "by", "")
        if kinds and by:
            fitting = (s.notice for s in reversed(sent) if s.notice.kind in kinds and s.notice.at <= event.at)
            met = next((notice for notice in fitting if by in places[notice.id]), None)
            if met is not None:
                found.add((met.id, by))
    return frozenset(found)


def _evidence(group: Sequence[Sent], answered: frozenset[tuple[int, str]], people: Mapping[str, Contact]) -> Evidence:
    first = group[0].notice
    endings: Counter[Ending | None] = Counter()
    reasons: Counter[str] = Counter()
    for one in group:
        endings += one.endings()
        reasons.update(one.ended[who].reason or "no reason given" for who in one.having(Ending.UNREACHED))
    return Evidence(
        at=first.at,
        kind=first.kind,
        audience=first.audience,
        notices=len(group),
        people=endings.total(),
        channels=tuple(_channels(group, answered, people)),
        unreached=endings[Ending.UNREACHED],
        stopped=endings[Ending.STOPPED],
        under_way=endings[None],
        reasons=tuple(reasons.most_common()),
    )


@dataclass(slots=True)
class _Tally:
    """Of one channel: the seconds of each copy, and how many of them are what."""

    seconds: list[int] = field(default_factory=list)
    delivered: int = 0
    acknowledged: int = 0
    fallen_back: int = 0


def _channels(
    group: Sequence[Sent], answered: frozenset[tuple[int, str]], people: Mapping[str, Contact]
) -> Iterator[ByChannel]:
    tallies: dict[str, _Tally] = {}
    for one in group:
        fallen = _Fallen(one.notice.via, people)
        for who, ended in one.ended.items():
            if ended.ending not in ARRIVED:
                continue
            tally = tallies.setdefault(ended.channel, _Tally())
            tally.seconds.append(ended.seconds)
            tally.delivered += ended.ending is Ending.DELIVERED
            tally.acknowledged += (one.notice.id, who) in answered
            tally.fallen_back += fallen.back(who, ended.channel)
            for trial in _beside(one, ended) if who in one.attempts else ():
                other = tallies.setdefault(trial.channel, _Tally())
                other.seconds.append(trial.seconds)
                other.delivered += ENDING_OF[trial.status] is Ending.DELIVERED
    for channel, tally in sorted(tallies.items(), key=lambda item: (-len(item[1].seconds), item[0])):
        seconds = sorted(tally.seconds)
        yield ByChannel(
            channel=channel,
            people=len(seconds),
            delivered=tally.delivered,
            acknowledged=tally.acknowledged,
            fallen_back=tally.fallen_back,
            median=rank(seconds, 0.5),
            p90=rank(seconds, 0.9),
            worst=seconds[-1],
        )


def _beside(sent: Sent, ended: Ended) -> Iterator[Trial]:
    """The same notice to the same person by the other channels that took it: of a rung of two both do."""
    tried = {one.channel: one for one in sent.attempts[ended.contact] if one.status in ENDING_OF}
    return (trial for channel, trial in tried.items() if channel != ended.channel)


class _Fallen:
    """Whether a channel is not on the first rung for which somebody has an address."""

    def __init__(self, via: Ladder, people: Mapping[str, Contact]) -> None:
        self._people = people
        self._first = {
            (mail, phone): frozenset(next((rung for rung in via if any(_addressed(c, mail, phone) for c in rung)), ()))
            for mail in (False, True)
            for phone in (False, True)
        }

    def back(self, who: str, channel: str) -> bool:
        """Somebody not on file has one address only."""
        contact = self._people.get(who)
        return contact is not None and channel not in self._first[bool(contact.emails), bool(contact.phones)]


def _addressed(channel: str, mail: bool, phone: bool) -> bool:
    return mail if channel == "email" else phone if channel in PHONES else True


def rank(ordered: Sequence[int], share: float) -> int:
    """The nearest rank."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def curves(sent: Iterable[Sent]) -> tuple[Curve, ...]:
    """Of every notice to an audience, the channel with the most people first."""
    found: list[Curve] = []
    for one in sent:
        notice = one.notice
        if not notice.audience:
            continue
        seconds: dict[str, list[int]] = {}
        for ended in one.ended.values():
            if ended.ending in ARRIVED:
                seconds.setdefault(ended.channel, []).append(ended.seconds)
        for channel, those in sorted(seconds.items(), key=lambda item: (-len(item[1]), item[0])):
            points = _points(sorted(those))
            found.append(Curve(notice.kind, notice.audience, notice.at, len(notice.recipients), channel, points))
        if not seconds:
            found.append(Curve(notice.kind, notice.audience, notice.at, len(notice.recipients), "", ()))
    return tuple(found)


def _points(ordered: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """After so many seconds so many people: at each second something arrived, thinned, with the first and last."""
    steps = {second: count for count, second in enumerate(ordered, 1)}
    points = tuple(steps.items())
    if len(points) <= POINTS:
        return points
    kept = sorted({round(n * (len(points) - 1) / (POINTS - 1)) for n in range(POINTS)})
    return tuple(points[place] for place in kept)
