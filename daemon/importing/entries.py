"""A person as a file has them, and as contacts.csv could: every value judged, and what is no good left out by name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from config.faults import Wrong, shown
from config.fields import email_address, filled
from config.fields import language as parsed_language
from config.fields import zone as parsed_zone
from daemon.importing.numbers import e164

MOST = 200_000
"""People in one file: more is not an address book."""

MOST_VALUES = 10
"""Addresses, numbers or lists of one person."""


SUFFIXES = frozenset({"jr", "sr", "jr.", "sr.", "ii", "iii", "phd", "md"})


def turned(name: str) -> str:
    """The first name first: "Peeters, An" is An Peeters."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and "," not in first and first.casefold() not in SUFFIXES else name


@dataclass(frozen=True, slots=True)
class Entry:
    """Unjudged. `line` is where it begins, from 1."""

    line: int
    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    language: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that stays outside, or a value of one that is left out; `whole` tells which."""

    file: str
    line: int
    who: str
    reason: str
    whole: bool = True


@dataclass(slots=True)
class Found:
    """What one file holds. `columns` says which heading was taken for what; `guessed` that its encoding is not sure."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: str = "CSV"
    guessed: bool = False

    def refuse(self, line: int, who: str, reason: str) -> None:
        self.refused.append((line, who, reason))


@dataclass(frozen=True, slots=True)
class Person:
    """Judged: addresses lower case, numbers E.164. "" and () are what the file does not say."""

    file: str
    line: int
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    lists: tuple[str, ...] = ()
    language: str = ""
    timezone: str = ""


def judged(entry: Entry, file: str, timezone: str, country: str) -> tuple[Person | None, list[Refused]]:
    """The person, None where nothing reaches them, and what is wrong. Numbers without "+" are of `country`, else of
    the country of the person's or the organization's time zone.
    """
    wrong: list[Refused] = []
    who = " ".join(entry.name.split())[:80] or next(iter((*entry.emails, *entry.phones)), "")[:80]

    def each(values: tuple[str, ...], parse: Callable[[str], str]) -> Iterator[str]:
        for value in dict.fromkeys(value.strip() for value in values[:MOST_VALUES]):
            try:
                if value:
                    yield parse(value)
            except Wrong as fault:
                wrong.append(Refused(file, entry.line, who, fault.problem, whole=False))

    where = next(each((entry.timezone,), _zone), "")
    spoken = next(each((entry.language,), _language), "")
    emails = tuple(dict.fromkeys(each(entry.emails, email_address)))
    phones = tuple(dict.fromkeys(each(entry.phones, lambda text: e164(text, where or timezone, country))))
    lists = tuple(dict.fromkeys(each(entry.lists, _list)))
    name = next(each((entry.name,), lambda text: filled(" ".join(text.split()))), "") or (emails or phones or ("",))[0]
    if not emails and not phones:
        reason = "; ".join(one.reason for one in wrong)
        why = f"no email and no phone{f' that can be used: {reason}' if reason else ''}"
        return None, [Refused(file, entry.line, who or "?", why)]
    return Person(file, entry.line, name, emails, phones, lists, spoken, where), wrong


def _list(text: str) -> str:
    if ";" in text:
        raise Wrong(f"{shown(text)} cannot be a list's name", "")
    return filled(text)


@lru_cache(maxsize=1000)
def _zone(text: str) -> str:
    return parsed_zone(text)


@lru_cache(maxsize=1000)
def _language(text: str) -> str:
    return parsed_language(text.partition(",")[0].partition(";")[0])
