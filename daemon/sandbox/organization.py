"""The example organization: a mail server, a simulated Twilio and the real daemon, on loopback, by a clock of its own.

Everything goes over the real protocols; only the clock is moved by hand.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Self

from channels.smtp import Patience
from channels.types import Call, Text
from config.load import load
from config.types import Contact
from daemon.app import Daemon, running
from daemon.clock import MovedClock
from daemon.core.notices import Notice
from daemon.identity.tokens import referred
from daemon.inbox import message_key
from daemon.sandbox.disk import CutDisk
from daemon.sandbox.faults import Refuse, Step
from daemon.sandbox.mail_client import new_mail, read, reply, text_of
from daemon.sandbox.mail_server import MailServer, ReceivedMail
from daemon.sandbox.modem import Modem
from daemon.sandbox.phones import PhoneCall, Phones, PhoneText, spoken_words
from daemon.sandbox.ports import free_port
from daemon.sandbox.twilio_server import TwilioServer
from parsers.email import parse_email

EXAMPLE = Path(__file__).parent / "example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, nine in the morning in Brussels."""

SETTLE_WITHIN = 60.0
"""Seconds in real time after which something hangs."""

NO_PAUSE = Patience(first=0.0, longest=0.0)
"""A relay is tried again at once: procedure time may pass faster than real time."""

STEADY = 3
"""Looks in a row that must find nothing under way."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message that went over a wire: from a person to Murphy, or from Murphy to a person."""

    at: datetime
    channel: str
    person: str
    address: str
    inbound: bool
    subject: str
    text: str
    mail: EmailMessage | None = None


class StillTimer:
    """The sandbox moves the clock itself, and wakes the daemon."""

    def wake_at(self, when: datetime | None) -> None:
        pass


