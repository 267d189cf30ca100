"""The whole daemon over its wires, and letters that nobody's mail program would write."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.core.model import Status
from daemon.identity.secret import NAME
from daemon.identity.tokens import Tokens
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.mail_client import AUTHENTICATED
from daemon.sandbox.organization import EXAMPLE, Organization, Seen

BOX = "incidents@acme.example"
PASSED = f"Authentication-Results: {AUTHENTICATED}"
FAILED = "Authentication-Results: mx.acme.example; dmarc=fail header.from=acme.example"
SILENT = "Authentication-Results: mx.acme.example; none"

JAMES, AN, CLAIRE = "james.whitfield@acme.example", "an.peeters@acme.example", "claire.dubois@acme.example"
MANAGERS = {"An Peeters": AN, "James Whitfield": JAMES, "Claire Dubois": CLAIRE}

SECRET = bytes(range(32))
"""Always the same one: by chance the four figures of a code would stand in a token, too."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Stage:
    talk: Conversation
    organization: Organization

    @property
    def status(self) -> Status:
        return self.organization.daemon.state.incidents["MI-1"].status

    @property
    def undecided(self) -> bool:
        return self.status is Status.PROPOSED

    @property
    def tokens(self) -> Tokens:
        return self.organization.daemon.inbox.reader.tokens

    def token(self, who: str, incident: str = "MI-1", days_ago: int = 0) -> str:
        """A reply token that we would have issued."""
        notice = max(n.id for n in self.organization.daemon.state.notices.values() if who in n.recipients)
        day = self.organization.clock.now().date().toordinal() - days_ago
        return self.tokens.issue(who, incident, notice, self.organization.clock.now().date().fromordinal(day))

    async def posts(self, *head: str, to: str = BOX, body: str = "ACCEPT MI-1", settled: bool = True) -> None:
        """A mail with this head as it comes into the mailbox; without `settled`, more come before it is handled."""
        now = self.organization.clock.now()
        own = [f"To: {to}", f"Date: {format_datetime(now)}", f"Message-ID: <{next(_numbers)}@mail.example>"]
        own = [line for line in own if line.partition(":")[0] not in {h.partition(":")[0] for h in head}]
        if not any(h.startswith("Content-Type:") for h in head):
            own.append("Content-Type: text/plain; charset=utf-8")
        raw = "\r\n".join((*head, *own, "", body, ""))
        await self.organization.mail.deliver(raw.encode(), BOX)
        if settled:
            await self.organization.settle()

    async def proposed(self, body: str = "Service: web shop\n\nNobody can pay.") -> None:
        """MI-1, proposed by Lotte; what everybody got of it has been read."""
        await self.talk.mails("Lotte Claes", "Tills are down", body)
        self.forget()

    async def accepted(self) -> None:
        """MI-1, of which James is the incident manager."""
        await self.proposed()
        await self.talk.texts("James", "ACCEPT MI-1")
        self.forget()

    async def rejected(self) -> None:
        """The latest one is, so that the next proposal stands alone."""
        await self.talk.texts("Claire", f"REJECT MI-{self.organization.daemon.state.last_incident}")
        self.forget()

    def forget(self) -> None:
        """What was sent so far is no concern of the test."""
        self.talk._collect()
        self.talk._left.clear()

    def sent(self) -> list[Seen]:
        """What was sent since, in order."""
        self.talk._collect()
        return list(self.talk._left)

    def asked_to_confirm(self, name: str, words: str = "ACCEPT MI-1", by: str = "sms") -> Seen:
        """This person, and nobody else, was asked by the other channel."""
        asked = self.talk.hears(name, by, "MI-1", words)
        self.talk.nothing_else()
        return asked


@asynccontextmanager
async def stage(settings: str = "", contacts: str = "", *, calls: bool = False) -> AsyncIterator[Stage]:
    """The example organization, with these lines more in its files. With `calls` the last rung is a call."""
    with TemporaryDirectory(prefix="murphyd-trust-") as home:
        folder = Path(home) / "example"
        shutil.copytree(EXAMPLE, folder)
        for name, more in (("murphyd.toml.in", settings), ("contacts.csv", contacts)):
            with (folder / name).open("a") as file:
                file.write(more)
        if calls:
            procedure = folder / "procedure.toml"
            procedure.write_text(procedure.read_text().replace('via = ["sms"]\nrepeat', 'via = ["voice"]\nrepeat'))
        async with Organization(folder=folder, asleep=True) as organization:
            state = organization.configuration.settings.state.directory
            state.mkdir(0o700)
            (state / NAME).write_bytes(SECRET)
            await organization.start()
            yield Stage(Conversation(organization), organization)
