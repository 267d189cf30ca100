"""What an operator does to a state folder, beside a running daemon where it can be."""

import asyncio
import json
import stat
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import JSONStorage, TinyDB, where

from daemon.state.disk import Disk
from daemon.state.durable import DurableStore
from daemon.state.maintain import backup, compact, export, verify
from daemon.state.raws import drop_raws
from daemon.state.store import Drop, Put, StateDamaged, StateLocked, open_store, read_store

TABLES: dict[str, dict[str, dict[str, Any]]] = {
    "incidents": {"7": {"words": "réseau"}, "8": {"list": [1, {"deep": None}]}},
    "inbox": {"<a@b>": {"from": "ann"}, "007": {"from": "bob"}},
    "empty": {},
}


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[DurableStore]:
    """A daemon's store with two tables, one raw message and one archive; open."""
    store = await open_store(tmp_path / "state")
    for table, rows in TABLES.items():
        await store.commit([Put(table, key, document) for key, document in rows.items()])
    await store.commit([Put("empty", "x", {}), Drop("empty", "x"), Put("incidents", "1", {"old": True})])
    await store.archive("MI-1", [Drop("incidents", "1")])
    await store.keep(b"raw")
    yield store
    await store.close()


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.jsonl")]


def private(folder: Path) -> bool:
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    return all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


def spoil(path: Path, old: bytes, new: bytes) -> None:
    path.write_bytes(path.read_bytes().replace(old, new))


def test_verify_counts_everything(running: DurableStore, tmp_path: Path) -> None:
    report = verify(tmp_path / "state")
    assert report.documents == {"incidents": 2, "inbox": 2, "empty": 0}
    assert (report.raw, report.archives, report.damage) == (1, 1, ())
    assert report.commits > 2


def test_verify_finds_damage_wherever_it_is(running: DurableStore, tmp_path: Path) -> None:
    state = tmp_path / "state"
    spoil(next((state / "raw").iterdir()), b"raw", b"row")
    spoil(state / "archive" / "MI-1.jsonl", b"true", b"null")
    spoil(state / "journal-000001.jsonl", b"ann", b"bob")
    assert [line.split(" is damaged")[0].split(" ")[0] for line in verify(state).damage] == [
        "journal-000001.jsonl:",
        "commit",
        "MI-1.jsonl:",
        "raw",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told", "given_out"),
    [(b"message 3", b"message X", "raw message", 5), (b'[["', b'[{"', "bundle", 0)],
    ids=["a message in it", "its first line"],
)
async def test_of_a_damaged_bundle_nothing_wrong_is_given_out(
    tmp_path: Path, old: bytes, new: bytes, told: str, given_out: int
) -> None:
    """The other messages are, and a backup has them; what is missing counts as damaged, not as removed."""
    state = tmp_path / "state"
    store = await open_store(state)
    kept = await asyncio.gather(*(store.keep(f"message {number}".encode()) for number in range(6)))
    await store.close()
    spoil(next((state / "bundles").iterdir()), old, new)
    assert [line.partition(" ")[0] for line in verify(state).damage] == [told.partition(" ")[0]]
    assert [line.startswith(told) for line in backup(state, tmp_path / "backup")] == [True]
    assert verify(tmp_path / "backup").raw == given_out
    reading, damaged = read_store(state), 0
    for name in kept:
        try:
            assert reading.raw(name).startswith(b"message ")
        except StateDamaged:
            damaged += 1
    assert damaged == 6 - given_out


@pytest.mark.parametrize("messages", [2, 6], ids=["a file each", "a bundle"])
async def test_messages_that_the_daily_sweep_removes_meanwhile_are_no_damage(tmp_path: Path, messages: int) -> None:
    """The sweep comes once the first file has been read, whichever that is."""
    state = tmp_path / "state"
    store = await open_store(state)
    await store.archive("MI-1", [])

    async def kept() -> None:
        await asyncio.gather(*(store.keep(f"message {number}".encode()) for number in range(messages)))

    def sweeps(_done: int, _all: int) -> None:
        drop_raws(Disk(), state, time.time() + 60)

    await kept()
    report = verify(state, sweeps)
    assert (report.raw, report.damage) == (0, ()), "the archive was read before the first message"
    await kept()
    assert backup(state, tmp_path / "backup", told=sweeps) == ()
    assert verify(tmp_path / "backup").raw == 1
    await store.close()


