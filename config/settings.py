"""murphyd.toml: its keys, defaults and meanings, and how they become `types.Settings`."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from config import types
from config.fields import (
    Duration,
    Email,
    FilePath,
    Folder,
    Host,
    Line,
    Listen,
    LongDuration,
    OptionalBase,
    OptionalLine,
    OptionalSite,
    OptionalWebAddress,
    Phone,
    Port,
    SecretAddress,
    SecretText,
    Sender,
    Slug,
    WebAddress,
    Zone,
)
from config.fields import Language as LanguageCode

IMAP_PORT = {types.Security.TLS: 993, types.Security.STARTTLS: 143, types.Security.NONE: 143}
SMTP_PORT = {types.Security.TLS: 465, types.Security.STARTTLS: 587, types.Security.NONE: 25}


class Table(BaseModel):
    """A TOML table: only known keys, no conversion between types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Organization(Table):
    """Whose procedure it is."""

    name: Line = Field(description="as it appears in messages", examples=["Acme Retail"])
    timezone: Zone = Field(description="for contacts that have none of their own", examples=["Europe/Brussels"])
    language: LanguageCode = Field(default="en", description="for contacts that have none of their own")

    def frozen(self) -> types.Organization:
        return types.Organization(self.name, self.timezone, self.language)


class Account(Table):
    """What a mailbox and a relay have in common."""

    host: Host = Field(description="the server", examples=["mail.acme.example"])
    port: Port | None = Field(default=None, description="by default the usual one for `security`")
    security: Annotated[types.Security, Field(strict=False)] = Field(
        default=types.Security.TLS, description="`none` is accepted for this machine only"
    )
    auth: Annotated[types.Auth, Field(strict=False)] = Field(default=types.Auth.PASSWORD, description="how to log in")
    password: SecretText | None = Field(default=None, description='for `auth = "password"`')
    token_url: OptionalWebAddress = Field(default="", description="xoauth2: where access tokens are issued (RFC 6749)")
    client_id: OptionalLine = Field(default="", description="xoauth2: this client's id")
    client_secret: SecretText | None = Field(default=None, description="xoauth2: this client's secret, if any")
    refresh_token: SecretText | None = Field(default=None, description="xoauth2: the refresh token")
    scope: OptionalLine = Field(default="", description="xoauth2: the scope to ask for, where the issuer wants one")
    ca_file: FilePath | None = Field(
        default=None, description="a private authority: certificates (PEM) to trust in place of the system's"
    )

    def oauth(self) -> types.OAuth | None:
        if self.auth is not types.Auth.XOAUTH2 or self.refresh_token is None:
            return None
        return types.OAuth(self.token_url, self.client_id, self.client_secret, self.refresh_token, self.scope)


class Mailbox(Account):
    """Where proposals and replies arrive; more than one is allowed."""

    name: OptionalLine = Field(default="", description="may be left out where there is one: the address's local part")
    address: Email = Field(description="where people write to", examples=["incidents@acme.example"])
    username: OptionalLine = Field(default="", description="by default the address")
    folder: Line = Field(default="INBOX", description="the folder to watch")
    done: Line = Field(default="Done", description="where handled mail is moved")
    max_age: Duration = Field(
        default=timedelta(hours=1), description="an older proposal is held for the managers as a late one"
    )
    subaddress: OptionalLine = Field(
        default="+", description='what joins a reply token to our address; `""` where the server has none'
    )
    authserv_id: OptionalLine = Field(default="", description="whose Authentication-Results count (RFC 8601)")

    def frozen(self, folder: Path) -> types.Mailbox:
        return types.Mailbox(
            name=self.name or self.address.partition("@")[0],
            address=self.address,
            host=self.host,
            port=self.port or IMAP_PORT[self.security],
            security=self.security,
            username=self.username or self.address,
            auth=self.auth,
            password=self.password,
            oauth=self.oauth(),
            folder=self.folder,
            done=self.done,
            max_age=self.max_age,
            subaddress=self.subaddress,
            authserv_id=self.authserv_id,
            ca_file=folder / self.ca_file if self.ca_file else None,
        )


