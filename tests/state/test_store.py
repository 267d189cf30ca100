"""What the store promises to the rest of the daemon on a good day."""

import asyncio
import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from daemon.state.durable import DurableStore
from daemon.state.store import Drop, Limits, Put, StateDamaged, StateLocked, Store, StoreDown, open_store, read_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[DurableStore]:
    opened = await open_store(tmp_path / "state")
    yield opened
    await opened.close()


async def test_a_commit_is_in_memory_at_once_and_on_the_disk_when_it_is_awaited(store: Store, tmp_path: Path) -> None:
    durable = store.commit([Put("incidents", "7", {"status": "proposed"}), Put("inbox", "m", {"at": 1})])
    assert store.table("incidents")["7"] == {"status": "proposed"}
    await durable
    found = read_store(tmp_path / "state")
    assert (found.table("incidents")["7"], found.table("inbox")["m"]) == ({"status": "proposed"}, {"at": 1})


async def test_a_view_is_live_and_cannot_be_written(store: Store) -> None:
    view = store.table("incidents")
    assert dict(view) == {}
    store.commit([Put("incidents", "b", {}), Put("incidents", "a", {})])
    assert list(view) == ["b", "a"]
    store.commit([Put("incidents", "b", {"again": True}), Drop("incidents", "c")])
    assert list(view) == ["b", "a"]
    store.commit([Drop("incidents", "b"), Put("incidents", "b", {})])
    assert list(view) == ["a", "b"]
    with pytest.raises(TypeError):
        view["x"] = {}  # type: ignore[index]


async def test_changes_count_in_call_order(store: Store) -> None:
    """Within a commit and between commits: the last one wins."""
    first = store.commit([Put("t", "k", {"n": 1}), Drop("t", "k"), Put("t", "k", {"n": 2})])
    second = store.commit([Put("t", "k", {"n": 3})])
    assert store.table("t")["k"] == {"n": 3}
    await asyncio.gather(first, second)
    await store.commit([Put("t", "k", {"n": 4}), Drop("t", "k")])
    assert "k" not in store.table("t")


async def test_a_stored_document_is_the_stores_own(store: Store) -> None:
    mine: dict[str, Any] = {"list": [1], "view": MappingProxyType({"a": (1, 2)})}
    await store.commit([Put("t", "k", mine)])
    mine["list"].append(2)
    assert store.table("t")["k"] == {"list": [1], "view": {"a": [1, 2]}}


@pytest.mark.parametrize(
    "document",
    [
        {"": None, "a": [True, False, 0, -1, 10**40, 1.5, 1e300, "é\u2028\n\x00\x9b", "\ud83d", {}]},
        {"deep": [[[[[[[["x"]]]]]]]]},
        {str(number): "x" * 1000 for number in range(1000)},
    ],
    ids=["odd values", "deep", "a megabyte"],
)
async def test_any_json_comes_back_equal(tmp_path: Path, document: dict[str, Any]) -> None:
    """At once, after reopening from the journal, and from a snapshot."""
    store = await open_store(tmp_path)
    await store.commit([Put("é\n", "\ud83d", document)])
    assert store.table("é\n")["\ud83d"] == document
    for _ in range(2):
        await store.close()
        store = await open_store(tmp_path)
        assert store.table("é\n")["\ud83d"] == document
        await store.compact()
    await store.close()


@pytest.mark.parametrize(
    "bad",
    [object(), b"x", {1}, float("nan"), float("inf")],
    ids=lambda bad: type(bad).__name__ + (str(bad) if isinstance(bad, float) else ""),
)
async def test_what_is_not_json_changes_nothing(store: Store, tmp_path: Path, bad: object) -> None:
    """Nor does the good half of the same commit."""
    await store.commit([Put("t", "k", {"n": 1})])
    with pytest.raises((TypeError, ValueError)):
        store.commit([Put("t", "k", {"n": 2}), Put("t", "l", {"bad": bad})])
    assert dict(store.table("t")) == {"k": {"n": 1}}
    await store.commit([])
    assert dict(read_store(tmp_path / "state").table("t")) == {"k": {"n": 1}}


async def test_many_at_once_are_all_there(store: DurableStore, tmp_path: Path) -> None:
    """A thousand at once are all there, in order, one line each."""
    await asyncio.gather(*(store.commit([Put("t", str(number), {})]) for number in range(1000)))
    assert list(read_store(tmp_path / "state").table("t")) == [str(number) for number in range(1000)]


async def test_a_cancelled_wait_undoes_nothing(store: Store, tmp_path: Path) -> None:
    store.commit([Put("t", "k", {})]).cancel()
    await store.commit([])
    assert "k" in read_store(tmp_path / "state").table("t")


async def test_raw_messages(store: Store, tmp_path: Path) -> None:
    """Named by content, kept once, given back as they were; a name that is none of ours is no path."""
    raw = b"Subject: \xff\r\n\r\n\x00"
    name, again = await asyncio.gather(store.keep(raw), store.keep(raw))
    assert name == again == hashlib.sha256(raw).hexdigest()
    assert store.raw(name) == raw
    assert [path.name for path in (tmp_path / "state" / "raw").iterdir()] == [name]
    for other in ("0" * 64, "../lock", ""):
        with pytest.raises(FileNotFoundError):
            store.raw(other)
    (tmp_path / "state" / "raw" / name).write_bytes(b"spoiled")
    with pytest.raises(StateDamaged):
        store.raw(name)


