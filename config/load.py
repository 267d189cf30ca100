"""One folder in, one Configuration out, or every fault of every file at once."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from config import references
from config.faults import ConfigurationFaults, Wrong
from config.fields import language, zone
from config.files import CONTACTS, LARGEST_CONTACTS, PROCEDURE, SETTINGS, TEMPLATES, decode, read_regular, read_toml
from config.people import parse_people
from config.procedure import ProcedureFile
from config.rules import Raw, procedure_rules, settings_rules, text
from config.secrets import insert_secrets
from config.settings import SettingsFile
from config.types import Configuration, Fault, People
from config.validation import validate

T = TypeVar("T")
_ORDER = (SETTINGS, PROCEDURE, CONTACTS)
_SETTINGS_TABLES = dict.fromkeys(SettingsFile.model_fields, SETTINGS)
_PROCEDURE_TABLES = dict.fromkeys(ProcedureFile.model_fields, PROCEDURE)


def load(folder: Path, environ: Mapping[str, str]) -> Configuration:
    """The configuration in `folder`, with secrets from `environ` where it has them.

    Raises ConfigurationFaults for anything wrong with what was written, and nothing else.
    """
    faults: list[Fault] = []
    folder = folder.absolute()
    raw_settings = _read(faults, SETTINGS, lambda: read_toml(folder / SETTINGS))
    raw_procedure = _read(faults, PROCEDURE, lambda: read_toml(folder / PROCEDURE))
    contacts = _read(faults, CONTACTS, lambda: decode(read_regular(folder / CONTACTS, LARGEST_CONTACTS)))
    settings = procedure = people = None
    if raw_settings is not None:
        faults += insert_secrets(raw_settings, folder, environ, SETTINGS)
        settings, wrong = validate(SettingsFile, raw_settings, SETTINGS, _PROCEDURE_TABLES)
        faults += [*wrong, *settings_rules(raw_settings)]
    if raw_procedure is not None:
        procedure, wrong = validate(ProcedureFile, raw_procedure, PROCEDURE, _SETTINGS_TABLES)
        faults += [*wrong, *procedure_rules(raw_procedure)]
    if contacts is not None:
        people, wrong = parse_people(contacts, *_defaults(raw_settings or {}))
        faults += wrong
    faults += _cross_check(raw_settings, raw_procedure, people)
    if settings is None or procedure is None or people is None or faults:
        raise ConfigurationFaults(tuple(sorted(dict.fromkeys(faults), key=lambda f: _ORDER.index(f.file))))
    return Configuration(settings.frozen(folder), procedure.frozen(), people, folder / TEMPLATES)


def _read(faults: list[Fault], file: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Wrong as wrong:
        faults.append(wrong.at(file, ""))
        return None


def _defaults(settings: Raw) -> tuple[str, str]:
    """The organization's language and zone; usable ones even where they are at fault themselves."""
    organization = settings.get("organization")
    table = organization if isinstance(organization, dict) else {}
    found = []
    for key, parse, fallback in (("language", language, "en"), ("timezone", zone, "UTC")):
        try:
            found.append(parse(text(table, key, fallback)))
        except Wrong:
            found.append(fallback)
    return found[0], found[1]


def _cross_check(settings: Raw | None, procedure: Raw | None, people: People | None) -> list[Fault]:
    faults = list(references.check_names(settings, procedure))
    if procedure is not None:
        faults += [*references.check_times(procedure), *references.check_disciplines(procedure)]
    if procedure is not None and settings is not None:
        faults += references.check_channels(procedure, settings)
    if people is not None:
        faults += references.check_managers(people.lists)
    if procedure is not None and people is not None:
        faults += references.check_lists(procedure, people.lists)
    return faults
