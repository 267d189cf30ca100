"""Files that are not what was written: every intact line is used, the rest is told, nothing is thrown away."""

import asyncio
import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from config.types import OnDamage
from daemon.state.disk import Disk
from daemon.state.lines import dump, sealed
from daemon.state.store import Drop, Put, StateDamaged, open_store, read_store

COUNT = 6


def written(folder: Path, *, compacted: bool = False) -> None:
    """A small state: one document a commit, `0` to `5`; compacted, the first three lie in the snapshot."""

    async def write() -> None:
        store = await open_store(folder)
        for number in range(COUNT):
            await store.commit([Put("inbox", str(number), {"at": number, "words": "déjà"})])
            if compacted and number == 2:
                await store.compact()
        await store.close()

    folder.mkdir(exist_ok=True)
    asyncio.run(write())


def reopened(folder: Path) -> tuple[dict[str, Any], list[str]]:
    async def read() -> tuple[dict[str, Any], list[str]]:
        store = await open_store(folder)
        found = dict(store.table("inbox")), list(store.damage)
        await store.commit([Put("inbox", "after", {})])
        await store.close()
        return found

    return asyncio.run(read())


def document(number: int) -> dict[str, Any]:
    return {"at": number, "words": "déjà"}


WHOLE = {str(number): document(number) for number in range(COUNT)}


@pytest.mark.parametrize("compacted", [False, True], ids=["journal", "snapshot and journal"])
@pytest.mark.parametrize("flip", [0x01, 0x20, 0xFF], ids=hex)
def test_a_flipped_byte_anywhere_is_detected(tmp_path: Path, compacted: bool, flip: int) -> None:
    """Every byte of every file: it is told, at most one commit is lost, and the others are as written."""
    written(tmp_path / "good", compacted=compacted)
    for path in sorted((tmp_path / "good").glob("*.jsonl")):
        good = path.read_bytes()
        for place in range(len(good)):
            path.write_bytes(good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :])
            found = read_store(tmp_path / "good")
            rows = dict(found.table("inbox"))
            assert found.damage, (path.name, place)
            assert rows.items() <= WHOLE.items()
            assert len(rows) >= COUNT - 1
        path.write_bytes(good)
    assert read_store(tmp_path / "good").damage == []


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_last_line_is_dropped(tmp_path: Path, cut: int) -> None:
    """A crash in the middle of a write leaves no damage: the commit was never acknowledged."""
    written(tmp_path)
    journal = tmp_path / "journal-000001.jsonl"
    journal.write_bytes(journal.read_bytes()[:-cut])
    rows, damage = reopened(tmp_path)
    assert damage == []
    assert set(rows) == set(WHOLE) - ({"5"} if cut > 1 else set())
    rows, damage = reopened(tmp_path)
    assert damage == []
    assert set(rows) == set(WHOLE) - ({"5"} if cut > 1 else set()) | {"after"}


@pytest.mark.parametrize("missing", range(1, 15), ids=bin)
def test_a_power_cut_in_the_middle_of_one_write(tmp_path: Path, missing: int) -> None:
    """Sectors reach the disk in any order: what was written after one that did not was never acknowledged."""
    written(tmp_path)
    journal = tmp_path / "journal-000001.jsonl"
    good = journal.read_bytes()
    lines = [sealed(dump({"n": n, "changes": [["put", "inbox", str(n), {"words": "x" * 250}]]})) for n in range(7, 12)]
    after = bytearray((good + b"".join(lines)).ljust(4096, b"\t"))
    first = len(good) // 512
    for sector in range(4):
        if missing >> sector & 1:
            start = (first + sector) * 512
            after[max(start, len(good)) : start + 512] = b"\t" * (start + 512 - max(start, len(good)))
    journal.write_bytes(after)
    rows, damage = reopened(tmp_path)
    assert damage == []
    keys = [str(n) for n in range(COUNT)] + [str(n) for n in range(7, 12)]
    assert list(rows) == keys[: len(rows)]
    assert len(rows) >= COUNT
    assert reopened(tmp_path)[1] == []


def test_what_a_crash_leaves_after_the_last_line_does_not_matter(tmp_path: Path) -> None:
    """The room ahead, and a half-written temporary file."""
    written(tmp_path)
    with (tmp_path / "journal-000001.jsonl").open("ab") as journal:
        journal.write(b'1234abcd {"n":7,"chan' + b"\t" * 5000)
    (tmp_path / "snapshot-000002.jsonl.17.tmp").write_bytes(b"half")
    rows, damage = reopened(tmp_path)
    assert (rows, damage) == (WHOLE, [])
    assert not (tmp_path / "snapshot-000002.jsonl.17.tmp").exists()


def test_a_damaged_line_in_the_middle(tmp_path: Path) -> None:
    """The file is set aside as it is, every other line counts, and the state goes on whole in new files."""
    written(tmp_path)
    journal = tmp_path / "journal-000001.jsonl"
    spoiled = journal.read_bytes().replace(b'"at":2', b'"at":9')
    journal.write_bytes(spoiled)
    rows, damage = reopened(tmp_path)
    assert rows == {key: row for key, row in WHOLE.items() if key != "2"}
    assert damage == ["journal-000001.jsonl: line 4 is damaged", "commit 3 is lost"]
    assert not journal.exists()
    assert (tmp_path / "journal-000001.jsonl.damaged").read_bytes() == spoiled
    rows, damage = reopened(tmp_path)
    assert damage == []
    assert set(rows) == {"0", "1", "3", "4", "5", "after"}


