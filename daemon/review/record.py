"""What a report is made of. Everything else in the review is computed from it, and reads nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config.types import Configuration
from daemon.core.events import Event, Proposed
from daemon.core.notices import Notice
from daemon.history import History
from daemon.render.times import zone_of


@dataclass(frozen=True, slots=True)
class Record:
    """`history` is the incident's own. `health` are the notices by which the operators heard of channels, in order.

    `past` are the timelines of the last incidents before it, the newest first. `now` is when the report is written.
    """

    configuration: Configuration
    history: History
    health: tuple[Notice, ...]
    past: tuple[tuple[Event, ...], ...]
    now: datetime

    @property
    def events(self) -> tuple[Event, ...]:
        return self.history.events

    @property
    def needs(self) -> Mapping[str, int]:
        """How many of each discipline, as it is configured now."""
        return {discipline.name: discipline.need for discipline in self.configuration.procedure.disciplines}

    @property
    def zone(self) -> ZoneInfo:
        """The organization's."""
        return zone_of(self.configuration.settings.organization.timezone, "UTC")

    def name(self, who: str) -> str:
        """A person's name; "" for Murphy itself. Of a telephone not on file only the end is told."""
        contact = self.configuration.people.contacts.get(who)
        if contact is not None:
            return contact.name
        proposed = next((one for one in self.events if isinstance(one, Proposed)), None)
        if proposed is not None and who and who == proposed.by and proposed.name and proposed.name != who:
            return proposed.name
        return f"somebody not on file (telephone …{who[-2:]})" if who.startswith("+") else who
