"""All that is around the daemon: a mail server, a simulated Twilio, perhaps a modem, a disk, and the people, who write,
text and press keys. On loopback and over the real protocols; only the clock is moved by hand.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Self

from config.load import load
from config.types import Contact
from daemon.clock import MovedClock
from daemon.inbox import message_key
from daemon.sandbox.disk import CutDisk
from daemon.sandbox.mail_client import new_mail, read, reply, text_of
from daemon.sandbox.mail_server import MailServer, ReceivedMail
from daemon.sandbox.modem import Modem
from daemon.sandbox.phones import PhoneCall, Phones, PhoneText, spoken_words
from daemon.sandbox.ports import free_port
from daemon.sandbox.seen import Log, Seen
from daemon.sandbox.twilio_server import TwilioServer
from parsers.email import parse_email

EXAMPLE = Path(__file__).parent / "example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, nine in the morning in Brussels."""


class Surroundings:
    """An async context manager. `on_message` is told of everything that is said, as it happens; `seen` has it.

    `edits` are made in the example's files (what stands there -> what shall). With `modem` there is one, that reaches
    the same phones. Of more than `most` messages in all, or a thirtieth of that in a mailbox, the oldest are
    forgotten; 0 is no bound.
    """

    def __init__(
        self,
        *,
        start: datetime = START,
        on_message: Callable[[Seen], None] | None = None,
        folder: Path = EXAMPLE,
        edits: Mapping[str, str] | None = None,
        modem: bool = False,
        most: int = 0,
    ) -> None:
        self.clock = MovedClock(start)
        self.seen = Log(most)
        self.mail = MailServer(now=self.clock.now, on_mail=self._mailed, most=most // 30)
        self.twilio = TwilioServer(phones=Phones(self._texted, self._called), now=self.clock.now, auth_token="sandbox")  # noqa: S106 (on loopback only)
        self.disk = CutDisk()
        self.modem: Modem | None = None
        self._on_message = on_message
        self._folder = folder
        self._edits = edits or {}
        self._with_modem = modem
        self._letters = 0
        self._stack = AsyncExitStack()
        self._sids: list[str] = []
        self._keys: list[str] = []

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

    def remark(self, words: str) -> None:
        """Something happens that is no message: a cable is cut, the daemon is started again."""
        self._note(Seen(self.clock.now(), "note", "", "", True, "", words))

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
