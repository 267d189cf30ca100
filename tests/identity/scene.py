"""A small organization, and mails to it as they arrive, for tests of who wrote."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.types import (
    Auth,
    Contact,
    Decide,
    Mailbox,
    OnDamage,
    Organization,
    People,
    Security,
    Settings,
    StateRules,
    Web,
)
from daemon.core.identity import Identity
from daemon.identity.evidence import identify
from daemon.identity.signature import Verifier
from daemon.identity.tokens import Tokens
from parsers.email import parse_email
from parsers.types import Inbound

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOKENS = Tokens(b"k" * 32)
JAN, ANN = "jan@acme.example", "ann@acme.example"
PHONE = "+32470123456"


def _contact(email: str, phone: str) -> Contact:
    return Contact(email, email.partition("@")[0], (email,), (phone,), ("incident-managers",), "en", "UTC")


PEOPLE = People(
    contacts={JAN: _contact(JAN, PHONE), ANN: _contact(ANN, "+32470999999")},
    lists={"incident-managers": (JAN, ANN)},
    by_email={JAN: JAN, ANN: ANN, "jan@home.example": JAN, "jak@acme.example": ANN},
    by_phone={PHONE: JAN, "+32470999999": ANN},
)


def mailbox(name: str = "incidents", authserv_id: str = "mx.acme.example", subaddress: str = "+") -> Mailbox:
    return Mailbox(
        name=name,
        address=f"{name}@acme.example",
        host="imap.acme.example",
        port=993,
        security=Security.TLS,
        username="incidents",
        auth=Auth.PASSWORD,
        password=None,
        oauth=None,
        folder="INBOX",
        done="Done",
        max_age=timedelta(hours=1),
        subaddress=subaddress,
        authserv_id=authserv_id,
        ca_file=None,
    )


def settings(*mailboxes: Mailbox) -> Settings:
    return Settings(
        organization=Organization("Acme", "UTC", "en"),
        mailboxes=mailboxes or (mailbox(),),
        relays=(),
        twilio=None,
        gsm=None,
        others=(),
        decide=Decide.KNOWN,
        canary=None,
        heartbeat=None,
        web=Web("127.0.0.1", 8080),
        state=StateRules(Path("/var/lib/murphyd"), OnDamage.CARRY_ON),
    )


def arrived(*fields: str, sender: str = JAN, to: str = "incidents@acme.example", body: str = "ACCEPT") -> Inbound:
    """A mail with `fields` above its own, in the order in which servers put them."""
    own = (f"From: {sender}", f"To: {to}", "Subject: Re: MI-7", "Date: Mon, 23 Nov 2026 09:00:00 +0000")
    return parse_email("\r\n".join((*fields, *own, "", body, "")).encode())


def judged(
    inbound: Inbound,
    *,
    vouched: bool = True,
    dkim: Verifier | None = None,
    boxes: tuple[Mailbox, ...] = (),
    mailbox: str = "",
    now: datetime = NOW,
) -> Identity:
    return identify(inbound, PEOPLE, settings(*boxes), TOKENS, now, vouched=vouched, dkim=dkim, mailbox=mailbox)
