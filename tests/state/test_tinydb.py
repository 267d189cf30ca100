"""What TinyDB's documentation promises of tables and queries holds on the journal as it does on its own storage."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import JSONStorage, Query, TinyDB, where
from tinydb import operations as op
from tinydb.table import Document

from daemon.state.durable import DurableStore
from daemon.state.store import Put, open_store


class Ours:
    """A store with its event loop, and TinyDB on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runner = asyncio.Runner()
        self.store: DurableStore = self.runner.run(open_store(folder))

    @property
    def db(self) -> TinyDB:
        return self.store.db

    def reopen(self) -> TinyDB:
        self.runner.run(self.store.close())
        self.store = self.runner.run(open_store(self.folder))
        assert self.store.damage == ()
        return self.db

    def close(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()


class Stock:
    """TinyDB as it comes: the expectations of this file are checked on it too."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "state.json"
        self.db = TinyDB(self.path, storage=JSONStorage)

    def reopen(self) -> TinyDB:
        self.db.close()
        self.db = TinyDB(self.path, storage=JSONStorage)
        return self.db

    def close(self) -> None:
        self.db.close()


Base = Ours | Stock


@pytest.fixture(params=[Ours, Stock], ids=["ours", "stock"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Base]:
    made = request.param(tmp_path)
    made.db.insert_multiple({"int": 1, "char": char, "tags": [char, "all"], "in": {"deep": char}} for char in "abc")
    yield made
    made.close()


def chars(db: Any) -> list[str]:
    return [document["char"] for document in db]


def _set(name: str, value: object) -> Callable[[Any], None]:
    def transform(document: Any) -> None:
        document[name] = value

    return transform


WRITES: list[tuple[str, Callable[[Any], object]]] = [
    ("insert gives the next id", lambda db: db.insert({"int": 1, "char": "d"})),
    ("insert of a Document takes its id", lambda db: db.insert(Document({"char": "d"}, doc_id=10))),
    ("and the next id follows it", lambda db: (db.insert(Document({"char": "d"}, 10)), db.insert({"char": "e"}))),
    ("insert_multiple gives all ids", lambda db: db.insert_multiple([{"char": "d"}, {"char": "e"}])),
    ("insert_multiple takes an iterator", lambda db: db.insert_multiple({"n": n} for n in range(3))),
    ("insert_multiple with ids", lambda db: db.insert_multiple([Document({"a": 1}, 7), {"b": 2}])),
    ("insert_multiple of nothing", lambda db: db.insert_multiple([])),
    ("update of all", lambda db: db.update({"int": 2})),
    ("update by condition", lambda db: db.update({"int": 2}, where("char") == "b")),
    ("update by ids skips unknown ones", lambda db: db.update({"int": 2}, doc_ids=[1, 3, 99])),
    ("update by a function", lambda db: db.update(_set("int", 7), where("char") == "a")),
    ("update that matches nothing", lambda db: db.update({"int": 2}, where("char") == "z")),
    ("update of a nested list in place", lambda db: db.update(lambda doc: doc["tags"].append("x"), doc_ids=[2])),
    ("delete of a field", lambda db: db.update(op.delete("int"), where("char") == "a")),
    ("increment", lambda db: db.update(op.increment("int"))),
    ("decrement", lambda db: db.update(op.decrement("int"), where("char") == "a")),
    ("add", lambda db: db.update(op.add("int", 2))),
    ("subtract", lambda db: db.update(op.subtract("int", 5))),
    ("set", lambda db: db.update(op.set("char", "x"), doc_ids=[1])),
    (
        "update_multiple",
        lambda db: db.update_multiple([({"int": 9}, where("char") == "a"), (op.delete("int"), where("char") == "b")]),
    ),
    (
        "update_multiple sees its own changes",
        lambda db: db.update_multiple([({"char": "b"}, where("char") == "a"), ({"int": 5}, where("char") == "b")]),
    ),
    ("upsert that updates", lambda db: db.upsert({"int": 5}, where("char") == "a")),
    ("upsert that inserts", lambda db: db.upsert({"char": "z"}, where("char") == "z")),
    ("upsert of a Document that is there", lambda db: db.upsert(Document({"int": 8}, doc_id=2))),
    ("upsert of a Document that is not", lambda db: db.upsert(Document({"int": 8}, doc_id=20))),
    ("remove by condition", lambda db: db.remove(where("char") == "b")),
    ("remove of all by condition", lambda db: db.remove(where("int") == 1)),
    ("remove by ids skips unknown ones", lambda db: db.remove(doc_ids=[1, 99])),
    ("a removed place is taken at the end", lambda db: (db.remove(doc_ids=[1]), db.insert(Document({"char": "a"}, 1)))),
    ("truncate", lambda db: db.truncate()),
    ("ids start again after truncate", lambda db: (db.truncate(), db.insert({"char": "n"}))),
    ("drop_table of the default one", lambda db: db.drop_table("_default")),
    ("drop_table of one that is not there", lambda db: db.drop_table("other")),
    ("drop_tables", lambda db: db.drop_tables()),
    ("a table is there once it is written", lambda db: [len(db.table("other")), db.table("more").insert({"a": 1})]),
    ("truncate makes a table", lambda db: db.table("other").truncate()),
    ("persist_empty makes a table", lambda db: len(db.table("other", persist_empty=True))),
    ("tables are apart", lambda db: (db.table("other").insert({"a": 1}), db.table("other").update({"int": 3}))),
    ("dropping one leaves the other", lambda db: (db.table("other").insert({"a": 1}), db.drop_table("_default"))),
    ("int keys inside become strings, as JSON has it", lambda db: db.insert({"char": {"1": True}})),
]


def everything(db: TinyDB) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    return {name: [(document.doc_id, dict(document)) for document in db.table(name)] for name in sorted(db.tables())}


@pytest.mark.parametrize("act", [case[1] for case in WRITES], ids=[case[0] for case in WRITES])
def test_writes_do_as_tinydb_does(tmp_path: Path, act: Callable[[Any], object]) -> None:
    """The answer, all documents with their ids and order, and the same again after reopening."""
    results = []
    for kind in (Ours, Stock):
        (tmp_path / kind.__name__).mkdir()
        base: Base = kind(tmp_path / kind.__name__)
        base.db.insert_multiple({"int": 1, "char": char, "tags": [char, "all"]} for char in "abc")
        answer = act(base.db)
        after = everything(base.db)
        assert everything(base.reopen()) == after
        results.append((answer, after))
        base.close()
    assert results[0] == results[1]


REFUSED: list[tuple[str, Callable[[Any], object], type[Exception]]] = [
    ("insert of no mapping", lambda db: db.insert([1]), ValueError),
    ("insert of a string", lambda db: db.insert("a"), ValueError),
    ("an id that is taken", lambda db: db.insert(Document({}, doc_id=1)), ValueError),
    ("an id that is taken, among many", lambda db: db.insert_multiple([{"a": 1}, Document({}, doc_id=1)]), ValueError),
    ("no mapping among many", lambda db: db.insert_multiple([{"a": 1}, 5]), ValueError),
    ("get of nothing", lambda db: db.get(), RuntimeError),
    ("contains of nothing", lambda db: db.contains(), RuntimeError),
    ("remove of everything by mistake", lambda db: db.remove(), RuntimeError),
    ("upsert with neither id nor condition", lambda db: db.upsert({"a": 1}), ValueError),
    ("a function that raises", lambda db: db.update(op.increment("char")), TypeError),
]


@pytest.mark.parametrize(("act", "error"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_refused_write_changes_nothing(base: Base, act: Callable[[Any], object], error: type[Exception]) -> None:
    before = everything(base.db)
    with pytest.raises(error):
        act(base.db)
    assert everything(base.db) == before
    assert everything(base.reopen()) == before


@pytest.mark.parametrize(
    "bad",
    [{"a": object()}, {"a": {1, 2}}, {"a": b"bytes"}, {"a": float("nan")}],
    ids=lambda bad: type(bad["a"]).__name__,
)
def test_what_is_not_json_is_refused_before_anything_changes(tmp_path: Path, bad: dict[str, Any]) -> None:
    """TinyDB's own storage is unreadable after some of these."""
    ours = Ours(tmp_path)
    ours.db.insert({"a": 1})
    acts: list[Callable[[Any], object]] = [
        lambda db: db.insert(bad),
        lambda db: db.update(bad),
        lambda db: db.insert_multiple([{}, bad]),
    ]
    for act in acts:
        with pytest.raises((TypeError, ValueError)):
            act(ours.db)
        assert everything(ours.db) == {"_default": [(1, {"a": 1})]}
    assert everything(ours.reopen()) == {"_default": [(1, {"a": 1})]}
    ours.close()


AMONG: Any = "ac".__contains__

QUERIES: list[tuple[str, Any, str]] = [
    ("equal", where("char") == "a", "a"),
    ("not equal", where("char") != "a", "bc"),
    ("less", where("char") < "b", "a"),
    ("at most", where("char") <= "b", "ab"),
    ("more", where("char") > "b", "c"),
    ("at least", where("char") >= "b", "bc"),
    ("a field that is there", where("char").exists(), "abc"),
    ("a field that is not", where("nothing").exists(), ""),
    ("a nested field", where("in").deep == "b", "b"),
    ("a nested field by index", Query()["in"]["deep"] == "c", "c"),
    ("a whole match", where("char").matches("[ab]"), "ab"),
    ("a search", where("char").search("[bc]"), "bc"),
    ("a test", where("char").test(AMONG), "ac"),
    ("any of a list", where("tags").any(["a", "b"]), "ab"),
    ("all of a list", where("tags").all(["all", "c"]), "c"),
    ("one of", where("char").one_of(["a", "z"]), "a"),
    ("and", (where("char") == "a") & (where("int") == 1), "a"),
    ("or", (where("char") == "a") | (where("char") == "c"), "ac"),
    ("not", ~(where("char") == "a"), "bc"),
    ("a fragment", Query().fragment({"int": 1, "char": "b"}), "b"),
    ("a mapped value", where("char").map(str.upper) == "B", "b"),
    ("nothing in particular", Query().noop(), "abc"),
    ("a function", lambda document: document["char"] == "c", "c"),
]


@pytest.mark.parametrize(("query", "found"), [case[1:] for case in QUERIES], ids=[case[0] for case in QUERIES])
def test_queries_find_what_they_should(base: Base, query: Any, found: str) -> None:
    """search, count, contains and get agree, before a change, after it and after reopening."""
    db: Any = base.db
    for _ in range(2):
        assert chars(db.search(query)) == list(found)
        assert db.count(query) == len(found)
        assert db.contains(query) is bool(found)
        assert (db.get(query) or {}).get("char") == (found[0] if found else None)
        db = base.reopen()
    assert sorted(db.remove(query)) == [document + 1 for document in range(3) if "abc"[document] in found]
    assert db.search(query) == []


def test_reads(base: Base) -> None:
    """all, len, iteration, get by id and by ids, contains by id."""
    db: Any = base.db
    assert len(db) == 3
    assert chars(db.all()) == chars(db) == ["a", "b", "c"]
    assert db.get(doc_id=2)["char"] == "b"
    assert db.get(doc_id=2).doc_id == 2
    assert db.get(doc_id=99) is None
    assert chars(db.get(doc_ids=[1, 3, 99])) == ["a", "c"]
    assert db.contains(doc_id=1)
    assert not db.contains(doc_id=99)
    assert db.tables() == {"_default"}
    assert db.table("other").all() == []
    assert db.tables() == {"_default"}


def test_a_result_is_the_callers_own(base: Base) -> None:
    """Changing what was found, or what was put in, changes nothing that is stored."""
    db: Any = base.db
    mine: dict[str, Any] = {"char": "d", "tags": ["d"]}
    db.insert(mine)
    mine["tags"].append("x")
    for found in (db.get(doc_id=1), db.get(where("char") == "a"), db.search(where("char") == "a")[0], db.all()[0]):
        found["tags"].append("spoiled")
        found["in"]["deep"] = "spoiled"
    next(iter(db))["tags"].append("spoiled")
    assert db.get(doc_id=1) == {"int": 1, "char": "a", "tags": ["a", "all"], "in": {"deep": "a"}}
    assert db.get(where("char") == "d")["tags"] == ["d"]


def test_tinydb_sees_commits_and_commits_see_tinydb(tmp_path: Path) -> None:
    """One set of tables under both; keys of our own are ids too, and numbers go on after the highest."""
    ours = Ours(tmp_path)
    table: Any = ours.db.table("inbox")

    async def commit(key: str, document: dict[str, Any]) -> None:
        await ours.store.commit([Put("inbox", key, document)])

    assert table.search(where("from") == "ann") == []
    ours.runner.run(commit("m-1", {"from": "ann"}))
    ours.runner.run(commit("7", {"from": "bob"}))
    assert [document.doc_id for document in table] == ["m-1", 7]
    assert table.search(where("from") == "ann")[0].doc_id == "m-1"
    assert table.insert({"from": "eve"}) == 8
    assert table.update({"seen": True}, where("from") == "ann") == ["m-1"]
    assert table.get(doc_id="m-1") == {"from": "ann", "seen": True}
    assert list(ours.store.table("inbox")) == ["m-1", "7", "8"]
    assert table.remove(where("from") == "bob") == [7]
    ours.reopen()
    assert dict(ours.store.table("inbox")) == {"m-1": {"from": "ann", "seen": True}, "8": {"from": "eve"}}
    ours.close()