class Organization:
    """An async context manager. `on_message` is told of everything that is said, as it happens.

    `edits` are made in the example's files (what stands there -> what shall). With `asleep` the daemon is not started;
    with `modem` it has one, that reaches the same phones; with `board_here` who sits at this machine sees the board.
    """

    def __init__(
        self,
        *,
        start: datetime = START,
        on_message: Callable[[Seen], None] | None = None,
        folder: Path = EXAMPLE,
        edits: Mapping[str, str] | None = None,
        asleep: bool = False,
        tell_procedure: bool = False,
        modem: bool = False,
        board_here: bool = False,
    ) -> None:
        self.clock = MovedClock(start)
        self.seen: list[Seen] = []
        self._on_message = on_message
        self._folder = folder
        self._edits = edits or {}
        self._asleep = asleep
        self._tell_procedure = tell_procedure
        self._with_modem = modem
        self._board_here = board_here
        self._stack = AsyncExitStack()
        self._running: AsyncExitStack | None = None
        self._letters = 0
        self._sids: list[str] = []
        self._keys: list[str] = []
        self.mail = MailServer(now=self.clock.now, on_mail=self._mailed)
        self.twilio = TwilioServer(phones=Phones(self._texted, self._called), now=self.clock.now, auth_token="sandbox")  # noqa: S106
        self.disk = CutDisk()
        self.patience = NO_PAUSE
        self.modem: Modem | None = None
        self.daemon: Daemon

    async def __aenter__(self) -> Self:
        await self.mail.start()
        self._stack.push_async_callback(self.mail.stop)
        await self._stack.enter_async_context(self.twilio)
        home = Path(tempfile.mkdtemp(prefix="murphyd-sandbox-"))
        self._stack.callback(shutil.rmtree, home, ignore_errors=True)
        port = free_port()
        self.twilio.webhook = f"http://127.0.0.1:{port}/twilio/sms"
        if self._with_modem:
            modem = Modem(home / "modem", self._texted_by_modem, self.clock.now)
            self.modem = await self._stack.enter_async_context(modem)
        self.configuration = load(self._filled(home, port), {})
        self._stack.push_async_callback(self.stop)
        if not self._asleep:
            await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _filled(self, home: Path, web_port: int) -> Path:
        """The example's folder with this sandbox's ports in it."""
        folder = home / "etc"
        shutil.copytree(self._folder, folder, ignore=shutil.ignore_patterns("*.in", "__pycache__"))
        settings = (self._folder / "murphyd.toml.in").read_text()
        values = {
            "imap_port": self.mail.imap_port,
            "smtp_port": self.mail.smtp_port,
            "twilio_port": self.twilio.port,
            "web_port": web_port,
            "state_dir": home / "state",
        }
        for name, value in values.items():
            settings = settings.replace(f"{{{name}}}", str(value))
        if self.modem:
            settings = settings.replace("[web]\n", f"{self.modem.settings}\n[web]\n")
        (folder / "murphyd.toml").write_text(settings)
        for file in (folder / "murphyd.toml", folder / "procedure.toml", folder / "contacts.csv"):
            words = file.read_text()
            for old, new in self._edits.items():
                words = words.replace(old, new)
            file.write_text(words)
        return folder

    @property
    def board(self) -> str:
        """Where the board is seen."""
        web = self.configuration.settings.web
        return f"http://{web.host}:{web.port}/board"

    @property
    def alive(self) -> bool:
        """Whether the daemon runs."""
        return self._running is not None

    async def start(self, *, settled: bool = True) -> None:
        """Starts the daemon; again after `stop` or `kill`, on the same state. Returns once nothing is under way."""
        stack = AsyncExitStack()
        self.daemon = await stack.enter_async_context(
            running(
                self.configuration,
                self.clock,
                timer=StillTimer(),
                patience=self.patience,
                disk=self.disk,
                tell_procedure=self._tell_procedure,
                inspect=False,
                board_here=self._board_here,
            )
        )
        self._running = stack
        async with asyncio.timeout(SETTLE_WITHIN):
            await self.daemon.ready.wait()
        if settled:
            await self.settle()

    async def stop(self) -> None:
        if self._running is not None:
            await self._running.aclose()
            self._running = None

    async def kill(self) -> None:
        """As by SIGKILL: from this moment nothing more is written, and what is under way gets no time to end."""
        if self._running is None:
            return
        running, self._running = self._running, None
        dead, self.disk = self.disk, CutDisk()
        self.disk.broken, dead.broken = dead.broken, True
        busy = not self.daemon.idle
        ending = asyncio.create_task(running.aclose())
        await asyncio.sleep(0)
        if busy:
            ending.cancel()
        await asyncio.wait({ending})

    def person(self, name: str) -> Contact:
        """By full name, or the first or last one where only one person has it. Raises KeyError."""
        people = self.configuration.people.contacts.values()
        wanted = name.casefold()
        found = [c for c in people if wanted in (c.name.casefold(), *c.name.casefold().split())]
        if len(found) != 1:
            raise KeyError(name)
        return found[0]

    async def mails(self, name: str, subject: str, body: str, to: str = "incidents@acme.example") -> None:
        """Somebody writes a new mail to the proposal address."""
        person = self.person(name)
        self._letters += 1
        raw = new_mail(person, to, subject, body, self.clock.now(), self._letters)
        await self._send_mail(person, to, raw)

    async def replies(self, name: str, body: str, original: EmailMessage | None = None) -> None:
        """Somebody answers a mail that Murphy sent them, by default the last one."""
        person = self.person(name)
        if original is None:
            letters = [mail for address in person.emails for mail in self.mail.mailbox(address)]
            original = read(sorted(letters, key=lambda mail: mail.at)[-1].raw)
        self._letters += 1
        raw = reply(person, original, body, self.clock.now(), self._letters)
        await self._send_mail(person, parseaddr(str(original["Reply-To"] or original["From"]))[1], raw)

    async def _send_mail(self, person: Contact, to: str, raw: bytes) -> None:
        message = read(raw)
        text = text_of(message).split("\n\nOn ")[0]
        subject = str(message["Subject"])
        self._note(Seen(self.clock.now(), "email", person.name, person.emails[0], True, subject, text, message))
        self._keys.append(message_key(parse_email(raw)))
        await self.mail.deliver(raw, to)

    async def texts(self, name: str, body: str) -> None:
        """Somebody texts Murphy's number."""
        person = self.person(name)
        self._note(Seen(self.clock.now(), "sms", person.name, person.phones[0], True, "", body))
        self._sids.append(await self.twilio.text(person.phones[0], body))

    async def texts_modem(self, name: str, body: str) -> None:
        """Somebody texts the number of the modem. Raises AssertionError where there is none."""
        assert self.modem
        person = self.person(name)
        self._note(Seen(self.clock.now(), "gsm", person.name, person.phones[0], True, "", body))
        self.modem.text(person.phones[0], body)

    async def presses(self, name: str, key: str) -> None:
        """Somebody who was called presses a key."""
        person = self.person(name)
        self._note(Seen(self.clock.now(), "voice", person.name, person.phones[0], True, "", f"presses {key}"))
        await self.twilio.press(person.phones[0], key)

    def notice_of(self, seen: Seen) -> Notice | None:
        """The notice that a message of Murphy's is: as its Message-ID says, or by the text that it renders to."""
        state = self.daemon.state
        if seen.mail is not None:
            named = referred(str(seen.mail["Message-ID"]).strip("<>").partition("@")[0])
            return state.notices.get(named[1]) if named else None
        who = self.configuration.people.by_phone.get(seen.address, seen.address)
        for notice in reversed(state.notices.values()):
            if notice.at <= seen.at and who in notice.recipients:
                message = self.daemon.renderer.render(notice, state.person(who), seen.channel, seen.address)
                if isinstance(message, Text | Call) and message.body == seen.text:
                    return notice
        return None

    def remark(self, words: str) -> None:
        """Something happens that is no message: a cable is cut, the daemon is started again."""
        self._note(Seen(self.clock.now(), "note", "", "", True, "", words))

    async def cut_relay(self) -> None:
        """Outgoing mail is refused at the door."""
        await self.mail.relay.fault(Step.CONNECT, Refuse())

    async def mend_relay(self) -> None:
        await self.mail.relay.mend()

    async def cut_mailbox(self) -> None:
        """Nobody can read the mailbox, and the daemon has noticed; mail goes on arriving in it."""
        await self.mail.imap.fault(Refuse())
        await self._mailbox_is(up=False)

    async def mend_mailbox(self) -> None:
        """Returns when the daemon reads it again."""
        await self.mail.imap.mend()
        await self._mailbox_is(up=True)

    async def _mailbox_is(self, *, up: bool) -> None:
        async with asyncio.timeout(SETTLE_WITHIN):
            while self.daemon.inbox.up.get("incidents") is not up:  # noqa: ASYNC110 (the daemon tells nobody)
                await asyncio.sleep(0.02)

    async def cut_sms(self) -> None:
        """Twilio cannot be reached."""
        await self.twilio.refuse()

    async def mend_sms(self) -> None:
        await self.twilio.open()

    async def cut_disk(self) -> None:
        """Nothing can be written any more."""
        self.disk.broken = True

    async def mend_disk(self) -> None:
        """Returns once the daemon has noticed: it tries again by itself, in real time."""
        self.disk.broken = False
        async with asyncio.timeout(SETTLE_WITHIN):
            while not self.daemon.store.health.ok:  # noqa: ASYNC110 (the store tells by a callback that stays)
                await asyncio.sleep(0.05)

    async def pass_time(self, duration: timedelta, speed: float = 0.0) -> None:
        """Moves the clock on, from one thing that falls due to the next. At `speed` 60 a minute takes a second."""
        end = self.clock.now() + duration
        while True:
            due = self.daemon.next_wake()
            step = min(max(due, self.clock.now()), end) if due else end
            if speed:
                await asyncio.sleep((step - self.clock.now()).total_seconds() / speed)
            self.clock.move_to(step)
            self.daemon.wake()
            await self.settle()
            if step >= end:
                return

    async def settle(self) -> None:
        """Waits, in real time, until nothing is under way: all mail handled, all decided, all sent."""
        async with asyncio.timeout(SETTLE_WITHIN):
            steady = 0
            while steady < STEADY:
                await asyncio.sleep(0.002)
                await self.twilio.settle()
                steady = steady + 1 if await self._quiet() else 0

    async def _quiet(self) -> bool:
        if not self.daemon.idle:
            return False
        handled = self.daemon.state.handled
        if any(f"twilio {sid}" not in handled for sid in self._sids):
            return False
        if not self.daemon.inbox.up.get("incidents"):
            return True
        inbox = await self.mail.imap.folder("incidents@acme.example")
        source = self.daemon.state.sources.get("incidents")
        left_alone = source.position.baseline if source and source.position else 0
        waiting = [message async for message in inbox.messages() if message.uid > left_alone]
        return all(key in handled for key in self._keys) and (self.disk.broken or not waiting)

    def _mailed(self, mail: ReceivedMail) -> None:
        message = read(mail.raw)
        address = mail.envelope.recipient
        person = self.configuration.people.by_email.get(address)
        name = self.configuration.people.contacts[person].name if person else address
        self._note(Seen(mail.at, "email", name, address, False, str(message["Subject"]), text_of(message), message))

    def _texted(self, text: PhoneText, channel: str = "sms") -> None:
        self._note(Seen(text.at, channel, self._owner(text.recipient), text.recipient, False, "", text.body))

    def _texted_by_modem(self, text: PhoneText) -> None:
        self._texted(text, "gsm")

    def _called(self, call: PhoneCall) -> None:
        words = spoken_words(call.twiml)
        self._note(Seen(call.at, "voice", self._owner(call.recipient), call.recipient, False, "", words))

    def _owner(self, number: str) -> str:
        person = self.configuration.people.by_phone.get(number)
        return self.configuration.people.contacts[person].name if person else number

    def _note(self, seen: Seen) -> None:
        self.seen.append(seen)
        if self._on_message is not None:
            self._on_message(seen)
