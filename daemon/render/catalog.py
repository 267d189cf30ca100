"""The templates of one language: ours, and over them the organization's own.

An organization's key that is faulty is left out, and one that fails while it is rendered is replaced by ours:
a message that must go out goes out.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.faults import Wrong
from config.files import LARGEST_TOML, decode, read_regular
from config.types import Fault
from daemon.core.kinds import Kind
from daemon.core.model import Status
from daemon.render.plain import unaccented
from parsers.types import Verb, Verbs
from parsers.verbs import DEFAULT_VERBS

FALLBACK = "en"
PARTS = ("subject", "text", "sms", "voice")
CARRIER_WORDS = frozenset(
    {"CANCEL", "END", "QUIT", "STOP", "YES", "START", "UNSUBSCRIBE", "INFO"}
    | {"STOPALL", "REVOKE", "OPTOUT", "UNSTOP", "ARRET"}
)
"""What carriers answer themselves; never another verb."""

_VERBS, _STATUSES, _KINDS = (frozenset(member.value for member in names) for names in (Verb, Status, Kind))
_OURS = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Table:
    """One language file, taken apart. `templates` has "initial.text" for kinds, "next" for phrases."""

    verbs: Mapping[str, Verb] = field(default_factory=dict)
    forms: Mapping[Verb, str] = field(default_factory=dict)
    status: Mapping[Status, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)

    def over(self, base: "Table") -> "Table":
        return Table(
            {**base.verbs, **self.verbs},
            {**base.forms, **self.forms},
            {**base.status, **self.status},
            {**base.templates, **self.templates},
        )


class Catalog:
    """The templates of one language, ready to render."""

    def __init__(self, language: str, ours: Table, theirs: Table | None = None) -> None:
        whole = theirs.over(ours) if theirs else ours
        self.language = language
        self.forms = whole.forms
        self.status = whole.status
        self.templates = whole.templates
        self._first = environment(DictLoader(whole.templates))
        self._second = environment(DictLoader(ours.templates)) if theirs else None

    def has(self, name: str) -> bool:
        return name in self.templates

    def render(self, name: str, variables: Mapping[str, object]) -> str:
        """The template `name`, filled in. Raises TemplateError only where our own template is at fault."""
        if self._second is None:
            return self._first.get_template(name).render(variables)
        try:
            return self._first.get_template(name).render(variables)
        except Exception:  # whatever an organization's template may raise
            if not self._second.loader or name not in self._second.list_templates():
                raise
            return self._second.get_template(name).render(variables)

    def questions(self) -> tuple[str, ...]:
        """What the team is asked in a review where the organization asks nothing else: one a line."""
        lines = (" ".join(line.split()) for line in self.render("review_questions", {}).splitlines())
        return tuple(line for line in lines if line)

    def form(self, verb: Verb, incident: str) -> str:
        """How the verb is written, with the number: "UPDATE MI-7 words"."""
        return " ".join(self.forms[verb].replace("{incident}", incident).split())


def environment(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    """Plain text: nothing is escaped here, the HTML layout escapes."""
    made = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    made.filters["stop"] = stop
    return made


def stop(text: str) -> str:
    """The sentence with its full stop, so that another can follow; "" stays ""."""
    return text if not text or text[-1] in ".!?…:;" else f"{text}."


@cache
def layered(language: str) -> Table:
    """Our templates in a language, over the English ones."""
    path = _OURS / f"{language}.toml"
    if language == FALLBACK:
        return read(path, parse=False)[0]
    english = layered(FALLBACK)
    return read(path, parse=False)[0].over(replace(english, verbs={})) if path.is_file() else english


@cache
def ours(language: str) -> Catalog:
    return Catalog(language, layered(language))


@cache
def languages() -> tuple[str, ...]:
    """Those that we have templates in."""
    return tuple(sorted(path.stem for path in _OURS.glob("*.toml")))


def load(folder: Path) -> Mapping[str, Catalog]:
    """The catalogs of every language that we or the organization have, without its faulty keys."""
    catalogs = {language: ours(language) for language in languages()}
    for path in sorted(folder.glob("*.toml")):
        language = path.stem.lower()
        catalogs[language] = Catalog(language, layered(language), read(path)[0])
    return catalogs


def load_verbs(folder: Path, languages: Iterable[str]) -> Verbs:
    """Every spelling in these languages, upper case, also without its accents. Of two meanings the first wins."""
    verbs: dict[str, Verb] = dict(DEFAULT_VERBS)
    for language in dict.fromkeys(language.lower().partition("-")[0] for language in languages):
        theirs = folder / f"{language}.toml"
        for table in (layered(language), *([read(theirs)[0]] if theirs.is_file() else [])):
            for spelling, verb in table.verbs.items():
                verbs.setdefault(spelling, verb)
                verbs.setdefault(unaccented(spelling), verb)
    return verbs


def read(path: Path, *, parse: bool = True) -> tuple[Table, list[Fault]]:
    """One language file: what is right in it, and its faults.

    Without `parse` its templates are taken as sound: ours are, by the tests, and parsing them all takes a second.
    """
    try:
        content = tomllib.loads(decode(read_regular(path, LARGEST_TOML)))
    except Wrong as wrong:
        return Table(), [wrong.at(f"templates/{path.name}", "")]
    except tomllib.TOMLDecodeError as error:
        return Table(), [Fault(f"templates/{path.name}", "", f"cannot be read: {error}", "write TOML in UTF-8")]
    reader = _Reader(path.name, parse)
    for section, entries in content.items():
        if not isinstance(entries, dict):
            reader.fault(section, "stands outside a section", "put it under [phrases] or the section of a kind")
            continue
        reader.section(section, entries)
    return Table(reader.verbs, reader.forms, reader.status, reader.templates), reader.faults


class _Reader:
    def __init__(self, file: str, parse: bool) -> None:
        self.file = file
        self.parse = parse
        self.faults: list[Fault] = []
        self.verbs: dict[str, Verb] = {}
        self.forms: dict[Verb, str] = {}
        self.status: dict[Status, str] = {}
        self.templates: dict[str, str] = {}

    def fault(self, key: str, problem: str, cure: str) -> None:
        self.faults.append(Fault(f"templates/{self.file}", key, problem, cure))

    def section(self, section: str, entries: Mapping[str, object]) -> None:
        for key, value in entries.items():
            place = f"{section}.{key}"
            if section == "verbs":
                self._verb(place, key, value)
            elif not isinstance(value, str):
                self.fault(place, "is not text", "write it in quotes")
            elif section == "forms":
                self._form(place, key, value)
            elif section == "statuses":
                self._status(place, key, value)
            elif section == "phrases":
                self._template(place, key, value)
            elif section not in _KINDS:
                self.fault(place, "is of no kind of notice", "see docs/messages.md for the kinds")
            elif key not in PARTS:
                self.fault(place, "is no part of a message", "use subject, text, sms or voice")
            else:
                self._template(place, place, value)

    def _verb(self, place: str, key: str, value: object) -> None:
        if key not in _VERBS:
            self.fault(place, "is no verb", "use one of " + " ".join(Verb))
            return
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.fault(place, "is not a list of words", 'write ["word", "word"]')
            return
        for word in value:
            spelling = word.upper()
            if spelling in CARRIER_WORDS:
                self.fault(place, f'"{word}" is taken by carriers', "choose another word")
            elif not word.replace(" ", "").isalpha():
                self.fault(place, f'"{word}" is not made of letters', "choose a word or two")
            elif self.verbs.get(spelling, DEFAULT_VERBS.get(spelling, key)) != key:
                self.fault(place, f'"{word}" already means another verb', "choose another word")
            else:
                self.verbs[spelling] = Verb(key)

    def _form(self, place: str, key: str, value: str) -> None:
        if key not in _VERBS:
            self.fault(place, "is no verb", "use one of " + " ".join(Verb))
        elif not value.startswith(key):
            self.fault(place, "does not begin with its verb", f'write "{key} …"')
        else:
            self.forms[Verb(key)] = value

    def _status(self, place: str, key: str, value: str) -> None:
        if key not in _STATUSES:
            self.fault(place, "is no status", "use one of " + " ".join(Status))
        else:
            self.status[Status(key)] = value

    def _template(self, place: str, name: str, source: str) -> None:
        try:
            if self.parse:
                environment(DictLoader({})).parse(source)
        except TemplateSyntaxError as error:
            self.fault(place, f"is no Jinja2 template: {error.message} (line {error.lineno})", "see docs/messages.md")
        except TemplateError as error:
            self.fault(place, f"is no Jinja2 template: {error.message}", "see docs/messages.md")
        else:
            self.templates[name] = source
