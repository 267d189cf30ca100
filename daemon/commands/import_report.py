"""What an import would change, or has changed: in lines for people, as one document for scripts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config.files import CONTACTS
from config.types import MANAGERS, OPERATORS
from daemon.commands.console import say
from daemon.importing.comparing import Change, Plan
from daemon.importing.entries import Found, Person, Refused
from daemon.render.plain import line

MOST_SHOWN = 20
"""Of each kind; --json has them all."""

COLOURS = {"added": "green", "changed": "yellow", "gone": "red", "refused": "bold red", "left out": "dim"}


def show(plan: Plan, found: Mapping[str, Found]) -> None:
    for file, one in found.items():
        took = "; ".join(f"{field} from {', '.join(map(line, names))}" for field, names in one.columns.items())
        people = "1 person" if len(one.entries) == 1 else f"{len(one.entries)} people"
        say(f"{file}: {one.form}, {people}" + (f" ({took})" if took else ""))
        if one.guessed:
            say(f"{'':9}  its letters were taken for western Windows' ones: where names look wrong, save it as UTF-8")
    _some("added", [_added(person) for person in plan.added])
    _some(
        "changed", [row for one in plan.changed for row in (_marked(one.name, one.id, one.lists), *_each(one.changes))]
    )
    _some("refused", [_refused(one) for one in plan.refused if one.whole])
    _some("left out", [_refused(one) for one in plan.refused if not one.whole])
    if plan.removes:
        _some("gone", [_marked(one.name, one.id, one.lists) for one in plan.gone])


def _some(kind: str, rows: Sequence[str]) -> None:
    for row in rows[:MOST_SHOWN]:
        say((f"{kind:9}", COLOURS[kind]), f"  {row}")
    if len(rows) > MOST_SHOWN:
        say(f"{'':9}  … and {len(rows) - MOST_SHOWN} more; --json has them all")


def _added(person: Person) -> str:
    parts = (line(person.name), "; ".join(person.emails), "; ".join(person.phones), "; ".join(map(line, person.lists)))
    return ", ".join(filter(None, parts)) + ("" if person.lists else " (on no list)")


def _each(changes: Sequence[Change]) -> Iterator[str]:
    return (f"  {change.field}: {line(change.before) or 'nothing'} -> {line(change.after)}" for change in changes)


def _marked(name: str, who: str, lists: Sequence[str]) -> str:
    """With the lists that carry authority."""
    marks = [one for one in lists if one in (MANAGERS, OPERATORS)]
    return f"{line(name)} ({who})" + (f" [{', '.join(marks)}]" if marks else "")


def _refused(one: Refused) -> str:
    return f"{one.file}, line {one.line}: {line(one.who) + ': ' if one.who else ''}{line(one.reason, 300)}"


def end(folder: Path, plan: Plan, *, written: bool, backup: bool) -> None:
    refused = sum(one.whole for one in plan.refused)
    gone = len(plan.gone)
    counts = [f"{len(plan.added)} added", f"{len(plan.changed)} changed", f"{plan.same} the same", f"{refused} refused"]
    if gone:
        counts.append(f"{gone} gone" if plan.removes else f"{gone} on file that no file has (--remove removes them)")
    say(", ".join(counts))
    if alone := sum(not person.lists for person in plan.added):
        say(f"{alone} of those added are on no list, and would be told of nothing: --lists NAME puts them on one")
    if written:
        before = f" (before: {CONTACTS}.bak)" if backup else ""
        say(f"Written: {folder / CONTACTS}{before}. Murphy reads it after: systemctl reload murphyd")
    elif plan.changes_anything:
        say("Nothing was written; --yes writes it.")
    else:
        say("There is nothing to change.")


def document(plan: Plan, found: Mapping[str, Found], *, written: bool) -> dict[str, Any]:
    return {
        "files": [
            {"file": file, "form": one.form, "people": len(one.entries), "columns": one.columns}
            for file, one in found.items()
        ],
        "added": [asdict(person) for person in plan.added],
        "changed": [
            {"id": one.id, "name": one.name, "lists": one.lists, "changes": [asdict(change) for change in one.changes]}
            for one in plan.changed
        ],
        "gone": [{"id": one.id, "name": one.name, "lists": one.lists} for one in plan.gone],
        "removes": plan.removes,
        "refused": [asdict(one) for one in plan.refused if one.whole],
        "left_out": [asdict(one) for one in plan.refused if not one.whole],
        "same": plan.same,
        "written": written,
    }
