"""The store equals a plain dict after any sequence of commits, crashes, torn tails and compactions."""

import asyncio
import shutil
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from daemon.state.durable import DurableStore
from daemon.state.lines import dump, sealed
from daemon.state.store import Drop, Limits, Put, Reading, open_store, read_store
from tests.state.disks import StoppableDisk

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")

TABLES = ("incidents", "inbox", "notices")
TIGHT = Limits(garbage=300, journal=600)

text = st.text(st.characters(exclude_categories=()), max_size=8)
"""Lone surrogates, line feeds and NUL are in it."""

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(text, values, max_size=3)
keys = st.sampled_from(["1", "2", "m1", "é\n", ""])
changes = st.lists(
    st.builds(Put, st.sampled_from(TABLES), keys, documents) | st.builds(Drop, st.sampled_from(TABLES), keys),
    max_size=4,
)

Tables = dict[str, dict[str, Any]]


def applied(tables: Tables, some: list[Put | Drop]) -> Tables:
    after = deepcopy(tables)
    for change in some:
        match change:
            case Put(table, key, document):
                after[table][key] = deepcopy(dict(document))
            case Drop(table, key):
                after[table].pop(key, None)
    return after


def in_order(tables: Tables) -> list[Any]:
    """Documents in their order, which equality of dicts does not look at."""
    return [(name, list(tables[name].items())) for name in TABLES]


def listed(store: Reading) -> list[Any]:
    return [(name, list(store.table(name).items())) for name in TABLES]


class StoreMachine(RuleBasedStateMachine):
    """`possible` holds the tables after each commit since the last one known to be durable."""

    @initialize()
    def start(self) -> None:
        self.runner = asyncio.Runner()
        self.home = Path(tempfile.mkdtemp())
        self.folder = self.home / "0"
        self.model: Tables = {name: {} for name in TABLES}
        self.possible = [self.model]
        self.store: DurableStore
        self._open()

    def _open(self) -> None:
        self.disk = StoppableDisk()
        self.store = self.runner.run(open_store(self.folder, disk=self.disk, limits=TIGHT))

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.home)

    def _commit(self, some: list[Put | Drop], *, wait: bool) -> None:
        async def commit() -> None:
            future = self.store.commit(some)
            if wait:
                await future

        self.runner.run(commit())
        self.model = applied(self.model, some)
        self.possible = [self.model] if wait else [*self.possible, self.model]

    @rule(some=changes)
    def commit(self, some: list[Put | Drop]) -> None:
        self._commit(some, wait=True)

    @rule(some=changes)
    def commit_and_go_on(self, some: list[Put | Drop]) -> None:
        self._commit(some, wait=False)

    @rule()
    def compact(self) -> None:
        async def compact() -> None:
            await self.store.compact()

        self.runner.run(compact())
        self.possible = [self.model]

    @rule()
    def reopen(self) -> None:
        self.runner.run(self.store.close())
        self._open()
        assert self.store.damage == ()
        self.possible = [self.model]

    @rule(torn=st.integers(0, 33))
    def crash(self, torn: int) -> None:
        """The process ends, whatever its threads are at; the last line is perhaps torn."""
        self.disk.stop()
        left = self.home / str(int(self.folder.name) + 1)
        shutil.copytree(self.folder, left)
        if journals := sorted(left.glob("journal-*.jsonl")):
            whole, _, rest = journals[-1].read_bytes().rstrip(b"\t").rpartition(b"\n")
            more = b"" if rest else sealed(dump({"n": 10**6, "changes": []}))[:torn]
            journals[-1].write_bytes(whole + b"\n" + rest + more)
        self.runner.run(self.store.close())
        self.folder = left
        self._open()
        assert self.store.damage == ()
        found = listed(self.store)
        matching = [model for model in self.possible if in_order(model) == found]
        assert matching
        self.model = matching[-1]
        self.possible = [self.model]

    @invariant()
    def equal(self) -> None:
        if hasattr(self, "store"):
            assert listed(self.store) == in_order(self.model)

    @rule()
    def read_beside(self) -> None:
        self._commit([], wait=True)
        found = read_store(self.folder)
        assert found.damage == []
        assert listed(found) == in_order(self.model)


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
