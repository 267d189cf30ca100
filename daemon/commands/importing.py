"""`murphyd contacts import`: people from other programs' files, shown before they are written."""

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from config.faults import ConfigurationFaults, Wrong
from config.files import CONTACTS, LARGEST_CONTACTS, SETTINGS, Missing, decode, read_regular, read_toml
from config.people import USUAL, parse_people
from config.types import People
from daemon.commands.console import on_terminal, say_json
from daemon.commands.import_report import document, end, show
from daemon.commands.progress import progress
from daemon.console.requests import Refusal
from daemon.importing.comparing import Plan, compared
from daemon.importing.entries import Found, Person, Refused, judged
from daemon.importing.headings import FIELDS
from daemon.importing.reading import LARGEST, read_people
from daemon.importing.writing import merged, new_faults, replace_contacts

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """`columns` as FIELD=HEADING; `lists`, separated by commas, for who is new; `country` (ISO 3166) of numbers."""

    columns: tuple[str, ...] = ()
    lists: str = ""
    country: str = ""
    removes: bool = False


def import_contacts(folder: Path, files: Sequence[Path], wanted: Wanted, *, sure: bool, as_json: bool) -> int:
    """0: written, or nothing to do; 1: rows were refused, or nobody said yes.

    Raises Refusal, ConfigurationFaults, OSError.
    """
    old = _on_file(folder)
    plan, found = _planned(files, old, wanted, as_json=as_json)
    new = merged(old.text, plan)
    with progress("Trying it", as_json=as_json):
        if faults := new_faults(folder, new) if plan.changes_anything else ():
            raise ConfigurationFaults(faults)
    if not as_json:
        show(plan, found)
    written = plan.changes_anything and (sure or (not as_json and _said_yes(folder)))
    if written:
        if _on_file(folder).text != old.text:
            raise Refusal(f"{folder / CONTACTS} was changed while this was asked; nothing was written: run it again")
        replace_contacts(folder, old.mark + new)
    if as_json:
        say_json(document(plan, found, written=written))
    else:
        end(folder, plan, written=written, backup=bool(old.text))
    unsaid = plan.changes_anything and not written
    return 1 if unsaid or any(one.whole for one in plan.refused) else 0


@dataclass(frozen=True, slots=True)
class _OnFile:
    """contacts.csv as it is: `text` is "" where there is none, `mark` its byte order mark, if any."""

    text: str
    mark: str
    people: People
    zone: str


def _said_yes(folder: Path) -> bool:
    return on_terminal() and typer.confirm(f"Write {folder / CONTACTS}?", err=True)


def _told(columns: Sequence[str]) -> Mapping[str, Sequence[str]]:
    told: dict[str, list[str]] = {}
    for column in columns:
        name, equals, heading = column.partition("=")
        if not equals or name.strip() not in FIELDS or not heading.strip():
            raise Refusal(f'"{column}" is not FIELD=HEADING, as in name="Display Name"; fields: {", ".join(FIELDS)}')
        told.setdefault(name.strip(), []).append(heading)
    return told


def _names(lists: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for part in lists.split(",") for name in part.split(";") if name.strip()))


def _on_file(folder: Path) -> _OnFile:
    """Raises Refusal, ConfigurationFaults."""
    organization: dict[str, Any] = {}
    try:
        organization = dict(read_toml(folder / SETTINGS).get("organization") or {})
        content = read_regular(folder / CONTACTS, LARGEST_CONTACTS)
        text = decode(content)
    except Missing as missing:
        if not organization:
            raise Refusal(f"{missing}; `murphyd init {folder}` writes a whole folder") from None
        content, text = b"", ""
    except Wrong as wrong:
        raise Refusal(f"{folder}: {wrong}") from None
    zone, language = str(organization.get("timezone", "UTC")), str(organization.get("language", "en"))
    roll = parse_people(text, language, zone) if text.strip() else parse_people(",".join(USUAL), language, zone)
    if roll.faults:
        raise ConfigurationFaults(roll.faults)
    return _OnFile(text, "\ufeff" if content.startswith(codecs.BOM_UTF8) else "", roll.people, zone)


def _read(file: Path, told: Mapping[str, Sequence[str]]) -> Found:
    """Raises Refusal."""
    try:
        content = read_regular(file, LARGEST)
    except Wrong as wrong:
        gone = isinstance(wrong, Missing)
        raise Refusal(f"{file}: there is no such file; correct the path" if gone else str(wrong)) from None
    try:
        return read_people(content, told)
    except Wrong as wrong:
        raise Refusal(f"{file}: {wrong}") from None


def _planned(files: Sequence[Path], old: _OnFile, wanted: Wanted, *, as_json: bool) -> tuple[Plan, Mapping[str, Found]]:
    """What would change, and what each file holds. Raises Refusal."""
    told = _told(wanted.columns)
    found: dict[str, Found] = {}
    refused: list[Refused] = []
    persons: list[Person] = []
    for file in files:
        with progress(f"Reading {file.name}", as_json=as_json):
            one = found[str(file)] = _read(file, told)
        refused += [Refused(str(file), *row) for row in one.refused]
        with progress("Judging every line", len(one.entries), as_json=as_json) as advance:
            for number, entry in enumerate(one.entries, 1):
                person, wrongs = judged(entry, str(file), old.zone, wanted.country)
                refused += wrongs
                persons += [person] if person else []
                if number % CHUNK == 0:
                    advance(CHUNK)
    if not any(one.entries for one in found.values()):
        why = "; ".join(one.reason for one in refused[:3]) or "there are no people in it"
        cure = "" if "--column" in why else "; export the address book as CSV (UTF-8), vCard or LDIF"
        raise Refusal(f"{', '.join(map(str, files))}: {why}{cure}")
    plan = compared(persons, old.people, _names(wanted.lists), removes=wanted.removes)
    plan.refused[:0] = refused
    return plan, found