async def test_raw_messages_that_come_together_are_each_kept_under_their_own_name(tmp_path: Path) -> None:
    store = await open_store(tmp_path)
    raws = [f"message {number % 47}".encode() for number in range(50)]
    names = await asyncio.gather(*map(store.keep, raws))
    assert [store.raw(name) for name in names] == raws
    assert names == [hashlib.sha256(raw).hexdigest() for raw in raws]
    assert len([path.name for path in (tmp_path / "bundles").iterdir()]) == 1
    assert await store.drop_raws(0) == 0
    assert await store.drop_raws(time.time() + 60) == 47
    with pytest.raises(FileNotFoundError):
        store.raw(names[0])
    await store.close()


async def test_archives(store: Store, tmp_path: Path) -> None:
    """Documents of several tables leave the working state for a file that can be read later, and added to."""
    await store.commit([Put("incidents", "7", {"n": 7}), Put("notices", "7-1", {}), Put("incidents", "8", {})])
    await store.archive("MI-7", [Drop("incidents", "7"), Drop("notices", "7-1"), Drop("notices", "none")])
    assert list(store.table("incidents")) == ["8"]
    assert store.archived("MI-7") == {"incidents": {"7": {"n": 7}}, "notices": {"7-1": {}}}
    assert store.archived("MI-9") is None
    await store.commit([Put("notices", "7-2", {})])
    await store.archive("MI-7", [Drop("notices", "7-2")])
    assert (store.archived("MI-7") or {})["notices"] == {"7-1": {}, "7-2": {}}
    assert read_store(tmp_path / "state").archived("MI-7") == store.archived("MI-7")
    assert store.archives() == read_store(tmp_path / "state").archives() == ["MI-7"]
    for name in ("../x", "", ".hidden", "a/b"):
        with pytest.raises(ValueError, match="cannot name"):
            await store.archive(name, [])


async def test_what_changes_while_it_is_archived_is_archived_as_it_is_last(store: Store) -> None:
    await store.commit([Put("incidents", "7", {"n": 1})])
    moving = asyncio.ensure_future(store.archive("MI-7", [Drop("incidents", "7")]))
    await asyncio.sleep(0)
    store.commit([Put("incidents", "7", {"n": 2})])
    await moving
    assert store.archived("MI-7") == {"incidents": {"7": {"n": 2}}}


def sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.glob("*.jsonl")}


async def test_outdated_lines_are_compacted_away_by_themselves(tmp_path: Path) -> None:
    """Documents that are written over and over don't fill the disk; documents that live are not copied in vain."""
    store = await open_store(tmp_path, limits=Limits(garbage=10_000, journal=100_000))
    for number in range(500):
        await store.commit([Put("t", str(number % 5), {"number": number, "words": "x" * 200})])
    await store.close()
    assert sum(sizes(tmp_path).values()) < 40_000
    assert all(int(name[-12:-6]) < 40 for name in sizes(tmp_path))  # each compaction counts them up
    assert {row["number"] for row in read_store(tmp_path).table("t").values()} == set(range(495, 500))


async def test_new_documents_alone_are_never_compacted(tmp_path: Path) -> None:
    store = await open_store(tmp_path, limits=Limits(garbage=1000, journal=20_000))
    for number in range(500):
        store.commit([Put("t", str(number), {"words": "日本" * 50})])
        if number % 10 == 0:
            await store.commit([])
    await store.close()
    assert len(sizes(tmp_path)) > 3
    assert not [name for name in sizes(tmp_path) if not name.startswith("journal")]
    assert len(read_store(tmp_path).table("t")) == 500


async def test_a_second_one_is_refused_and_told_who_holds_it(store: Store, tmp_path: Path) -> None:
    """By another process too; what only reads is not refused."""
    code = "import asyncio, sys, pathlib; from daemon.state.store import open_store; "
    code += "asyncio.run(open_store(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path / "state")]
    other = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, said = await other.communicate()
    assert other.returncode
    assert f"is in use by process {os.getpid()}" in said.decode()
    with pytest.raises(StateLocked) as refusal:
        await open_store(tmp_path / "state")
    assert refusal.value.pid == os.getpid()
    assert read_store(tmp_path / "state").damage == []


async def test_closing_lets_go_and_ends_commits(tmp_path: Path) -> None:
    store = await open_store(tmp_path)
    store.commit([Put("t", "k", {})])
    await store.close()
    await store.close()
    with pytest.raises(StoreDown):
        store.commit([Put("t", "l", {})])
    store = await open_store(tmp_path)
    assert list(store.table("t")) == ["k"]
    await store.close()


async def test_nobody_else_can_read_it(store: Store, tmp_path: Path) -> None:
    """Folders 0700, files 0600."""
    name = await store.keep(b"secret")
    await store.commit([Put("t", "k", {})])
    await store.archive("MI-1", [Drop("t", "k")])
    assert name
    for path in [tmp_path / "state", *(tmp_path / "state").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


async def test_a_line_is_a_checksum_and_json(store: Store, tmp_path: Path) -> None:
    """As the documentation says, so that `less` and `grep` do."""
    await store.commit([Put("incidents", "7", {"words": "réseau"}), Drop("inbox", "m")])
    lines = (tmp_path / "state" / "journal-000001.jsonl").read_text().rstrip("\t").splitlines()
    assert json.loads(lines[0][9:]) == {"murphyd": "journal", "format": 1, "number": 1, "after": 0}
    assert lines[1][8:] == ' {"n":1,"changes":[["put","incidents","7",{"words":"réseau"}],["drop","inbox","m"]]}'
    assert len(lines) == 2


def test_a_folder_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_store(tmp_path / "none")
