"""The templates in force, in the organization's language: what can be copied into its own file, and changed there."""

from collections.abc import Iterable, Iterator, Mapping

from config.types import Configuration
from daemon.document.model import Block, Code, Paragraph, Section, Source
from daemon.procedure.frame import Frame
from daemon.render.book import groups
from daemon.render.catalog import PARTS, Catalog, load, read

YOURS = "# your own"


def templates(frame: Frame) -> Section:
    return Section("Templates", tuple(_templates(frame.configuration)))


def _templates(configuration: Configuration) -> Iterator[Block]:
    language = language_of(configuration)
    catalog = load(configuration.templates)[language]
    yield Paragraph(
        (
            "What the messages above are made of. A part that is copied into ",
            Code(f"templates/{language}.toml"),
            " and changed there takes the place of Murphy's; such ones are marked ",
            Code(YOURS),
            ".",
        )
    )
    theirs = frozenset(overridden(configuration, language))
    for title, kinds in groups():
        yield Source(title, "\n\n".join(_kinds(catalog, kinds, theirs)))
    shared = {name: name for name in catalog.templates if "." not in name}
    yield Source("Parts of several messages", _part("phrases", shared, catalog.templates, theirs))


def _kinds(catalog: Catalog, kinds: Iterable[str], theirs: frozenset[str]) -> Iterator[str]:
    for kind in kinds:
        if keys := {part: name for part in PARTS if catalog.has(name := f"{kind}.{part}")}:
            yield _part(kind, keys, catalog.templates, theirs)


def _part(title: str, keys: Mapping[str, str], sources: Mapping[str, str], theirs: frozenset[str]) -> str:
    """A section of the file; `keys` are its keys, each with the name of its template."""
    lines = [f"[{title}]"]
    for key, name in keys.items():
        lines += [YOURS] if name in theirs else []
        lines.append(f"{key} = {quoted(sources[name])}")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """As a string of TOML, in as many lines as it has."""
    escaped = text.replace("\\", "\\\\")
    if "\n" not in text and '"' not in text:
        return f'"{escaped}"'
    closed = escaped.replace('"""', '""\\"')
    return f'"""\n{closed[:-1]}\\""""' if closed.endswith('"') else f'"""\n{closed}"""'


def language_of(configuration: Configuration) -> str:
    """The one that the renderer takes for a reader of the organization's."""
    wanted = configuration.settings.organization.language.lower()
    known = load(configuration.templates)
    return next((name for name in (wanted, wanted.partition("-")[0]) if name in known), "en")


def overridden(configuration: Configuration, language: str) -> tuple[str, ...]:
    """The names of the organization's own."""
    path = configuration.templates / f"{language}.toml"
    return tuple(sorted(read(path)[0].templates)) if path.is_file() else ()