async def test_a_backup_is_a_state_folder_of_its_own(running: DurableStore, tmp_path: Path) -> None:
    """Tables, messages, archives; later commits are not in it; it opens, and private it is too."""
    target = tmp_path / "backup"
    assert backup(tmp_path / "state", target) == ()
    await running.commit([Put("incidents", "9", {})])
    found = read_store(target)
    assert {name: dict(found.table(name)) for name in TABLES} == TABLES
    assert verify(target).damage == ()
    assert (verify(target).raw, found.archived("MI-1")) == (1, {"incidents": {"1": {"old": True}}})
    assert private(target)
    store = await open_store(target)
    await store.commit([Put("incidents", "10", {})])
    await store.close()
    assert verify(target).damage == ()
    with pytest.raises(FileExistsError):
        backup(tmp_path / "state", target)


def test_a_backup_of_a_damaged_state_has_the_rest(running: DurableStore, tmp_path: Path) -> None:
    spoil(tmp_path / "state" / "journal-000001.jsonl", b"ann", b"bob")
    assert "is damaged" in backup(tmp_path / "state", tmp_path / "backup")[0]
    assert dict(read_store(tmp_path / "backup").table("incidents")) == TABLES["incidents"]
    assert verify(tmp_path / "backup").damage == ()


async def test_backups_taken_at_work_are_consistent(tmp_path: Path) -> None:
    """Two documents that are always committed together never differ in a backup."""
    store = await open_store(tmp_path / "state")

    async def work() -> None:
        for number in range(300):
            await store.commit([Put("a", "k", {"n": number}), Put("b", "k", {"n": number})])
            if number % 50 == 0:
                await store.compact()

    working = asyncio.create_task(work())
    for number in range(8):
        await asyncio.to_thread(backup, tmp_path / "state", tmp_path / str(number))
        found = read_store(tmp_path / str(number))
        assert dict(found.table("a")) == dict(found.table("b"))
        assert found.damage == []
    await working
    await store.close()


def test_stock_tinydb_opens_an_export(running: DurableStore, tmp_path: Path) -> None:
    """The same documents; where keys are no numbers, `_keys` tells them."""
    target = tmp_path / "state.json"
    assert export(tmp_path / "state", target) == ()
    with TinyDB(target, storage=JSONStorage) as db:
        assert db.tables() == {*TABLES, "_keys"}
        for name, rows in TABLES.items():
            assert [dict(document) for document in db.table(name)] == list(rows.values())
        assert [document.doc_id for document in db.table("incidents")] == [7, 8]
        assert db.table("_keys").get(where("key") == "007") == {"table": "inbox", "doc_id": 2, "key": "007"}
        assert db.table("incidents").insert({}) == 9
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("tables", [{}, {"a": {}}, {"a": {"1": {}}, "b": {"x": {"\ud83d": "é"}}}], ids=str)
async def test_every_export_is_json(tmp_path: Path, tables: dict[str, dict[str, Any]]) -> None:
    store = await open_store(tmp_path / "state")
    for name, rows in tables.items():
        await store.commit([Put(name, "gone", {}), Drop(name, "gone")])
        await store.commit([Put(name, key, document) for key, document in rows.items()])
    export(tmp_path / "state", tmp_path / "out.json")
    found = json.loads((tmp_path / "out.json").read_text())
    found.pop("_keys", None)
    assert {name: list(rows.values()) for name, rows in found.items()} == {
        name: list(rows.values()) for name, rows in tables.items()
    }
    await store.close()


async def test_compact_leaves_one_file(running: DurableStore, tmp_path: Path) -> None:
    """Not beside a running daemon, which does it by itself."""
    state = tmp_path / "state"
    with pytest.raises(StateLocked):
        compact(state)
    await running.close()
    assert compact(state) == ()
    assert names(state) == ["snapshot-000002.jsonl"]
    assert {name: dict(read_store(state).table(name)) for name in TABLES} == TABLES
    store = await open_store(state)
    assert store.damage == ()
    await store.commit([Put("incidents", "9", {})])
    await store.close()
    assert list(read_store(state).table("incidents")) == ["7", "8", "9"]


async def test_compact_sets_damage_aside(running: DurableStore, tmp_path: Path) -> None:
    state = tmp_path / "state"
    await running.close()
    spoil(state / "journal-000001.jsonl", b"ann", b"bob")
    assert "line 3 is damaged" in compact(state)[0]
    assert (state / "journal-000001.jsonl.damaged").exists()
    assert verify(state).damage == ()
