"""A whole incident as one ZIP file for whoever audits it: the record, the figures, and every message in and out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config.types import Configuration
from daemon.core.facts import Kept
from daemon.core.state import State
from daemon.history import History, Sent
from daemon.records import dump
from daemon.review.archive_zip import Entry, Written, write_zip
from daemon.review.copies import Anew, Render, copies, fate, trials_of
from daemon.review.csv_rows import BOM, csv_lines
from daemon.review.export_readme import readme
from daemon.review.received import Raw, Received, index, received
from daemon.review.timeline_files import json_text, local, timeline_csv, timeline_json, utc

DELIVERIES = (
    "notice", "notice_utc", "notice_local", "kind", "audience", "contact", "name", "outcome", "channel", "seconds",
    "reached_utc", "reason", "attempts", "files",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """What an export is made of. `reports` are further files by name, as report.html.

    `render` writes a message anew; without it, `unrendered` says why none is.
    """

    found: History
    messages: tuple[Kept, ...]
    raw: Raw
    configuration: Configuration
    name: Callable[[str], str]
    zone: ZoneInfo
    render: Render | None
    reports: Mapping[str, str]
    unrendered: str = ""

    @property
    def last(self) -> datetime:
        """When anything last happened in it."""
        return max(event.at for event in self.found.events)


def export(what: Export, target: Path, done: Callable[[int], None] = lambda _: None) -> Written:
    """Writes it; `done` hears of each file. Two of one state are equal. Raises OSError."""
    return write_zip(target, what.found.incident.id, _entries(what), what.last, done)


def files(what: Export) -> int:
    """How many there will be, roughly: for whoever watches."""
    out = sum(len(sent.ended) for sent in what.found.sent) if what.render else 0
    return out + len(what.messages) + len(what.reports) + 8


def _entries(what: Export) -> Iterator[Entry]:
    came, last = received(what.messages, what.found.events, what.raw), what.last
    yield Entry("README.txt", last, [readme(what.found, came, what.zone, what.unrendered, what.reports).encode()])
    yield Entry("incident.json", last, [json_text(_incident(what)).encode()])
    yield Entry("timeline.json", last, [timeline_json(what.found, what.name, what.zone).encode()])
    yield Entry("timeline.csv", last, _sheet(timeline_csv(what.found, what.name, what.zone)))
    yield Entry("notices.json", last, _notices(what.found.sent))
    yield Entry("deliveries.csv", last, _sheet(csv_lines(DELIVERIES, _deliveries(what))))
    yield Entry("received/index.csv", last, _sheet(index(came, what.name, what.zone)))
    for name, content in sorted(what.reports.items()):
        yield Entry(name, last, [content.encode()])
    for one in came:
        if one.path:
            yield Entry(one.path, one.at, _raw(what, one))
    if what.render is not None:
        yield from _messages(what, what.render)


def _sheet(lines: Iterable[str]) -> Iterator[bytes]:
    yield BOM.encode()
    yield from (line.encode() for line in lines)


def _raw(what: Export, one: Received) -> Iterator[bytes]:
    yield what.raw(one.sha256)


def _incident(what: Export) -> dict[str, object]:
    incident = what.found.incident
    people = sorted({who for sent in what.found.sent for who in sent.notice.recipients})
    return {
        "incident": incident.id,
        "confidential": incident.confidential,
        "archived": what.found.archived,
        "organization": what.configuration.settings.organization.name,
        "zone": what.zone.key,
        "as_it_stands": dump(incident),
        "people": {who: what.name(who) for who in people},
    }


def _notices(those: Sequence[Sent]) -> Iterator[bytes]:
    """One JSON document, a notice at a time."""
    yield b"[\n"
    for number, sent in enumerate(those):
        yield (",\n" if number else "").encode() + json_text(_notice(sent)).rstrip().encode()
    yield b"\n]\n"


def _notice(sent: Sent) -> dict[str, object]:
    """Who is in an audience is only in the list of deliveries."""
    notice = sent.notice
    row = dump(replace(notice, recipients=() if notice.audience else notice.recipients))
    stopped = {"stopped_because": sent.stopped} if sent.stopped else {}
    return {**row, "people": len(notice.recipients), **stopped}


def _deliveries(what: Export) -> Iterator[tuple[object, ...]]:
    state = State(what.configuration)
    for sent in what.found.sent:
        notice = sent.notice
        head = (notice.id, utc(notice.at), local(notice.at, what.zone), notice.kind.value, notice.audience)
        for place, who in enumerate(notice.recipients, 1):
            outcome, ended = fate(sent, who)
            reached = utc(notice.at + timedelta(seconds=ended.seconds)) if ended and ended.channel else ""
            tried = "; ".join(
                f"{one.channel} {one.status.value} after {one.seconds} s{f' ({one.reason})' if one.reason else ''}"
                for one in trials_of(sent, who)
            )
            paths = copies(sent, who, place, state.person(who)) if what.render else ()
            yield (
                *head, who, what.name(who), outcome, ended.channel if ended else "",
                ended.seconds if ended and ended.channel else "", reached, ended.reason if ended else "", tried,
                " ".join(copy.path for copy in paths),
            )  # fmt: skip


def _messages(what: Export, render: Render) -> Iterator[Entry]:
    anew, state = Anew(what.found, render), State(what.configuration)
    for sent in what.found.sent:
        for place, who in enumerate(sent.notice.recipients, 1):
            contact = state.person(who)
            for copy in copies(sent, who, place, contact):
                try:
                    content = anew.message(sent.notice, contact, copy)
                except ValueError as fault:
                    content = f"{fault}\n".encode()
                yield Entry(copy.path, sent.notice.at + timedelta(seconds=copy.seconds), [content])
