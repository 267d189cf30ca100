"""The daemon, wired in one place: state, ways out and in, the consumer, the outbox, the clock; one exit stack."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from aiohttp import web

from channels.smtp import Patience
from channels.types import ChannelDown, Result
from config.types import Configuration, Decide, Inway, StateRules
from daemon import restoring
from daemon.addresses import kept_resolver
from daemon.archiver import Archiver
from daemon.bridges import Bridges
from daemon.canary import Canaries
from daemon.clock import Clock, SystemTimer, Timer
from daemon.console.desk import Desk
from daemon.console.left import collect
from daemon.console.opening import console_of
from daemon.consumer import Consumer
from daemon.core.deadlines import next_deadline
from daemon.core.facts import Source
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import PartChanged, StateChanged
from daemon.duty import DutyCalendars
from daemon.identity.codes import Codes
from daemon.identity.secret import load_secret
from daemon.identity.tokens import Tokens
from daemon.inbox import Inbox
from daemon.inspections import Inspections
from daemon.metrics import Metrics
from daemon.outbox import Outbox
from daemon.procedure.copies import Copies
from daemon.rates import rates
from daemon.reader import Reader
from daemon.render.catalog import load_verbs
from daemon.render.renderer import Renderer
from daemon.state.disk import Disk
from daemon.state.store import Health, StateLocked, Store, open_store
from daemon.supervisor import Tasks
from daemon.upkeep import Upkeep
from daemon.ways import Watch, Ways, open_ways
from daemon.web.figures import figures
from daemon.web.listening import Listening
from daemon.web.server import WebServer
from daemon.web.twilio_hooks import TwilioHooks

log = structlog.get_logger()

RECEIPTS_AT_ONCE = 50
"""Texts asked about in one round."""

MOST_DAMAGE = 3
"""Damages that are told one by one."""

FREE_WITHIN = 3.0
"""Seconds for a state that somebody else holds to become free."""

STOP_WITHIN = 5.0
"""Seconds that what is under way gets to end when the daemon stops."""


@dataclass(slots=True)
class Daemon:
    """A running daemon, as its sandbox and commands see it."""

    state: State
    store: Store
    clock: Clock
    consumer: Consumer
    inbox: Inbox
    outbox: Outbox
    archiver: Archiver
    renderer: Renderer
    expected: frozenset[str]
    bridges: Bridges
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    wakes: int = 0

    @property
    def idle(self) -> bool:
        """Nothing is being decided, sent or archived now."""
        return self.consumer.idle and self.outbox.idle and self.archiver.idle and self.bridges.idle

    def wake(self) -> None:
        """Time has passed."""
        self.wakes += 1
        self.consumer.tick()
        self.outbox.wake()
        self.bridges.wake()

    def next_wake(self) -> datetime | None:
        """When something falls due, if nothing else happens."""
        dues = (next_deadline(self.state), self.outbox.next(), self.bridges.next())
        return min((when for when in dues if when is not None), default=None)


@asynccontextmanager
async def running(
    configuration: Configuration,
    clock: Clock,
    *,
    timer: Timer | None = None,
    patience: Patience | None = None,
    disk: Disk | None = None,
    tell_procedure: bool = True,
    inspect: bool = True,
) -> AsyncIterator[Daemon]:
    """The whole daemon, from the state on disk to its last task. Raises StateLocked, StateDamaged, OSError.

    Without `timer` it wakes by APScheduler; with one, whoever moves the clock calls `wake`. `patience` is that of
    relays that cannot be reached, in real time. `disk` is for tests that fail at one of its operations.
    With `tell_procedure` the managers are mailed the written procedure whenever it has changed, with `inspect` the
    operators hear what a daily check finds.
    """
    settings = configuration.settings
    async with AsyncExitStack() as stack:
        store = await _opened(settings.state, disk)
        stack.push_async_callback(store.close)
        state = restoring.restore(configuration, store)
        secret = load_secret(settings.state.directory)
        tokens = Tokens(secret)
        codes = Codes(secret)
        renderer = Renderer(configuration, _issuer(tokens), codes.issue if settings.decide is Decide.CODE else None)
        ways = await open_ways(configuration, clock, stack, patience, kept_resolver(store))
        verbs = load_verbs(configuration.templates, _languages(configuration))

        consumer = Consumer(state, store, clock)

        async def tell_part(part: str, up: bool, reason: str) -> None:
            await consumer.put(PartChanged(part, up, reason))

        desk = Desk(consumer)
        ways.channels[desk.name] = desk
        outbox = Outbox(state, ways.channels, ways.capacity, renderer.render, clock, consumer.put, rates(settings))
        inbox = Inbox(state, store, consumer, clock, Reader(state, tokens, codes, verbs))
        console = console_of(state, store, clock, consumer, inbox, ways, desk)
        archiver = Archiver(store)
        bridges = Bridges(state, clock, consumer.put)
        daemon = Daemon(
            state, store, clock, consumer, inbox, outbox, archiver, renderer, frozenset(ways.sources), bridges
        )
        listening = await stack.enter_async_context(Listening(_web(configuration, daemon, ways.channels), tell_part))
        wakes: Timer = timer if timer is not None else await stack.enter_async_context(SystemTimer(daemon.wake))
        outbox.on_wait = bridges.on_wait = lambda: wakes.wake_at(daemon.next_wake())
        consumer.releases += [outbox.release, archiver.release, lambda _: bridges.wake()]
        consumer.releases.append(lambda _: wakes.wake_at(daemon.next_wake()))

        tasks = await stack.enter_async_context(Tasks(tell_part))
        tasks.supervise("consumer", consumer.run)
        tasks.supervise("web", listening.run)
        tasks.supervise("outbox", outbox.run)
        tasks.supervise("archiver", archiver.run)
        tasks.supervise("bridges", bridges.run)
        duty = DutyCalendars(configuration, clock, consumer.put)
        if duty.any:
            tasks.supervise("duty", duty.run)
        store.on_health(tell := _told(daemon, tasks))
        if not store.health.ok:
            tell(store.health)
        if store.damage:
            tasks.start(consumer.put(StateChanged(up=False, reason=_shortened(store.damage), damage=True)))
        for name, watch in ways.sources.items():
            tasks.supervise(name, _watching(name, watch, inbox, state))
        if ways.texts:
            tasks.supervise("receipts", _receipts(ways, inbox, state, configuration))
        tasks.supervise("console", console.run)
        tasks.start(collect(store, console, consumer))
        if settings.canary:
            canaries = Canaries(settings, ways, secret, clock, consumer.put, lambda name: inbox.up.get(name, False))
            inbox.canary = canaries.seen
            tasks.supervise("canaries", _once_ready(daemon, canaries))
        upkeep = Upkeep(configuration, state, store, consumer, outbox, ways.beats, lambda: daemon.wakes, tell_part)
        for part, run in upkeep.parts.items():
            tasks.supervise(part, run)
        if inspect:
            tasks.supervise("daily check", Inspections(configuration, consumer.put).run)
        tasks.start(_ready(daemon))
        copies = Copies(configuration)
        renderer.attach = copies.files
        if tell_procedure:
            tasks.start(copies.tell(daemon.ready, consumer.put, state.procedure_version))
        daemon.wake()
        try:
            yield daemon
        finally:
            await _settle_down(daemon)


async def _opened(rules: StateRules, disk: Disk | None) -> Store:
    """A command that finds no daemon holds the state for a moment, to leave its request in it."""
    loop = asyncio.get_running_loop()
    until = loop.time() + FREE_WITHIN
    while True:
        try:
            return await open_store(rules.directory, on_damage=rules.on_damage, disk=disk)
        except StateLocked:
            if loop.time() > until:
                raise
            await asyncio.sleep(0.05)


def _issuer(tokens: Tokens) -> Callable[[Notice, str], str]:
    return lambda notice, contact: tokens.issue(contact, notice.incident, notice.id, notice.at.date())


def _languages(configuration: Configuration) -> Sequence[str]:
    spoken = {contact.language for contact in configuration.people.contacts.values()}
    return (configuration.settings.organization.language, *sorted(spoken))


def _web(configuration: Configuration, daemon: Daemon, channels: Iterable[str]) -> WebServer:
    settings = configuration.settings
    metrics = Metrics(daemon.state, daemon.clock, channels, lambda: daemon.store.size)
    daemon.consumer.observe, daemon.consumer.on_commit = metrics.observe, metrics.committed
    public_url = settings.twilio.public_url if settings.twilio else ""
    routes = [web.get("/metrics", figures(metrics, public_url))]
    if settings.twilio and (settings.twilio.public_url or Inway.WEBHOOK in settings.twilio.inbound):
        token, url = settings.twilio.auth_token.value, settings.twilio.public_url
        routes += TwilioHooks(daemon.inbox.deliver, token, public_url=url, now=daemon.clock.now).routes()
    return WebServer(
        settings.web.host,
        settings.web.port,
        routes=routes,
        healthy=lambda: daemon.store.health.ok,
        ready=daemon.ready.is_set,
    )


def _once_ready(daemon: Daemon, canaries: Canaries) -> Callable[[], Awaitable[None]]:
    """What is sent before a mailbox was first seen would not count as new there."""

    async def run() -> None:
        await daemon.ready.wait()
        await canaries.run()

    return run


def _watching(name: str, watch: Watch, inbox: Inbox, state: State) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        source: Source | None = state.sources.get(name)
        await watch(inbox.deliver, source)

    return run


def _receipts(ways: Ways, inbox: Inbox, state: State, configuration: Configuration) -> Callable[[], Awaitable[None]]:
    """Texts that are out are asked about, as often as texts are polled for, until their last word."""

    async def run() -> None:
        assert ways.texts is not None
        assert configuration.settings.twilio is not None
        pause = configuration.settings.twilio.poll_every.total_seconds()
        while True:
            await asyncio.sleep(pause)
            refs = list(state.refs)
            for first in range(0, len(refs), RECEIPTS_AT_ONCE):
                try:
                    found = await ways.texts.receipts(refs[first : first + RECEIPTS_AT_ONCE])
                except ChannelDown as down:
                    log.warning("receipts cannot be asked for", reason=down.failure.reason)
                    break
                for receipt in found:
                    if receipt.result is not Result.SENT:
                        await inbox.deliver(receipt)

    return run


def _told(daemon: Daemon, tasks: Tasks) -> Callable[[Health], None]:
    """The operators hear when commits fail and when they are durable again; what is only a warning goes to the log."""

    told = True

    def tell(health: Health) -> None:
        nonlocal told
        log.warning("the disk", ok=health.ok, reason=health.reason)
        if health.ok is not told:
            told = health.ok
            tasks.start(daemon.consumer.put(StateChanged(health.ok, health.reason)))

    return tell


def _shortened(damage: Sequence[str]) -> str:
    """For a text; the log and `murphyd state verify` have all of it."""
    log.error("the state is damaged", damage=damage)
    more = f"; {len(damage) - MOST_DAMAGE} more" if len(damage) > MOST_DAMAGE else ""
    return "; ".join(damage[:MOST_DAMAGE]) + more


async def _ready(daemon: Daemon) -> None:
    """Ready is when every way in is watched, or has been reported as one that cannot be."""
    while not daemon.expected <= daemon.inbox.up.keys():
        await daemon.inbox.reported.wait()
        daemon.inbox.reported.clear()
    daemon.ready.set()
    log.info("ready", sources=sorted(daemon.expected))


async def _settle_down(daemon: Daemon) -> None:
    """What is under way gets a moment to end."""
    loop = asyncio.get_running_loop()
    end = loop.time() + STOP_WITHIN
    while not daemon.idle and loop.time() < end:  # noqa: ASYNC110 (idle is many things together)
        await asyncio.sleep(0.02)
