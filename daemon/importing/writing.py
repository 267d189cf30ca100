"""contacts.csv with an import's changes: every line that does not change stays as it was written, in its place."""

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.faults import ConfigurationFaults
from config.fields import email_address
from config.files import CONTACTS
from config.people import COLUMNS, USUAL
from config.phones import parse_phone
from config.types import Fault
from daemon.commands.folder import load_folder
from daemon.folders import sync_folder
from daemon.importing.comparing import Plan
from daemon.importing.entries import Person

BACKUP = ".bak"


@dataclass(frozen=True, slots=True)
class _Line:
    """`text` with its end, as it stands in the file, and its cells."""

    text: str
    cells: Sequence[str]


def merged(text: str, plan: Plan) -> str:
    """The file's new text. `text` is the old one, without faults, or "" where there is none."""
    lines = list(_lines(text)) or [_Line(",".join(USUAL) + "\n", USUAL)]
    end = "\r\n" if lines[0].text.endswith("\r\n") else "\n"
    head = next(number for number, line in enumerate(lines) if any(map(str.strip, line.cells)))
    columns = [cell.strip().lower() for cell in lines[head].cells]
    columns += _missing(columns, plan)
    changed = {one.id: one for one in plan.changed}
    gone = {contact.id for contact in plan.gone} if plan.removes else set()
    written = io.StringIO()
    writer = csv.writer(written, lineterminator=end)
    for number, line in enumerate(lines):
        who = _id(columns, line.cells) if number > head else ""
        if number == head and len(columns) > len(line.cells):
            writer.writerow(columns)
        elif who in changed and (one := changed[who]):
            changes = {change.field: change.after for change in one.changes}
            writer.writerow(_row(columns, line.cells, changes))
        elif not who or who not in gone:
            written.write(line.text if line.text.endswith("\n") else line.text + end)
    for person in plan.added:
        writer.writerow(_row(columns, (), _cells(person)))
    return written.getvalue()


def _lines(text: str) -> Iterator[_Line]:
    """A quoted cell may go over several."""
    taken: list[str] = []

    def source() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for cells in csv.reader(source()):
        yield _Line("".join(taken), cells)
        taken.clear()


def _missing(columns: Sequence[str], plan: Plan) -> list[str]:
    """Columns that the file has not, and that somebody needs now."""
    needed = {change.field for one in plan.changed for change in one.changes}
    needed |= {name for person in plan.added for name, value in _cells(person).items() if value}
    return [name for name in COLUMNS if name in needed and name not in columns]


def _id(columns: Sequence[str], cells: Sequence[str]) -> str:
    """As config.people has it: the first address, else the first number. The file is without faults."""
    row = dict(zip(columns, cells, strict=False))
    for name, parse in (("email", email_address), ("phone", parse_phone)):
        for part in row.get(name, "").split(";"):
            if part.strip():
                return parse(part.strip())
    return ""


def _row(columns: Sequence[str], cells: Sequence[str], changes: dict[str, str]) -> list[str]:
    old = dict(zip(columns, cells, strict=False))
    return [changes.get(name, old.get(name, "")) for name in columns]


def _cells(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "email": ";".join(person.emails),
        "phone": ";".join(person.phones),
        "lists": ";".join(person.lists),
        "language": person.language,
        "timezone": person.timezone,
    }


def new_faults(folder: Path, text: str) -> tuple[Fault, ...]:
    """What would be wrong with the folder if this were its contacts.csv, and is not now. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="murphyd-import-") as trial:
        for one in folder.iterdir():
            if one.name != CONTACTS:
                (Path(trial) / one.name).symlink_to(one.absolute())
        (Path(trial) / CONTACTS).write_text(text, encoding="utf-8", newline="")
        after = _faults(Path(trial))
    before = set(_faults(folder))
    return tuple(fault for fault in after if fault not in before)


def _faults(folder: Path) -> tuple[Fault, ...]:
    try:
        load_folder(folder, os.environ)
    except ConfigurationFaults as faults:
        return faults.faults
    return ()


def replace_contacts(folder: Path, text: str) -> Path:
    """At once and durably, with owner and mode of the old one, which stays as the backup that is returned.

    A link stays one: what it leads to is replaced. Raises OSError; the old file is untouched then.
    """
    file = (folder / CONTACTS).resolve()
    folder = file.parent
    backup = file.with_name(CONTACTS + BACKUP)
    handle, aside = tempfile.mkstemp(prefix=f".{CONTACTS}-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as new:
            new.write(text)
            new.flush()
            if file.exists():
                shutil.copymode(file, aside)
                if os.geteuid() == 0:
                    os.chown(aside, file.stat().st_uid, file.stat().st_gid)
            else:
                Path(aside).chmod(0o640)
            os.fsync(new.fileno())
        if file.exists():
            with suppress(FileNotFoundError):
                backup.unlink()
            os.link(file, backup)
        Path(aside).replace(file)
    except BaseException as failed:
        Path(aside).unlink(missing_ok=True)
        if isinstance(failed, OSError) and failed.filename is None:
            failed.filename = str(file)
        raise
    sync_folder(folder)
    return backup
