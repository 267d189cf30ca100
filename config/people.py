"""contacts.csv: `name,email,phone,lists,language,timezone`, several emails, phones or lists separated by `;`.

An optional column `channels` has those by which a person wants to be reached: `email;sms 22:00-07:00`.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from config.faults import Wrong, one_of, shown
from config.fields import email_address, filled, hours, language, slug, zone
from config.files import CONTACTS
from config.phones import parse_phone
from config.types import Contact, Fault, People, Reach

COLUMNS = ("name", "email", "phone", "lists", "language", "timezone", "channels")
USUAL = COLUMNS[:-1]
_REQUIRED = ("name", "lists")
Parse = Callable[[str], str]
_cached_zone = cache(zone)
_cached_language = cache(language)


@dataclass(slots=True)
class _Folk:
    """What has been read so far.

    `lines` says on which line an address or number was first seen; `mentioned` has the lists of faulty lines too.
    """

    language: str
    timezone: str
    contacts: dict[str, Contact] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    by_email: dict[str, str] = field(default_factory=dict)
    by_phone: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, line: int, column: str, problem: str, cure: str) -> None:
        self.faults.append(Fault(CONTACTS, f"line {line}, {column}" if column else f"line {line}", problem, cure))


@dataclass(frozen=True, slots=True)
class Roll:
    """What contacts.csv comes to. `mentioned` are the lists that it names, None where that cannot be known."""

    people: People
    mentioned: frozenset[str] | None
    faults: tuple[Fault, ...]


def parse_people(text: str, default_language: str, default_zone: str) -> Roll:
    """Everybody in the file's text, and every fault of it. Lines count from 1, as editors do."""
    readable = True
    folk = _Folk(default_language, default_zone)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: Sequence[str] = ()
    start = 1
    try:
        for row in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if columns:
                _read(folk, line, columns, row)
            elif not (columns := _header(folk, line, row)):
                break
    except csv.Error as error:
        readable = False
        folk.wrong(start, "", f"is not CSV ({error})", "quote a text that holds commas or quotes; double its quotes")
    if not columns and not folk.faults:
        folk.wrong(1, "", "there is no line of column names", f'begin with the line "{",".join(USUAL)}"')
    lists = {name: tuple(ids) for name, ids in folk.lists.items()}
    people = People(folk.contacts, lists, folk.by_email, folk.by_phone)
    mentioned = frozenset(folk.mentioned) if columns and readable else None
    return Roll(people, mentioned, tuple(folk.faults))


def _header(folk: _Folk, line: int, row: list[str]) -> Sequence[str]:
    names = [cell.strip().lower() for cell in row]
    if len(names) == 1 and ";" in names[0]:
        folk.wrong(line, "", "the columns are separated by semicolons", "save the file with commas between the columns")
        return ()
    before = len(folk.faults)
    for name in dict.fromkeys(names):
        if name and name not in COLUMNS:
            folk.wrong(line, "", f"there is no column {shown(name)}", one_of(name, COLUMNS))
        if name and names.count(name) > 1:
            folk.wrong(line, "", f"the column {shown(name)} is there twice", "keep one of them")
    for name in _REQUIRED:
        if name not in names and len(folk.faults) == before:
            folk.wrong(line, "", f'the column "{name}" is missing', f'begin with the line "{",".join(USUAL)}"')
    return names if len(folk.faults) == before else ()


def _read(folk: _Folk, line: int, columns: Sequence[str], row: list[str]) -> None:
    if any(cell.strip() for cell in row[len(columns) :]):
        folk.wrong(line, "", f"has more than {len(columns)} columns", "put a text that holds a comma in quotes")
        folk.mentioned.update(part.strip() for cell in row for part in cell.split(";"))
        return
    cells = dict(zip(columns, row, strict=False))
    before = len(folk.faults)
    name = _one(folk, line, "name", cells.get("name", ""), filled)
    spoken = _one(folk, line, "language", cells.get("language", "").strip() or folk.language, _cached_language)
    where = _one(folk, line, "timezone", cells.get("timezone", "").strip() or folk.timezone, _cached_zone)
    emails = tuple(_each(folk, line, "email", cells.get("email", ""), email_address))
    phones = tuple(_each(folk, line, "phone", cells.get("phone", ""), lambda text: parse_phone(text, where)))
    lists = tuple(_each(folk, line, "lists", cells.get("lists", ""), filled))
    folk.mentioned.update(lists)
    reach = tuple(_wants(folk, line, cells.get("channels", "")))
    if len(folk.faults) == before and not emails and not phones:
        folk.wrong(line, "", f"{shown(name)} has no email and no phone", "give at least one")
    for column, values in (("email", emails), ("phone", phones)):
        _claim(folk, line, column, values)
    if len(folk.faults) == before:
        _add(folk, Contact((emails or phones)[0], name, emails, phones, lists, spoken, where, reach))


def _add(folk: _Folk, contact: Contact) -> None:
    folk.contacts[contact.id] = contact
    folk.by_email.update(dict.fromkeys(contact.emails, contact.id))
    folk.by_phone.update(dict.fromkeys(contact.phones, contact.id))
    for name in contact.lists:
        folk.lists.setdefault(name, []).append(contact.id)


def _claim(folk: _Folk, line: int, column: str, values: Sequence[str]) -> None:
    for value in values:
        if (first := folk.lines.setdefault(value, line)) != line:
            folk.wrong(line, column, f"{value} is on line {first} already", "one person a line, one line a person")


def _wants(folk: _Folk, line: int, cell: str) -> Iterator[Reach]:
    for part in _each(folk, line, "channels", cell, filled):
        channel, _, span = part.partition(" ")
        try:
            start, end = hours(span.strip()) if span.strip() else (None, None)
            yield Reach(slug(channel), start, end)
        except Wrong as wrong:
            folk.wrong(line, "channels", wrong.problem, wrong.cure)


def _one(folk: _Folk, line: int, column: str, cell: str, parse: Parse) -> str:
    try:
        return parse(cell)
    except Wrong as wrong:
        folk.wrong(line, column, wrong.problem, wrong.cure)
        return ""


def _each(folk: _Folk, line: int, column: str, cell: str, parse: Parse) -> Iterator[str]:
    seen = set()
    for part in cell.split(";") if cell else ():
        if not (text := part.strip()):
            continue
        try:
            value = parse(text)
        except Wrong as wrong:
            folk.wrong(line, column, wrong.problem, wrong.cure)
            continue
        if value not in seen:
            seen.add(value)
            yield value
