"""What the models say about TOML tables, for faults and for the reference page; and TOML as it is written."""

import json
from collections.abc import Iterator
from datetime import time, timedelta
from enum import Enum
from pathlib import PurePath
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from config.durations import format_duration


def keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a table as they are written."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def table_of(field: FieldInfo) -> type[BaseModel] | None:
    """The table that a key opens, None for a plain value."""
    return next((t for t in _types(field.annotation) if issubclass(t, BaseModel)), None)


def is_array(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is list


def choices(field: FieldInfo) -> list[str]:
    """The values of an enumeration, [] for any other key."""
    return [str(m.value) for t in _types(field.annotation) if issubclass(t, Enum) for m in t]


def heading(name: str, array: bool) -> str:
    return f"[[{name}]]" if array else f"[{name}]"


def name_of(table: Any, number: int) -> str:
    """How a table in an array is called in a fault: by its name, else by its number, from 1."""
    name = table.get("name") if isinstance(table, dict) else None
    usable = isinstance(name, str) and name.isprintable() and 0 < len(name) <= 40
    return str(name) if usable else str(number)


def as_toml(value: Any) -> str:
    """A value as it is written in a TOML file."""
    match value:
        case Enum():
            return as_toml(value.value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case timedelta():
            return f'"{format_duration(value)}"'
        case (time() as start, time() as end):
            return f'"{start:%H:%M}-{end:%H:%M}"'
        case (str() as host, int() as port):
            return f'"{host}:{port}"'
        case list():
            return f"[{', '.join(as_toml(v) for v in value)}]"
        case PurePath() | str():
            return json.dumps(str(value), ensure_ascii=False)
        case _:
            raise TypeError(f"{type(value).__name__} is not written in TOML here")


def _types(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _types(part)
