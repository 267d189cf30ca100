"""The trends as a document, as tables on a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from daemon.commands.columns import show
from daemon.document.model import Block, Document, Gap, Paragraph, Section, Table
from daemon.document.words import counted, lasting
from daemon.render.plain import line
from daemon.review.figures import Measure
from daemon.review.trends import FEWEST, Middle, Repeat, Row, Trends

HEADS: dict[Measure, str] = {
    Measure.DECIDE: "to decide",
    Measure.FIRST_NOTICE: "to first notice",
    Measure.TEAM: "to a whole team",
    Measure.RESOLVE: "to resolve",
}

MOST = 6
"""Incidents that are named; of more the last."""

EXPLAINED = (
    f"Times are medians over incidents, of each from its proposal (the team: from its acceptance) to its first end; "
    f"where fewer than {FEWEST} incidents have one, it says of how many. An incident that is brought back counts with "
    f"its first time only. “Unreached” counts people, once for each incident in which some notice did not reach them."
)


def document(found: Trends, organization: str) -> Document:
    return Document(
        "Trends over incidents",
        f"{organization}: {counted(found.incidents, 'incident')}, {counted(found.exercises, 'exercise')}",
        tuple(_sections(found)),
    )


def terminal(found: Trends) -> None:
    """Prints it."""
    typer.echo(f"{counted(found.incidents, 'incident')}, {counted(found.exercises, 'exercise')}")
    for title, head, those in (
        ("By month", "month", found.months),
        ("By service", "service", found.services),
        ("Exercises by month", "month", found.exercise_months),
    ):
        if those:
            typer.echo(f"\n{title}")
            heads, rows = table(head, those)
            show(heads, rows)
    for title, repeats in found.repeats:
        typer.echo(f"\n{title}")
        for one in repeats:
            typer.echo(f"  {_repeat(one)}")
    if found.open_actions:
        typer.echo(f"\n{_actions(found)}")


def as_json(found: Trends) -> dict[str, Any]:
    """Times in seconds."""
    return {
        "incidents": found.incidents,
        "exercises": found.exercises,
        "months": [_json(row) for row in found.months],
        "services": [_json(row) for row in found.services],
        "exercise_months": [_json(row) for row in found.exercise_months],
        "repeats": [
            {"heading": head, "what": one.what, "incidents": one.incidents, "note": one.note}
            for head, repeats in found.repeats
            for one in repeats
        ],
        "actions": {"open": found.open_actions, "overdue": found.overdue},
    }


def table(head: str, rows: Sequence[Row]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    heads = (head, "proposed", "major", *HEADS.values(), "updates missed", "unreached")
    return heads, [
        (
            row.name, str(row.proposed), str(row.major), *(_middle(row.took[measure]) for measure in HEADS),
            str(row.missed), str(row.unreached),
        )
        for row in rows
    ]  # fmt: skip


def _middle(middle: Middle) -> str:
    if middle.span is None:
        return "-"
    return lasting(middle.span) + (f" (of {middle.of})" if middle.of < FEWEST else "")


def _sections(found: Trends) -> Iterator[Section]:
    if not found.incidents:
        yield Section("Incidents", (Gap("There are none."),))
    else:
        yield Section("By month", (Paragraph(EXPLAINED), _table("month", found.months)))
    if found.services:
        yield Section("By service", (_table("service", found.services),))
    if found.exercise_months:
        yield Section("Exercises by month", (_table("month", found.exercise_months),))
    blocks: list[Block] = [
        Section(head, (Table(("what", "incidents", ""), tuple(_cells(one) for one in repeats)),))
        for head, repeats in found.repeats
    ]
    if found.incidents:
        yield Section("What repeats", tuple(blocks) or (Gap("Nothing, so far."),))
    if found.open_actions:
        yield Section("Actions", (Paragraph(_actions(found)),))


def _table(head: str, rows: Sequence[Row]) -> Table:
    heads, cells = table(head, rows)
    return Table(heads, tuple(cells))


def _cells(one: Repeat) -> tuple[str, str, str]:
    return one.what, _numbers(one), one.note


def _repeat(one: Repeat) -> str:
    return f"{line(one.what)}: {_numbers(one)}" + (f" ({one.note})" if one.note else "")


def _numbers(one: Repeat) -> str:
    if len(one.incidents) <= MOST:
        return ", ".join(one.incidents)
    return f"{len(one.incidents)} incidents, the last ones {', '.join(one.incidents[-MOST:])}"


def _actions(found: Trends) -> str:
    return f"{counted(found.open_actions, 'action is', 'actions are')} open, {found.overdue} of them overdue."


def _json(row: Row) -> dict[str, Any]:
    took = {
        measure.value: {"median_seconds": one.span.total_seconds() if one.span is not None else None, "of": one.of}
        for measure, one in row.took.items()
    }
    return {
        "name": row.name,
        "proposed": row.proposed,
        "major": row.major,
        "took": took,
        "updates_missed": row.missed,
        "unreached": row.unreached,
    }
