"""Who is called to work on it, who joins and leaves, and where they meet. A part of the timeline.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TeamCalled:
    """These disciplines are needed; by "" as the service needs them."""

    incident: str
    at: datetime
    by: str
    disciplines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paged:
    """An engineer was called; `until` then the next one is. `discipline` is "" where called by name."""

    incident: str
    at: datetime
    by: str
    contact: str
    discipline: str
    until: datetime


@dataclass(frozen=True, slots=True)
class EngineerJoined:
    incident: str
    at: datetime
    by: str
    discipline: str


@dataclass(frozen=True, slots=True)
class EngineerDeclined:
    """Before joining, or by leaving."""

    incident: str
    at: datetime
    by: str
    discipline: str
    words: str


@dataclass(frozen=True, slots=True)
class EngineerSilent:
    incident: str
    at: datetime
    contact: str
    discipline: str


@dataclass(frozen=True, slots=True)
class Released:
    """No longer needed: by the manager's word, or by "" as enough have joined."""

    incident: str
    at: datetime
    by: str
    contact: str


@dataclass(frozen=True, slots=True)
class DisciplineReleased:
    """Nobody more is called in this discipline: by the manager's word, or by "" as no affected service needs it."""

    incident: str
    at: datetime
    by: str
    discipline: str


@dataclass(frozen=True, slots=True)
class DisciplineExhausted:
    """Nobody is left to call in this discipline, and `missing` more are needed."""

    incident: str
    at: datetime
    discipline: str
    missing: int


@dataclass(frozen=True, slots=True)
class BridgeSet:
    """Where people meet from now on: a configured bridge's name, or the manager's own words.

    `gone` is the bridge given up, and `reason` why, where Murphy or the manager gave one up.
    """

    incident: str
    at: datetime
    by: str
    bridge: str
    words: str = ""
    gone: str = ""
    reason: str = ""


TeamEvent = (
    TeamCalled
    | Paged
    | EngineerJoined
    | EngineerDeclined
    | EngineerSilent
    | Released
    | DisciplineReleased
    | DisciplineExhausted
    | BridgeSet
)
