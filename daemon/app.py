"""The daemon, wired in one place: state, ways out and in, the consumer, the outbox, the clock; one exit stack."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from channels.smtp import Patience
from config.types import Configuration, Decide, StateRules
from daemon import restoring
from daemon.addresses import kept_resolver
from daemon.archiver import Archiver
from daemon.bridges import Bridges
from daemon.canary import Canaries
from daemon.clock import Clock, SystemTimer, Timer
from daemon.console.desk import Desk
from daemon.console.left import collect
from daemon.console.opening import console_of
from daemon.consumer import DECIDING, Consumer
from daemon.core.deadlines import next_deadline
from daemon.core.facts import Source
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import PartChanged
from daemon.disk_watch import DiskWatch
from daemon.duty import DutyCalendars
from daemon.identity.codes import Codes
from daemon.identity.passes import Passes
from daemon.identity.secret import load_secret
from daemon.identity.tokens import Tokens
from daemon.inbox import Inbox
from daemon.inspections import Inspections
from daemon.outbox import Outbox
from daemon.procedure.copies import Copies, Telling
from daemon.rates import rates
from daemon.reader import Reader
from daemon.receipts import Receipts
from daemon.render.catalog import load_verbs
from daemon.render.renderer import Renderer
from daemon.rounds import Working, consuming, sending, watching, working
from daemon.sending_log import ends
from daemon.state.disk import Disk
from daemon.state.store import StateLocked, Store, open_store
from daemon.supervisor import Tasks, Tell
from daemon.upkeep import Upkeep
from daemon.ways import Watch, Ways, open_ways
from daemon.web.listening import Listening
from daemon.web.opening import web_of

log = structlog.get_logger()

FREE_WITHIN = 3.0
"""Seconds for a state that somebody else holds to become free."""

STOP_WITHIN = 5.0
"""Seconds that what is under way gets to end when the daemon stops."""


NEW_OBJECTS = 10_000
"""Between two looks for garbage among them: the longest one takes 7 ms; with Python's own 700 it took 0.1 s."""


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
    bridges: Bridges
    ways: Ways
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    wakes: int = 0
    tasks: Tasks = field(default_factory=Tasks)

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
    board_here: bool = False,
) -> AsyncIterator[Daemon]:
    """The whole daemon, from the state on disk to its last task. Raises StateLocked, StateDamaged, OSError.

    Without `timer` it wakes by APScheduler; with one, whoever moves the clock calls `wake`. `patience` is that of
    relays that cannot be reached, in real time. `disk` is for tests that fail at one of its operations.
    With `tell_procedure` the managers are mailed the written procedure whenever it has changed, with `inspect` the
    operators hear what a daily check finds. With `board_here` the board trusts who sits at this machine even where
    there is a `public_url`: the sandbox's leads to this machine.
    """
    gc.set_threshold(NEW_OBJECTS)
    async with AsyncExitStack() as stack:
        store = await _opened(configuration.settings.state, disk)
        stack.push_async_callback(store.close)
        state = restoring.restore(configuration, store)
        secret = load_secret(configuration.settings.state.directory)
        tokens, codes, passes = Tokens(secret), Codes(secret), Passes(secret)
        renderer = _renderer(configuration, tokens, codes, passes)
        verbs = load_verbs(configuration.templates, _languages(configuration))
        ways = await open_ways(configuration, clock, stack, patience, kept_resolver(store))

        consumer = Consumer(state, store, clock)
        desk = ways.channels["console"] = Desk(consumer)
        pace = rates(configuration.settings, lambda: ways.mail.first if ways.mail else "")
        outbox = Outbox(state, ways.channels, ways.capacity, renderer.render, clock, consumer.put, pace)
        inbox = Inbox(state, store, consumer, clock, Reader(state, tokens, codes, verbs, renderer.plain))
        archiver = Archiver(store)
        bridges = Bridges(state, clock, consumer.put)
        daemon = Daemon(state, store, clock, consumer, inbox, outbox, archiver, renderer, bridges, ways)
        wakes: Timer = timer if timer is not None else await stack.enter_async_context(SystemTimer(daemon.wake))
        outbox.on_wait = bridges.on_wait = lambda: wakes.wake_at(daemon.next_wake())
        consumer.releases += [outbox.release, archiver.release, lambda _: bridges.wake(), ends(state)]
        consumer.releases.append(lambda _: wakes.wake_at(daemon.next_wake()))

        async def tell_part(part: str, up: bool, reason: str) -> None:
            await consumer.put(PartChanged(part, up, reason))

        tasks = daemon.tasks = Tasks(tell_part)
        upkeep = Upkeep(configuration, state, store, tasks, ways, lambda: daemon.wakes, tell_part)
        servers = web_of(store, clock, consumer, inbox, ways, passes, upkeep.well, board_here=board_here)
        listening = [Listening(part, server, tell_part) for part, server in servers.items()]
        for one in listening:
            await stack.enter_async_context(one)
        console = console_of(state, store, clock, consumer, inbox, ways, desk)
        await stack.enter_async_context(tasks)
        copies = Copies(configuration)
        renderer.attach = copies.files
        works: dict[str, Working] = {
            "archiver": archiver,
            "bridges": bridges,
            **{f"listening: {one.part}": one for one in listening},
            "console": console,
            **_sometimes(daemon, ways, secret, tell_part),
            **upkeep.parts,
        }
        if inspect:
            works["daily check"] = Inspections(configuration, consumer.put)
        if tell_procedure:
            works["written procedure"] = Telling(copies, daemon.ready, consumer.put, lambda: state.procedure_version)
        _supervise(daemon, works)
        DiskWatch(store, consumer.put, tasks.start)
        tasks.start(collect(store, console, consumer))
        tasks.start(tell_part(DECIDING, up=True, reason=""))
        tasks.start(_ready(daemon))
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


