"""People in a file of columns: any separator and encoding that spreadsheets write, and their other ways. Total."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from daemon.importing.entries import MOST, Entry, Found, turned
from daemon.importing.headings import LOOKED_AT, Columns, columns_of, known

SEPARATORS = (",", ";", "\t", "|")

TITLES = 10
"""Lines that may stand above the headings."""

Row = tuple[int, list[str]]
"""Its first line, and its cells."""


def lines_of(text: str) -> list[str]:
    """Lines as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 where it shows, else what Windows writes; never raises."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[:200].count(b"\0") > len(content[:200]) // 4:
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def says_its_letters(content: bytes) -> bool:
    """Whether `decoded` has not had to take them for what western Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:200]:
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_spreadsheet(content: bytes, told: Mapping[str, Sequence[str]]) -> Found:
    """`told` names columns by their headings, or by number from 1, for fields. Raises Wrong for such a name only."""
    found = Found()
    rows = list(islice(_rows(decoded(content), found), MOST + TITLES + 1))
    headings, body = _headed(rows)
    if not body:
        found.refuse(rows[0][0] if rows else 1, "", "there are no people in it")
        return found
    columns = columns_of(headings, [cells for _, cells in body[:LOOKED_AT]], told)
    if "email" not in columns and "phone" not in columns:
        cure = "say which it is: --column email=HEADING"
        found.refuse(rows[0][0], "", f"no column has email addresses or phone numbers; {cure}")
        return found
    found.columns = {
        field: tuple(headings[number].strip() or f"column {number + 1}" for number in numbers)
        for field, numbers in columns.items()
    }
    found.entries = [_entry(line, cells, columns) for line, cells in body]
    return found


def _rows(text: str, found: Found) -> Iterator[Row]:
    """Every row that says something, blanks and spreadsheets' signs taken away."""
    skipped, separator = _separator(text)
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=separator)
    line = skipped + 1
    while True:
        try:
            cells = [_cell(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            found.refuse(line, "", f"it cannot be read from here on: {error}")
            return
        if any(cells):
            yield line, cells
        line = skipped + reader.line_num + 1


def _separator(text: str) -> tuple[int, str]:
    """How many lines to pass over (Excel's `sep=;`), and what stands between the columns."""
    first, _, _ = text[:100].partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return 1, first.strip()[4]
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return 0, max(SEPARATORS, key=lambda mark: sum(_outside_quotes(line, mark) for line in lines))


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _cell(text: str) -> str:
    """Without Excel's `="…"` and the apostrophe that makes a number a text."""
    cell = text.replace("\0", "").strip()
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1].strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("+", *"0123456789") else cell


def _headed(rows: Sequence[Row]) -> tuple[list[str], Sequence[Row]]:
    """The headings, "" for each where there are none, and the rows below."""
    best = max(range(min(len(rows), TITLES)), key=lambda number: known(rows[number][1]), default=0)
    if rows and known(rows[best][1]):
        return rows[best][1], rows[best + 1 :]
    width = max((len(cells) for _, cells in rows[:LOOKED_AT]), default=0)
    first = rows[0][1] if rows else []
    unknown_headings = bool(first) and not any("@" in cell or cell[:1] in ("+", "0") for cell in first)
    return (first, rows[1:]) if unknown_headings else ([""] * width, rows)


def _entry(line: int, cells: Sequence[str], columns: Columns) -> Entry:
    def of(field: str) -> tuple[str, ...]:
        values = [cells[number] for number in columns.get(field, ()) if number < len(cells)]
        return tuple(value for value in values if value)

    def several(field: str) -> tuple[str, ...]:
        return tuple(part.strip() for value in of(field) for part in _parts(value) if part.strip())

    name, first, last = ((*of(field), "")[0] for field in ("name", "first", "last"))
    return Entry(
        line=line,
        name=_name(name, first, last),
        emails=several("email"),
        phones=several("phone"),
        lists=tuple(part.strip() for value in of("lists") for part in value.split(";")),
        language=(*of("language"), "")[0],
        timezone=(*of("timezone"), "")[0],
    )


def _parts(value: str) -> Sequence[str]:
    """Several in one cell, as programs join them: Google by ` ::: `."""
    return value.replace(":::", ";").replace("\n", ";").replace(",", ";").split(";")


def _name(name: str, first: str, last: str) -> str:
    """Where there is a column of first names only, the other one has the last names."""
    if name and first and not last and first.casefold() not in name.casefold():
        return f"{first} {name}"
    return turned(name) if name else f"{first} {last}".strip()