class Relay(Account):
    """An SMTP server to send through, in order of preference."""

    name: OptionalLine = Field(default="", description="may be left out where there is one: the host")
    username: OptionalLine = Field(default="", description="left out where the relay wants no login")
    sender: Sender = Field(default="", alias="from", description="the From header; else the first mailbox's address")
    sessions: int = Field(default=8, ge=1, le=100, description="connections at once")
    per_minute: int = Field(default=0, ge=0, le=1_000_000, description="mails a minute at most; 0 for no limit")

    def frozen(self, folder: Path) -> types.Relay:
        return types.Relay(
            name=self.name or self.host,
            host=self.host,
            port=self.port or SMTP_PORT[self.security],
            security=self.security,
            username=self.username,
            auth=self.auth,
            password=self.password,
            oauth=self.oauth(),
            sender=self.sender,
            sessions=self.sessions,
            ca_file=folder / self.ca_file if self.ca_file else None,
            per_minute=self.per_minute,
        )


class Twilio(Table):
    """Text messages and calls by Twilio."""

    account_sid: Line = Field(description="the account", examples=["AC…"])
    auth_token: SecretText = Field(description="its token")
    number: Phone = Field(description="the number that sends and receives", examples=["+32460000000"])
    api_base: WebAddress = Field(default="https://api.twilio.com", description="where the API is")
    inbound: list[Annotated[types.Inway, Field(strict=False)]] = Field(
        default=[types.Inway.POLL], description="how texts come in; both may be given"
    )
    poll_every: Duration = Field(default=timedelta(seconds=10), description="how often to look for texts")
    public_url: OptionalBase = Field(default="", description="for webhooks: where Twilio reaches `[web]`")
    per_second: int = Field(
        default=0, ge=0, le=1000, description="texts a second at most; 0 for no limit but the provider's answers"
    )

    def frozen(self) -> types.Twilio:
        return types.Twilio(
            account_sid=self.account_sid,
            auth_token=self.auth_token,
            number=self.number,
            api_base=self.api_base,
            inbound=tuple(dict.fromkeys(self.inbound)),
            poll_every=self.poll_every,
            public_url=self.public_url,
            per_second=self.per_second,
        )


class Gsm(Table):
    """A modem driven by gammu-smsd's files service."""

    number: Phone = Field(description="the number of its SIM", examples=["+32470009999"])
    inbox: Folder = Field(description="gammu-smsd's `inboxpath`", examples=["/var/spool/gammu/inbox/"])
    outbox: Folder = Field(description="gammu-smsd's `outboxpath`", examples=["/var/spool/gammu/outbox/"])
    sent: Folder = Field(description="gammu-smsd's `sentsmspath`", examples=["/var/spool/gammu/sent/"])
    error: Folder = Field(description="gammu-smsd's `errorsmspath`", examples=["/var/spool/gammu/error/"])
    per_minute: int = Field(default=20, ge=1, le=600, description="texts a minute, at most")

    def frozen(self) -> types.Gsm:
        return types.Gsm(self.number, self.inbox, self.outbox, self.sent, self.error, self.per_minute)


class Other(Table):
    """Any Apprise URL, as a channel with a name of its own."""

    name: Slug = Field(description="how `via` calls it", examples=["ntfy"])
    url: SecretText = Field(description="the URL, in which `{contact.email}` and the like are filled in")

    def frozen(self) -> types.Other:
        return types.Other(self.name, self.url)


class Security(Table):
    """How sure Murphy must be of who writes."""

    decide: Annotated[types.Decide, Field(strict=False)] = Field(
        default=types.Decide.KNOWN,
        description="what deciding and broadcasting verbs need. `known`: reply token, verified domain or known number; "
        "`code`: the code in our text as well",
    )


