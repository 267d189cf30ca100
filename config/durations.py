"""Durations as they are written: `90s`, `5m`, `2h`, `3d`. Whole seconds, one unit."""

import re
from datetime import timedelta

from config.faults import Wrong, shown

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_FORM = re.compile(r"([0-9]{1,9})([smhd])", re.ASCII)
LONGEST = timedelta(days=3660)


def parse_duration(text: object) -> timedelta:
    """The duration written in `text`. Raises Wrong."""
    form = _FORM.fullmatch(text) if isinstance(text, str) else None
    if form is None:
        raise Wrong(f"{shown(text)} is no duration", 'write a whole number and a unit, as in "90s", "5m", "2h" or "3d"')
    seconds = int(form[1]) * _SECONDS[form[2]]
    if seconds > LONGEST.total_seconds():
        raise Wrong(f"{shown(text)} is too long", f'write at most "{LONGEST.days}d"')
    return timedelta(seconds=seconds)


def format_duration(duration: timedelta) -> str:
    """The shortest exact writing, in the largest unit that divides it; parts of a second are dropped.

    Raises ValueError for a negative one, which has no writing.
    """
    if duration < timedelta(0):
        raise ValueError("a duration is never negative")
    seconds = duration // timedelta(seconds=1)
    unit = next(u for u in "dhms" if seconds % _SECONDS[u] == 0) if seconds else "s"
    return f"{seconds // _SECONDS[unit]}{unit}"
