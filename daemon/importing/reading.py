"""Any address book: what it is shows in its first line."""

from collections.abc import Mapping, Sequence

from config.faults import Wrong
from daemon.importing.entries import Found
from daemon.importing.ldif import is_ldif, read_ldif
from daemon.importing.spreadsheet import decoded, read_spreadsheet, says_its_letters
from daemon.importing.vcard import read_vcards

LARGEST = 200_000_000
"""Bytes of a file: photos are large."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a ZIP (Excel's xlsx, OpenDocument) and a compound file (xls) begin."""


def read_people(content: bytes, told: Mapping[str, Sequence[str]]) -> Found:
    """Raises Wrong for a program's own file, and where `told` names a column that is not there; nothing else."""
    if content.startswith(WORKBOOKS):
        raise Wrong("is a program's own file, and not text", "in that program, save it as CSV (UTF-8)")
    found = _read(content, told)
    found.guessed = not says_its_letters(content)
    return found


def _read(content: bytes, told: Mapping[str, Sequence[str]]) -> Found:
    beginning = decoded(content[:10_000]).lstrip()
    if beginning[:20].upper().startswith("BEGIN:VCARD"):
        return read_vcards(content)
    if is_ldif(beginning):
        return read_ldif(content)
    return read_spreadsheet(content, told)
