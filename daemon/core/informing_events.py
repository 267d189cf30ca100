"""What is said to the audiences, when the next word is due, and what they write back. A part of the timeline.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Updated:
    incident: str
    at: datetime
    by: str
    words: str
    management: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """The update goes out at `when`, unless its sender corrects it before."""

    incident: str
    at: datetime
    by: str
    words: str
    management: str
    when: datetime
    resolve: bool = False
    """Whether it ends the incident."""


@dataclass(frozen=True, slots=True)
class PreviewStopped:
    """What waited does not go out."""

    incident: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice went to an audience, and promised the next one by `due` (None: the last one)."""

    incident: str
    at: datetime
    notice: int
    kind: str
    audience: str
    people: int
    due: datetime | None


@dataclass(frozen=True, slots=True)
class IntervalSet:
    incident: str
    at: datetime
    by: str
    audiences: tuple[str, ...]
    every: timedelta


@dataclass(frozen=True, slots=True)
class Reminded:
    """The manager was reminded of the updates promised to these audiences."""

    incident: str
    at: datetime
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """No update came in time for these audiences, and none is sent in its place; the promise moves on."""

    incident: str
    at: datetime
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Nobody hears at the interval of these audiences any more: there is nothing left to promise them."""

    incident: str
    at: datetime
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply without a verb: kept, counted, answered once."""

    incident: str
    at: datetime
    by: str
    raw: str


InformingEvent = Updated | Previewed | PreviewStopped | Told | IntervalSet | Reminded | Missed | Lapsed | Heard
