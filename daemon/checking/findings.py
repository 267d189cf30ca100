"""What `murphyd check` finds: a fault stops something from working, a weakness waits for the worst hour."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.types import Fault, People

MOST_NAMES = 3


class Severity(StrEnum):
    FAULT = "fault"
    WEAKNESS = "weakness"


@dataclass(frozen=True, slots=True)
class Weak:
    """What one rule sees at one place: its key in the file, what is weak, and the cure."""

    key: str
    problem: str
    cure: str


Weaks = Iterator[Weak]


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is "" for a fault of the configuration itself."""

    severity: Severity
    rule: str
    file: str
    key: str
    problem: str
    cure: str

    def __str__(self) -> str:
        return str(Fault(self.file, self.key, self.problem, self.cure))

    @classmethod
    def of_fault(cls, fault: Fault) -> "Finding":
        return cls(Severity.FAULT, "", fault.file, fault.key, fault.problem, fault.cure)


def names(people: People, who: Iterable[str]) -> str:
    """The first few names, and how many more."""
    everybody = [people.contacts[one].name for one in who]
    more = len(everybody) - MOST_NAMES
    return ", ".join(everybody[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def grouped(found: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """(group, member) pairs as the members of each group, in order."""
    groups: dict[str, list[str]] = {}
    for group, member in found:
        groups.setdefault(group, []).append(member)
    return groups
