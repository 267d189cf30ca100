"""The reference page of the configuration, generated from the models by `python -m config.reference`.

A test keeps the committed page equal to what is generated.
"""

import sys
from collections.abc import Iterator
from textwrap import fill
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from config.fields import Kind
from config.files import CONTACTS, PROCEDURE, SETTINGS, TEMPLATES
from config.procedure import ProcedureFile
from config.secrets import SECRET_KEYS
from config.settings import SettingsFile
from config.tables import as_toml, choices, heading, is_array, keys, table_of

_INTRODUCTION = f"""# Configuration

One folder, by default `/etc/murphyd`: `{SETTINGS}` (how to reach the world), `{PROCEDURE}` (the procedure),
`{CONTACTS}` (the people) and, where wanted, `{TEMPLATES}/`. `murphyd check` reports every fault at once, each with its
file, its key and what would be right; tables in arrays are called by their name, else by their number from 1
(`relay.primary.port`, `decide.2.after`). An unknown key is a fault. SIGHUP reads the folder again; a faulty one is
refused, and the one in force stays. Generated from the program: `python -m config.reference`.

- A **duration** is a whole number and a unit: `90s`, `5m`, `2h`, `3d`.
- A **ladder** is a list of rungs, each tried when the one before it fails; `+` joins channels that are tried together:
  `["email+sms", "voice"]`. Channels are `email` (needs `[[relay]]`), `sms` (`[twilio]` or `[gsm]`), `voice`
  (`[twilio]`), `gsm` (`[gsm]`) and the name of any `[[other]]`.
- A **phone number** is E.164: `+`, country, number. Blanks, dashes and brackets in it are dropped.
- A **path** that is not absolute is meant from the configuration folder, and stays inside it.
- `security = "none"` and `http://` are accepted for this machine (loopback) only.
"""

_SECRETS = """## Secrets

These keys are never printed:
{keys}. Each may be given in four ways; the first of these that there is, holds:

1. in the environment: `MURPHYD_TWILIO__AUTH_TOKEN`; tables in arrays by their name: `MURPHYD_RELAY__PRIMARY__PASSWORD`
   (upper case; what is neither letter nor digit becomes `_`);
2. as a systemd credential: `twilio.auth_token`, `relay.primary.password`; our unit takes each file of
   `/etc/murphyd/credentials/` as one, at each start of the service; a command by root reads the files there itself;
3. from a file: `password_file = "path"` (a line break at its end is dropped);
4. as the value itself. Value and file together are a fault.

A table without a name goes by its address's local part (mailbox) or its host (relay); where it is the only one of its
kind, `MURPHYD_MAILBOX__PASSWORD` and `mailbox.password` do as well.
"""

_CONTACTS = f"""## {CONTACTS}

UTF-8, with or without a byte order mark, columns separated by commas, the first line names them:
`name,email,phone,lists,language,timezone`, and `channels` where wanted. One line a person. Blank lines are skipped;
columns may stand in any order.

| column | meaning |
| --- | --- |
| `name` | as it appears in messages |
| `email` | addresses, most preferred first, separated by `;`. One that two people have is a fault |
| `phone` | E.164 numbers, most preferred first, separated by `;`. One that two people have is a fault |
| `lists` | the lists that the person is on, separated by `;`. Its order is the file's |
| `language` | empty: the organization's |
| `timezone` | empty: the organization's |
| `channels` | only these, each at any time or in hours where they live: `email;sms 22:00-07:00`. Empty: all |

Everybody needs an email or a phone. Two lists have fixed names: `incident-managers`, which must not be empty, and
`operators`, who are told of faults in Murphy's own channels, disk and configuration.
"""


_PRESENCE = {
    "mailbox": " At least one, unless texts come in by `[twilio]` or `[gsm]`.",
    "relay": " Needed for the channel `email`.",
    "decide": " At least one.",
    "audience": " At least one.",
}


def reference() -> str:
    """The whole page, Markdown."""
    parts = [_INTRODUCTION]
    for name, model in ((SETTINGS, SettingsFile), (PROCEDURE, ProcedureFile)):
        parts.append(f"## {name}\n")
        parts += [_table(key, field) for key, field in keys(model).items()]
    listed = ", ".join(f"`{kind}.{key}`" for kind, names in SECRET_KEYS.items() for key in names)
    return "\n".join([*parts, _CONTACTS, _SECRETS.format(keys=fill(listed, 120, break_on_hyphens=False))])


def _table(name: str, field: FieldInfo) -> str:
    model = table_of(field)
    if model is None:
        raise TypeError(f"{name} is no table")
    rows = (f"| `{key}` | {_kind(f)} | {_default(f)} | {f.description} |" for key, f in _own_first(model))
    lines = [f"### `{heading(name, is_array(field))}`", "", f"{(model.__doc__ or '').strip()}{_presence(name, field)}"]
    return "\n".join([*lines, "", "| key | value | default | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def _own_first(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """A table's keys, those that it shares with other tables last."""
    own = {id(field) for name, field in model.model_fields.items() if name in model.__annotations__}
    return sorted(keys(model).items(), key=lambda item: id(item[1]) not in own)


def _presence(name: str, field: FieldInfo) -> str:
    if field.is_required():
        return " Required."
    return _PRESENCE.get(name, " Optional.")


def _kind(field: FieldInfo) -> str:
    words = next(_kinds(field.metadata, field.annotation), "")
    if allowed := choices(field):
        words = ", ".join(f"`{c}`" for c in allowed)
    words = words or {"int": "whole number", "bool": "`true`, `false`"}.get(
        getattr(field.annotation, "__name__", ""), ""
    )
    return f"list: {words}" if is_array(field) else words


def _kinds(metadata: list[Any], annotation: Any) -> Iterator[str]:
    yield from (m.words for m in metadata if isinstance(m, Kind))
    for part in get_args(annotation):
        yield from _kinds(list(getattr(part, "__metadata__", ())), part)


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required() or value is PydanticUndefined:
        return "required"
    if value is None or value in ("", []):
        return ""
    return f"`{as_toml(value)}`"


def unexplained(model: type[BaseModel], name: str = "") -> list[str]:
    """Keys that have no meaning written down; there must be none."""
    missing = []
    for key, field in keys(model).items():
        if (table := table_of(field)) is not None:
            missing += unexplained(table, f"{name}{key}.")
        elif not field.description:
            missing.append(name + key)
    return missing


if __name__ == "__main__":
    sys.stdout.write(reference())
