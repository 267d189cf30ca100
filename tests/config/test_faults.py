"""Each seeded fault gives its one readable line: file, key, what is wrong, what would be right.

The cases are in faults/FILE.txt, and in small.FILE.txt for the least folder that loads: a sentence, the text that is
replaced, by what, and the line that comes of it.
"""

from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.config.conftest import Folder

FILES = ("murphyd.toml", "procedure.toml", "contacts.csv")


def cases(file: str, prefix: str = "") -> list[ParameterSet]:
    text = (Path(__file__).parent / "faults" / f"{prefix}{file}.txt").read_text()
    found = []
    for block in text.strip().split("\n\n"):
        what, old, new, line = (part[2:] for part in block.split("\n"))
        found.append(pytest.param(file, unescaped(old), unescaped(new), line, id=f"{file}: {what}"))
    return found


def unescaped(text: str) -> str:
    return text.encode().decode("unicode_escape")


@pytest.mark.parametrize(("file", "old", "new", "line"), [case for file in FILES for case in cases(file)])
def test_one_fault_one_line(folder: Folder, file: str, old: str, new: str, line: str) -> None:
    folder.edit(file, old, new)
    assert folder.faults() == [f"{file}: {line}"]


@pytest.mark.parametrize(("file", "old", "new", "line"), [case for file in FILES for case in cases(file, "small.")])
def test_one_fault_in_the_least_folder(small: Folder, file: str, old: str, new: str, line: str) -> None:
    small.edit(file, old, new)
    assert small.faults() == [f"{file}: {line}"]


def test_the_undamaged_folder_has_no_fault(folder: Folder) -> None:
    assert folder.faults() == []


def test_all_faults_at_once_in_the_order_of_the_files(folder: Folder) -> None:
    chosen = [
        ("contacts.csv", ",fr,", ",french,", "line 4, language"),
        ("procedure.toml", 'every = "60m"', 'every = "1 hour"', "audience.stakeholders.every"),
        ("procedure.toml", 'lists = ["all-staff"]', 'lists = ["all-stuff"]', "audience.stakeholders.lists"),
        ("murphyd.toml", 'security = "starttls"', 'security = "none"', "relay.primary.security"),
        ("murphyd.toml", 'from = "Acme', 'form = "Acme', "relay.primary.form"),
    ]
    for file, old, new, _ in chosen:
        folder.edit(file, old, new)
    found = folder.faults()
    assert sorted(line.split(": ")[0] + ": " + line.split(": ")[1] for line in found) == sorted(
        f"{file}: {key}" for file, _, _, key in chosen
    )
    assert [line.split(":")[0] for line in found] == ["murphyd.toml"] * 2 + ["procedure.toml"] * 2 + ["contacts.csv"]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_one_fault(folder: Folder, file: str) -> None:
    (folder.path / file).unlink()
    assert folder.faults() == [f"{file}: {folder.path / file} is missing; write it, or correct the path"]


def test_a_missing_folder_is_a_fault_for_each_file(folder: Folder) -> None:
    folder.path = folder.path / "nowhere"
    assert [line.split(":")[0] for line in folder.faults()] == list(FILES)


def test_a_file_that_is_not_utf8_names_the_line(folder: Folder) -> None:
    folder.write("contacts.csv", b"name,email,lists\nAn,an@acme.example,incident-managers\nJos\xe9,j@acme.example,x\n")
    assert folder.faults() == ["contacts.csv: line 3 is not UTF-8; save the file as UTF-8"]


def test_a_name_without_end(small: Folder) -> None:
    small.edit("murphyd.toml", '"Acme"', f'"{"x" * 1001}"')
    assert small.faults() == ["murphyd.toml: organization.name: is 1001 characters long; write at most 1000"]
