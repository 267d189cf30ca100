"""A document as values: sections of paragraphs, lists, tables and messages. Its forms are made elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import phonenumbers


@dataclass(frozen=True, slots=True)
class Strong:
    words: str


@dataclass(frozen=True, slots=True)
class Code:
    """To be typed or keyed in exactly so."""

    words: str


SCHEMES = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Link:
    """Leads nowhere where `url` is of none of SCHEMES."""

    url: str
    words: str


Words: TypeAlias = "str | Strong | Code | Link | tuple[Words, ...]"
"""Plain text, unless it says otherwise: nothing in a string is markup."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, said plainly."""

    words: Words


@dataclass(frozen=True, slots=True)
class Points:
    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Each row has as many cells as `head`; the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A message as it is sent: by which channel, its subject where it has one, its text."""

    channel: str
    subject: str
    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, word for word, with its lines; `by` says who, and when."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Lines of TOML, to look up and to copy."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, each with what it is."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG element, whole. `name` is its file's, without the end.

    `description` says what it shows to whoever can't see it. Its ids must be its own in the whole document.
    """

    name: str
    svg: str
    title: str
    description: str
    caption: str


@dataclass(frozen=True, slots=True)
class Folded:
    """Closed on a screen until somebody opens it; on paper it is open."""

    title: str
    blocks: "tuple[Block, ...]"


Block: TypeAlias = "Paragraph | Gap | Points | Table | Facts | Example | Quote | Source | Picture | Folded | Section"


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`subtitle` stands under the title; `version` is the digest of everything else in it.

    `dense` is for small print; `mark` stands on every page, as "Confidential".
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    version: str = ""
    language: str = "en"
    dense: bool = False
    mark: str = ""


def mail_to(address: str) -> Link:
    return Link(f"mailto:{address}", address)


def dial(number: str) -> Link:
    """An E.164 number as people read it aloud, in groups; as it is where its plan is not known."""
    try:
        shown = phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        shown = number
    return Link(f"tel:{number}", shown)


def joined(parts: Sequence[Words], between: str = ", ") -> Words:
    """The parts as one, with `between` between them."""
    found: list[Words] = []
    for part in parts:
        if found:
            found.append(between)
        found.append(part)
    return tuple(found)
