"""What this machine can tell: its time zone, its language, and a disk for the state."""

import os
from collections.abc import Iterator
from pathlib import Path

from config.faults import Wrong
from config.fields import language as parsed_language
from config.fields import zone as parsed_zone
from daemon.checking.place import IN_MEMORY, MOUNTS, file_system

SPOKEN = ("en", "nl", "fr", "de", "es")
"""The languages that there are templates in."""

USUAL_STATE = Path("/var/lib/murphyd")
LOCALTIME = Path("/etc/localtime")
_ZONES = "/zoneinfo/"


def zone() -> str:
    """The IANA name of the machine's time zone; "UTC" where it cannot be known."""
    target = os.path.realpath(LOCALTIME)
    for name in (os.environ.get("TZ", "").removeprefix(":"), target.partition(_ZONES)[2]):
        try:
            if name:
                return parsed_zone(name.removeprefix("posix/"))
        except Wrong:
            continue
    return "UTC"


def language() -> str:
    """The language of who is at the keyboard, if there are templates in it; else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if spoken := os.environ.get(name, ""):
            try:
                found = parsed_language(spoken.partition(".")[0].partition("_")[0])
            except Wrong:
                return "en"
            return found if found in SPOKEN else "en"
    return "en"


def state_for(folder: Path) -> Path:
    """Where the state of a configuration in `folder` can lie: a folder that this user can write to, on a disk."""
    places = list(_places(folder))
    return next((place for place in places if _usable(place)), places[0])


def _places(folder: Path) -> Iterator[Path]:
    if folder == Path("/etc/murphyd"):
        yield USUAL_STATE
    yield folder.with_name(f"{folder.name}-state")
    yield Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "murphyd"
    yield USUAL_STATE


def _usable(place: Path) -> bool:
    try:
        there = next(path for path in (place, *place.parents) if path.exists())
    except PermissionError:
        return False
    return os.access(there, os.W_OK | os.X_OK) and file_system(there, MOUNTS) not in IN_MEMORY