def test_stop_refuses_and_changes_nothing(tmp_path: Path) -> None:
    written(tmp_path)
    journal = tmp_path / "journal-000001.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"at":2', b'"at":9'))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for _ in range(2):  # the lock is let go
        with pytest.raises(StateDamaged, match="line 4 is damaged"):
            asyncio.run(_open(tmp_path, OnDamage.STOP))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


async def _open(folder: Path, on_damage: OnDamage) -> None:
    await (await open_store(folder, on_damage=on_damage)).close()


MISSING = [
    ("a line is gone", "journal-000002.jsonl", lambda data: b"\n".join(data.split(b"\n")[:2] + data.split(b"\n")[3:])),
    ("a line is there twice", "journal-000002.jsonl", lambda data: data + data.split(b"\n")[-2] + b"\n"),
    ("the snapshot was cut short", "snapshot-000002.jsonl", lambda data: data[: data.rindex(b"\n", 0, -1) + 1]),
    ("a block is zeros", "snapshot-000002.jsonl", lambda data: data[:120] + bytes(64) + data[184:]),
    ("a file is empty", "snapshot-000002.jsonl", lambda data: b""),
    ("a file is text of another kind", "snapshot-000002.jsonl", lambda data: b"hello\n"),
    ("an intact line means nothing", "journal-000002.jsonl", lambda data: data + sealed(dump({"hello": 1}))),
    ("an intact line holds no operation", "journal-000002.jsonl", lambda data: data + sealed(dump(["jump", "a"]))),
    ("an intact line is no JSON", "journal-000002.jsonl", lambda data: data + sealed("[1,")),
]


@pytest.mark.parametrize(("name", "spoil"), [case[1:] for case in MISSING], ids=[case[0] for case in MISSING])
def test_more_than_a_byte(tmp_path: Path, name: str, spoil: Any) -> None:
    """Whatever happened to a file, the rest is there, and something is told."""
    written(tmp_path, compacted=True)
    (tmp_path / name).write_bytes(spoil((tmp_path / name).read_bytes()))
    rows, damage = reopened(tmp_path)
    assert damage
    assert rows.items() <= WHOLE.items()
    assert rows or "journal" in name or {"3", "4", "5"} <= set(rows)
    assert (tmp_path / (name + ".damaged")).exists()
    assert reopened(tmp_path)[1] == []


def test_a_whole_file_is_gone(tmp_path: Path) -> None:
    written(tmp_path, compacted=True)
    (tmp_path / "snapshot-000002.jsonl").unlink()
    rows, damage = reopened(tmp_path)
    assert set(rows) == {"3", "4", "5"}
    assert damage == ["commits 1 to 3 are lost"]
    assert reopened(tmp_path)[1] == []


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    """Carrying on would take what it does not understand for damage."""
    (tmp_path / "journal-000001.jsonl").write_bytes(sealed(dump({"murphyd": "journal", "format": 2, "after": 0})))
    with pytest.raises(StateDamaged, match="newer murphyd"):
        reopened(tmp_path)


class BadSector(Disk):
    """One block of one file cannot be read."""

    def read(self, path: Path) -> bytes:
        if path.name == "journal-000001.jsonl":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(path)

    def read_block(self, file: int, offset: int) -> bytes:
        if offset == 4096:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read_block(file, offset)


async def test_a_bad_sector_costs_only_what_was_on_it(tmp_path: Path) -> None:
    store = await open_store(tmp_path)
    for number in range(200):
        store.commit([Put("inbox", str(number), {"words": "x" * 60})])
    await store.close()
    store = await open_store(tmp_path, disk=BadSector())
    assert "journal-000001.jsonl: a part of it cannot be read" in store.damage
    assert 200 > len(store.table("inbox")) > 150
    assert {"0", "199"} <= set(store.table("inbox"))
    await store.close()


async def test_a_damaged_archive_keeps_the_rest(tmp_path: Path) -> None:
    """What is intact is shown, and stays when more is added; the damaged file is kept."""
    store = await open_store(tmp_path)
    for key in ("1", "2", "3"):
        await store.commit([Put("incidents", key, {"words": key * 10})])
        await store.archive("MI-1", [Drop("incidents", key)])
        if key == "2":
            path = tmp_path / "archive" / "MI-1.jsonl"
            path.write_bytes(path.read_bytes().replace(b"1111", b"1911"))
            assert store.archived("MI-1") == {"incidents": {"2": {"words": "2" * 10}}}
    assert store.archived("MI-1") == {"incidents": {key: {"words": key * 10} for key in ("2", "3")}}
    assert (tmp_path / "archive" / "MI-1.jsonl.damaged").exists()
    assert store.archives() == ["MI-1"]
    await store.close()


def test_files_from_copies_are_as_good(tmp_path: Path) -> None:
    """Nothing depends on times or inodes: a copied folder opens."""
    written(tmp_path / "a", compacted=True)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    assert reopened(tmp_path / "b") == (WHOLE, [])
