"""What arrives becomes a stimulus: parsed, told who wrote it, then decided on; acknowledged once that is durable."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from channels.types import Arrival, FirstSight, MailArrival, Receipt, SourceState, TextArrival
from config.types import Configuration
from daemon.clock import Clock
from daemon.core.inviting import incident_of
from daemon.core.state import State
from daemon.core.stimuli import (
    CalendarReplied,
    FirstSeen,
    Ignored,
    Read,
    Receipted,
    Returned,
    SourceChanged,
    SourceComplained,
    Stimulus,
)
from daemon.identity.tokens import find_tokens, referred
from daemon.reader import Reader
from daemon.state.store import Store, StoreDown
from parsers.bounce import parse_bounce
from parsers.calendar import parse_calendar
from parsers.email import parse_email
from parsers.sms import parse_sms
from parsers.types import Automatic, Bounce, Inbound

log = structlog.get_logger()

LARGE = 64 * 1024
"""Mail above this many bytes is parsed in a thread, so that nothing else waits for it."""

SMS_MAX_AGE = timedelta(hours=1)

OVERLAP = timedelta(days=1)
"""How far back texts are asked for again after a start; those handled are told apart by their id."""

COMPLAINT_EVERY = timedelta(hours=6)
"""How soon the operators hear the same complaint of a source again."""

MOST_COMPLAINTS = 3
"""Different ones of a source in that time."""


class Consumes(Protocol):
    async def put(self, *stimuli: Stimulus) -> bool: ...


@dataclass(slots=True)
class Inbox:
    """`deliver` is what every source calls."""

    state: State
    store: Store
    consumer: Consumes
    clock: Clock
    reader: Reader
    up: dict[str, bool] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    """What each source last said of itself; "" where all is well."""
    reported: asyncio.Event = field(default_factory=asyncio.Event)
    canary: Callable[[Inbound], tuple[Stimulus, ...] | None] = lambda _: None
    """What a mail of ours to ourselves comes to; None for any other."""
    _complaints: dict[str, dict[str, datetime]] = field(default_factory=dict)

    @property
    def _configuration(self) -> Configuration:
        return self.state.configuration

    async def deliver(self, arrival: Arrival) -> bool:
        """True once the arrival's effect is durable."""
        match arrival:
            case MailArrival():
                return await self._mail(arrival)
            case TextArrival():
                return await self._text(arrival)
            case FirstSight(source, position, waiting, since):
                log.info("source first seen", source=source, waiting=waiting)
                return await self.consumer.put(FirstSeen(source, position, since, waiting))
            case Receipt():
                return await self.consumer.put(Receipted(arrival))
            case SourceState(source, up, reason):
                return await self._source(source, up, reason)

    def lost(self, source: str, why: str) -> None:
        """Its watcher has died: it is read again once that is back. Only if that goes on is it worth telling."""
        self.up[source], self.why[source] = False, why

    async def _source(self, source: str, up: bool, reason: str) -> bool:
        before = source not in self.state.unwatched
        self.up[source] = up
        self.why[source] = reason
        self.reported.set()
        log.info("source up" if up else "source down", source=source, reason=reason)
        changed = before is up or await self.consumer.put(SourceChanged(source, up, reason))
        if up and reason and self._is_news(source, reason):
            return await self.consumer.put(SourceComplained(source, reason)) and changed
        return changed

    def _is_news(self, source: str, reason: str) -> bool:
        """A complaint that comes and goes is told once in a while, not each time; one with ever other words as well."""
        now = self.clock.now()
        told = {said: at for said, at in self._complaints.get(source, {}).items() if now - at < COMPLAINT_EVERY}
        self._complaints[source] = told
        if reason in told or len(told) >= MOST_COMPLAINTS:
            return False
        told[reason] = now
        return True

    async def _mail(self, arrival: MailArrival) -> bool:
        read = Read(arrival.source, arrival.position, None)
        parse = asyncio.to_thread(parse_email, arrival.raw, ours=self._ours()) if len(arrival.raw) > LARGE else None
        inbound = await parse if parse else parse_email(arrival.raw, ours=self._ours())
        if (canary := self.canary(inbound)) is not None:
            return await self.consumer.put(*canary, read)
        key = message_key(inbound)
        if key in self.state.handled:
            return await self.consumer.put(read)
        if inbound.automatic is Automatic.CALENDAR:
            return await self.consumer.put(await self._calendar(arrival, inbound, key), read)
        if inbound.automatic is not None:
            return await self.consumer.put(self._automatic(arrival, inbound, key), read)
        box = next((box for box in self._configuration.settings.mailboxes if box.name == arrival.source), None)
        received = min(arrival.received, self.clock.now())
        written = min(inbound.date, received) if inbound.date else received
        identity = await self.reader.who_mailed(inbound, arrival.raw, arrival.source, self.clock.now())
        raw = await self._keep(arrival.raw)
        late = self.clock.now() - written > (box.max_age if box else SMS_MAX_AGE)
        said = self.reader.said(
            inbound, identity, key, arrival.source, raw, written=written, received=received, late=late
        )
        return await self.consumer.put(said, read)

    async def _text(self, arrival: TextArrival) -> bool:
        received = min(arrival.received, self.clock.now())
        body = arrival.body.encode(errors="replace")  # half an emoji, which JSON lets through, is no text
        inbound = parse_sms(arrival.sender, arrival.recipient, body.decode(), arrival.ref, arrival.received)
        key = f"{arrival.source} {arrival.ref}"
        source = self.state.sources.get(arrival.source)
        since = received - OVERLAP
        read = Read(arrival.source, None, max(source.since, since) if source and source.since else since)
        if key in self.state.handled:
            return await self.consumer.put(read)
        identity = self.reader.who_texted(inbound, self.clock.now())
        raw = await self._keep(body)
        late = self.clock.now() - received > SMS_MAX_AGE
        said = self.reader.said(
            inbound, identity, key, arrival.source, raw, written=received, received=received, late=late
        )
        return await self.consumer.put(said, read)

    async def _calendar(self, arrival: MailArrival, inbound: Inbound, key: str) -> Stimulus:
        """What a calendar program answers to an invitation of ours."""
        reply = parse_calendar(arrival.raw)
        incident = incident_of(reply.uid) if reply else ""
        log.info("calendar", source=arrival.source, answer=reply.answer if reply else "", incident=incident)
        if reply is None or not incident:
            return Ignored(key, str(inbound.automatic))
        identity = await self.reader.who_mailed(inbound, arrival.raw, arrival.source, self.clock.now())
        return CalendarReplied(key, identity, incident, reply, await self._keep(arrival.raw))

    def _automatic(self, arrival: MailArrival, inbound: Inbound, key: str) -> Stimulus:
        """Nobody is answered; a delivery report is tied to the delivery that it reports."""
        bounce = parse_bounce(arrival.raw) if inbound.automatic is Automatic.BOUNCE else None
        log.info("automatic mail", source=arrival.source, kind=inbound.automatic, bounce=bounce is not None)
        if bounce is None:
            return Ignored(key, str(inbound.automatic))
        return Returned(key, bounce, self._delivery_of(bounce))

    def _delivery_of(self, bounce: Bounce) -> tuple[int, str] | None:
        """The notice and contact that the report's ENVID or Message-ID names, where the token is truly ours."""
        for token in find_tokens((), (bounce.envelope_id, bounce.message_id), ()):
            named = referred(token)
            notice = self.state.notices.get(named[1]) if named else None
            if notice is None:
                continue
            for contact in notice.recipients:
                if self.reader.tokens.issue(contact, notice.incident, notice.id, notice.at.date()) == token:
                    return notice.id, contact
        return None

    async def _keep(self, raw: bytes) -> str:
        try:
            return await self.store.keep(raw)
        except StoreDown:
            return ""

    def _ours(self) -> frozenset[str]:
        return frozenset(box.address for box in self._configuration.settings.mailboxes)


def message_key(inbound: Inbound) -> str:
    """One mail, wherever its copies lie: Message-ID with From, Date, Subject and text."""
    return "mail " + hashlib.sha256(f"{inbound.message_id}\0{inbound.fingerprint}".encode()).hexdigest()[:32]
