"""Where the state lies and who is on file, for commands that only read.

Secrets are not needed for that, nor a folder without faults: only murphyd.toml must be readable, there or in the last
good copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.faults import ConfigurationFaults, Wrong
from config.files import CONTACTS, LARGEST_CONTACTS, SETTINGS, decode, read_regular, read_toml
from config.people import parse_people
from config.references import BUILT_IN
from config.types import People
from daemon.render.times import zone_of

LAST_GOOD = "configuration"
"""The last good copy of the configuration folder, in the state folder."""


@dataclass(frozen=True, slots=True)
class Place:
    """`zone` is the organization's."""

    state: Path
    people: People
    zone: ZoneInfo
    channels: frozenset[str] = frozenset()
    """Those that murphyd.toml has tables for."""

    def name(self, who: str) -> str:
        """A contact's name; an address not on file is its own."""
        contact = self.people.contacts.get(who)
        return contact.name if contact else who


def find(folder: Path, usual: Path) -> Place:
    """`usual` is the state folder where murphyd.toml names none. Raises ConfigurationFaults."""
    try:
        raw = read_toml(folder / SETTINGS)
    except Wrong as wrong:
        try:
            folder = usual / LAST_GOOD
            raw = read_toml(folder / SETTINGS)
        except Wrong:
            raise ConfigurationFaults((wrong.at(SETTINGS, ""),)) from None
    organization, state = _table(raw, "organization"), _table(raw, "state")
    named = state.get("directory")
    zone = zone_of(str(organization.get("timezone", "")), "UTC")
    directory = Path(named) if isinstance(named, str) and named.startswith("/") else usual
    people = _people(folder, str(organization.get("language", "en")), zone.key)
    return Place(directory, people, zone, frozenset(_channels(raw)))


def _channels(raw: dict[str, Any]) -> Iterator[str]:
    yield from (channel for channel, (_, tables) in BUILT_IN.items() if any(raw.get(table) for table in tables))
    others = raw.get("other")
    yield from (str(other.get("name", "")) for other in (others if isinstance(others, list) else ()))


def _table(raw: dict[str, Any], name: str) -> dict[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, dict) else {}


def _people(folder: Path, language: str, zone: str) -> People:
    """Everybody whose line can be read; nobody where the file cannot."""
    try:
        text = decode(read_regular(folder / CONTACTS, LARGEST_CONTACTS))
    except Wrong:
        return People({}, {}, {}, {})
    return parse_people(text, language, zone).people
