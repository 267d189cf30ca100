"""`murphyd drill`: begins an exercise by the running daemon, ends it, or shows whom one has reached."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import typer

from config.durations import parse_duration
from config.faults import Wrong
from daemon.commands.console import say_json
from daemon.commands.follow import follow
from daemon.commands.place import Place
from daemon.console.client import NoDaemon, ask
from daemon.console.requests import Refusal, Values
from daemon.core.content import Reachability
from daemon.core.model import DRILL, OPEN, Incident, Over
from daemon.core.reachability import Fate, Reach, figures, reach
from daemon.history import History, entries, history
from daemon.render.plain import line
from daemon.state.store import Reading

ENDED = {
    Over.REAL: "ended by something real",
    Over.EARLY: "ended early",
    Over.UNDECIDED: "nobody decided",
    Over.TIME: "its time was up",
    Over.STOPPED: "stopped by an operator",
}

_NUMBER = re.compile(r"#?(?:DR-?)?([0-9]{1,9})", re.ASCII | re.IGNORECASE)


class NoSuchDrill(Refusal):
    """There is no exercise of this number."""


def begin(
    place: Place,
    *,
    lists: str,
    words: str,
    service: str,
    lasts: str,
    roll_call: bool,
    sure: bool,
    as_json: bool,
    told: bool = True,
) -> str:
    """Its number; printed with the rest where it is to be `told`. On a terminal it asks first: real messages go out.

    Raises Refusal, OSError.
    """
    names = [name.strip() for name in lists.split(",") if name.strip()]
    values: Values = {
        "do": "drill", "lists": names, "words": words, "service": service, "roll_call": roll_call,
        **({"lasts": _seconds(lasts)} if lasts else {}),
    }  # fmt: skip
    if not sure and sys.stdin.isatty():
        people = _asked(place, {**values, "ask": True})["people"]
        what = "A roll call" if roll_call else "An exercise"
        typer.confirm(f"{what} sends real messages, marked as an exercise, to {people} people. Begin?", abort=True)
    answer = _asked(place, values)
    if not told:
        return str(answer["drill"])
    if as_json:
        say_json(answer)
        return str(answer["drill"])
    until = datetime.fromisoformat(answer["until"]).astimezone(place.zone)
    typer.echo(
        f"{answer['drill']} has begun, for {answer['people']} people, until {until:%Y-%m-%d %H:%M} at the latest."
    )
    if not roll_call:
        typer.echo(
            f"Its verbs need its number, as in ACCEPT {answer['drill']}. Anything real that is proposed ends it."
        )
    typer.echo(f"Afterwards: murphyd drill --report {answer['drill']}")
    return str(answer["drill"])


def wait(place: Place, drill: str, *, as_json: bool) -> None:
    """Until its report has been sent; how far its messages are is shown meanwhile. Raises OSError, StateDamaged."""
    follow(place, drill, until=_reported, as_json=as_json)


def _reported(found: History) -> bool:
    return found.archived or found.incident.exercise is None or found.incident.exercise.reported


def end(place: Place, *, as_json: bool) -> None:
    """Raises Refusal, OSError."""
    answer = _asked(place, {"do": "stop-drill"})
    if as_json:
        say_json(answer)
    else:
        typer.echo(f"{answer['drill']} is over. The report follows within half an hour.")


def _asked(place: Place, values: Values) -> dict[str, Any]:
    try:
        return ask(place.state, values)
    except NoDaemon:
        raise Refusal("no daemon runs here: an exercise needs it; `murphyd run` starts it") from None


def _seconds(text: str) -> int:
    try:
        return int(parse_duration(text).total_seconds())
    except Wrong as wrong:
        raise Refusal(str(wrong)) from None


def report(reading: Reading, place: Place, number: str, *, as_json: bool) -> None:
    """Prints it, or one JSON document with times in UTC. Raises NoSuchDrill."""
    form = _NUMBER.fullmatch(number.strip())
    if form is None:
        raise NoSuchDrill(f'"{line(number, 40)}" is no number of an exercise; write it as in DR-1')
    asked = f"{DRILL}{int(form[1])}"
    found = history(reading, asked)
    if found is None:
        raise NoSuchDrill(f"there is no {asked}; `murphyd incidents` lists those there are")
    people = _reach(found)
    before = _before(reading, found)
    shown = figures(people, place.name, before.incident.id if before else "", _reach(before) if before else ())
    if as_json:
        say_json(_document(found, people, shown, place))
    else:
        typer.echo("\n".join(_lines(found, people, shown, place)))


def _reach(found: History) -> tuple[Reach, ...]:
    return reach((Fate(sent.notice, sent.ended, sent.open) for sent in found.sent), found.events)


def _before(reading: Reading, found: History) -> History | None:
    """The last one of the same kind before it."""
    mine = found.incident.exercise
    number = _number(found.incident.id)
    drills = (e.incident for e in entries(reading) if e.incident.startswith(DRILL) and _number(e.incident) < number)
    for other in sorted(drills, key=_number, reverse=True):
        earlier = history(reading, other)
        theirs = earlier.incident.exercise if earlier else None
        if mine and theirs and theirs.reported and theirs.roll_call is mine.roll_call:
            return earlier
    return None


def _number(drill: str) -> int:
    return int(drill.partition("-")[2])


def _end(incident: Incident) -> str:
    if incident.status in OPEN:
        return "still on"
    over = incident.exercise.over if incident.exercise else None
    if incident.exercise and incident.exercise.roll_call and over is None:
        return "over"
    return ENDED[over] if over else str(incident.status)


def _lines(found: History, people: Sequence[Reach], shown: Reachability, place: Place) -> Iterator[str]:
    incident = found.incident
    roll_call = incident.exercise is not None and incident.exercise.roll_call
    began = incident.proposed.astimezone(place.zone)
    yield f"{incident.id}  {'roll call' if roll_call else 'exercise'}, {_end(incident)}  {line(incident.summary)}"
    yield f"  began         {began:%Y-%m-%d %H:%M} ({place.zone.key})"
    yield f"  reached       {shown.reached} of {shown.people} people{_times(shown.median, shown.worst)}"
    yield f"  answered      {shown.answered}"
    if shown.untried:
        yield f"  not tried     {shown.untried}, as it was over first"
    for way in shown.ways:
        yield f"  by {way.channel:<10} {way.people}{_times(way.median, way.worst)}"
    if shown.before:
        yield f"  {shown.before} before   {shown.before_reached} of {shown.before_people}{_times(shown.before_median)}"
        if shown.newly:
            yield f"  not any more  {', '.join(map(line, shown.newly))}"
        if shown.again:
            yield f"  now again     {', '.join(map(line, shown.again))}"
    if missing := [one for one in people if one.tried and not one.reached]:
        yield ""
        yield "Not reached"
        yield from (f"  {line(place.name(one.contact))}: {line(one.reason) or 'no outcome yet'}" for one in missing)
    if reached := [one for one in people if one.tried and one.reached]:
        yield ""
        yield "Reached"
        for one in sorted(reached, key=lambda one: -one.seconds):
            marks = [mark for mark, true in (("receipt", one.delivered), ("answered", one.answered)) if true]
            how = f"{one.channel} after {one.seconds} s" if one.channel else ""
            failed = f"; not by {line(one.reason)}" if one.reason else ""
            yield f"  {line(place.name(one.contact))}: {', '.join(filter(None, (how, *marks)))}{failed}"


def _times(median: int | None, worst: int | None = None) -> str:
    if median is None:
        return ""
    return f", median {median} s" + (f", slowest {worst} s" if worst is not None else "")


def _document(found: History, people: Sequence[Reach], shown: Reachability, place: Place) -> dict[str, object]:
    incident = found.incident
    exercise = incident.exercise
    sent: Counter[str] = Counter()
    for each in found.sent:
        sent[each.notice.kind] += len(each.notice.recipients)
    figures = asdict(shown)
    for names in ("missing", "rows"):
        del figures[names]
    return {
        "drill": incident.id,
        "roll_call": exercise is not None and exercise.roll_call,
        "lists": exercise.lists if exercise else (),
        "status": incident.status,
        "end": _end(incident),
        "began": incident.proposed.isoformat(),
        "ended": incident.ended.isoformat() if incident.ended else None,
        "archived": found.archived,
        **figures,
        "messages": dict(sent),
        "contacts": [{**asdict(one), "name": place.name(one.contact), "reached": one.reached} for one in people],
    }
