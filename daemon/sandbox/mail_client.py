"""A person's mail program: writes a new mail, or a reply with the quotation that real programs add."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from config.types import Contact

AUTHENTICATED = "mx.acme.example; dmarc=pass header.from=acme.example"
"""What the organization's own mail server adds to mail that its people send."""


def read(raw: bytes) -> EmailMessage:
    """A mail that Murphy sent, as its reader's program has it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()).replace("\r\n", "\n").strip() if body else ""


def new_mail(sender: Contact, to: str, subject: str, body: str, at: datetime, number: int) -> bytes:
    message = _mail(sender, to, subject, body, at, number)
    return message.as_bytes(policy=policy.SMTP)


def reply(sender: Contact, original: EmailMessage, body: str, at: datetime, number: int) -> bytes:
    """A reply above the quotation, to where the original asks for it."""
    to = str(original["Reply-To"] or original["From"])
    quoted = "\n".join(f"> {line}" for line in text_of(original).splitlines())
    wrote = f"On {at:%a, %d %b %Y at %H:%M}, {original['From']} wrote:"
    subject = str(original["Subject"])
    subject = subject if subject.startswith("Re: ") else f"Re: {subject}"
    message = _mail(sender, to, subject, f"{body}\n\n{wrote}\n\n{quoted}\n", at, number)
    message["In-Reply-To"] = original["Message-ID"]
    message["References"] = " ".join(filter(None, (original["References"], original["Message-ID"])))
    return message.as_bytes(policy=policy.SMTP)


def _mail(sender: Contact, to: str, subject: str, body: str, at: datetime, number: int) -> EmailMessage:
    address = sender.emails[0]
    message = EmailMessage()
    message["Authentication-Results"] = AUTHENTICATED
    message["From"] = f"{sender.name} <{address}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{number}.{address}>"
    message.set_content(body)
    return message
