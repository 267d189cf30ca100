"""What `murphyd init` must know: tables as in murphyd.toml, with less in them, and the people.

What is left out is found: mail servers by the address, time zone and language by the machine.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from config.faults import ConfigurationFaults, Wrong
from config.fields import Email, Folder, Host, Language, Line, Phone, SenderPattern, Zone
from config.files import Missing, read_toml
from config.procedure import Bridge
from config.rules import settings_rules
from config.secrets import handed_over, insert_secrets
from config.settings import Canary, Gsm, Mailbox, Organization, Relay, Table, Twilio
from config.types import Fault
from config.validation import validate
from daemon.setup import machine


class Whose(Organization):
    timezone: Zone = Field(default_factory=machine.zone)
    language: Language = Field(default_factory=machine.language)


class Box(Mailbox):
    host: Host = ""


class Person(Table):
    """Somebody who decides, or repairs."""

    name: Line
    email: Email | None = None
    phone: Phone | None = None

    @property
    def id(self) -> str:
        return self.email or self.phone or ""


class Where(Table):
    directory: Folder | None = None


class Who(Table):
    """Who may propose by mail; by default everybody at the mailbox's domain."""

    senders: list[SenderPattern] = Field(alias="from")


class Answers(Table):
    """`manager` decide, `engineer` repair; where there are no engineers, the managers are called for that too."""

    organization: Whose
    mailbox: Box
    relay: list[Relay] = Field(default=[])
    twilio: Twilio | None = None
    gsm: Gsm | None = None
    canary: Canary = Canary()
    state: Where = Where()
    propose: Who | None = None
    manager: list[Person] = Field(min_length=1)
    engineer: list[Person] = Field(default=[])
    bridge: list[Bridge] = Field(default=[])


def read(file: Path, environ: Mapping[str, str]) -> Answers:
    """The answers in a TOML file, secrets from where murphyd.toml may have them.

    Raises ConfigurationFaults, and Missing where there is no such file.
    """
    try:
        return checked(read_toml(file), file, environ)
    except Missing:
        raise
    except Wrong as wrong:
        raise ConfigurationFaults((wrong.at(str(file), ""),)) from None


def checked(raw: dict[str, Any], file: Path, environ: Mapping[str, str]) -> Answers:
    """`raw` as TOML has it; paths in it are beside `file`. Raises ConfigurationFaults."""
    called = file.name
    faults = insert_secrets(raw, file.absolute().parent, environ, called, handed_over(environ))
    answers, wrong = validate(Answers, raw, called, {})
    faults += [*wrong, *(_own(fault, called) for fault in settings_rules(raw, file.absolute().parent))]
    faults += _unreachable(raw, called)
    if answers is None or faults:
        raise ConfigurationFaults(tuple(dict.fromkeys(faults)))
    return answers


def _own(fault: Fault, called: str) -> Fault:
    return Fault(called, fault.key, fault.problem, fault.cure)


def _unreachable(raw: dict[str, Any], called: str) -> list[Fault]:
    people = [("manager", one) for one in _list(raw, "manager")] + [("engineer", one) for one in _list(raw, "engineer")]
    return [
        Fault(called, f"{kind}.{one.get('name', '')}", "has no email and no phone", "give at least one")
        for kind, one in people
        if isinstance(one, dict) and not one.get("email") and not one.get("phone")
    ]


def _list(raw: dict[str, Any], name: str) -> list[Any]:
    value = raw.get(name)
    return value if isinstance(value, list) else []
