"""Tries an organization's templates on every kind of notice, before anybody needs them."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from config.files import MAY_READ, TEMPLATES
from config.types import Detail, Fault
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.catalog import Catalog, Table, layered, read
from daemon.render.examples import PUBLIC, full, minimal
from daemon.render.fitting import SEGMENTS, SEGMENTS_OF_OTHERS
from daemon.render.times import locale_of
from daemon.render.wording import Wording
from parsers.segments import segments

CALENDAR = ("invitation_summary", "invitation_text")
"""What an invitation to a review says in a calendar."""

PAGE = "page_"
PAGE_SAYS = {"page_since": "at", "page_ended": "at", "page_changed": "at", "page_more": "incident"}
"""What phrases of the status page may say, beside the organization's name."""


def check_templates(folder: Path) -> tuple[Fault, ...]:
    """Every fault of the language files in `folder`: their syntax, their names, and what they do when rendered."""
    found: list[Fault] = []
    if not may_look(folder):
        found.append(Fault(TEMPLATES, "", f"{folder} may not be read by this user", MAY_READ))
    for path in sorted(folder.glob("*.toml")):
        theirs, faults = read(path)
        found += faults
        language = path.stem.lower()
        strict = Catalog(language, theirs.over(layered(language)))
        wording = Wording(strict, locale_of(language), ZoneInfo("UTC"), "Acme")
        found += _alone(wording, theirs, path.name)
        for kind in _touched(theirs):
            found += {fault.key: fault for fault in _tried(wording, kind, path.name)}.values()
    return tuple(found)


def may_look(folder: Path) -> bool:
    """Else its files would be passed over, and ours be used, without a word."""
    try:
        return not folder.is_dir() or os.access(folder, os.R_OK | os.X_OK)
    except PermissionError:  # of the folder above, which has faults of its own
        return True


def _alone(wording: Wording, theirs: Table, file: str) -> Iterator[Fault]:
    """The phrases that stand in no message, each fault once."""
    for name in theirs.templates:
        found: list[Fault] = []
        if name in CALENDAR:
            for notice in _examples(Kind.REVIEW_INVITED):
                found += _fails(partial(wording.phrase, name), notice, f"templates/{file}", name)
        elif name.startswith(PAGE):
            said = {"organization": "Acme", PAGE_SAYS.get(name, ""): "14:05"}
            try:
                wording.catalog.render(name, said)
            except Exception as error:  # whatever an organization's template may raise
                found.append(_fault(error, f"templates/{file}", name))
        yield from found[:1]


def _touched(theirs: Table) -> Iterable[Kind]:
    """The kinds whose words these templates have a part in; a phrase may be in any."""
    if any("." not in name and not _stands_alone(name) for name in theirs.templates):
        return Kind
    return [kind for kind in Kind if any(name.startswith(f"{kind}.") for name in theirs.templates)]


def _stands_alone(name: str) -> bool:
    return name in CALENDAR or name.startswith(PAGE)


def _tried(wording: Wording, kind: Kind, file: str) -> Iterator[Fault]:
    for notice in _examples(kind):
        yield from _fails(wording.mail, notice, f"templates/{file}", f"{kind}.text")
        if wording.catalog.has(f"{kind}.voice"):
            yield from _fails(wording.speech, notice, f"templates/{file}", f"{kind}.voice")
        broken = tuple(_fails(wording.text, notice, f"templates/{file}", f"{kind}.sms"))
        yield from broken
        if not broken:
            yield from _too_long(wording.text(notice), kind, file)


def _examples(kind: Kind) -> Iterator[Notice]:
    for detail in Detail if kind in PUBLIC else (Detail.MANAGEMENT,):
        yield full(kind, detail)
        yield minimal(kind, detail)
        yield replace(full(kind, detail), confidential=True)
        yield replace(full(kind, detail), incident="DR-1")


def _fails(make: Callable[[Notice], object], notice: Notice, file: str, key: str) -> Iterator[Fault]:
    try:
        make(notice)
    except Exception as error:  # as above
        yield _fault(error, file, key)


def _fault(error: Exception, file: str, key: str) -> Fault:
    return Fault(file, key, f"cannot be rendered: {error}", "use only what docs/messages.md lists for this kind")


def _too_long(text: str, kind: Kind, file: str) -> Iterator[Fault]:
    limit = SEGMENTS.get(kind, SEGMENTS_OF_OTHERS)
    needed = segments(text).segments
    if needed > limit:
        yield Fault(
            f"templates/{file}", f"{kind}.sms", f"needs {needed} parts of a text message", f"make it fit {limit}"
        )
