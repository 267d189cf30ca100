"""A file's tables against its model: the model, or each fault in plain words."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from config.faults import Wrong, nearest, one_of, shown
from config.secrets import is_secret
from config.tables import as_toml, choices, heading, is_array, keys, name_of, table_of
from config.types import Fault

Model = TypeVar("Model", bound=BaseModel)


class Place(NamedTuple):
    """Where an error is: its dotted key, the table it is in, and the key's own field (None if unknown)."""

    key: str
    model: type[BaseModel]
    leaf: str
    field: FieldInfo | None
    secret: bool


def validate(
    model: type[Model], raw: dict[str, Any], file: str, elsewhere: Mapping[str, str]
) -> tuple[Model | None, list[Fault]]:
    """The tables as a model, else the faults. `elsewhere` maps tables that belong to another file to its name."""
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        return None, [_fault(e, model, raw, file, elsewhere) for e in error.errors(include_url=False)]


def _fault(
    error: ErrorDetails, model: type[BaseModel], raw: dict[str, Any], file: str, elsewhere: Mapping[str, str]
) -> Fault:
    place = _place(error["loc"], model, raw)
    wrong = _wrong(error, place, elsewhere)
    return wrong.at(file, place.key)


def _place(loc: tuple[str | int, ...], root: type[BaseModel], raw: Any) -> Place:
    parts: list[str] = []
    model, value, field, leaf = root, raw, None, ""
    inner: type[BaseModel] | None = root
    for step in loc:
        if isinstance(step, int):
            value = value[step]
            if inner is not None:
                parts.append(name_of(value, step + 1))
        elif inner is not None:
            model, leaf = inner, step
            field = keys(model).get(step)
            inner = table_of(field) if field else None
            value = value.get(step) if isinstance(value, dict) else None
            parts.append(step if step.isprintable() and len(step) <= 40 else shown(step))
    return Place(".".join(parts), model, leaf, field, bool(loc) and is_secret(str(loc[0]), leaf))


def _wrong(error: ErrorDetails, place: Place, elsewhere: Mapping[str, str]) -> Wrong:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    said = "" if place.secret else f" ({shown(value)})"
    cause = context.get("error")
    if isinstance(cause, Wrong):
        return cause
    if kind == "missing":
        return Wrong("is missing", _how_to_add(place))
    if kind == "extra_forbidden":
        return _unknown(place, elsewhere)
    if kind == "enum":
        allowed = choices(place.field) if place.field else []
        near = nearest(value, allowed) if isinstance(value, str) else ""
        listed = ", ".join(f'"{c}"' for c in allowed)
        return Wrong(
            f"is {shown(value)}", f'did you mean "{near}"? (one of {listed})' if near else f"write one of {listed}"
        )
    if place.field is not None and table_of(place.field) is not None:
        name = heading(place.leaf, is_array(place.field))
        return Wrong(f"is not written as {name}", f"begin the table by the line {name}")
    if rule := _RULES.get(kind):
        return rule(context, said)
    return Wrong("is not usable here", "see the reference of this key")


_Rule = Callable[[Mapping[str, Any], str], Wrong]
_RULES: Mapping[str, _Rule] = {
    "string_type": lambda _, said: Wrong(f"is not text{said}", "write it in quotes"),
    "is_instance_of": lambda _, said: Wrong(f"is not text{said}", "write it in quotes"),
    "int_type": lambda _, said: Wrong(f"is not a whole number{said}", "write digits only, without quotes"),
    "bool_type": lambda _, said: Wrong(f"is not true or false{said}", "write true or false, without quotes"),
    "list_type": lambda _, said: Wrong(f"is not a list{said}", 'write it in brackets, as in ["…", "…"]'),
    "greater_than_equal": lambda limit, said: Wrong(f"is too small{said}", f"write at least {limit['ge']}"),
    "less_than_equal": lambda limit, said: Wrong(f"is too large{said}", f"write at most {limit['le']}"),
    "too_short": lambda *_: Wrong("is an empty list", "name at least one"),
}


def _how_to_add(place: Place) -> str:
    if place.secret:
        return f"give {place.leaf}, {place.leaf}_file, the environment variable or the systemd credential"
    field = place.field
    if field is not None and table_of(field) is not None:
        return f"write the table {heading(place.leaf, is_array(field))}"
    if field is not None and field.examples:
        return f"add it, as in {place.leaf} = {as_toml(field.examples[0])}"
    return "add it"


def _unknown(place: Place, elsewhere: Mapping[str, str]) -> Wrong:
    table = "." not in place.key
    if table and place.leaf in elsewhere:
        return Wrong("does not belong in this file", f"move it to {elsewhere[place.leaf]}")
    return Wrong("is no known table" if table else "is no known key", one_of(place.leaf, keys(place.model)))
