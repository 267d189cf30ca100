"""Every message as the templates in force write it, in the organization's language, with an example."""

from collections.abc import Iterator, Mapping

from channels.types import Call, Text
from config.types import Configuration, Contact, Detail
from daemon.core.kinds import Kind
from daemon.document.model import Block, Code, Example, Paragraph, Section, Table, Words
from daemon.document.words import DEPTHS
from daemon.procedure.frame import Frame
from daemon.procedure.technology import configured
from daemon.procedure.templates import language_of, overridden
from daemon.render.book import groups
from daemon.render.catalog import load
from daemon.render.example_incident import READER
from daemon.render.examples import PUBLIC, full

BRIEF = frozenset({"Answers to the sender of a verb", "To the operators"})
"""Groups of which the text message says enough."""


def messages(frame: Frame) -> Section:
    return Section("Messages", tuple(_messages(frame)))


def _messages(frame: Frame) -> Iterator[Block]:
    language = language_of(frame.configuration)
    yield Paragraph(
        (
            f"As they are written in the organization's language ({language}), with an example that is made up. A "
            "text message says the number first and the verbs that work last. Your own words, key by key in ",
            Code(f"templates/{language}.toml"),
            ", take the place of Murphy's: all of them are under Templates.",
        )
    )
    theirs = overridden(frame.configuration, language)
    if theirs:
        yield Paragraph(("Your own words are used for: ", ", ".join(theirs), "."))
    catalog = load(frame.configuration.templates)[language]
    for title, kinds in groups():
        known = {kind: occasion for kind, occasion in kinds.items() if catalog.has(f"{kind}.text")}
        if not known:
            continue
        if title in BRIEF:
            yield Section(title, (_brief(frame, known),))
        else:
            yield Section(title, tuple(_one(frame, kind, occasion) for kind, occasion in known.items()))


def reader(configuration: Configuration) -> Contact:
    """Somebody of the organization, who has every channel."""
    organization = configuration.settings.organization
    return Contact(
        READER.id, READER.name, READER.emails, READER.phones, (), organization.language, organization.timezone
    )


def _one(frame: Frame, kind: Kind, occasion: str) -> Section:
    examples: list[Block] = []
    for detail in Detail if kind in PUBLIC else (Detail.MANAGEMENT,):
        examples += _examples(frame, kind, detail)
    return Section(title_of(kind), (Paragraph(occasion), *examples))


def _examples(frame: Frame, kind: Kind, detail: Detail) -> Iterator[Example]:
    notice, who = full(kind, detail), reader(frame.configuration)
    depth = f", {DEPTHS[detail]} depth" if kind in PUBLIC else ""
    words = frame.renderer.words(notice, who)
    language, name = language_of(frame.configuration), frame.configuration.settings.organization.name
    yield Example(f"Email{depth}", words.subject, words.whole(name, notice.incident).strip(), language)
    yield Example(f"Text message{depth}", "", _text(frame, kind, detail), language)
    spoken = frame.renderer.render(notice, who, "voice", who.phones[0])
    if "voice" in configured(frame.configuration) and isinstance(spoken, Call):
        yield Example(f"Voice call{depth}", "", spoken.body, language)


def _text(frame: Frame, kind: Kind, detail: Detail = Detail.MANAGEMENT) -> str:
    who = reader(frame.configuration)
    message = frame.renderer.render(full(kind, detail), who, "sms", who.phones[0])
    assert isinstance(message, Text)
    return message.body


def _brief(frame: Frame, kinds: Mapping[Kind, str]) -> Table:
    rows: tuple[tuple[Words, ...], ...] = tuple((occasion, _text(frame, kind)) for kind, occasion in kinds.items())
    return Table(("when", "text message; the email says the same with more"), rows)


def title_of(kind: Kind) -> str:
    return kind.value.replace("-", " ").capitalize()