class Canary(Table):
    """A mail to our own mailbox, round trip, and a text, by its receipt."""

    every: Duration = Field(default=timedelta(minutes=15), description="how often")
    phone: Phone | None = Field(default=None, description="where the text goes; none is sent without it")

    def frozen(self) -> types.Canary:
        return types.Canary(self.every, self.phone or "")


class Heartbeat(Table):
    """A sign of life to whoever watches from outside, while all that must move on does."""

    url: SecretAddress = Field(description="the address that is asked for (GET): any dead man's switch")
    every: Duration = Field(default=timedelta(minutes=1), description="how often")

    def frozen(self) -> types.Heartbeat:
        return types.Heartbeat(self.url, self.every)


class Web(Table):
    """The board, health, metrics and webhooks."""

    listen: Listen = Field(default=("127.0.0.1", 8080), description="where to listen", examples=["127.0.0.1:8080"])
    public_url: OptionalSite = Field(
        default="",
        description="where people reach the board from elsewhere, if not at Twilio's `public_url`; it then asks "
        "everybody to log in",
        examples=["https://murphy.acme.example"],
    )
    metrics: Listen | None = Field(
        default=None,
        description="where `/metrics` is served as well, and nothing else of interest, to whoever gets there: on "
        "`listen` it is hidden as soon as there is a `public_url`",
        examples=["127.0.0.1:9464"],
    )

    def frozen(self) -> types.Web:
        return types.Web(*self.listen, self.public_url, self.metrics)


class StatusPage(Table):
    """Public pages as plain files, for any web server: what everybody may know of what is going on."""

    directory: Folder = Field(
        description="an existing folder that Murphy may write to; the web server needs to read it only",
        examples=["/srv/status"],
    )
    url: WebAddress = Field(description="where people find this folder", examples=["https://status.acme.example"])
    keep: LongDuration = Field(
        default=timedelta(days=14), description="how long an incident that has ended is shown, until it is archived"
    )

    def frozen(self) -> types.StatusPage:
        return types.StatusPage(self.directory, self.url, self.keep)


class State(Table):
    """Where Murphy keeps what happened."""

    directory: Folder = Field(default=Path("/var/lib/murphyd"), description="the folder")
    on_damage: Annotated[types.OnDamage, Field(strict=False)] = Field(
        default=types.OnDamage.CARRY_ON, description="damaged: go on with what can be read, or refuse to start"
    )
    archive_after: LongDuration = Field(
        default=timedelta(days=90), description="how long after its end an incident moves to a file of its own"
    )

    keep_raw: LongDuration = Field(
        default=timedelta(days=400),
        description="how long each message is kept as it came in; what was understood of it stays",
    )

    def frozen(self) -> types.StateRules:
        return types.StateRules(self.directory, self.on_damage, self.archive_after, self.keep_raw)


class SettingsFile(Table):
    """How to reach the world."""

    organization: Organization
    mailbox: list[Mailbox] = Field(default=[])
    relay: list[Relay] = Field(default=[])
    twilio: Twilio | None = None
    gsm: Gsm | None = None
    other: list[Other] = Field(default=[])
    security: Security = Security()
    canary: Canary | None = None
    heartbeat: Heartbeat | None = None
    web: Web = Web()
    status_page: StatusPage | None = None
    state: State = State()

    def frozen(self, folder: Path) -> types.Settings:
        return types.Settings(
            organization=self.organization.frozen(),
            mailboxes=tuple(m.frozen(folder) for m in self.mailbox),
            relays=tuple(r.frozen(folder) for r in self.relay),
            twilio=self.twilio.frozen() if self.twilio else None,
            gsm=self.gsm.frozen() if self.gsm else None,
            others=tuple(o.frozen() for o in self.other),
            decide=self.security.decide,
            canary=self.canary.frozen() if self.canary else None,
            heartbeat=self.heartbeat.frozen() if self.heartbeat else None,
            web=self.web.frozen(),
            state=self.state.frozen(),
            status_page=self.status_page.frozen() if self.status_page else None,
        )
