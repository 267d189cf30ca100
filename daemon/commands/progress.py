"""How far long work is, for whoever waits at a terminal; nothing anywhere else.

It is drawn on standard error, so that what is printed stays clean, and only where that is a terminal that can redraw.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from daemon.commands.console import console

Advance = Callable[[int], None]
"""So many more are done."""


def watched(*, as_json: bool = False) -> bool:
    """Whether progress is drawn at all."""
    return not as_json and sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "unknown")


@contextmanager
def progress(what: str, total: int | None = None, *, as_json: bool = False) -> Iterator[Advance]:
    """`total` is None where it cannot be known. The bar is gone when the work is done."""
    if not watched(as_json=as_json):
        yield lambda _count: None
        return
    count = () if total is None else (BarColumn(), MofNCompleteColumn())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *count, TimeElapsedColumn())
    with Progress(*columns, console=console(err=True), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda more: shown.advance(task, more)


@contextmanager
def steps(what: str, *, as_json: bool = False) -> Iterator[Callable[[int, int], None]]:
    """For work that says by itself how many of how many are done."""
    if not watched(as_json=as_json):
        yield lambda _done, _all: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(err=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, of_all: shown.update(task, completed=done, total=of_all)
