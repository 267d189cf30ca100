"""A configuration, readers and notices for the tests of rendering."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from channels.types import Call, Mail, Text
from config.types import (
    Auth,
    Configuration,
    Contact,
    Decide,
    Inway,
    Mailbox,
    OnDamage,
    OnSilence,
    Organization,
    People,
    Procedure,
    Propose,
    Relay,
    Review,
    Secret,
    Security,
    Settings,
    StateRules,
    Twilio,
    Undecided,
    Unknown,
    UpdateRules,
    Web,
)
from daemon.core.content import Content
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.example_incident import READER
from daemon.render.examples import full
from daemon.render.renderer import Renderer

LANGUAGES = ("en", "nl", "fr", "de", "es")
NOWHERE = Path("/nonexistent")
HOUR = timedelta(hours=1)


def mailbox(**changes: Any) -> Mailbox:
    box = Mailbox(
        name="incidents",
        address="incidents@acme.example",
        host="imap.acme.example",
        port=993,
        security=Security.TLS,
        username="incidents",
        auth=Auth.PASSWORD,
        password=None,
        oauth=None,
        folder="INBOX",
        done="Done",
        max_age=HOUR,
        subaddress="+",
        authserv_id="mx.acme.example",
        ca_file=None,
    )
    return replace(box, **changes)


def relay(sender: str) -> Relay:
    return Relay("primary", "smtp.acme.example", 587, Security.TLS, "", Auth.PASSWORD, None, None, sender, 8, None)


def calls(*inbound: Inway, public_url: str = "") -> Twilio:
    """Texts and calls; the ways in that are given."""
    every = timedelta(seconds=10)
    return Twilio("AC1", Secret("x"), "+32460000000", "https://api.twilio.com", inbound, every, public_url)


WEBHOOK = calls(Inway.WEBHOOK, public_url="https://murphy.acme.example")
POLLED = calls(Inway.POLL)


def configuration(
    *,
    templates: Path = NOWHERE,
    language: str = "en",
    organization: str = "Acme Retail",
    box: Mailbox | None = None,
    sender: str = "Acme Major Incidents <incidents@acme.example>",
    on_silence: OnSilence = OnSilence.HOLDING,
    twilio: Twilio | None = None,
) -> Configuration:
    settings = Settings(
        organization=Organization(organization, "Europe/Brussels", language),
        mailboxes=(box or mailbox(),),
        relays=(relay(sender),),
        twilio=twilio,
        gsm=None,
        others=(),
        decide=Decide.KNOWN,
        canary=None,
        heartbeat=None,
        web=Web("127.0.0.1", 8080),
        state=StateRules(NOWHERE, OnDamage.CARRY_ON),
    )
    procedure = Procedure(
        propose=Propose((), Unknown.HOLD, HOUR, Undecided.KEEP_ASKING),
        decide=(),
        audiences=(),
        update=UpdateRules(HOUR, on_silence, timedelta()),
        quiet=None,
        services=(),
        disciplines=(),
        bridges=(),
        review=Review(HOUR, HOUR),
    )
    return Configuration(settings, procedure, People({}, {}, {}, {}), templates)


def token(notice: Notice, contact: str) -> str:
    return f"t{notice.id}-{contact.partition('@')[0]}"


@cache
def renderer(**choices: Any) -> Renderer:
    return Renderer(configuration(**choices), token)


def reader(**changes: Any) -> Contact:
    return replace(READER, **changes)


def saying(kind: Kind, **content: Any) -> Notice:
    """The full example of a kind, with other content."""
    notice = full(kind)
    return replace(notice, content=replace(notice.content, **content))


def only(kind: Kind, **content: Any) -> Notice:
    """A notice with this content and no other."""
    return replace(full(kind), content=Content(**content))


def mail(notice: Notice, who: Contact = READER, **choices: Any) -> Mail:
    message = renderer(**choices).render(notice, who, "email", who.emails[0])
    assert isinstance(message, Mail)
    return message


def text(notice: Notice, who: Contact = READER, **choices: Any) -> str:
    message = renderer(**choices).render(notice, who, "sms", who.phones[0])
    assert isinstance(message, Text)
    return message.body


def call(notice: Notice, who: Contact = READER, **choices: Any) -> Call:
    message = renderer(**choices).render(notice, who, "voice", who.phones[0])
    assert isinstance(message, Call)
    return message
