"""`murphyd show MI-7`: one incident: how it stands, what happened, and what became of each notice."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import typer

from daemon.commands.console import say_json
from daemon.commands.place import Place
from daemon.commands.timeline import about, said
from daemon.console.requests import Refusal
from daemon.core.delivery import Ending
from daemon.history import History, Sent, history
from daemon.render.plain import line
from daemon.review.words import named
from daemon.state.store import Reading

WORDS: dict[Ending | None, str] = {
    Ending.DELIVERED: "delivered",
    Ending.SENT: "sent",
    Ending.UNREACHED: "unreached",
    Ending.STOPPED: "stopped",
    None: "under way",
}

_NUMBER = re.compile(r"#?(?:(MI|DR)-)?([0-9]{1,9})", re.ASCII | re.IGNORECASE)
_MOST_NAMES = 20


class NoSuchIncident(Refusal):
    """There is no incident of this number."""


def show(reading: Reading, place: Place, number: str, *, as_json: bool) -> None:
    """Prints it, or one JSON document with times in UTC. Raises NoSuchIncident."""
    asked = number_of(number)
    found = history(reading, asked)
    if found is None:
        raise NoSuchIncident(f"there is no {asked}; `murphyd incidents` lists those there are")
    if as_json:
        say_json(_document(found, place))
    else:
        typer.echo("\n".join(_lines(found, place)))


def number_of(words: str) -> str:
    """ "7", "#7" or "mi-7" as MI-7. Raises NoSuchIncident."""
    form = _NUMBER.fullmatch(words.strip())
    if form is None:
        raise NoSuchIncident(f'"{line(words, 40)}" is no number of an incident; write it as in MI-7')
    return f"{(form[1] or 'MI').upper()}-{int(form[2])}"


def _lines(found: History, place: Place) -> Iterator[str]:
    incident = found.incident

    def clock(when: datetime) -> str:
        return f"{when.astimezone(place.zone):%Y-%m-%d %H:%M}"

    marks = [mark for mark, true in (("confidential", incident.confidential), ("archived", found.archived)) if true]
    yield "  ".join((incident.id, ", ".join((incident.status, *marks)), line(incident.summary)))
    yield f"  manager   {line(place.name(incident.manager)) or 'nobody'}"
    yield f"  proposer  {line(incident.proposer_name)}"
    if incident.services:
        yield f"  services  {', '.join(incident.services)}"
    yield f"  since     {clock(incident.since)}"
    yield ""
    yield f"Timeline ({place.zone.key})"
    for event in found.events:
        yield f"  {clock(event.at)}  {said(event, place.name, clock)}"
    yield ""
    yield "Notices"
    for sent in found.sent:
        yield f"  {clock(sent.notice.at)}  {named(sent.notice.kind)} to {about(sent.notice, place.name)}: {fate(sent)}"
        if missing := sent.having(Ending.UNREACHED):
            more = f" and {len(missing) - _MOST_NAMES} more" if len(missing) > _MOST_NAMES else ""
            names = ", ".join(line(place.name(who)) for who in missing[:_MOST_NAMES])
            yield f"{'':20}not reached: {names}{more}"


def fate(sent: Sent) -> str:
    """What became of a notice, in a line."""
    endings = sent.endings()
    parts = [f"{endings[ending]} {word}" for ending, word in WORDS.items() if endings[ending]]
    channels = ", ".join(f"{channel} {count}" for channel, count in sorted(sent.channels().items()))
    return ", ".join(parts) + (f" ({channels})" if channels else "") + (f"; {sent.stopped}" if sent.stopped else "")


def _document(found: History, place: Place) -> dict[str, Any]:
    incident = found.incident
    return {
        "incident": incident.id,
        "status": incident.status,
        "title": incident.summary,
        "since": incident.since.isoformat(),
        "proposed": incident.proposed.isoformat(),
        "proposer": {"id": incident.proposer, "name": incident.proposer_name},
        "manager": {"id": incident.manager, "name": place.name(incident.manager)} if incident.manager else None,
        "services": incident.services,
        "confidential": incident.confidential,
        "archived": found.archived,
        "timeline": [
            {
                "at": event.at.isoformat(),
                "event": type(event).__name__,
                "by": getattr(event, "by", ""),
                "text": said(event, place.name, datetime.isoformat),
            }
            for event in found.events
        ],
        "notices": [_notice(sent) for sent in found.sent],
    }


def _notice(sent: Sent) -> dict[str, Any]:
    endings = sent.endings()
    return {
        "id": sent.notice.id,
        "at": sent.notice.at.isoformat(),
        "kind": sent.notice.kind,
        "audience": sent.notice.audience,
        "people": len(sent.notice.recipients),
        "recipients": sent.notice.recipients if not sent.notice.audience else (),
        **{word.replace(" ", "_"): endings[ending] for ending, word in WORDS.items()},
        "channels": dict(sorted(sent.channels().items())),
        "stopped_because": sent.stopped,
        "not_reached": [{"contact": who, "reason": sent.ended[who].reason} for who in sent.having(Ending.UNREACHED)],
    }
