"""One folder in, one Configuration out, or every fault of every file at once."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

from config import references
from config.faults import ConfigurationFaults, Wrong, nearest, printable
from config.fields import language, zone
from config.files import CONTACTS, LARGEST_CONTACTS, PROCEDURE, SETTINGS, TEMPLATES, decode, read_regular, read_toml
from config.people import parse_people
from config.procedure import ProcedureFile
from config.rules import Raw, procedure_rules, settings_rules, text
from config.secrets import credentials_of, explained, insert_secrets
from config.settings import SettingsFile, Table
from config.types import Configuration, Fault
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
    settings = procedure = roll = None
    if raw_settings is not None:
        faults += insert_secrets(raw_settings, folder, environ, SETTINGS, credentials_of(folder, environ))
        settings, wrong = validate(SettingsFile, raw_settings, SETTINGS, _PROCEDURE_TABLES)
        raw_settings = _as_meant(raw_settings, SettingsFile)
        faults += [*wrong, *settings_rules(raw_settings, folder)]
    if raw_procedure is not None:
        procedure, wrong = validate(ProcedureFile, raw_procedure, PROCEDURE, _SETTINGS_TABLES)
        raw_procedure = _as_meant(raw_procedure, ProcedureFile)
        faults += [*wrong, *procedure_rules(raw_procedure)]
    if contacts is not None:
        roll = parse_people(contacts, *_defaults(raw_settings or {}))
        faults += roll.faults
        faults += references.check_own(raw_settings or {}, roll.people)
    if raw_procedure is not None and roll is not None:
        faults += references.check_duties(raw_procedure, roll.people)
    faults += _cross_check(raw_settings, raw_procedure, roll.mentioned if roll else None)
    if settings is None or procedure is None or roll is None or faults:
        found = sorted(_without_echoes(faults), key=lambda fault: _ORDER.index(fault.file))
        raise ConfigurationFaults(tuple(printable(explained(fault, folder, environ)) for fault in found))
    return Configuration(settings.frozen(folder), procedure.frozen(), roll.people, folder / TEMPLATES)


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


def _as_meant(raw: Raw, model: type[Table]) -> Raw:
    """The tables under the names that were meant, so that a misspelled one is one fault and not many."""
    known = model.model_fields
    meant = {name if name in known else nearest(name, known) or name: table for name, table in raw.items()}
    return {**meant, **raw}


def _without_echoes(faults: list[Fault]) -> list[Fault]:
    """Each fault once, and no key "missing" that is there but misspelled."""
    misspelled = {
        (fault.file, *_split(fault.key)[:-1], fault.cure)
        for fault in faults
        if fault.problem.startswith("is no known ")
    }

    def echo(fault: Fault) -> bool:
        *table, key = _split(fault.key)
        return fault.problem.startswith("is missing") and (fault.file, *table, f'did you mean "{key}"?') in misspelled

    return [fault for fault in dict.fromkeys(faults) if not echo(fault)]


def _split(key: str) -> list[str]:
    return key.rsplit(".", 1)


def _cross_check(settings: Raw | None, procedure: Raw | None, lists: Collection[str] | None) -> list[Fault]:
    faults = list(references.check_names(settings, procedure))
    if procedure is not None:
        faults += [*references.check_times(procedure), *references.check_disciplines(procedure)]
    if procedure is not None and settings is not None:
        faults += references.check_channels(procedure, settings)
    if lists is not None:
        faults += references.check_managers(lists)
    if procedure is not None and lists is not None:
        faults += references.check_lists(procedure, lists)
    return faults
