"""No key is dead: each that the reference shows becomes a value, and the program looks at each of those values."""

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from functools import cache

import pytest
from pydantic import BaseModel

from config import types
from config.procedure import ProcedureFile
from config.secrets import SECRET_KEYS
from config.settings import SettingsFile
from config.tables import table_of
from tests.architecture.tree import modules

FROZEN = [kind for _, kind in inspect.getmembers(types, inspect.isclass) if dataclasses.is_dataclass(kind)]
VALUES = sorted(f"{kind.__name__}.{field.name}" for kind in FROZEN for field in dataclasses.fields(kind))


@cache
def looked_at(within: bool) -> frozenset[str]:
    """Names of attributes that are read within `config`, or outside it."""
    trees = [module.tree for name, module in modules().items() if (name.partition(".")[0] == "config") is within]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return frozenset(node.attr for node in nodes if isinstance(node.ctx, ast.Load))


def fields(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{name}"
        if inner := table_of(field):
            yield from fields(inner)


KEYS = sorted({*fields(SettingsFile), *fields(ProcedureFile)})
BY_FILE = {f"{key}_file" for keys in SECRET_KEYS.values() for key in keys}
"""Taken out of the table before the model sees it (config/secrets.py)."""


@pytest.mark.parametrize("key", KEYS)
def test_a_key_becomes_a_value(key: str) -> None:
    name = key.partition(".")[2]
    assert name in looked_at(True) | BY_FILE


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_looked_at_by_the_program(value: str) -> None:
    assert value.partition(".")[2] in looked_at(False)


def test_there_are_many() -> None:
    assert len(KEYS) > 100
    assert len(VALUES) > 100
