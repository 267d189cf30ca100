"""Any address book: what it is shows in its first line."""

from collections.abc import Mapping, Sequence

from daemon.importing.entries import Found
from daemon.importing.ldif import is_ldif, read_ldif
from daemon.importing.spreadsheet import decoded, read_spreadsheet
from daemon.importing.vcard import read_vcards

LARGEST = 200_000_000
"""Bytes of a file: photos are large."""


def read_people(content: bytes, told: Mapping[str, Sequence[str]]) -> Found:
    """Raises Wrong where `told` names a column that is not there; nothing else, whatever the bytes."""
    beginning = decoded(content[:10_000]).lstrip()
    if beginning[:20].upper().startswith("BEGIN:VCARD"):
        return read_vcards(content)
    if is_ldif(beginning):
        return read_ldif(content)
    return read_spreadsheet(content, told)
