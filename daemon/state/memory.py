"""The live tables, and the five operations that change them: the same ones that the journal replays."""

from collections.abc import Iterator, Mapping
from typing import Any

from daemon.state.values import Document

Operation = list[Any]
"""["put", table, key, document], ["drop", table, key], ["table", table] (make it), ["clear", table],
["remove", table]."""

Tables = dict[str, dict[str, dict[str, Any]]]


_NO_ROWS: dict[str, dict[str, Any]] = {}


class Memory:
    """All documents, and about how many bytes of file each is worth.

    A stored document is never changed in place, so a shallow copy of the tables stays what it was.
    """

    def __init__(self) -> None:
        self.tables: Tables = {}
        self.commits = 0
        self.live_bytes = 0
        self._sizes: dict[str, dict[str, int]] = {}

    def apply(self, operation: Operation, size: int) -> None:
        """Raises ValueError where it is no operation."""
        kind = operation[0]
        if kind == "put":
            _, table, key, document = operation
            rows = self.tables.get(table)
            if rows is None:
                rows = self._make(table)
            sizes = self._sizes[table]
            self.live_bytes += size - sizes.get(key, 0)
            rows[key] = document
            sizes[key] = size
        elif kind == "drop":
            _, table, key = operation
            if self.tables.get(table, _NO_ROWS).pop(key, None) is not None:
                self.live_bytes -= self._sizes[table].pop(key)
        elif kind == "table":
            if operation[1] not in self.tables:
                self._make(operation[1])
        elif kind == "clear":
            self._forget(operation[1])
            self._make(operation[1])
        elif kind == "remove":
            self._forget(operation[1])
            self.tables.pop(operation[1], None)
        else:
            raise ValueError("no operation")

    def copy(self) -> Tables:
        return {name: rows.copy() for name, rows in self.tables.items()}

    def _make(self, table: str) -> dict[str, dict[str, Any]]:
        rows: dict[str, dict[str, Any]] = {}
        self.tables[table], self._sizes[table] = rows, {}
        return rows

    def _forget(self, table: str) -> None:
        self.live_bytes -= sum(self._sizes.pop(table, {}).values())


class View(Mapping[str, Document]):
    """A table as it is now, at every look; it need not exist yet."""

    __slots__ = ("_name", "_tables")

    def __init__(self, tables: Tables, name: str) -> None:
        self._tables = tables
        self._name = name

    def __getitem__(self, key: str) -> Document:
        return self._tables.get(self._name, _NO_ROWS)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables.get(self._name, {}))

    def __len__(self) -> int:
        return len(self._tables.get(self._name, {}))
