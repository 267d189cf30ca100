"""Secrets, from wherever they are given, as `Secret` values that are never printed.

The first place that has one wins: the environment, a systemd credential, `NAME_file` or the value itself.
Giving the value and `NAME_file` both is a fault. Where systemd hands nothing over, as to a check by root, the
credentials are those that our unit would take: the files in the folder's own `credentials`.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.faults import Wrong
from config.files import MAY_READ, Missing, read_regular
from config.tables import name_of
from config.types import Fault, Secret

_LOGIN = ("password", "client_secret", "refresh_token")
SECRET_KEYS: Mapping[str, tuple[str, ...]] = {
    "mailbox": _LOGIN,
    "relay": _LOGIN,
    "twilio": ("auth_token",),
    "other": ("url",),
    "heartbeat": ("url",),
}
LOADED_FROM_FOLDER = "murphyd_"
"""What systemd puts before the name of each file of `LoadCredential=murphyd:FOLDER` (systemd.exec(5))."""
CREDENTIALS = "credentials"
"""The folder of them in the configuration folder."""
_LONGEST = 65536
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def handed_over(environ: Mapping[str, str]) -> Path | None:
    """The folder in which systemd gives the credentials."""
    directory = environ.get("CREDENTIALS_DIRECTORY", "")
    return Path(directory) if directory else None


def credentials_of(folder: Path, environ: Mapping[str, str]) -> Path | None:
    """Where a configuration folder's credentials are; None where this user may not look, or there are none."""
    own = folder / CREDENTIALS
    return handed_over(environ) or (own if os.access(own, os.X_OK) else None)


def explained(fault: Fault, folder: Path, environ: Mapping[str, str]) -> Fault:
    """A secret that is missing may be where this user may not look."""
    kind, _, rest = fault.key.partition(".")
    own = folder / CREDENTIALS
    is_missing = fault.problem == "is missing" and is_secret(kind, rest.rpartition(".")[2])
    if is_missing and credentials_of(folder, environ) is None and os.access(folder, os.X_OK) and own.is_dir():
        return Fault(fault.file, fault.key, f"is not given, and {own} may not be read by this user", MAY_READ)
    return fault


def is_secret(table: str, key: str) -> bool:
    return key in SECRET_KEYS.get(table, ())


def insert_secrets(
    raw: dict[str, Any], folder: Path, environ: Mapping[str, str], file: str, credentials: Path | None
) -> list[Fault]:
    """Put a Secret in place of every secret of `raw` (murphyd.toml as read), and take the `NAME_file` keys out.

    `credentials` is a folder with a file for each.
    """
    faults = []
    for dotted, names, table in _tables(raw):
        for key in SECRET_KEYS[dotted.partition(".")[0]]:
            try:
                secret = _secret(names, key, table, folder, environ, credentials)
            except Wrong as wrong:
                faults.append(wrong.at(file, f"{dotted}.{key}"))
                secret = Secret("")
            if secret is not None:
                table[key] = secret
            table.pop(f"{key}_file", None)
    return faults


def variable(*names: str) -> str:
    """The environment variable of a secret: `relay`, `primary`, `password` -> MURPHYD_RELAY__PRIMARY__PASSWORD."""
    return "MURPHYD_" + "__".join(re.sub(r"[^A-Z0-9]", "_", name.upper()) for name in names)


def own_name(kind: str, table: dict[str, Any]) -> str:
    """A table's name, else what stands for it: a mailbox's local part, a relay's host."""
    if name := table.get("name"):
        return str(name)
    stand_in = table.get({"mailbox": "address", "relay": "host"}.get(kind, ""))
    return stand_in.strip().lower().partition("@")[0] if isinstance(stand_in, str) else ""


def _tables(raw: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, ...]], dict[str, Any]]]:
    """Each table that may hold secrets: its dotted key, and the names that its secrets go by elsewhere."""
    for kind in SECRET_KEYS:
        match raw.get(kind):
            case dict() as table:
                yield kind, [(kind,)], table
            case list() as tables:
                for number, table in enumerate(tables, 1):
                    if isinstance(table, dict):
                        names = [(kind, own_name(kind, table))]
                        yield f"{kind}.{name_of(table, number)}", names + [(kind,)] * (len(tables) == 1), table


def _secret(
    names: list[tuple[str, ...]],
    key: str,
    table: dict[str, Any],
    folder: Path,
    environ: Mapping[str, str],
    credentials: Path | None,
) -> Secret | None:
    here, path = table.get(key), table.get(f"{key}_file")
    if here is not None and path is not None:
        raise Wrong(f"is given twice, as {key} and as {key}_file", "keep one of the two")
    for name in names:
        if text := environ.get(variable(*name, key)):
            return _checked(text, "in the environment")
    for name in names:
        if (text := _credential(".".join((*name, key)), credentials)) is not None:
            return _checked(text, "in the systemd credential")
    if path is not None:
        return _checked(_from_file(path, folder, f"the file that {key}_file names"), f"in {key}_file")
    return _checked(here, "") if isinstance(here, str) else None


def _credential(name: str, folder: Path | None) -> str | None:
    if folder is None or "/" in name or "\0" in name + str(folder):
        return None
    called = f"the systemd credential {name}"
    for own in (name, LOADED_FROM_FOLDER + name):
        try:
            return _decoded(read_regular(folder / own, _LONGEST, called), called)
        except Missing:
            continue
    return None


def _from_file(path: object, folder: Path, called: str) -> str:
    if not isinstance(path, str) or not path or "\0" in path or ".." in Path(path).parts:
        raise Wrong("has no usable path for its file", "write a whole path, or one inside the configuration folder")
    return _decoded(read_regular(folder / path, _LONGEST, called), called)


def _decoded(content: bytes, called: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Wrong(f"{called} is not UTF-8", "save it as UTF-8") from None


def _checked(text: str, where: str) -> Secret:
    value = text.removesuffix("\n").removesuffix("\r")
    if not value:
        raise Wrong(f"is empty {where}".rstrip(), "put the secret there")
    if _CONTROL.search(value):
        raise Wrong(f"holds a line break or another control character {where}".rstrip(), "put only the secret there")
    return Secret(value)
