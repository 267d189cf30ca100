"""How to reach and use the relays: plain values, in seconds where they are times."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from channels.oauth import Tokens


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """How to reach and use one relay. With auth "xoauth2", `token` gives access tokens."""

    name: str
    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str = ""
    password: str = field(default="", repr=False)
    auth: Literal["password", "xoauth2"] = "password"
    token: Tokens | None = field(default=None, repr=False)
    ca_file: Path | None = None
    sessions: int = 8


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: for a session to be ready for mail, for the answer to one command, and to the message itself."""

    connect: float = 5.0
    command: float = 8.0
    message: float = 10.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: the first and the longest pause before a probe, how long an unused session is kept, and how long
    messages wait for the one that tries a relay which is back.
    """

    first: float = 1.0
    longest: float = 60.0
    idle: float = 60.0
    trial: float = 3.0
