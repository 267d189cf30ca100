"""`murphyd review --actions`: what was agreed in reviews and is not done, over all incidents."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import typer

from config.types import People
from daemon.commands.columns import show
from daemon.core.model import Action
from daemon.document.words import counted
from daemon.render.plain import line
from daemon.render.times import zone_of
from daemon.review.past import Past

HEADS = ("due", "state", "owner", "incident", "number", "what")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Listed:
    """An action of one incident; `late` is by how many days, of its owner's calendar, it is overdue."""

    incident: str
    action: Action
    late: int
    confidential: bool


def listed(past: Iterable[Past], people: People, zone: ZoneInfo, now: datetime, *, done: bool) -> tuple[Listed, ...]:
    """The open ones by due day; with `done` the others after them, the last first."""
    found = [
        Listed(one.number, action, _late(action, people, zone, now), one.confidential)
        for one in past
        for action in one.actions
    ]
    still = sorted((one for one in found if one.action.done is None), key=lambda one: (one.action.due, _place(one)))
    over = [(one.action.done, *_place(one), one) for one in found if one.action.done is not None]
    return (*still, *(row[-1] for row in sorted(over, key=lambda row: row[:3], reverse=True) if done))


def _place(one: Listed) -> tuple[str, int]:
    return one.incident, one.action.number


def _late(action: Action, people: People, zone: ZoneInfo, now: datetime) -> int:
    if action.done is not None:
        return 0
    owner = people.contacts.get(action.owner)
    today: date = now.astimezone(zone_of(owner.timezone, zone.key) if owner else zone).date()
    return max(0, (today - action.due).days)


def print_actions(those: tuple[Listed, ...], name: Callable[[str], str], zone: ZoneInfo) -> None:
    still = [one for one in those if one.action.done is None]
    if not those:
        typer.echo("no open actions")
        return
    show(HEADS, [_cells(one, name, zone) for one in those])
    late = sum(one.late > 0 for one in still)
    typer.echo(f"{counted(len(still), 'action')} open, {late} overdue")


def _cells(one: Listed, name: Callable[[str], str], zone: ZoneInfo) -> tuple[str, ...]:
    action = one.action
    if action.done is not None:
        state = f"done {action.done.astimezone(zone):%Y-%m-%d}"
    else:
        state = f"overdue by {counted(one.late, 'day')}" if one.late else "open"
    number = f"{one.incident} (confidential)" if one.confidential else one.incident
    what = line(action.what, LONGEST)
    return f"{action.due:%Y-%m-%d}", state, line(name(action.owner)), number, str(action.number), what


def actions_json(those: tuple[Listed, ...], name: Callable[[str], str]) -> dict[str, Any]:
    return {"actions": [*_rows(those, name)]}


def _rows(those: tuple[Listed, ...], name: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    for one in those:
        action = one.action
        yield {
            "incident": one.incident,
            "number": action.number,
            "what": action.what,
            "owner": {"id": action.owner, "name": name(action.owner)},
            "due": action.due.isoformat(),
            "overdue_days": one.late,
            "agreed": action.agreed.isoformat(),
            "by": action.by,
            "done": action.done.isoformat() if action.done else None,
            "confidential": one.confidential,
        }
