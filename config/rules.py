"""Rules between the keys of one table, on tables as read: one key's fault never hides another's.

A key of the wrong type is the model's fault to report; here it counts as absent.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.faults import Wrong, shown
from config.fields import file_path, is_loopback
from config.files import PROCEDURE, SETTINGS, read_regular
from config.tables import name_of
from config.types import Fault, Secret

Raw = dict[str, Any]
_BRACED = re.compile(r"\{([^{}]*)\}")
_FILLED_IN = ("contact.id", "contact.name", "contact.email", "contact.phone", "contact.language")
_LARGEST_CA_FILE = 4_000_000
_OAUTH = ("token_url", "client_id", "refresh_token")


def tables(raw: Raw, name: str) -> Iterator[tuple[str, Raw]]:
    """The tables of an array, or the one of what should be an array, each with its dotted key."""
    value = raw.get(name)
    for number, table in enumerate(value if isinstance(value, list) else [value], 1):
        if isinstance(table, dict):
            yield f"{name}.{name_of(table, number)}", table


def text(table: Raw, key: str, default: str = "") -> str:
    value = table.get(key, default)
    return value if isinstance(value, str) else ""


def texts(table: Raw, key: str) -> list[str]:
    value = table.get(key)
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def settings_rules(raw: Raw, folder: Path) -> Iterator[Fault]:
    for key, table in tables(raw, "mailbox"):
        yield from _account(key, table, login=True)
        if text(table, "done", "Done").casefold() == text(table, "folder", "INBOX").casefold():
            yield Fault(SETTINGS, f"{key}.done", "is the folder that is watched", "name another folder")
    for key, table in tables(raw, "relay"):
        yield from _account(key, table, login=bool(text(table, "username")))
        if not raw.get("mailbox") and not text(table, "from"):
            yield Fault(SETTINGS, f"{key}.from", "is missing", "without a mailbox, say whom messages are from")
    for kind in ("mailbox", "relay"):
        for key, table in tables(raw, kind):
            yield from _certificates(f"{key}.ca_file", text(table, "ca_file"), folder)
    for key, table in tables(raw, "other"):
        yield from _other(key, table)
    yield from _ways_in(raw)
    for name in ("mailbox", "relay"):
        unnamed = [key for key, table in tables(raw, name) if not text(table, "name")]
        if len(list(tables(raw, name))) > 1:
            yield from (Fault(SETTINGS, f"{key}.name", "is missing", f"name every [[{name}]]") for key in unnamed)


def procedure_rules(raw: Raw) -> Iterator[Fault]:
    for key, table in tables(raw, "bridge"):
        if not text(table, "url") and not text(table, "phone"):
            yield Fault(PROCEDURE, key, "has neither url nor phone", "give at least one way to join")
    rungs = list(tables(raw, "decide"))
    for key, table in rungs[:-1]:
        if "repeat" in table:
            yield Fault(PROCEDURE, f"{key}.repeat", "is not on the last rung", "only the last [[decide]] may repeat")
    for name, why in (("decide", "nobody would be asked"), ("audience", "nobody would be told")):
        if not raw.get(name):
            yield Fault(PROCEDURE, name, f"is missing: {why}", f"write at least one [[{name}]]")


def _account(key: str, table: Raw, login: bool) -> Iterator[Fault]:
    host = text(table, "host")
    if text(table, "security") == "none" and host and not is_loopback(host):
        yield Fault(SETTINGS, f"{key}.security", 'is "none", which is accepted for this machine only', 'write "tls"')
    if text(table, "auth") == "xoauth2":
        for part in _OAUTH:
            if not _given(table, part):
                yield Fault(SETTINGS, f"{key}.{part}", "is missing", 'auth = "xoauth2" needs it')
        if "password" in table:
            yield Fault(SETTINGS, f"{key}.password", 'is not used with auth = "xoauth2"', "leave it out")
        if not login:
            yield Fault(SETTINGS, f"{key}.username", "is missing", 'auth = "xoauth2" needs it')
        return
    for part in (*_OAUTH, "client_secret", "scope"):
        if _given(table, part):
            yield Fault(SETTINGS, f"{key}.{part}", 'is used with auth = "xoauth2" only', "leave it out or write auth")
    if login and "password" not in table:
        where = "give password, password_file, the environment variable or the systemd credential"
        yield Fault(SETTINGS, f"{key}.password", "is missing", where)
    if not login and "password" in table:
        yield Fault(SETTINGS, f"{key}.username", "is missing", "a password needs one")


def _certificates(key: str, path: str, folder: Path) -> Iterator[Fault]:
    try:
        if path and b"-----BEGIN CERTIFICATE-----" not in read_regular(folder / file_path(path), _LARGEST_CA_FILE):
            yield Fault(SETTINGS, key, f"{shown(path)} holds no certificate", "put certificates in PEM there")
    except Wrong as wrong:
        yield wrong.at(SETTINGS, key)


def _other(key: str, table: Raw) -> Iterator[Fault]:
    url = table.get("url")
    if not isinstance(url, Secret) or not url.value:
        return
    if "://" not in url.value:
        yield Fault(
            SETTINGS, f"{key}.url", "is no Apprise URL", "write it as in ntfy://ntfy.acme.example/{contact.email}"
        )
    for name in _BRACED.findall(url.value):
        if name not in _FILLED_IN:
            known = ", ".join(f"{{{word}}}" for word in _FILLED_IN)
            yield Fault(SETTINGS, f"{key}.url", "holds braces that nothing is filled into", f"known here: {known}")


def _given(table: Raw, key: str) -> bool:
    return isinstance(table.get(key), Secret) or bool(text(table, key))


def _ways_in(raw: Raw) -> Iterator[Fault]:
    twilio, gsm = raw.get("twilio"), raw.get("gsm")
    inbound: Any = twilio.get("inbound", ["poll"]) if isinstance(twilio, dict) else []
    if not raw.get("mailbox") and not inbound and not gsm:
        yield Fault(SETTINGS, "mailbox", "is missing: there is no way in", "write a [[mailbox]], [twilio] or [gsm]")
    webhook = isinstance(inbound, list) and "webhook" in inbound
    if webhook and isinstance(twilio, dict) and not text(twilio, "public_url"):
        yield Fault(SETTINGS, "twilio.public_url", "is missing", "webhooks need it, as in https://murphy.acme.example")
    canary = raw.get("canary")
    if isinstance(canary, dict) and "phone" in canary and not twilio and not gsm:
        yield Fault(SETTINGS, "canary.phone", "no channel for texts is configured", "write [twilio] or [gsm]")
