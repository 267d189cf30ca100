"""All that Murphy knows, in memory. Only `apply` changes it; everybody else reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from config.types import Configuration, Contact, Procedure
from daemon.core import events as e
from daemon.core.delivery import Delivery, Ended
from daemon.core.facts import Barred, Draft, NextDrill, Rostered, Source, Stopped
from daemon.core.health import Health
from daemon.core.heard import Heard, What
from daemon.core.model import OPEN, Incident
from daemon.core.notices import Notice
from daemon.core.tally import Tally


@dataclass(slots=True)
class State:
    configuration: Configuration
    incidents: dict[str, Incident] = field(default_factory=dict)
    timelines: dict[str, list[e.Event]] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    """How many events of a timeline were lost by damage; their places are not given again."""
    notices: dict[int, Notice] = field(default_factory=dict)
    tallies: dict[int, Tally] = field(default_factory=dict)
    deliveries: dict[int, dict[str, Delivery]] = field(default_factory=dict)
    stopped: dict[int, Stopped] = field(default_factory=dict)
    refs: dict[str, tuple[int, str]] = field(default_factory=dict)
    used_refs: dict[str, int] = field(default_factory=dict)
    """Of texts and calls that are over, to their notice: an equal, later text must not be taken for one of them."""
    told: dict[str, dict[str, datetime]] = field(default_factory=dict)
    answered: dict[str, set[str]] = field(default_factory=dict)
    """By incident: who has written plain words since it was last reopened, and has been answered once."""
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    barred: dict[tuple[str, str], Barred] = field(default_factory=dict)
    spent: set[tuple[int, str]] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)
    handled: dict[str, datetime] = field(default_factory=dict)
    health: dict[str, Health] = field(default_factory=dict)
    calls: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    """When a number was last called, MOST_CALLS times at most."""
    unwatched: set[str] = field(default_factory=set)
    """The ways in that the operators know to be down."""
    ailing: set[str] = field(default_factory=set)
    """The parts of Murphy itself that the operators know to fail."""
    heard: dict[What, Heard] = field(default_factory=dict)
    """Of each channel, way in and part that was ever down."""
    back: dict[What, datetime] = field(default_factory=dict)
    """When a way in or a part worked again; not after a restart."""
    findings: frozenset[str] = frozenset()
    """What the last check found, as told to the operators."""
    bridges: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Of those whose address did not answer when it was last tried: how often in a row, and why."""
    disk_down: bool = False
    procedure_version: str = ""
    """Of the written procedure that the managers were mailed last."""
    drilled: dict[int, dict[str, Ended]] = field(default_factory=dict)
    """How the deliveries of an exercise's notices ended, by notice and contact, for its report."""
    next_drills: dict[bool, NextDrill] = field(default_factory=dict)
    """By whether it is a roll call."""
    asked: list[int] = field(default_factory=list)
    """The notices by which somebody was asked to decide, in order."""
    rosters: dict[str, Rostered] = field(default_factory=dict)
    """By list: who is on duty, as its calendar last said."""
    last_incident: int = 0
    last_drill: int = 0
    last_notice: int = 0
    last_chunk: int = 0
    limited: dict[tuple[str, ...], tuple[Configuration, Configuration]] = field(default_factory=dict)
    """The whole and the limited configuration of the last lists that an exercise was for: reckoned once for it."""
    places: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict)
    """By recipients: the place of each in a tally, the same for all notices to the same people."""
    open_notices: set[int] = field(default_factory=set)
    """The notices of which a delivery has not ended."""

    @property
    def procedure(self) -> Procedure:
        return self.configuration.procedure

    def person(self, who: str) -> Contact:
        """The contact of this id, or one made of an address that is not on file."""
        known = self.configuration.people.contacts.get(who)
        if known is not None:
            return known
        organization = self.configuration.settings.organization
        phone = who.startswith("+")
        return Contact(
            id=who,
            name=who,
            emails=() if phone else (who,),
            phones=(who,) if phone else (),
            lists=(),
            language=organization.language,
            timezone=organization.timezone,
        )

    def name(self, who: str) -> str:
        return self.person(who).name if who else ""

    def over(self, number: int, contact: str) -> bool:
        """Whether nothing more is tried of this notice for this contact."""
        tally = self.tallies.get(number)
        return tally is None or number in self.stopped or tally.ended(contact)

    def open_incidents(self) -> Iterator[Incident]:
        return (incident for incident in self.incidents.values() if incident.status in OPEN)

    def unfinished(self) -> Iterator[Notice]:
        """Notices of which a delivery has not ended."""
        return (self.notices[number] for number in sorted(self.open_notices))
