"""Tries each mailbox up to its folders, and each relay up to the envelope's sender."""

from collections.abc import Iterator
from contextlib import suppress
from email.utils import parseaddr
from functools import partial

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from channels.imap_client import ImapClient
from channels.resolver import Resolver
from channels.smtp_opening import abort, open_session
from channels.smtp_replies import Refused
from channels.smtp_settings import Deadlines
from channels.tls import expiry
from channels.words import clean
from config.types import Mailbox, Relay, Settings
from daemon.checking.trying import Broken, Tried, Try
from daemon.grants import Grants
from daemon.ways import login_of, relay_of

CONNECT = 10.0
COMMAND = 8.0
"""Seconds: until logged in, and for each answer from then on."""

SMALLEST = 200_000
"""Bytes that a message may need: both its forms in the longest language, and the written procedure."""


def of(settings: Settings, resolver: Resolver) -> Iterator[Try]:
    grants = Grants(resolver, settings.state.directory)
    for box in settings.mailboxes:
        cure = "correct the [[mailbox]], or have its server put right: nothing comes in by mail"
        yield Try(f"mailbox {box.name}", f"mailbox.{box.name}", partial(_mailbox, box, resolver, grants), cure)
    sender = settings.mailboxes[0].address if settings.mailboxes else ""
    for relay in settings.relays:
        cure = "correct the [[relay]], or have its server put right: no mail goes out by it"
        run = partial(_relay, relay, parseaddr(relay.sender)[1] or sender, resolver, grants)
        yield Try(f"relay {relay.name}", f"relay.{relay.name}", run, cure)


async def _mailbox(box: Mailbox, resolver: Resolver, grants: Grants) -> Tried:
    client = await ImapClient.connect(login_of(box, grants), resolver, CONNECT, COMMAND)
    try:
        expires = client.expires
        waiting = (await client.select(box.folder)).exists
        done = await client.exists(box.done)
    finally:
        await client.close()
    weak = []
    if not client.idles:
        problem = "its server does not offer IDLE (RFC 2177): mail is seen up to half a minute late"
        weak.append(("no-idle", problem, "use a server that does, if you can"))
    came = f"logged in, {box.folder} holds {waiting}, {box.done} {'is there' if done else 'will be made'}"
    return Tried(came, expires, tuple(weak))


async def _relay(relay: Relay, sender: str, resolver: Resolver, grants: Grants) -> Tried:
    try:
        client = await open_session(relay_of(relay, grants), Deadlines(CONNECT, COMMAND), resolver)
    except Refused as refused:
        raise Broken(refused.refusal.failure.reason) from None
    try:
        return await _envelope(client, relay, sender)
    finally:
        with suppress(SMTPException, OSError):
            await client.quit()
        abort(client)


async def _envelope(client: SMTP, relay: Relay, sender: str) -> Tried:
    """MAIL and RSET (RFC 5321): whether it takes mail from us, without sending any."""
    try:
        await client.mail(sender)
        await client.rset()
    except SMTPResponseException as refused:
        raise Broken(f"it takes no mail from {sender}: {refused.code} {clean(refused.message)}") from None
    except SMTPException:
        raise Broken("it broke off after the login") from None
    offers = {name.lower(): value for name, value in client.esmtp_extensions.items()}
    weak = []
    if "dsn" not in offers:
        problem = "does not offer DSN (RFC 3461): that a mail failed is known by its bounce only, if at all"
        weak.append(("no-dsn", problem, "have it switched on, if you can"))
    most = offers.get("size", "")
    if most.isdigit() and 0 < int(most) < SMALLEST:
        weak.append(("small-relay", f"takes at most {most} bytes a mail", "have the limit raised"))
    way = {"none": "in the clear", "tls": "TLS", "starttls": "STARTTLS"}[relay.security.value]
    login = "logged in" if relay.username else "without a login"
    extras = ", ".join(name.upper() for name in ("dsn", "pipelining") if name in offers)
    limit = f", at most {int(most) // 1_000_000} MB" if most.isdigit() and int(most) else ""
    return Tried(
        f"{way}, {login}, takes mail from {sender}{limit}" + (f", {extras}" if extras else ""),
        expiry(client.transport),
        tuple(weak),
    )
