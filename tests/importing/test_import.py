"""`murphyd contacts import` as it is typed: shown first, written whole, everything else left as it was."""

import json
from pathlib import Path

import pytest

from config.load import load
from tests.commands.terminal import Terminal
from tests.commands.typed import Done, typed
from tests.core.vocabulary import EXAMPLE, FILLED

CONTACTS = """\
name,email,phone,lists,language,timezone
"Peeters, An",an@acme.example,+32470550101,incident-managers;all-staff,nl,

Bea Maes,bea@acme.example;bea@home.example,+32470550102,incident-managers;management;all-staff,,
"Cas ""C"" Jacobs",,+32 470 55 01 03,all-staff,,Europe/London
"""


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    folder.mkdir()
    words = (EXAMPLE / "murphyd.toml.in").read_text()
    for key, value in {**FILLED, "state_dir": str(tmp_path / "state")}.items():
        words = words.replace(f"{{{key}}}", str(value))
    (folder / "murphyd.toml").write_text(words)
    procedure = (EXAMPLE / "procedure.toml").read_text().partition("[[service]]")[0]
    (folder / "procedure.toml").write_text(procedure)
    (folder / "contacts.csv").write_text(CONTACTS)
    return folder


def run(etc: Path, text: str, *words: str) -> Done:
    file = etc.parent / "export.csv"
    file.write_text(text)
    return typed("contacts", "import", str(file), "--config", str(etc), *words)


def now(etc: Path) -> list[str]:
    return (etc / "contacts.csv").read_text().splitlines()


NEW = "Name;E-mail;Mobile\nAn Peeters;an@acme.example;0471 55 01 01\nDirk Öz;dirk@acme.example;0470 55 01 04\n"


def test_it_is_shown_and_nothing_is_written(etc: Path) -> None:
    done = run(etc, NEW, "--lists", "all-staff")
    assert (done.returncode, done.stderr) == (1, "")
    shown = done.stdout.splitlines()
    assert shown[1:] == [
        "added      Dirk Öz, dirk@acme.example, +32470550104, all-staff",
        "changed    Peeters, An (an@acme.example) [incident-managers]",
        "changed      name: Peeters, An -> An Peeters",
        "changed      phone: +32470550101 -> +32471550101;+32470550101",
        "1 added, 1 changed, 0 the same, 0 refused, 2 on file that no file has (--remove removes them)",
        "Nothing was written; --yes writes it.",
    ]
    assert (etc / "contacts.csv").read_text() == CONTACTS


def test_yes_writes_it_and_every_other_line_stays_as_it_was(etc: Path) -> None:
    assert run(etc, NEW, "--lists", "all-staff", "--yes").returncode == 0
    old = CONTACTS.splitlines()
    assert now(etc) == [
        old[0],
        "An Peeters,an@acme.example,+32471550101;+32470550101,incident-managers;all-staff,nl,",
        *old[2:],
        "Dirk Öz,dirk@acme.example,+32470550104,all-staff,,",
    ]
    assert (etc / "contacts.csv.bak").read_text() == CONTACTS
    again = run(etc, NEW, "--lists", "all-staff", "--yes")
    assert again.returncode == 0
    assert again.stdout.splitlines()[-1] == "There is nothing to change."


def test_removing_takes_away_people_and_addresses(etc: Path) -> None:
    done = run(etc, "name,email\nBea Maes,bea@acme.example\nAn Peeters,an@acme.example\n", "--remove", "--yes")
    assert done.returncode == 0
    assert [line.split(",")[0] for line in now(etc)] == ["name", "An Peeters", "", "Bea Maes"]
    assert load(etc, {}).people.contacts["bea@acme.example"].emails == ("bea@acme.example",)


def test_a_file_that_could_not_be_loaded_is_not_written(etc: Path) -> None:
    """Without Bea nobody is on a list that the procedure tells."""
    done = run(etc, "name,email\nAn Peeters,an@acme.example\n", "--remove", "--yes")
    assert done.returncode == 2
    assert '"management"' in done.stderr
    assert (etc / "contacts.csv").read_text() == CONTACTS
    assert not (etc / "contacts.csv.bak").exists()


