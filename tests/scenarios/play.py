"""Scenarios over the real wires: who says what, and which kind of message each person gets; nothing else is sent."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from daemon.sandbox.conversation import Conversation, Unexpected
from daemon.sandbox.organization import Organization, Seen

TEAM = ("Rosa", "Hugo", "Tom")
"""Whom the web shop needs: the first of each discipline."""
MANAGERS = ("An", "James", "Claire")
INBOX = "incidents@acme.example"
BOTH = ("email", "sms")


class Talk(Conversation):
    """A conversation in kinds of messages, so that it reads the same in every language."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(organization)
        self._kinds: dict[int, str] = {}

    def gets(self, name: str, kind: str, *channels: str, words: Iterable[str] = ()) -> Seen:
        """This person, or address, got this kind of message on each of these channels, with these words in it."""
        self._collect()
        found = None
        for channel in channels or ("email",):
            found = self._find(name, kind, channel, tuple(words))
            self._left.remove(found)
        assert found is not None
        return found

    def all_get(self, names: Iterable[str], kind: str, *channels: str, words: Iterable[str] = ()) -> None:
        for name in names:
            self.gets(name, kind, *channels, words=words)

    def staff_gets(
        self, kind: str, channel: str = "email", *, but: Iterable[str] = (), words: Iterable[str] = ()
    ) -> None:
        """One copy to everybody in the audiences; who has no email is told by text all the same."""
        for name in self.on_list("all-staff", but=but):
            reached = channel if self.organization.person(name).emails else "sms"
            self.gets(name, kind, reached, words=words)

    def decided(self, kind: str, by: str, proposer: str = "", *, told: str = "") -> None:
        """The other managers hear of a decision, by mail and text; the proposer by mail."""
        self.all_get([name for name in MANAGERS if name != by], kind, *BOTH)
        if proposer:
            self.gets(told or "Lotte", proposer)

    def got(self, name: str, channel: str) -> bool:
        """Whether something on this channel is there that nobody has asked about."""
        self._collect()
        return any(s.person == self.organization.person(name).name and s.channel == channel for s in self._left)

    def _find(self, name: str, kind: str, channel: str, words: tuple[str, ...]) -> Seen:
        who = name if "@" in name or name.startswith("+") else self.organization.person(name).name
        mine = [seen for seen in self._left if seen.person == who]
        for seen in mine:
            text = f"{seen.subject}\n{seen.text}"
            if seen.channel == channel and self.kind(seen) == kind and all(word in text for word in words):
                return seen
        got = "; ".join(f"{self.kind(s)} by {s.channel}: {s.text[:200]!r}" for s in mine) or "nothing"
        raise Unexpected(f"{who} should have got {kind} {words} by {channel}, but got {got}")

    def kind(self, seen: Seen) -> str:
        if id(seen) not in self._kinds:
            notice = self.organization.notice_of(seen)
            self._kinds[id(seen)] = notice.kind.value if notice else "carrier"
        return self._kinds[id(seen)]

    def nothing_else(self) -> None:
        self._collect()
        if self._left:
            lines = (f"  {s.at:%H:%M} {self.kind(s)} by {s.channel} to {s.person}: {s.text[:60]!r}" for s in self._left)
            raise Unexpected("also sent:\n" + "\n".join(lines))

    def forget(self) -> None:
        """What was sent until now is another scenario's matter."""
        self._collect()
        self._left.clear()

    def ignores(self, *kinds: str) -> None:
        """Messages of these kinds may be there or not."""
        self._collect()
        self._left = [seen for seen in self._left if self.kind(seen) not in kinds]

    async def mails_as(
        self, sender: str, subject: str, body: str | bytes, *, headers: Mapping[str, str] | None = None, to: str = INBOX
    ) -> None:
        """A mail from any address, with no more headers than these: nothing vouches for it."""
        await self.drops(sender, subject, body, headers=headers, to=to)
        await self._settle()

    async def drops(
        self, sender: str, subject: str, body: str | bytes, *, headers: Mapping[str, str] | None = None, to: str = INBOX
    ) -> None:
        """As `mails_as`, without waiting for anybody to read it."""
        message = EmailMessage()
        self.organization._letters += 1
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"] = format_datetime(self.organization.clock.now())
        message["Message-ID"] = f"<{self.organization._letters}.raw@somewhere.example>"
        for name, value in (headers or {}).items():
            message[name] = value
        if isinstance(body, bytes):
            message.set_content(body, maintype="application", subtype="octet-stream")
        else:
            message.set_content(body)
        await self.organization.mail.deliver(message.as_bytes(policy=policy.SMTP), to)

    async def texts_as(self, number: str, body: str) -> None:
        """A text from any number."""
        self.organization._sids.append(await self.organization.twilio.text(number, body))
        await self._settle()

    async def proposed(self, words: str = "Web shop is down", body: str = "Service: web shop") -> None:
        """Lotte has proposed, everybody concerned was told."""
        await self.mails("Lotte", words, body)
        self.gets("Lotte", "proposal-received")
        self.all_get(MANAGERS, "decision-request", *BOTH)
        self.nothing_else()

    async def accepted(self, by: str = "An", body: str = "Service: web shop", team: Iterable[str] = TEAM) -> None:
        """And `by` accepted by text, and the team joined."""
        await self.proposed(body=body)
        await self.texts(by, "ACCEPT")
        self.gets(by, "done-accept", "sms")
        self.decided("decision-accepted", by, "proposer-accepted")
        self.staff_gets("initial")
        await self.team_joins(by, team)
        self.nothing_else()

    def team_paged(self, team: Iterable[str] = TEAM) -> None:
        self.all_get(team, "page", "sms", words=["JOIN"])

    async def team_joins(self, manager: str, team: Iterable[str] = TEAM) -> None:
        """They were paged, and join; their manager sees each of them."""
        self.team_paged(team)
        for name in team:
            await self.texts(name, "JOIN")
            self.gets(name, "done-join", "sms")
            self.gets(manager, "roster", "sms")

    def review_opens(self, *people: str) -> None:
        """Each is invited, and asked."""
        self.all_get(people, "review-invited")
        self.all_get(people, "review-questions")

    def team_over(self, team: Iterable[str] = TEAM) -> None:
        """They hear that they are not needed any more."""
        self.all_get(team, "page-over", "sms")


@asynccontextmanager
async def talking(edits: Mapping[str, str] | None = None, *, asleep: bool = False) -> AsyncIterator[Talk]:
    async with Organization(edits=edits, asleep=asleep) as organization:
        yield Talk(organization)