def _renderer(configuration: Configuration, tokens: Tokens, codes: Codes, passes: Passes) -> Renderer:
    def link(notice: Notice) -> str:
        end = passes.link(notice.id, notice.recipients[0], notice.at)
        return f"{configuration.settings.public_url}/board/enter/{end}"

    def token(notice: Notice, contact: str) -> str:
        return tokens.issue(contact, notice.incident, notice.id, notice.at.date())

    coded = configuration.settings.decide is Decide.CODE
    return Renderer(configuration, token, codes.issue if coded else None, link)


def _languages(configuration: Configuration) -> Sequence[str]:
    spoken = {contact.language for contact in configuration.people.contacts.values()}
    return (configuration.settings.organization.language, *sorted(spoken))


def _sometimes(daemon: Daemon, ways: Ways, secret: bytes, tell: Tell) -> dict[str, Working]:
    """The tasks of what not every configuration has."""
    configuration, put = daemon.state.configuration, daemon.consumer.put
    settings, works = configuration.settings, dict[str, Working]()
    duty = DutyCalendars(configuration, daemon.clock, put)
    if duty.any:
        works["duty"] = duty
    if ways.texts and settings.twilio:
        every = settings.twilio.poll_every.total_seconds()
        works["receipts"] = Receipts(ways.texts, daemon.state, daemon.inbox.deliver, every)
    if settings.canary:
        up = daemon.inbox.up
        watched, ready = lambda name: up.get(name, False), daemon.ready.wait
        canaries = Canaries(settings, ways, secret, daemon.clock, put, watched, ready=ready)
        daemon.inbox.canary = canaries.seen
        works["canaries"] = canaries
    if settings.status_page:
        from daemon.status_page.publisher import StatusPage  # noqa: PLC0415 (few have one, and it needs much else)

        page = StatusPage(configuration, daemon.state, daemon.renderer, daemon.clock, tell)
        daemon.consumer.releases.append(page.release)
        works["status page: writing"] = page
    return works


def _supervise(daemon: Daemon, works: Mapping[str, Working]) -> None:
    daemon.tasks.supervise("consumer", consuming(daemon.consumer))
    daemon.tasks.supervise("outbox", sending(daemon.outbox))
    for source, watch in daemon.ways.sources.items():
        name, run = f"way in: {source}", _watching(source, watch, daemon.inbox, daemon.state)
        daemon.tasks.supervise(name, watching(name, run, daemon.ways.beats[source]))
    for name, work in works.items():
        daemon.tasks.supervise(name, working(name, work))


def _watching(name: str, watch: Watch, inbox: Inbox, state: State) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        source: Source | None = state.sources.get(name)
        try:
            await watch(inbox.deliver, source)
        except Exception as fault:
            inbox.lost(name, f"an error of our own: {type(fault).__name__}")
            raise

    return run


async def _ready(daemon: Daemon) -> None:
    """Ready is when every way in is watched, or has been reported as one that cannot be."""
    expected = daemon.ways.sources.keys()
    while not expected <= daemon.inbox.up.keys():
        await daemon.inbox.reported.wait()
        daemon.inbox.reported.clear()
    daemon.ready.set()
    log.info("ready", sources=sorted(expected))


async def _settle_down(daemon: Daemon) -> None:
    """What is under way gets a moment to end."""
    loop = asyncio.get_running_loop()
    end = loop.time() + STOP_WITHIN
    while not daemon.idle and loop.time() < end:  # noqa: ASYNC110 (idle is many things together)
        await asyncio.sleep(0.02)
