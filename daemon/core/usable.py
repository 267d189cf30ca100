"""What one channel can do for one contact now, before it is tried: try it, later, at a pinch, or never; and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.types import Contact, Quiet
from daemon.core.facts import Barred
from daemon.core.health import Condition, Health
from parsers.types import Medium

PHONES = frozenset({"sms", "voice", "gsm"})

TRIAL_WITHIN = timedelta(seconds=5)
"""How long others wait for the one attempt that tries a suspect channel."""

MOST_CALLS = 4
"""Calls to one number within CALLS_WITHIN at most: more, and it is blocked as a nuisance."""

CALLS_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ways:
    """The channels as they are now: those configured, their health, and the addresses barred on them.

    `trials` are the suspect channels that an attempt is trying, since when. `calls` are when a number was last called.
    """

    configured: frozenset[str]
    health: Mapping[str, Health]
    barred: Mapping[tuple[str, str], Barred]
    quiet: Quiet | None = None
    receipt_within: timedelta = timedelta(minutes=2)
    trials: Mapping[str, datetime] = field(default_factory=dict)
    calls: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)

    def address(self, channel: str, contact: Contact, now: datetime, *, spare: bool = False) -> str:
        """Where this channel reaches the contact; "" where it does not. `spare` for one to be used at a pinch only."""
        if channel not in self.configured:
            return ""
        if channel == "email":
            candidates = contact.emails
        elif channel in PHONES:
            candidates = contact.phones
        else:
            candidates = (contact.id,)
        if not self.barred:
            return candidates[0] if candidates and not spare else ""
        for address in candidates:
            if self._bar(channel, address, now) is not None if spare else self._free(channel, address, now):
                return address
        return ""

    def _free(self, channel: str, address: str, now: datetime) -> bool:
        """A number that takes no texts takes none by the modem either."""
        bars = [self.barred.get((channel, address))]
        if channel == "gsm":
            bars.append(self.barred.get(("sms", address)))
        return all(bar is None or (bar.until is not None and bar.until <= now) for bar in bars)

    def _bar(self, channel: str, address: str, now: datetime) -> Barred | None:
        """The bar that holds for a while only."""
        bar = self.barred.get((channel, address))
        return bar if bar is not None and bar.until is not None and now < bar.until else None

    def condition(self, channel: str, now: datetime) -> Condition:
        health = self.health.get(channel)
        return health.condition(now) if health else Condition.UP


@dataclass(frozen=True, slots=True)
class Try:
    """`until` is set for a repeated try: how long the next rung is held back for it."""

    address: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Not now, but it may work at `until`. The next rung is held back till `hold`.

    With `beside` it is tried then although something else is out.
    """

    until: datetime
    why: str
    hold: datetime | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Spare:
    """Only where nothing else is left."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Never:
    why: str


Untried = Try | Later | Spare | Never


def untried(channel: str, contact: Contact, ways: Ways, now: datetime, *, urgent: bool) -> Untried:
    """Quiet hours hold for audiences only; a person's own wish gives way where an urgent notice has no other way."""
    address = ways.address(channel, contact, now)
    if not address:
        if ways.barred and (address := ways.address(channel, contact, now, spare=True)):
            return Spare(address, f"{channel} bounced last time")
        return Never(f"no address for {channel}" if channel in ways.configured else f"no {channel} here")
    if contact.reach and channel != Medium.CONSOLE and (wish := _wish(channel, address, contact, now, urgent=urgent)):
        return wish
    if ways.quiet and not urgent and channel in ways.quiet.channels:
        over = quiet_until(ways.quiet, contact.timezone, now)
        if over:
            return Later(over, f"quiet hours until {ways.quiet.end:%H:%M}")
    health = ways.health.get(channel)
    if health and health.down and (doubt := _doubt(channel, address, health, ways, now)):
        return doubt
    if channel == "voice" and (until := _called_enough(address, ways, now)):
        return Later(until, "called often enough")
    return Try(address)


def _wish(channel: str, address: str, contact: Contact, now: datetime, *, urgent: bool) -> Untried | None:
    """What the person's own choice of channels says of this one; None where it may be used."""
    mine = [r for r in contact.reach if r.channel == channel or (channel == "gsm" and r.channel == "sms")]
    if not mine:
        return Never(f"{channel} is not wanted")
    opens = []
    for reach in mine:
        if reach.start is None or reach.end is None or _within(reach.start, reach.end, contact.timezone, now):
            return None
        opens.append(_next(reach.start, contact.timezone, now))
    why = f"{channel} is wanted from {mine[0].start:%H:%M} only"
    return Spare(address, why) if urgent else Later(min(opens), why)


def _doubt(channel: str, address: str, health: Health, ways: Ways, now: datetime) -> Untried | None:
    if health.lost:
        return Spare(address, f"{channel} loses messages")
    if now < health.until:
        return Later(health.until, f"{channel} is down")
    if since := ways.trials.get(channel):
        over = since + TRIAL_WITHIN
        return Later(max(over, now + TRIAL_WITHIN), f"{channel} is being tried", over if now < over else None)
    return None


def _called_enough(address: str, ways: Ways, now: datetime) -> datetime | None:
    """When the number may be called again; None for now."""
    recent = [at for at in ways.calls.get(address, ()) if now - at < CALLS_WITHIN]
    return recent[-MOST_CALLS] + CALLS_WITHIN if len(recent) >= MOST_CALLS else None


def quiet_until(quiet: Quiet, zone: str, now: datetime) -> datetime | None:
    """When the quiet hours that it is in the zone now are over, in UTC; None where they are not on."""
    return _next(quiet.end, zone, now) if _within(quiet.start, quiet.end, zone, now) else None


def _within(start: time, end: time, zone: str, now: datetime) -> bool:
    at = now.astimezone(ZoneInfo(zone)).time()
    return start <= at < end if start <= end else at >= start or at < end


def _next(at: time, zone: str, now: datetime) -> datetime:
    """The next time that the zone's clocks show `at`, in UTC: an hour that they show twice counts twice."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    for day in (today, today + timedelta(days=1)):
        for fold in (0, 1):
            when = _utc(day, at, here, fold)
            if when > now:
                return when
    return _utc(today + timedelta(days=2), at, here, 0)


def _utc(day: date, at: time, zone: ZoneInfo, fold: int) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).replace(fold=fold).astimezone(ZoneInfo("UTC"))
