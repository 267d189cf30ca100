"""The sandbox's mail server: SMTP in, IMAP out, on loopback. Every address has a mailbox where its mail arrives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from .mail_server_imap import ImapServer, mailbox_of
from .relay import Envelope, Relay

PASSWORD = "sandbox"  # noqa: S105 (everybody's, on loopback only)


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A message that came in by SMTP, for one recipient."""

    envelope: Envelope
    raw: bytes
    at: datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MailServer:
    """`relay` and `imap` are its two sides, with their faults. `now` dates what arrives (INTERNALDATE).

    Of more than `most` messages that came for an address by SMTP the oldest are forgotten; 0 is no bound.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = _utc_now,
        on_mail: Callable[[ReceivedMail], None] | None = None,
        relay: Relay | None = None,
        imap: ImapServer | None = None,
        most: int = 0,
    ) -> None:
        self.relay = relay or Relay(self.accept)
        self.relay.take = self.accept
        self.imap = imap or ImapServer(PASSWORD)
        self.on_mail = on_mail
        self._now = now
        self._most = most
        self._received: dict[str, list[ReceivedMail]] = {}

    @property
    def smtp_port(self) -> int:
        return self.relay.port

    @property
    def imap_port(self) -> int:
        return self.imap.port

    async def start(self) -> None:
        await self.imap.start()
        await self.relay.start()

    async def stop(self) -> None:
        await self.relay.stop()
        await self.imap.stop()

    def mailbox(self, address: str) -> list[ReceivedMail]:
        """What came for an address by SMTP, in order of arrival."""
        return list(self._received.get(mailbox_of(address), ()))

    async def deliver(self, raw: bytes, to: str) -> None:
        """A person mails `to`: the message (CRLF line ends) lies in that mailbox at once."""
        await self.imap.append(to, raw, self._now())

    async def accept(self, envelope: Envelope, raw: bytes) -> None:
        """Take a message from a relay; a further Relay can be given this as its `take`."""
        mail = ReceivedMail(envelope, raw, self._now())
        received = self._received.setdefault(mailbox_of(envelope.recipient), [])
        received.append(mail)
        await self.imap.append(envelope.recipient, b"Return-Path: <%s>\r\n" % envelope.sender.encode() + raw, mail.at)
        if self._most and len(received) > self._most:
            del received[0]
            await self.imap.forget_oldest(envelope.recipient)
        if self.on_mail is not None:
            self.on_mail(mail)