def test_who_is_refused_and_why(etc: Path) -> None:
    rows = [
        "name,email,phone",
        "An,an@acme.example,+3225550000",
        "An again,AN@acme.example,",
        "Both,bea@acme.example,+32470550101",
        "Thief,thief@acme.example,+32470550102",
        "Nobody,,",
        "Switch,switch@acme.example,+3225550000",
    ]
    done = run(etc, "\n".join(rows), "--json", "--yes")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert {(one["line"], one["reason"].partition(":")[0]) for one in document["refused"]} == {
        (3, "an@acme.example is on line 2 already"),
        (4, "has addresses of several people on file"),
        (5, "+32470550102 is the number of Bea Maes (bea@acme.example) on file"),
        (6, "no email and no phone"),
    }
    assert {(one["line"], one["reason"]) for one in document["left_out"]} == {
        (2, "+3225550000 is the number of 2 people"),
        (7, "+3225550000 is the number of 2 people"),
    }
    assert [one["name"] for one in document["added"]] == ["Switch"]
    assert document["written"] is True


def test_a_link_to_a_file_that_is_kept_elsewhere_stays_one(etc: Path) -> None:
    kept = etc.parent / "kept" / "people.csv"
    kept.parent.mkdir()
    (etc / "contacts.csv").rename(kept)
    (etc / "contacts.csv").symlink_to(kept)
    assert run(etc, NEW, "--yes").returncode == 0
    assert (etc / "contacts.csv").is_symlink()
    assert "Dirk" in kept.read_text()


def test_a_mark_and_windows_line_ends_are_kept(etc: Path) -> None:
    content = ("\ufeff" + CONTACTS.replace("\n", "\r\n")).encode()
    (etc / "contacts.csv").write_bytes(content)
    assert run(etc, NEW, "--yes").returncode == 0
    written = (etc / "contacts.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfname,")
    assert written.count(b"\n") == written.count(b"\r\n") == 6


def test_a_column_that_the_file_had_not_is_made(etc: Path) -> None:
    (etc / "contacts.csv").write_text("name,email,lists\nAn,an@acme.example,incident-managers;management;all-staff\n")
    assert run(etc, "name,email,taal\nDirk,dirk@acme.example,fr\n", "--yes").returncode == 0
    assert now(etc) == [
        "name,email,lists,language",
        "An,an@acme.example,incident-managers;management;all-staff",
        "Dirk,dirk@acme.example,,fr",
    ]


WRONG = {
    "no such file": ("nix.csv", (), "nix.csv: there is no such file; correct the path"),
    "no people": ("x\n", (), "there are no people in it"),
    "a workbook": ("PK\x03\x04xl/", (), "in that program, save it as CSV (UTF-8)"),
    "no such column": (NEW, ("--column", "name=Nom"), 'there is no column "Nom"'),
    "no such field": (NEW, ("--column", "nom=Name"), "is not FIELD=HEADING"),
}


@pytest.mark.parametrize(("text", "words", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_read(etc: Path, text: str, words: tuple[str, ...], said: str) -> None:
    done = typed("contacts", "import", text, "--config", str(etc)) if text == "nix.csv" else run(etc, text, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_at_a_terminal_it_asks(etc: Path) -> None:
    (etc.parent / "export.csv").write_text(NEW)
    words = ("contacts", "import", str(etc.parent / "export.csv"), "--config", str(etc))
    with Terminal(*words) as at:
        at.answer("contacts.csv? [y/N]", "n")
        assert at.end() == 1
    assert (etc / "contacts.csv").read_text() == CONTACTS
    with Terminal(*words) as at:
        at.answer("contacts.csv? [y/N]", "y")
        assert at.end() == 0
    assert "Dirk Öz" in (etc / "contacts.csv").read_text()


def test_what_somebody_else_writes_meanwhile_is_not_lost(etc: Path) -> None:
    file = etc.parent / "export.csv"
    file.write_text(NEW)
    with Terminal("contacts", "import", str(file), "--config", str(etc)) as at:
        at.expect("contacts.csv? [y/N]")
        other = CONTACTS + "Else,else@acme.example,,all-staff,,\n"
        (etc / "contacts.csv").write_text(other)
        at.type("y\n")
        assert at.end() == 2
        assert "was changed while this was asked" in at.screen
    assert (etc / "contacts.csv").read_text() == other
