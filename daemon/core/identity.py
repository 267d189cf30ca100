"""Who wrote a message, and what shows it. Standard library only: the core decides on these."""

from dataclasses import dataclass
from enum import IntEnum


class Evidence(IntEnum):
    """What shows that a message is from who it says, weakest first."""

    NONE = 0
    NUMBER = 1
    """A number on file, by a way in that vouches for it."""
    DOMAIN = 2
    """DMARC, or DKIM aligned with the From domain, passed."""
    TOKEN = 3
    """A reply token that we issued to this person, from their own address."""
    CONSOLE = 4
    """The operator at the console."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`contact` is the id of the contact whose address or number this is; None for a stranger.

    `address` and `name` are as written. `incident` ("MI-7") and `notice` are those of a valid token of this
    contact; "" and None where there is none. `verified` is true where the domain of the address was verified, whatever
    else shows who wrote. `doubtful` is true where our own server says that authentication failed, or the message names
    more than one writer. `refused` says, for the log, why evidence did not count.
    """

    contact: str | None
    address: str
    name: str
    evidence: Evidence
    incident: str = ""
    notice: int | None = None
    refused: tuple[str, ...] = ()
    verified: bool = False
    doubtful: bool = False
