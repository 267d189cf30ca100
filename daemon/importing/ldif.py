"""People in LDIF (RFC 2849): the entries of a directory, also as Active Directory's ldifde writes them, which adds
each. Other changes are refused, addresses to fetch never read. Total, in linear time.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence

from daemon.importing.entries import MOST, Entry, Found, turned
from daemon.importing.spreadsheet import decoded, lines_of

NAMES = ("displayname", "cn")
EMAILS = ("mail",)
PHONES = ("mobile", "telephonenumber", "homephone", "othermobile")

WANTED = frozenset({*NAMES, *EMAILS, *PHONES, "givenname", "sn", "preferredlanguage"})
"""Attributes of which a fault is worth a word."""

PEOPLE = frozenset({"person", "inetorgperson", "organizationalperson", "user", "mozillaabpersonalpha", "contact"})
NO_PEOPLE = frozenset({"computer", "group", "groupofnames", "groupofuniquenames", "msds-groupmanagedserviceaccount"})
"""objectClass: a computer in Active Directory is a user as well."""

DISABLED = 2
"""ACCOUNTDISABLE of Active Directory's userAccountControl."""

Record = dict[str, list[str]]


def is_ldif(text: str) -> bool:
    """Whether the first line that says something is LDIF's."""
    for line in text[:10_000].splitlines():
        if line.strip() and not line.startswith("#"):
            return line.lower().startswith(("version:", "dn:"))
    return False


def read_ldif(content: bytes) -> Found:
    """Never raises."""
    found = Found(form="LDIF")
    for line, record in _records(decoded(content), found):
        if len(found.entries) >= MOST:
            found.refuse(line, "", f"more than {MOST} people: the rest is left out")
            break
        _take(line, record, found)
    return found


def _take(line: int, record: Record, found: Found) -> None:
    name = turned(_first(record, *NAMES)) or f"{_first(record, 'givenname')} {_first(record, 'sn')}".strip()
    classes = {one.lower() for one in record.get("objectclass", ())}
    if _first(record, "changetype").lower() not in ("", "add"):
        found.refuse(line, name or _first(record, "dn"), "is a change to an entry, not an entry: export the entries")
    elif classes and (classes & NO_PEOPLE or not classes & PEOPLE):
        if any(_first(record, kind) for kind in EMAILS):
            found.refuse(line, name, "is no person: " + ", ".join(sorted(classes - {"top"})))
    elif _is_disabled(_first(record, "useraccountcontrol")):
        found.refuse(line, name, "its account is disabled")
    elif "dn" in record:
        found.entries.append(
            Entry(
                line=line,
                name=name,
                emails=_all(record, EMAILS),
                phones=_all(record, PHONES),
                language=_first(record, "preferredlanguage"),
            )
        )


def _records(text: str, found: Found) -> Iterator[tuple[int, Record]]:
    record: Record = {}
    begun = 1
    for number, line in (*_unfolded(text), (0, "")):
        if not line:
            if record:
                yield begun, record
            record = {}
        elif not line.startswith("#"):
            begun = number if not record else begun
            name, value, fault = _attribute(line)
            if fault and name in WANTED:
                found.refuse(number, "", fault)
            if name and not (name == "version" and not record):
                record.setdefault(name, []).append(value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines: one that begins with a blank goes on the one before (RFC 2849 note 2)."""
    parts: list[str] = []
    begun = 1
    for number, line in enumerate(lines_of(text), 1):
        if line.startswith(" ") and parts and parts[0]:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        parts, begun = [line], number
    if parts:
        yield begun, "".join(parts)


def _attribute(line: str) -> tuple[str, str, str]:
    """Name without its options, value, and what is wrong."""
    name, colon, rest = line.partition(":")
    name = name.partition(";")[0].strip().lower()
    if not colon:
        return "", "", ""
    if rest.startswith("<"):
        return name, "", f"{name[:40]} is to be fetched from elsewhere: it is not"
    if rest.startswith(":"):
        try:
            return name, base64.b64decode(rest[1:].strip(), validate=True).decode("utf-8", "replace"), ""
        except (binascii.Error, ValueError):
            return name, "", f"{name[:40]} is not base64: left out"
    return name, rest.strip(), ""


def _first(record: Record, *names: str) -> str:
    return next((value for name in names for value in record.get(name, ()) if value), "")


def _all(record: Record, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for name in names for value in record.get(name, ()))


def _is_disabled(control: str) -> bool:
    return control.isascii() and control.isdigit() and bool(int(control[:12]) & DISABLED)
