"""The ways out and in of one configuration: which channel and which source each table of murphyd.toml becomes."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from channels.apprise import Apprise
from channels.gsm import Gsm
from channels.gsm_inbox import GsmInbox
from channels.imap import Login, Mailbox
from channels.resolver import Resolver
from channels.smtp import Patience, RelaySettings, Smtp
from channels.twilio_api import TwilioApi
from channels.twilio_inbound import TextPoll
from channels.twilio_sms import TwilioSms
from channels.twilio_voice import TwilioVoice
from channels.types import Channel, Deliver, Position
from config.types import Configuration, Inway, Secret, Settings
from config.types import Mailbox as MailboxSettings
from config.types import Relay as RelayTable
from daemon.clock import Clock
from daemon.core.facts import Source
from daemon.core.saying import CONSOLE
from daemon.grants import Grants

SMS_AT_ONCE = 16
CALLS_AT_ONCE = 4
POSTS_AT_ONCE = 4

Watch = Callable[[Deliver, Source | None], Awaitable[None]]


@dataclass(slots=True)
class Ways:
    """`channels` by name, how many attempts each takes at once, every source's watch, and its sign of life."""

    channels: dict[str, Channel] = field(default_factory=dict)
    capacity: dict[str, int] = field(default_factory=dict)
    sources: dict[str, Watch] = field(default_factory=dict)
    beats: dict[str, Callable[[], float]] = field(default_factory=dict)
    texts: TextPoll | None = None
    mail: Smtp | None = None

    @property
    def out(self) -> tuple[str, ...]:
        """The channels that lead to people elsewhere."""
        return tuple(name for name in self.channels if name != CONSOLE)


async def open_ways(
    configuration: Configuration,
    clock: Clock,
    stack: AsyncExitStack,
    patience: Patience | None = None,
    resolver: Resolver | None = None,
) -> Ways:
    """Everything that the settings name, closed with `stack`. All find their servers by one `resolver`."""
    settings = configuration.settings
    resolver = resolver or Resolver()
    grants = Grants(resolver, settings.state.directory)
    ways = Ways()
    if settings.relays:
        relays = [relay_of(table, grants) for table in settings.relays]
        ways.mail = Smtp(relays, patience=patience, resolver=resolver)
        stack.push_async_callback(ways.mail.close)
        ways.channels["email"] = ways.mail
        ways.capacity["email"] = sum(relay.sessions for relay in settings.relays)
    if settings.twilio:
        await _open_twilio(settings, ways, clock, stack, resolver)
    if settings.gsm:
        gsm = settings.gsm
        modem = ways.channels["gsm"] = Gsm(gsm.outbox, gsm.sent, gsm.error, per_minute=gsm.per_minute)
        stack.callback(modem.close)
        ways.capacity["gsm"] = 4
        texts = GsmInbox(gsm.inbox, gsm.number)
        ways.sources["gsm"], ways.beats["gsm"] = _since(texts.watch), partial(_beats, texts)
    for other in settings.others:
        ways.channels[other.name] = Apprise(other.name, other.url.value, at_once=POSTS_AT_ONCE)
        ways.capacity[other.name] = POSTS_AT_ONCE
    for box in settings.mailboxes:
        login = login_of(box, grants)
        mailbox = Mailbox(box.name, login, folder=box.folder, done=box.done, resolver=resolver)
        ways.sources[box.name], ways.beats[box.name] = _positioned(mailbox), partial(_beats, mailbox)
    return ways


async def _open_twilio(settings: Settings, ways: Ways, clock: Clock, stack: AsyncExitStack, resolver: Resolver) -> None:
    twilio = settings.twilio
    assert twilio is not None
    token = twilio.auth_token.value
    api = TwilioApi(twilio.account_sid, token, twilio.api_base, at_once=SMS_AT_ONCE, resolver=resolver)
    await stack.enter_async_context(api)
    ways.channels["sms"] = TwilioSms(api, twilio.number, public_url=twilio.public_url)
    ways.capacity["sms"] = SMS_AT_ONCE
    ways.channels["voice"] = TwilioVoice(api, twilio.number, public_url=twilio.public_url)
    ways.capacity["voice"] = CALLS_AT_ONCE
    ways.texts = TextPoll(api, twilio.number, poll_every=twilio.poll_every.total_seconds(), now=clock.now)
    if Inway.POLL in twilio.inbound:
        ways.sources["twilio"], ways.beats["twilio"] = _since(ways.texts.watch), partial(_beats, ways.texts)


def _beats(watcher: Mailbox | TextPoll | GsmInbox) -> float:
    return watcher.beats


def _positioned(mailbox: Mailbox) -> Watch:
    async def watch(deliver: Deliver, source: Source | None) -> None:
        position: Position | None = source.position if source else None
        await mailbox.watch(deliver, position)

    return watch


def _since(watch_since: Callable[[Deliver, datetime | None], Awaitable[None]]) -> Watch:
    async def watch(deliver: Deliver, source: Source | None) -> None:
        await watch_since(deliver, source.since if source else None)

    return watch


def relay_of(table: RelayTable, grants: Grants) -> RelaySettings:
    return RelaySettings(
        name=table.name,
        host=table.host,
        port=table.port,
        security=table.security.value,
        username=table.username,
        password=_plain(table.password),
        auth=table.auth.value,
        token=grants.source(table.auth, table.oauth),
        ca_file=table.ca_file,
        sessions=table.sessions,
    )


def login_of(box: MailboxSettings, grants: Grants) -> Login:
    return Login(
        host=box.host,
        port=box.port,
        security=box.security.value,
        username=box.username,
        password=_plain(box.password),
        auth=box.auth.value,
        token=grants.source(box.auth, box.oauth),
        ca_file=box.ca_file,
    )


def _plain(secret: Secret | None) -> str:
    return secret.value if secret else ""
