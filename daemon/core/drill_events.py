"""Exercises: what makes an incident one, and how it ends. A part of the timeline.

`by` is a contact id, or an address of someone not on file, or "" for Murphy itself.
"""

from dataclasses import dataclass
from datetime import datetime

from daemon.core.model import Over


@dataclass(frozen=True, slots=True)
class DrillBegun:
    """It is an exercise, for the people on `lists` (none: everybody), that ends by itself at `until`."""

    incident: str
    at: datetime
    by: str
    lists: tuple[str, ...]
    until: datetime
    roll_call: bool


@dataclass(frozen=True, slots=True)
class DrillEnded:
    """Before anybody resolved it."""

    incident: str
    at: datetime
    by: str
    reason: Over


@dataclass(frozen=True, slots=True)
class RollCallEnded:
    """The time to answer is over."""

    incident: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrillReported:
    """The operators and managers were told who was reached."""

    incident: str
    at: datetime
    people: int
    reached: int
    answered: int


DrillEvent = DrillBegun | DrillEnded | RollCallEnded | DrillReported
