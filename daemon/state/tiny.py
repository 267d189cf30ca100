"""TinyDB on the journal: a Storage that appends what changed, and a Table that says what did.

What TinyDB writes is applied at once and durable with the next commit that is waited for. Decimal keys are TinyDB's
int document ids; keys of our own stay strings. Results never alias the stored documents.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from copy import deepcopy
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from daemon.state.memory import Memory, Operation, Tables

Append = Callable[[Sequence[Operation]], object]
Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


def document_id(key: str) -> int | str:
    """TinyDB's id for one of our keys; `str` is its inverse."""
    number = key.removeprefix("-")
    plain = number.isascii() and number.isdigit() and (number == "0" or number[0] != "0") and key != "-0"
    return int(key) if plain else key


class JournalStorage(Storage):
    """The live tables, read-only to all but `change`."""

    def __init__(self, memory: Memory, append: Append) -> None:
        self._memory = memory
        self.change = append

    def read(self) -> Tables:
        return dict(self._memory.tables)

    def write(self, data: Tables) -> None:
        """Makes the stored tables equal to these: TinyDB drops tables so."""
        operations: list[Operation] = [["remove", name] for name in self._memory.tables if name not in data]
        for name, rows in data.items():
            if rows is not self._memory.tables.get(name):
                operations.append(["clear", name])
                operations += [["put", name, str(key), document] for key, document in rows.items()]
        if operations:
            self.change(operations)


class Changes(MutableMapping[int | str, dict[str, Any]]):
    """A table as an updater sees it: the live rows under what it has set and deleted so far."""

    def __init__(self, name: str, rows: Mapping[str, dict[str, Any]]) -> None:
        self.operations: list[Operation] = []
        self._name = name
        self._rows = rows
        self._set: dict[str, dict[str, Any]] = {}
        self._gone: set[str] = set()
        self._cleared = False

    def __getitem__(self, key: int | str) -> dict[str, Any]:
        text = str(key)
        if text in self._set:
            return self._set[text]
        if self._cleared or text in self._gone:
            raise KeyError(key)
        return self._rows[text]

    def __setitem__(self, key: int | str, document: dict[str, Any]) -> None:
        text = str(key)
        self._set[text] = document
        self.operations.append(["put", self._name, text, document])

    def __delitem__(self, key: int | str) -> None:
        if key not in self:
            raise KeyError(key)
        text = str(key)
        self._set.pop(text, None)
        self._gone.add(text)
        self.operations.append(["drop", self._name, text])

    def __iter__(self) -> Iterator[int | str]:
        old = () if self._cleared else self._rows
        for text in old:
            if text not in self._gone:
                yield document_id(text)
        for text in self._set:
            if text not in old or text in self._gone:
                yield document_id(text)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._set.clear()
        self._cleared = True
        self.operations = [["clear", self._name]]


class JournalTable(Table):
    """TinyDB's table; its query cache is never used, as it would hand out stale and shared documents."""

    document_id_class = staticmethod(document_id)  # type: ignore[assignment]
    _storage: JournalStorage
    _next_id: int | None  # type: ignore[assignment]

    def __init__(self, storage: JournalStorage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        del cache_size
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    def search(self, cond: QueryLike) -> list[Document]:
        return [_own(document) for document in super().search(cond)]

    def get(self, *arguments: Any, **names: Any) -> Any:
        match super().get(*arguments, **names):
            case Document() as document:
                return _own(document)
            case list() as documents:
                return [_own(document) for document in documents]
            case _:
                return None

    def __iter__(self) -> Iterator[Document]:
        return map(_own, super().__iter__())

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """As TinyDB's, on a copy: a document in the tables is never changed in place."""
        updated: list[int] = []

        def updater(table: Changes) -> None:
            wanted = list(table) if doc_ids is None else [one for one in doc_ids if one in table]
            for one in wanted:
                if doc_ids is not None or cond is None or cond(table[one]):
                    updated.append(one)  # type: ignore[arg-type]
                    table[one] = _changed(table[one], fields)

        self._update_table(updater)
        return updated

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        """As TinyDB's, on a copy."""
        updated: list[int] = []
        rules = list(updates)

        def updater(table: Changes) -> None:
            for one in list(table):
                for fields, cond in rules:
                    if cond(table[one]):
                        updated.append(one)  # type: ignore[arg-type]
                        table[one] = _changed(table[one], fields)

        self._update_table(updater)
        return updated

    def _get_next_id(self) -> int:
        if self._next_id is None:
            numbers = [one for one in map(document_id, self._read_table()) if isinstance(one, int)]
            self._next_id = max(numbers, default=0) + 1
        self._next_id += 1
        return self._next_id - 1

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        """One commit for all that the updater changes; none of it if the updater raises."""
        tables = self._storage.read()
        changes = Changes(self.name, tables.get(self.name, {}))
        updater(changes)
        operations = changes.operations
        if self.name not in tables and not operations:
            operations = [["table", self.name]]
        if operations:
            self._storage.change(operations)


class JournalDB(TinyDB):
    """TinyDB over one open store. Closing it does not close the store."""

    table_class = JournalTable  # type: ignore[assignment]

    def __init__(self, memory: Memory, append: Append) -> None:
        super().__init__(memory, append, storage=JournalStorage)


def _changed(document: dict[str, Any], fields: Fields) -> dict[str, Any]:
    changed = deepcopy(document)
    if callable(fields):
        fields(changed)
    else:
        changed.update(fields)
    return changed


def _own(document: Document) -> Document:
    return Document(deepcopy(dict(document)), document.doc_id)
