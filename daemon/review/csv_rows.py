"""Rows as CSV (RFC 4180) that no spreadsheet takes for formulas: people write what is in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a cell a formula in one program or another (OWASP, "CSV Injection"); an apostrophe goes before it."""

BOM = "\ufeff"
"""Before a file that is opened by a spreadsheet, which takes it for a code page of old without."""


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines with their CRLF, the head first."""
    for row in chain((head,), rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([cell(value) for value in row])
        yield line.getvalue()


def cell(value: object) -> str:
    """Numbers stay numbers; no text begins a formula."""
    match value:
        case int() | float():
            return str(value)
        case None:
            return ""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
