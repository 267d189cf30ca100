"""What the organization wrote down, as frozen values: people, how to reach the world, the procedure.

Standard library only. Durations are timedelta, addresses lower case, phones E.164.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

Rung = tuple[str, ...]
"""Channels tried together."""

Ladder = tuple[Rung, ...]
"""Rungs in order; a rung is tried when the one before it fails."""

MANAGERS = "incident-managers"
OPERATORS = "operators"


class Security(StrEnum):
    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Auth(StrEnum):
    PASSWORD = "password"
    XOAUTH2 = "xoauth2"


class OnDamage(StrEnum):
    CARRY_ON = "carry-on"
    STOP = "stop"


class Decide(StrEnum):
    """Evidence that deciding and broadcasting verbs need."""

    KNOWN = "known"
    CODE = "code"


class Unknown(StrEnum):
    """What becomes of a proposal from someone who may not propose."""

    HOLD = "hold"
    REFUSE = "refuse"


class Undecided(StrEnum):
    KEEP_ASKING = "keep-asking"
    ACCEPT = "accept"


class Detail(StrEnum):
    PUBLIC = "public"
    MANAGEMENT = "management"


class OnSilence(StrEnum):
    HOLDING = "holding"
    REMIND = "remind"


class Inway(StrEnum):
    """How texts come in from Twilio."""

    POLL = "poll"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that is never printed."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Reach:
    """A channel by which a person wants to be reached: from `start` to `end` in their zone, or always."""

    channel: str
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. `id` is the first email, else the first phone. `reach` is empty for whom any channel will do."""

    id: str
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    lists: tuple[str, ...]
    language: str
    timezone: str
    reach: tuple[Reach, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in contacts.csv. `lists` maps a list's name to contact ids, in the file's order."""

    contacts: Mapping[str, Contact]
    lists: Mapping[str, tuple[str, ...]]
    by_email: Mapping[str, str]
    by_phone: Mapping[str, str]

    def on(self, name: str) -> tuple[str, ...]:
        return self.lists.get(name, ())


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    timezone: str
    language: str


@dataclass(frozen=True, slots=True)
class OAuth:
    """XOAUTH2 by refresh token (RFC 6749 section 6)."""

    token_url: str
    client_id: str
    client_secret: Secret | None
    refresh_token: Secret
    scope: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    name: str
    address: str
    host: str
    port: int
    security: Security
    username: str
    auth: Auth
    password: Secret | None
    oauth: OAuth | None
    folder: str
    done: str
    max_age: timedelta
    subaddress: str
    authserv_id: str
    ca_file: Path | None


@dataclass(frozen=True, slots=True)
class Relay:
    """`sender` is the From header, a name-addr or "" for the first mailbox's address."""

    name: str
    host: str
    port: int
    security: Security
    username: str
    auth: Auth
    password: Secret | None
    oauth: OAuth | None
    sender: str
    sessions: int
    ca_file: Path | None
    per_minute: int = 0
    """Mails a minute at most; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class Twilio:
    account_sid: str
    auth_token: Secret
    number: str
    api_base: str
    inbound: tuple[Inway, ...]
    poll_every: timedelta
    public_url: str
    per_second: int = 0
    """Texts a second at most; 0 for no limit but the provider's answers."""


@dataclass(frozen=True, slots=True)
class Gsm:
    number: str
    inbox: Path
    outbox: Path
    sent: Path
    error: Path
    per_minute: int


@dataclass(frozen=True, slots=True)
class Other:
    """A named channel by an Apprise URL, in which `{contact.email}` and the like are filled in."""

    name: str
    url: Secret


@dataclass(frozen=True, slots=True)
class Canary:
    every: timedelta
    phone: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """`url` may have a secret in its path."""

    url: Secret
    every: timedelta


@dataclass(frozen=True, slots=True)
class Web:
    """`public_url` is where it is reached from elsewhere, "" where Twilio's is, or it is not.

    `metrics` is a host and port for the figures alone.
    """

    host: str
    port: int
    public_url: str = ""
    metrics: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class StatusPage:
    """Public pages as files in `directory`, which people find at `url`; what has ended stays for `keep`."""

    directory: Path
    url: str
    keep: timedelta


@dataclass(frozen=True, slots=True)
class StateRules:
    """Incidents that ended `archive_after` ago leave the working state for a file each; messages as they came in
    are kept for `keep_raw`."""

    directory: Path
    on_damage: OnDamage
    archive_after: timedelta = timedelta(days=90)
    keep_raw: timedelta = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Propose:
    """`senders` are shell patterns of addresses that may propose by email.

    Proposals that look the same within `same_within` are asked about; zero for never.
    """

    senders: tuple[str, ...]
    unknown: Unknown
    decide_by: timedelta
    undecided: Undecided
    same_within: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class DecideRung:
    """One rung of the decide ladder: at `after`, the list `who` is asked by `via`."""

    after: timedelta
    who: str
    via: Ladder
    repeat: timedelta | None


@dataclass(frozen=True, slots=True)
class Audience:
    name: str
    lists: tuple[str, ...]
    detail: Detail
    every: timedelta
    via: Ladder
    confidential: bool = False
    """Told of confidential incidents too, without their content; the others are not."""


@dataclass(frozen=True, slots=True)
class UpdateRules:
    remind_before: timedelta
    on_silence: OnSilence
    preview: timedelta


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in the recipient's zone; `start` after `end` spans midnight."""

    start: time
    end: time
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    public_name: str
    impact: str
    aliases: tuple[str, ...]
    disciplines: tuple[str, ...]
    disables: tuple[str, ...]
    confidential: bool


@dataclass(frozen=True, slots=True)
class Discipline:
    name: str
    list: str
    need: int
    answer_within: timedelta
    via: Ladder


@dataclass(frozen=True, slots=True)
class Bridge:
    name: str
    url: str
    phone: str
    pin: str
    depends_on: tuple[str, ...]
    check: bool = True
    """Whether Murphy tries its address before it sends people there."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who of a list is called first: by turns of a week from `starts` on, or as a calendar says.

    `rota` are addresses of its contacts; `calendar` is the path or https address of an iCalendar file (RFC 5545).
    """

    list: str
    rota: tuple[str, ...]
    starts: datetime | None
    calendar: str


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """A text of an urgent notice without a receipt by `receipt_within` counts as not arrived."""

    receipt_within: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class DrillRules:
    """An exercise, and a roll call, by itself this often, for these lists; None for never."""

    every: timedelta | None = None
    lists: tuple[str, ...] = ()
    roll_call_every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """`questions` are () for those of each language. They meet within `hours` of a working day, for `lasts`."""

    within: timedelta
    remind_every: timedelta
    hours: tuple[time, time] = (time(9), time(17))
    lasts: timedelta = timedelta(hours=1)
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """How long each may take: from the proposal to the decision and the first notice, from the acceptance to a whole
    team, from the proposal to the all-clear. None where there is no target.
    """

    decide: timedelta | None = None
    first_notice: timedelta | None = None
    team: timedelta | None = None
    resolve: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    propose: Propose
    decide: tuple[DecideRung, ...]
    audiences: tuple[Audience, ...]
    update: UpdateRules
    quiet: Quiet | None
    services: tuple[Service, ...]
    disciplines: tuple[Discipline, ...]
    bridges: tuple[Bridge, ...]
    review: Review
    duties: tuple[Duty, ...] = ()
    delivery: DeliveryRules = DeliveryRules()
    drill: DrillRules = DrillRules()
    targets: Targets = Targets()


@dataclass(frozen=True, slots=True)
class Settings:
    """murphyd.toml: how to reach the world."""

    organization: Organization
    mailboxes: tuple[Mailbox, ...]
    relays: tuple[Relay, ...]
    twilio: Twilio | None
    gsm: Gsm | None
    others: tuple[Other, ...]
    decide: Decide
    canary: Canary | None
    heartbeat: Heartbeat | None
    web: Web
    state: StateRules
    status_page: StatusPage | None = None

    @property
    def public_url(self) -> str:
        """Where the web server is reached from elsewhere; "" where it is not."""
        return self.web.public_url or (self.twilio.public_url if self.twilio else "")


@dataclass(frozen=True, slots=True)
class Configuration:
    """One whole, valid configuration folder."""

    settings: Settings
    procedure: Procedure
    people: People
    templates: Path
    """The organization's own templates; the folder need not exist."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the folder: where, what, and what would be right."""

    file: str
    key: str
    problem: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.problem}; {self.cure}"
