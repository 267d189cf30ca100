"""Weaknesses of what is said: words of the organization that do not fit, and spellings with two meanings."""

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from config.types import Configuration, Detail, Service
from daemon.checking.findings import Weak, Weaks
from daemon.core.kinds import Kind
from daemon.render.catalog import FALLBACK, Catalog, layered, load, read
from daemon.render.examples import full
from daemon.render.plain import ELLIPSIS, line
from daemon.render.times import locale_of
from daemon.render.wording import Wording
from parsers.verbs import DEFAULT_VERBS


def languages(configuration: Configuration) -> tuple[str, ...]:
    """Those in use that have templates, as their files are called."""
    known = load(configuration.templates)
    spoken = {contact.language.lower() for contact in configuration.people.contacts.values()}
    spoken.add(configuration.settings.organization.language.lower())
    found = (wanted if wanted in known else wanted.partition("-")[0] for wanted in sorted(spoken))
    return tuple(dict.fromkeys(language if language in known else FALLBACK for language in found))


def words_cut(configuration: Configuration) -> Weaks:
    """The first notice of a service, as a text of three parts."""
    catalogs = load(configuration.templates)
    for service in configuration.procedure.services:
        cut = [language for language in languages(configuration) if _is_cut(configuration, catalogs[language], service)]
        if cut:
            problem = f"does not fit into the first text message ({', '.join(cut)}): its end is cut off"
            yield Weak(f"service.{service.name}.impact", problem, "write it, or the public name, shorter")


def _is_cut(configuration: Configuration, catalog: Catalog, service: Service) -> bool:
    organization = line(configuration.settings.organization.name)
    wording = Wording(catalog, locale_of(catalog.language), ZoneInfo("UTC"), organization)
    example = full(Kind.INITIAL, Detail.PUBLIC)
    said = replace(example.content, title=service.public_name, impact=service.impact, words="")
    text = wording.text(replace(example, content=said))
    return ELLIPSIS in text or "..." in text


def spelling_twice(configuration: Configuration) -> Weaks:
    """The organization's own verbs, against each other and those of the languages in use."""
    meanings: dict[str, dict[str, str]] = {}
    for language, spelling, verb in _spellings(configuration):
        meanings.setdefault(spelling, {}).setdefault(verb, language)
    for spelling, verbs in meanings.items():
        if len(verbs) > 1:
            said = " and ".join(f"{verb} ({language})" for verb, language in verbs.items())
            yield Weak("verbs", f"{spelling} means {said}: the first one counts", "choose another spelling")


def _spellings(configuration: Configuration) -> Iterator[tuple[str, str, str]]:
    yield from ((FALLBACK, spelling, verb.value) for spelling, verb in DEFAULT_VERBS.items())
    for language in languages(configuration):
        own = configuration.templates / f"{language}.toml"
        for table in (layered(language), *([read(own)[0]] if own.is_file() else [])):
            yield from ((language, spelling, verb.value) for spelling, verb in table.verbs.items())
