"""Times and durations as the recipient reads them: in their zone and language, by Babel's CLDR data."""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_timezone_location
from babel.lists import format_list

_CLOCK_OF_24_HOURS = {"en": "en_GB"}
_DAY = {"en": "EEEE d MMMM y"}
_FIRST_DAY = {"fr": "EEEE d'er' MMMM y"}
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/GMT", "GMT", "UCT", "Zulu", "Etc/Zulu", "Etc/Universal"})


def locale_of(language: str) -> Locale:
    """The CLDR locale of a language; English where Babel does not know it."""
    try:
        return Locale.parse(_CLOCK_OF_24_HOURS.get(language, language).replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_GB")


def zone_of(name: str, otherwise: str) -> ZoneInfo:
    """The time zone `name`, else `otherwise`, else UTC."""
    for candidate in (name, otherwise):
        try:
            return ZoneInfo(candidate)
        except (ValueError, OSError, LookupError):
            continue
    return ZoneInfo("UTC")


def place(zone: ZoneInfo, moment: datetime, locale: Locale) -> str:
    """What a person calls the zone: its city, or its offset where it has none.

    In the hour that the end of summer time repeats, the offset tells which of the two is meant.
    """
    if zone.key in _UTC:
        return "UTC"
    if "/" not in zone.key or zone.key.startswith("Etc/") or _twice(moment.astimezone(zone)):
        minutes = int((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds() // 60)
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return get_timezone_location(zone, locale=locale, return_city=True)


def _twice(local: datetime) -> bool:
    """Whether clocks show this time twice that day (PEP 495)."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def clock(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Hours and minutes."""
    return format_time(moment, "short", tzinfo=zone, locale=locale)


def day(moment: datetime, now: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Its day, where that is not the day of `now` in the zone; else ""."""
    if moment.astimezone(zone).date() == now.astimezone(zone).date():
        return ""
    return format_skeleton("MMMEd", moment, tzinfo=zone, locale=locale)


def written(day: date, locale: Locale) -> str:
    """A day in full, with its weekday and year: Tuesday 1 December 2026."""
    pattern = _DAY.get(locale.language, "full")
    return format_date(day, _FIRST_DAY.get(locale.language, pattern) if day.day == 1 else pattern, locale=locale)


def duration(length: timedelta, locale: Locale) -> str:
    """Whole days, hours and minutes ("1 hour 30 minutes"); seconds only below a minute."""
    seconds = max(int(length.total_seconds()), 0)
    if seconds < 60:
        return _part(seconds, "second", 1, locale)
    minutes = round(seconds / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    counts = ((days, "day", 86400), (hours, "hour", 3600), (minutes, "minute", 60))
    return " ".join(_part(count, unit, size, locale) for count, unit, size in counts if count)


def _part(count: int, unit: str, seconds: int, locale: Locale) -> str:
    # Babel rounds to the next larger unit above its threshold: one that is never reached keeps the unit.
    length = timedelta(seconds=count * seconds)
    return format_timedelta(length, granularity=unit, threshold=10_000, locale=locale)  # type: ignore[arg-type]


def joined(names: list[str], locale: Locale, style: Literal["standard", "or"] = "standard") -> str:
    """Names as a sentence lists them: Ann, Bob and Cy; or: Ann, Bob or Cy."""
    return format_list(names, style=style, locale=locale) if names else ""
