"""The main job once, with the daemon as a process: real Postfix out, real Dovecot in, texts by the simulated Twilio."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from config.load import load
from config.types import Contact, People
from daemon.sandbox.mail_client import new_mail, read, reply, text_of
from daemon.sandbox.twilio_server import TwilioServer
from tests.end_to_end.daemon_process import DaemonProcess
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.postfix import Postfix, postfix

OURS = "incidents@acme.example"

SETTINGS = """
[organization]
name = "Acme Retail"
timezone = "Europe/Brussels"
language = "en"

[[mailbox]]
name = "incidents"
address = "incidents@acme.example"
host = "localhost"
port = {imap_port}
security = "tls"
username = "incidents@acme.example"
password = "{password}"
authserv_id = "mx.acme.example"
ca_file = "{ca_file}"

[[relay]]
name = "primary"
host = "localhost"
port = {smtp_port}
security = "starttls"
username = "incidents@acme.example"
password = "{password}"
ca_file = "{ca_file}"
from = "Acme Major Incidents <incidents@acme.example>"

[twilio]
account_sid = "{account}"
auth_token = "{token}"
number = "+32460000000"
api_base = "{twilio}"
poll_every = "1s"

[web]
listen = "127.0.0.1:{web_port}"

[state]
directory = "{state_dir}"
"""


class Acme:
    """The organization's people, with their real mailboxes and simulated phones."""

    def __init__(self, box: Dovecot, relay: Postfix, twilio: TwilioServer, murphyd: DaemonProcess) -> None:
        self.box, self.relay, self.twilio, self.murphyd = box, relay, twilio, murphyd
        self.people: People = load(murphyd.config, {}).people
        self._letters = 0

    def person(self, name: str) -> Contact:
        return next(contact for contact in self.people.contacts.values() if contact.name == name)

    def mails(self, name: str) -> list[EmailMessage]:
        """What Murphy sent, oldest first by its Date and number."""
        raws = self.box.messages(self.person(name).emails[0])
        return [read(raw) for raw in raws]

    def texts(self, name: str) -> list[str]:
        return [text.body for text in self.twilio.phones.inbox(self.person(name).phones[0])]

    async def mails_murphy(self, name: str, subject: str, body: str) -> None:
        self._letters += 1
        raw = new_mail(self.person(name), OURS, subject, body, datetime.now(UTC), self._letters)
        await self.box.deliver(raw, OURS)

    async def replies(self, name: str, original: EmailMessage, body: str) -> None:
        self._letters += 1
        raw = reply(self.person(name), original, body, datetime.now(UTC), self._letters)
        await self.box.deliver(raw, str(original["Reply-To"]))

    async def until(self, said: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(60):
                while not said():  # noqa: ASYNC110 (it lies in another process)
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{what}; murphyd's log:\n{self.murphyd.log.read_text()[-4000:]}") from None

    def found(self, name: str, *words: str) -> list[EmailMessage]:
        return [
            mail for mail in self.mails(name) if all(word in f"{mail['Subject']} {text_of(mail)}" for word in words)
        ]


@pytest.fixture
async def acme(tmp_path: Path) -> AsyncIterator[Acme]:
    async with dovecot() as box, postfix(box) as relay, TwilioServer() as twilio:
        values = {
            "imap_port": box.tls_port,
            "smtp_port": relay.submission_port,
            "password": PASSWORD,
            "ca_file": box.certificates.ca_file,
            "account": twilio.account_sid,
            "token": twilio.auth_token,
            "twilio": twilio.url,
        }
        settings = SETTINGS
        for name, value in values.items():
            settings = settings.replace(f"{{{name}}}", str(value))
        murphyd = DaemonProcess(tmp_path, settings)
        await murphyd.start()
        try:
            yield Acme(box, relay, twilio, murphyd)
        finally:
            await murphyd.kill()


async def test_from_the_proposal_to_the_all_clear(acme: Acme) -> None:
    """Proposed by mail, asked by mail and text, accepted by reply, told, restarted, updated by text, resolved."""
    await acme.mails_murphy("Lotte Claes", "Tills are down", "Service: payments\n\nNo store can take cards.")
    await acme.until(lambda: bool(acme.found("An Peeters", "MI-1", "ACCEPT MI-1")), "An is asked by mail")
    await acme.until(lambda: len(acme.texts("Claire Dubois")) == 1, "Claire is asked by text")

    (asked,) = acme.found("An Peeters", "ACCEPT MI-1")
    await acme.replies("An Peeters", asked, "Accept")
    await acme.until(lambda: bool(acme.found("Nadia Benali", "MI-1", "Payments")), "the staff is told")
    await acme.until(lambda: len(acme.texts("Oliver Grant")) == 1, "who has no mail is told by text")

    assert await acme.murphyd.stop() == 0
    await acme.murphyd.start()

    await acme.twilio.text(acme.person("An Peeters").phones[0], "UPDATE MI-1 Half of the stores work again.")
    await acme.until(lambda: bool(acme.found("Nadia Benali", "Half of the stores work again.")), "the update goes out")
    await acme.twilio.text(acme.person("An Peeters").phones[0], "resolve mi-1 All stores work.")
    await acme.until(lambda: bool(acme.found("Nadia Benali", "All stores work.")), "the all-clear goes out")
    await acme.until(lambda: len(acme.texts("Oliver Grant")) == 3, "and by text")
    await acme.until(lambda: len(acme.box.messages(OURS, "Done")) == 2, "handled mail is in the done folder")

    await acme.until(lambda: acme.box.messages(OURS) == [], "and no longer in the INBOX")
    staff = acme.mails("Nadia Benali")
    assert len(staff) == 3, "one copy of each notice, none said twice over the restart"
    assert len({mail["References"] for mail in staff}) == 1, "one thread"
    assert await acme.murphyd.stop() == 0
