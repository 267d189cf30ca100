"""Who wrote an inbound message, and what shows it. A name or a From header alone shows nothing.

1. The contact is the one whose address or number, exactly as on file, the message came from.
2. Mail from more than one From, or with a Sender that differs, has no evidence.
3. Where our own server says that authentication failed, nothing else counts.
4. Strongest first: a reply token issued to this contact; the verified domain of the contact's address.
5. A text or a call counts by its number, if the way in vouches for it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from config.types import Mailbox, People, Settings
from daemon.core.identity import Evidence, Identity
from daemon.identity.authentication import Verdict, judge
from daemon.identity.signature import Verifier
from daemon.identity.tokens import Claim, Refusal, Tokens, find_tokens, referred
from parsers.types import Inbound, Medium

_MAX_TOKENS = 20


def identify(
    inbound: Inbound,
    people: People,
    settings: Settings,
    tokens: Tokens,
    now: datetime,
    *,
    vouched: bool,
    dkim: Verifier | None,
    mailbox: str = "",
) -> Identity:
    """`vouched`: a validly signed webhook, an authenticated poll, our own modem, the console's socket.

    `dkim` is asked only where the server's own word does not settle it. `mailbox` names the one that the mail came
    in by, so that only its server's word counts; "" takes that of any of ours.
    """
    name, address = inbound.sender.name, inbound.sender.address
    match inbound.medium:
        case Medium.EMAIL:
            return _by_mail(inbound, people, settings, tokens, now, dkim, mailbox)
        case Medium.SMS | Medium.VOICE:
            contact = people.by_phone.get(address)
            if not vouched:
                return Identity(contact, address, name, Evidence.NONE, refused=("the way in vouches for no number",))
            return Identity(contact, address, name, Evidence.NUMBER if contact else Evidence.NONE)
        case Medium.CONSOLE:
            contact = address if address in people.contacts else _on_file(people, address)
            if not vouched:
                return Identity(contact, address, name, Evidence.NONE, refused=("not by the console's socket",))
            return Identity(contact, address, name, Evidence.CONSOLE)


def thread(inbound: Inbound, settings: Settings) -> tuple[str, int] | None:
    """The incident ("" for none) and notice that a mail refers to, whoever sent it; None if to nothing of ours.

    Proves nothing: any reader of a mail of ours can refer to it.
    """
    return next((reference for token in _tokens(inbound, settings.mailboxes) if (reference := referred(token))), None)


def _by_mail(
    inbound: Inbound,
    people: People,
    settings: Settings,
    tokens: Tokens,
    now: datetime,
    dkim: Verifier | None,
    mailbox: str,
) -> Identity:
    address = inbound.sender.address
    name = inbound.sender.name
    writers = {sender.address for sender in inbound.senders}
    if writers != {address}:
        several = ("more than one From, or a Sender that differs",)
        return Identity(None, address, name, Evidence.NONE, refused=several, doubtful=True)
    contact = _on_file(people, address)
    domain = address.rpartition("@")[2]
    boxes = [box for box in settings.mailboxes if mailbox in {"", box.name}]
    trusted = frozenset(box.authserv_id.lower() for box in boxes if box.authserv_id)
    verdict, why = judge(inbound.authentication_results, trusted, domain)
    refused = [why] if why else []
    if verdict is Verdict.FAILED:
        return Identity(contact, address, name, Evidence.NONE, refused=tuple(refused), doubtful=True)
    known = Identity(contact, address, name, Evidence.NONE, verified=verdict is Verdict.PASSED)
    for token in _tokens(inbound, settings.mailboxes):
        match tokens.claim(token, contact or address, now):
            case Claim(incident, notice):
                return replace(known, evidence=Evidence.TOKEN, incident=incident, notice=notice, refused=tuple(refused))
            case Refusal(reason):
                refused.append(reason)
    if known.verified or (dkim is not None and address.isascii() and dkim(domain)):
        return replace(known, evidence=Evidence.DOMAIN, verified=True, refused=tuple(refused))
    return replace(known, refused=tuple(refused) or ("nothing vouches for the From address",))


def _on_file(people: People, address: str) -> str | None:
    """Byte for byte: a look-alike letter makes another address."""
    return people.by_email.get(address)


def _tokens(inbound: Inbound, mailboxes: Iterable[Mailbox]) -> tuple[str, ...]:
    """The address replied to first, then the messages referred to, the nearest first."""
    recipients = [recipient.address for recipient in inbound.recipients]
    return find_tokens(recipients, reversed(inbound.references), mailboxes)[:_MAX_TOKENS]
