"""Rows with heads: a table on a terminal, aligned lines into a pipe."""

import sys
from collections.abc import Sequence

import typer
from rich.table import Table
from rich.text import Text

from daemon.commands.console import console


def show(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if sys.stdout.isatty():
        table = Table(*heads)
        for row in rows:
            table.add_row(*map(Text, row))
        console().print(table, soft_wrap=False)
        return
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
